"""Editors that choose from a closed list: yes or no, one of several, several of several."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QToolButton, QWidget

from ui.forms.editor import Editor
from ui.forms.flow import FlowLayout
from ui.forms.tab_order import put_after
from xuncha_desktop.model import Field
from xuncha_desktop.model.show import words

_KEYPAD = Qt.KeyboardModifier.KeypadModifier


class Combo(QComboBox):
    """As wide as its place lets it be; the wheel scrolls the form instead of changing its value."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the list, as everywhere where something is chosen."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            self.showPopup()
        else:
            super().keyPressEvent(event)

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
        for code, shown in (field.choices or {}).items():
            self.combo.addItem(shown, code)
        self._known = self.combo.count()
        self.setFocusProxy(self.combo)
        self.body.addWidget(self.combo)
        self.combo.activated.connect(lambda _: (self.edited.emit(), self.committed.emit()))

    def value(self) -> Any:
        """The chosen code."""
        return self.combo.currentData() or ""

    def set_value(self, value: Any) -> None:
        """Choose a code; one of another version of the program stays to be chosen until another one is."""
        while self.combo.count() > self._known:
            self.combo.removeItem(self._known)
        index = self.combo.findData(value or "")
        if index < 0:
            self.combo.addItem(words(self.field, value), value)
            index = self.combo.count() - 1
        self.combo.setCurrentIndex(index)


class EnumsEditor(Editor):
    """Several codes of a closed list, as chips."""

    LONG = True

    def __init__(self, field: Field) -> None:
        super().__init__(field)
        holder = QWidget()
        self._flow = FlowLayout(holder)
        self.chips: dict[str, QToolButton] = {}
        for code in field.choices or {}:
            self._add(code)
        self._known = len(self.chips)
        if self.chips:
            self.setFocusProxy(next(iter(self.chips.values())))
        self.body.addWidget(holder)

    def value(self) -> Any:
        """The chosen codes in the order of the list."""
        return tuple(code for code, chip in self.chips.items() if chip.isChecked())

    def set_value(self, value: Any) -> None:
        """Choose codes; those of another version of the program stand at the end for as long as they are chosen."""
        chosen = tuple(value or ())
        for code in list(self.chips)[self._known :]:
            if code not in chosen:
                self._drop(code)
        for code in chosen:
            if code not in self.chips:
                last = next(reversed(self.chips.values()), None)
                self._add(code)
                if last is not None:
                    put_after(last, [self.chips[code]])
        for code, chip in self.chips.items():
            chip.setChecked(code in chosen)

    def _add(self, code: str) -> None:
        shown = words(self.field, code)
        chip = QToolButton()
        chip.setText(shown)
        chip.setCheckable(True)
        chip.setProperty("kind", "chip")
        chip.setAccessibleName(f"{self.field.label}：{shown}")
        chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        chip.clicked.connect(lambda: (self.edited.emit(), self.committed.emit()))
        self._flow.addWidget(chip)
        self.chips[code] = chip

    def _drop(self, code: str) -> None:
        chip = self.chips.pop(code)
        self._flow.removeWidget(chip)
        chip.hide()
        chip.deleteLater()
