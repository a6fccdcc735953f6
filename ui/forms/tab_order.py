"""Tab follows reading order although some widgets of a field are made later than the rest of the form."""

from collections.abc import Sequence

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
