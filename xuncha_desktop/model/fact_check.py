"""事实核实沟通: facts laid before the unit without judgement and without their source (form F08)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import ANSWERS

_FACTS, _ANSWER, _SIGN = "事实", "被巡察单位意见", "结论"


class FactCheck(Entity):
    """One sheet of facts and the unit's answer to it."""

    __tablename__ = "fact_check"
    LABEL = "事实确认单"
    TITLE = "title"

    title: Mapped[str] = field("标题", Kind.TEXT, required=True, in_table=True, group=_FACTS)
    number: Mapped[str] = field("编号", Kind.AUTO, in_table=True, group=_FACTS)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_FACTS)
    papers = field("关联底稿", Kind.REFS, target="paper", required=True, group=_FACTS)
    overview: Mapped[str] = field(
        "事实概述", Kind.LONGTEXT, required=True, group=_FACTS, help="只写事实，不写定性，不写来源，避免暴露反映人。"
    )
    facts: Mapped[str] = field("具体事实", Kind.LONGTEXT, required=True, group=_FACTS)
    sent_on: Mapped[str | None] = field("送达日期", Kind.DATE, in_table=True, group=_FACTS)
    due_on: Mapped[str | None] = field("答复期限", Kind.DATE, in_table=True, group=_FACTS)
    answer: Mapped[str] = field("答复", Kind.ENUM, choices=ANSWERS, in_table=True, group=_ANSWER)
    opinion: Mapped[str] = field("意见和理由", Kind.LONGTEXT, group=_ANSWER)
    answered_on: Mapped[str | None] = field("答复日期", Kind.DATE, in_table=True, group=_ANSWER)
    materials = field("提交的说明材料", Kind.REFS, target="evidence", group=_ANSWER)
    conclusion: Mapped[str] = field("核实结论", Kind.LONGTEXT, group=_SIGN)
    handlers = field("承办人", Kind.REFS, target="member", required=True, in_table=True, group=_SIGN, help="至少两人。")
    leader_signed_on: Mapped[str | None] = field("组长签字日期", Kind.DATE, group=_SIGN)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_SIGN)
