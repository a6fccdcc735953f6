"""Shows a file of the case without leaving the program."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QObject, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.evidence.render import Looks, look_at
from xuncha_desktop.errors import UserError
from xuncha_desktop.store.blobs import Blobs


class _Bridge(QObject):
    ready = Signal(int, object)


class Canvas(QWidget):
    """Draws a picture as large as fits."""

    def __init__(self) -> None:
        super().__init__()
        self.looks = Looks()
        self.setMinimumSize(200, 160)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture in the middle."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), style.color("panel"))
        if self.looks.picture is not None:
            size = self.looks.picture.size()
            if size.width() > self.width() or size.height() > self.height():
                size.scale(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            target = QRect(QPoint(0, 0), size)
            target.moveCenter(self.rect().center())
            painter.drawImage(target, self.looks.picture)
        painter.end()


class Preview(QWidget):
    """One file: a picture, a page, a text, or a sentence saying why not."""

    page_shown = Signal(int, int)  # page, of how many

    def __init__(self, blobs: Blobs) -> None:
        super().__init__()
        self._blobs = blobs
        self._worker = ThreadPoolExecutor(1, "preview")
        self._bridge = _Bridge(self)
        self._bridge.ready.connect(self._take)
        self._asked = 0
        self._file: tuple[str, str] | None = None
        self._page = 1
        self.canvas = Canvas()
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName("文件内容")
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.words.setProperty("role", "secondary")
        self.stack = QStackedWidget()
        for widget in (self.words, self.canvas, self.text):
            self.stack.addWidget(widget)
        self.back = self._button("上一页", lambda: self.turn(-1))
        self.next = self._button("下一页", lambda: self.turn(1))
        self.place = QLabel()
        self.place.setProperty("role", "secondary")
        self._pages = QWidget()
        row = QHBoxLayout(self._pages)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        for widget in (self.back, self.place, self.next):
            row.addWidget(widget)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.stack, 1)
        layout.addWidget(self._pages)
        self._pages.hide()
        self._resized = QTimer(self, singleShot=True, interval=200)
        self._resized.timeout.connect(self._ask)
        self.destroyed.connect(_ender(self._worker))

    def show_file(self, file_hash: str, file_type: str, page: int = 1) -> None:
        """Show a file from a page on; an empty hash shows that there is none."""
        self._file, self._page = (file_hash, file_type), page
        self._pages.hide()
        if not file_hash:
            self._file = None
            self._say("这件证据没有电子文件，只有登记。")
            return
        self._say("正在打开…")
        self._ask()

    def turn(self, by: int) -> None:
        """Go to another page."""
        self._page = max(1, self._page + by)
        self._ask()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Decode again for another size, once the edge is let go."""
        super().resizeEvent(event)
        self._resized.start()

    def _ask(self) -> None:
        if self._file is None:
            return
        self._asked += 1
        ratio = self.devicePixelRatioF()
        size = QSize(round(max(200, self.width()) * ratio), round(max(200, self.height()) * ratio))
        self._worker.submit(_work, self._bridge, self._asked, self._blobs, *self._file, self._page, size)

    def _take(self, asked: int, result: object) -> None:
        if asked != self._asked:
            return
        if not isinstance(result, Looks):
            self._say(str(result))
            return
        if result.picture is not None:
            self.canvas.looks = result
            self.canvas.update()
            self.stack.setCurrentWidget(self.canvas)
        else:
            self.text.setPlainText(result.text)
            self.stack.setCurrentWidget(self.text)
        self._page = result.page
        self._pages.setVisible(result.pages > 1)
        self.place.setText(f"第 {result.page} 页，共 {result.pages} 页")
        self.back.setEnabled(result.page > 1)
        self.next.setEnabled(result.page < result.pages)
        self.page_shown.emit(result.page, result.pages)

    def _say(self, sentence: str) -> None:
        self.words.setText(sentence)
        self.stack.setCurrentWidget(self.words)

    def _button(self, text: str, action: Callable[[], None]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("kind", "quiet")
        button.clicked.connect(action)
        return button


def _work(bridge: _Bridge, asked: int, blobs: Blobs, file_hash: str, file_type: str, page: int, size: QSize) -> None:
    try:
        result: object = look_at(blobs, file_hash, file_type, page, size)
    except UserError as error:
        result = error
    try:
        bridge.ready.emit(asked, result)
    except RuntimeError:
        return  # the window was closed meanwhile


def _ender(worker: ThreadPoolExecutor) -> Callable[[], None]:
    return lambda: worker.shutdown(wait=False, cancel_futures=True)
