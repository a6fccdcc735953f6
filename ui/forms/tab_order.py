"""Tab follows reading order although some widgets of a field are made later than the rest of the form."""

from collections.abc import Iterable, Sequence

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


def put_together(parts: Iterable[QWidget]) -> None:
    """Let Tab go through one part after the other; what is made late stands at the end of the window's order."""
    stops = [stop for part in parts for stop in _stops(part)]
    if stops:
        put_after(stops[0], stops[1:])


def _stops(part: QWidget) -> list[QWidget]:
    within = {id(widget): widget for widget in part.findChildren(QWidget) if _takes_tab(widget)}
    found: list[QWidget] = []
    widget = part.nextInFocusChain()
    while widget is not None and widget is not part and len(found) < len(within):
        if id(widget) in within:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found


def _takes_tab(widget: QWidget) -> bool:
    return bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus) and widget.focusProxy() is None
