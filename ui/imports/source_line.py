"""Where the table comes from, what it is a list of, which sheet and which heading rows are meant."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.forms.opening_keys import OpeningKeys
from ui.forms.picker import Option, pick
from xuncha_desktop.decoding.lists.grid import Source
from xuncha_desktop.services.imports.kinds import kinds
from xuncha_desktop.services.imports.layout import text_of
from xuncha_desktop.services.imports.plan import Plan

_ROWS = 20  # that may be named as the heading
AUTO = "auto"


class SourceLine(QWidget):
    """Title, kind, file or clipboard, sheet, heading, and the button that imports."""

    kind_chosen = Signal(str)
    file_asked = Signal()
    paste_asked = Signal()
    sheet_chosen = Signal(str)
    heading_chosen = Signal(str)  # a row's number, 0 for none, "auto"
    import_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._plan: Plan | None = None
        self._source: Source | None = None
        self.title = QLabel("导入")
        self.title.setProperty("role", "title")
        self.kind = _chip("导入成哪一类", self._pick_kind)
        self.sheet = _chip("工作表", self._pick_sheet)
        self.heading = _chip("表头", self._pick_heading)
        self.file = QPushButton("选择文件…")
        style.set_icon(self.file, "file")
        self.file.clicked.connect(self.file_asked)
        self.paste = QPushButton("粘贴表格")
        self.paste.setToolTip("粘贴表格　Ctrl+V")
        style.set_icon(self.paste, "copy")
        self.paste.clicked.connect(self.paste_asked)
        self.go = QPushButton("导入")
        self.go.setProperty("kind", "primary")
        self.go.clicked.connect(self.import_asked)
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setProperty("role", "secondary")
        self.words.setWordWrap(True)
        self._build()

    def show_kind(self, name: str) -> None:
        """What is brought in."""
        self._kind = name
        self.kind.setText(f"{kinds()[name].title} ▾")
        self.kind.setAccessibleDescription(kinds()[name].title)

    def show_plan(self, source: Source | None, plan: Plan | None) -> None:
        """What was read, and how much of it would be imported."""
        self._source, self._plan = source, plan
        several = source is not None and len(source.sheets) > 1
        self.sheet.setVisible(plan is not None and several)
        self.heading.setVisible(plan is not None and not plan.table.sheet.places)
        count = len(plan.items) if plan else 0
        stopped = plan is None or bool(plan.problems) or not count
        self.go.setText(f"导入 {count:,} 条" if count and plan and not plan.problems else "导入")
        self.go.setEnabled(not stopped)
        self.go.setVisible(plan is not None)
        self.words.setProperty("role", "error" if plan and plan.problems else "secondary")
        self.words.style().polish(self.words)
        self.words.setText(_summary(source, plan))
        if plan:
            for chip, chosen in ((self.sheet, plan.table.sheet.name), (self.heading, _rows(plan.table.heading))):
                chip.setText(f"{chip.accessibleName()}：{chosen} ▾")
                chip.setAccessibleDescription(chosen)

    def _pick_kind(self, typed: str) -> None:
        found = [Option(kind.name, kind.title) for kind in kinds().values()]
        pick(self.kind, found, (self._kind,), self.kind_chosen.emit, typed=typed)

    def _pick_sheet(self, typed: str) -> None:
        if self._source and self._plan:
            found = [Option(sheet.name, sheet.name) for sheet in self._source.sheets]
            pick(self.sheet, found, (self._plan.table.sheet.name,), self.sheet_chosen.emit, typed=typed)

    def _pick_heading(self, typed: str) -> None:
        if self._plan:
            chosen = (str(self._plan.table.heading[1]),)
            pick(self.heading, _headings(self._plan), chosen, self.heading_chosen.emit, typed=typed)

    def _build(self) -> None:
        gap = style.metrics.gap
        first = QHBoxLayout()
        first.setSpacing(gap)
        for widget in (self.title, self.kind):
            first.addWidget(widget)
        first.addStretch(1)
        for widget in (self.file, self.paste, self.go):
            first.addWidget(widget)
        second = QHBoxLayout()
        second.setSpacing(gap)
        second.addWidget(self.words, 1)
        for widget in (self.sheet, self.heading):
            second.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(gap * 2, gap, gap * 2, gap)
        column.setSpacing(gap // 2)
        column.addLayout(first)
        column.addLayout(second)


def _chip(name: str, open_with: Callable[[str], None]) -> QToolButton:
    button = QToolButton()
    button.setProperty("kind", "chip")
    button.setAccessibleName(name)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    OpeningKeys(button, open_with)
    return button


def _summary(source: Source | None, plan: Plan | None) -> str:
    if source is None or plan is None:
        return ""
    words = [f"“{source.name}”"]
    if plan.problems:
        words.append(f"有 {len(plan.problems):,} 处要改，改好以后才能导入；一条也不会先写入")
    elif plan.items:
        words.append(f"会导入 {len(plan.items):,} 条{plan.kind.title}")
    else:
        words.append("没有可以导入的行")
    if plan.left_out:
        words.append(f"{len(plan.left_out):,} 行不导入")
    if plan.unmapped:
        words.append(f"{len(plan.unmapped)} 列不导入")
    return "，".join(words) + "。"


def _rows(heading: Sequence[int]) -> str:
    first, last = heading
    if not last:
        return "没有"
    return f"第 {last} 行" if first == last else f"第 {first}—{last} 行"


def _headings(plan: Plan) -> list[Option]:
    sheet = plan.table.sheet
    rows = [row for row in sorted(sheet.rows) if any(value != "" for value in sheet.rows[row])][:_ROWS]
    named = [Option(str(row), f"第 {row} 行　{text_of(sheet, row)[:40]}") for row in rows]
    return [Option(AUTO, "自动识别"), Option("0", "没有表头"), *named]
