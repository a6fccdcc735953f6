"""Numbers on their way into Word and Excel: a picture for the page, and a table of the same."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QMimeData, QRect, Qt
from PySide6.QtGui import QFontMetrics, QGuiApplication, QImage, QPainter

from ui.charts import bar_lines
from ui.charts.bar_lines import Bar

_WIDTH = 560  # of the picture at 96 dots an inch: as wide as the text of an A4 page
_MARGIN = 8
_DPI, _SCREEN_DPI, _INCHES_A_METRE = 300, 96, 39.3701

Rows = Sequence[Sequence[str]]  # the first one is the heading


def picture(title: str, bars: Sequence[Bar]) -> QImage:
    """The chart under its title at 300 dots an inch, dark on white whatever the theme is."""
    inner = _WIDTH - 2 * _MARGIN
    look = bar_lines.on_paper(bars, inner)
    face = QFontMetrics(look.section)
    bound = face.boundingRect(QRect(0, 0, inner, 10_000), int(Qt.TextFlag.TextWordWrap), title)
    head = bound.height() + _MARGIN
    height = head + len(bars) * look.line + 2 * _MARGIN
    scale = _DPI / _SCREEN_DPI
    made = QImage(round(_WIDTH * scale), round(height * scale), QImage.Format.Format_RGB32)
    for set_dots in (made.setDotsPerMeterX, made.setDotsPerMeterY):
        set_dots(round(_DPI * _INCHES_A_METRE))
    made.fill(look.color("paper"))
    with QPainter(made) as painter:
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.scale(scale, scale)
        painter.translate(_MARGIN, _MARGIN)
        painter.setFont(look.section)
        painter.setPen(look.color("text"))
        painter.drawText(QRect(0, 0, inner, bound.height()), int(Qt.TextFlag.TextWordWrap), title)
        painter.translate(0, head)
        bar_lines.draw(painter, bars, inner, look)
    return made


def copy_picture(image: QImage) -> None:
    """Put a picture on the clipboard."""
    QGuiApplication.clipboard().setImage(image)


def copy_table(rows: Rows, image: QImage | None = None) -> None:
    """Put cells on the clipboard as Word and Excel take them, and the picture of them if there is one."""
    data = QMimeData()
    data.setHtml(_html(rows))
    data.setText("\n".join("\t".join(map(_cell, row)) for row in rows))
    if image is not None:
        data.setImageData(image)
    QGuiApplication.clipboard().setMimeData(data)


def _html(rows: Rows) -> str:
    """A table with lines around its cells: Word has no others to go by."""
    head, *body = rows
    lines = ["".join(f"<th>{escape(cell)}</th>" for cell in head)]
    lines += ["".join(f"<td>{escape(cell)}</td>" for cell in row) for row in body]
    table = "".join(f"<tr>{line}</tr>" for line in lines)
    return f'<table border="1" cellspacing="0" cellpadding="4" style="border-collapse:collapse">{table}</table>'


def _cell(text: str) -> str:
    """One cell, and none that Excel takes for a formula."""
    plain = " ".join(text.split())
    return f"'{plain}" if plain[:1] in ("=", "+", "-", "@") else plain
