"""The head of the table: above each column where it goes, to be chosen anew; below that what the table calls it."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QTableView, QToolButton

from ui import style
from ui.forms.picker import Option, pick
from ui.imports.preview_model import PreviewModel
from xuncha_desktop.services.imports.kinds import ImportKind
from xuncha_desktop.services.imports.layout import Column
from xuncha_desktop.services.imports.plan import Plan

NOTHING = "不导入"
_PAD = 8


class ColumnHeads(QHeaderView):
    """A button a column; `chosen` gives the column and the name of its field, empty for none."""

    chosen = Signal(int, str)

    def __init__(self, table: QTableView, model: PreviewModel) -> None:
        super().__init__(Qt.Orientation.Horizontal, table)
        self._preview = model
        self._plan: Plan | None = None
        self.buttons: list[QToolButton] = []
        self.setSectionsMovable(False)
        self.sectionResized.connect(lambda *_: self._place())
        self.geometriesChanged.connect(self._place)
        table.horizontalScrollBar().valueChanged.connect(lambda _: self._place())

    def show_plan(self, plan: Plan | None) -> None:
        """Buttons for the columns of a plan."""
        self._plan = plan
        columns = plan.table.columns if plan else []
        while len(self.buttons) > len(columns):
            self.buttons.pop().deleteLater()
        while len(self.buttons) < len(columns):
            self.buttons.append(self._button(len(self.buttons)))
        for button, column in zip(self.buttons, columns, strict=True):
            self._tell(button, column)
        self._place()

    def open(self, section: int) -> None:
        """Let the field of a column be chosen."""
        if self._plan is None or not 0 <= section < len(self.buttons):
            return
        column = self._plan.table.columns[section]
        taken: Callable[[str], None] = lambda name: self.chosen.emit(column.place, name)  # noqa: E731
        pick(self.buttons[section], options(self._plan), (self._plan.columns.get(column.place, ""),), taken)

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(super().sizeHint().width(), 2 * style.metrics.row + style.metrics.gap)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 -- Qt's name
        """What the table calls the column, in the lower half."""
        painter.save()
        painter.fillRect(rect, style.color("panel"))
        painter.setPen(style.color("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        column = self._preview.columns[logicalIndex]
        letter = "" if self._plan is None or self._plan.table.sheet.places else f"{column.letter}　"
        words = f"{letter}{column.heading or '（没有列名）'}"
        painter.setFont(style.font("secondary"))
        painter.setPen(style.color("secondary"))
        line = rect.adjusted(_PAD, rect.height() // 2, -_PAD, 0)
        shown = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
        painter.restore()

    def _button(self, place: int) -> QToolButton:
        button = QToolButton(self.viewport())
        button.setProperty("kind", "chip")
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # by key: Alt+↓ or F4 in the column
        button.clicked.connect(lambda: self._ask(place))
        button.show()
        return button

    def _ask(self, place: int) -> None:
        self._tell(self.buttons[place], self._preview.columns[place])
        self.open(place)

    def _tell(self, button: QToolButton, column: Column) -> None:
        assert self._plan is not None
        name = self._plan.columns.get(column.place, "")
        label = self._plan.kind.targets[name].field.label if name else NOTHING
        button.setChecked(bool(name))
        button.setText(f"{label} ▾")
        button.setToolTip(f"{column.name} → {label}　Alt+↓ 或 F4")
        button.setAccessibleName(f"{column.name}的用途：{label}")

    def _place(self) -> None:
        for place, button in enumerate(self.buttons):
            left = self.sectionViewportPosition(place)
            wide = self.sectionSize(place)
            button.setGeometry(left + 4, 4, wide - 8, style.metrics.row - 4)
            button.setVisible(wide > 16)


def options(plan: Plan) -> list[Option]:
    """The fields a column may go to, those still open first told apart from those in use."""
    used = set(plan.columns.values())
    found = [Option("", NOTHING)]
    for name, target in plan.kind.targets.items():
        required = "，必填" if target.field.required else ""
        group = "已用于别的列" if name in used and not target.several else target.field.group or plan.kind.title
        found.append(Option(name, target.field.label, group, f"{target.field.help}{required}"))
    return sorted(found, key=lambda option: option.group == "已用于别的列")


def columns_after(plan: Plan, place: int, name: str, kind: ImportKind) -> dict[int, str]:
    """The columns once one of them goes elsewhere; a field that takes one column leaves the one it had."""
    kept = {
        column: target
        for column, target in plan.columns.items()
        if column != place and (target != name or kind.targets[target].several)
    }
    return kept | {place: name} if name else kept
