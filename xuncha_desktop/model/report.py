"""巡察情况报告: the texts written for it, its papers in order, and every file that was made of it."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.choices import EXPORT_KINDS
from xuncha_desktop.model.field import Kind, field


class Report(Entity):
    """The report of an inspection; problems come from papers, the rest is written here."""

    __tablename__ = "report"
    LABEL = "报告"
    TITLE = "title"

    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True)
    title: Mapped[str] = field("报告标题", Kind.TEXT, required=True)
    addressee: Mapped[str] = field("称谓", Kind.TEXT, required=True, help="如“市委巡察工作领导小组”。")
    opening: Mapped[str] = field("工作开展情况", Kind.RICHTEXT, help="日期和工作量一句由程序写出，其余写在这里。")
    evaluation: Mapped[str] = field("总体评价", Kind.RICHTEXT, required=True)
    leadership: Mapped[str] = field("对领导班子及主要负责人的评价", Kind.RICHTEXT, required=True)
    suggestions: Mapped[str] = field("意见建议", Kind.LONGTEXT, required=True, help="一段一条，序号由程序写出。")
    signature: Mapped[str] = field("落款", Kind.TEXT, required=True)
    dated: Mapped[str | None] = field("成文日期", Kind.DATE, required=True)
    version: Mapped[int | None] = field("版次", Kind.INT)
    entries = field("入选底稿", Kind.ROWS, target="report_entry")
    texts = field("连接文字", Kind.ROWS, target="report_text")


class ReportEntry(Row):
    """A paper's place in the report, or that it is left out on purpose."""

    __tablename__ = "report_entry"
    LABEL = "入选底稿"
    TITLE = "paper.title"

    parent: Mapped[str | None] = field("报告", Kind.REF, target="report")
    paper: Mapped[str | None] = field("问题底稿", Kind.REF, target="paper", required=True, in_table=True)
    left_out: Mapped[bool] = field("不写入", Kind.BOOL, in_table=True)


class ReportText(Row):
    """The connecting text under a heading of the report."""

    __tablename__ = "report_text"
    LABEL = "连接文字"
    TITLE = "text"

    parent: Mapped[str | None] = field("报告", Kind.REF, target="report")
    heading: Mapped[str | None] = field("报告标题", Kind.REF, target="heading", required=True, in_table=True)
    text: Mapped[str] = field("文字", Kind.RICHTEXT, in_table=True)


class ExportRecord(Entity):
    """A document that left the program: what, by whom, when, and the hash of the file."""

    __tablename__ = "export_record"
    LABEL = "导出记录"
    TITLE = "name"

    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection")
    kind: Mapped[str] = field("文种", Kind.ENUM, choices=EXPORT_KINDS, in_table=True)
    name: Mapped[str] = field("文件名", Kind.AUTO, in_table=True)
    draft: Mapped[bool] = field("草稿", Kind.BOOL, in_table=True)
    member: Mapped[str | None] = field("导出人", Kind.REF, target="member", in_table=True)
    exported_at: Mapped[int | None] = field("导出时间", Kind.MOMENT, in_table=True)
    file_hash: Mapped[str] = field("文件校验值（SHA-256）", Kind.AUTO)
    papers: Mapped[int | None] = field("底稿份数", Kind.INT, in_table=True)
    traces = field("文字来源", Kind.ROWS, target="export_trace")


class ExportTrace(Row):
    """A part of what an export's hidden bookmarks stand for: a file has thousands, a row each would be too many."""

    __tablename__ = "export_trace"
    LABEL = "文字来源"
    TITLE = "position"

    parent: Mapped[str | None] = field("导出记录", Kind.REF, target="export_record")
    packed: Mapped[str] = field("书签对照", Kind.AUTO)  # JSON, deflated, Base64; all parts in order make one text
