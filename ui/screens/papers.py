"""底稿: the main screen. A list by state, type, member; the editor of one paper beside it."""

from collections.abc import Mapping, Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from ui.context import Context
from ui.export_button import ExportButton, of_list
from ui.papers.editor import NOT_IN_FORM, PaperEditor
from ui.papers.pairs import SimilarPairs
from ui.record_screen import RecordScreen
from ui.tables.list_panel import ListPanel
from ui.tables.list_setup import Action, ListSetup
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import fields
from xuncha_desktop.model.choices import CITABLE
from xuncha_desktop.services import lists, papers


class PapersScreen(RecordScreen[PaperEditor]):
    """One problem, one paper."""

    NAME = "papers"
    ENTITY = "paper"
    NEW = "新底稿"
    NOUN = "底稿"
    MEASURE = "份"
    FIRST = "title"
    WATCHES = frozenset({"paper", "citation", "evidence", "member", "problem_type", *CITABLE})
    # With the field a click elsewhere leads to: "paper.overview".
    OPENS = frozenset({"paper", *(f"paper.{name}" for name in fields("paper") if name not in NOT_IN_FORM)})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.pairs = SimilarPairs(context)
        self.side.addWidget(self.pairs)
        self.pairs.opened.connect(lambda paper: self.open_record("paper", paper))
        self.pairs.left.connect(self._leave_pairs)
        self.editor.export_asked.connect(self._export)
        self.editor.handed_on.connect(self.panel.setFocus)  # its buttons are gone: on to the next paper

    @classmethod
    def count(cls, context: Context) -> int | None:
        """Papers of the inspection."""
        return lists.count(context.store, lists.Query("paper", {"inspection": context.inspection}))

    def make_panel(self) -> ListPanel:
        """The list by state, type, member."""
        actions = [Action("标为已审签", "check", self._approve), Action("删除", "trash", self.delete)]
        return ListPanel(self.context, self._setup(), actions)

    def make_page(self) -> PaperEditor:
        """The editor of one paper."""
        return PaperEditor(self.context)

    def tools(self) -> Sequence[QWidget]:
        """Papers that are alike, and what can be exported of all of them."""
        alike = QPushButton("查相近")
        alike.setToolTip("找出内容相近的底稿：合并，或记为不是同一问题")
        alike.clicked.connect(self._show_pairs)
        return alike, ExportButton(self.exporter, lambda: of_list("paper"), lambda: self.context.inspection, every=True)

    def copy(self, record: str) -> str:
        """A new paper that begins like this one; its id."""
        return papers.duplicate(self.context.store, record)

    def remove(self, chosen: Sequence[str]) -> None:
        """Delete papers that are not locked."""
        papers.delete(self.context.store, chosen)

    def _show_pairs(self) -> None:
        self.leave()
        self.side.setCurrentWidget(self.pairs)
        self.split.show_detail()
        self.pairs.setFocus()
        self.pairs.begin()

    def _leave_pairs(self) -> None:
        self.side.setCurrentWidget(self.editor if self.editor.form.record else self.nothing)
        self.panel.setFocus()

    def _approve(self, chosen: list[str]) -> None:
        self.leave()
        try:
            papers.approve(self.context.store, chosen)
        except UserError as error:
            self.context.told.emit(str(error))
            return
        self.context.undo_offered.emit(f"已将 {len(chosen)} 份标为已审签")

    def _export(self) -> None:
        self.leave()
        self.exporter.export_paper(self.editor.form.record)

    def _setup(self) -> ListSetup:
        return ListSetup(
            name="papers",
            title="问题底稿",
            entity="paper",
            imports="paper",
            columns=("title", "number", "state", "problem_type", "amount", "handlers", "dated"),
            describe=_describe,
            also=("title", "number", "official_number", "state", "amount"),
            filters=("state", "problem_type", "handlers"),
            groups=("state", "problem_type", "destination", "dated"),
            sorts=("title", "state", "problem_type", "amount", "dated", "official_number"),
            totals=("amount", "people"),
            empty="这里放问题底稿：一事一底稿。写下问题概述，附上证据，缺什么程序会一直提示。",
            first_step="写第一份底稿",
            extra=lambda ids: papers.gap_words(self.context.store, ids),
            where=lambda: {"inspection": self.context.inspection},
        )


def _describe(cells: Mapping[str, str]) -> TwoLines:
    number = cells.get("official_number") or cells.get("number", "")
    second = "　".join(part for part in (number, cells.get(EXTRA, "")) if part)
    amount = cells.get("amount", "")
    return TwoLines(cells.get("title", ""), cells.get("state", ""), second, f"{amount} 万元" if amount else "")
