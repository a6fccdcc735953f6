"""The left column: screens by name with their counts; icons alone where the window is narrow."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QToolButton, QVBoxLayout

from ui import style
from ui.screen import Screen

WIDTH, COMPACT = 176, 48


class Navigation(QFrame):
    """One button a screen; Alt+1 … 9 reach the first nine."""

    chosen = Signal(str)

    def __init__(self, screens: Sequence[type[Screen]]) -> None:
        super().__init__()
        self.setObjectName("nav")
        self._compact = False
        self._counts: dict[str, int | None] = {}
        self._buttons: dict[str, QToolButton] = {}
        self._titles = {screen.NAME: screen.TITLE for screen in screens}
        group = QButtonGroup(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, style.metrics.gap)
        layout.setSpacing(2)
        self.brand = QLabel("巡察桌面")
        self.brand.setObjectName("brand")
        self.brand.setFixedHeight(style.metrics.scaled(40))
        layout.addWidget(self.brand)
        for place, screen in enumerate(screens, 1):
            button = QToolButton()
            button.setCheckable(True)
            button.setProperty("kind", "nav")
            button.setIconSize(QSize(style.metrics.large_icon, style.metrics.large_icon))
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(screen.TITLE)
            button.setToolTip(f"{screen.TITLE}　Alt+{place}")
            style.set_icon(button, screen.ICON)
            button.clicked.connect(lambda _=False, name=screen.NAME: self.chosen.emit(name))
            group.addButton(button)
            layout.addWidget(button)
            self._buttons[screen.NAME] = button
        layout.addStretch(1)
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
        for name in self._buttons:
            self._show(name)

    def _show(self, name: str) -> None:
        button = self._buttons[name]
        count = self._counts.get(name)
        button.setText(f" {self._titles[name]}" + (f"　{count:,}" if count else ""))
        alone = Qt.ToolButtonStyle.ToolButtonIconOnly
        button.setToolButtonStyle(alone if self._compact else Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
