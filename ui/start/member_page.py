"""我是谁: who works here, asked once on each laptop."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from ui import style
from ui.start.choice_button import ChoiceButton
from ui.start.page import Page


class MemberPage(Page):
    """The members by name and role."""

    member_chosen = Signal(str)

    def __init__(self, members: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(centered=len(members) <= 6)
        self.add_heading("我是谁", "修改和底稿都记在所选成员名下；这台电脑会记住，以后不再问。")
        self.column.addWidget(self.notice)
        self.column.addSpacing(style.metrics.grid)
        self.column.setSpacing(style.metrics.gap)
        self.buttons = [ChoiceButton(name, role) for _, name, role in members]
        for button, (member, _, _) in zip(self.buttons, members, strict=True):
            button.clicked.connect(lambda _=False, member=member: self.member_chosen.emit(member))
            self.column.addWidget(button)

    def start(self) -> None:
        """Stand on the first."""
        super().start()
        self.buttons[0].setFocus()
