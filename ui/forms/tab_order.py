"""Tab follows reading order although some widgets of a field are made later than the rest of the form."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_before(anchor: QWidget, widgets: Sequence[QWidget]) -> None:
    """Let Tab come to `widgets`, in order, right before it comes to `anchor`."""
    last = anchor
    for widget in widgets:
        QWidget.setTabOrder(last, widget)
        last = widget
    if widgets:
        QWidget.setTabOrder(last, anchor)


def put_after(anchor: QWidget, widgets: Sequence[QWidget]) -> None:
    """Let Tab come to `widgets`, in order, right after it left `anchor`."""
    for widget in widgets:
        QWidget.setTabOrder(anchor, widget)
        anchor = widget


def put_together(parts: Sequence[QWidget]) -> None:
    """Let Tab go through one part after the other; what is made late stands at the end of the window's order."""
    stops: list[list[QWidget]] = [[] for _ in parts]
    of = {id(child): found for part, found in zip(parts, stops, strict=True) for child in _that_take_tab(part)}
    for widget in _chain(parts[0]):  # once, for all parts: it goes through the whole window
        if id(widget) in of:
            of[id(widget)].append(widget)
    ordered = [widget for found in stops for widget in found]
    if ordered:
        put_after(ordered[0], ordered[1:])


def _chain(start: QWidget) -> Iterator[QWidget]:
    widget = start.nextInFocusChain()
    while widget is not None and widget is not start:
        yield widget
        widget = widget.nextInFocusChain()


def _that_take_tab(part: QWidget) -> list[QWidget]:
    return [
        child
        for child in part.findChildren(QWidget)
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.focusProxy() is None
    ]
