"""Editors that choose from a closed list: yes or no, one of several, several of several."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QToolButton, QWidget

from ui.forms.editor import Editor
from ui.forms.flow import FlowLayout
from xuncha_desktop.model import Field


class Combo(QComboBox):
    """A combo box that lets the form scroll instead of changing its value under the wheel."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the form."""
        event.ignore()


class BoolEditor(Editor):
    """A check box with the field's label."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.box = QCheckBox("是")
        self.box.setAccessibleName(field.label)
        self.setFocusProxy(self.box)
        self.body.addWidget(self.box)
        self.box.clicked.connect(lambda: (self.edited.emit(), self.committed.emit()))

    def value(self) -> Any:
        """Yes or no."""
        return self.box.isChecked()

    def set_value(self, value: Any) -> None:
        """Tick or untick."""
        self.box.setChecked(bool(value))


class EnumEditor(Editor):
    """One code of a closed list, or none."""

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        self.combo = Combo()
        self.combo.setAccessibleName(field.label)
        self.combo.addItem("（未选）", "")
        for code, words in (field.choices or {}).items():
            self.combo.addItem(words, code)
        self._known = self.combo.count()
        self.setFocusProxy(self.combo)
        self.body.addWidget(self.combo)
        self.combo.activated.connect(lambda _: (self.edited.emit(), self.committed.emit()))

    def value(self) -> Any:
        """The chosen code."""
        return self.combo.currentData() or ""

    def set_value(self, value: Any) -> None:
        """Choose a code; one a newer program wrote is shown as it is."""
        while self.combo.count() > self._known:
            self.combo.removeItem(self._known)
        index = self.combo.findData(value or "")
        if index < 0:
            self.combo.addItem(str(value), value)
            index = self.combo.count() - 1
        self.combo.setCurrentIndex(index)


class EnumsEditor(Editor):
    """Several codes of a closed list, as chips."""

    LONG = True

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        holder = QWidget()
        flow = FlowLayout(holder)
        self._unknown: tuple[str, ...] = ()  # codes a newer program wrote: kept, not shown
        self.chips: dict[str, QToolButton] = {}
        for code, words in (field.choices or {}).items():
            chip = QToolButton()
            chip.setText(words)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setAccessibleName(f"{field.label}：{words}")
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.clicked.connect(lambda: (self.edited.emit(), self.committed.emit()))
            flow.addWidget(chip)
            self.chips[code] = chip
        if self.chips:
            self.setFocusProxy(next(iter(self.chips.values())))
        self.body.addWidget(holder)

    def value(self) -> Any:
        """The chosen codes in the order of the list."""
        return tuple(code for code, chip in self.chips.items() if chip.isChecked()) + self._unknown

    def set_value(self, value: Any) -> None:
        """Choose codes."""
        self._unknown = tuple(code for code in value or () if code not in self.chips)
        for code, chip in self.chips.items():
            chip.setChecked(code in (value or ()))
