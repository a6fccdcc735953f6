"""被巡察党组织."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.choices import PARTY_BODIES, UNIT_KINDS
from xuncha_desktop.model.field import Kind, field


class Unit(Entity):
    """A party organisation that is inspected, under its full proper name."""

    __tablename__ = "unit"
    LABEL = "被巡察党组织"
    TITLE = "name"

    name: Mapped[str] = field("全称", Kind.TEXT, required=True, in_table=True, help="规范全称，如“中共平湖镇委员会”。")
    short_name: Mapped[str] = field("简称", Kind.TEXT, required=True, in_table=True, help="如“平湖镇党委”。")
    code: Mapped[str] = field("简码", Kind.TEXT, required=True, in_table=True, help="写在正式编号里，如 PHZ。")
    kind: Mapped[str] = field("组织类型", Kind.ENUM, choices=UNIT_KINDS, required=True, in_table=True)
    party_body: Mapped[str] = field("党组织形式", Kind.ENUM, choices=PARTY_BODIES, required=True)
    parent_unit: Mapped[str | None] = field("上级党组织", Kind.REF, target="unit", in_table=True)
    secretary: Mapped[str] = field("书记", Kind.TEXT)
    liaison: Mapped[str] = field("联络人", Kind.TEXT)
    households: Mapped[int | None] = field("户数", Kind.INT)
    party_members: Mapped[int | None] = field("党员数", Kind.INT)
    note: Mapped[str] = field("备注", Kind.LONGTEXT)
