"""谈话: who said what, under a code; list and exports never name anybody."""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from ui.forms.field_box import FieldBox
from ui.forms.long_text import LongTextEditor
from ui.records.register_screen import RegisterScreen
from ui.records.standing_line import of_interviews
from ui.records.talk_panel import TalkPanel
from ui.records.words import joined, short
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines
from xuncha_desktop.services import interviews


class InterviewsScreen(RegisterScreen):
    """A talk of two members with one person."""

    NAME = "interviews"
    ENTITY = "interview"
    NEW = "新谈话"
    STEP = "记第一次谈话"
    EMPTY = "这里记个别谈话：谁谈的、问了什么、答了什么、有哪些问题。谈话对象只用代号，姓名另存在表单最下面一节。"
    FIRST = "person_kind"
    PROOFS = "scans"
    PANEL = TalkPanel
    STANDING = of_interviews
    COLUMNS = ("number", "state", "person_kind", "held_on", "place", "talkers", "confirmation", "secrecy")
    FILTERS = ("state", "person_kind", "talkers")
    GROUPS = ("state", "person_kind", "held_on", "place", "secrecy")
    SORTS = ("held_on", "number", "state", "person_kind", "secrecy")

    def prepare(self, name: str, box: FieldBox) -> None:
        """问／答 beside the text: the next turn of the talk, begun by a key."""
        if name == "text" and isinstance(box.editor, LongTextEditor):
            editor, tool = box.editor, box.add_tool("问／答", "plus")
            tool.setToolTip("接着写下一个“问：”或“答：”　Ctrl+J")
            tool.clicked.connect(lambda: _next_turn(editor))
            # Not the button's own: that one answers a tenth of a second later, in the middle of the next word.
            key = QShortcut(QKeySequence("Ctrl+J"), editor)
            key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            key.activated.connect(lambda: _next_turn(editor))

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Code and kind of person; state, place, talkers and what is missing."""
        kept = cells.get("secrecy", "")
        title = joined(cells.get("number", ""), cells.get("person_kind", ""), "" if kept == "普通" else kept)
        second = joined(cells.get("place", ""), cells.get("talkers", ""), cells.get(EXTRA, ""))
        return TwoLines(title, cells.get("state", ""), second, short(cells.get("held_on", "")))


def _next_turn(editor: LongTextEditor) -> None:
    cursor = editor.text.textCursor()
    cursor.movePosition(cursor.MoveOperation.EndOfBlock)
    editor.text.setTextCursor(cursor)
    before = editor.text.toPlainText().encode("utf-16-le")[: 2 * cursor.position()].decode("utf-16-le")
    editor.insert(("" if not before or before.endswith("\n") else "\n") + interviews.next_turn(before))
