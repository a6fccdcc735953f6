"""What grows out of a paper: its 立行立改 and its 事实确认单, begun with what the paper says, or opened."""

from collections.abc import Callable

from ui.context import Context
from ui.forms.field_box import FieldBox
from ui.forms.record_form import RecordForm
from xuncha_desktop.services import carrying, papers


class Growing:
    """Buttons beside the fields that such a record belongs to."""

    def __init__(self, context: Context, form: Callable[[], RecordForm], make_real: Callable[[], bool]) -> None:
        """`make_real` saves what is typed; False where that failed."""
        self._context, self._form, self._make_real = context, form, make_real

    def add_tool(self, name: str, box: FieldBox) -> None:
        """Put the button there, if something grows out of this field."""
        if name == "quick_fix":
            tool = box.add_tool("通知书", "plus")
            tool.setToolTip("由这份底稿写立行立改，带上名称、事实和引用；写过的打开它")
            tool.clicked.connect(self.open_quick_fix)
        elif name == "communication":
            tool = box.add_tool("事实确认单", "plus")
            tool.setToolTip("由这份底稿写事实确认单，带上名称、查证事实和承办人；写过的打开它")
            tool.clicked.connect(self.open_fact_check)

    def open_quick_fix(self) -> None:
        """The 立行立改 of this paper, or a new one that begins with what the paper says."""
        if not self._make_real() or self._open_known("quick_fix"):
            return
        store, paper = self._context.store, self._form().record
        if not self._form().values()["quick_fix"]:
            papers.edit(store, paper, {"quick_fix": True})
        self._context.begin_record.emit("quick_fix", carrying.paper_to_quick_fix(store, paper))

    def open_fact_check(self) -> None:
        """The 事实确认单 on this paper, or a new one that begins with its facts."""
        if self._make_real() and not self._open_known("fact_check"):
            begun = carrying.paper_to_fact_check(self._context.store, self._form().record)
            self._context.begin_record.emit("fact_check", begun)

    def _open_known(self, entity: str) -> bool:
        known = carrying.grown_out_of(self._context.store, self._form().record, entity)
        if known:
            self._context.open_record.emit(entity, known)
        return bool(known)
