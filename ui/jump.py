"""Ctrl+K: find anything in the case, or go to a screen or an inspection by name or pinyin initials."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.screens.catalog import Entry
from ui.search.evidence_reader import EvidenceReader
from ui.search.keeper import IndexKeeper
from ui.search.panel import SearchPanel
from ui.search.rows import Place
from xuncha_desktop.services import citing, inspections, search
from xuncha_desktop.services.search import Hit, Passage
from xuncha_desktop.store.sort_keys import initials
from xuncha_desktop.text import search_key

_MOST = 6  # places shown above what was found


class Jump:
    """The search panel and where its lines lead; keeps the index up to date once asked to."""

    def __init__(
        self, window: QWidget, context: Context, screens: Sequence[Entry], show: Callable[[str], object]
    ) -> None:
        self._window = window
        self._context = context
        self._screens = screens
        self._show = show
        self._keeper = IndexKeeper(context)
        self._reader = EvidenceReader(context)
        self._keeper.caught_up.connect(self._on_index)
        self._made: SearchPanel | None = None
        self._every: Mapping[str, str] = {}
        self._known: list[tuple[Place, str]] = []

    def keep_up(self) -> None:
        """Read what the index lacks: once the window has settled, or it would wait for both."""
        self._keeper.wake()
        self._reader.wake()

    def open(self) -> None:
        """Show it over the window."""
        self._keeper.wake()
        self._every = inspections.every(self._context.store)
        places = [Place(f"screen:{screen.name}", screen.title, "栏目") for screen in self._screens]
        places += [Place(f"inspection:{key}", text, "巡察任务") for key, text in self._every.items()]
        self._known = [(place, search_key(f"{place.text} {initials(place.text)}")) for place in places]
        self.make().open(self._every)

    def make(self) -> SearchPanel:
        """The panel over the window, made when first asked for."""
        if self._made is None:
            self._made = SearchPanel(
                self._window, self._context, self._keeper, self._reader, self._kinds(), self._places
            )
            self._made.went.connect(self._go)
            self._made.opened.connect(self._open)
        return self._made

    def _on_index(self) -> None:
        self._reader.wake()  # an index made anew lacks what was read of evidence

    def _kinds(self) -> list[str]:
        """Kinds that some screen can show."""
        shown = frozenset[str]().union(*(entry.screen.OPENS for entry in self._screens))
        return [kind for kind in search.labels() if ("evidence" if kind == search.PAGES else kind) in shown]

    def _places(self, text: str) -> list[Place]:
        words = search_key(text).split()
        if not words:
            return [place for place, _ in self._known if place.key.startswith("screen:")]
        return [place for place, key in self._known if all(word in key for word in words)][:_MOST]

    def _go(self, key: str) -> None:
        what, _, rest = key.partition(":")
        if what == "screen":
            self._show(rest)
        else:
            self._context.choose_inspection(rest)

    def _open(self, hit: Hit) -> None:
        """Show the record in its inspection, at the place that was found where its screen knows the way there."""
        if hit.inspection and hit.entity != "inspection":
            self._context.choose_inspection(hit.inspection)
        passage = hit.passages[0] if hit.passages else None
        if passage is not None and passage.page is not None:
            from ui.screens.evidence import EvidenceScreen  # its own code is loaded when it is shown

            screen = self._show(EvidenceScreen.NAME)
            if isinstance(screen, EvidenceScreen):
                screen.show_place(hit.record, passage.page, passage=_found(passage))
            return
        field = passage.field if passage is not None and not hit.title_marks else ""
        if passage is not None and any(f"{hit.entity}.{field}" in entry.screen.OPENS for entry in self._screens):
            place = citing.Place(record_kind=hit.entity, record=hit.record, record_field=field, passage=_found(passage))
            self._context.open_place.emit(place)
        else:
            self._context.open_record.emit(hit.entity, hit.record)


def _found(passage: Passage) -> str:
    """The first of the words searched for, as the text writes them."""
    marked = passage.excerpt.marks
    return passage.excerpt.text[slice(*marked[0])] if marked else ""
