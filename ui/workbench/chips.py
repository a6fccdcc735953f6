"""Numbers in a line of words, each leading to what it counts."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.forms.flow import FlowLayout
from xuncha_desktop.services.figures import Figure

_MOST = 8


class FigureChips(QWidget):
    """`chosen` gives the figure and its button; those beyond the first few are left out."""

    chosen = Signal(object, QWidget)

    def __init__(self) -> None:
        super().__init__()
        self._figures: Sequence[Figure] = ()
        self.buttons: list[QToolButton] = []
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self._flow.setSpacing(style.metrics.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(holder)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show these; nothing at all where there are none."""
        self._figures = figures[:_MOST]
        while len(self.buttons) < len(self._figures):
            self._add(len(self.buttons))
        for place, button in enumerate(self.buttons):
            button.setVisible(place < len(self._figures))
        for button, figure in zip(self.buttons, self._figures, strict=False):
            button.setText(f"{figure.label} {figure.count:,}")
        self.setVisible(bool(self._figures))

    def _add(self, place: int) -> None:
        button = QToolButton()
        button.setProperty("kind", "quiet")
        button.clicked.connect(lambda: self.chosen.emit(self._figures[place], button))
        self._flow.addWidget(button)
        self.buttons.append(button)
