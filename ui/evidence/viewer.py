"""A piece of evidence seen, turned, cited, covered and framed: the preview with what is done from it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from ui.citing import choose_target
from ui.context import Context
from ui.evidence.covering import Covering
from ui.evidence.preview import Preview
from ui.forms.opening_keys import OpeningKeys
from xuncha_desktop.decoding.decoder import Box
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import evidence_copies
from xuncha_desktop.services.citing import Place


class Viewer(QWidget):
    """Shows one piece of evidence; `copied` tells of a marked copy that was made of it."""

    copied = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._evidence = ""
        self.preview = Preview(context.store)
        self.covering = Covering(context, self.preview)
        self.cite_button = QToolButton()
        self.cite_button.setProperty("kind", "quiet")
        OpeningKeys(self.cite_button, self.cite)
        self.cover_button = QToolButton()
        self.cover_button.setText("遮盖、标框…")
        self.cover_button.setToolTip("另存一份涂黑了几处或标了红框的副本，原件不动")
        self.cover_button.setProperty("kind", "quiet")
        self.cover_button.clicked.connect(lambda: self.covering.begin(self._evidence))
        self.preview.bar.add(self.cite_button)
        self.preview.bar.add(self.cover_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.covering)
        layout.addWidget(self.preview)
        self.preview.canvas.drawn.connect(self._take_box)
        self.preview.place_changed.connect(self._say_place)
        self.preview.turn_asked.connect(self.turn)
        self.covering.begun.connect(self._say_place)
        self.covering.saved.connect(self.copied)
        self.covering.left.connect(self._say_place)

    def show_evidence(self, evidence: str, page: int = 1) -> None:
        """Show a piece of evidence from a page on; an empty id shows nothing."""
        self.covering.leave()
        self._evidence = evidence
        if not evidence:
            self.preview.show_file("", "")
            return
        sheet = evidence_copies.sheet(self._context.store, evidence)
        self.preview.show_file(sheet.file_name, sheet.file_hash, page, sheet.turned)

    def refresh(self) -> None:
        """Follow a turn that was taken back, or made in another window."""
        if not self._evidence:
            return
        try:
            sheet = evidence_copies.sheet(self._context.store, self._evidence)
        except UserError:
            return  # deleted: the screen shows another one in a moment
        if sheet.turned != self.preview.turned:
            self.covering.leave()
            self.preview.set_turned(sheet.turned)

    def turn(self) -> None:
        """Ctrl+R: a quarter clockwise, kept."""
        if not self._evidence or not self.preview.has_pages or self.covering.on:
            return
        try:
            evidence_copies.turn(self._context.store, self._evidence)
        except UserError as error:
            self._context.told.emit(str(error))
            return
        self.refresh()

    def cite(self, typed: str = "") -> None:
        """Ctrl+Shift+C: cite what is meant, the selected words, the framed region, or the page."""
        if not self._evidence or not self.preview.has_content or self.covering.on:
            return
        pages, region, passage = self.preview.place()
        place = Place(self._evidence, pages, region, passage=passage)
        choose_target(self._context, self.cite_button, place, typed)

    def make_keys(self, screen: QWidget) -> None:
        """Keys that work all over the screen, the list included."""
        actions = {
            "Ctrl+R": self.turn,
            "Ctrl+Shift+C": self.cite,
            "Ctrl++": lambda: self.preview.zoom(1),
            "Ctrl+=": lambda: self.preview.zoom(1),
            "Ctrl+-": lambda: self.preview.zoom(-1),
            "Ctrl+0": lambda: self.preview.zoom(0),
            "Ctrl+PgUp": lambda: self.preview.turn_over(-1),
            "Ctrl+PgDown": lambda: self.preview.turn_over(1),
        }
        for keys, action in actions.items():
            shortcut = QShortcut(QKeySequence(keys), screen)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(action)

    def event(self, event: QEvent) -> bool:
        """While boxes are drawn, Ctrl+Z takes back a box and not the last action of the case."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_undo(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Z while boxes are drawn; Esc leaves them, or takes the frame away."""
        if self._is_undo(event):
            self.covering.undo()
        elif event.key() == Qt.Key.Key_Escape and self.covering.on:
            self.covering.leave()
        elif event.key() == Qt.Key.Key_Escape and self.preview.canvas.frame is not None:
            self.preview.frame(None)
        else:
            super().keyPressEvent(event)

    def _is_undo(self, event: QKeyEvent) -> bool:
        return self.covering.on and event.matches(QKeySequence.StandardKey.Undo)

    def _take_box(self, box: Box | None) -> None:
        if self.covering.on:
            self.covering.add(box)
        else:
            self.preview.frame(box)

    def _say_place(self) -> None:
        pages, region, passage = self.preview.place()
        what = "所选文字" if passage else "画框处" if region else "本页" if pages else "此件"
        self.cite_button.setText(f"引用{what}…")
        self.cite_button.setToolTip(f"把{what}引用到底稿，或由它新建底稿、立行立改　Ctrl+Shift+C")
        idle = not self.covering.on
        self.cite_button.setVisible(self.preview.has_content and idle)
        self.cover_button.setVisible(self.preview.has_pages and idle)
        self.preview.bar.turn.setVisible(self.preview.has_pages and idle)
