"""Opening a case with its password. Nothing typed here is remembered."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QPushButton

from ui.start import sample_note
from ui.start.field import Field
from ui.start.page import Page, link
from ui.start.password_box import PasswordBox

DELAYS = (0, 1, 2, 4, 8, 16, 30)


class UnlockPage(Page):
    """The name of the case, a password, and what to do without one."""

    password_given = Signal(str, bool)  # password, take over
    forgotten = Signal()
    others_wanted = Signal()

    def __init__(self, folder: Path, second_ms: int = 1000) -> None:
        super().__init__(centered=True)
        self.folder = folder
        self._wrong = 0
        self._left = 0
        self._busy = False
        self._second = QTimer(self)
        self._second.setInterval(second_ms)
        self._second.timeout.connect(self._wait)
        self.add_heading(folder.name, str(folder))
        self.box = PasswordBox()
        self.field = Field("口令", self.box)
        self.open_it = QPushButton("打开")
        self.recover = link("用恢复密钥打开")
        self.others = link("其他案卷")
        note = sample_note.read(folder)
        if note:
            self.notice.say("info", "这是示例案卷，内容全部虚构，口令也是公开的：已经填在下面，直接打开即可。")
            self.box.set_text(note.password)
            self.box.show_it.setChecked(True)
        self.column.addWidget(self.notice)
        self.column.addWidget(self.field)
        self.add_verbs(self.open_it, self.recover, self.others)
        self.box.entered.connect(self._give)
        self.box.changed.connect(self.field.clear)
        self.open_it.clicked.connect(self._give)
        self.recover.clicked.connect(self.forgotten)
        self.others.clicked.connect(self.others_wanted)

    def start(self) -> None:
        """Type at once."""
        super().start()
        self.box.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Show that the case is being opened; nothing can be pressed twice."""
        self._busy = busy
        self.box.setEnabled(not busy)
        self.recover.setEnabled(not busy)
        self.others.setEnabled(not busy)
        self._show_state()

    def say_wrong_password(self, sentence: str) -> None:
        """Say it in place, and make each further guess wait longer."""
        self.field.say_error(sentence)
        self._left = DELAYS[min(self._wrong, len(DELAYS) - 1)]
        self._wrong += 1
        if self._left:
            self._second.start()
        self._show_state()
        self.box.setFocus()
        self.box.line.selectAll()

    def ask_take_over(self, sentence: str, take_over: Callable[[], None]) -> None:
        """Ask in place whether the other computer has really let go."""
        self.say("warning", sentence, "那台电脑已不再使用，接管", take_over)

    def give_again(self, *, take_over: bool) -> None:
        """Give the same password once more."""
        self.notice.clear()
        self.password_given.emit(self.box.text(), take_over)

    def _give(self) -> None:
        if self._busy or self._left:
            return
        if not self.box.text():
            self.field.say_error("请先输入口令。")
            self.box.setFocus()
            return
        self.field.clear()
        self.notice.clear()
        self.password_given.emit(self.box.text(), False)

    def _wait(self) -> None:
        self._left -= 1
        if self._left <= 0:
            self._second.stop()
        self._show_state()

    def _show_state(self) -> None:
        self.open_it.setEnabled(not self._busy and not self._left)
        if self._busy:
            self.open_it.setText("正在打开…")
        else:
            self.open_it.setText(f"请等 {self._left} 秒" if self._left else "打开")
