"""单位, 轮次 and 案卷: what is inspected, and what is the same for all inspections of a round or of the case."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from ui import style
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.forms.stacked import StackedForms
from ui.tables.list_setup import ListSetup
from ui.tables.two_lines import TwoLines
from ui.tasks.record_tab import RecordTab
from xuncha_desktop.model import entities
from xuncha_desktop.services import lists, proposals, records


class UnitTab(RecordTab):
    """A full name proposes the rest."""

    TITLE = "单位"
    ENTITY = "unit"
    NEW = "新增单位"
    FIRST = "name"

    def __init__(self, context: Context) -> None:
        setup = ListSetup(
            name="units",
            title="被巡察党组织",
            entity="unit",
            imports="unit",
            columns=("name", "short_name", "code", "kind", "parent_unit"),
            describe=_describe_unit,
            filters=("kind", "parent_unit"),
            groups=("kind", "parent_unit"),
            sorts=("name", "code", "kind", "parent_unit"),
            sort="name",
            empty="这里放被巡察的党组织。写下规范全称，简称、简码和类型会自动提出，可以再改。",
            first_step="新增单位",
        )
        super().__init__(context, setup, RecordForm(context, "unit", create=self._create))

    def _create(self, values: Mapping[str, Any], record: str) -> None:
        given = {name: value for name, value in values.items() if value}
        records.create(self.context.store, "unit", {**_proposed(str(given.get("name", ""))), **given}, record=record)


class RoundTab(RecordTab):
    """The round of this case and its team; both are made with the case."""

    TITLE = "轮次"
    ENTITY = "round"

    def __init__(self, context: Context) -> None:
        self.team = RecordForm(context, "team", leave_out=frozenset({"round"}))
        setup = ListSetup(
            name="rounds",
            title="轮次",
            entity="round",
            columns=("name", "year", "term", "number", "mode"),
            describe=_describe_round,
            sorts=("name", "year", "term", "number"),
            empty="案卷里没有轮次；请新建案卷，或接收一个数据包。",
        )
        super().__init__(context, setup, RecordForm(context, "round"))

    def forms(self) -> tuple[RecordForm, ...]:
        """Round and team."""
        return (self.form, self.team)

    def detail(self) -> QWidget:
        """Both forms on one page."""
        return StackedForms([self.form, section(entities()["team"].LABEL), self.team])

    def load(self, record: str) -> None:
        """Show a round and the team that serves in it."""
        super().load(record)
        teams = lists.ids(self.context.store, lists.Query("team", {"round": record}))
        if teams:
            self.team.load(teams[0])
        else:
            self.team.begin({"round": record})


class CaseTab(RecordTab):
    """What the case is called and who sends the team: one record, made with the case."""

    TITLE = "案卷"
    ENTITY = "case"

    def __init__(self, context: Context) -> None:
        setup = ListSetup(
            name="cases",
            title="案卷",
            entity="case",
            columns=("name", "office"),
            describe=lambda cells: TwoLines(cells.get("name", ""), "", cells.get("office", "")),
            sorts=("name",),
            empty="案卷里没有基本信息；请新建案卷，或从备份恢复。",
        )
        super().__init__(context, setup, RecordForm(context, "case", leave_out=frozenset({"created_on", "sample"})))


def section(title: str) -> QLabel:
    """A heading between two forms of one page."""
    label = QLabel(title)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "section")
    label.setContentsMargins(style.metrics.wide_gap, 0, style.metrics.wide_gap, 0)
    return label


def _proposed(name: str) -> dict[str, str]:
    if not name:
        return {}
    return {
        "short_name": proposals.short_name(name),
        "code": proposals.unit_code(name),
        "kind": proposals.kind(name),
        "party_body": proposals.party_body(name),
    }


def _describe_unit(cells: Mapping[str, str]) -> TwoLines:
    second = (cells.get("short_name", ""), cells.get("kind", ""), cells.get("parent_unit", ""))
    return TwoLines(cells.get("name", ""), "", "　".join(part for part in second if part), cells.get("code", ""))


def _describe_round(cells: Mapping[str, str]) -> TwoLines:
    year = cells.get("year", "").replace(",", "")
    return TwoLines(
        cells.get("name", ""), "", "　".join(part for part in (f"{year}年度", cells.get("mode", "")) if part)
    )
