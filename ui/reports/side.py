"""The right side of the 报告 screen: the report's own texts, its hearings, or what changed since the last of them."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QStackedWidget, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.reports.changes_page import ChangesPage
from ui.reports.hearings_page import HearingsPage
from ui.reports.texts import ReportTexts


class ReportSide(QWidget):
    """Three pages, one chip each."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.texts = ReportTexts(context)
        self.hearings = HearingsPage(context)
        self.changes = ChangesPage(context)
        self.pages = QStackedWidget()
        self.chips: dict[QWidget, QToolButton] = {}
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.setContentsMargins(gap * 2, gap, gap * 2, gap)
        head.setSpacing(style.metrics.grid)
        group = QButtonGroup(self)
        for page, words, told in (
            (self.texts, "报告文字", "报告自己的文字：评价、意见建议、标题和落款"),
            (self.hearings, "听取", "谁听取了汇报，提了什么意见，怎样落实"),
            (self.changes, "与上次听取相比", "报告从上次听取或某次导出以来改了什么"),
        ):
            chip = self.chips[page] = QToolButton()
            chip.setText(words)
            chip.setToolTip(told)
            chip.setCheckable(True)
            chip.setProperty("kind", "chip")
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.clicked.connect(lambda _=False, page=page: self.show_page(page))
            group.addButton(chip)
            head.addWidget(chip)
            self.pages.addWidget(page)
        head.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.pages, 1)
        self.show_page(self.texts)

    def show_page(self, page: QWidget) -> None:
        """Turn to one of the three, once what is typed on the one before is saved."""
        if page is not self.pages.currentWidget():
            self.leave()
        self.chips[page].setChecked(True)
        self.pages.setCurrentWidget(page)

    def refresh_hearings(self) -> None:
        """Read them again, and how many they are."""
        self.hearings.refresh()
        count = self.hearings.count()
        self.chips[self.hearings].setText(f"听取　{count:,}" if count else "听取")

    def leave(self) -> None:
        """Save what is being typed."""
        self.texts.leave()
        self.hearings.leave()
