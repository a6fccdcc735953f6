"""A register of field records: a list, the form of one record beside it. A subclass says of what, and how it reads."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.export_button import ExportButton, of_list, of_record
from ui.records.record_editor import RecordEditor
from ui.records.register import Register
from ui.records.standing_line import StandingLine
from ui.tables.list_panel import ListPanel
from ui.tables.list_setup import Action
from xuncha_desktop.services import field_records
from xuncha_desktop.store.journal import Changes


class RegisterScreen(Register):
    """What the nine registers have in common; a subclass only declares."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        printed = of_record(self.ENTITY)
        forms = [ExportButton(self.exporter, lambda: printed, self._saved)] if printed else []
        for widget in (*self.record_tools(), *forms):
            self.editor.add_action(widget)
        self._standing = StandingLine(context, words) if (words := type(self).STANDING) else None
        if self._standing is not None:
            self.panel.add_line(self._standing)

    def make_panel(self) -> ListPanel:
        """The list."""
        return ListPanel(self.context, self.list_setup(), [Action("删除", "trash", self.delete)])

    def make_page(self) -> RecordEditor:
        """The form, with what is the register's own in it."""
        return RecordEditor(
            self.context,
            self.ENTITY,
            wide=self.WIDE,
            special=self.special,
            prepare=self.prepare,
            takes=self.takes,
            panel=type(self).PANEL,
        )

    def tools(self) -> Sequence[QWidget]:
        """What can be exported of the whole register."""
        return (ExportButton(self.exporter, lambda: of_list(self.ENTITY), lambda: self.context.inspection, every=True),)

    def copy(self, record: str) -> str:
        """A new record that begins like this one; its id."""
        return field_records.duplicate(self.context.store, self.ENTITY, record)

    def remove(self, chosen: Sequence[str]) -> None:
        """Delete what nothing rests on."""
        field_records.delete(self.context.store, self.ENTITY, chosen)

    def refresh(self, news: Changes | None) -> None:
        """Read the list, the uses and the line above the list again."""
        super().refresh(news)
        self.editor.look_again()
        if self._standing is not None:
            self._standing.refresh()

    def _saved(self) -> str:
        """The record shown, once what is being typed is saved; none while a new one has no word."""
        self.leave()
        form = self.editor.form
        if form.is_new or not form.record:
            self.context.told.emit("这条记录还没有内容，先写几个字再导出。")
            return ""
        return form.record
