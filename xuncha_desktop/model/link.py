"""A bare pair of records (a paper and a handler, a paper and a check item)."""

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from xuncha_desktop.model.base import Row


class Link(Row):
    """One member of a refs field; its id is computed from its ends, so that both laptops' links meet."""

    __tablename__ = "link"
    LABEL = "关联"
    TITLE = "id"

    field: Mapped[str] = mapped_column(Text, default="", active_history=True)  # "paper.handlers"
    source: Mapped[str] = mapped_column(Text, index=True, active_history=True)
    target: Mapped[str] = mapped_column(Text, index=True, active_history=True)
