"""走访调研: who was visited, what was seen, what people ask for (form F06)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import REQUEST_ROUTES, VISIT_GROUPS, VISIT_WAYS

_VISIT, _SEEN, _ASKED = "走访", "情况", "群众诉求"


class Visit(Entity):
    """One visit by at least two members."""

    __tablename__ = "visit"
    LABEL = "走访记录"
    TITLE = "place"

    place: Mapped[str] = field("地点", Kind.TEXT, required=True, in_table=True, group=_VISIT, help="如“青石村三组”。")
    number: Mapped[str] = field("编号", Kind.AUTO, in_table=True, group=_VISIT)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_VISIT)
    visited_on: Mapped[str | None] = field("走访日期", Kind.DATE, required=True, in_table=True, group=_VISIT)
    person_group: Mapped[str] = field(
        "对象类型", Kind.ENUM, choices=VISIT_GROUPS, required=True, in_table=True, group=_VISIT
    )
    way: Mapped[str] = field("方式", Kind.ENUM, choices=VISIT_WAYS, required=True, in_table=True, group=_VISIT)
    who: Mapped[str] = field("走访对象", Kind.TEXT, private=True, group=_VISIT, help="户主姓名或称呼；不进清单和导出。")
    households: Mapped[int | None] = field(
        "走访户数", Kind.INT, in_table=True, group=_VISIT, help="入户填 1；座谈、现场查看不计户的留空。"
    )
    visitors = field(
        "走访人", Kind.REFS, target="member", required=True, in_table=True, group=_VISIT, help="至少两人。"
    )
    text: Mapped[str] = field("情况记录", Kind.LONGTEXT, required=True, group=_SEEN)
    photos = field("照片、录像", Kind.REFS, target="evidence", group=_SEEN)
    check_items = field("对应清单事项", Kind.REFS, target="check_item", group=_SEEN)
    requests = field("群众诉求", Kind.ROWS, target="visit_request", group=_ASKED)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_ASKED)


class VisitRequest(Row):
    """Something people ask for, followed up until it is answered."""

    __tablename__ = "visit_request"
    LABEL = "群众诉求"
    TITLE = "request"

    parent: Mapped[str | None] = field("走访记录", Kind.REF, target="visit")
    request: Mapped[str] = field("诉求", Kind.LONGTEXT, required=True, in_table=True)
    route: Mapped[str] = field("去向", Kind.ENUM, choices=REQUEST_ROUTES, in_table=True)
    due_on: Mapped[str | None] = field("答复期限", Kind.DATE, in_table=True)
    done_on: Mapped[str | None] = field("办结日期", Kind.DATE, in_table=True)
    answer: Mapped[str] = field("回访结果", Kind.TEXT, in_table=True)
