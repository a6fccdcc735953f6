"""The line below a list: its counts and totals, or how many are chosen and what can be done with them."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui import style
from ui.tables.list_setup import Action, ListSetup
from xuncha_desktop.model.show import show
from xuncha_desktop.services import lists
from xuncha_desktop.store.store import Store


class ListFoot(QWidget):
    """Words at the left, the actions at the right while several records are chosen; away where there are neither."""

    def __init__(
        self, store: Store, setup: ListSetup, actions: Sequence[Action], chosen: Callable[[], list[str]]
    ) -> None:
        super().__init__()
        self._store, self._setup = store, setup
        self.words = QLabel()
        self.words.setProperty("role", "secondary")
        self.words.setWordWrap(True)
        self._actions = QWidget()
        buttons = QHBoxLayout(self._actions)
        buttons.setContentsMargins(0, 0, 0, 0)
        for action in actions:
            button = QPushButton(action.label)
            style.set_icon(button, action.icon)
            button.clicked.connect(lambda _=False, run=action.run: run(chosen()))
            buttons.addWidget(button)
        self._actions.hide()
        self._any_action = bool(actions)
        gap = style.metrics.gap
        line = QHBoxLayout(self)
        line.setContentsMargins(gap * 2, gap // 2, gap, gap // 2)
        line.addWidget(self.words, 1)
        line.addWidget(self._actions)

    def text(self) -> str:
        """The words now seen."""
        return self.words.text()

    def say(self, query: lists.Query, chosen: int) -> None:
        """Speak of the chosen records if they are several, else of all that the list shows."""
        self._actions.setVisible(chosen > 1 and self._any_action)
        self.words.setText(f"已选 {chosen:,} 条" if chosen > 1 else self._sums(replace(query, sort="")))
        self.setHidden(not self.words.text())

    def _sums(self, query: lists.Query) -> str:
        parts: list[str] = []
        if self._setup.counted:
            counts = lists.counted(self._store, query, self._setup.counted)
            parts += [f"{words} {count:,}" for words, count in counts.items()]
        if self._setup.totals:
            known = lists.listed(self._setup.entity)
            sums = lists.totals(self._store, query, self._setup.totals)
            parts += [f"{known[name].label} {show(known[name], total)}" for name, total in sums.items() if total]
        return "　".join(parts)
