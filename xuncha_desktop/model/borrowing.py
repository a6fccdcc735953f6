"""资料调阅: a document asked for, received, read and given back (form F03)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.field import Kind, field

_ASKED, _BACK, _FOUND = "调阅", "交接", "查阅"


class Borrowing(Entity):
    """One line of a borrowing list."""

    __tablename__ = "borrowing"
    LABEL = "调阅资料"
    TITLE = "name"

    name: Mapped[str] = field("资料名称", Kind.TEXT, required=True, in_table=True, group=_ASKED)
    number: Mapped[str] = field("编号", Kind.AUTO, in_table=True, group=_ASKED)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_ASKED)
    batch: Mapped[str] = field("清单批次", Kind.TEXT, required=True, in_table=True, group=_ASKED, help="如“第一批”。")
    period: Mapped[str] = field("所属期间", Kind.TEXT, required=True, in_table=True, group=_ASKED, help="如“近三年”。")
    quantity: Mapped[str] = field("数量", Kind.TEXT, in_table=True, group=_ASKED, help="如“12册”。")
    department: Mapped[str] = field("责任科室、联络人", Kind.TEXT, in_table=True, group=_ASKED)
    due_on: Mapped[str | None] = field("要求提供日期", Kind.DATE, required=True, in_table=True, group=_ASKED)
    received_on: Mapped[str | None] = field("实际提供日期", Kind.DATE, in_table=True, group=_BACK)
    borrower: Mapped[str | None] = field("调阅人", Kind.REF, target="member", in_table=True, group=_BACK)
    returned_on: Mapped[str | None] = field("归还日期", Kind.DATE, in_table=True, group=_BACK)
    taker: Mapped[str] = field("收回人", Kind.TEXT, group=_BACK)
    missing: Mapped[str] = field(
        "缺失说明", Kind.LONGTEXT, in_table=True, group=_BACK, help="提供不了的，由对方书面说明，写在这里。"
    )
    conclusion: Mapped[str] = field("查阅结论", Kind.LONGTEXT, in_table=True, group=_FOUND)
    purpose: Mapped[str] = field("用途", Kind.TEXT, group=_FOUND, help="查什么问题用，如问题分类代码 C101 C102。")
    check_items = field("对应清单事项", Kind.REFS, target="check_item", group=_FOUND)
    scans = field("复印、翻拍件", Kind.REFS, target="evidence", group=_FOUND)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_FOUND)
