"""Opening a case without its password: the printed recovery key, and a new password with it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QPushButton

from ui.start.field import Field
from ui.start.new_password import NewPassword
from ui.start.page import Page, link


class ForgottenPage(Page):
    """The recovery key as it stands on paper, and the password twice."""

    key_given = Signal(str, str, bool)  # recovery key, new password, take over
    back_wanted = Signal()

    def __init__(self, folder: Path) -> None:
        super().__init__(centered=True)
        self._taking_over = False
        self.add_heading("用恢复密钥打开", f"案卷：{folder.name}")
        self.key = QLineEdit()
        self.key_field = Field("恢复密钥", self.key, "纸上的八组字符；大小写和横线写不写都可以。", required=True)
        self.passwords = NewPassword("新口令")
        self.open_it = QPushButton("打开并换用新口令")
        self.back = link("返回")
        self.column.addWidget(self.notice)
        self.column.addWidget(self.key_field)
        self.column.addWidget(self.passwords)
        self.add_verbs(self.open_it, self.back)
        self.key.textEdited.connect(self.key_field.clear)
        self.key.returnPressed.connect(self.passwords.setFocus)
        self.passwords.entered.connect(self._give)
        self.open_it.clicked.connect(self._give)
        self.back.clicked.connect(self.back_wanted)

    def start(self) -> None:
        """Type at once."""
        super().start()
        self.key.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Show that the case is being opened."""
        for widget in (self.key, self.passwords, self.open_it, self.back):
            widget.setEnabled(not busy)
        self.open_it.setText("正在打开…" if busy else "打开并换用新口令")

    def say_wrong_key(self, sentence: str) -> None:
        """Say under the key what is wrong with it."""
        self.key_field.say_error(sentence)
        self.key.setFocus()

    def ask_take_over(self, sentence: str, take_over: Callable[[], None]) -> None:
        """Ask in place whether the other computer has really let go."""
        self.say("warning", sentence, "那台电脑已不再使用，接管", take_over)

    def give_again(self, *, take_over: bool) -> None:
        """Give the same key once more."""
        self._taking_over = take_over
        self._give()

    def _give(self) -> None:
        self.notice.clear()
        if not self.key.text().strip():
            self.say_wrong_key("请先输入恢复密钥。")
            return
        if password := self.passwords.accepted():
            self.key_given.emit(self.key.text(), password, self._taking_over)
        self._taking_over = False
