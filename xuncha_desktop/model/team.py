"""巡察组: inspectors of the talent pool, and the members a team takes from it."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.choices import EXPERTISE, ROLES
from xuncha_desktop.model.field import Kind, field


class Inspector(Entity):
    """A person of the talent pool."""

    __tablename__ = "inspector"
    LABEL = "人才库人员"
    TITLE = "name"

    name: Mapped[str] = field("姓名", Kind.TEXT, required=True, in_table=True)
    unit: Mapped[str] = field("工作单位", Kind.TEXT, in_table=True)
    post: Mapped[str] = field("职务", Kind.TEXT, in_table=True)
    rank: Mapped[str] = field("职级", Kind.TEXT)
    expertise: Mapped[tuple[str, ...]] = field("专长", Kind.ENUMS, choices=EXPERTISE, in_table=True)
    political_status: Mapped[str] = field("政治面貌", Kind.TEXT)
    rounds_before: Mapped[int | None] = field("此前参加轮次数", Kind.INT, in_table=True)
    phone: Mapped[str] = field("电话", Kind.TEXT)
    available: Mapped[bool] = field("可抽调", Kind.BOOL)
    note: Mapped[str] = field("备注", Kind.LONGTEXT)


class Team(Entity):
    """An inspection team of a round."""

    __tablename__ = "team"
    LABEL = "巡察组"
    TITLE = "name"

    name: Mapped[str] = field("巡察组名称", Kind.TEXT, required=True, in_table=True, help="如“市委第一巡察组”。")
    number: Mapped[int | None] = field("组号", Kind.INT, required=True)
    round: Mapped[str | None] = field("轮次", Kind.REF, target="round", required=True, in_table=True)
    note: Mapped[str] = field("备注", Kind.LONGTEXT)


class Member(Entity):
    """An inspector serving in a team."""

    __tablename__ = "member"
    LABEL = "成员"
    TITLE = "inspector.name"

    inspector: Mapped[str | None] = field("人员", Kind.REF, target="inspector", required=True, in_table=True)
    team: Mapped[str | None] = field("巡察组", Kind.REF, target="team", required=True, in_table=True)
    role: Mapped[str] = field("组内职务", Kind.ENUM, choices=ROLES, required=True, in_table=True)
    code: Mapped[str] = field(
        "代码", Kind.TEXT, required=True, in_table=True, help="三个字母，写在临时编号里，如 ZJY。"
    )
    duty: Mapped[str] = field("分工", Kind.TEXT, in_table=True)
    joined_on: Mapped[str | None] = field("进组日期", Kind.DATE)
    left_on: Mapped[str | None] = field("离组日期", Kind.DATE)
