"""Rows of the list of evidence: the two lines every list has, and a small picture before them."""

from collections.abc import Mapping

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from ui import style
from ui.context import Context
from ui.evidence.thumbnails import Thumbnails
from ui.tables.list_model import GROUP_ROLE
from ui.tables.reading_list import ReadingList
from ui.tables.record_model import CELLS_ROLE
from ui.tables.two_lines import Describe, TwoLineDelegate
from xuncha_desktop.services.evidence import PICTURES

_SHOWN = PICTURES | {"application/pdf"}
_PAD, _BAR = 4, 3
NEEDS = ("file_name", "file_hash", "file_type", "turned")  # cells a row is painted from


class ThumbnailRows(TwoLineDelegate):
    """Paints evidence; where there is no picture, or none yet, stands the sign of a file."""

    def __init__(self, context: Context, view: ReadingList, describe: Describe) -> None:
        super().__init__(describe)
        # Large enough for the largest type: a picture made smaller stays sharp.
        side = _side() * style.TEXT_SIZES[-1] / style.metrics.text
        self.thumbnails = Thumbnails(context, round(side * view.devicePixelRatioF()), view)
        self.thumbnails.ready.connect(view.viewport().update)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one row: its text moved aside, its picture, and the ground of both."""
        model = index.model()
        if model.data(index, GROUP_ROLE) is not None:
            super().paint(painter, option, index)
            return
        whole: QRect = option.rect
        side = _side()
        aside = QStyleOptionViewItem(option)
        aside.rect = whole.adjusted(side + _PAD, 0, 0, 0)
        super().paint(painter, aside, index)
        painter.save()
        left = QRect(whole.left(), whole.top(), side + _PAD + _BAR, whole.height())
        self._paint_ground(painter, option, left)
        place = QRect(whole.left() + _BAR + _PAD, whole.top() + _PAD, side, side)
        self._paint_picture(painter, place, model.data(index, CELLS_ROLE) or {})
        painter.restore()

    def _paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect) -> None:
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        under = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.fillRect(rect, style.color("selection" if selected else "panel" if under else "paper"))
        if selected:
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), style.color("accent"))
        painter.setPen(style.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_picture(self, painter: QPainter, place: QRect, cells: Mapping[str, str]) -> None:
        picture = None
        if cells.get("file_hash") and cells.get("file_type") in _SHOWN:
            turned = int(text) if (text := cells.get("turned", "")) in ("90", "180", "270") else 0
            picture = self.thumbnails.get(cells.get("file_name", ""), cells["file_hash"], turned)
        if picture is None:
            sign = style.metrics.large_icon
            box = QRect(0, 0, sign, sign)
            box.moveCenter(place.center())
            style.icon("file" if cells.get("file_hash") else "paper", "secondary").paint(painter, box)
            return
        size = picture.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect(QPoint(0, 0), size)
        box.moveCenter(place.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, picture)
        painter.setPen(style.color("line"))
        painter.drawRect(box.adjusted(0, 0, -1, -1))


def _side() -> int:
    """Of a picture in its row."""
    return style.metrics.two_line_row - 2 * _PAD
