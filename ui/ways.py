"""The ways from one screen to another: screens do not know each other, they ask, and who shows it comes forward."""

from collections.abc import Callable, Mapping, Sequence

from ui.context import Context
from ui.screen import Screen
from ui.screens.catalog import Entry
from xuncha_desktop.services.citing import Place


class Ways:
    """Answers what screens ask of the context."""

    def __init__(self, context: Context, screens: Sequence[Entry], show: Callable[[str], Screen]) -> None:
        self._screens = screens
        self._show = show
        context.open_record.connect(self._open_record)
        context.open_list.connect(self._open_list)
        context.new_paper.connect(lambda values: self._begin_record("paper", values))
        context.begin_record.connect(self._begin_record)
        context.open_place.connect(self._open_place)

    def _open_record(self, entity: str, record: str) -> None:
        for entry in self._screens:
            if entity in entry.screen.OPENS and self._show(entry.name).open_record(entity, record):
                return

    def _open_list(self, entity: str, words: str, records: Sequence[str] | None) -> None:
        for entry in self._screens:
            if entity in entry.screen.OPENS:
                self._show(entry.name).show_only(words, records)
                return

    def _begin_record(self, entity: str, values: Mapping[str, object]) -> None:
        for entry in self._screens:
            if entity in entry.screen.OPENS:
                self._show(entry.name).begin(values)
                return

    def _open_place(self, place: Place) -> None:
        entity = place.record_kind or "evidence"
        for entry in self._screens:
            if entity in entry.screen.OPENS and self._show(entry.name).open_place(place):
                return
