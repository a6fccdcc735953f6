"""成员: the person and the place in the team on one page."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.export_button import ExportButton, of_list, of_record
from ui.exporting import Exporter
from ui.forms.record_form import RecordForm
from ui.forms.stacked import StackedForms
from ui.tables.list_setup import ListSetup
from ui.tables.two_lines import TwoLines
from ui.tasks.plain_tabs import section
from ui.tasks.record_tab import RecordTab
from xuncha_desktop.model import entities
from xuncha_desktop.services import members, proposals

if TYPE_CHECKING:
    from xuncha_desktop.exports.document import Document


class MemberTab(RecordTab):
    """A new member begins with the name; role and code are then proposed."""

    TITLE = "成员"
    ENTITY = "member"
    NEW = "新增成员"
    FIRST = "name"

    def __init__(self, context: Context) -> None:
        self.person = RecordForm(context, "inspector", create=self._create)
        self._made = ""
        setup = ListSetup(
            name="members",
            title="成员",
            entity="member",
            imports="member",
            columns=("inspector", "role", "code", "duty", "team"),
            describe=_describe,
            filters=("role",),
            groups=("role", "team"),
            sorts=("inspector", "role", "code"),
            sort="role",
            empty="这里放本组成员。写下姓名，代码自动提出；底稿的承办人从这里选。",
            first_step="新增成员",
        )
        super().__init__(context, setup, RecordForm(context, "member", leave_out=frozenset({"inspector"})))
        self.person.saved.connect(self._join)
        exporter = Exporter(context, self)
        self.panel.add_tool(ExportButton(exporter, _lists, lambda: context.inspection, every=True))
        self.tools.addWidget(ExportButton(exporter, lambda: of_record("member"), lambda: self.shown))

    def forms(self) -> tuple[RecordForm, ...]:
        """Person and member."""
        return (self.person, self.form)

    @property
    def making(self) -> bool:
        """A member comes with the person."""
        return self.person.is_new

    def detail(self) -> QWidget:
        """Both forms on one page, the person first."""
        self._place = section("组内职务与分工")
        return StackedForms([self.person, self._place, self.form])

    def load(self, record: str) -> None:
        """Show a member and the person."""
        super().load(record)
        person = members.person_of(self.context.store, record)
        if person:
            self.person.load(person)
        else:
            self.person.clear()
        self._show_place(True)

    def begin(self, values: Mapping[str, Any]) -> None:
        """Ask for the person first."""
        self.form.clear()
        self.person.begin(values)
        self._show_place(False)
        self._name()

    def new_record(self) -> None:
        """The cursor stands in the name."""
        super().new_record()
        self.person.focus(self.FIRST)

    def _create(self, values: Mapping[str, Any], record: str) -> None:
        code = proposals.member_code(str(values.get("name", "")))
        self._made = members.create(self.context.store, values, code, record=record)

    def _join(self) -> None:
        """A person was just made: show the member that was made with it."""
        if self._made:
            made, self._made = self._made, ""
            self.form.load(made)
            self._show_place(True)
            self.panel.select(made)
        self._name()

    def _show_place(self, shown: bool) -> None:
        self._place.setVisible(shown)
        self.form.setVisible(shown)

    def _name(self) -> None:
        super()._name()
        if not self.shown:
            self.name.setText(f"新的{entities()['member'].LABEL}：先写姓名")


def _lists() -> "list[Document]":
    """What is printed of the team, and of all it can be made of."""
    return [*of_list("member"), *of_list("inspector")]


def _describe(cells: Mapping[str, str]) -> TwoLines:
    second = "　".join(part for part in (cells.get("role", ""), cells.get("duty", "")) if part)
    return TwoLines(cells.get("inspector", ""), "", second, cells.get("code", ""))
