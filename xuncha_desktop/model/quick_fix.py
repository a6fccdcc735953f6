"""立行立改: what the unit is asked to mend at once, until it is struck off (form F07)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import FIX_RESULTS, SATISFACTION

_FACTS, _ISSUED, _DONE = "问题", "签发", "整改和销号"


class QuickFix(Entity):
    """A notice with a deadline."""

    __tablename__ = "quick_fix"
    LABEL = "立行立改事项"
    TITLE = "title"

    title: Mapped[str] = field("事项", Kind.TEXT, required=True, in_table=True, group=_FACTS)
    number: Mapped[str] = field("编号", Kind.AUTO, in_table=True, group=_FACTS)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_FACTS)
    to_unit: Mapped[str | None] = field(
        "签发对象党组织", Kind.REF, target="unit", required=True, in_table=True, group=_FACTS
    )
    facts: Mapped[str] = field("问题事实", Kind.LONGTEXT, required=True, group=_FACTS)
    demand: Mapped[str] = field("整改要求", Kind.LONGTEXT, required=True, group=_FACTS)
    due_on: Mapped[str | None] = field("反馈期限", Kind.DATE, required=True, in_table=True, group=_FACTS)
    citations = field("支撑材料", Kind.ROWS, target="citation", group=_FACTS)
    papers = field("关联底稿", Kind.REFS, target="paper", group=_FACTS)
    approval: Mapped[str] = field(
        "报批情况", Kind.TEXT, required=True, group=_ISSUED, help="经办—组长—巡察办或领导小组。"
    )
    signer: Mapped[str | None] = field("签发人", Kind.REF, target="member", required=True, group=_ISSUED)
    issued_on: Mapped[str | None] = field("签发日期", Kind.DATE, required=True, in_table=True, group=_ISSUED)
    received_by: Mapped[str] = field("签收人", Kind.TEXT, group=_ISSUED)
    received_on: Mapped[str | None] = field("签收日期", Kind.DATE, group=_ISSUED)
    progress: Mapped[str] = field("整改情况", Kind.LONGTEXT, group=_DONE)
    proofs = field("整改佐证", Kind.REFS, target="evidence", group=_DONE)
    result: Mapped[str] = field("核实结果", Kind.ENUM, choices=FIX_RESULTS, in_table=True, group=_DONE)
    satisfaction: Mapped[str] = field("群众满意度", Kind.ENUM, choices=SATISFACTION, group=_DONE)
    closed_by: Mapped[str | None] = field("销号人", Kind.REF, target="member", group=_DONE)
    closed_on: Mapped[str | None] = field("销号日期", Kind.DATE, in_table=True, group=_DONE)
    still_reported: Mapped[bool] = field(
        "仍列入报告", Kind.BOOL, in_table=True, group=_DONE, help="立行立改不替代后续整改。"
    )
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_DONE)
