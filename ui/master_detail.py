"""A list with its record's form beside it; where the window is narrow they take turns."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QSplitter, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.context import Context

_LIST, _LIST_LEAST, _FORM = 420, 400, 560


class MasterDetail(QWidget):
    """Both side by side, remembered; or one at a time: Enter opens, Esc returns."""

    def __init__(self, context: Context, name: str, listing: QWidget, detail: QWidget, width: int = _LIST) -> None:
        super().__init__()
        self._context = context
        self._name = f"split-{name}"
        self._usual = width  # of the list, at the base text size
        self._listing, self._detail = listing, detail
        self._narrow = False
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.setHandleWidth(1)
        self.splitter.addWidget(listing)
        self.splitter.addWidget(self._side())
        self.splitter.setStretchFactor(1, 1)
        listing.setMinimumWidth(280)
        detail.setObjectName("detail")
        self.side.setObjectName("detail")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.splitter)
        self.splitter.splitterMoved.connect(lambda *_: self._remember())
        style.sized(self, MasterDetail._recall)

    def show_detail(self) -> None:
        """Bring the form to the front where there is room for one only."""
        if self._narrow:
            self._listing.hide()
            self.side.show()

    def show_list(self) -> None:
        """Back to the list."""
        if self._narrow:
            self.side.hide()
            self._listing.show()
        self._listing.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Switch between side by side and taking turns."""
        super().resizeEvent(event)
        form = style.metrics.scaled(_FORM)
        narrow = self.width() < _LIST_LEAST + form
        self.side.setMinimumWidth(0 if narrow else form)
        if narrow != self._narrow:
            self._narrow = narrow
            writing = self.side.isAncestorOf(QApplication.focusWidget() or self)
            self.back.setVisible(narrow)
            self._listing.setVisible(not (narrow and writing))
            self.side.setVisible(not narrow or writing)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc returns from the form to the list."""
        if event.key() == Qt.Key.Key_Escape and not self._listing.isAncestorOf(QApplication.focusWidget() or self):
            self.show_list()
        else:
            super().keyPressEvent(event)

    def _side(self) -> QWidget:
        self.side = QWidget()
        self.back = QToolButton()
        self.back.setText("‹ 返回列表　Esc")
        self.back.setProperty("kind", "quiet")
        self.back.clicked.connect(self.show_list)
        column = QVBoxLayout(self.side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.back)
        column.addWidget(self._detail, 1)
        self.back.hide()
        return self.side

    def _remember(self) -> None:
        self._context.settings.window_layouts[self._name] = str(self.splitter.sizes()[0])

    def _recall(self) -> None:
        text = self._context.settings.window_layouts.get(self._name, "")
        width = int(text) if text.isdigit() and int(text) >= 280 else style.metrics.scaled(self._usual)
        self.splitter.setSizes([width, 2000])
