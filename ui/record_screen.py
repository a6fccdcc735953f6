"""A list of records with the page of one record beside it: beginning, opening, copying, deleting with undo."""

from collections.abc import Mapping, Sequence
from typing import ClassVar, Generic, TypeVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.exporting import Exporter
from ui.forms.unsaved import Unsaved
from ui.imports.opening import make_paste_key
from ui.master_detail import MasterDetail
from ui.record_page import RecordPage
from ui.screen import Screen
from ui.tables.list_panel import ListPanel
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.store.journal import Changes

Page = TypeVar("Page", bound=RecordPage)


class RecordScreen(Screen, Generic[Page]):
    """What 底稿 and the registers have in common. A subclass makes the list and the page, and says what is its own."""

    ENTITY: ClassVar[str]
    NEW: ClassVar[str]  # words of the button for a new record
    FIRST: ClassVar[str]  # the field a new record begins with
    NOUN: ClassVar[str]  # what one record is called in a sentence
    MEASURE: ClassVar[str] = "条"  # the word one counts the records by

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.panel = self.make_panel()
        self.editor = self.make_page()
        self.exporter = Exporter(context, self)
        self.exporter.finding_asked.connect(self._mend)
        self.nothing = self._nothing()
        self.side = QStackedWidget()
        self.side.addWidget(self.nothing)
        self.side.addWidget(self.editor)
        self.unsaved = Unsaved(context, self.ENTITY, f"发现一{self.MEASURE}没有存下的新{self.NOUN}。")
        self.split = MasterDetail(context, self.NAME, self.panel, self.side)
        self.setFocusProxy(self.panel)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.unsaved)
        layout.addWidget(self.split, 1)
        for tool in (*self.tools(), self._new_button()):
            self.panel.add_tool(tool)
        self._showing = QTimer(self, singleShot=True, interval=0)
        self._showing.timeout.connect(lambda: self._show_current(self.panel.current()))
        # In an event of its own: list and form together would hold the window up too long.
        self.panel.current_changed.connect(lambda _: self._showing.start())
        self.panel.opened.connect(self._open)
        self.panel.first_step_asked.connect(self.first_step)
        self.unsaved.taken.connect(self._resume)
        self.editor.duplicate_asked.connect(self._duplicate)
        self.editor.delete_asked.connect(lambda: self.delete([self.editor.form.record]))
        self.editor.form.gone.connect(self._show_nothing)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.panel.stack)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(lambda: self.delete(self.panel.selected()))
        make_paste_key(self.panel, context, self.ENTITY)

    def make_panel(self) -> ListPanel:
        """The list."""
        raise NotImplementedError

    def make_page(self) -> Page:
        """The page of one record."""
        raise NotImplementedError

    def tools(self) -> Sequence[QWidget]:
        """Buttons over the list, before the one for a new record."""
        return ()

    def copy(self, record: str) -> str:
        """A new record that begins like this one; its id. Raises UserError."""
        raise NotImplementedError

    def remove(self, chosen: Sequence[str]) -> None:
        """Take records out of every list. Raises UserError where something holds one."""
        raise NotImplementedError

    def refresh(self, news: Changes | None) -> None:
        """Read the list again; the form follows by itself."""
        form = self.editor.form
        if news is None and form.record and form.values().get("inspection") != self.context.inspection:
            self._show_nothing()
        self.panel.refresh(news)
        if not self.panel.current() and self.panel.model.row_of(form.record) >= 0:
            self.panel.select(form.record)
        if news is None:
            self.unsaved.look(form.record)
            self._choose_first()

    def new_record(self) -> None:
        """Ctrl+N: an empty record, the cursor where it begins."""
        self.begin({})

    def first_step(self) -> None:
        """What the button of the empty list does."""
        self.new_record()

    def begin(self, values: Mapping[str, object]) -> None:
        """A new record with some fields filled."""
        if not self.context.inspection:
            self.context.told.emit("还没有巡察任务；请先到“任务”新增一项（Alt+2）。")
            return
        self._bring_forward()
        self.editor.begin(values)
        self.editor.form.focus(self.FIRST)
        self.panel.select_none()

    def open_record(self, entity: str, record: str) -> bool:
        """Show a record in its own inspection, and the field named after the dot; an empty id begins a new one."""
        name, _, field = entity.partition(".")
        if name != self.ENTITY:
            return False
        if not record:
            self.new_record()
            return True
        self._come_to(record)
        self._open(record, field)
        return True

    def open_place(self, place: Place) -> bool:
        """Show a record with a passage of it chosen."""
        if not place.passage or place.record_kind != self.ENTITY:
            return super().open_place(place)
        self._come_to(place.record)
        self._show_current(place.record)
        self._bring_forward()
        QTimer.singleShot(0, self.editor, lambda: self._show_passage(place))
        return True

    def _come_to(self, record: str) -> None:
        values = records.load(self.context.store, self.ENTITY, record).values
        if values["inspection"]:
            self.context.choose_inspection(values["inspection"])
        self.panel.select(record)

    def _show_passage(self, place: Place) -> None:
        shown = self.editor.form.record == place.record and self.editor.form.show_passage(place)
        if not shown and place.start is not None:  # cited, not only found by a search
            self.context.told.emit("这句话已不在原文里，请核对。")

    def leave(self) -> None:
        """Save what is being typed."""
        self.editor.form.leave()

    def delete(self, chosen: Sequence[str]) -> None:
        """Take records out of every list, with undo; a refusal is told."""
        chosen = [record for record in chosen if record]
        if not chosen:
            return
        self.leave()
        line = self.panel.model.row_of(chosen[0])
        try:
            self.remove(chosen)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.panel.select_near(line)
        self.context.undo_offered.emit(f"已删除 {len(chosen)} {self.MEASURE}{self.NOUN}")

    def _mend(self, entity: str, record: str, field: str) -> None:
        if entity == self.ENTITY and record == self.editor.form.record and field in self.editor.form.boxes:
            self.editor.form.focus(field)

    def _choose_first(self) -> None:
        if not self.panel.current() and not self.editor.form.is_new:
            self.panel.select_near(0)

    def _bring_forward(self) -> None:
        self.side.setCurrentWidget(self.editor)
        self.split.show_detail()

    def _show_nothing(self) -> None:
        self.side.setCurrentWidget(self.nothing)
        self.editor.form.clear()
        self.split.show_list()

    def _show_current(self, record: str) -> None:
        if not record:
            return
        self.side.setCurrentWidget(self.editor)
        if record != self.editor.form.record:
            self.exporter.panel.clear()  # what is said there was about the record before
            self.editor.form.load(record)

    def _open(self, record: str, field: str = "") -> None:
        self._show_current(record)
        self._bring_forward()
        QTimer.singleShot(0, self.editor, lambda: self.editor.form.focus(field or self.FIRST))

    def _resume(self, record: str, values: Mapping[str, object]) -> None:
        self._bring_forward()
        self.editor.begin(values, record)
        self.editor.form.focus(self.FIRST)
        self.editor.form.restore_new()

    def _duplicate(self) -> None:
        self.leave()
        try:
            record = self.copy(self.editor.form.record)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.panel.select(record)
        self._open(record)
        self.context.undo_offered.emit(f"已复制为新{self.NOUN}")

    def _new_button(self) -> QPushButton:
        button = QPushButton(self.NEW)
        button.setProperty("kind", "primary")
        button.setToolTip(f"{self.NEW}　Ctrl+N")
        style.set_icon(button, "plus", "on_accent")
        button.clicked.connect(self.new_record)
        return button

    def _nothing(self) -> QWidget:
        page = QWidget()
        words = QLabel(f"在左边选一{self.MEASURE}{self.NOUN}，或按 Ctrl+N 新增。")
        words.setProperty("role", "secondary")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(page).addWidget(words)
        return page
