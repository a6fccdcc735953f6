"""事实确认: facts laid before the unit, without judgement and without their source, and what it answers."""

from collections.abc import Mapping

from ui.records.register_screen import RegisterScreen
from ui.records.words import joined, short, until
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines


class FactChecksScreen(RegisterScreen):
    """The fact sheets."""

    NAME = "fact_checks"
    ENTITY = "fact_check"
    NEW = "新事实确认单"
    STEP = "写第一份确认单"
    EMPTY = "这里写事实确认单：只写事实，请被巡察单位确认属实、部分属实还是有异议。定性和来源不写，写了会提示。"
    FIRST = "title"
    PROOFS = "materials"
    WIDE = frozenset({"title"})
    COLUMNS = ("title", "number", "state", "sent_on", "due_on", "answer", "answered_on", "handlers")
    FILTERS = ("state", "answer", "handlers")
    GROUPS = ("state", "answer", "due_on")
    SORTS = ("state", "due_on", "sent_on", "answered_on", "title", "number")
    SORT = "state"

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Title and the day that counts now; state, number, answer, handlers and what is missing."""
        answered = short(cells.get("answered_on", ""))
        day = f"{answered}答复" if answered else until(cells.get("due_on", ""))
        second = joined(*(cells.get(name, "") for name in ("number", "answer", "handlers", EXTRA)))
        return TwoLines(cells.get("title", ""), cells.get("state", ""), second, day)
