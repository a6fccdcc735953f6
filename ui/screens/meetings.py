"""组务会: what the team discussed, what it concluded on each paper, and who does what until when."""

from collections.abc import Mapping

from ui.records.register_screen import RegisterScreen
from ui.records.words import joined, short
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines


class MeetingsScreen(RegisterScreen):
    """The meetings of the team."""

    NAME = "meetings"
    ENTITY = "meeting"
    NEW = "新组务会"
    STEP = "记第一次组务会"
    EMPTY = "这里记组务会：议了什么、每份底稿的结论、决定了什么事、谁在什么时候办完。会次和参会人自动带出。"
    FIRST = "place"
    PROOFS = "scans"
    COLUMNS = (
        "name", "number", "state", "held_on", "place", "chair", "agenda", "conclusions", "decisions", "signed",
    )  # fmt: skip
    FILTERS = ("state", "chair")
    GROUPS = ("state", "chair", "held_on")
    SORTS = ("held_on", "name", "state", "number")

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Name and day; state, number, how much was discussed, concluded and decided, and what is missing."""
        counted = {"议题": "agenda", "底稿结论": "conclusions", "决定": "decisions"}
        counts = (f"{words} {cells[name]}" for words, name in counted.items() if cells.get(name))
        second = joined(cells.get("number", ""), *counts, cells.get(EXTRA, ""))
        return TwoLines(cells.get("name", ""), cells.get("state", ""), second, short(cells.get("held_on", "")))
