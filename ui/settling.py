"""What the window does by itself once it stands: everything that would take twice as long when first asked for."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.screen import Screen
from xuncha_desktop.errors import UserError
from xuncha_desktop.services.warm_up import questions


def steps(
    context: Context, names: Sequence[str], make: Callable[[str], Screen], size: Callable[[], QSize]
) -> Iterator[None]:
    """Ask the questions of every screen once, then make the screens and read them, in steps of some ten ms each."""
    asked = questions(context.store, context.inspection)
    while _goes_on(asked):
        yield
    for name in names:
        screen = make(name)
        yield
        for widget in screen.findChildren(QWidget):
            widget.ensurePolished()
        yield
        _read(screen)
        yield
        if not screen.isVisible():
            screen.resize(size())
            screen.grab()  # lays it out and draws it
        yield


def _goes_on(asked: Iterator[None]) -> bool:
    """Ask one more; what cannot be read now is told when somebody asks for it."""
    try:
        next(asked)
    except (StopIteration, UserError):
        return False
    return True


def _read(screen: Screen) -> None:
    try:
        screen.catch_up()
    except UserError:
        return  # it stays as it was, and reads when it is seen
