"""信访: what letters, calls and visitors report, and what becomes of it; who reports stays out of the list."""

from collections.abc import Mapping

from ui.records.register_screen import RegisterScreen
from ui.records.words import joined, short, until
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines


class PetitionsScreen(RegisterScreen):
    """The petition register."""

    NAME = "petitions"
    ENTITY = "petition"
    NEW = "新信访件"
    STEP = "登记第一件"
    EMPTY = "这里登记来信、来电、来访：反映什么、怎么处理、何时办结。反映人信息只在表单里，不进清单和导出。"
    FIRST = "subject"
    PROOFS = "scans"
    WIDE = frozenset({"subject"})
    COLUMNS = (
        "subject", "number", "state", "received_on", "channel", "signature", "accused",
        "problem_type", "handling", "handler", "due_on", "done_on",
    )  # fmt: skip
    FILTERS = ("state", "channel", "handling")
    GROUPS = ("state", "channel", "signature", "handling", "handler", "problem_type", "received_on")
    SORTS = ("received_on", "due_on", "state", "subject", "problem_type", "number")

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """What it is about and when it is due; state, number, how it came, what is done with it."""
        over = cells.get("state", "") in ("已办结", "存查")
        day = short(cells.get("done_on", "")) if over else until(cells.get("due_on", ""))
        parts = ("number", "channel", "signature", "handling", EXTRA)
        second = joined(*(cells.get(name, "") for name in parts))
        return TwoLines(cells.get("subject", ""), cells.get("state", ""), second, day)
