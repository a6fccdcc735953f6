"""The texts written for the report itself, as a form; before the first of them an offer to begin."""

from typing import Any

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.first_step import FirstStep
from ui.forms.record_form import RecordForm
from ui.reports.passage_cursor import choose_passage
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import lists, reports

_EMPTY = (
    "问题来自已审签的底稿，不用在这里写。这里写报告自己的文字：总体评价、对班子的评价、意见建议；"
    "标题、称谓和落款由程序先拟好。"
)
LEFT_OUT = frozenset({"inspection", "version", "entries", "texts"})


class ReportTexts(QWidget):
    """Title, addressee, opening, evaluation, leadership, suggestions, signature, date."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.form = RecordForm(context, "report", leave_out=LEFT_OUT, wide=frozenset({"title"}))
        self.first = FirstStep(_EMPTY, "起草报告")
        self.first.asked.connect(self._begin)
        self.stack = QStackedWidget()
        self.first.setContentsMargins(style.metrics.wide_gap, 0, 0, 0)
        self.stack.addWidget(self.first)
        self.stack.addWidget(self.form)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.stack, 1)

    def refresh(self) -> None:
        """Show the report of the inspection now worked on; a report already shown follows by itself."""
        record = self.report()
        if not record:
            if self.form.record:
                self.form.clear()
            self.first.button.setEnabled(bool(self._context.inspection))
            self.stack.setCurrentIndex(0)
        elif record != self.form.record:
            self.form.load(record)
            self.stack.setCurrentIndex(1)

    def report(self) -> str:
        """Id of the report, empty while there is none."""
        inspection = self._context.inspection
        found = lists.ids(self._context.store, lists.Query("report", {"inspection": inspection})) if inspection else []
        # The first one made counts, also where two laptops began one each.
        return min(found, default="")

    def leave(self) -> None:
        """Save what is being typed."""
        self.form.leave()

    def focus_field(self, name: str, start: int = 0, length: int = 0) -> None:
        """Put the cursor into a text at a place, beginning the report if there is none."""
        if not self.form.record:
            self._begin()
        self.form.focus(name)
        choose_passage(self.form.boxes[name].editor.focus_widget(), start, length)

    def typed(self) -> dict[str, Any]:
        """The report's fields as they stand on the screen, saved or not; none before it is begun."""
        return self.form.values() if self.form.record else {}

    def _begin(self) -> None:
        try:
            reports.of_inspection(self._context.store, self._context.inspection)
        except UserError as error:
            self._context.told.emit(str(error))
            return
        self.refresh()
        self.form.focus("title")
