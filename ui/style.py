"""How the program looks: the one place that knows colours, type sizes and icons.

`apply` may be called again at any time; icons given out by `set_icon` and lengths set by `sized` follow.
"""

import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Literal, TypeVar
from weakref import WeakKeyDictionary

import shiboken6
from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QIcon, QPainter, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from ui.colors import DARK, LIGHT, Theme
from xuncha_desktop import shipped

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer

# For QApplication. Fusion looks the same on Windows, Kylin and UOS, and follows the palette where the sheet is silent.
# Not by `setStyle`: Python's class of styles takes 10 ms to load, before the first paint.
ARGUMENTS = ("-style", "fusion")
Widget = TypeVar("Widget", bound=QWidget)
ThemeName = Literal["light", "dark", "system"]
TEXT_SIZES = (14, 16, 18)

_FACES = {
    "win32": ["Microsoft YaHei UI", "Microsoft YaHei", "SimSun"],
    "darwin": ["PingFang SC", "Hiragino Sans GB"],
    "linux": ["Noto Sans CJK SC", "Source Han Sans SC", "Noto Sans SC", "WenQuanYi Micro Hei", "WenQuanYi Zen Hei"],
}
_ICON_SIZES = (16, 20, 32, 40)
_ICON_NAME, _ICON_ROLE = "icon_name", "icon_role"


class Metrics:
    """Lengths in logical pixels; heights and type grow with the chosen text size, gaps stay on the grid."""

    grid = 4
    gap = 8
    wide_gap = 16
    radius = 4
    icon = 16
    large_icon = 20

    def __init__(self) -> None:
        self.text = TEXT_SIZES[0]

    def scaled(self, pixels: int) -> int:
        """A height given for the base text size, for the present one, on the grid."""
        return self.grid * round(pixels * self.text / TEXT_SIZES[0] / self.grid)

    @property
    def secondary(self) -> int:
        """Type of secondary lines."""
        return self._type(12)

    @property
    def editor(self) -> int:
        """Type of long texts that are written here; line height 1.6."""
        return self._type(16)

    @property
    def section(self) -> int:
        """Type of a section's title."""
        return self._type(15)

    @property
    def title(self) -> int:
        """Type of a screen's title."""
        return self._type(20)

    @property
    def row(self) -> int:
        """Height of a table row."""
        return self.scaled(32)

    @property
    def two_line_row(self) -> int:
        """Height of a row with a title and a secondary line."""
        return self.scaled(56)

    @property
    def control(self) -> int:
        """Height of buttons and fields."""
        return self.scaled(32)

    def _type(self, pixels: int) -> int:
        return round(pixels * self.text / TEXT_SIZES[0])


metrics = Metrics()
_now: list[Theme] = [LIGHT]
_sheet = [""]
_roles = dict(LIGHT.roles())
_icons: dict[tuple[str, str, str], QIcon] = {}
_sizings: WeakKeyDictionary[QWidget, list[Callable[[Any], object]]] = WeakKeyDictionary()


def apply(app: QApplication, theme: str, text_size: int) -> None:
    """Give the whole program a theme and a text size; unknown values are the first ones."""
    wanted = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}.get(theme, Qt.ColorScheme.Unknown)
    # Tells the window system, too, so that title bars and native dialogs agree.
    app.styleHints().setColorScheme(wanted)
    scheme = app.styleHints().colorScheme() if wanted is Qt.ColorScheme.Unknown else wanted
    _now[0] = DARK if scheme is Qt.ColorScheme.Dark else LIGHT
    _roles.update(_now[0].roles())
    before, metrics.text = metrics.text, text_size if text_size in TEXT_SIZES else TEXT_SIZES[0]
    fresh = sheet()
    if _sheet[0] == fresh:
        return  # polishing every widget again takes its time
    _sheet[0] = fresh
    app.setFont(font())
    app.setPalette(_palette())
    for window in app.topLevelWidgets():
        if window.styleSheet():
            dress(window)
    for widget in app.allWidgets():
        if isinstance(widget, QAbstractButton) and (name := widget.property(_ICON_NAME)):
            widget.setIcon(icon(name, widget.property(_ICON_ROLE)))
    if metrics.text != before:
        _size_again(app)


def sized(widget: Widget, fit: Callable[[Widget], object]) -> None:
    """Set lengths of a widget that grow with the text size: now, and again whenever that is changed.

    `fit` must not hold the widget itself, or it would stay for ever: a plain function, or a method of its class.
    """
    fit(widget)
    _sizings.setdefault(widget, []).append(fit)


def at_least(widget: QWidget, height: int) -> None:
    """Keep a widget so high at the base text size, and higher with larger type."""
    sized(widget, lambda widget: widget.setMinimumHeight(metrics.scaled(height)))


def _size_again(app: QApplication) -> None:
    """Set lengths for another text size; what widgets decide by the room they have, they decide anew."""
    for widget, fits in list(_sizings.items()):
        if shiboken6.isValid(widget):
            for fit in fits:
                fit(widget)
    for window in app.topLevelWidgets():
        for widget in (window, *window.findChildren(QWidget)) if window.styleSheet() else ():
            app.sendEvent(widget, QResizeEvent(widget.size(), QSize(-1, -1)))


def dress(window: QWidget) -> None:
    """Give a window that has no parent the style sheet, once it is put together; it follows the theme from then on.

    Windows have the sheet, and not the application: else everything in a screen would be styled again with each part
    that is put into another while it is built, which took more than half of the time.
    """
    window.setStyleSheet(_sheet[0])


def dark() -> bool:
    """Whether the dark theme is shown."""
    return _now[0] is DARK


def color(role: str) -> QColor:
    """The present theme's colour for a role of `ui.colors`."""
    return QColor(_roles[role])


def font(role: Literal["text", "secondary", "section", "title", "editor"] = "text") -> QFont:
    """The Chinese interface face of this system at a role's size, for what is painted by hand."""
    made = QFont()
    made.setFamilies(_FACES.get(sys.platform, _FACES["linux"]))
    made.setPixelSize(getattr(metrics, role))
    if role in ("section", "title"):
        made.setWeight(QFont.Weight.DemiBold)
    return made


def icon(name: str, role: str = "text") -> QIcon:
    """An icon of resources/icons in a role's colour, greyed where disabled; it keeps the theme it was made in."""
    key = (name, role, _now[0].paper)
    if key not in _icons:
        # 25 ms to load, and the first page shows no icon.
        from PySide6.QtSvg import QSvgRenderer

        source = shipped.path("icons", f"{name}.svg").read_text(encoding="utf-8")
        made = QIcon()
        selected = "accent" if role in ("text", "secondary") else role
        modes = {QIcon.Mode.Normal: role, QIcon.Mode.Selected: selected, QIcon.Mode.Disabled: "disabled"}
        for mode, of in modes.items():
            colored = source.replace("currentColor", color(of).name())
            renderer = QSvgRenderer(QByteArray(colored.encode()))
            for size in _ICON_SIZES:
                made.addPixmap(_drawn(renderer, size), mode)
        _icons[key] = made
    return _icons[key]


def set_icon(button: QAbstractButton, name: str, role: str = "text") -> None:
    """Give a button an icon that changes with the theme."""
    button.setProperty(_ICON_NAME, name)
    button.setProperty(_ICON_ROLE, role)
    button.setIcon(icon(name, role))


def set_kind(button: QAbstractButton, kind: str) -> None:
    """Make a button another kind (primary, link, …; "" for a plain one) while it is shown."""
    if button.property("kind") != kind:
        button.setProperty("kind", kind)
        button.style().unpolish(button)
        button.style().polish(button)


def sheet() -> str:
    """The style sheet with this theme's colours and this size's lengths put in."""
    lengths = {
        name: f"{getattr(metrics, name)}px"
        for name in ("text", "secondary", "section", "title", "editor", "control", "row", "radius")
    }
    # The box model of style sheets counts without the border: 1 px, and 2 px where the focus is.
    heights = {
        "inner": metrics.control - 2,
        "focused": metrics.control - 4,
        "small": metrics.control - 6,
        "smaller": metrics.control - 8,
        "indicator": metrics.scaled(16) - 2,
        "round": metrics.scaled(16) // 2,
        "dot": metrics.scaled(16) // 4,
        "dot_inside": metrics.scaled(16) // 2,
        "choice": metrics.two_line_row,
    }
    values = {f"size_{name}": value for name, value in lengths.items()}
    values |= {f"size_{name}": f"{height}px" for name, height in heights.items()}
    values |= _roles
    values["pictures"] = shipped.path("style").as_posix()
    values["check_picture"] = f"{values['pictures']}/{'check-dark' if dark() else 'check'}.svg"
    sheets = (shipped.path(name).read_text(encoding="utf-8") for name in ("style.qss", "frame.qss"))
    source = "\n".join(sheets)
    return re.sub(r"@([a-z_]+)", lambda found: values[found[1]], source)


def _drawn(renderer: "QSvgRenderer", size: int) -> QPixmap:
    pixmap = QPixmap(size, size)
    pixmap.fill(Qt.GlobalColor.transparent)
    with QPainter(pixmap) as painter:
        renderer.render(painter, QRectF(0, 0, size, size))
    return pixmap


def _palette() -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: "panel",
        QPalette.ColorRole.Base: "paper",
        QPalette.ColorRole.AlternateBase: "panel",
        QPalette.ColorRole.Button: "panel",
        QPalette.ColorRole.ToolTipBase: "paper",
        QPalette.ColorRole.WindowText: "text",
        QPalette.ColorRole.Text: "text",
        QPalette.ColorRole.ButtonText: "text",
        QPalette.ColorRole.ToolTipText: "text",
        QPalette.ColorRole.BrightText: "error",
        QPalette.ColorRole.PlaceholderText: "secondary",
        QPalette.ColorRole.Highlight: "selection",
        QPalette.ColorRole.HighlightedText: "text",
        QPalette.ColorRole.Link: "accent",
        QPalette.ColorRole.LinkVisited: "accent",
        QPalette.ColorRole.Accent: "accent",
    }
    for role, name in roles.items():
        palette.setColor(role, color(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, color("disabled"))
    return palette
