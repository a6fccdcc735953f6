"""Lays a form out: sections with anchors on top, short fields two or three in a row, long ones full width."""

from collections import Counter
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QTextEdit,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.forms.field_box import FieldBox
from xuncha_desktop.model import Field, Kind

_AROUND = 56  # stays in view above and below the field that has the focus: its label, what is proposed for it
_BY_OTHERS = (
    Qt.FocusReason.MouseFocusReason,
    Qt.FocusReason.ActiveWindowFocusReason,
    Qt.FocusReason.PopupFocusReason,
    Qt.FocusReason.MenuBarFocusReason,
)
_FROM = "_from"  # the end of a span's first field; its last one follows
_TWO, _THREE = 460, 900  # widths of a form from which fields stand side by side


class FieldGrid(QWidget):
    """The fields of one section; as many columns as the width allows."""

    def __init__(self) -> None:
        super().__init__()
        self._boxes: list[FieldBox] = []
        self._columns = 2
        self._next = (0, 0)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(style.metrics.wide_gap)
        self._grid.setVerticalSpacing(style.metrics.wide_gap)

    def add(self, box: FieldBox) -> None:
        """Put a field after the others."""
        self._boxes.append(box)
        self._place(box)
        box.show()  # at once, not when the layout comes to it: a hidden field cannot be given the focus

    def settle(self) -> None:
        """Lay out every field now, from the inside out."""
        for box in self._boxes:
            for widget in (box.editor, box):
                if (layout := widget.layout()) is not None:
                    layout.activate()
        self._grid.activate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Rearrange when another number of columns fits."""
        super().resizeEvent(event)
        columns = 3 if self.width() >= _THREE else 2 if self.width() >= _TWO else 1
        if columns != self._columns:
            self._columns, self._next = columns, (0, 0)
            for box in self._boxes:
                self._place(box)

    def _place(self, box: FieldBox) -> None:
        row, column = self._next
        if column and (box.editor.LONG or (_begins_span(box) and column == self._columns - 1)):
            row, column = row + 1, 0  # 起 and 止 stand side by side
        span = self._columns if box.editor.LONG else 1
        self._grid.addWidget(box, row, column, 1, span)
        column += span
        self._next = (row + 1, 0) if column >= self._columns else (row, column)
        for index in range(3):
            self._grid.setColumnStretch(index, 1 if index < self._columns else 0)


class FormScroll(QScrollArea):
    """The scrolled part of a form; keeps the field, and in long texts the line, that is being written in view."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._settling = QTimer(self, singleShot=True, interval=0)
        self._settling.timeout.connect(self._follow)

    def watch(self, box: FieldBox) -> None:
        """Follow the focus into this field."""
        widget = box.editor.focus_widget()
        widget.installEventFilter(self)
        if isinstance(widget, QTextEdit):
            widget.cursorPositionChanged.connect(self._follow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Scroll to what got the focus by keyboard, and again once the fields around it have their places."""
        done = super().eventFilter(watched, event)
        by_keyboard = isinstance(event, QFocusEvent) and event.reason() not in _BY_OTHERS
        if event.type() == QEvent.Type.FocusIn and by_keyboard:
            self._follow()
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            self._settling.start()
        return done

    def _follow(self) -> None:
        widget, page = QApplication.focusWidget(), self.widget()
        if widget is not None and page is not None and page.isAncestorOf(widget):
            self.reveal(widget)

    def reveal(self, widget: QWidget) -> None:
        """Bring a field into view, of a text too long for it the line with the cursor."""
        if (page := self.widget()) is None:
            return
        low = widget.height() + 2 * _AROUND < self.viewport().height()
        part = widget.cursorRect() if isinstance(widget, QTextEdit) and not low else widget.rect()
        middle = widget.mapTo(page, part.center())
        bar, half = self.verticalScrollBar(), part.height() // 2
        self.ensureVisible(0, middle.y(), 0, half + _AROUND)
        if bar.value() < _AROUND and middle.y() + half < self.viewport().height():
            bar.setValue(0)  # nothing but the first heading is above


def _begins_span(box: FieldBox) -> bool:
    return box.editor.field.kind is Kind.DATE and box.editor.field.name.endswith(_FROM)


def scroll_to_top(form: QWidget) -> None:
    """Begin at the first field again: another record is shown."""
    for scroll in form.findChildren(FormScroll):
        scroll.verticalScrollBar().setValue(0)


class _Body(QWidget):
    """What is scrolled: always as high as its fields want to be, or they would be squeezed instead of scrolled."""

    def event(self, event: QEvent) -> bool:
        """Follow the fields when they grow or the width changes."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.fit()
        return done

    def fit(self) -> None:
        """Be as high as everything inside wants at this width."""
        layout = self.layout()
        wanted = max(0, layout.heightForWidth(self.width())) if layout else 0
        if wanted != self.minimumHeight():
            self.setMinimumHeight(wanted)


class FormPage:
    """The places of a form's fields by their group; fields are added one by one, in order."""

    def __init__(self, form: QWidget, described: Sequence[Field]) -> None:
        self._scroll = FormScroll()
        page = self._body = _Body()
        page.setObjectName("form")
        column = QVBoxLayout(page)
        gap = style.metrics.wide_gap
        column.setContentsMargins(gap, gap // 2, gap, gap)
        column.setSpacing(gap)
        anchors = QHBoxLayout()
        anchors.setContentsMargins(gap, 0, gap, 0)
        self._grids: dict[str, FieldGrid] = {}
        self._to_come = Counter(field.group for field in described)
        for title in dict.fromkeys(field.group for field in described):
            grid = self._grids[title] = FieldGrid()
            # Shown when all its fields are there: laying out a growing section costs more than making it.
            grid.hide()
            if title:
                heading = _heading(title)
                column.addWidget(heading)
                anchors.addWidget(_anchor(title, self._scroll, heading))
            column.addWidget(grid)
        column.addStretch(1)
        anchors.addStretch(1)
        self._scroll.setWidget(page)
        outer = QVBoxLayout(form)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        if len(self._grids) > 1:
            outer.addLayout(anchors)
        outer.addWidget(self._scroll, 1)

    def add(self, box: FieldBox) -> None:
        """Put the next field into its section."""
        group = box.editor.field.group
        self._grids[group].add(box)
        self._to_come[group] -= 1
        if not self._to_come[group]:
            self._grids[group].show()
            self._settle(self._grids[group])
        self._scroll.watch(box)

    def _settle(self, grid: FieldGrid) -> None:
        """Lay a new section out now: left to the events, it would stand squeezed for as many turns as it has levels.

        Twice, since texts know their height only once they have their width.
        """
        for _ in range(2):
            grid.settle()
            self._body.fit()


def _heading(title: str) -> QWidget:
    holder = QWidget()
    rows = QVBoxLayout(holder)
    rows.setContentsMargins(0, style.metrics.gap, 0, 0)
    rows.setSpacing(style.metrics.grid)
    label = QLabel(title)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "section")
    line = QFrame()
    line.setObjectName("line")
    line.setFixedHeight(1)
    rows.addWidget(label)
    rows.addWidget(line)
    return holder


def _anchor(title: str, scroll: QScrollArea, target: QWidget) -> QToolButton:
    button = QToolButton()
    button.setText(title)
    button.setProperty("kind", "quiet")
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    button.clicked.connect(lambda: scroll.verticalScrollBar().setValue(target.y() - style.metrics.gap))
    return button
