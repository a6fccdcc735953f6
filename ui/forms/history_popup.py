"""The history of a field: who wrote what and when, the newest first; any value can be copied."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from ui import style
from xuncha_desktop.services.history import Event

_LONGEST = 600


class HistoryPopup(QFrame):
    """A list under the field's clock."""

    def __init__(self, parent: QWidget, label: str, events: Sequence[Event]) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        page = QWidget()
        page.setObjectName("page")
        rows = QVBoxLayout(page)
        rows.setSpacing(style.metrics.wide_gap)
        rows.addWidget(_text(f"{label}：修改经过" if events else f"{label}：还没有修改过", "section"))
        for event in events:
            rows.addWidget(_text(f"{event.when}　{event.who}　{event.label}", "secondary"))
            rows.addWidget(_text(event.text[:_LONGEST] or "（空）", "text"))
        rows.addStretch(1)
        scroll = self._scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4, 4, 4, 4)
        outer.addWidget(scroll)

    def open_below(self, anchor: QWidget) -> None:
        """Show under a button, inside its screen."""
        self.resize(440, 320)
        room = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(anchor.width() - self.width(), anchor.height() + 2))
        self.move(max(room.left(), corner.x()), max(room.top(), min(corner.y(), room.bottom() - self.height())))
        self.show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows scroll, Esc closes; the focus stays in the field, which is not left for this."""
        self._scroll.keyPressEvent(event)
        if not event.isAccepted():
            super().keyPressEvent(event)


def _text(words: str, role: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
