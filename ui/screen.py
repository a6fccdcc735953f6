"""What all screens share: a name, an icon, what they watch, and refreshing only when seen."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.master_detail import MasterDetail
from ui.screens.catalog import title_of
from ui.tables.list_panel import ListPanel
from xuncha_desktop.services.citing import Place
from xuncha_desktop.store.journal import Changes


class Screen(QWidget):
    """A place reached from the navigation. Visible screens refresh on news, hidden ones when shown."""

    NAME: ClassVar[str]  # its line in the catalog
    WATCHES: ClassVar[frozenset[str]] = frozenset()
    OPENS: ClassVar[frozenset[str]] = frozenset()  # entities whose records it shows

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.setObjectName(self.NAME)
        self._stale = True
        context.bus.changed.connect(self._on_news)
        context.inspection_changed.connect(self._on_inspection)

    @property
    def title(self) -> str:
        """What it is called."""
        return title_of(self.NAME)

    def refresh(self, news: Changes | None) -> None:
        """Show the case as it is now; `news` names what changed, None means everything may have."""
        raise NotImplementedError

    @classmethod
    def count(cls, context: Context) -> int | None:
        """The number beside the screen's name, or None; asked for before the screen is made."""
        return None

    def new_record(self) -> None:
        """Ctrl+N."""

    def begin(self, values: Mapping[str, object]) -> None:
        """Start a new record with some fields filled, if this is the screen for it."""

    def open_record(self, entity: str, record: str) -> bool:
        """Show a record if this is the screen for it."""
        return False

    def open_place(self, place: Place) -> bool:
        """Show a place of a record, its words chosen where the screen can do that."""
        field = f"{place.record_kind}.{place.record_field.partition('.')[0]}"
        return self.open_record(field if field in self.OPENS else place.record_kind, place.record)

    def show_only(self, words: str, records: Sequence[str] | None) -> None:
        """Keep the list to these records, under words that say which; None: all of them."""
        self.leave()
        if (panel := self.findChild(ListPanel)) is None:
            return
        panel.show_only(words, records)
        if not panel.current():
            panel.select_near(0)
        if (split := self.findChild(MasterDetail)) is not None:
            split.show_list()

    def leave(self) -> None:
        """Save what is being typed, before another screen, the lock or the end."""

    def catch_up(self) -> None:
        """Read what happened while nobody looked."""
        if self._stale:
            self.refresh(None)
            self._stale = False

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with what happened while hidden."""
        super().showEvent(event)
        self.catch_up()

    def _on_news(self, news: Changes) -> None:
        if not self.WATCHES & news.records.keys():
            return
        if self.isVisible():
            self.refresh(news)
        else:
            self._stale = True

    def _on_inspection(self) -> None:
        if self.isVisible():
            self.refresh(None)
        else:
            self._stale = True
