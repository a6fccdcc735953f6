"""The head of a paper: its state and number, what can be done with it now, and why it was sent back."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ui import style
from ui.tables.states import marked
from xuncha_desktop.model.choices import PAPER_STATES, in_words
from xuncha_desktop.services import papers


class PaperHead(QWidget):
    """Asks for what the buttons say; the editor does it."""

    submit_asked = Signal()
    approve_asked = Signal()
    return_asked = Signal(str)  # the reason
    export_asked = Signal()
    duplicate_asked = Signal()
    delete_asked = Signal()
    next_asked = Signal()  # the next field that lacks something

    def __init__(self) -> None:
        super().__init__()
        self.state = _plain("")
        self.number = _plain("secondary")
        self.submit_button = _button("提交复核", "check", self.submit_asked.emit, "primary")
        self.submit_button.setShortcut("Ctrl+Return")
        keypad = QShortcut(QKeySequence("Ctrl+Enter"), self.submit_button)
        keypad.activated.connect(self.submit_asked)
        self.approve_button = _button("标为已审签", "check", self.approve_asked.emit)
        self.approve_button.setToolTip("组长在纸质底稿上签字后标记：给正式编号、锁定，写入报告")
        self.return_button = _button("退回修改", "undo", self._ask_reason)
        self.export_button = _button("导出底稿", "export", self.export_asked.emit)
        self.copy_button = _button("复制", "copy", self.duplicate_asked.emit)
        self.copy_button.setShortcut("Ctrl+D")
        self.delete_button = _button("删除", "trash", self.delete_asked.emit)
        self.reason = QLineEdit()
        self.reason_bar = self._reason_line()
        self.refused = _plain("warning")
        self.next_button = _button("下一处（F6）", "", self.next_asked.emit)
        self.refusal = self._refusal_line()
        self.returned = _plain("warning")
        self.returned.setWordWrap(True)
        self._build()

    def show_paper(self, values: Mapping[str, Any] | None) -> None:
        """Say what a paper is and offer what its state allows; None is one not yet made."""
        state = values["state"] if values else "draft"
        locked = papers.is_locked(state)
        word, role = marked(in_words(PAPER_STATES, state))
        self.state.setText(word)
        self.state.setProperty("role", role)
        self.state.style().polish(self.state)
        found = values or {}
        number = found.get("official_number") or found.get("number") or "新底稿"
        taken = found.get("earlier_numbers")
        self.number.setText(f"{number}（并入 {taken}）" if taken else number)
        self.submit_button.setVisible(not locked and state != "review")
        self.approve_button.setVisible(bool(values) and not locked)
        self.return_button.setVisible(bool(values) and (locked or state == "review"))
        for button in (self.copy_button, self.delete_button, self.export_button):
            button.setVisible(bool(values))
        self.delete_button.setEnabled(not locked)
        reason = found.get("return_reason", "") if state == "returned" else ""
        self.returned.setText(f"退回原因：{reason}" if reason else "")
        self.returned.setVisible(bool(reason))
        self._fit()

    def refuse(self, sentence: str, *, gaps: bool) -> None:
        """Say under the buttons why what was asked for was not done; with `gaps` there is a next one to go to."""
        self.refused.setText(sentence)
        self.next_button.setVisible(gaps)
        self.refusal.show()

    def forget_refusal(self) -> None:
        """Nothing stands against it any more, or it was another paper."""
        self.refusal.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the words of the buttons into the new width."""
        super().resizeEvent(event)
        self._fit()

    def forget_reason(self) -> None:
        """What was typed as a reason was for another paper, or is done with."""
        self.reason.clear()
        self.reason_bar.hide()

    def _fit(self) -> None:
        """Leave out the words of what is seldom pressed, one button after the other, until everything has its room."""
        seldom = (self.copy_button, self.delete_button, self.export_button, self.return_button)
        for button in seldom:
            _say(button, button.accessibleName())
        for button in seldom:
            if self._wanted() <= self.width():
                return
            if not button.isHidden():
                _say(button, "")

    def _wanted(self) -> int:
        """The width at which nothing of the line is cut off."""
        shown = [widget for widget in self._in_line if not widget.isHidden()]
        margins = self._line.contentsMargins()
        between = self._line.spacing() * len(shown)  # the stretch between words and buttons has one, too
        return sum(widget.sizeHint().width() for widget in shown) + between + margins.left() + margins.right()

    def _ask_reason(self) -> None:
        self.reason_bar.show()
        self.reason.setFocus()

    def _give_reason(self) -> None:
        self.return_asked.emit(self.reason.text())

    def _refusal_line(self) -> QFrame:
        bar = QFrame()
        bar.setObjectName("notice")
        row = QHBoxLayout(bar)
        gap = style.metrics.gap
        row.setContentsMargins(gap * 2, gap // 2, gap, gap // 2)
        self.refused.setWordWrap(True)
        row.addWidget(self.refused, 1)
        row.addWidget(self.next_button)
        bar.hide()
        return bar

    def _reason_line(self) -> QWidget:
        bar = QWidget()
        row = QHBoxLayout(bar)
        gap = style.metrics.gap
        row.setContentsMargins(gap * 2, 0, gap, gap)
        self.reason.setPlaceholderText("退回原因：请写明改什么")
        self.reason.setAccessibleName("退回原因")
        self.reason.returnPressed.connect(self._give_reason)
        row.addWidget(self.reason, 1)
        row.addWidget(_button("退回", "undo", self._give_reason, "primary"))
        row.addWidget(_button("取消", "close", bar.hide))
        bar.hide()
        return bar

    def _build(self) -> None:
        gap = style.metrics.gap
        self.returned.setContentsMargins(gap * 2, 0, gap * 2, gap)
        line = self._line = QHBoxLayout()
        line.setContentsMargins(gap * 2, gap, gap, gap)
        line.setSpacing(gap)
        line.addWidget(self.state)
        line.addWidget(self.number)
        line.addStretch(1)
        # 标为已审签 at the end, where nothing comes and goes: a second click of a double-click must not meet it.
        buttons = (
            self.copy_button, self.delete_button, self.export_button,
            self.return_button, self.submit_button, self.approve_button,
        )  # fmt: skip
        for button in buttons:
            line.addWidget(button)
        self._in_line = (self.state, self.number, *buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(line)
        column.addWidget(self.refusal)
        column.addWidget(self.reason_bar)
        column.addWidget(self.returned)


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    return label


def _say(button: QPushButton, words: str) -> None:
    if button.text() != words:
        shortcut = button.shortcut()
        button.setText(words)
        button.setShortcut(shortcut)  # Qt forgets it with the text


def _button(text: str, icon: str, action: Callable[[], object], kind: str = "") -> QPushButton:
    button = QPushButton(text)
    button.setProperty("kind", kind)
    button.setAccessibleName(text)
    button.setToolTip(text)
    if icon:
        style.set_icon(button, icon, "on_accent" if kind == "primary" else "text")
    button.clicked.connect(lambda: action())
    return button
