"""清单: what must be looked at in a unit of a kind, and what came of it."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.choices import MODES, RESULT_STATES, UNIT_KINDS
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import VERDICTS


class Checklist(Entity):
    """One version of a checklist as copied into the case, or the items a team added for one way of inspecting."""

    __tablename__ = "checklist"
    LABEL = "清单"
    TITLE = "name"

    name: Mapped[str] = field("名称", Kind.TEXT, required=True, in_table=True)
    code: Mapped[str] = field("代码", Kind.TEXT, in_table=True)
    unit_kind: Mapped[str] = field("适用组织类型", Kind.ENUM, choices=UNIT_KINDS, in_table=True)
    version: Mapped[str] = field("版本", Kind.TEXT, in_table=True)
    source: Mapped[str] = field("来源", Kind.TEXT)
    mode: Mapped[str] = field(
        "自拟事项的巡察方式", Kind.ENUM, choices=MODES, help="空为清单模板；有值为该方式下自拟的事项。"
    )
    previous: Mapped[str | None] = field("上一版本", Kind.REF, target="checklist")
    items = field("核查事项", Kind.ROWS, target="check_item")


class CheckItem(Row):
    """One thing to check."""

    __tablename__ = "check_item"
    LABEL = "核查事项"
    TITLE = "item"

    parent: Mapped[str | None] = field("清单", Kind.REF, target="checklist")
    code: Mapped[str] = field("编号", Kind.TEXT, in_table=True)
    focus: Mapped[str] = field("聚焦", Kind.TEXT, in_table=True)
    area: Mapped[str] = field("监督重点", Kind.TEXT, in_table=True)
    item: Mapped[str] = field("检查事项", Kind.LONGTEXT, required=True, in_table=True)
    how: Mapped[str] = field("检查方法", Kind.LONGTEXT)
    must: Mapped[bool] = field("必查", Kind.BOOL, in_table=True)
    basis: Mapped[str] = field("依据", Kind.LONGTEXT)
    tags: Mapped[str] = field(
        "专题标签", Kind.TEXT, in_table=True, help="专项巡察按标签选取事项，如“粮食购销 工程建设”。"
    )
    former: Mapped[str | None] = field("上一版本的事项", Kind.REF, target="check_item")
    problem_type: Mapped[str | None] = field("默认问题分类", Kind.REF, target="problem_type")
    problem: Mapped[str | None] = field("上一轮的底稿", Kind.REF, target="paper")


class CheckResult(Entity):
    """What an inspection found on one item; keeps the item's text as it was copied."""

    __tablename__ = "check_result"
    LABEL = "核查结果"
    TITLE = "text"

    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True)
    item: Mapped[str | None] = field("核查事项", Kind.REF, target="check_item", required=True)
    text: Mapped[str] = field("检查事项", Kind.LONGTEXT, in_table=True)
    state: Mapped[str] = field("状态", Kind.ENUM, choices=RESULT_STATES, in_table=True, column="_state")
    verdict: Mapped[str] = field("整改核查结论", Kind.ENUM, choices=VERDICTS, in_table=True)
    suspicion: Mapped[str] = field(
        "针对疑点", Kind.TEXT, in_table=True, help="机动式巡察写明每项因何而查；写事，不写人。"
    )
    member: Mapped[str | None] = field("核查人", Kind.REF, target="member", in_table=True)
    note: Mapped[str] = field("核查情况", Kind.LONGTEXT, help="不适用、未能核查须写明原因。")
