"""The right side of the checklist screen: one item to read, its state, its note and its papers."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal, SignalInstance
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ui import style
from ui.checklists.item_model import state_words, verdict_words
from ui.checklists.links import Links, Target
from ui.checklists.paper_links import PaperLinks
from ui.context import Context
from ui.forms.flow import FlowLayout
from ui.forms.record_form import RecordForm
from ui.forms.stacked import StackedForms
from xuncha_desktop.model import entities, fields
from xuncha_desktop.model.choices import RESULT_STATES
from xuncha_desktop.model.record_choices import VERDICTS
from xuncha_desktop.services.checklists import Line

_SHOWN_ABOVE = frozenset({"verdict", "suspicion", "inspection", "item", "text", "state"})


class ItemDetail(QWidget):
    """Shows one item; of several it shows how many, and sets their state together."""

    state_asked = Signal(str)
    verdict_asked = Signal(str)
    paper_asked = Signal()  # 写底稿 about the item shown
    opened = Signal(str, str)  # entity, id of a paper or record

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.line: Line | None = None
        self.form = RecordForm(context, "check_result", leave_out=_SHOWN_ABOVE)
        self.where, self.text, self.reason = _plain("secondary"), _plain("section"), _plain("warning")
        self.suspicion = _plain("secondary")
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.write = QPushButton("写底稿")
        self.write.setProperty("kind", "primary")
        self.write.setToolTip("就这一事项写一份底稿，问题分类和清单事项自动带入　Ctrl+N")
        style.set_icon(self.write, "plus", "on_accent")
        self.write.clicked.connect(self.paper_asked)
        self.chips = {
            code: _chip(f"{place} {words}", f"状态：{words}") for place, (code, words) in _numbered(RESULT_STATES)
        }
        self.verdicts = {code: _chip(words, f"整改核查结论：{words}") for _, (code, words) in _numbered(VERDICTS)}
        for place, chip in enumerate(self.verdicts.values(), 5):
            chip.setToolTip(f"F{place}")
        self.how = _Reading(fields("check_item")["how"].label)
        self.basis = _Reading(fields("check_item")["basis"].label)
        self.papers = PaperLinks(context)
        self.records = Links("对应记录", "还没有谈话、调阅、信访、走访、抽凭记录写到这一事项。")
        for links in (self.papers, self.records):
            links.opened.connect(self.opened)
        self.scroll_page = StackedForms([self.how, self.basis, self.form, self.papers, self.records])
        self._build()

    def show_lines(self, lines: Sequence[Line]) -> None:
        """Show what is chosen; the note that is being typed stays."""
        one = lines[0] if len(lines) == 1 else None
        self.line = one
        self.scroll_page.setVisible(one is not None)
        self._several.setVisible(len(lines) > 1)
        self._blank.setVisible(one is None)
        self.write.setVisible(one is not None)
        _press(self.chips, {line.state for line in lines}, usable=bool(lines))
        asked = bool(lines) and all(line.asks_verdict for line in lines)
        self._verdict_row.setVisible(asked)
        _press(self.verdicts, {line.verdict for line in lines}, usable=asked)
        self._say_wanted(lines)
        if one is None:
            self.form.clear()
            self.where.setText("")
            self.suspicion.hide()
            self.text.setText(f"已选 {len(lines):,} 项" if lines else "在左边选一个事项")
            return
        self.where.setText("　·　".join(w for w in (one.code, one.area, "★ 必查" if one.must else "", one.member) if w))
        self.text.setText(one.text)
        self.suspicion.setText(f"针对疑点：{one.suspicion}")
        self.suspicion.setVisible(bool(one.suspicion))
        self.how.show_text(one.how)
        self.basis.show_text(one.basis)
        self.papers.show_line(one)
        self.records.show_targets(
            tuple(
                Target(row.entity, row.record, f"{entities()[row.entity].LABEL}　{row.number}") for row in one.records
            )
        )
        if self.form.record != one.result:
            self.form.load(one.result)

    def ask_reason(self) -> None:
        """Put the cursor where the reason is to be written."""
        self.form.focus("note")

    def _say_wanted(self, lines: Sequence[Line]) -> None:
        """What the items shown still want, in one sentence."""
        wanting = [line for line in lines if line.lacks_reason or line.lacks_verdict or line.lacks_paper]
        self.reason.setVisible(bool(wanting))
        if len(lines) == 1 and wanting:
            self.reason.setText(_wanted(wanting[0]))
        elif wanting:
            codes = "、".join(f"{line.code} {_short(line)}" for line in wanting[:5])
            self.reason.setText(f"{len(wanting)} 项还要补：{codes}{'等' if len(wanting) > 5 else ''}。")

    def _build(self) -> None:
        gap = style.metrics.gap
        head = QHBoxLayout()
        style.at_least(self.where, 32)  # as high as the button that is not always there
        head.addWidget(self.where, 1)
        head.addWidget(self.write)
        states = QWidget()
        flow = FlowLayout(states)
        flow.setSpacing(style.metrics.grid)
        for code, chip in self.chips.items():
            chip.clicked.connect(lambda _=False, code=code: self._ask(self.chips[code], self.state_asked, code))
            flow.addWidget(chip)
        self._verdict_row = QWidget()
        verdicts = FlowLayout(self._verdict_row)
        verdicts.setSpacing(style.metrics.grid)
        label = _plain("secondary")
        label.setText("整改核查结论")
        label.setWordWrap(False)
        style.at_least(label, 32)
        verdicts.addWidget(label)
        for code, chip in self.verdicts.items():
            chip.clicked.connect(lambda _=False, code=code: self._ask(self.verdicts[code], self.verdict_asked, code))
            verdicts.addWidget(chip)
        self._several = _plain("secondary")
        self._several.setText("选定的状态对所选事项一起生效，可以撤销。")
        self._blank = QWidget()
        top = QVBoxLayout()
        top.setContentsMargins(gap * 2, gap, gap * 2, gap)
        top.setSpacing(gap)
        top.addLayout(head)
        top.addWidget(self.text)
        top.addWidget(self.suspicion)
        top.addWidget(states)
        top.addWidget(self._verdict_row)
        top.addWidget(self.reason)
        top.addWidget(self._several)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self.scroll_page, 1)
        column.addWidget(self._blank, 1)

    def _ask(self, chip: QToolButton, asked: SignalInstance, code: str) -> None:
        # What is stored decides which chip is down, not the click.
        chip.setChecked(not chip.isChecked())
        asked.emit(code)


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


def _chip(words: str, meaning: str) -> QToolButton:
    chip = QToolButton()
    chip.setText(words)
    chip.setProperty("kind", "chip")
    chip.setCheckable(True)
    chip.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    chip.setAccessibleName(meaning)
    return chip


def _press(chips: Mapping[str, QToolButton], codes: set[str], *, usable: bool) -> None:
    """Press the chip that all items shown agree on."""
    for code, chip in chips.items():
        chip.setChecked(codes == {code})
        chip.setEnabled(usable)


def _numbered(choices: Mapping[str, str]) -> list[tuple[int, tuple[str, str]]]:
    return list(enumerate(choices.items(), 1))


def _wanted(line: Line) -> str:
    if line.lacks_reason:
        return f"标为“{RESULT_STATES[line.state]}”要在“核查情况”里写明原因，写好才算核查完。"
    if line.lacks_verdict:
        return "上一轮反馈的问题要定整改核查结论，定了才算核查完。"
    return "发现问题要有对应底稿：就这一事项写底稿，或对应到已有底稿。"


def _short(line: Line) -> str:
    return verdict_words(line)[0] if line.lacks_verdict else state_words(line)[0]
