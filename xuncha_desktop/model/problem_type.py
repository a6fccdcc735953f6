"""问题分类 in three levels."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.field import Kind, field


class ProblemType(Entity):
    """A leaf of the taxonomy with the two levels above it."""

    __tablename__ = "problem_type"
    LABEL = "问题分类"
    TITLE = "name"

    code: Mapped[str] = field("代码", Kind.TEXT, required=True, in_table=True)
    level1: Mapped[str] = field("一级代码", Kind.TEXT, required=True)
    level1_name: Mapped[str] = field("一级分类", Kind.TEXT, required=True, in_table=True)
    level2: Mapped[str] = field("二级分类", Kind.TEXT, required=True, in_table=True)
    name: Mapped[str] = field("三级分类", Kind.TEXT, required=True, in_table=True)
    usual_proofs: Mapped[str] = field("通常证据", Kind.TEXT, in_table=True)
