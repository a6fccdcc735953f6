"""外观: light or dark, and the size of the type; applied at once."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QApplication, QButtonGroup, QToolButton

from ui import style
from ui.context import Context
from ui.settings.page import ColumnPage

_THEMES = {"system": "跟随系统", "light": "浅色", "dark": "深色"}
_SIZES = {14: "标准", 16: "大", 18: "特大"}


class LooksPage(ColumnPage):
    """Two rows of choices."""

    TITLE = "外观"

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.add_section("颜色")
        self.themes = self._choices("颜色", _THEMES, context.settings.theme)
        self.add_section("字号")
        self.sizes = self._choices("字号", _SIZES, context.settings.text_size)
        self.column.addStretch(1)
        self.themes.idClicked.connect(lambda _: self._apply())
        self.sizes.idClicked.connect(lambda _: self._apply())

    def _choices(self, name: str, words: Mapping[Any, str], chosen: object) -> QButtonGroup:
        group = QButtonGroup(self)
        for place, (value, word) in enumerate(words.items()):
            button = QToolButton()
            button.setText(word)
            button.setAccessibleName(f"{name}：{word}")
            button.setCheckable(True)
            button.setChecked(value == chosen)
            button.setProperty("kind", "chip")
            group.addButton(button, place)
        self.add_row(*group.buttons())
        return group

    def _apply(self) -> None:
        chosen = self.context.settings
        chosen.theme = list(_THEMES)[self.themes.checkedId()]
        chosen.text_size = list(_SIZES)[self.sizes.checkedId()]
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        style.apply(app, chosen.theme, chosen.text_size)
        self.save()
