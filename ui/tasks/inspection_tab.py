"""任务: inspections, one a unit and round; dozens of villages at once."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QPushButton

from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.tables.list_setup import ListSetup
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines
from ui.tasks.record_tab import RecordTab
from ui.tasks.villages import VillagesPanel
from xuncha_desktop.services import inspections, records


class InspectionTab(RecordTab):
    """The first tab."""

    TITLE = "任务"
    ENTITY = "inspection"
    NEW = "新增任务"
    FIRST = "unit"

    def __init__(self, context: Context) -> None:
        form = RecordForm(
            context,
            "inspection",
            save=lambda record, values, seen: inspections.edit(context.store, record, values, seen),
            create=lambda values, record: inspections.create(context.store, values, record),
        )
        super().__init__(context, _setup(context), form)
        self.villages = VillagesPanel(context)
        self.side.addWidget(self.villages)
        self.villages.left.connect(self._after_villages)
        batch = QPushButton("批量新增村（社区）")
        batch.clicked.connect(self.new_villages)
        self.panel.add_tool(batch)
        self.work_here = QPushButton("切换到此任务")
        self.work_here.setToolTip("底稿、清单和工作台都转到这项任务")
        self.work_here.clicked.connect(lambda: context.choose_inspection(self.shown))
        self.tools.addWidget(self.work_here)
        context.inspection_changed.connect(lambda _: self._name())

    def new_villages(self) -> None:
        """Paste a list of villages."""
        self.leave()
        self.villages.begin(inspections.defaults(self.context.store))
        self.side.setCurrentWidget(self.villages)
        self.split.show_detail()
        self.villages.names.setFocus()

    def defaults(self) -> Mapping[str, Any]:
        """The latest round, its team and mode."""
        return inspections.defaults(self.context.store)

    def preferred(self) -> str:
        """The inspection now worked on."""
        every = self.panel.model.ids()
        return self.context.inspection if self.context.inspection in every else every[0]

    def _name(self) -> None:
        super()._name()
        here = bool(self.shown) and self.shown == self.context.inspection
        self.work_here.setVisible(bool(self.shown))
        self.work_here.setEnabled(not here)
        self.work_here.setText("正在处理的任务" if here else "切换到此任务")

    def _after_villages(self) -> None:
        self.side.setCurrentWidget(self.page if self.shown else self.nothing)
        self.split.show_list()


def _setup(context: Context) -> ListSetup:
    return ListSetup(
        name="inspections",
        title="巡察任务",
        entity="inspection",
        columns=("unit", "mode", "state", "entry_on", "stay_end_on"),
        describe=_describe,
        filters=("state", "mode"),
        groups=("mode", "state", "round"),
        sorts=("unit", "mode", "state", "entry_on", "stay_end_on"),
        sort="unit",
        empty="这里放巡察任务：哪个组、哪一轮、巡察哪个单位。选定单位后清单自动带出，底稿、证据都归到任务之下。",
        first_step="新增任务",
        # Full names differ at their end only, where a narrow list cuts them off.
        extra=lambda ids: records.titles(context.store, "inspection", ids),
    )


def _describe(cells: Mapping[str, str]) -> TwoLines:
    dates = "至".join(part for part in (cells.get("entry_on", ""), cells.get("stay_end_on", "")) if part)
    second = "　".join(part for part in (cells.get("mode", ""), dates) if part)
    return TwoLines(cells.get(EXTRA) or "（未选单位）", cells.get("state", ""), second)
