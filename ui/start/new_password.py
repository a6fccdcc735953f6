"""Choosing a password: twice, with a word on its strength."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ui import style
from ui.start.field import Field
from ui.start.password_box import PasswordBox
from ui.start.strength import judge


class NewPassword(QWidget):
    """The password and, unless it can be read while it is typed, once more the same."""

    entered = Signal()

    def __init__(self, label: str) -> None:
        super().__init__()
        self.first = PasswordBox()
        self.again = PasswordBox()
        # Room for two lines: what is said while typing must not move the button below.
        self.first_field = Field(label, self.first, judge("").words, required=True, lines=2)
        self.again_field = Field(f"{label}，再输一遍", self.again, required=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.metrics.wide_gap)
        row.addWidget(self.first_field, 1)
        row.addWidget(self.again_field, 1)
        self.setFocusProxy(self.first)
        self.again.show_it.hide()
        kept = self.again_field.sizePolicy()
        kept.setRetainSizeWhenHidden(True)
        self.again_field.setSizePolicy(kept)
        self.first.show_it.toggled.connect(self._ask_twice)
        self.first.changed.connect(self._judge)
        self.again.changed.connect(self.again_field.clear)
        self.first.entered.connect(self._go_on)
        self.again.entered.connect(self.entered)

    def accepted(self) -> str:
        """The password if it may be used; else nothing, with the reason under the field."""
        self._judge()
        strength = judge(self.first.text())
        if not self.first.text() or strength.role == "error":
            self.first_field.say_error(strength.words if self.first.text() else "请设定口令。")
            self.first.setFocus()
            return ""
        if not self.first.shown and self.first.text() != self.again.text():
            self.again_field.say_error("两次输入的口令不一样，请再输一遍。")
            self.again.setFocus()
            return ""
        return self.first.text()

    def _ask_twice(self, shown: bool) -> None:
        self.again_field.setVisible(not shown)
        self.first.setFocus()
        self.again.forget()
        self.again_field.clear()

    def _go_on(self) -> None:
        if self.first.shown:
            self.entered.emit()
        else:
            self.again.setFocus()

    def _judge(self) -> None:
        strength = judge(self.first.text())
        role = "warning" if strength.role == "error" else strength.role
        self.first_field.say_hint(strength.words, role)
        self.again_field.clear()
