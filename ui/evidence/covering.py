"""遮盖: boxes drawn on the pages of a file before a covered copy is made; the line that says so, and the job."""

from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from ui import style
from ui.context import Context
from ui.evidence import regions
from ui.evidence.preview import Preview
from xuncha_desktop.decoding.decoder import Box
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence_copies
from xuncha_desktop.services.evidence import Stored


class _Cover(NamedTuple):
    page: int
    box: Box  # of the page as it is stored, before turning


class Covering(QWidget):
    """On while boxes are drawn; they stay for the file, unsaved, until the case is left or the copy was made."""

    saved = Signal(str)  # id of the covered copy
    begun, left = Signal(), Signal()

    def __init__(self, context: Context, preview: Preview) -> None:
        super().__init__()
        self._context = context
        self._preview = preview
        self._covers: dict[str, list[_Cover]] = {}  # by evidence
        self._evidence = ""
        self.words = QLabel()
        self.words.setWordWrap(True)
        self.back = QPushButton("撤销一处")
        self.back.setToolTip("撤销一处　Ctrl+Z")
        self.back.clicked.connect(self.undo)
        self.save = QPushButton("存为遮盖件")
        self.save.setProperty("kind", "primary")
        self.save.clicked.connect(self._save)
        self.end = QPushButton("退出遮盖")
        self.end.setToolTip("退出遮盖　Esc")
        self.end.clicked.connect(self.leave)
        gap = style.metrics.gap
        line = QHBoxLayout(self)
        line.setContentsMargins(gap * 2, gap // 2, gap, gap // 2)
        line.addWidget(self.words, 1)
        for button in (self.back, self.end, self.save):
            line.addWidget(button)
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
        self._preview.canvas.covers = ()
        self._preview.canvas.viewport().update()
        self.hide()
        self.left.emit()

    def add(self, box: Box | None) -> None:
        """A box on the page now seen."""
        if box is not None:
            plain = regions.turned(box, -self._preview.turned)
            self._drawn().append(_Cover(self._preview.page, plain))
            self._show()

    def undo(self) -> None:
        """Take the last box back and show where it was."""
        if drawn := self._drawn():
            page = drawn.pop().page
            if page != self._preview.page:
                self._preview.show_page(page)
            self._show()

    def boxes(self) -> dict[int, list[Box]]:
        """The boxes by page, as the pages are seen."""
        found: dict[int, list[Box]] = {}
        for page, box in self._drawn():
            found.setdefault(page, []).append(regions.turned(box, self._preview.turned))
        return found

    def _drawn(self) -> list[_Cover]:
        return self._covers.setdefault(self._evidence, [])

    def _show(self) -> None:
        if not self.on:
            return
        boxes = self.boxes()
        count = len(self._drawn())
        self._preview.canvas.covers = boxes.get(self._preview.page, ())
        self._preview.canvas.viewport().update()
        words = "拖动鼠标画出要涂黑的地方；原件不动，另存的遮盖件里涂黑处的内容不再存在。"
        self.words.setText(f"{words}已画 {count} 处。" if count else words)
        self.back.setEnabled(count > 0)
        self.save.setEnabled(count > 0)

    def _save(self) -> None:
        evidence, boxes, store = self._evidence, self.boxes(), self._context.store

        def job(progress: Progress) -> Stored:
            return evidence_copies.cover(store, evidence, boxes, progress)

        self.leave()
        self._context.jobs.start("存为遮盖件", job, partial(self._made, evidence, boxes))

    def _made(self, evidence: str, boxes: evidence_copies.Boxes, stored: Stored) -> None:
        try:
            made = evidence_copies.add_covered(self._context.store, evidence, stored, boxes)
        except UserError as error:
            self._context.told.emit(str(error))
            return
        self._covers.pop(evidence, None)
        self.saved.emit(made)
        self._context.undo_offered.emit("已存为遮盖件，原件仍在；请逐页核对遮盖是否完全")
