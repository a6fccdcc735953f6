"""The line above a page: which page, how large, which way up, and what can be done with it."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ui import style


class ViewBar(QWidget):
    """Pages, zoom and turning; other parts add their buttons at the right."""

    turned_over = Signal(int)
    page_asked = Signal(int)
    zoom_asked = Signal(int)
    turn_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.back = self._button("‹", "上一页", "Ctrl+PgUp", lambda: self.turned_over.emit(-1))
        self.next = self._button("›", "下一页", "Ctrl+PgDn", lambda: self.turned_over.emit(1))
        self.page = QLineEdit()
        self.page.setAccessibleName("页码")
        style.sized(self.page, lambda page: page.setFixedWidth(style.metrics.scaled(44)))
        self.page.setValidator(QIntValidator(1, 99_999, self.page))
        self.page.returnPressed.connect(self._ask_page)
        self.of = QLabel()
        self.of.setProperty("role", "secondary")
        self.smaller = self._button("−", "缩小", "Ctrl+−", lambda: self.zoom_asked.emit(-1))
        self.fit = self._button("适合", "看整页", "Ctrl+0", lambda: self.zoom_asked.emit(0))
        self.larger = self._button("＋", "放大", "Ctrl++", lambda: self.zoom_asked.emit(1))
        self.turn = self._button("旋转", "顺时针转四分之一圈，以后都这样看，文件不变", "Ctrl+R", self.turn_asked.emit)
        self.note = QLabel()
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        gap = style.metrics.gap
        self._line = QHBoxLayout()
        self._line.setSpacing(gap // 2)
        self._of_pages = (self.back, self.page, self.of, self.next)
        self._of_pictures = (self.smaller, self.fit, self.larger, self.turn)
        for widget in (*self._of_pages, *self._of_pictures):
            self._line.addWidget(widget)
        self._line.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap, gap // 2, gap, gap // 2)
        column.setSpacing(0)
        column.addLayout(self._line)
        column.addWidget(self.note)

    def add(self, button: QWidget) -> None:
        """Put a button at the right end."""
        self._line.addWidget(button)

    def show_state(self, page: int, pages: int, note: str, *, paged: bool, sheet: str = "") -> None:
        """Say which part of how many is seen, and what is missing of it; a text cannot be zoomed or turned."""
        unit = "页" if paged else "段"
        self.page.setText(str(page))
        self.of.setText("　".join(filter(None, (f"/ {pages} {unit}", sheet))))
        for button, meaning, keys in ((self.back, f"上一{unit}", "PgUp"), (self.next, f"下一{unit}", "PgDn")):
            button.setAccessibleName(meaning)
            button.setToolTip(f"{meaning}　Ctrl+{keys}")
        for widget in self._of_pages:
            widget.setVisible(pages > 1)
        for widget in self._of_pictures:
            widget.setVisible(paged)
        self.back.setEnabled(page > 1)
        self.next.setEnabled(page < pages)
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.show()

    def show_zoom(self, zoom: float) -> None:
        """Say how large it is seen."""
        self.fit.setText("适合" if zoom == 1 else f"{zoom:.0%}")

    def _ask_page(self) -> None:
        self.page_asked.emit(int(self.page.text()))

    def _button(self, text: str, meaning: str, keys: str, action: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(f"{meaning}　{keys}")
        button.setAccessibleName(meaning)
        button.setProperty("kind", "quiet")
        button.clicked.connect(lambda _=False: action())
        return button
