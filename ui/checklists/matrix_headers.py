"""The words around the matrix: an item beside each row, a paper's number standing above each column."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QHeaderView, QTableView

from ui import style
from ui.checklists.item_model import state_words, verdict_words
from ui.checklists.matrix_model import MatrixModel, count_words
from ui.tables.states import marked
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.services.checklists import Line

COLUMN, PAPERS = 28, 112  # width of a column, height of the numbers above
_MUST, _CODE, _STATE, _COUNTS, _TEXT = 20, 64, 124, 136, 160
_WIDEST = 640


class ItemHeader(QHeaderView):
    """★ code, item, state, and how many papers and records there are."""

    def __init__(self, view: QTableView, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Vertical, view)
        self._matrix = model
        self.setSectionsClickable(True)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        style.sized(self, lambda header: header.setDefaultSectionSize(style.metrics.row))
        self.setAccessibleName("检查事项")

    def fit(self, room: int) -> None:
        """Leave at least half of the room to the papers."""
        self.setFixedWidth(min(style.metrics.scaled(_WIDEST), room * 11 // 20))

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw what stands beside one row."""
        line = self._matrix.line(section)
        here = self._view().currentIndex().row() == section
        painter.save()
        painter.fillRect(rect, style.color("hover" if here else "paper"))
        painter.setPen(style.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        parts = self._parts(rect)
        _draw(painter, parts["must"], "★" if line.must else "", "accent")
        _draw(painter, parts["code"], line.code, "secondary")
        _draw(painter, parts["text"], " ".join(line.text.split()), "text", style.font())
        _draw(painter, parts["state"], *_state(line))
        _draw(painter, parts["counts"], *count_words(line))
        painter.restore()

    def _parts(self, rect: QRect) -> dict[str, QRect]:
        """Where each piece goes; in a narrow window the state gives way to the item's words, then the code."""
        gap, scaled = style.metrics.gap, style.metrics.scaled
        widths = {"must": scaled(_MUST), "code": scaled(_CODE), "state": scaled(_STATE), "counts": scaled(_COUNTS)}
        room = rect.width() - 6 * gap
        for name in ("state", "code"):
            if room - sum(widths.values()) < scaled(_TEXT):
                widths[name] = 0
        widths["text"] = max(0, room - sum(widths.values()))
        found: dict[str, QRect] = {}
        left = rect.left() + gap
        for name in ("must", "code", "text", "state", "counts"):
            found[name] = QRect(left, rect.top(), widths[name], rect.height())
            left += widths[name] + (gap if widths[name] else 0)
        return found

    def _view(self) -> QTableView:
        view = self.parent()
        assert isinstance(view, QTableView)
        return view


class PaperHeader(QHeaderView):
    """Numbers read from below; of a formal number only what tells papers of one unit apart."""

    def __init__(self, view: QTableView, model: MatrixModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)
        self._matrix = model
        self.setSectionsClickable(True)
        style.sized(self, PaperHeader._fit)
        self.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setAccessibleName("底稿")

    def _fit(self) -> None:
        self.setMinimumSectionSize(style.metrics.scaled(COLUMN))
        self.setDefaultSectionSize(style.metrics.scaled(COLUMN))

    def sizeHint(self) -> QSize:
        """As high as a number is long."""
        return QSize(0, style.metrics.scaled(PAPERS) if self._matrix.matrix.papers else style.metrics.row)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one number, turned."""
        view = self.parent()
        assert isinstance(view, QTableView)
        here = view.currentIndex().column() == section and view.currentIndex().isValid()
        painter.save()
        painter.fillRect(rect, style.color("hover" if here else "panel"))
        painter.setPen(style.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        face = style.font("secondary")
        face.setBold(here)
        painter.setFont(face)
        painter.setPen(style.color("accent" if here else "secondary"))
        painter.translate(rect.bottomLeft())
        painter.rotate(-90)
        room = QRect(QPoint(style.metrics.gap, 0), QSize(rect.height() - 2 * style.metrics.gap, rect.width()))
        words = QFontMetrics(face).elidedText(
            short_number(self._matrix.paper(section).number), Qt.TextElideMode.ElideLeft, room.width()
        )
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
        painter.restore()


def short_number(number: str) -> str:
    """DG-004 of 〔2031〕09-01-09-XGZ-DG-004; a provisional number whole."""
    parts = number.split("-")
    return "-".join(parts[-2:]) if len(parts) > 3 else number


def _state(line: Line) -> tuple[str, str]:
    """What came of an item; that its paper is wanting stands in the next column."""
    if line.verdict:
        return verdict_words(line)
    return marked(RESULT_STATES[line.state]) if line.lacks_paper else state_words(line)


def _draw(painter: QPainter, rect: QRect, words: str, role: str, face: QFont | None = None) -> None:
    if not words or rect.width() <= 0:
        return
    face = face or style.font("secondary")
    painter.setFont(face)
    painter.setPen(style.color(role))
    shown = QFontMetrics(face).elidedText(words, Qt.TextElideMode.ElideRight, rect.width())
    painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
