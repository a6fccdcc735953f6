"""The items of one version of a template: a list, and beside it the form of one of them or the version's own."""

from collections.abc import Callable, Mapping
from functools import cached_property
from typing import Any

from PySide6.QtCore import QSignalBlocker, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.checklists.template_table import TemplateTable
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.master_detail import MasterDetail
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import checklist_editing
from xuncha_desktop.services import checklist_versions as versions
from xuncha_desktop.services.checklist_versions import Template

_KEPT_BACK = frozenset({"parent", "former", "problem"})  # what the program itself says of an item


class TemplateItems(QWidget):
    """`refused` gives the sentence why something was not done."""

    refused = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._version: Template | None = None
        self.table = TemplateTable()
        self.add = _button("新增事项", "新增事项　Ctrl+N", self.new_record)
        self.up = _button("上移", "上移　Alt+↑", lambda: self._move(-1))
        self.down = _button("下移", "下移　Alt+↓", lambda: self._move(1))
        self.remove = _button("删除", "删除　Del", self._remove)
        store = context.store
        self.form = RecordForm(
            context,
            "check_item",
            leave_out=_KEPT_BACK,
            save=lambda item, values, seen: checklist_editing.edit_item(store, item, values, seen),
            create=self._create,
        )
        self.side = QStackedWidget()
        self.side.addWidget(self.form)
        self._build()
        self.table.chosen_moved.connect(self._show_item)
        self.table.moved.connect(self._move)
        self.table.removed.connect(self._remove)
        self.table.opened.connect(self._open_item)
        self.form.saved.connect(self._follow)

    @cached_property
    def own_form(self) -> RecordForm:
        """What the version itself is called; made when first asked for."""
        store = self._context.store
        made = RecordForm(
            self._context,
            "checklist",
            leave_out=frozenset({"items", "previous", "mode"}),
            save=lambda checklist, values, seen: checklist_editing.edit(store, checklist, values, seen),
        )
        self.side.addWidget(made)
        return made

    def show_version(self, version: Template) -> None:
        """Show a version; an item being written stays."""
        self._version = version
        for button in (self.add, self.up, self.down, self.remove):
            button.setEnabled(self._open)
        with QSignalBlocker(self.table):
            self.table.show_items(versions.items_of(self._context.store, version.id))
        if self._naming or not self.table.chosen():
            self._show_own_form()
        elif not self.form.is_new:
            self._show_item()
        self.form.set_read_only(not self._open)

    def new_record(self) -> None:
        """An item at the end."""
        if self._version is not None and self._open:
            self.form.leave()
            self.form.begin({"parent": self._version.id})
            self.side.setCurrentWidget(self.form)
            self.split.show_detail()
            self.form.focus("item")

    def name(self) -> None:
        """To what the version itself is called, and to its first field."""
        self.form.leave()
        if self.form.is_new:
            self.form.clear()
        self._show_own_form()
        self.split.show_detail()
        self.own_form.focus("name")

    def leave(self) -> None:
        """Save what is being typed."""
        self.form.leave()
        if self._naming:
            self.own_form.leave()

    @property
    def _open(self) -> bool:
        """Whether the version may be changed."""
        return self._version is not None and not self._version.locked

    @property
    def _naming(self) -> bool:
        return self.side.currentWidget() is not self.form

    def _show_item(self) -> None:
        """Show the item chosen, once what was typed into the one before is saved."""
        if chosen := self.table.chosen():
            if chosen[0] != self.form.record:
                self.form.load(chosen[0])
                self.form.set_read_only(not self._open)
            self.side.setCurrentWidget(self.form)

    def _open_item(self) -> None:
        self.side.setCurrentWidget(self.form)
        self.split.show_detail()
        QTimer.singleShot(0, self, lambda: self.form.focus("item"))

    def _show_own_form(self) -> None:
        if self._version is None or self.form.is_new:
            return
        self.form.leave()
        if self.own_form.record != self._version.id:
            self.own_form.load(self._version.id)
        self.own_form.set_read_only(not self._open)
        self.side.setCurrentWidget(self.own_form)

    def _follow(self) -> None:
        """After a new item was saved the list stands on it."""
        row = self.table.items.row_of(self.form.record)
        if row >= 0 and self.table.chosen() != [self.form.record]:
            self.table.select_row(row)

    def _create(self, values: Mapping[str, Any], item: str) -> None:
        checklist_editing.add_item(self._context.store, str(values["parent"]), values, record=item)

    def _move(self, step: int) -> None:
        chosen = self.table.chosen()
        if len(chosen) == 1 and self._open:
            self.form.leave()
            self._try(lambda: checklist_editing.move_item(self._context.store, chosen[0], step))

    def _remove(self) -> None:
        chosen = self.table.chosen()
        if chosen and self._open:
            self.form.clear()
            if self._try(lambda: checklist_editing.remove_items(self._context.store, chosen)):
                self._context.undo_offered.emit(f"已删除 {len(chosen)} 项核查事项")
            self._show_item()

    def _try(self, act: Callable[[], None]) -> bool:
        try:
            act()
        except UserError as error:
            self.refused.emit(str(error))
            return False
        return True

    def _build(self) -> None:
        gap = style.metrics.gap
        tools = QHBoxLayout()
        tools.setContentsMargins(gap * 2, 0, gap, gap // 2)
        tools.setSpacing(gap)
        for button in (self.add, self.up, self.down, self.remove):
            tools.addWidget(button)
        tools.addStretch(1)
        listing = QWidget()
        left = QVBoxLayout(listing)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(0)
        left.addLayout(tools)
        left.addWidget(self.table, 1)
        listing.setFocusProxy(self.table)
        self.split = MasterDetail(self._context, "settings-checklists", listing, self.side)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.split)


def _button(words: str, tip: str, act: Callable[[], None]) -> QPushButton:
    button = QPushButton(words)
    button.setToolTip(tip)
    button.clicked.connect(act)
    return button
