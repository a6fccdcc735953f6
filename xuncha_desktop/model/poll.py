"""民主测评、问卷: the tally of a vote (form F05)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import GOES_TO, POLL_OBJECTS, POLL_SCALES

_POLL, _VOTES, _WORDS = "测评", "计票", "开放题"


class Poll(Entity):
    """A poll with its ballots and what was counted on them."""

    __tablename__ = "poll"
    LABEL = "测评统计"
    TITLE = "name"

    name: Mapped[str] = field("测评名称", Kind.TEXT, required=True, in_table=True, group=_POLL)
    number: Mapped[str] = field("编号", Kind.AUTO, in_table=True, group=_POLL)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_POLL)
    held_on: Mapped[str | None] = field("测评日期", Kind.DATE, required=True, in_table=True, group=_POLL)
    scope: Mapped[str] = field(
        "范围", Kind.TEXT, required=True, in_table=True, group=_POLL, help="如“全体中层以上干部”。"
    )
    object: Mapped[str] = field("测评对象", Kind.ENUM, choices=POLL_OBJECTS, required=True, in_table=True, group=_POLL)
    scale: Mapped[str] = field("选项", Kind.ENUM, choices=POLL_SCALES, required=True, group=_POLL)
    issued: Mapped[int | None] = field("发放（份）", Kind.INT, required=True, in_table=True, group=_VOTES)
    returned: Mapped[int | None] = field("收回（份）", Kind.INT, required=True, in_table=True, group=_VOTES)
    valid: Mapped[int | None] = field("有效票（份）", Kind.INT, required=True, in_table=True, group=_VOTES)
    unknown_counts: Mapped[bool] = field("“不了解”计入分母", Kind.BOOL, group=_VOTES)
    questions = field("各题票数", Kind.ROWS, target="poll_question", required=True, group=_VOTES)
    comments = field("开放题摘录", Kind.ROWS, target="poll_comment", group=_WORDS)
    scans = field("原始计票表", Kind.REFS, target="evidence", group=_WORDS)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_WORDS)


class PollQuestion(Row):
    """The votes for each answer to one question, best answer first."""

    __tablename__ = "poll_question"
    LABEL = "测评题目"
    TITLE = "question"

    parent: Mapped[str | None] = field("测评统计", Kind.REF, target="poll")
    question: Mapped[str] = field("题目", Kind.TEXT, required=True, in_table=True)
    first: Mapped[int | None] = field("好／满意", Kind.INT, in_table=True)
    second: Mapped[int | None] = field("较好／基本满意", Kind.INT, in_table=True)
    third: Mapped[int | None] = field("一般", Kind.INT, in_table=True)
    fourth: Mapped[int | None] = field("差／不满意", Kind.INT, in_table=True)
    unknown: Mapped[int | None] = field("不了解", Kind.INT, in_table=True)


class PollComment(Row):
    """An answer in the voter's own words."""

    __tablename__ = "poll_comment"
    LABEL = "开放题摘录"
    TITLE = "text"

    parent: Mapped[str | None] = field("测评统计", Kind.REF, target="poll")
    text: Mapped[str] = field("摘录", Kind.LONGTEXT, required=True, in_table=True)
    category: Mapped[str] = field("归类", Kind.TEXT, in_table=True)
    goes_to: Mapped[str] = field("去向", Kind.ENUM, choices=GOES_TO, in_table=True)
