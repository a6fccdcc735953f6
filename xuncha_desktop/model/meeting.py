"""组务会: what the team discussed and decided, paper by paper (form F10)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import CONCLUSIONS, MEETING_TOPICS

_MEETING, _AGENDA, _RESULT = "会议", "议题", "结论和决定"


class Meeting(Entity):
    """One meeting of the team."""

    __tablename__ = "meeting"
    LABEL = "组务会记录"
    TITLE = "name"

    name: Mapped[str] = field(
        "会议名称", Kind.TEXT, required=True, in_table=True, group=_MEETING, help="如“第3次组务会”。"
    )
    number: Mapped[str] = field("编号", Kind.AUTO, in_table=True, group=_MEETING)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_MEETING)
    held_on: Mapped[str | None] = field("会议日期", Kind.DATE, required=True, in_table=True, group=_MEETING)
    time: Mapped[str] = field("起止时间", Kind.TEXT, group=_MEETING, help="如 19:30—21:00。")
    place: Mapped[str] = field("地点", Kind.TEXT, required=True, in_table=True, group=_MEETING)
    chair: Mapped[str | None] = field("主持人", Kind.REF, target="member", required=True, in_table=True, group=_MEETING)
    recorder: Mapped[str | None] = field("记录人", Kind.REF, target="member", required=True, group=_MEETING)
    present = field("参会", Kind.REFS, target="member", required=True, group=_MEETING)
    absent: Mapped[str] = field("缺席及原因", Kind.TEXT, group=_MEETING)
    agenda = field("议题", Kind.ROWS, target="agenda_item", required=True, group=_AGENDA)
    conclusions = field("逐底稿结论", Kind.ROWS, target="paper_conclusion", group=_RESULT)
    dissent: Mapped[str] = field("分歧和保留意见", Kind.LONGTEXT, group=_RESULT)
    decisions = field("决定事项", Kind.ROWS, target="decision", group=_RESULT)
    signed: Mapped[bool] = field("全体已签名", Kind.BOOL, in_table=True, group=_RESULT)
    scans = field("签名件", Kind.REFS, target="evidence", group=_RESULT)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_RESULT)


class AgendaItem(Row):
    """One item of the agenda and what was said on it."""

    __tablename__ = "agenda_item"
    LABEL = "议题"
    TITLE = "subject"

    parent: Mapped[str | None] = field("组务会记录", Kind.REF, target="meeting")
    topic: Mapped[str] = field("类别", Kind.ENUM, choices=MEETING_TOPICS, required=True, in_table=True)
    subject: Mapped[str] = field("议题", Kind.TEXT, required=True, in_table=True)
    discussion: Mapped[str] = field("讨论情况", Kind.LONGTEXT, in_table=True)


class PaperConclusion(Row):
    """What the meeting concluded on one paper."""

    __tablename__ = "paper_conclusion"
    LABEL = "底稿结论"
    TITLE = "paper.title"

    parent: Mapped[str | None] = field("组务会记录", Kind.REF, target="meeting")
    paper: Mapped[str | None] = field("底稿", Kind.REF, target="paper", required=True, in_table=True)
    conclusion: Mapped[str] = field("结论", Kind.ENUM, choices=CONCLUSIONS, required=True, in_table=True)
    reason: Mapped[str] = field("理由", Kind.LONGTEXT, in_table=True)


class Decision(Row):
    """Something decided, with who does it until when."""

    __tablename__ = "decision"
    LABEL = "决定事项"
    TITLE = "text"

    parent: Mapped[str | None] = field("组务会记录", Kind.REF, target="meeting")
    text: Mapped[str] = field("决定事项", Kind.LONGTEXT, required=True, in_table=True)
    member: Mapped[str | None] = field("责任人", Kind.REF, target="member", in_table=True)
    due_on: Mapped[str | None] = field("时限", Kind.DATE, in_table=True)
    done_on: Mapped[str | None] = field("办结日期", Kind.DATE, in_table=True)
