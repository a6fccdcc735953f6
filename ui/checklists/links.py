"""What names an item of the checklist, papers or records, each a link that opens it."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style
from xuncha_desktop.model import entities


@dataclass(frozen=True, slots=True)
class Target:
    """Where a link leads."""

    entity: str
    record: str
    words: str


class Links(QWidget):
    """`opened` gives the record whose link was followed."""

    opened = Signal(str, str)  # entity, id

    def __init__(self, heading: str, none: str) -> None:
        super().__init__()
        gap = style.metrics.gap
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(gap * 2, 0, gap * 2, gap * 2)
        self._column.setSpacing(0)
        self._none = QLabel(none)
        for label, role in ((QLabel(heading), "label"), (self._none, "secondary")):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", role)
            self._column.addWidget(label)
        self.links: list[QPushButton] = []
        self._shown: tuple[Target, ...] = ()

    def show_targets(self, targets: tuple[Target, ...]) -> None:
        """Show these; links that stay the same stay as they are."""
        self._none.setVisible(not targets)
        if targets == self._shown:
            return
        self._shown = targets
        for link in self.links:
            link.hide()
            link.deleteLater()
        self.links = [self._link(target, place) for place, target in enumerate(targets)]

    def add_action(self, button: QPushButton) -> None:
        """Put a button under the links."""
        self._column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _link(self, target: Target, place: int) -> QPushButton:
        link = _Link(target.words, "paper" if target.entity == "paper" else "file")
        link.setAccessibleName(f"打开{entities()[target.entity].LABEL}：{target.words}")
        link.clicked.connect(lambda: self.opened.emit(target.entity, target.record))
        # After the heading and the line that says there is none.
        self._column.insertWidget(2 + place, link, 0, Qt.AlignmentFlag.AlignLeft)
        return link


class _Link(QPushButton):
    """Elides its words rather than widening the page."""

    def __init__(self, title: str, icon: str) -> None:
        super().__init__(title.replace("&", "&&"))
        self._title = title
        self.setProperty("kind", "link")
        style.set_icon(self, icon, "accent")

    def sizeHint(self) -> QSize:
        """As wide as the whole title."""
        shown, face = super().sizeHint(), self.fontMetrics()
        elided = self.text().replace("&&", "&")
        return shown + QSize(face.horizontalAdvance(self._title) - face.horizontalAdvance(elided), 0)

    def minimumSizeHint(self) -> QSize:
        """Hardly wider than the icon."""
        return QSize(style.metrics.scaled(64), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much of the title as fits."""
        super().resizeEvent(event)
        face = self.fontMetrics()
        room = self.width() - (self.sizeHint().width() - face.horizontalAdvance(self._title))
        self.setText(face.elidedText(self._title, Qt.TextElideMode.ElideRight, room).replace("&", "&&"))
