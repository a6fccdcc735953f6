"""Where a record is used: a link to each paper and 立行立改 that rests on it."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.forms.flow import FlowLayout
from ui.forms.opening_keys import OpeningKeys
from ui.forms.picker import Option, pick
from xuncha_desktop.services.uses import Use

_SHOWN, _TITLE = 2, 14  # links in the line, characters of a title
_KINDS = {"paper": "底稿", "quick_fix": "立行立改"}


class UsesLine(QWidget):
    """Hidden while nothing uses the record; more than a few uses open as a list."""

    opened = Signal(str, str)  # entity, id

    def __init__(self) -> None:
        super().__init__()
        gap = style.metrics.gap
        around = QVBoxLayout(self)
        around.setContentsMargins(gap * 2, 0, gap * 2, style.metrics.grid)
        holder = QWidget()
        around.addWidget(holder)
        self._flow = FlowLayout(holder)
        self._flow.setSpacing(style.metrics.grid)
        self._words = QLabel("用于")
        self._words.setProperty("role", "secondary")
        style.at_least(self._words, 24)
        self._flow.addWidget(self._words)
        self.links: list[QToolButton] = []
        self.hide()

    def show_uses(self, uses: Sequence[Use]) -> None:
        """Show these and no others."""
        for link in self.links:
            self._flow.removeWidget(link)
            link.hide()
            link.deleteLater()
        self.links = [self._link(use) for use in uses[:_SHOWN]]
        if len(uses) > _SHOWN:
            self.links.append(self._rest(uses[_SHOWN:]))
        for link in self.links:
            self._flow.addWidget(link)
            link.show()
        self.setVisible(bool(uses))
        self.updateGeometry()

    def _link(self, use: Use) -> QToolButton:
        title = use.title if len(use.title) <= _TITLE else f"{use.title[: _TITLE - 1]}…"
        link = self._button(_words(use, title))
        link.setToolTip(_words(use, use.title))
        link.setAccessibleName(f"打开{_words(use, use.title)}")
        link.clicked.connect(partial(self.opened.emit, use.entity, use.record))
        return link

    def _rest(self, uses: Sequence[Use]) -> QToolButton:
        button = self._button(f"另 {len(uses)} 处 ▾")
        options = [Option(str(place), _words(use, use.title)) for place, use in enumerate(uses)]

        def go(key: str) -> None:
            self.opened.emit(uses[int(key)].entity, uses[int(key)].record)

        button.setAccessibleName(f"另 {len(uses)} 处用到，选一处打开")
        OpeningKeys(button, lambda typed: pick(button, options, (), go, typed=typed))
        return button

    def _button(self, text: str) -> QToolButton:
        button = QToolButton()
        button.setText(text.replace("&", "&&"))
        button.setProperty("kind", "quiet")
        return button


def _words(use: Use, title: str) -> str:
    return f"{_KINDS[use.entity]}“{title}”{f'（{use.place}）' if use.place else ''}"
