"""Where everything on the screen stands and how high its rows are: two windows with the same look alike."""

from collections import Counter
from typing import Any

from PySide6.QtWidgets import QListView, QTableView, QTextEdit, QWidget

Shape = dict[str, dict[str, Any]]
_ROWS = 8


def shape(root: QWidget) -> Shape:
    """Each widget seen, by its way from the root, with its place and the lengths it keeps to."""
    found: Shape = {}
    _visit(root, "", found)
    return found


def differences(one: Shape, other: Shape) -> list[str]:
    """What is not alike, in words for a person."""
    return [f"{way}: {one.get(way)} and {other.get(way)}" for way in one | other if one.get(way) != other.get(way)]


def _visit(widget: QWidget, way: str, found: Shape) -> None:
    found[way] = _facts(widget)
    seen = Counter[str]()
    for child in widget.children():
        # Bars of a scroll area are dressed when they are first needed.
        if not isinstance(child, QWidget) or child.isWindow() or not child.isVisible() or _is_bar(child):
            continue
        name = child.objectName() or type(child).__name__
        seen[name] += 1
        _visit(child, f"{way}/{name}{seen[name]}", found)


def _is_bar(widget: QWidget) -> bool:
    return widget.objectName().startswith("qt_scrollarea")


def _facts(widget: QWidget) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "place": widget.geometry().getRect(),
        "least": (widget.minimumWidth(), widget.minimumHeight()),
        "most": (widget.maximumWidth(), widget.maximumHeight()),
        "type": widget.font().pixelSize(),
    }
    if isinstance(widget, QTableView):
        rows, columns = widget.verticalHeader(), widget.horizontalHeader()
        facts["rows"] = [rows.sectionSize(row) for row in range(min(rows.count(), _ROWS))]
        facts["columns"] = [columns.sectionSize(column) for column in range(columns.count())]
    elif isinstance(widget, QListView) and widget.model():
        shown = range(min(widget.model().rowCount(), _ROWS))
        facts["rows"] = [widget.visualRect(widget.model().index(row, 0)).height() for row in shown]
    elif isinstance(widget, QTextEdit):
        facts["line"] = widget.document().begin().blockFormat().lineHeight()
    return facts
