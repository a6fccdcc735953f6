"""Typing a password: hidden unless shown on purpose, with a word about Caps Lock."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import style


class PasswordBox(QWidget):
    """A password line with 显示 beside it; nothing of it is remembered."""

    changed = Signal()
    entered = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.textEdited.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        self.line.installEventFilter(self)
        self.show_it = QPushButton("显示")
        self.show_it.setCheckable(True)
        # Tab goes on to the next thing to be typed.
        self.show_it.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.show_it.setAccessibleName("显示口令")
        self.show_it.toggled.connect(self._show)
        self.caps = QLabel("大写锁定已打开，字母会输成大写。")
        self.caps.setProperty("role", "warning")
        self.caps.setProperty("small", True)
        self.caps.hide()
        row = QHBoxLayout()
        row.setSpacing(style.metrics.gap)
        row.addWidget(self.line, 1)
        row.addWidget(self.show_it)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.metrics.grid)
        column.addLayout(row)
        column.addWidget(self.caps)
        self.setFocusProxy(self.line)

    def setAccessibleName(self, name: str) -> None:
        """Name the line, which is what has the focus."""
        super().setAccessibleName(name)
        self.line.setAccessibleName(name)

    @property
    def shown(self) -> bool:
        """Whether what is typed can be read."""
        return self.show_it.isChecked()

    def text(self) -> str:
        """What is typed."""
        return self.line.text()

    def set_text(self, text: str) -> None:
        """Fill it in, for a sample case."""
        self.line.setText(text)

    def forget(self) -> None:
        """Empty and hide it again."""
        self.line.clear()
        self.show_it.setChecked(False)
        self.caps.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice Caps Lock: Qt does not tell it, but a capital without Shift (or the reverse) gives it away."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            typed = event.text()
            if event.key() == Qt.Key.Key_CapsLock:
                self.caps.hide()
            elif len(typed) == 1 and typed.isascii() and typed.isalpha():
                shifted = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                self.caps.setVisible(typed.isupper() != shifted)
        return super().eventFilter(watched, event)

    def _show(self, shown: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self.show_it.setText("隐藏" if shown else "显示")
