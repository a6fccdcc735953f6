"""The right side of the checklist screen: one item to read, its state, its note and its papers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.checklists.item_model import state_words
from ui.checklists.paper_links import PaperLinks
from ui.context import Context
from ui.forms.flow import FlowLayout
from ui.forms.record_form import RecordForm
from ui.forms.stacked import StackedForms
from xuncha_desktop.model import fields
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.services.checklists import Line

_SHOWN_ABOVE = frozenset({"verdict", "inspection", "item", "text", "state"})


class ItemDetail(QWidget):
    """Shows one item; of several it shows how many, and sets their state together."""

    state_asked = Signal(str)
    paper_asked = Signal()  # 写底稿 about the item shown
    paper_opened = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.line: Line | None = None
        self.form = RecordForm(context, "check_result", leave_out=_SHOWN_ABOVE)
        self.where, self.text, self.reason = _plain("secondary"), _plain("section"), _plain("warning")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.write = QPushButton("写底稿")
        self.write.setProperty("kind", "primary")
        self.write.setToolTip("就这一事项写一份底稿，问题分类和清单事项自动带入　Ctrl+N")
        style.set_icon(self.write, "plus", "on_accent")
        self.write.clicked.connect(self.paper_asked)
        self.chips: dict[str, QToolButton] = {}
        self.how = _Reading(fields("check_item")["how"].label)
        self.basis = _Reading(fields("check_item")["basis"].label)
        self.papers = PaperLinks()
        self.papers.opened.connect(self.paper_opened)
        self.scroll_page = StackedForms([self.how, self.basis, self.form, self.papers])
        self._build()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show what is chosen; the note that is being typed stays."""
        one = lines[0] if len(lines) == 1 else None
        self.line = one
        self.scroll_page.setVisible(one is not None)
        self._several.setVisible(len(lines) > 1)
        self._blank.setVisible(one is None)
        self.write.setVisible(one is not None)
        states = {line.state for line in lines}
        for code, chip in self.chips.items():
            chip.setChecked(states == {code})
            chip.setEnabled(bool(lines))
        if one is None:
            self.form.clear()
            self.where.setText("")
            self.text.setText(f"已选 {len(lines):,} 项" if lines else "在左边选一个事项")
            self._say_reason([line for line in lines if line.lacks_reason])
            return
        self.where.setText("　·　".join(w for w in (one.code, one.area, "★ 必查" if one.must else "") if w))
        self.text.setText(one.text)
        self.how.show_text(one.how)
        self.basis.show_text(one.basis)
        self.papers.show_papers(one.papers)
        self._say_reason([one] if one.lacks_reason else [])
        if self.form.record != one.result:
            self.form.load(one.result)

    def ask_reason(self) -> None:
        """Put the cursor where the reason is to be written."""
        self.form.focus("note")

    def _say_reason(self, lacking: Sequence[Line]) -> None:
        self.reason.setVisible(bool(lacking))
        if self.line is not None and lacking:
            words = RESULT_STATES[self.line.state]
            self.reason.setText(f"标为“{words}”要在“核查情况”里写明原因，写好才算核查完。")
        elif lacking:
            codes = "、".join(f"{line.code} {state_words(line)[0]}" for line in lacking[:5])
            self.reason.setText(f"{len(lacking)} 项还要写明原因：{codes}{'等' if len(lacking) > 5 else ''}。")

    def _build(self) -> None:
        gap = style.metrics.gap
        head = QHBoxLayout()
        head.addWidget(self.where, 1)
        head.addWidget(self.write)
        head.addStrut(style.metrics.control)
        states = QWidget()
        flow = FlowLayout(states)
        flow.setSpacing(style.metrics.grid)
        for place, (code, words) in enumerate(RESULT_STATES.items(), 1):
            chip = QToolButton()
            chip.setText(f"{place} {words}")
            chip.setProperty("kind", "chip")
            chip.setCheckable(True)
            chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            chip.setAccessibleName(f"状态：{words}")
            chip.clicked.connect(lambda _=False, state=code: self._ask_state(state))
            flow.addWidget(chip)
            self.chips[code] = chip
        self._several = _plain("secondary")
        self._several.setText("选定的状态对所选事项一起生效，可以撤销。")
        self._blank = QWidget()
        top = QVBoxLayout()
        top.setContentsMargins(gap * 2, gap, gap * 2, gap)
        top.setSpacing(gap)
        top.addLayout(head)
        top.addWidget(self.text)
        top.addWidget(states)
        top.addWidget(self.reason)
        top.addWidget(self._several)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.scroll_page, 1)
        column.addWidget(self._blank, 1)

    def _ask_state(self, state: str) -> None:
        # What is stored decides which chip is down, not the click.
        self.chips[state].setChecked(not self.chips[state].isChecked())
        self.state_asked.emit(state)


class _Reading(QWidget):
    """A label and a text to read; hidden where there is none."""

    def __init__(self, label: str) -> None:
        super().__init__()
        gap = style.metrics.gap
        column = QVBoxLayout(self)
        column.setContentsMargins(gap * 2, gap // 2, gap * 2, gap // 2)
        column.setSpacing(2)
        heading = _plain("secondary")
        heading.setText(label)
        self.words = _plain("")
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(heading)
        column.addWidget(self.words)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self.words.setText(text)
        self.setVisible(bool(text))


def _plain(role: str) -> QLabel:
    label = QLabel()
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setProperty("role", role)
    return label
