"""A rectangle on a page drawn with keys: Enter begins it, arrows move it, with Shift they make it larger or smaller."""

from PySide6.QtCore import Qt

from ui.evidence.regions import WHOLE
from xuncha_desktop.decoding.decoder import Box

HINT = "方向键移动，Shift+方向键改大小，同按 Ctrl 走小步；回车画定，Esc 放弃"
ARROWS = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, -1), Qt.Key.Key_Down: (0, 1)}
_STEP, _SMALL_STEP, _LEAST = 25, 5, 15  # thousandths of the page


def begun(seen: Box) -> Box:
    """The middle of what is seen of the page, to begin with."""
    left, top, width, height = seen
    return (round(left + width / 4), round(top + height / 3), round(width / 2), round(height / 3))


def moved(box: Box, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> Box:
    """The rectangle after an arrow key; it does not leave the page."""
    step = _SMALL_STEP if modifiers & Qt.KeyboardModifier.ControlModifier else _STEP
    across, down = (direction * step for direction in ARROWS[key])
    left, top, width, height = box
    if modifiers & Qt.KeyboardModifier.ShiftModifier:
        return (left, top, _within(width + across, _LEAST, WHOLE - left), _within(height + down, _LEAST, WHOLE - top))
    return (_within(left + across, 0, WHOLE - width), _within(top + down, 0, WHOLE - height), width, height)


def _within(value: float, least: float, most: float) -> float:
    return max(least, min(value, most))
