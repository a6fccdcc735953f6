"""Lists of the case that a team may fit to its round; 问题分类 and 报告框架 among them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.imports.opening import import_button
from ui.master_detail import MasterDetail
from ui.settings.page import SettingsPage
from ui.tables.list_panel import ListPanel
from ui.tables.list_setup import Action, ListSetup
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines
from xuncha_desktop.model import entities, fields
from xuncha_desktop.services import lists, records

Usage = Callable[[Context, str], str]  # why a record cannot be deleted, empty if it can


@dataclass(frozen=True, slots=True)
class CaseList:
    """What a page says about its list."""

    setup: ListSetup
    add: str  # words of the button that adds one
    copied: tuple[str, ...]  # fields a new one takes over from the one shown
    usage: Usage
    wide: frozenset[str] = frozenset()  # fields that take a whole line


class CaseListPage(SettingsPage):
    """A list with the form of its records beside it."""

    def __init__(self, context: Context, described: CaseList) -> None:
        super().__init__(context)
        self._described = described
        self._entity = described.setup.entity
        self._first = next(iter(fields(self._entity)))
        self.panel = ListPanel(context, described.setup, [Action("删除", "trash", self._delete)])
        self.form = RecordForm(context, self._entity, wide=described.wide)
        self.add = QPushButton(described.add)
        style.set_icon(self.add, "plus")
        self.add.clicked.connect(self._begin)
        self.delete = QPushButton("删除")
        style.set_icon(self.delete, "trash")
        self.delete.clicked.connect(lambda: self._delete([self.form.record]))
        self.state = QLabel()
        self.state.setProperty("role", "secondary")
        self.state.setWordWrap(True)
        if described.setup.imports:
            self.panel.add_tool(import_button(context, described.setup.imports))
        self.panel.add_tool(self.add)
        self.split = MasterDetail(context, f"settings-{self._entity}", self.panel, self._detail())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.notice)
        column.addWidget(self.split, 1)
        self.panel.current_changed.connect(self._show_current)
        self.panel.opened.connect(self._open)
        self.form.saved.connect(self._follow)
        delete = QShortcut(QKeySequence(QKeySequence.StandardKey.Delete), self.panel.stack)
        delete.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        delete.activated.connect(lambda: self._delete(self.panel.selected()))

    def refresh(self) -> None:
        """Read the list again; the form follows by itself."""
        # Reading a list again puts its old choice back, which must not pull a form away from a new record.
        with QSignalBlocker(self.panel):
            self.panel.refresh()
        ids, current = self.panel.model.ids(), self.panel.current()
        # A list that gets the keyboard chooses its first record by itself, and unheard while it is read.
        if ids and not self.form.is_new and not (current and self.form.record):
            self.panel.select(current or ids[0])
            self._show_current(current or ids[0])
        self.delete.setEnabled(bool(self.form.record) and not self.form.is_new)

    def leave(self) -> None:
        """Save what is being typed."""
        self.form.leave()

    def new_record(self) -> None:
        """Ctrl+N."""
        self._begin()

    def _begin(self) -> None:
        self.form.leave()
        shown = self.form.values() if self.form.record else {}
        self.form.begin({name: shown[name] for name in self._described.copied if name in shown})
        self.state.setText("新的一项，填好后自动存入")
        self.delete.setEnabled(False)
        self.split.show_detail()
        self.form.focus(self._first)

    def _show_current(self, record: str) -> None:
        self.notice.clear()
        if record and record != self.form.record:
            self.form.load(record)
            self.delete.setEnabled(True)
            self._say_usage()

    def _open(self, record: str) -> None:
        self._show_current(record)
        self.split.show_detail()
        QTimer.singleShot(0, self, lambda: self.form.focus(self._first))

    def _follow(self) -> None:
        if self.form.is_new:
            return
        self.delete.setEnabled(bool(self.form.record))
        if self.form.record and self.form.record != self.panel.current():
            self.panel.select(self.form.record)
        self._say_usage()

    def _say_usage(self) -> None:
        self.state.setText(self._described.usage(self.context, self.form.record) or self._lacking())

    def _lacking(self) -> str:
        if not self.form.record:
            return ""
        values = self.form.values()
        lacking = [
            f"“{field.label}”"
            for field in fields(self._entity).values()
            if field.required and not values.get(field.name)
        ]
        return f"还没有填{'、'.join(lacking)}。" if lacking else ""

    def _delete(self, chosen: list[str]) -> None:
        for record in chosen:
            if record and (used := self._described.usage(self.context, record)):
                name = records.titles(self.context.store, self._entity, [record])[record]
                self.notice.say("warning", f"“{name}”不能删除：{used}。请先把它们改选为别的。")
                return
        found = [record for record in chosen if record]
        if found:
            line = self.panel.model.row_of(found[0])
            self.form.clear()
            records.delete(self.context.store, self._entity, found)
            self.panel.select_near(line)
            if not self.panel.current():
                self._say_usage()
                self.split.show_list()  # it says how to begin; the empty form does not
            label = entities()[self._entity].LABEL
            self.context.undo_offered.emit(f"已删除 {len(found)} 项{label}")

    def _detail(self) -> QWidget:
        detail = QWidget()
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setContentsMargins(gap * 2, gap, gap, gap // 2)
        head.addWidget(self.state, 1)
        head.addWidget(self.delete)
        column = QVBoxLayout(detail)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.form, 1)
        return detail


class ProblemTypesPage(CaseListPage):
    """The taxonomy of this case."""

    TITLE = "问题分类"

    def __init__(self, context: Context) -> None:
        setup = ListSetup(
            name="problem-types",
            title=self.TITLE,
            entity="problem_type",
            columns=("code", "name", "level2", "level1_name"),
            describe=_describe_type,
            groups=("level1_name", "level2"),
            sorts=("code", "name"),
            sort="code",
            empty="这里放问题分类：底稿按它归入报告标题，台账按它汇总。",
            first_step="新增分类",
        )
        super().__init__(context, CaseList(setup, "新增分类", ("level1", "level1_name", "level2"), _papers_of_type))
        self.panel.first_step_asked.connect(self.new_record)


class HeadingSetsPage(CaseListPage):
    """The heading sets of this case, with the problem types each heading takes."""

    TITLE = "报告框架"

    def __init__(self, context: Context) -> None:
        setup = ListSetup(
            name="heading-sets",
            title=self.TITLE,
            entity="heading_set",
            columns=("name",),
            describe=lambda cells: TwoLines(cells.get("name", ""), second=cells.get(EXTRA, "")),
            sorts=("name",),
            extra=lambda ids: {record: _headings(context, record) for record in ids},
            empty="这里放报告框架：报告有哪些标题，每个标题收哪几类问题。",
            first_step="新增框架",
        )
        super().__init__(context, CaseList(setup, "新增框架", (), _rounds_of_set))
        self.panel.first_step_asked.connect(self.new_record)


def _describe_type(cells: Mapping[str, str]) -> TwoLines:
    above = " · ".join(filter(None, (cells.get("level1_name", ""), cells.get("level2", ""))))
    return TwoLines(cells.get("name", ""), second=above, right=cells.get("code", ""))


def _headings(context: Context, record: str) -> str:
    rows = records.load(context.store, "heading_set", record).values["headings"]
    return "、".join(row["title"] for row in rows)


def _papers_of_type(context: Context, record: str) -> str:
    count = lists.count(context.store, lists.Query("paper", {"problem_type": record})) if record else 0
    return f"{count} 份底稿用着这个分类" if count else ""


def _rounds_of_set(context: Context, record: str) -> str:
    used = lists.ids(context.store, lists.Query("round", {"heading_set": record})) if record else []
    names = records.titles(context.store, "round", used)
    return f"{'、'.join(names.values())}用着这个框架" if names else ""
