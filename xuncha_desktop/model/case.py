"""案卷: one round of one team, in one folder."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.field import Kind, field


class Case(Entity):
    """The case itself; there is exactly one."""

    __tablename__ = "case"
    LABEL = "案卷"
    TITLE = "name"

    name: Mapped[str] = field("案卷名称", Kind.TEXT, required=True, in_table=True)
    office: Mapped[str] = field("派出巡察的党委", Kind.TEXT, help="写简称，如“中共青禾市委”；报告的称谓和落款用它。")
    created_on: Mapped[str | None] = field("建立日期", Kind.DATE)
    sample: Mapped[bool] = field("示例案卷（内容虚构）", Kind.BOOL)
    note: Mapped[str] = field("说明", Kind.LONGTEXT)


class Replica(Entity):
    """One laptop's copy of the case: changes are numbered per replica."""

    __tablename__ = "replica"
    LABEL = "设备副本"
    TITLE = "device"

    device: Mapped[str] = field("设备", Kind.AUTO)
    parent: Mapped[str | None] = field("来自副本", Kind.REF, target="replica")
    parent_seq: Mapped[int | None] = field("来自序号", Kind.INT)
