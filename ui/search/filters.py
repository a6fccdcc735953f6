"""What a search is kept to: chips for kind, inspection, member, state and days; and whether it looks for identities."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QToolButton, QWidget

from ui import style
from ui.context import Context
from ui.forms.flow import FlowLayout
from ui.search.day_chip import DayChip
from ui.tables.filter_chip import FilterChip
from xuncha_desktop.model import Field, Kind
from xuncha_desktop.services import search
from xuncha_desktop.services.search import Query


class ListChip(FilterChip):
    """A chip that can also be set from outside."""

    def keep_to(self, *values: str) -> None:
        """Keep to these; nobody is told."""
        self.value = values
        self._show()


class Filters(QWidget):
    """One line of chips, wrapped where there is little room."""

    changed = Signal()

    def __init__(self, context: Context, kinds: Sequence[str]) -> None:
        super().__init__()
        self._kinds = kinds
        names = search.labels()
        self.kind = self._chip(context, "类别", {kind: names[kind] for kind in kinds})
        self.inspection = ListChip(context, Field("被巡察党组织", Kind.REF, target="inspection"))
        self.member = ListChip(context, Field("成员", Kind.REF, target="member"))
        self.state = self._chip(context, "状态", search.states(kinds))
        self.days = DayChip()
        self.identities = QCheckBox("含对象身份")
        self.identities.setToolTip("也在谈话对象、反映人、走访对象的身份里查找；每次打开时都是不查")
        self.none = QToolButton()
        self.none.setText("清除筛选")
        self.none.setProperty("kind", "quiet")
        self.none.hide()
        layout = FlowLayout(self)
        self._chips = (self.kind, self.inspection, self.member, self.state)
        for widget in (*self._chips, self.days, self.none, self.identities):
            layout.addWidget(widget)
        style.at_least(self.identities, 28)  # on one line with the chips
        for chip in (*self._chips, self.days):
            chip.changed.connect(self._tell)
        self.identities.toggled.connect(lambda _: self._tell())
        self.none.clicked.connect(self.clear)

    @property
    def in_use(self) -> bool:
        """Whether anything is kept to."""
        return any(chip.value for chip in self._chips) or bool(self.days.since or self.days.until)

    @property
    def only_kind(self) -> str:
        """The kind that is looked at alone; empty where there are several."""
        return str(self.kind.value[0]) if len(self.kind.value) == 1 else ""

    def applied(self, query: Query) -> Query:
        """The query, kept to what the chips say."""
        return replace(
            query,
            kinds=self.kind.value or tuple(self._kinds),
            inspections=self.inspection.value,
            members=self.member.value,
            states=self.state.value,
            since=self.days.since,
            until=self.days.until,
            with_identities=self.identities.isChecked(),
        )

    def only(self, kind: str) -> None:
        """Keep to one kind."""
        self.kind.keep_to(kind)
        self._tell()

    def clear(self) -> None:
        """Keep to nothing."""
        for chip in self._chips:
            chip.keep_to()
        self.days.keep_to(None, None)
        self._tell()

    def _chip(self, context: Context, label: str, choices: Mapping[str, str]) -> ListChip:
        return ListChip(context, Field(label, Kind.ENUM, choices=choices))

    def _tell(self) -> None:
        self.none.setVisible(self.in_use)
        self.changed.emit()
