"""批量新增村（社区）: paste names, see what they become, make them all at once."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui import style
from ui.context import Context
from ui.forms.choices import EnumEditor
from ui.forms.editor import Editor
from ui.forms.lines import DateEditor
from ui.forms.options import OptionSource
from ui.forms.refs import RefEditor
from ui.tasks.village_table import VillageTable
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import fields
from xuncha_desktop.services import villages
from xuncha_desktop.services.villages import Verdict, Village

_BODIES = ("branch", "general_branch", "committee")


class VillagesPanel(QWidget):
    """`left` when the work is done or given up."""

    left = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._given: Mapping[str, Any] = {}
        self.found: list[Village] = []
        self.names = QPlainTextEdit()
        self.names.setPlaceholderText("一行一个，可从 Excel 或文件里整列粘贴，如：\n东山村\n河西社区")
        self.names.setAccessibleName("村（社区）名单")
        self.names.setTabChangesFocus(True)
        style.sized(self.names, lambda names: names.setFixedHeight(style.metrics.scaled(136)))
        unit, task = fields("unit"), fields("inspection")
        bodies = {code: (unit["party_body"].choices or {})[code] for code in _BODIES}
        self.parent_unit = RefEditor(unit["parent_unit"], OptionSource(context))
        self.body = EnumEditor(replace(unit["party_body"], choices=bodies))
        self.dates = {name: DateEditor(task[name]) for name in ("entry_on", "stay_end_on")}
        self.table = VillageTable()
        self.summary, self.error = _plain("secondary"), _plain("error")
        self.error.hide()
        self.make, self.cancel = QPushButton(), QPushButton("取消")
        self.make.setProperty("kind", "primary")
        self.make.clicked.connect(self._make)
        self.cancel.clicked.connect(self._leave)
        self._build()
        self._typing = QTimer(self, singleShot=True, interval=200)
        self._typing.timeout.connect(self.look)
        context.ending.connect(self._typing.stop)
        self.names.textChanged.connect(self._typing.start)
        for editor in (self.parent_unit, self.body):
            editor.committed.connect(self.look)

    def begin(self, given: Mapping[str, Any]) -> None:
        """Start with an empty list; `given` is what every new inspection has in common."""
        self._given = given
        self.names.clear()
        self.parent_unit.set_value(villages.usual_parent(self._context.store, self._context.inspection))
        self.body.set_value(_BODIES[0])
        for name, editor in self.dates.items():
            editor.set_value(given.get(name))
        self._say("")
        self.look()

    def look(self) -> None:
        """Show what the names would become."""
        self._typing.stop()
        parent, body = self.parent_unit.value() or "", self.body.value() or _BODIES[0]
        round_id = self._given.get("round") or ""
        self.found = villages.preview(self._context.store, self.names.toPlainText(), parent, round_id, body)
        taken = [village for village in self.found if village.taken]
        self.table.show_villages(self.found)
        self.summary.setText(_summary(self.found))
        self.make.setText(f"新增 {len(taken)} 个村（社区）" if taken else "新增村（社区）")
        self.make.setEnabled(bool(taken))

    def _make(self) -> None:
        self.look()
        try:
            dates = {name: editor.value() for name, editor in self.dates.items()}
            parent = self.parent_unit.value() or ""
            made = villages.start(self._context.store, self.found, parent, {**self._given, **dates})
        except UserError as error:
            self._say(str(error))
            return
        self._context.undo_offered.emit(f"已新增 {len(made)} 个村（社区）的任务")
        self._leave()

    def _leave(self) -> None:
        self.names.clear()
        self.left.emit()

    def _say(self, sentence: str) -> None:
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _build(self) -> None:
        gap = style.metrics.wide_gap
        title, help_line = _plain("section"), _plain("secondary")
        title.setText("批量新增村（社区）")
        help_line.setText("粘贴名单，核对下面的结果，再一次建好单位和任务；建好后可以一步撤销。")
        grid = QGridLayout()
        grid.setHorizontalSpacing(gap)
        grid.setVerticalSpacing(style.metrics.gap)
        editors: list[Editor] = [self.parent_unit, self.body, *self.dates.values()]
        for place, editor in enumerate(editors):
            grid.addLayout(_labelled(editor), place // 2, place % 2)
        for column in (0, 1):
            grid.setColumnStretch(column, 1)
        names = _plain("label")
        names.setText("村（社区）名单")
        names.setBuddy(self.names)
        foot = QHBoxLayout()
        foot.setSpacing(style.metrics.gap)
        foot.addWidget(self.make)
        foot.addWidget(self.cancel)
        foot.addStretch(1)
        page = QWidget()
        page.setObjectName("form")
        column = QVBoxLayout(page)
        column.setContentsMargins(gap, gap, gap, gap)
        column.setSpacing(style.metrics.gap)
        for widget in (title, help_line):
            column.addWidget(widget)
        column.addLayout(grid)
        for widget in (names, self.names, self.summary, self.table, self.error):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        foot.setContentsMargins(gap, style.metrics.gap, gap, style.metrics.gap)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(scroll, 1)
        outer.addLayout(foot)


def _summary(found: list[Village]) -> str:
    if not found:
        return "还没有名称。"
    counts = [(sum(village.verdict is verdict for village in found), verdict) for verdict in Verdict]
    return f"共 {len(found)} 个：" + "；".join(f"{verdict} {count} 个" for count, verdict in counts if count)


def _labelled(editor: Editor) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(style.metrics.grid)
    label = _plain("label")
    label.setText(editor.field.label)
    label.setBuddy(editor.focus_widget())
    column.addWidget(label)
    column.addWidget(editor)
    return column


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
