"""The first page: go on with a recent case, or make, open or look at one."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton

from ui import style
from ui.start.choice_button import ChoiceButton
from ui.start.page import Page

_WAYS = (
    ("new", "新建案卷", "一轮巡察、一个巡察组建一个案卷，一分钟内写第一份底稿", "plus"),
    ("open", "打开已有案卷", "选择案卷所在的文件夹", "file"),
    ("sample", "看看示例", "单位、人员和事项全部虚构，可以随意试用", "book"),
)


class WelcomePage(Page):
    """Recent cases first, if there are any; then the ways in."""

    new_wanted = Signal()
    open_wanted = Signal()
    sample_wanted = Signal()
    case_wanted = Signal(object)  # Path

    def __init__(self, recent: Sequence[Path]) -> None:
        super().__init__(centered=True)
        self.add_heading("巡察桌面", "底稿、证据、报告和台账都加密存放在这台电脑上，不连接任何网络。")
        self.column.addWidget(self.notice)
        signals = {"new": self.new_wanted, "open": self.open_wanted, "sample": self.sample_wanted}
        self.recent_buttons = [ChoiceButton(folder.name, str(folder.parent), "history") for folder in recent]
        self.ways: dict[str, QPushButton] = {}
        if recent:
            self.add_section("最近的案卷")
            for button, folder in zip(self.recent_buttons, recent, strict=True):
                button.clicked.connect(lambda _=False, folder=folder: self.case_wanted.emit(folder))
                self.column.addWidget(button)
            self.column.setSpacing(style.metrics.gap)
            self.column.addSpacing(style.metrics.gap)
        for name, words, explanation, icon in _WAYS:
            button = QPushButton(words) if recent else ChoiceButton(words, explanation, icon)
            button.clicked.connect(signals[name])
            self.ways[name] = button
        if recent:
            for button, (_, _, _, icon) in zip(self.ways.values(), _WAYS, strict=True):
                style.set_icon(button, icon)
            self.add_row(*self.ways.values())
        else:
            for button in self.ways.values():
                self.column.addWidget(button)

    def start(self) -> None:
        """Stand on the most likely way in."""
        super().start()
        first = self.recent_buttons[0] if self.recent_buttons else self.ways["new"]
        first.setFocus()
