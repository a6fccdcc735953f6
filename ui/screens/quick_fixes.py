"""立行立改: what the unit must mend at once, until somebody has seen that it is mended."""

from collections.abc import Mapping
from typing import Any

from ui.records.register_screen import RegisterScreen
from ui.records.words import joined, short, until
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines


class QuickFixesScreen(RegisterScreen):
    """The register of notices."""

    NAME = "quick_fixes"
    ENTITY = "quick_fix"
    NEW = "新立行立改"
    STEP = "写第一份通知"
    EMPTY = "这里管立行立改通知：什么事、要求怎么改、何时反馈、改到什么程度、谁销的号。反馈期限按本轮规则带出。"
    FIRST = "title"
    PROOFS = "proofs"
    WIDE = frozenset({"title"})
    COLUMNS = (
        "title", "number", "state", "to_unit", "issued_on", "due_on", "result", "closed_on", "still_reported",
    )  # fmt: skip
    FILTERS = ("state", "result", "to_unit")
    GROUPS = ("state", "result", "to_unit", "due_on")
    SORTS = ("state", "due_on", "issued_on", "closed_on", "title", "number")
    SORT = "state"

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Matter and the day that counts now; state, number, unit, result and what is missing."""
        closed = short(cells.get("closed_on", ""))
        day = f"{closed}销号" if closed else until(cells.get("due_on", ""))
        second = joined(*(cells.get(name, "") for name in ("number", "to_unit", "result", EXTRA)))
        return TwoLines(cells.get("title", ""), cells.get("state", ""), second, day)

    def takes(self, values: Mapping[str, Any]) -> str:
        """Files prove the problem until the notice is out, and then that it was mended."""
        return self.PROOFS if values.get("issued_on") else "citations"
