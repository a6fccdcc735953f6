"""支撑材料, and the pages of it that a paper cites."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.choices import CITABLE, EVIDENCE_KINDS, ORIGINALS
from xuncha_desktop.model.field import Kind, field


class Evidence(Entity):
    """One piece of evidence: a file kept encrypted under its hash, and what is known of it."""

    __tablename__ = "evidence"
    LABEL = "证据"
    TITLE = "name"

    number: Mapped[str] = field("证据编号", Kind.AUTO, in_table=True)
    name: Mapped[str] = field("材料名称", Kind.TEXT, required=True, in_table=True)
    kind: Mapped[str] = field("材料类型", Kind.ENUM, choices=EVIDENCE_KINDS, required=True, in_table=True)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True)
    pages: Mapped[int | None] = field("页数", Kind.INT, in_table=True)
    dated: Mapped[str | None] = field("形成日期", Kind.DATE, in_table=True)
    source: Mapped[str] = field("来源", Kind.TEXT, in_table=True, help="谁提供的，如“镇财政所”。")
    original: Mapped[str] = field("原件或复印件", Kind.ENUM, choices=ORIGINALS, in_table=True)
    paper_original: Mapped[bool] = field("有纸质原件", Kind.BOOL)
    location: Mapped[str] = field("纸质原件存放处", Kind.TEXT)
    derived_from: Mapped[str | None] = field("由此件另存而成", Kind.REF, target="evidence")
    turned: Mapped[int | None] = field("查看时顺时针转（度）", Kind.INT)
    note: Mapped[str] = field("备注", Kind.LONGTEXT)
    file_name: Mapped[str] = field("文件名", Kind.AUTO, in_table=True)
    file_type: Mapped[str] = field("文件类型", Kind.AUTO)
    file_size: Mapped[int | None] = field("文件大小（字节）", Kind.INT)
    file_hash: Mapped[str] = field("文件校验值（SHA-256）", Kind.AUTO, index=True)


class Citation(Row):
    """A reference to a place: pages or a region of evidence, or a passage of a record; line of a paper or quick fix."""

    __tablename__ = "citation"
    LABEL = "引用"
    TITLE = "evidence.name"

    parent: Mapped[str | None] = field("问题底稿", Kind.REF, target="paper", required=True)
    evidence: Mapped[str | None] = field("证据", Kind.REF, target="evidence", in_table=True)
    pages: Mapped[str] = field("页码", Kind.TEXT, in_table=True, help="如 3 或 3-5。")
    region: Mapped[str] = field("页面区域", Kind.AUTO)  # "x,y,width,height" in thousandths of the page
    record_kind: Mapped[str] = field("记录类型", Kind.ENUM, choices=CITABLE)
    record: Mapped[str] = field("记录", Kind.AUTO, index=True)  # id, where no evidence but a record is cited
    record_field: Mapped[str] = field("记录栏目", Kind.AUTO)  # field that holds the passage; "" for the whole record
    start: Mapped[int | None] = field("摘引起点", Kind.INT)  # character offset of the passage in that field
    passage: Mapped[str] = field("摘引", Kind.LONGTEXT)
    text_hash: Mapped[str] = field("摘引校验值", Kind.AUTO)  # of what was cited, as it was then
