"""A chip that keeps results to a stretch of days: some usual ones, or any two days."""

from datetime import date, timedelta

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from ui import enter_key
from ui.forms.opening_keys import OpeningKeys
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.read import read_date
from xuncha_desktop.model.show import short_date

_USUAL = (("今天", 1), ("三天内", 3), ("七天内", 7), ("三十天内", 30))


class DayChip(QToolButton):
    """Shows 日期, or the days chosen; opens a small window."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.since: str | None = None
        self.until: str | None = None
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("按日期筛选")
        OpeningKeys(self, self._open)
        self._show()

    def keep_to(self, since: str | None, until: str | None) -> None:
        """Keep to the days from one to the other, either end open."""
        self.since, self.until = since, until
        self._show()

    def _open(self, typed: str) -> None:
        self._show()  # a click alone changes nothing
        popup = DayPopup(self, self.since, self.until)
        popup.chosen.connect(self._take)
        popup.open_below(self)
        if typed:
            popup.since.setText(typed)

    def _take(self, since: str | None, until: str | None) -> None:
        self.keep_to(since, until)
        self.changed.emit()

    def _show(self) -> None:
        self.setChecked(bool(self.since or self.until))
        ends = [short_date(day) if day else "" for day in (self.since, self.until)]
        words = ends[0] if self.since and self.since == self.until else "—".join(ends)
        self.setText(f"{words if self.isChecked() else '日期'} ▾")
        self.setAccessibleDescription(words if self.isChecked() else "不限")


class DayPopup(QFrame):
    """Asks for the two days; one left empty leaves that end open."""

    chosen = Signal(object, object)

    def __init__(self, parent: QWidget, since: str | None, until: str | None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setObjectName("popup")
        self.since, self.until = _line("从", since), _line("到", until)
        self.fault = QLabel()
        self.fault.setTextFormat(Qt.TextFormat.PlainText)
        self.fault.setWordWrap(True)
        self.fault.setProperty("role", "error")
        self.fault.hide()
        take = QPushButton("按此筛选")
        take.setProperty("kind", "primary")
        take.clicked.connect(self._take)
        grid = QGridLayout(self)
        for column, (words, days) in enumerate(_USUAL):
            button = QToolButton()
            button.setText(words)
            button.setProperty("kind", "chip")
            button.clicked.connect(lambda _=False, days=days: self._take_last(days))
            grid.addWidget(button, 0, column)
        for row, (words, line) in enumerate((("从", self.since), ("到", self.until)), 1):
            grid.addWidget(QLabel(words), row, 0)
            grid.addWidget(line, row, 1, 1, 3)
            line.returnPressed.connect(self._take)
        grid.addWidget(self.fault, 3, 0, 1, 4)
        grid.addWidget(take, 4, 0, 1, 4)

    def open_below(self, anchor: QWidget) -> None:
        """Show under a widget, inside its screen."""
        self.adjustSize()
        room = anchor.screen().availableGeometry()
        corner = anchor.mapToGlobal(QPoint(0, anchor.height() + 2))
        self.move(max(room.left(), min(corner.x(), room.right() - self.width())), corner.y())
        self.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the first day."""
        super().showEvent(event)
        self.since.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the buttons too."""
        if not enter_key.press(event, self.focusWidget()):
            super().keyPressEvent(event)

    def _take(self) -> None:
        try:
            days = [read_date(line.accessibleName(), line.text(), date.today()) for line in (self.since, self.until)]
        except UserError as error:
            self.fault.setText(str(error))
            self.fault.show()
            self.adjustSize()
            return
        since, until = days
        if since and until and since > until:
            since, until = until, since
        self.close()
        self.chosen.emit(since, until)

    def _take_last(self, days: int) -> None:
        today = date.today()
        self.close()
        self.chosen.emit((today - timedelta(days=days - 1)).isoformat(), today.isoformat())


def _line(name: str, day: str | None) -> QLineEdit:
    line = QLineEdit(day or "")
    line.setPlaceholderText("如 4.16、2020-4-16、今天")
    line.setAccessibleName(name)
    return line
