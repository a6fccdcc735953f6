"""谈话: who said what, under a code; list and exports never name anybody."""

from collections.abc import Mapping

from ui.records.register_screen import RegisterScreen
from ui.records.talk_panel import TalkPanel
from ui.records.words import joined, short
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines


class InterviewsScreen(RegisterScreen):
    """A talk of two members with one person."""

    NAME = "interviews"
    TITLE = "谈话"
    ICON = "interviews"
    KEY = "Ctrl+1"
    ENTITY = "interview"
    NEW = "新谈话"
    STEP = "记第一次谈话"
    EMPTY = "这里记个别谈话：谁谈的、问了什么、答了什么、有哪些问题。谈话对象只用代号，姓名另存在表单最下面一节。"
    FIRST = "person_kind"
    PROOFS = "scans"
    PANEL = TalkPanel
    COLUMNS = ("number", "state", "person_kind", "held_on", "place", "talkers", "confirmation", "secrecy")
    FILTERS = ("state", "person_kind", "talkers")
    GROUPS = ("state", "person_kind", "held_on", "place", "secrecy")
    SORTS = ("held_on", "number", "state", "person_kind", "secrecy")

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Code and kind of person; state, place, talkers and what is missing."""
        kept = cells.get("secrecy", "")
        title = joined(cells.get("number", ""), cells.get("person_kind", ""), "" if kept == "普通" else kept)
        second = joined(cells.get("place", ""), cells.get("talkers", ""), cells.get(EXTRA, ""))
        return TwoLines(title, cells.get("state", ""), second, short(cells.get("held_on", "")))
