"""A field on a form: label, editor, help, and what has to be said about it (error, newer value, conflict)."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.forms.editor import Editor
from ui.forms.long_text import LongTextEditor
from xuncha_desktop.services.conflicts import Conflict
from xuncha_desktop.services.history import Event


class FieldBox(QWidget):
    """Everything one field shows."""

    history_asked = Signal()
    version_chosen = Signal(object)  # Event
    conflict_kept = Signal()

    def __init__(self, editor: Editor) -> None:
        super().__init__()
        self.editor = editor
        self._panels: dict[str, QFrame] = {}
        self._pickers: list[QToolButton] = []
        self._locked = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(style.metrics.grid)
        layout.addLayout(self._head())
        layout.addWidget(editor)
        self._notice: QLabel | None = None
        self._history: QToolButton | None = None
        if editor.field.help:
            hint = _line("hint")
            hint.setText(editor.field.help)
            layout.addWidget(hint)
            hint.show()
        layout.addStretch(1)
        self._layout = layout
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
            self._notice = _line("error")
            self._layout.insertWidget(2, self._notice)
        return self._notice

    @property
    def history_button(self) -> QToolButton:
        """The clock beside the label; made when the pointer first comes by."""
        if self._history is None:
            button = self._history = QToolButton()
            button.setProperty("kind", "quiet")
            button.setToolTip("这一栏的修改经过")
            button.setAccessibleName(f"{self.editor.field.label}：修改经过")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            style.set_icon(button, "history", "secondary")
            button.clicked.connect(self.history_asked)
            button.hide()
            self._tools.insertWidget(1, button)
        return self._history

    def add_tool(self, text: str, icon: str) -> QToolButton:
        """A small button at the right of the label, for pickers that belong to this field."""
        button = QToolButton()
        button.setText(text)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setProperty("kind", "quiet")
        style.set_icon(button, icon, "accent")
        self._tools.addWidget(button)
        self._pickers.append(button)
        button.setVisible(not self._locked)
        return button

    def set_read_only(self, locked: bool) -> None:
        """Lock the editor and take its pickers away."""
        self._locked = locked
        self.editor.set_read_only(locked)
        for button in self._pickers:
            button.setVisible(not locked)

    def say_error(self, sentence: str) -> None:
        """Show a sentence under the field; empty takes it away."""
        self._say(sentence, "error")

    def clear_notices(self) -> None:
        """Nothing has to be said any more: no error, no newer value, no draft, no conflict."""
        self.say_error("")
        for name in list(self._panels):
            self._take_away(name)

    def say_newer(self) -> None:
        """The stored value changed while this field holds unsaved typing."""
        self._say("他处已改：您正在写的没有被覆盖；离开本栏后两个版本都会保留，由您选定。", "warning")

    def offer_draft(self, keep: Callable[[], None], discard: Callable[[], None]) -> None:
        """Say that typing was left over from an interrupted session, with 恢复 and 丢弃 in place."""
        self._take_away("draft")
        frame, rows = _panel("这里有上次没有存下的文字，已放在栏内。")
        buttons = QHBoxLayout()
        for words, action in (("恢复", keep), ("丢弃", discard)):
            button = _chip(words)
            button.clicked.connect(lambda _=False, act=action: (self._take_away("draft"), act()))
            buttons.addWidget(button)
        buttons.addStretch(1)
        rows.addLayout(buttons)
        self._put_under("draft", frame)

    def show_conflict(self, conflict: Conflict | None) -> None:
        """Show all versions of a field in conflict, each with a button; None takes them away."""
        self._take_away("conflict")
        if conflict is None:
            return
        frame, rows = _panel("此栏有两个版本，请选定一个，或把上面的文字改好后点“以上面文字为准”。")
        for version in conflict.versions:
            rows.addLayout(self._version(version))
        keep = _chip("以上面文字为准")
        keep.clicked.connect(self.conflict_kept)
        rows.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
        self._put_under("conflict", frame)

    def _version(self, version: Event) -> QHBoxLayout:
        row = QHBoxLayout()
        text = QLabel(f"{version.who}　{version.when}\n{version.text[:200] or '（空）'}")
        text.setTextFormat(Qt.TextFormat.PlainText)
        text.setWordWrap(True)
        use = _chip("用这一版")
        use.clicked.connect(lambda: self.version_chosen.emit(version))
        row.addWidget(text, 1)
        row.addWidget(use, 0, Qt.AlignmentFlag.AlignTop)
        return row

    def _put_under(self, name: str, frame: QFrame) -> None:
        self._panels[name] = frame
        self._layout.insertWidget(2, frame)

    def _take_away(self, name: str) -> None:
        if frame := self._panels.pop(name, None):
            frame.hide()
            frame.deleteLater()

    def _head(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(style.metrics.grid)
        field = self.editor.field
        label = QLabel(f"{field.label} •" if field.required else field.label)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setProperty("role", "label")
        label.setToolTip("必填" if field.required else "")
        label.setBuddy(self.editor.focus_widget())
        label.setMinimumHeight(style.metrics.scaled(24))
        row.addWidget(label)
        row.addStretch(1)
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


def _panel(sentence: str) -> tuple[QFrame, QVBoxLayout]:
    frame = QFrame()
    frame.setObjectName("notice")
    rows = QVBoxLayout(frame)
    told = _line("warning")
    told.setText(sentence)
    rows.addWidget(told)
    told.show()
    return frame, rows


def _chip(words: str) -> QToolButton:
    button = QToolButton()
    button.setText(words)
    button.setProperty("kind", "chip")
    return button


def _line(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.hide()
    return label
