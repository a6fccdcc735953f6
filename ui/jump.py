"""Ctrl+K: go to a screen, an inspection or a paper by name, number or pinyin initials."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.forms.picker import Option, Picker
from ui.screen import Screen
from xuncha_desktop.services import inspections, lists


class Jump:
    """The popup over the window."""

    def __init__(
        self, window: QWidget, context: Context, screens: Sequence[type[Screen]], show: Callable[[str], object]
    ) -> None:
        self._window = window
        self._context = context
        self._screens = screens
        self._show = show

    def open(self) -> None:
        """Show it in the upper middle of the window."""
        picker = Picker(self._window, self._options())
        picker.picked.connect(self._go)
        picker.open_over(self._window)

    def _options(self) -> list[Option]:
        found = [Option(f"screen:{s.NAME}", s.TITLE, "去") for s in self._screens]
        every = inspections.every(self._context.store)
        found += [Option(f"inspection:{key}", text, "巡察任务") for key, text in every.items()]
        query = lists.Query("paper", {"inspection": self._context.inspection}, sort="title")
        ids = lists.ids(self._context.store, query)[:1000]
        cells = lists.page(self._context.store, "paper", ids, ["title", "number", "official_number"])
        for record in ids:
            title = cells[record]["title"] or "（未命名）"
            numbers = f"{cells[record]['number']} {cells[record]['official_number']}".strip()
            found.append(Option(f"paper:{record}", title, "问题底稿", numbers))
        return found

    def _go(self, key: str) -> None:
        what, _, rest = key.partition(":")
        if what == "screen":
            self._show(rest)
        elif what == "inspection":
            self._context.choose_inspection(rest)
        else:
            self._context.open_record.emit(what, rest)
