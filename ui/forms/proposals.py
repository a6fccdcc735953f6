"""What could stand in a field, offered under it: nothing counts until somebody takes it, with one click or F7."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QWidget

from ui import style
from ui.forms.flow import FlowLayout

_LONGEST = 30


@dataclass(frozen=True, slots=True)
class Proposal:
    """One chip: its words, what its tooltip adds, and what taking it does."""

    words: str
    take: Callable[[], None]
    detail: str = ""


class Proposals(QWidget):
    """The chips under one field; hidden where there are none."""

    def __init__(self) -> None:
        super().__init__()
        self._flow = FlowLayout(self)
        self._flow.setSpacing(style.metrics.grid)
        self._shown: list[Proposal] = []
        self.buttons: list[QToolButton] = []

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Offer these; chips that say the same stay as they are, the one with the focus included."""
        same = [(p.words, p.detail) for p in proposals] == [(p.words, p.detail) for p in self._shown]
        self._shown = list(proposals)
        if not same:
            self._draw()
        self.setVisible(bool(proposals))

    def take_first(self) -> bool:
        """Take what stands first; False where nothing is offered."""
        if self._shown and not self.isHidden():
            self._shown[0].take()
            return True
        return False

    def _draw(self) -> None:
        while item := self._flow.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        self.buttons = [self._chip(place, proposal) for place, proposal in enumerate(self._shown)]
        for button in self.buttons:
            self._flow.addWidget(button)
            button.show()
        self.updateGeometry()

    def _chip(self, place: int, proposal: Proposal) -> QToolButton:
        chip = QToolButton()
        words = proposal.words if len(proposal.words) <= _LONGEST else f"{proposal.words[:_LONGEST]}…"
        chip.setText(words.replace("&", "&&"))
        chip.setToolTip("　".join(filter(None, (proposal.detail or proposal.words, "F7" if not place else ""))))
        chip.setAccessibleName(proposal.words)
        chip.setProperty("kind", "chip")
        chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        style.set_icon(chip, "plus", "accent")
        # By its place: the proposal there now may do the same with newer contents.
        chip.clicked.connect(lambda: self._shown[place].take())
        return chip
