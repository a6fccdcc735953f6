"""A line with an arrow that shows or hides what stands below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton

from ui import style


class Fold(QToolButton):
    """Closed at first; Space and Enter open and close it."""

    turned = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.opened = False
        self.clicked.connect(lambda: self.turn(not self.opened))
        self.turn(False)

    def turn(self, opened: bool) -> None:
        """Open or close."""
        self.opened = opened
        style.set_icon(self, "chevron-down" if opened else "chevron-right", "secondary")
        self.setAccessibleDescription("已展开" if opened else "已收起")
        self.turned.emit(opened)
