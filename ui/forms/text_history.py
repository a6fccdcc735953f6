"""The versions of a long text: who wrote each and when, any two compared in place, an earlier one taken back."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.forms import rich_document
from ui.forms.notices import ONLY_SET
from ui.job_runner import JobRunner
from ui.marked_text import LEGEND, MarkedText
from xuncha_desktop import differences, rich
from xuncha_desktop.differences import Piece
from xuncha_desktop.services.history import Event

_WIDTH, _HEIGHT, _LIST = 760, 400, 232


class TextHistory(QFrame):
    """A popup over the text; the focus stays in it, the keys choose here."""

    taken = Signal(object)  # Event: this version is to be the newest again

    def __init__(
        self, parent: QWidget, runner: JobRunner, label: str, events: Sequence[Event], *, may_take: bool
    ) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self._events = list(events)
        self._runner = runner  # of whoever opens it: a popup may be gone before its comparison ends
        title = _line(self, "section", f"{label}：修改经过")
        self.list = QListWidget(self)
        self.list.setAccessibleName(f"{label}的各个版本")
        self.list.setFrameShape(QListWidget.Shape.NoFrame)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setFixedWidth(style.metrics.scaled(_LIST))
        self.other = QComboBox(self)
        self.other.setAccessibleName("与哪一版比较")
        self.other.addItem("不比较")
        for number, event in enumerate(self._events):
            now = "现在的文字：" if number == 0 else ""
            self.list.addItem(QListWidgetItem(f"{event.when}　{event.who}\n{now}{event.label}"))
            self.other.addItem(f"与 {_called(event, number)} 比较")
        self.take = QPushButton("用这一版", self)
        self.take.setToolTip("这一版成为现在的文字，Ctrl+Z 可以撤销")
        self.take.setVisible(may_take)
        self.text = MarkedText(self)
        self.text.setAccessibleName("这一版的文字")
        self.said = _line(self, "secondary", LEGEND)
        self._lay_out(title)
        self.list.currentRowChanged.connect(self._choose)
        self.other.activated.connect(self._compare)
        self.take.clicked.connect(self._take)
        self.list.setCurrentRow(0)

    def open_below(self, anchor: QWidget) -> None:
        """Show under a field, inside its screen."""
        room = anchor.screen().availableGeometry()
        self.resize(min(_WIDTH, room.width()), min(style.metrics.scaled(_HEIGHT), room.height()))
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 2))
        self.move(max(room.left(), corner.x()), max(room.top(), min(corner.y(), room.bottom() - self.height())))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down choose a version, Left and Right the one it is compared with, Enter takes it back."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        turn = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step:
            self.list.setCurrentRow(max(0, min(self.list.currentRow() + step, self.list.count() - 1)))
        elif turn:
            self.other.setCurrentIndex(max(0, min(self.other.currentIndex() + turn, self.other.count() - 1)))
            self._compare()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take.click()
        else:
            super().keyPressEvent(event)

    def _lay_out(self, title: QLabel) -> None:
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setSpacing(gap)
        head.addWidget(title, 1)
        head.addWidget(self.other)
        head.addWidget(self.take)
        right = QVBoxLayout()
        right.setSpacing(style.metrics.grid)
        right.addWidget(self.text, 1)
        right.addWidget(self.said)
        body = QHBoxLayout()
        body.setSpacing(gap)
        body.addWidget(self.list)
        body.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(gap)
        column.addLayout(head)
        column.addLayout(body, 1)

    def _choose(self, row: int) -> None:
        """A version, compared with the one before it: what its writer did."""
        if row < 0:
            return
        self.other.setCurrentIndex(row + 2 if row + 1 < len(self._events) else 0)
        self.take.setEnabled(self._events[row].value != self._events[0].value)
        self._compare()

    def _compare(self) -> None:
        """The chosen version against the other, the older of the two as the one that was changed."""
        row, other = self.list.currentRow(), self.other.currentIndex() - 1
        if row < 0:
            return
        first, second = max(row, other), min(row, other)  # the newest stands first
        compared = other >= 0 and other != row
        self.said.setText(
            f"从 {_called(self._events[first], first)} 到 {_called(self._events[second], second)}；{LEGEND}"
            if compared
            else f"{_called(self._events[row], row)}，全文"
        )
        if not compared:
            self._show_whole(self._events[row])
            return
        old, new = self._events[first].text, self._events[second].text
        # Long texts take their time; a comparison asked for before is out of date then.
        self._runner.start(
            "比较版本",
            lambda progress: (row, other, differences.pieces(old, new)),
            self._show,
        )

    def _show_whole(self, version: Event) -> None:
        if isinstance(version.value, str) and rich.is_rich(version.value):
            rich_document.set_up(self.text.document())
            rich_document.write(self.text.blank(), rich.blocks(version.value))
        else:
            self.text.show_pieces([Piece("same", version.text or "（空）")])

    def _show(self, found: tuple[int, int, list[Piece]]) -> None:
        row, other, pieces = found
        if (row, other) == (self.list.currentRow(), self.other.currentIndex() - 1):
            self.text.show_pieces(pieces or [Piece("same", "（两版都是空的）")])
            one, two = self._events[row], self._events[other]
            if one.text == two.text and one.value != two.value:
                self.said.setText(f"{self.said.text()}；{ONLY_SET}")

    def _take(self) -> None:
        if self.take.isVisible() and self.take.isEnabled():
            version = self._events[self.list.currentRow()]
            self.close()
            self.taken.emit(version)


def _called(event: Event, number: int) -> str:
    return f"{event.when}　{event.who}{'（现在）' if number == 0 else ''}"


def _line(parent: QWidget, role: str, words: str) -> QLabel:
    label = QLabel(words, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
