"""信访: what letters, calls and visitors report (form F04)."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.field import Kind, field
from xuncha_desktop.model.record_choices import CHANNELS, HANDLINGS, SIGNATURES

_COMES, _SAYS, _HANDLED = "受理", "反映内容", "办理"


class Petition(Entity):
    """One petition in the register."""

    __tablename__ = "petition"
    LABEL = "信访件"
    TITLE = "subject"

    subject: Mapped[str] = field(
        "事由", Kind.TEXT, required=True, in_table=True, group=_COMES, help="一句话，不写反映人姓名。"
    )
    number: Mapped[str] = field("登记号", Kind.AUTO, in_table=True, group=_COMES)
    inspection: Mapped[str | None] = field("巡察任务", Kind.REF, target="inspection", required=True, group=_COMES)
    received_on: Mapped[str | None] = field("受理日期", Kind.DATE, required=True, in_table=True, group=_COMES)
    channel: Mapped[str] = field("渠道", Kind.ENUM, choices=CHANNELS, required=True, in_table=True, group=_COMES)
    signature: Mapped[str] = field(
        "署名情况", Kind.ENUM, choices=SIGNATURES, required=True, in_table=True, group=_COMES
    )
    reporter: Mapped[str] = field(
        "反映人信息",
        Kind.LONGTEXT,
        private=True,
        group=_COMES,
        help="只写办信必需的；不进列表、查找和一般文书，打开本案卷的成员都能看到。",
    )
    accused: Mapped[str] = field("被反映人、单位、职务", Kind.TEXT, in_table=True, group=_SAYS)
    text: Mapped[str] = field("反映内容摘要", Kind.LONGTEXT, required=True, group=_SAYS)
    problem_type: Mapped[str | None] = field(
        "问题分类", Kind.REF, target="problem_type", required=True, in_table=True, group=_SAYS
    )
    in_scope: Mapped[bool] = field("属受理范围", Kind.BOOL, in_table=True, group=_SAYS)
    repeats: Mapped[str | None] = field("与此件重复或关联", Kind.REF, target="petition", group=_SAYS)
    check_items = field("对应清单事项", Kind.REFS, target="check_item", group=_SAYS)
    handling: Mapped[str] = field(
        "处理意见", Kind.ENUM, choices=HANDLINGS, required=True, in_table=True, group=_HANDLED
    )
    leader_note: Mapped[str] = field("组长批示", Kind.LONGTEXT, required=True, group=_HANDLED)
    handler: Mapped[str | None] = field("承办人", Kind.REF, target="member", in_table=True, group=_HANDLED)
    due_on: Mapped[str | None] = field("办理时限", Kind.DATE, in_table=True, group=_HANDLED)
    done_on: Mapped[str | None] = field("办结日期", Kind.DATE, in_table=True, group=_HANDLED)
    outcome: Mapped[str] = field("办结情况", Kind.LONGTEXT, group=_HANDLED)
    handed_on: Mapped[str | None] = field("移交日期", Kind.DATE, group=_HANDLED)
    receiver: Mapped[str] = field("接收单位", Kind.TEXT, group=_HANDLED)
    signed_by: Mapped[str] = field("签收人", Kind.TEXT, group=_HANDLED)
    scans = field("来信、附件", Kind.REFS, target="evidence", group=_HANDLED)
    note: Mapped[str] = field("备注", Kind.LONGTEXT, group=_HANDLED)
