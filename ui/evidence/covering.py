"""遮盖、标红框: boxes drawn on the pages of a file before a copy with them is made; the line that says so, the job."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QApplication,
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.context import Context
from ui.evidence import regions
from ui.evidence.preview import Preview
from xuncha_desktop.decoding.decoder import Box
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence_copies
from xuncha_desktop.services.evidence import Stored
from xuncha_desktop.services.evidence_copies import Marks

_COVER_WORDS = "拖动鼠标（或按回车用键盘）画出要涂黑的地方；原件不动，另存的副本里涂黑处的内容不再存在。"
_FRAME_WORDS = "拖动鼠标（或按回车用键盘）圈出要指明的地方；原件不动，红框画在另存的副本上。"


class _Mark(NamedTuple):
    framed: bool  # else covered
    page: int
    box: Box  # of the page as it is stored, before turning


class Covering(QWidget):
    """On while boxes are drawn; they stay for the file, unsaved, until the case is left or the copy was made."""

    saved = Signal(str)  # id of the copy
    begun, left = Signal(), Signal()

    def __init__(self, context: Context, preview: Preview) -> None:
        super().__init__()
        self._context = context
        self._preview = preview
        self._marks: dict[str, list[_Mark]] = {}  # by evidence
        self._evidence = ""
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.cover, self.frame = self._choice("遮盖"), self._choice("标红框")
        self.cover.setChecked(True)
        group = QButtonGroup(self)
        for button in (self.cover, self.frame):
            group.addButton(button)
            button.toggled.connect(lambda _: self._show())
        self.back = QPushButton("撤销一处")
        self.back.setToolTip("撤销一处　Ctrl+Z")
        self.back.clicked.connect(self.undo)
        self.save = QPushButton("另存")
        self.save.setProperty("kind", "primary")
        self.save.clicked.connect(self._save)
        self.end = QPushButton("退出")
        self.end.setToolTip("退出　Esc")
        self.end.clicked.connect(self.leave)
        gap = style.metrics.gap
        line = QHBoxLayout()
        line.setSpacing(gap)
        for button in (self.cover, self.frame):
            line.addWidget(button)
        line.addStretch(1)
        for button in (self.back, self.end, self.save):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap * 2, gap // 2, gap, gap // 2)
        column.setSpacing(gap // 2)
        column.addLayout(line)
        column.addWidget(self.words)
        preview.page_shown.connect(lambda *_: self._show())
        self.hide()

    @property
    def on(self) -> bool:
        """Whether boxes are being drawn."""
        return bool(self._evidence)

    def begin(self, evidence: str) -> None:
        """Draw boxes from now on; those drawn on this file before are there again."""
        self._evidence = evidence
        self._preview.frame(None)
        self.show()
        self._show()
        self._preview.canvas.setFocus()
        self.begun.emit()

    def leave(self) -> None:
        """No more boxes; those drawn are kept for coming back."""
        if not self._evidence:
            return
        self._evidence = ""
        self._preview.canvas.covers = self._preview.canvas.frames = ()
        self._preview.canvas.viewport().update()
        if self.isAncestorOf(QApplication.focusWidget() or self):
            self._preview.canvas.setFocus()  # else Qt goes on to a button that hands out a plain copy
        self.hide()
        self.left.emit()

    def add(self, box: Box | None) -> None:
        """A box on the page now seen."""
        if box is not None:
            plain = regions.turned(box, -self._preview.turned)
            self._drawn().append(_Mark(self.frame.isChecked(), self._preview.page, plain))
            self._show()

    def undo(self) -> None:
        """Take the last box back and show where it was."""
        if drawn := self._drawn():
            page = drawn.pop().page
            if page != self._preview.page:
                self._preview.show_page(page)
            self._show()

    def marks(self) -> Marks:
        """The boxes by page, as the pages are seen."""
        covers: dict[int, list[Box]] = {}
        frames: dict[int, list[Box]] = {}
        for framed, page, box in self._drawn():
            (frames if framed else covers).setdefault(page, []).append(regions.turned(box, self._preview.turned))
        return Marks(covers, frames)

    def _drawn(self) -> list[_Mark]:
        return self._marks.setdefault(self._evidence, [])

    def _show(self) -> None:
        if not self.on:
            return
        marks = self.marks()
        framed = sum(mark.framed for mark in self._drawn())
        covered = len(self._drawn()) - framed
        self._preview.canvas.covers = marks.covers.get(self._preview.page, ())
        self._preview.canvas.frames = marks.frames.get(self._preview.page, ())
        self._preview.canvas.viewport().update()
        words = _FRAME_WORDS if self.frame.isChecked() else _COVER_WORDS
        counts = [f"{what} {count} 处" for what, count in (("涂黑", covered), ("标红框", framed)) if count]
        self.words.setText(f"{words}已{'、'.join(counts)}。" if counts else words)
        self.save.setText(marks.made if counts else "另存")
        self.back.setEnabled(bool(counts))
        self.save.setEnabled(bool(counts))

    def _save(self) -> None:
        evidence, marks, store = self._evidence, self.marks(), self._context.store

        def job(progress: Progress) -> Stored:
            return evidence_copies.draw(store, evidence, marks, progress)

        self.leave()
        self._context.jobs.start(marks.made, job, partial(self._made, evidence, marks))

    def _made(self, evidence: str, marks: Marks, stored: Stored) -> None:
        try:
            made = evidence_copies.add_copy(self._context.store, evidence, stored, marks)
        except UserError as error:
            self._context.told.emit(str(error))
            return
        self._marks.pop(evidence, None)
        self.saved.emit(made)
        check = "；请逐页核对遮盖是否完全" if marks.covers else ""
        self._context.undo_offered.emit(f"已{marks.made}，原件仍在{check}")

    def _choice(self, words: str) -> QToolButton:
        button = QToolButton(self)
        button.setText(words)
        button.setCheckable(True)
        button.setProperty("kind", "chip")
        return button
