"""Shows a moment; moments are written by the program, never typed."""

from typing import Any

from ui.forms.lines import AutoEditor
from xuncha_desktop.model.show import moment


class MomentEditor(AutoEditor):
    """A moment in local time."""

    _value: int | None = None

    def value(self) -> Any:
        """Epoch milliseconds."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show it to the minute."""
        self._value = value
        self._show("" if value is None else moment(value))
