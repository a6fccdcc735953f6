"""测评: polls and questionnaires, from the ballots given out to the votes counted."""

from collections.abc import Mapping

from ui.records.poll_panel import PollPanel
from ui.records.register_screen import RegisterScreen
from ui.records.words import joined
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines


class PollsScreen(RegisterScreen):
    """The tally of each poll."""

    NAME = "polls"
    ENTITY = "poll"
    NEW = "新测评"
    STEP = "登记第一次测评"
    EMPTY = "这里统计民主测评和问卷：发了多少、收回多少、各题得票。票数与有效票对不上时会提示。"
    FIRST = "name"
    PROOFS = "scans"
    WIDE = frozenset({"name"})
    PANEL = PollPanel
    COLUMNS = ("name", "number", "state", "held_on", "scope", "object", "issued", "returned", "valid")
    FILTERS = ("state", "object")
    GROUPS = ("state", "object", "held_on")
    SORTS = ("held_on", "name", "object", "state", "valid", "number")
    TOTALS = ("issued", "returned", "valid")

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Name and valid ballots of those given out; state, number, object, scope and what is missing."""
        valid, issued = cells.get("valid", ""), cells.get("issued", "")
        right = f"有效 {valid}／发放 {issued}" if valid and issued else ""
        second = joined(*(cells.get(name, "") for name in ("number", "object", "scope", EXTRA)))
        return TwoLines(cells.get("name", ""), cells.get("state", ""), second, right)
