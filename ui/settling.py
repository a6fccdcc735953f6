"""What the window does by itself once it stands: everything that would take twice as long when first asked for."""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.forms.field_maker import FieldMaker
from ui.screen import Screen
from ui.screens.catalog import Entry
from ui.start import preload
from xuncha_desktop.errors import UserError
from xuncha_desktop.services.warm_up import questions


def load() -> Iterator[None]:
    """Load the code that is lacking, on a thread: whoever needed it meanwhile would wait for all of it."""
    loading = preload.finish()
    while loading.is_alive():
        yield


def steps(
    context: Context, screens: Sequence[Entry], make: Callable[[str], Screen], size: Callable[[], QSize]
) -> Iterator[None]:
    """Ask every question once, make the screens and read them: some ten ms a step."""
    asked = questions(context.store, context.inspection)
    while _goes_on(asked):
        yield
    for entry in screens:
        screen = make(entry.name)
        yield
        while any(maker.busy for maker in screen.findChildren(FieldMaker)):
            yield  # else the forms of several screens would be made side by side
        for widget in screen.findChildren(QWidget):
            widget.ensurePolished()
        yield
        while context.jobs.busy:
            yield  # reading beside a job takes twice as long
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
