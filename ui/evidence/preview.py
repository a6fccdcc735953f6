"""Shows a file of the case without leaving the program, and tells which place of it is meant."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QLabel, QPlainTextEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.evidence import regions
from ui.evidence.page_view import PageView
from ui.evidence.render import Looker, Looks
from ui.evidence.view_bar import ViewBar
from ui.forms.long_text import units
from xuncha_desktop.decoding.decoder import Box
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store.store import Store

_ZOOMS = (1.0, 1.25, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0)


class _Bridge(QObject):
    ready = Signal(int, object)


class Preview(QWidget):
    """One file: pages, a text, or a sentence saying why not."""

    page_shown = Signal(int, int)  # page, of how many
    place_changed = Signal()
    turn_asked = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._looker = Looker(store)
        self._progress = Progress()
        self._worker = ThreadPoolExecutor(1, "preview")
        self._bridge = _Bridge(self)
        self._bridge.ready.connect(self._take)
        self._asked = 0
        self._file: tuple[str, str] | None = None  # name and hash
        self._wanted: tuple[int, str, str] | None = None  # a place to be marked once its page is seen
        self.page, self.pages, self.turned = 1, 1, 0
        self._part = ""  # what the part of a text is called
        self.canvas = PageView()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.text.setAccessibleName("文件内容")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setProperty("role", "secondary")
        self.stack = QStackedWidget()
        for widget in (self.words, self.canvas, self.text):
            self.stack.addWidget(widget)
        self.bar = ViewBar()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stack, 1)
        self._resized = QTimer(self, singleShot=True, interval=200)
        self._resized.timeout.connect(self._ask)
        self.bar.turned_over.connect(self.turn_over)
        self.bar.page_asked.connect(self.show_page)
        self.bar.zoom_asked.connect(self.zoom)
        self.bar.turn_asked.connect(self.turn_asked)
        self.canvas.turned_over.connect(self.turn_over)
        self.canvas.zoom_asked.connect(self.zoom)
        self.canvas.resized.connect(self._resized.start)
        self.text.selectionChanged.connect(self.place_changed)
        self.destroyed.connect(_ender(self._worker))
        self._say("")

    def show_file(self, name: str, file_hash: str, page: int = 1, turned: int = 0) -> None:
        """Show a file from a page on, turned; an empty hash shows that there is none."""
        self._leave()
        self._file, self._wanted = (name, file_hash), None
        self.page, self.pages, self.turned = max(1, page), 1, turned
        self.canvas.picture = self.canvas.frame = self.canvas.keyed = None
        self.canvas.covers = self.canvas.frames = ()
        self.canvas.zoom = 1.0
        if not file_hash:
            self._file = None
            self._say("这件证据没有电子文件，只有登记。")
            return
        self._say("正在打开…")
        self._ask()

    def show_region(self, page: int, region: str, passage: str = "") -> None:
        """Go to a page and mark a cited region once it is seen; of a text, to the part with this name or passage."""
        self._wanted = (page, region, passage)
        self.show_page(page)

    def show_page(self, page: int) -> None:
        """Go to a page; one that is not there is the nearest."""
        self._leave()
        if page != self.page:
            self.frame(None)
        self.page = max(1, page)
        self._ask()

    def turn_over(self, by: int) -> None:
        """Go pages forward."""
        if 1 <= self.page + by <= self.pages:
            self.show_page(self.page + by)

    def set_turned(self, turned: int) -> None:
        """Show it another way up; what is marked goes along."""
        if turned == self.turned:
            return
        if self.canvas.frame is not None:
            self.canvas.frame = regions.turned(self.canvas.frame, turned - self.turned)
        self.canvas.show_keyed(None)
        self.turned = turned
        self._leave()
        self._ask()

    def zoom(self, steps: int) -> None:
        """Larger or smaller by steps; 0 is the whole page."""
        if not self.has_pages:
            return
        near = min(range(len(_ZOOMS)), key=lambda place: abs(_ZOOMS[place] - self.canvas.zoom))
        self.canvas.show_zoom(_ZOOMS[min(max(near + steps, 0), len(_ZOOMS) - 1)] if steps else 1.0)
        self.bar.show_zoom(self.canvas.zoom)
        self._leave()
        self._ask()

    def frame(self, box: Box | None) -> None:
        """Mark the region that is meant, or none."""
        self.canvas.frame = box
        self.canvas.show_keyed(None)
        self.place_changed.emit()

    @property
    def has_pages(self) -> bool:
        """Whether pages are seen, and neither a text nor a sentence."""
        return self.stack.currentWidget() is self.canvas

    @property
    def has_content(self) -> bool:
        """Whether the file is shown at all."""
        return self.stack.currentWidget() is not self.words

    def place(self) -> tuple[str, str, str]:
        """The place that is meant: page, part or sheet (empty where there is only one), region, passage."""
        name = self._file[0].lower() if self._file else ""
        numbered = self.pages > 1 and (self.has_pages or name.endswith((".docx", ".xlsx")))  # others are cut anywhere
        page = str(self.page) if self.has_pages else self._part
        region = ""
        if self.has_pages and self.canvas.frame is not None:
            region = regions.write(self.canvas.frame, self.turned)
        passage = "" if self.has_pages else self.text.textCursor().selectedText().replace("\u2029", "\n").strip()
        return page if numbered else "", region, passage

    def _leave(self) -> None:
        """Nobody waits for what was asked before."""
        self._asked += 1
        self._progress.cancel()
        self._progress = Progress()

    def _ask(self) -> None:
        if self._file is None:
            return
        self._asked += 1
        ratio, room = self.devicePixelRatioF() * max(1.0, self.canvas.zoom), self.canvas.room()
        size = QSize(round(max(200, room.width()) * ratio), round(max(160, room.height()) * ratio))
        asked = (*self._file, self.page, size, self.turned, self._progress)
        self._worker.submit(_work, self._bridge, self._asked, self._looker, *asked)

    def _take(self, asked: int, result: object) -> None:
        if asked != self._asked:
            return
        if not isinstance(result, Looks):
            self._say(str(result))
            return
        other = result.page != self.page or not self.has_content
        self.page, self.pages, self._part = result.page, result.pages, result.part
        if result.picture is not None:
            self.canvas.show_picture(result.picture)
            self.stack.setCurrentWidget(self.canvas)
        elif other or self.text.toPlainText() != result.text:  # an unchanged text keeps what is selected
            self.text.setPlainText(result.text)
            self.stack.setCurrentWidget(self.text)
        sheet = result.part if result.part.startswith("工作表") else ""
        self.bar.show_state(result.page, result.pages, result.note, paged=result.picture is not None, sheet=sheet)
        self.bar.show_zoom(self.canvas.zoom)
        self._mark_wanted()
        self.page_shown.emit(result.page, result.pages)
        self.place_changed.emit()

    def _mark_wanted(self) -> None:
        if self._wanted is None:
            return
        (page, region, passage), self._wanted = self._wanted, None
        if not self.has_pages:
            there = self._looker.number_of(region, passage, self.page)
            if there and there != self.page:
                self.show_region(there, region, passage)
            elif passage:
                self._choose(passage)
        elif page == self.page and (box := regions.read(region, self.turned)) is not None:
            self.frame(box)
            self.canvas.reveal(box)

    def _choose(self, passage: str) -> None:
        cursor, at = self.text.textCursor(), self.text.toPlainText().find(passage)
        if at >= 0:
            start = units(self.text.toPlainText()[:at])
            cursor.setPosition(start)
            cursor.setPosition(start + units(passage), cursor.MoveMode.KeepAnchor)
            self.text.setTextCursor(cursor)
            self.text.centerCursor()

    def _say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.stack.setCurrentWidget(self.words)
        self.bar.hide()
        self.place_changed.emit()


def _work(
    bridge: _Bridge,
    asked: int,
    looker: Looker,
    name: str,
    file_hash: str,
    page: int,
    size: QSize,
    turned: int,
    progress: Progress,
) -> None:
    try:
        result: object = looker.look_at(name, file_hash, page, size, turned, progress)
    except UserError as error:
        result = error
    except Cancelled:
        return
    try:
        bridge.ready.emit(asked, result)
    except RuntimeError:
        return  # the window was closed meanwhile


def _ender(worker: ThreadPoolExecutor) -> Callable[[], None]:
    return lambda: worker.shutdown(wait=False, cancel_futures=True)
