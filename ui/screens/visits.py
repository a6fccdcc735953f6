"""走访: where members went, what they saw, and what people ask for until it is answered."""

from collections.abc import Mapping

from ui.records.register_screen import RegisterScreen
from ui.records.standing_line import of_visits
from ui.records.words import joined, short
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines


class VisitsScreen(RegisterScreen):
    """The visits of two members or more."""

    NAME = "visits"
    ENTITY = "visit"
    NEW = "新走访"
    STEP = "记第一次走访"
    EMPTY = "这里记走访：到了哪里、看到什么、群众有什么诉求、答复没有。走访对象的姓名不进清单和导出。"
    FIRST = "place"
    PROOFS = "photos"
    WIDE = frozenset({"place"})
    STANDING = of_visits
    COLUMNS = ("place", "number", "state", "visited_on", "person_group", "way", "households", "visitors", "requests")
    FILTERS = ("state", "person_group", "way")
    GROUPS = ("state", "person_group", "way", "visited_on", "place")
    SORTS = ("visited_on", "place", "person_group", "state", "number")
    TOTALS = ("households",)

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Place and day; state of the requests, kind of people, way, visitors and what is missing."""
        asked = cells.get("requests", "")
        parts = (cells.get(name, "") for name in ("number", "person_group", "way", "visitors"))
        second = joined(*parts, f"诉求 {asked}" if asked else "", cells.get(EXTRA, ""))
        return TwoLines(cells.get("place", ""), cells.get("state", ""), second, short(cells.get("visited_on", "")))
