"""Editors that point at other records: one of them, or several."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from ui import style
from ui.forms.editor import Editor
from ui.forms.elided_button import ElidedButton
from ui.forms.flow import FlowLayout
from ui.forms.opening_keys import OpeningKeys
from ui.forms.picker import NewOption, Option, pick
from ui.forms.tab_order import put_before
from xuncha_desktop.model import Field

Options = Callable[[str], Sequence[Option]]  # entity -> what may be chosen
Makers = Mapping[str, NewOption]  # entity -> how one more is made without leaving the form
_NONE: Makers = {}


class RefEditor(Editor):
    """One record, chosen from a searchable popup."""

    def __init__(self, field: Field, options: Options, makers: Makers = _NONE) -> None:
        super().__init__(field)
        self._options = options
        self._makers = makers
        self._value: str | None = None
        self.button = ElidedButton()
        self.button.setAccessibleName(field.label)
        self.clear = QToolButton()
        self.clear.setAccessibleName(f"清除{field.label}")
        self.clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        style.set_icon(self.clear, "close", "secondary")
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.button, 1)
        row.addWidget(self.clear)
        self.body.addLayout(row)
        self.setFocusProxy(self.button)
        OpeningKeys(self.button, self._open)
        self.clear.clicked.connect(lambda: self._take(None))
        self.set_value(None)

    def value(self) -> Any:
        """The id, or None."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show what the id stands for."""
        self._value = value
        found = next((o for o in self._options(self.field.target) if o.key == value), None) if value else None
        none = "选择…" if self.isEnabled() else "（未选）"
        shown = found.text if found else "（已不在案卷里）" if value else none
        self.button.show_text(shown)
        self.button.setAccessibleDescription(shown if value else "未选")
        self.clear.setVisible(bool(value) and self.isEnabled())

    def set_read_only(self, locked: bool) -> None:
        """Nothing to clear either."""
        super().set_read_only(locked)
        self.set_value(self._value)

    def _open(self, typed: str) -> None:
        target = self.field.target
        chosen = [self._value] if self._value else []
        pick(self.button, self._options(target), chosen, self._take, new=self._makers.get(target), typed=typed)

    def _take(self, key: str | None) -> None:
        self.set_value(key)
        self.edited.emit()
        self.committed.emit()


class RefsEditor(Editor):
    """Several records, as chips that can be removed."""

    LONG = True

    def __init__(self, field: Field, options: Options, makers: Makers = _NONE) -> None:
        super().__init__(field)
        self._options = options
        self._makers = makers
        self._value: tuple[str, ...] = ()
        self._locked = False
        self.holder = QWidget()
        self.flow = FlowLayout(self.holder)
        self.add = QToolButton()
        self.add.setText("添加…")
        self.add.setProperty("kind", "chip")
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        style.set_icon(self.add, "plus", "accent")
        self.add.setAccessibleName(f"添加{field.label}")
        self.add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        OpeningKeys(self.add, self._open)
        self.body.addWidget(self.holder)
        self.set_value(())

    def focus_widget(self) -> QWidget:
        """The button; no focus proxy, to which Tab would jump over the chips before it."""
        return self.add

    def value(self) -> Any:
        """The ids in order."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a chip for each id."""
        self._value = tuple(value or ())
        while item := self.flow.takeAt(0):
            widget = item.widget()
            if widget is not None and widget is not self.add:
                widget.deleteLater()
        texts = {option.key: option.text for option in self._options(self.field.target)}
        for key in self._value:
            chip = self._chip(key, texts.get(key, "（已不在案卷里）"))
            self.flow.addWidget(chip)
            chip.show()
        self.flow.addWidget(self.add)
        chips = (self.flow.itemAt(place) for place in range(self.flow.count() - 1))
        put_before(self.add, [chip for item in chips if item is not None and (chip := item.widget()) is not None])
        self.add.setVisible(not self._locked)
        self.holder.updateGeometry()

    def set_read_only(self, locked: bool) -> None:
        """Chips stay readable, without their crosses."""
        if locked != self._locked:
            self._locked = locked
            self.set_value(self._value)

    def _chip(self, key: str, text: str) -> QToolButton:
        chip = QToolButton()
        shown = text if len(text) <= 36 else f"{text[:35]}…"
        chip.setText(shown.replace("&", "&&"))
        chip.setToolTip(text)
        chip.setProperty("kind", "chip")
        chip.setAccessibleName(f"移除 {text}")
        if not self._locked:
            chip.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            style.set_icon(chip, "close", "secondary")
            chip.clicked.connect(lambda: self._toggle(key))
        return chip

    def _open(self, typed: str) -> None:
        options, new = self._options(self.field.target), self._makers.get(self.field.target)
        pick(self.add, options, self._value, self._toggle, several=True, new=new, typed=typed)

    def _toggle(self, key: str) -> None:
        kept = tuple(item for item in self._value if item != key)
        self.set_value(kept if len(kept) < len(self._value) else (*self._value, key))
        self.add.setFocus()
        self.edited.emit()
        self.committed.emit()
