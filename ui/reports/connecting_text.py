"""The connecting text under a heading: a quiet link (`begin`, placed by the heading) until there is one."""

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from ui import style
from ui.context import Context
from ui.forms.field_history import KEY
from ui.forms.rich_text import RichTextEditor
from ui.forms.text_history import TextHistory
from ui.reports.passage_cursor import choose_passage
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import fields
from xuncha_desktop.services import history, reports
from xuncha_desktop.services.history import Event
from xuncha_desktop.store.store import StoreBusy

_DRAFT_MS, _RETRY_MS = 1500, 300
_ENTITY, _FIELD = "report_text", "text"


class ConnectingText(QWidget):
    """Drafted while typed, saved when left, like every field of a form."""

    def __init__(self, context: Context, inspection: str, heading: str, title: str) -> None:
        super().__init__()
        self._context = context
        self._inspection = inspection
        self._heading = heading
        self._stored = ""
        self._offered = True
        self._dirty = False
        self.begin = QPushButton("写连接文字", self)
        self.begin.setProperty("kind", "link")
        style.set_icon(self.begin, "pencil", "accent")
        self.begin.setAccessibleName(f"写“{title}”的连接文字")
        self.editor = RichTextEditor(fields(_ENTITY)[_FIELD])
        self.editor.text.setAccessibleName(f"“{title}”的连接文字")
        self.editor.text.setPlaceholderText("写在标题和第一个问题之间的话")
        self._runner = context.quiet_runner(self)
        self.clock = QToolButton(self)
        self.clock.setProperty("kind", "clock")
        self.clock.setToolTip(f"这段文字的各个版本　{KEY}")
        self.clock.setAccessibleName(f"“{title}”的连接文字：修改经过")
        self.clock.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        style.set_icon(self.clock, "history", "secondary")
        keeping = self.clock.sizePolicy()
        keeping.setRetainSizeWhenHidden(True)
        self.clock.setSizePolicy(keeping)
        self.clock.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(style.metrics.grid)
        row.addWidget(self.editor, 1)
        row.addWidget(self.clock, 0, Qt.AlignmentFlag.AlignTop)
        self._draft_timer = QTimer(self, singleShot=True, interval=_DRAFT_MS)
        self._draft_timer.timeout.connect(self._write_draft)
        self._retry_timer = QTimer(self, singleShot=True, interval=_RETRY_MS)
        self._retry_timer.timeout.connect(self.leave)
        for timer in (self._draft_timer, self._retry_timer):
            context.ending.connect(timer.stop)
        shortcut = QShortcut(QKeySequence(KEY), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(self._show_history)
        self.clock.clicked.connect(self._show_history)
        self.begin.clicked.connect(self._begin)
        self.editor.edited.connect(self._on_edit)
        self.editor.text.left.connect(self._on_left)
        self._restore()

    def show_text(self, text: str, *, offered: bool) -> None:
        """Show what is stored, unless something newer is being typed; `offered`: one may be begun."""
        self._stored = text
        self._offered = offered
        if not self._dirty and not self.editor.composing:
            self.editor.set_value(text)
        self._fold()

    def leave(self) -> None:
        """Save what was typed; what cannot be saved stays a draft and is tried again."""
        if not self._dirty or self.editor.composing:
            return
        try:
            reports.write_text(self._context.store, self._inspection, self._heading, self.editor.value())
        except StoreBusy:
            self._write_draft()
            self._context.locked_out.emit(True)
            self._retry_timer.start()
            return
        except UserError as error:
            self._write_draft()
            self._context.told.emit(str(error))
            return
        self._dirty = False
        self._stored = self.editor.value()
        self._draft_timer.stop()
        self._context.write_draft(self._context.drafts.drop, _ENTITY, self._draft_key(), [_FIELD])
        self._context.locked_out.emit(False)
        self._fold()

    def focus_passage(self, start: int, length: int) -> None:
        """Put the cursor to a place of the text."""
        self._begin()
        choose_passage(self.editor.focus_widget(), start, length)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Offer the versions while the pointer is on the text."""
        super().enterEvent(event)
        self.clock.show()

    def leaveEvent(self, event: QEvent) -> None:
        """Quiet again."""
        super().leaveEvent(event)
        self.clock.hide()

    def _show_history(self) -> None:
        record = reports.text_record(self._context.store, self._inspection, self._heading)
        if record:
            events = history.of_field(self._context.store, _ENTITY, record, _FIELD)
            popup = TextHistory(self, self._runner, fields("report")["texts"].label, events, may_take=True)
            popup.taken.connect(self._take_back)
            popup.open_below(self.editor)

    def _take_back(self, version: Event) -> None:
        """An earlier version is the newest again; what was typed since is saved first."""
        self.leave()
        if not self._dirty:
            self.editor.restore(version.value)
            self._dirty = True
            self.leave()

    def _on_edit(self) -> None:
        self._dirty = True
        if not self._draft_timer.isActive():
            self._draft_timer.start()

    def _on_left(self) -> None:
        self.leave()
        self._fold()

    def _begin(self) -> None:
        self.begin.hide()
        self.show()
        self.editor.focus_widget().setFocus()

    def _fold(self) -> None:
        """An empty editor under every heading would push the papers out of sight."""
        written = bool(self.editor.value()) or self.editor.text.hasFocus()
        self.setVisible(written)
        self.begin.setVisible(not written and self._offered)

    def _write_draft(self) -> None:
        if self.editor.composing:
            self._draft_timer.start()
            return
        given = (_ENTITY, self._draft_key(), _FIELD, self.editor.value(), {})
        self._context.write_draft(self._context.drafts.put, *given)

    def _restore(self) -> None:
        """Typing that a crash left behind comes back and is saved when the field is left."""
        for draft in self._context.drafts.of(_ENTITY, self._draft_key()):
            self.editor.restore(draft.value)
            self._dirty = True

    def _draft_key(self) -> str:
        """A text that was never saved has no id yet; inspection and heading name it."""
        return f"{self._inspection} {self._heading}"
