"""A tab with a list of records and the form of one beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.imports.opening import make_paste_key
from ui.master_detail import MasterDetail
from ui.tables.list_panel import ListPanel
from ui.tables.list_setup import Action, ListSetup
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import entities
from xuncha_desktop.services import records, removal
from xuncha_desktop.store.journal import Changes


class RecordTab(QWidget):
    """What 任务, 单位, 成员 and 轮次 have in common; a subclass says which form and what a new record begins with."""

    TITLE: str
    ENTITY: str
    NEW = ""  # words of the button for a new record; none where records are not made here
    FIRST = ""  # field that a new record begins with

    def __init__(self, context: Context, setup: ListSetup, form: RecordForm) -> None:
        super().__init__()
        self.context = context
        self.form = form
        self._reading = False
        actions = [Action("删除", "trash", self.delete)] if self.NEW else []
        self.panel = ListPanel(context, setup, actions)
        self.name = _plain("section")
        self.notice = _plain("error")
        self.notice.hide()
        self.tools = QHBoxLayout()
        self.tools.setSpacing(style.metrics.gap)
        self.remove = QPushButton("删除")
        style.set_icon(self.remove, "trash")
        self.remove.clicked.connect(lambda: self.delete([self.shown]))
        self.side = QStackedWidget()
        self.split = MasterDetail(context, f"tasks-{self.ENTITY}", self.panel, self.side)
        self._build()
        self.panel.current_changed.connect(self.show_record)
        self.panel.opened.connect(self.open)
        self.panel.first_step_asked.connect(self.new_record)
        self.form.loaded.connect(lambda _: self._on_loaded())
        self.form.saved.connect(self._on_saved)

    @property
    def shown(self) -> str:
        """Id of the record whose form is shown; empty where there is none yet."""
        return "" if self.form.is_new else self.form.record

    def forms(self) -> Sequence[RecordForm]:
        """All forms of the tab."""
        return (self.form,)

    @property
    def making(self) -> bool:
        """Whether a new record is being written that does not exist yet."""
        return self.form.is_new

    def refresh(self, news: Changes | None) -> None:
        """Read the list again; the forms follow by themselves."""
        self._reading = True
        self.panel.refresh(news)
        if not self.panel.current() and self.panel.model.ids() and not self.making:
            self.panel.select(self.preferred())
        self._reading = False
        if self.shown and not self._exists(self.shown):
            self._show_nothing()
        if not self.making:
            self.show_record(self.panel.current())
        self._name()

    def show_record(self, record: str) -> None:
        """Show a record in the form, once what was typed into the one before is saved."""
        if self._reading or not record or record == self.shown:
            return
        self.leave()
        if self.panel.current() != record:
            # A new record that was just saved has taken the list to itself.
            self.panel.select(record)
        if record != self.shown:
            self.side.setCurrentWidget(self.page)
            self.load(record)

    def open(self, record: str) -> None:
        """Show a record and bring its form to the front."""
        self.panel.select(record)
        self.show_record(record)
        self.side.setCurrentWidget(self.page)
        self.split.show_detail()

    def new_record(self) -> None:
        """An empty form, the cursor in the field to begin with."""
        if not self.NEW:
            return
        self.leave()
        self.side.setCurrentWidget(self.page)
        self.begin(self.defaults())
        self.split.show_detail()
        self.form.focus(self.FIRST)

    def preferred(self) -> str:
        """The record to show while none was chosen."""
        return self.panel.model.ids()[0]

    def load(self, record: str) -> None:
        """Fill the form."""
        self.form.load(record)

    def begin(self, values: Mapping[str, Any]) -> None:
        """Begin a new record in the form."""
        self.form.begin(values)

    def defaults(self) -> Mapping[str, Any]:
        """What a new record begins with."""
        return {}

    def leave(self) -> None:
        """Save what is being typed."""
        for form in self.forms():
            form.leave()

    def delete(self, chosen: Sequence[str]) -> None:
        """Delete records that nothing else needs; a refusal stands above the form."""
        chosen = [record for record in chosen if record]
        if not chosen:
            return
        self.leave()
        try:
            removal.delete(self.context.store, self.ENTITY, chosen)
        except UserError as error:
            self.say(str(error))
            return
        self.context.undo_offered.emit(f"已删除 {len(chosen)} 条{entities()[self.ENTITY].LABEL}")

    def say(self, sentence: str) -> None:
        """A sentence above the form; empty takes it away."""
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))
        if sentence:
            self.context.told.emit(sentence)

    def detail(self) -> QWidget:
        """What stands under the record's name."""
        return self.form

    def _show_nothing(self) -> None:
        for form in self.forms():
            form.clear()
        self.side.setCurrentWidget(self.nothing)

    def _exists(self, record: str) -> bool:
        return not records.load(self.context.store, self.ENTITY, record).deleted

    def _on_loaded(self) -> None:
        self.say("")
        self._name()

    def _on_saved(self) -> None:
        if self.shown and self.panel.current() != self.shown:
            self.panel.select(self.shown)
        self._name()

    def _name(self) -> None:
        label = entities()[self.ENTITY].LABEL
        titles = records.titles(self.context.store, self.ENTITY, [self.shown]) if self.shown else {}
        self.name.setText(titles.get(self.shown, f"新的{label}"))
        self.remove.setVisible(bool(self.shown) and bool(self.NEW))

    def _build(self) -> None:
        gap = style.metrics.gap
        if self.NEW:
            new = QPushButton(self.NEW)
            new.setProperty("kind", "primary")
            new.setToolTip(f"{self.NEW}　Ctrl+N")
            style.set_icon(new, "plus", "on_accent")
            new.clicked.connect(self.new_record)
            self.panel.add_tool(new)
            delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.panel.stack)
            delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            delete.activated.connect(lambda: self.delete(self.panel.selected()))
            if kind := self.panel.setup.imports:
                make_paste_key(self.panel, self.context, kind)
        self.page = QWidget()
        head = QHBoxLayout()
        head.setContentsMargins(gap * 2, gap, gap * 2, gap)
        head.setSpacing(gap)
        style.at_least(self.name, 32)  # as high as the buttons that are not always there
        head.addWidget(self.name, 1)
        head.addLayout(self.tools)
        head.addWidget(self.remove)
        self.notice.setContentsMargins(gap * 2, 0, gap * 2, gap)
        column = QVBoxLayout(self.page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(self.detail(), 1)
        self.nothing = QWidget()
        words = _plain("secondary")
        words.setText(f"在左边选一条{entities()[self.ENTITY].LABEL}。")
        words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(self.nothing).addWidget(words)
        self.side.addWidget(self.nothing)
        self.side.addWidget(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.split)


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
