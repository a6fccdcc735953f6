"""覆盖矩阵 as a table to walk with the arrows; a mark, a number or an item is opened by click or Enter."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QLabel, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from ui import style
from ui.checklists.matrix_headers import ItemHeader, PaperHeader
from ui.checklists.matrix_model import MatrixModel
from xuncha_desktop.services.coverage import Matrix

_DOT = 10
_NO_PAPERS = "还没有底稿对应到这些事项。写底稿时在“对应清单事项”里选上，或在列表里就某一事项写底稿。"


class MatrixView(QTableView):
    """`paper_opened` and `item_opened` give what is to be shown, `moved` that the keyboard is elsewhere."""

    paper_opened = Signal(str)
    item_opened = Signal(str)  # the result's id
    moved = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.cells = MatrixModel()
        self.setAccessibleName("覆盖矩阵")
        self._items, self._papers = ItemHeader(self, self.cells), PaperHeader(self, self.cells)
        self.setVerticalHeader(self._items)
        self.setHorizontalHeader(self._papers)
        self.setModel(self.cells)
        self.setItemDelegate(_Cell(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self._corner = QLabel("　检查事项 ↓　　对应的底稿 →", self)
        self._corner.setTextFormat(Qt.TextFormat.PlainText)
        self._corner.setProperty("role", "secondary")
        self._corner.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._corner.setContentsMargins(0, 0, 0, style.metrics.gap)
        self.clicked.connect(self._open_mark)
        self.activated.connect(self._open_mark)
        self.entered.connect(self._point)
        self._papers.sectionClicked.connect(lambda column: self.paper_opened.emit(self.cells.paper(column).paper))
        self._items.sectionClicked.connect(lambda row: self.item_opened.emit(self.cells.line(row).result))
        self.selectionModel().currentChanged.connect(lambda *_: self._follow())

    def show_matrix(self, matrix: Matrix) -> None:
        """Show another matrix; the keyboard stays on the same item and paper where they are still there."""
        at = self.currentIndex()
        item = self.cells.line(at.row()).result if at.isValid() else ""
        paper = self.cells.paper(at.column()).paper if at.isValid() else ""
        across, down = self.horizontalScrollBar().value(), self.verticalScrollBar().value()
        self.cells.show(matrix)
        self.updateGeometries()
        self._place_corner()
        rows = [line.result for line in matrix.lines]
        columns = [covering.paper for covering in matrix.papers]
        if rows and columns:
            row = rows.index(item) if item in rows else 0
            column = columns.index(paper) if paper in columns else 0
            self.setCurrentIndex(self.cells.index(row, column))
        self.horizontalScrollBar().setValue(across)
        self.verticalScrollBar().setValue(down)
        self.moved.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl with an arrow goes to the next mark of the row, Ctrl+C copies all of it for Excel."""
        keys = {Qt.Key.Key_Right: 1, Qt.Key.Key_Left: -1}
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.cells.table())
        elif event.modifiers() == Qt.KeyboardModifier.ControlModifier and event.key() in keys:
            self._go_to_mark(keys[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open_mark(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room between items and papers."""
        self._items.fit(self.width())
        super().resizeEvent(event)
        self._place_corner()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Where there is no paper yet, say how one gets here."""
        super().paintEvent(event)
        if not self.cells.columnCount():
            with QPainter(self.viewport()) as painter:
                painter.setFont(style.font("text"))
                painter.setPen(style.color("secondary"))
                room = self.viewport().rect().adjusted(24, 24, -24, -24)
                painter.drawText(room, Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignTop, _NO_PAPERS)

    def _place_corner(self) -> None:
        self._corner.setGeometry(0, 0, self._items.width(), self._papers.sizeHint().height())

    def _go_to_mark(self, step: int) -> None:
        row, column = self.currentIndex().row(), self.currentIndex().column() + step
        while 0 <= column < self.cells.columnCount():
            index = self.cells.index(row, column)
            if self.cells.marked(index):
                self.setCurrentIndex(index)
                return
            column += step

    def _open_mark(self, index: QModelIndex) -> None:
        if self.cells.marked(index):
            self.paper_opened.emit(self.cells.paper(index.column()).paper)

    def _point(self, index: QModelIndex) -> None:
        marked = self.cells.marked(index)
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if marked else Qt.CursorShape.ArrowCursor)

    def _follow(self) -> None:
        """The row and the column of the keyboard are marked all along."""
        for part in (self.viewport(), self._items.viewport(), self._papers.viewport()):
            part.update()
        self.moved.emit()


class _Cell(QStyledItemDelegate):
    """A dot or nothing; the row and the column of the keyboard are tinted."""

    def __init__(self, view: MatrixView) -> None:
        super().__init__(view)
        self._view = view

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell; most are empty, and thousands are drawn."""
        at, rect = self._view.currentIndex(), option.rect
        row, column = index.row(), index.column()
        here = row == at.row() and column == at.column()
        if row == at.row() or column == at.column():
            painter.fillRect(rect, style.color("selection" if here else "hover"))
        if (row, column) in self._view.cells.matrix.marks:
            painter.save()
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(style.color("accent"))
            radius = style.metrics.scaled(_DOT) / 2
            painter.drawEllipse(QPointF(rect.center()) + QPointF(0.5, 0.5), radius, radius)
            painter.restore()
        if here and option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(style.color("focus"))
            painter.drawRect(rect.adjusted(1, 1, -2, -2))
