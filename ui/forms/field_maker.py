"""Makes the fields of a form a few at a time: forty at once would hold the window up for half a second."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.forms.editor import Editor
from ui.forms.field_box import FieldBox
from ui.forms.form_layout import FormPage
from ui.forms.options import OptionSource
from ui.forms.registry import make_editor
from ui.forms.sheet import Sheet
from ui.forms.tab_order import put_together
from xuncha_desktop.model import Field

MakeEditor = Callable[[Field], Editor | None]  # None: the usual editor of the kind
Ready = Callable[[str, FieldBox], None]

_SLICE_S = 0.012  # at least one field; several forms may be in the making, one slice each a turn


class FieldMaker(QObject):
    """Puts one field after the other on the page, between other events; `ready` sees each before it is shown."""

    def __init__(
        self,
        context: Context,
        sheet: Sheet,
        form: QWidget,
        described: Sequence[Field],
        special: MakeEditor,
        wide: frozenset[str],
        ready: Ready,
    ) -> None:
        super().__init__(form)
        self._sheet = sheet
        self._page = FormPage(form, described)
        self._to_come = list(described)
        self._special, self._wide, self._ready = special, wide, ready
        self._options = OptionSource(context)
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._make_some)
        self._timer.start()
        context.ending.connect(self._timer.stop)

    @property
    def busy(self) -> bool:
        """Whether fields are still to come."""
        return bool(self._to_come)

    def owes(self, name: str) -> bool:
        """Whether a field is still to come."""
        return any(described.name == name for described in self._to_come)

    def finish(self) -> None:
        """Make the rest at once."""
        while self._to_come:
            self._make_next()

    def _make_some(self) -> None:
        until = time.perf_counter() + _SLICE_S
        while self._to_come and time.perf_counter() < until:
            self._make_next()
        if not self._to_come:
            self._timer.stop()

    def _make_next(self) -> None:
        described = self._to_come.pop(0)
        editor = self._special(described) or make_editor(described, self._options, self._options.makers)
        editor.LONG = editor.LONG or described.name in self._wide
        box = self._sheet.boxes[described.name] = FieldBox(editor)
        self._ready(described.name, box)
        self._page.add(box)
        # Else a form made while nobody looked would be styled all at once when it is first seen.
        for widget in box.findChildren(QWidget):
            widget.ensurePolished()
        if not self._to_come:
            put_together(list(self._sheet.boxes.values()))
