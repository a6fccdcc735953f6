"""What to show of a stored file: asked of the case's decoder, on a worker thread, never worked out here."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage

from xuncha_desktop.decoding.decoder import Source, Text
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence_parts
from xuncha_desktop.services.evidence import source_of
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Looks:
    """What to show of a file: a picture or a text, its page and how many there are, and what is missing of it."""

    picture: QImage | None = None
    text: str = ""
    page: int = 1
    pages: int = 1
    note: str = ""
    part: str = ""  # what the part of a text is called; "" where the file is all of one


class Looker:
    """Looks at one file after another, and remembers of the last one how many pages it has, or all its text."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._source: Source | None = None
        self._pages = 0
        self._text = Text((), "")

    def look_at(self, name: str, file_hash: str, page: int, size: QSize, turn: int, progress: Progress) -> Looks:
        """One page of a file, turned, to fit into `size`; UserError says what cannot be shown and what to do."""
        source = self._opened(name, file_hash, progress)
        if not self._pages:
            return self._part(name, page)
        page = min(max(page, 1), self._pages)
        shown = self._store.decoder.page(source, page, size.width(), size.height(), turn, progress)
        line = 3 * shown.width
        image = QImage(shown.pixels, shown.width, shown.height, line, QImage.Format.Format_RGB888)
        return Looks(image.copy(), page=page, pages=self._pages, note=shown.note)

    def _opened(self, name: str, file_hash: str, progress: Progress) -> Source:
        source = self._source
        if source is None or (source.name, source.key) != (name, file_hash):
            self._source = None
            source = source_of(self._store, name, file_hash)
            self._pages = self._store.decoder.count(source, progress)
            self._text = Text((), "") if self._pages else self._store.decoder.text(source, progress)
            self._source = source
        return source

    def _part(self, name: str, page: int) -> Looks:
        parts = self._text.parts
        if not parts:
            raise UserError(f"“{name}”里没有可以读出的文字。")
        page = min(max(page, 1), len(parts))
        part = evidence_parts.part(name, page, parts[page - 1])
        return Looks(text=parts[page - 1], page=page, pages=len(parts), note=self._text.note, part=part)

    def number_of(self, part: str, passage: str, near: int) -> int:
        """Which part of the text now looked at is called so, or else says so, `near` before others; 0 for none."""
        name, parts = self._source.name if self._source else "", self._text.parts
        numbered = list(enumerate(parts, 1))
        called = [number for number, text in numbered if part and evidence_parts.part(name, number, text) == part]
        saying = [number for number, text in numbered if passage and passage in text]
        both = [number for number in called if not passage or number in saying]
        return next(iter(both or [number for number in saying if number == near] or saying or called), 0)
