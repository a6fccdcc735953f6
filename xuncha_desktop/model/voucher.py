"""财务抽凭: a voucher looked at, and what is doubtful about it (form F11)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import DOUBTS

_VOUCHER, _FOUND = "凭证", "核查"


class Voucher(Entity):
    """One sampled voucher."""

    __tablename__ = "voucher"
    LABEL = "抽凭记录"
    TITLE = "summary"

    summary: Mapped[str] = field("摘要", Kind.TEXT, required=True, in_table=True, group=_VOUCHER)
    number: Mapped[str] = field("编号", Kind.AUTO, in_table=True, group=_VOUCHER)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_VOUCHER)
    book: Mapped[str] = field("账套、单位", Kind.TEXT, required=True, in_table=True, group=_VOUCHER)
    period: Mapped[str] = field("期间", Kind.TEXT, required=True, group=_VOUCHER, help="如“2019年”。")
    voucher_on: Mapped[str | None] = field("凭证日期", Kind.DATE, required=True, in_table=True, group=_VOUCHER)
    voucher_no: Mapped[str] = field(
        "凭证字号", Kind.TEXT, required=True, in_table=True, group=_VOUCHER, help="如“记-0128”。"
    )
    account: Mapped[str] = field("科目", Kind.TEXT, required=True, in_table=True, group=_VOUCHER)
    amount: Mapped[int | None] = field("金额（元）", Kind.YUAN, required=True, in_table=True, group=_VOUCHER)
    doubts: Mapped[tuple[str, ...]] = field(
        "疑点类型", Kind.ENUMS, choices=DOUBTS, required=True, in_table=True, group=_FOUND
    )
    attachments: Mapped[str] = field("附件情况", Kind.TEXT, group=_FOUND)
    result: Mapped[str] = field("核查结果", Kind.LONGTEXT, in_table=True, group=_FOUND)
    checker: Mapped[str | None] = field("抽查人", Kind.REF, target="member", required=True, in_table=True, group=_FOUND)
    reviewer: Mapped[str | None] = field("复核人", Kind.REF, target="member", required=True, group=_FOUND)
    check_items = field("对应清单事项", Kind.REFS, target="check_item", group=_FOUND)
    scans = field("凭证翻拍件", Kind.REFS, target="evidence", group=_FOUND)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_FOUND)
