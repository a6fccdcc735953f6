"""A chip over a list that keeps one field to chosen values."""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QToolButton

from ui.context import Context
from ui.forms.opening_keys import OpeningKeys
from ui.forms.picker import Option, pick
from xuncha_desktop.model import Field, Kind
from xuncha_desktop.services import choosing


class FilterChip(QToolButton):
    """Shows the field's name, or what it is kept to; opens a picker."""

    changed = Signal()

    def __init__(self, context: Context, field: Field) -> None:
        super().__init__()
        self.field = field
        self.value: tuple[Any, ...] = ()
        self._context = context
        self.setProperty("kind", "chip")
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"按{field.label}筛选")
        OpeningKeys(self, self._open)
        self._show()

    def clear(self) -> None:
        """Keep to nothing; the list is not told."""
        self.value = ()
        self._show()

    def _open(self, typed: str = "") -> None:
        pick(self, self._options(), self.value, self._toggle, several=True, typed=typed)
        self._show()

    def _toggle(self, key: str) -> None:
        kept = tuple(item for item in self.value if item != key)
        self.value = kept if len(kept) < len(self.value) else (*self.value, key)
        self._show()
        self.changed.emit()

    def _options(self) -> list[Option]:
        if self.field.kind in (Kind.ENUM, Kind.ENUMS):
            return [Option(code, words) for code, words in (self.field.choices or {}).items()]
        found = choosing.options(self._context.store, self.field.target, self._context.inspection)
        return [Option(o.key, o.text, o.group, o.detail) for o in found]

    def _show(self) -> None:
        self.setChecked(bool(self.value))
        if not self.value:
            self.setText(f"{self.field.label} ▾")
            self.setAccessibleDescription("不限")
            return
        words = {option.key: option.text for option in self._options()}
        first = words.get(self.value[0], "")
        self.setText(f"{first[:8]}{f' 等{len(self.value)}项' if len(self.value) > 1 else ''} ▾")
        self.setAccessibleDescription("、".join(words.get(key, "") for key in self.value))
