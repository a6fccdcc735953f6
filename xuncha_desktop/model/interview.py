"""个别谈话: what a person said, kept under a code; who the person is lies in a table of its own (form F02)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import (
    CONFIRMATIONS,
    CREDIBILITY,
    EVALUATIONS,
    GOES_TO,
    INFORMED,
    PERSON_KINDS,
    SECRECY,
    TOPICS,
)

_TALK, _TEXT, _SUMMARY, _SIGN, _WHO = "谈话", "谈话内容", "摘要", "确认", "对象身份"


class Interview(Entity):
    """A talk of at least two members with one person."""

    __tablename__ = "interview"
    LABEL = "谈话记录"
    TITLE = "number"

    number: Mapped[str] = field("谈话对象代号", Kind.AUTO, in_table=True, group=_TALK)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_TALK)
    person_kind: Mapped[str] = field(
        "对象类别", Kind.ENUM, choices=PERSON_KINDS, required=True, in_table=True, group=_TALK
    )
    held_on: Mapped[str | None] = field("谈话日期", Kind.DATE, required=True, in_table=True, group=_TALK)
    from_time: Mapped[str] = field("开始时间", Kind.TEXT, group=_TALK, help="如 14:30。")
    to_time: Mapped[str] = field("结束时间", Kind.TEXT, group=_TALK, help="如 16:00。")
    place: Mapped[str] = field("地点", Kind.TEXT, required=True, in_table=True, group=_TALK)
    talkers = field("谈话人", Kind.REFS, target="member", required=True, in_table=True, group=_TALK, help="至少两人。")
    recorder: Mapped[str | None] = field("记录人", Kind.REF, target="member", required=True, group=_TALK)
    informed: Mapped[tuple[str, ...]] = field("已告知事项", Kind.ENUMS, choices=INFORMED, required=True, group=_TALK)
    outline: Mapped[str] = field("谈话提纲", Kind.LONGTEXT, group=_TALK, help="按对象类别带出，可以改。")
    text: Mapped[str] = field(
        "问答", Kind.LONGTEXT, required=True, group=_TEXT, help="Ctrl+J 接着写下一个“问：”或“答：”。"
    )
    summaries = field("谈话摘要", Kind.ROWS, target="interview_summary", group=_SUMMARY)
    on_leadership: Mapped[str] = field("对班子评价", Kind.ENUM, choices=EVALUATIONS, group=_SUMMARY)
    on_principal: Mapped[str] = field("对主要负责人评价", Kind.ENUM, choices=EVALUATIONS, group=_SUMMARY)
    check_items = field("对应清单事项", Kind.REFS, target="check_item", group=_SUMMARY)
    confirmation: Mapped[str] = field(
        "对象确认方式", Kind.ENUM, choices=CONFIRMATIONS, required=True, in_table=True, group=_SIGN
    )
    confirmation_note: Mapped[str] = field("未签说明", Kind.TEXT, group=_SIGN)
    secrecy: Mapped[str] = field(
        "保密级别",
        Kind.ENUM,
        choices=SECRECY,
        required=True,
        in_table=True,
        group=_SIGN,
        help="“仅组长”的摘要不进台账和谈话情况报告；打开本案卷的成员仍能看到这条记录。",
    )
    location: Mapped[str] = field("纸质原件存放处", Kind.TEXT, group=_SIGN)
    scans = field("签字件", Kind.REFS, target="evidence", group=_SIGN)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_SIGN)
    persons = field(
        "对象身份",
        Kind.ROWS,
        target="interviewee",
        private=True,
        group=_WHO,
        help="清单和导出只用代号；身份另表存放。",
    )


class Interviewee(Row):
    """Who is behind a code."""

    __tablename__ = "interviewee"
    LABEL = "对象身份"
    TITLE = "name"

    parent: Mapped[str | None] = field("谈话记录", Kind.REF, target="interview")
    name: Mapped[str] = field("姓名", Kind.TEXT, required=True, in_table=True)
    unit: Mapped[str] = field("单位", Kind.TEXT, in_table=True)
    post: Mapped[str] = field("职务", Kind.TEXT, in_table=True)
    political_status: Mapped[str] = field("政治面貌", Kind.TEXT, in_table=True)
    since: Mapped[str] = field("任现职时间", Kind.TEXT, in_table=True)


class InterviewSummary(Row):
    """What was said on one topic, and what becomes of it."""

    __tablename__ = "interview_summary"
    LABEL = "谈话摘要"
    TITLE = "summary"

    parent: Mapped[str | None] = field("谈话记录", Kind.REF, target="interview")
    topic: Mapped[str] = field("主题", Kind.ENUM, choices=TOPICS, required=True, in_table=True)
    summary: Mapped[str] = field("摘要", Kind.LONGTEXT, required=True, in_table=True)
    credibility: Mapped[str] = field("可信度", Kind.ENUM, choices=CREDIBILITY, in_table=True)
    persons: Mapped[str] = field("涉及人", Kind.TEXT)
    goes_to: Mapped[str] = field("去向", Kind.ENUM, choices=GOES_TO, in_table=True)
