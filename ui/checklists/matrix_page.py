"""The matrix as a page of the checklist screen: what is covered, what is bare, and where the keyboard is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.checklists.matrix_model import paper_words
from ui.checklists.matrix_view import MatrixView
from ui.checklists.view_switch import ViewSwitch
from ui.context import Context
from ui.elided_label import ElidedLabel
from xuncha_desktop.services import coverage
from xuncha_desktop.services.checklists import Wanted
from xuncha_desktop.services.coverage import Matrix

_KEYS = "方向键移动，Ctrl+←→ 到同一事项的下一份底稿，回车打开底稿"
_ROOM = 1000  # narrower than this, the keys are left out


class MatrixPage(QWidget):
    """Reads the matrix anew when asked; shows must-check or bare items only when wanted."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.heading = _plain("title")
        self.switch = ViewSwitch("matrix")
        self.told = ElidedLabel("secondary")
        self.must = _chip("★ 必查", "只看必查事项")
        self.bare = _chip("没有底稿的", "只看没有底稿的事项")
        self.view = MatrixView()
        self.foot = ElidedLabel("secondary")
        self.keys = ElidedLabel("hint")
        self._build()
        self.setFocusProxy(self.view)
        self.must.toggled.connect(lambda _: self.refresh())
        self.bare.toggled.connect(lambda _: self.refresh())
        self.view.moved.connect(self._say_place)

    def refresh(self) -> None:
        """Read the matrix again."""
        matrix = coverage.matrix(self._context.store, self._context.inspection, Wanted(must=self.must.isChecked()))
        self.heading.setText(f"清单　{len(matrix.lines):,}")
        self.told.setText(_summary(matrix))
        self.view.show_matrix(_without_papers(matrix) if self.bare.isChecked() else matrix)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the keys out where the words of a paper need the room."""
        super().resizeEvent(event)
        self.keys.setVisible(self.width() >= style.metrics.scaled(_ROOM))

    def _say_place(self) -> None:
        index = self.view.currentIndex()
        if not index.isValid():
            self.foot.setText("")
            return
        line, paper = self.view.cells.line(index.row()), self.view.cells.paper(index.column())
        about = "对应" if self.view.cells.marked(index) else "不对应"
        self.foot.setText(f"{line.code} {line.area}　{about}　{paper_words(paper)}")

    def _build(self) -> None:
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setContentsMargins(gap * 2, gap, gap * 2, gap)
        head.setSpacing(gap)
        head.addWidget(self.heading)
        head.addWidget(self.switch)
        head.addSpacing(gap)
        head.addWidget(self.must)
        head.addWidget(self.bare)
        head.addWidget(self.told, 1)
        foot = QHBoxLayout()
        foot.setContentsMargins(gap * 2, gap // 2, gap * 2, gap // 2)
        self.keys.setText(_KEYS)
        foot.addWidget(self.foot, 1)
        foot.addWidget(self.keys)
        self.told.setAlignment(Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.view, 1)
        column.addLayout(foot)


def _summary(matrix: Matrix) -> str:
    said = [f"{len(matrix.lines)} 项 × {len(matrix.papers)} 份底稿"]
    if matrix.bare:
        said.append(f"{matrix.bare} 项没有底稿和记录")
    if matrix.loose:
        said.append(f"{matrix.loose} 份底稿没有对应事项")
    return "，".join(said)


def _without_papers(matrix: Matrix) -> Matrix:
    return Matrix(tuple(line for line in matrix.lines if not line.papers), (), frozenset(), matrix.loose)


def _chip(words: str, meaning: str) -> QToolButton:
    chip = QToolButton()
    chip.setText(words)
    chip.setAccessibleName(meaning)
    chip.setProperty("kind", "chip")
    chip.setCheckable(True)
    chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return chip


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label
