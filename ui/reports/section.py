"""One heading of the outline: its title with counts, its connecting text, its papers."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.reports.connecting_text import ConnectingText
from ui.reports.entry_list import EntryList
from xuncha_desktop.exports.numerals import chinese
from xuncha_desktop.model.show import money
from xuncha_desktop.services.reports import Section


class HeadingSection(QWidget):
    """A heading; papers that fit none stand under a section without connecting text."""

    def __init__(self, context: Context, inspection: str, section: Section) -> None:
        super().__init__()
        self.heading = section.heading
        self.title = QLabel()
        self.title.setProperty("role", "section")
        self.title.setWordWrap(True)
        self.numbers = QLabel()
        self.numbers.setProperty("role", "secondary")
        self.aside = QLabel("没有已审签的底稿，不写入报告")  # beside the title of an empty heading
        self.aside.setProperty("role", "secondary")
        self.note = QLabel()
        self.note.setProperty("role", "secondary")
        self.note.setWordWrap(True)
        for label in (self.title, self.numbers, self.note, self.aside):
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.entries = EntryList(section.title)
        self.text: ConnectingText | None = None
        gap = style.metrics.gap
        line = QHBoxLayout()
        line.setSpacing(gap)
        line.addWidget(self.title, 1)
        line.addWidget(self.aside)
        above = self._above = QVBoxLayout()
        above.setSpacing(style.metrics.grid)
        above.addLayout(line)
        above.addWidget(self.note)
        under = QHBoxLayout()
        if section.heading:
            self.text = ConnectingText(context, inspection, section.heading, section.title)
            under.addWidget(self.text.begin)
            under.addStretch(1)
            above.addWidget(self.text)
        under.addWidget(self.numbers)
        above.addLayout(under)
        column = QVBoxLayout(self)
        column.setSpacing(style.metrics.grid)
        column.addLayout(above)
        column.addWidget(self.entries)
        self._column = column

    def show_section(self, section: Section, number: int) -> None:
        """Show what the case holds; `number` counts the headings that are printed, 0 for one that is not."""
        shown = [entry for entry in section.entries if not entry.left_out]
        self._be_quiet(section.heading is not None and not section.entries)
        self.title.setText(f"（{chinese(number)}）{section.title}" if number else section.title)
        amount = sum(entry.amount or 0 for entry in shown)
        said = [f"{len(shown)} 个问题"] if shown else []
        said += [f"{money(amount)} 万元"] if amount else []
        self.numbers.setText("　".join(said))
        self.note.setText(_note(section, bool(shown)))
        self.note.setVisible(bool(self.note.text()))
        if self.text is not None:
            self.text.show_text(section.text, offered=bool(section.entries))
        self.entries.show_entries(section.entries)

    def _be_quiet(self, empty: bool) -> None:
        """A heading without papers is one grey line, close to its neighbours."""
        gap = style.metrics.gap
        self.aside.setVisible(empty)
        self.title.setProperty("role", "secondary" if empty else "section")
        self.title.style().unpolish(self.title)
        self.title.style().polish(self.title)
        self._above.setContentsMargins(gap * 2, gap if empty else gap * 2, gap * 2, 0)
        self._column.setContentsMargins(0, 0, 0, 0 if empty else gap)


def _note(section: Section, shown: bool) -> str:
    if section.heading is None:
        return "这些底稿的问题分类没有对应的标题；请打开底稿，选问题分类或报告标题。"
    return "" if shown or not section.entries else "这里的底稿都不写入，标题也不写入报告。"
