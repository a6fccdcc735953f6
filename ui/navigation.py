"""The left column: screens by name with their counts; icons alone where the window is narrow."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QSizePolicy, QToolButton, QVBoxLayout

from ui import style
from ui.screens.catalog import Entry

WIDTH, COMPACT = 176, 48
_LEAST = 8  # what stands around the word where the window is low


def keys(screens: Sequence[Entry]) -> Mapping[str, str]:
    """The key that opens each screen, by its name: its own, else Alt and its place among those without one."""
    found: dict[str, str] = {}
    places = iter(range(1, len(screens) + 1))
    for screen in screens:
        found[screen.name] = screen.key or f"Alt+{next(places)}"
    return found


class NavigationButton(QToolButton):
    """As high as a row of a table, and less where all buttons together would not fit."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setProperty("kind", "nav")
        self.setIconSize(QSize(style.metrics.large_icon, style.metrics.large_icon))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        style.sized(self, lambda button: button.setMaximumHeight(style.metrics.row))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def sizeHint(self) -> QSize:
        """The height of a row."""
        return QSize(super().sizeHint().width(), style.metrics.row)

    def minimumSizeHint(self) -> QSize:
        """What icon and word need."""
        return QSize(COMPACT, style.metrics.text + _LEAST)


class Navigation(QFrame):
    """One button a screen, those of a group under its word."""

    chosen = Signal(str)

    def __init__(self, screens: Sequence[Entry]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self._compact = False
        self._counts: dict[str, int | None] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._words: list[QLabel] = []
        self._titles = {screen.name: screen.title for screen in screens}
        self._group = QButtonGroup(self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, style.metrics.gap)
        self._column.setSpacing(1)
        self.brand = QLabel("巡察桌面")
        self.brand.setObjectName("brand")
        style.sized(self.brand, lambda brand: brand.setFixedHeight(style.metrics.scaled(40)))
        self._column.addWidget(self.brand)
        within = ""
        for screen in screens:
            if screen.group != within:
                self._begin_group(screen.group)
                within = screen.group
            self._add_button(screen, keys(screens)[screen.name])
        self._column.addStretch(1)
        self.set_compact(False)

    def mark(self, name: str) -> None:
        """Show which screen is open."""
        self._buttons[name].setChecked(True)

    def set_count(self, name: str, count: int | None) -> None:
        """The number beside a screen's name."""
        self._counts[name] = count
        self._show(name)

    def set_compact(self, compact: bool) -> None:
        """Icons alone, or icons with words."""
        self._compact = compact
        self.setFixedWidth(COMPACT if compact else style.metrics.scaled(WIDTH))
        self.brand.setVisible(not compact)
        for words in self._words:
            words.setVisible(not compact)
        for name in self._buttons:
            self._show(name)

    def _begin_group(self, title: str) -> None:
        line = QFrame()
        line.setObjectName("line")
        self._column.addWidget(line)
        if title:
            words = QLabel(title)
            words.setTextFormat(Qt.TextFormat.PlainText)
            words.setProperty("role", "secondary")
            words.setContentsMargins(style.metrics.wide_gap, style.metrics.grid, 0, 0)
            self._column.addWidget(words)
            self._words.append(words)

    def _add_button(self, screen: Entry, key: str) -> None:
        button = NavigationButton()
        button.setAccessibleName(screen.title)
        button.setToolTip(f"{screen.title}　{key}")
        style.set_icon(button, screen.icon)
        button.clicked.connect(lambda: self.chosen.emit(screen.name))
        self._group.addButton(button)
        self._column.addWidget(button)
        self._buttons[screen.name] = button

    def _show(self, name: str) -> None:
        button = self._buttons[name]
        count = self._counts.get(name)
        button.setText(f" {self._titles[name]}" + (f"　{count:,}" if count else ""))
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        button.setToolButtonStyle(alone if self._compact else Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
