"""A field on a form: label, editor, help, and what has to be said about it (error, newer value, conflict)."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.forms.editor import Editor
from ui.forms.long_text import LongTextEditor
from ui.forms.notices import Panel, Stack, Versions, line, several
from ui.forms.proposals import Proposal, Proposals
from ui.forms.rich_text import RichTextEditor
from ui.forms.row_conflicts import RowConflict
from ui.forms.tab_order import put_after
from xuncha_desktop.services.conflicts import Conflict

_LABEL = 24  # height of the line with the label


class FieldBox(QWidget):
    """Everything one field shows."""

    history_asked = Signal()
    version_chosen = Signal(object)  # Event
    conflict_kept = Signal()
    row_version_chosen = Signal(object, object)  # RowConflict, Event

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self._panels: dict[str, Panel] = {}
        self._in_rows: dict[str, Stack] = {}
        self._pickers: list[QToolButton] = []
        self._locked = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.metrics.grid)
        layout.addLayout(self._head())
        layout.addWidget(editor)
        self._notice: QLabel | None = None
        self._cleaned: QLabel | None = None
        self._history: QToolButton | None = None
        self._proposals: Proposals | None = None
        if editor.field.help:
            layout.addWidget(line("hint", editor.field.help))
        layout.addStretch(1)
        self._layout = layout
        editor.cleaned.connect(self.say_cleaned)
        if isinstance(editor, LongTextEditor):
            editor.text.textChanged.connect(self._count)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offer the history while the pointer is on the field."""
        super().enterEvent(event)
        if self.editor.field.stored:
            self.history_button.show()

    def leaveEvent(self, event: QEvent) -> None:
        """Quiet again."""
        super().leaveEvent(event)
        if self._history is not None:
            self._history.hide()

    @property
    def notice(self) -> QLabel:
        """The line under the editor; made when there is something to say, as most fields never have."""
        if self._notice is None:
            self._notice = line("error")
            self._notice.hide()
            self._layout.insertWidget(2, self._notice)
        return self._notice

    @property
    def history_button(self) -> QToolButton:
        """The clock beside the label; made when the pointer first comes by."""
        if self._history is None:
            button = self._history = QToolButton()
            button.setProperty("kind", "clock")
            button.setToolTip("这一栏的修改经过　Ctrl+H")
            button.setAccessibleName(f"{self.editor.field.label}：修改经过")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            style.set_icon(button, "history", "secondary")
            button.clicked.connect(self.history_asked)
            button.hide()
            self._tools.insertWidget(1, button)
        return self._history

    def anchor(self) -> QWidget:
        """Where its history opens: under the clock, if the pointer has brought it out."""
        return self._history if self._history is not None and self._history.isVisible() else self.editor

    def add_tool(self, text: str, icon: str) -> QToolButton:
        """A small button at the right of the label, for pickers that belong to this field."""
        button = QToolButton()
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("kind", "quiet")
        style.set_icon(button, icon, "accent")
        style.sized(button, _as_high_as_a_label)  # so that fields side by side stay in line
        self._tools.addWidget(button)
        self._pickers.append(button)
        button.setVisible(not self._locked)
        return button

    def propose(self, proposals: Sequence[Proposal]) -> None:
        """Offer what could stand here, under the editor."""
        if self._proposals is None and proposals:
            self._proposals = Proposals()
            self._layout.insertWidget(2, self._proposals)
        if self._proposals is not None:
            self._proposals.show_proposals(proposals)
            put_after(self.editor.focus_widget(), self._proposals.buttons)

    def take_proposal(self) -> bool:
        """Take the first of them; False where there is none."""
        return self._proposals is not None and self._proposals.take_first()

    def set_read_only(self, locked: bool) -> None:
        """Lock the editor and take its pickers away."""
        self._locked = locked
        self.editor.set_read_only(locked)
        for button in self._pickers:
            button.setVisible(not locked)

    def say_error(self, sentence: str) -> None:
        """Show a sentence under the field; empty takes it away."""
        self._say(sentence, "error")

    def say_cleaned(self, sentence: str) -> None:
        """Say what was taken out of pasted text; it stands until there is another record, or another paste."""
        if self._cleaned is None and sentence:
            self._cleaned = line("warning")
            self._layout.insertWidget(2, self._cleaned)
        if self._cleaned is not None:
            self._cleaned.setText(sentence)
            self._cleaned.setVisible(bool(sentence))

    def clear_notices(self) -> None:
        """Nothing has to be said any more: no error, no newer value, no draft, no conflict."""
        self.say_error("")
        for name in list(self._panels):
            self._take_away(name)

    def say_newer(self) -> None:
        """The stored value changed while this field holds unsaved typing."""
        self._say("他处已改：您正在写的没有被覆盖；离开本栏后两个版本都会保留，由您选定。", "warning")

    def offer_draft(self, keep: Callable[[], None], discard: Callable[[], None]) -> None:
        """Say that typing was left over from an interrupted session, with 保留 and 丢弃 in place."""
        panel = Panel("上次没有存下的文字已放在栏内，请看过再定。")
        panel.offer(("保留", partial(self._answer_draft, keep)), ("丢弃", partial(self._answer_draft, discard)))
        self._put_under("draft", panel)

    def show_conflict(self, conflict: Conflict | None) -> None:
        """Show all versions of a field in conflict, each with a button; None takes them away."""
        if conflict is None:
            self._take_away("conflict")
            return
        count = several(len(conflict.versions))
        sentence = f"此栏有{count}，请选定一个，或把上面的文字改好后点“以上面文字为准”。"
        panel = Versions(sentence, conflict.versions)
        panel.chosen.connect(self.version_chosen)
        panel.offer(("以上面文字为准", self.conflict_kept.emit))
        self._put_under("conflict", panel)

    def show_row_conflicts(self, found: Sequence[RowConflict]) -> None:
        """Show all versions of cells in conflict, each under its row; none takes them away."""
        for holder in self._in_rows.values():
            _remove(holder)
        self._in_rows = {}
        for one in found:
            holder = self._in_rows.setdefault(one.row, Stack())
            count = several(len(one.conflict.versions))
            sentence = f"第 {one.place} 行“{one.conflict.label}”有{count}，请选定一个，或直接在格内改好。"
            panel = Versions(sentence, one.conflict.versions)
            panel.chosen.connect(partial(self.row_version_chosen.emit, one))
            holder.add(panel)
        self.editor.put_under_rows(self._in_rows)

    def _answer_draft(self, act: Callable[[], None]) -> None:
        self._take_away("draft")
        act()

    def _put_under(self, name: str, panel: Panel) -> None:
        self._take_away(name)
        self._panels[name] = panel
        self._layout.insertWidget(2, panel)
        put_after(self.editor.focus_widget(), panel.findChildren(QToolButton))

    def _take_away(self, name: str) -> None:
        if panel := self._panels.pop(name, None):
            _remove(panel)

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.metrics.grid)
        field = self.editor.field
        label = QLabel(f"{field.label} •" if field.required else field.label)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "label")
        label.setToolTip("必填" if field.required else "")
        label.setBuddy(self.editor.focus_widget())
        style.at_least(label, _LABEL)
        row.addWidget(label)
        row.addStretch(1)
        if isinstance(self.editor, RichTextEditor):
            row.addWidget(self.editor.tools)
        if isinstance(self.editor, LongTextEditor):
            self.counter = QLabel()
            self.counter.setTextFormat(Qt.TextFormat.PlainText)
            self.counter.setProperty("role", "secondary")
            row.addWidget(self.counter)
        self._tools = row
        return row

    def _count(self) -> None:
        if isinstance(self.editor, LongTextEditor):
            length = self.editor.length()
            self.counter.setText(f"{length:,} 字" if length else "")

    def _say(self, sentence: str, role: str) -> None:
        if self._notice is None and not sentence:
            return
        if sentence == self.notice.text():
            return
        self.notice.setProperty("role", role)
        self.notice.style().polish(self.notice)
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))


def _remove(widget: QWidget) -> None:
    widget.hide()
    widget.deleteLater()


def _as_high_as_a_label(button: QToolButton) -> None:
    button.setMaximumHeight(style.metrics.scaled(_LABEL))
