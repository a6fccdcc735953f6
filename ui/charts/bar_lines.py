"""Draws horizontal bars with their words and numbers, on the screen or for paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from ui import style
from ui.colors import LIGHT

_LINE, _BAR, _TEXT, _SECTION = 28, 12, 14, 15  # at the base text size
_TWO_LINES = 44  # where words have to wrap
_WORDS = 45  # percent of the width that words may take


@dataclass(frozen=True, slots=True)
class Bar:
    """One line of a chart."""

    label: str
    value: int
    role: str = "accent"  # colour; the words say the same
    mark: str = ""  # a small shape before the words


@dataclass(frozen=True, slots=True)
class Look:
    """Colours, faces and lengths to draw with."""

    color: Callable[[str], QColor]
    text: QFont
    section: QFont
    line: int
    bar: int
    wraps: bool = False


def on_screen(bars: Sequence[Bar], width: int) -> Look:
    """The present theme and text size; words too long for their share of the width wrap."""
    text, section, scaled = style.font("text"), style.font("section"), style.metrics.scaled
    wraps = _longest(bars, QFontMetrics(text)) > width * _WORDS // 100
    return Look(style.color, text, section, scaled(_TWO_LINES if wraps else _LINE), scaled(_BAR), wraps)


def on_paper(bars: Sequence[Bar], width: int) -> Look:
    """The light theme at the base text size, whatever the screen shows: a document is white."""
    text, section = style.font("text"), style.font("section")
    text.setPixelSize(_TEXT)
    section.setPixelSize(_SECTION)
    roles = LIGHT.roles()
    wraps = _longest(bars, QFontMetrics(text)) > width * _WORDS // 100
    return Look(lambda role: QColor(roles[role]), text, section, _TWO_LINES if wraps else _LINE, _BAR, wraps)


def draw(painter: QPainter, bars: Sequence[Bar], width: int, look: Look, *, marked: int = -1) -> None:
    """Draw the lines from the origin down; `marked` is the one under the mouse."""
    face = QFontMetrics(look.text)
    gap = style.metrics.gap
    most = max((bar.value for bar in bars), default=0) or 1
    words = min(_longest(bars, face), width * _WORDS // 100)
    number = max((face.horizontalAdvance(f"{bar.value:,}") for bar in bars), default=0)
    room = max(8, width - words - number - 4 * gap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(look.text)
    for line, bar in enumerate(bars):
        rect = QRect(gap, line * look.line, width - 2 * gap, look.line)
        if line == marked:
            painter.fillRect(rect.adjusted(-gap, 0, gap, 0), look.color("hover"))
        painter.setPen(look.color("text" if bar.value else "secondary"))
        room_for_words = 2 * words - face.height() if look.wraps else words  # a line may end before its last character
        shown = face.elidedText(_words(bar), Qt.TextElideMode.ElideRight, room_for_words)
        flags = _MIDDLE | Qt.TextFlag.TextWrapAnywhere if look.wraps else _MIDDLE
        painter.drawText(QRect(rect.left(), rect.top(), words, rect.height()), int(flags), shown)
        long = round(room * bar.value / most)
        left = rect.left() + words + gap
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.color(bar.role))
        if long:
            painter.drawRoundedRect(left, rect.center().y() - look.bar // 2 + 1, max(2, long), look.bar, 2, 2)
        painter.setPen(look.color("text" if bar.value else "secondary"))
        painter.drawText(QRect(left + long + gap, rect.top(), number + gap, rect.height()), _MIDDLE, f"{bar.value:,}")


_MIDDLE = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


def _longest(bars: Sequence[Bar], face: QFontMetrics) -> int:
    return max((face.horizontalAdvance(_words(bar)) for bar in bars), default=0) + 1


def _words(bar: Bar) -> str:
    return f"{bar.mark} {bar.label}" if bar.mark else bar.label
