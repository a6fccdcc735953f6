"""One change of an edited ledger in full: where it stands, what there is to know, the whole text with its marks."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.marked_text import MarkedText
from xuncha_desktop import differences
from xuncha_desktop.differences import Piece
from xuncha_desktop.exports.returned.changes import Change, short

_HEIGHT = 96


class ReturnedDetail(QWidget):
    """Hidden while nothing is chosen; a long text is compared beside the window."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._runner = context.quiet_runner(self)
        self._change: Change | None = None
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setWordWrap(True)
        self.words.setProperty("role", "secondary")
        self.open = QPushButton("打开底稿")
        self.text = MarkedText(self)
        self.text.setAccessibleName("修改前后的全文")
        self.text.setFixedHeight(style.metrics.scaled(_HEIGHT))
        head = QHBoxLayout()
        head.setSpacing(style.metrics.gap)
        head.addWidget(self.words, 1)
        head.addWidget(self.open, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(style.metrics.grid)
        column.addLayout(head)
        column.addWidget(self.text)
        self.open.clicked.connect(self._open)
        self.hide()

    def show_change(self, change: Change | None) -> None:
        """Show one, or nothing."""
        self._change = change
        self.setVisible(change is not None)
        if change is None:
            return
        before = "" if change.printed in (None, change.now) else f"导出时是“{short(change.printed or '')}”"
        self.words.setText(
            "　".join(
                filter(None, (f"第{change.row}行“{change.column}”", change.number, change.title, before, change.why))
            )
        )
        old, new = change.now, change.new
        self._runner.start("对照全文", lambda progress: (change, differences.pieces(old, new)), self._mark)

    def _mark(self, found: tuple[Change, list[Piece]]) -> None:
        change, pieces = found
        if change is self._change:
            self.text.show_pieces(pieces)

    def _open(self) -> None:
        if self._change:
            self._context.open_record.emit("paper", self._change.paper)
