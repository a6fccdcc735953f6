"""问题底稿: one problem, one paper (form F01)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.choices import CAUSES, DESTINATIONS, LEVELS, PAPER_STATES, PARTY_KINDS, SOURCES
from xuncha_desktop.model.field import Kind, field

_PROBLEM, _FACTS, _DUTY, _TALK, _SIGN = "问题", "查证", "责任", "沟通", "办理"


class Paper(Entity):
    """A working paper. Only approved papers reach the report and the ledger."""

    __tablename__ = "paper"
    LABEL = "问题底稿"
    TITLE = "title"

    title: Mapped[str] = field(
        "底稿名称", Kind.TEXT, required=True, in_table=True, group=_PROBLEM, help="一句话概括问题，含行为和程度。"
    )
    state: Mapped[str] = field("状态", Kind.ENUM, choices=PAPER_STATES, in_table=True, column="_state", group=_PROBLEM)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_PROBLEM)
    problem_type: Mapped[str | None] = field(
        "问题分类", Kind.REF, target="problem_type", required=True, in_table=True, group=_PROBLEM
    )
    merged_into: Mapped[str | None] = field("已并入", Kind.REF, target="paper", group=_PROBLEM)
    earlier_numbers: Mapped[str] = field("并入底稿的编号", Kind.AUTO, group=_PROBLEM)
    overview: Mapped[str] = field(
        "问题概述", Kind.RICHTEXT, required=True, group=_PROBLEM, help="与巡察报告表述一致，直接进入报告。"
    )
    citations = field("支撑材料", Kind.ROWS, target="citation", required=True, group=_PROBLEM)
    typical_case: Mapped[str] = field("典型事例", Kind.RICHTEXT, group=_PROBLEM)
    heading: Mapped[str | None] = field(
        "报告标题", Kind.REF, target="heading", group=_PROBLEM, help="不选时按问题分类归入本轮框架。"
    )
    place: Mapped[str] = field(
        "问题发生单位", Kind.TEXT, group=_PROBLEM, help="不是本级时填写内设机构、下属单位或村（社区）名称。"
    )
    level: Mapped[str] = field("发生层级", Kind.ENUM, choices=LEVELS, required=True, group=_PROBLEM)
    number: Mapped[str] = field("临时编号", Kind.AUTO, in_table=True, group=_PROBLEM)
    official_number: Mapped[str] = field("正式编号", Kind.AUTO, in_table=True, group=_PROBLEM)

    sources: Mapped[tuple[str, ...]] = field("问题来源", Kind.ENUMS, choices=SOURCES, required=True, group=_FACTS)
    verified_facts: Mapped[str] = field(
        "查证事实",
        Kind.LONGTEXT,
        required=True,
        group=_FACTS,
        help="写明了解方式、时间、地点、责任主体、主要情节和后果。",
    )
    amount: Mapped[int | None] = field("涉及金额（万元）", Kind.MONEY, in_table=True, group=_FACTS)
    people: Mapped[int | None] = field("涉及人次", Kind.INT, in_table=True, group=_FACTS)
    pieces: Mapped[int | None] = field("涉及件数", Kind.INT, group=_FACTS)
    period_from: Mapped[str | None] = field("发生时间起", Kind.DATE, group=_FACTS)
    period_to: Mapped[str | None] = field("发生时间止", Kind.DATE, group=_FACTS)
    basis: Mapped[str] = field(
        "定性依据", Kind.LONGTEXT, required=True, group=_FACTS, help="文件全称、条款、发文字号；引用前核对现行版本。"
    )
    check_items = field("对应清单事项", Kind.REFS, target="check_item", group=_FACTS)

    causes: Mapped[tuple[str, ...]] = field("原因类型", Kind.ENUMS, choices=CAUSES, group=_DUTY)
    cause: Mapped[str] = field("原因剖析", Kind.LONGTEXT, group=_DUTY)
    parties = field("责任主体初步分析", Kind.ROWS, target="paper_party", required=True, group=_DUTY)
    leader_in_charge: Mapped[str] = field("分管领导", Kind.TEXT, group=_DUTY)
    department: Mapped[str] = field("责任科室", Kind.TEXT, group=_DUTY)

    communication: Mapped[str] = field(
        "与被巡察单位沟通情况", Kind.LONGTEXT, group=_TALK, help="沟通时间、对象、意见、采纳与否。"
    )

    quick_fix: Mapped[bool] = field("立行立改", Kind.BOOL, in_table=True, group=_SIGN)
    has_lead: Mapped[bool] = field(
        "涉及问题线索", Kind.BOOL, group=_SIGN, help="勾选后本底稿不写线索内容，线索另行登记。"
    )
    common: Mapped[bool] = field("共性问题", Kind.BOOL, group=_SIGN)
    destination: Mapped[str] = field("去向", Kind.ENUM, choices=DESTINATIONS, required=True, in_table=True, group=_SIGN)
    suggestion: Mapped[str] = field("处理建议", Kind.LONGTEXT, group=_SIGN)
    handlers = field("承办人", Kind.REFS, target="member", required=True, in_table=True, group=_SIGN, help="至少两人。")
    dated: Mapped[str | None] = field("编制日期", Kind.DATE, required=True, in_table=True, group=_SIGN)
    deputy_opinion: Mapped[str] = field("副组长复核意见", Kind.LONGTEXT, group=_SIGN)
    meeting_conclusion: Mapped[str] = field("组务会研究结论", Kind.LONGTEXT, group=_SIGN)
    leader_opinion: Mapped[str] = field("组长审签意见", Kind.LONGTEXT, group=_SIGN)
    signed_on: Mapped[str | None] = field("审签日期", Kind.DATE, in_table=True, group=_SIGN)
    return_reason: Mapped[str] = field("退回原因", Kind.LONGTEXT, group=_SIGN)
    office_note: Mapped[str] = field("巡察办审核备注", Kind.LONGTEXT, group=_SIGN)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_SIGN)


class PaperPair(Entity):
    """Two papers a person looked at and found to be about different problems."""

    __tablename__ = "paper_pair"
    LABEL = "不是同一问题"
    TITLE = "id"

    first: Mapped[str | None] = field("底稿", Kind.REF, target="paper", required=True)
    second: Mapped[str | None] = field("另一份底稿", Kind.REF, target="paper", required=True)


class PaperParty(Row):
    """Who bears which responsibility, as the team sees it so far."""

    __tablename__ = "paper_party"
    LABEL = "责任主体"
    TITLE = "name"

    parent: Mapped[str | None] = field("问题底稿", Kind.REF, target="paper")
    kind: Mapped[str] = field("责任类别", Kind.ENUM, choices=PARTY_KINDS, required=True, in_table=True)
    name: Mapped[str] = field("责任主体", Kind.TEXT, required=True, in_table=True)
    note: Mapped[str] = field("说明", Kind.TEXT, in_table=True)
