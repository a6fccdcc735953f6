"""What the fields of a form show: the record as it is stored, wherever nobody is typing."""

from PySide6.QtCore import QObject, Signal

from ui.context import Context
from ui.forms.form_conflicts import FormConflicts
from ui.forms.form_drafts import FormDrafts
from ui.forms.sheet import Sheet
from xuncha_desktop.services import records
from xuncha_desktop.services.records import Snapshot
from xuncha_desktop.store.journal import Changes


class Display(QObject):
    """Follows saves, decisions and news; a field that holds typing is left alone and says that there is news."""

    loaded = Signal(object)  # the Snapshot now shown, or None
    gone = Signal()  # the record shown was deleted

    def __init__(
        self, context: Context, sheet: Sheet, drafts: FormDrafts, conflicts: FormConflicts, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._store = context.store
        self._sheet, self._drafts, self._conflicts = sheet, drafts, conflicts

    def show_all(self) -> None:
        """Another record, a new one or none: nothing of the one before stays."""
        self._conflicts.look()
        for name, box in self._sheet.boxes.items():
            box.say_cleaned("")
            self.show_field(name)

    def show_field(self, name: str) -> None:
        """Show in a field what is stored, and if there are several versions, all of them."""
        box = self._sheet.boxes[name]
        box.clear_notices()
        box.editor.set_value(self._sheet.untyped(name))
        self._conflicts.show(name)

    def follow(self, news: Changes) -> None:
        """Somebody wrote into the case."""
        sheet = self._sheet
        if sheet.is_new or sheet.record not in news.records.get(sheet.entity, ()):
            return
        snapshot = self._read()
        self._take_over(snapshot)
        if snapshot.deleted:
            self.gone.emit()

    def adopt(self, name: str = "") -> None:
        """This form wrote: heads of the saved field, and what other fields got meanwhile."""
        snapshot = self._read()
        self._sheet.let_go(name)
        self._take_over(snapshot)

    def settle(self, name: str) -> None:
        """A field holds no typing any more: it can follow again."""
        self.let_go(name)
        sheet = self._sheet
        if sheet.snapshot is None:
            sheet.boxes[name].clear_notices()
        elif not sheet.composing(name):
            sheet.see(sheet.snapshot.heads, name)
            self.show_field(name)

    def let_go(self, name: str) -> None:
        """Forget the typing in a field, and its draft."""
        self._sheet.let_go(name)
        self._drafts.drop(name)

    def _read(self) -> Snapshot:
        return records.load(self._store, self._sheet.entity, self._sheet.record)

    def _take_over(self, snapshot: Snapshot) -> None:
        """Show stored values in every field that holds no typing; typed fields keep the heads they saw."""
        sheet = self._sheet
        before, held = sheet.snapshot, sheet.held()
        sheet.renew(snapshot)
        self._conflicts.look()
        for name, box in sheet.boxes.items():
            if name not in held:
                self.show_field(name)
            elif before is not None and before.values.get(name) != snapshot.values[name]:
                sheet.base.setdefault(name, before.values.get(name))
                box.say_newer()
        self.loaded.emit(snapshot)
