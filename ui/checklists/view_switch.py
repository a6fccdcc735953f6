"""列表 or 矩阵: the two ways to look at a checklist."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui import style

KEY = "Ctrl+M"
_VIEWS = {"list": "列表", "matrix": "矩阵"}


class ViewSwitch(QWidget):
    """Stands on each of the two pages with its own way pressed down; `asked` when the other is wanted."""

    asked = Signal()

    def __init__(self, shown: str) -> None:
        super().__init__()
        self.buttons: dict[str, QToolButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.metrics.grid)
        for name, words in _VIEWS.items():
            button = QToolButton()
            button.setText(words)
            button.setCheckable(True)
            button.setChecked(name == shown)
            button.setProperty("kind", "chip")
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setToolTip(f"清单按{words}看　{KEY}")
            button.setAccessibleName(f"清单按{words}看")
            button.clicked.connect(lambda _=False, name=name: self._ask(name, shown))
            row.addWidget(button)
            self.buttons[name] = button

    def _ask(self, name: str, shown: str) -> None:
        self.buttons[name].setChecked(name == shown)
        if name != shown:
            self.asked.emit()
