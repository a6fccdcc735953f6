"""The papers that name an item of the checklist, each a link that opens it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style


class PaperLinks(QWidget):
    """`opened` gives the paper whose link was followed."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        gap = style.metrics.gap
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(gap * 2, 0, gap * 2, gap * 2)
        self._column.setSpacing(0)
        heading, self._none = QLabel("对应底稿"), QLabel("还没有底稿写到这一事项。")
        for label, role in ((heading, "label"), (self._none, "secondary")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
            self._column.addWidget(label)
        self.links: list[QPushButton] = []
        self._shown: tuple[tuple[str, str], ...] = ()

    def show_papers(self, papers: tuple[tuple[str, str], ...]) -> None:
        """Show these; links that stay the same stay as they are."""
        self._none.setVisible(not papers)
        if papers == self._shown:
            return
        self._shown = papers
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = [self._link(paper, title) for paper, title in papers]

    def _link(self, paper: str, title: str) -> QPushButton:
        link = _Link(title)
        link.clicked.connect(lambda: self.opened.emit(paper))
        self._column.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        return link


class _Link(QPushButton):
    """Elides its words rather than widening the page."""

    def __init__(self, title: str) -> None:
        super().__init__(title.replace("&", "&&"))
        self._title = title
        self.setProperty("kind", "link")
        self.setAccessibleName(f"打开底稿：{title}")
        style.set_icon(self, "paper", "accent")
        self.ensurePolished()
        self._whole = super().sizeHint()

    def sizeHint(self) -> QSize:
        """As wide as the whole title."""
        return self._whole

    def minimumSizeHint(self) -> QSize:
        """Hardly wider than the icon."""
        return QSize(style.metrics.scaled(64), self._whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the title as fits."""
        super().resizeEvent(event)
        face = self.fontMetrics()
        room = self.width() - (self._whole.width() - face.horizontalAdvance(self._title))
        self.setText(face.elidedText(self._title, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
