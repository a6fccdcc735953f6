"""Finds words on a screen that are cut off, and widgets that reach over the edge of what they stand in."""

from collections.abc import Iterator

from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QAbstractScrollArea, QLabel, QTableView, QWidget

_SLACK = 1


def cut_off(root: QWidget) -> list[str]:
    """What cannot be read whole, named by its words; empty is good."""
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if widget.isVisible():
            found += [f"{type(widget).__name__}: {said}" for said in _faults(widget)]
    return found


def _faults(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel) and not widget.pixmap() and widget.text() and not _gives_way(widget):
        yield from _label(widget)
    elif isinstance(widget, QAbstractButton) and widget.text():
        yield from _button(widget)
    elif isinstance(widget, QTableView):
        yield from _rows(widget)
    parent = widget.parentWidget()
    if parent is not None and not isinstance(parent, QAbstractItemView | QAbstractScrollArea) and not _scrolled(widget):
        room, place = parent.rect(), widget.geometry()
        if place.left() < room.left() or place.right() > room.right() + _SLACK:
            yield f"reaches over the edge, {_words(widget)} {place} in {room}"


def _gives_way(label: QLabel) -> bool:
    """Whether a label shortens its words itself, with the whole in its tooltip."""
    return type(label).minimumSizeHint is not QLabel.minimumSizeHint or label.minimumWidth() == 1


def _label(label: QLabel) -> Iterator[str]:
    room = label.contentsRect().adjusted(label.margin(), label.margin(), -label.margin(), -label.margin())
    if label.wordWrap():
        if label.heightForWidth(label.width()) > label.height() + _SLACK:
            yield f"wrapped words are cut: {label.text()}"
        return
    lines = label.text().split("\n")
    if max(map(label.fontMetrics().horizontalAdvance, lines)) > room.width() + _SLACK:
        yield f"words are cut: {label.text()}"


def _button(button: QAbstractButton) -> Iterator[str]:
    if button.width() + _SLACK < button.minimumSizeHint().width():
        yield f"narrower than its words: {button.text()}"
    if button.height() + _SLACK < button.fontMetrics().height():
        yield f"lower than its words: {button.text()}"


def _rows(table: QTableView) -> Iterator[str]:
    """Words in a table that wraps: every row is as high as they need."""
    if not table.wordWrap():
        return
    for row in range(table.model().rowCount()):
        if table.sizeHintForRow(row) > table.rowHeight(row) + _SLACK:
            yield f"row {row} is too low: {table.model().index(row, 0).data()}"


def _scrolled(widget: QWidget) -> bool:
    """Whether it lies outside what is scrolled to just now."""
    scrolling = widget.parentWidget()
    while scrolling is not None:
        if isinstance(scrolling, QAbstractScrollArea):
            seen = QRect(QPoint(0, 0), scrolling.viewport().size())
            return not seen.intersects(QRect(widget.mapTo(scrolling, QPoint(0, 0)), widget.size()))
        scrolling = scrolling.parentWidget()
    return False


def _words(widget: QWidget) -> str:
    return widget.accessibleName() or widget.objectName() or type(widget).__name__
