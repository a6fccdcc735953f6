"""Small pictures of evidence for its list: made beside the window, kept in memory, never written anywhere.

They have a decoder of their own, started for the first and ended soon after the last: whoever looks at a page must
not wait behind a screenful of them, nor have his file sent to the helper again for each page.
"""

from collections import OrderedDict
from io import SEEK_END
from threading import Condition, Thread

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap

from ui.context import Context
from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.services.evidence import source_of
from xuncha_desktop.store.store import Store

_KEPT = 400
_WAITING = 60  # what was scrolled past is not made
_LARGEST = 40_000_000
_IDLE_SECONDS = 3.0
_GATHER_MS = 30  # several new ones, one painting
Key = tuple[str, str, int]  # name, hash, turn


class _Bridge(QObject):
    made = Signal(object, object)


class _Shop:
    """The thread that makes them, the latest order first; it lives while there is something to do."""

    def __init__(self, store: Store, side: int, bridge: _Bridge) -> None:
        self._store, self._side, self._bridge = store, side, bridge
        self._news = Condition()
        self._orders: OrderedDict[Key, None] = OrderedDict()
        self._busy_with: Key | None = None
        self._decoder: Decoder | None = None
        self._closed = False

    def order(self, key: Key) -> None:
        """Make this one next, unless it is being made."""
        with self._news:
            if self._closed or key == self._busy_with:
                return
            self._orders[key] = None
            self._orders.move_to_end(key)
            while len(self._orders) > _WAITING:
                self._orders.popitem(last=False)
            if self._decoder is None:
                self._decoder = Decoder()
                Thread(target=self._work, args=(self._decoder,), name="thumbnails").start()
            self._news.notify()

    def close(self) -> None:
        """Make no more, at once."""
        with self._news:
            self._closed = True
            decoder = self._decoder
            self._news.notify()
        if decoder is not None:
            decoder.close()

    def _work(self, decoder: Decoder) -> None:
        with decoder:
            while (key := self._next()) is not None:
                try:
                    self._bridge.made.emit(key, self._made(decoder, key))
                except (Cancelled, RuntimeError):
                    return  # the case or the window was closed meanwhile

    def _next(self) -> Key | None:
        with self._news:
            self._busy_with = None
            if not self._orders and not self._closed:
                self._news.wait(_IDLE_SECONDS)
            if self._closed or not self._orders:
                self._decoder = None
                return None
            self._busy_with, _ = self._orders.popitem()
            return self._busy_with

    def _made(self, decoder: Decoder, key: Key) -> QImage | None:
        name, file_hash, turned = key
        source = source_of(self._store, name, file_hash)
        try:
            with source.open() as file:
                if file.seek(0, SEEK_END) > _LARGEST:
                    return None
            shown = decoder.thumbnail(source, self._side, turned)
        except UserError:
            return None  # looking at it will say why
        line = 3 * shown.width
        return QImage(shown.pixels, shown.width, shown.height, line, QImage.Format.Format_RGB888).copy()


class Thumbnails(QObject):
    """`get` gives a picture or asks for it; `ready` tells that some have come."""

    ready = Signal()

    def __init__(self, context: Context, side: int, parent: QObject) -> None:
        super().__init__(parent)
        self._kept: OrderedDict[Key, QPixmap | None] = OrderedDict()
        self._bridge = _Bridge(self)
        self._bridge.made.connect(self._take)
        self._gather = QTimer(self, singleShot=True, interval=_GATHER_MS)
        self._gather.timeout.connect(self.ready)
        self._shop = _Shop(context.store, side, self._bridge)
        context.ending.connect(self._shop.close)
        self.destroyed.connect(self._shop.close)

    def get(self, name: str, file_hash: str, turned: int) -> QPixmap | None:
        """A file's picture, or None while there is none, or when there cannot be one."""
        key = (name, file_hash, turned)
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        self._shop.order(key)
        return None

    def _take(self, key: Key, image: QImage | None) -> None:
        self._kept[key] = None if image is None else QPixmap.fromImage(image)
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self._gather.start()
