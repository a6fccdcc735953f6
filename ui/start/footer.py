"""The foot of the start window: text size and light or dark, before anything has to be read or typed."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QToolButton, QWidget

from ui import style
from xuncha_desktop import __version__
from xuncha_desktop.settings import Settings

_SIZES = {14: "标准", 16: "大", 18: "特大"}
_THEMES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}


class Footer(QWidget):
    """Two groups of small buttons that change the settings at once."""

    changed = Signal()

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.setObjectName("footer")
        version = QLabel(f"版本 {__version__}")
        version.setProperty("role", "secondary")
        self.sizes = self._group("字号", _SIZES, settings.text_size)
        self.themes = self._group("外观", _THEMES, settings.theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(style.metrics.wide_gap, style.metrics.grid, style.metrics.wide_gap, style.metrics.grid)
        row.setSpacing(style.metrics.grid)
        row.addWidget(version)
        row.addStretch()
        for words, group in (("字号", self.sizes), ("外观", self.themes)):
            label = QLabel(words)
            label.setProperty("role", "secondary")
            row.addSpacing(style.metrics.wide_gap)
            row.addWidget(label)
            for button in group.buttons():
                row.addWidget(button)
        self.sizes.idToggled.connect(self._change)
        self.themes.idToggled.connect(self._change)

    def _group(self, name: str, words: Mapping[Any, str], chosen: object) -> QButtonGroup:
        group = QButtonGroup(self)
        for place, (value, word) in enumerate(words.items()):
            button = QToolButton()
            button.setText(word)
            button.setCheckable(True)
            button.setChecked(value == chosen)
            button.setProperty("kind", "small")
            button.setAccessibleName(f"{name}：{word}")
            group.addButton(button, place)
        return group

    def _change(self, _: int, checked: bool) -> None:
        if checked:
            self._settings.text_size = list(_SIZES)[self.sizes.checkedId()]
            self._settings.theme = list(_THEMES)[self.themes.checkedId()]
            self.changed.emit()
