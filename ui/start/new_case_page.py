"""The form of a new case: three things must be filled in, everything else is proposed and can be changed later.

Imports the model's lists, so it is itself imported only when wanted.
"""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from ui import ask, style
from ui.start.field import Field
from ui.start.new_case import NewCase
from ui.start.new_password import NewPassword
from ui.start.page import Page, link
from xuncha_desktop.errors import UserError
from xuncha_desktop.model.choices import MODES, PARTY_BODIES, ROLES, UNIT_KINDS
from xuncha_desktop.model.read import read_date
from xuncha_desktop.services import proposals
from xuncha_desktop.text import clean_text

_INDENT = 7  # as other lines; the padding of a style sheet does not reach the line of a spin box
_IN_NUMBERS = "写在正式编号里"
_LATER = "除口令和保存位置外，各项以后都可以在“任务”里改；编好的正式编号不变。"
_OFFICE = "写简称，报告的称谓和落款用它。"


class NewCasePage(Page):
    """Asks what a case begins with."""

    made = Signal(object, str)  # NewCase, password
    back_wanted = Signal()

    def __init__(self, cases_folder: Path, today: date) -> None:
        super().__init__()
        self._today = today
        self._place = cases_folder
        self._own: set[QWidget] = set()  # what the person typed over a proposal
        self._make_controls()
        self._lay_out()
        self._connect()
        self._propose_name()

    def start(self) -> None:
        """Begin with the unit."""
        super().start()
        self.unit.setFocus()

    def set_busy(self, busy: bool) -> None:
        """Show that the case is being made."""
        for widget in (self._form, self.make, self.back):
            widget.setEnabled(not busy)
        self.make.setText("正在建立…" if busy else "建立案卷")

    def _make_controls(self) -> None:
        self.unit = QLineEdit()
        self.unit.setPlaceholderText("中共平湖镇委员会")
        self.member = QLineEdit()
        self.role = _choice(ROLES, "leader")
        self.passwords = NewPassword("口令")
        self.name = QLineEdit()
        self.office = QLineEdit()
        self.office.setPlaceholderText("中共青禾市委")
        self.team = QLineEdit("第一巡察组")
        self.term = _number(1, 99, 1)
        self.round = _number(1, 99, 1)
        self.year = _number(2000, 2099, self._today.year)
        self.member_code = QLineEdit()
        self.unit_short = QLineEdit()
        self.unit_code = QLineEdit()
        self.unit_kind = _choice(UNIT_KINDS, "township")
        self.party_body = _choice(PARTY_BODIES, "committee")
        self.mode = _choice(MODES, "routine")
        self.entry = QLineEdit()
        self.stay_end = QLineEdit()
        for line in (self.entry, self.stay_end):
            line.setPlaceholderText("如 4.16")
        for line in (self.unit, self.member, self.name, self.office, self.team, self.unit_short):
            line.setMaxLength(100)
        for line in (self.member_code, self.unit_code):
            line.setMaxLength(8)
        self.make = QPushButton("建立案卷")
        self.back = link("返回")
        self.more = link("展开核对、修改")
        self.filled = QLabel()
        self.filled.setTextFormat(Qt.TextFormat.PlainText)
        self.filled.setProperty("role", "secondary")
        self.filled.setWordWrap(True)
        self.elsewhere = QPushButton("换一个位置")

    def _lay_out(self) -> None:
        page, self._form = self.column, QWidget()
        self.column = QVBoxLayout(self._form)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.metrics.wide_gap)
        self.unit_field = Field(
            "被巡察党组织全称", self.unit, "规范全称；一个案卷可以有多个单位，以后再加。", required=True
        )
        self.member_field = Field("我的姓名", self.member, required=True)
        self.term_field = Field("届次", self.term, _IN_NUMBERS)
        self.round_field = Field("轮次", self.round, _IN_NUMBERS)
        self.add_row(self.unit_field, self.term_field, self.round_field, stretches=(3, 1, 1))
        self.add_row(self.member_field, Field("我的组内职务", self.role))
        self.column.addWidget(self.passwords)
        self.office_field = Field("派出巡察的党委", self.office, _OFFICE)
        self.place_field = Field("保存位置", self.elsewhere, wide=False)
        self.add_row(self.office_field, self.place_field)
        self._filled = QWidget()
        filled = QHBoxLayout(self._filled)
        filled.setContentsMargins(0, 0, 0, 0)
        filled.setSpacing(style.metrics.gap)
        filled.addWidget(self.filled, 1)
        filled.addWidget(self.more)
        self.column.addWidget(self._filled)
        self._details = self._detail_fields()
        self.column.addWidget(self._details)
        form, self.column = self.column, page
        self.add_heading("新建案卷", "填好单位、姓名和口令，核对届次、轮次就能开始。", _LATER)
        self.column.addWidget(self._form)
        self.column.addWidget(self.notice)
        self.add_verbs(self.make, self.back)
        form.addStretch()
        self._details.hide()

    def _detail_fields(self) -> QWidget:
        details = QWidget()
        around, self.column = self.column, QVBoxLayout(details)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(style.metrics.wide_gap)
        self.name_field = Field("案卷名称", self.name)
        self.entry_field = Field("进驻日", self.entry, "可以不填")
        self.stay_end_field = Field("驻点结束日", self.stay_end, "可以不填")
        self.member_code_field = Field("我的代码", self.member_code, "写在临时编号里")
        self.unit_code_field = Field("单位简码", self.unit_code, _IN_NUMBERS)
        self.add_section("案卷和巡察组")
        self.add_row(self.name_field, Field("巡察组名称", self.team))
        self.add_row(Field("年度", self.year, _IN_NUMBERS), self.member_code_field)
        self.add_section("单位")
        self.add_row(Field("单位简称", self.unit_short), self.unit_code_field)
        self.add_row(Field("组织类型", self.unit_kind), Field("党组织形式", self.party_body))
        self.add_section("巡察任务")
        self.add_row(Field("巡察方式", self.mode), self.entry_field, self.stay_end_field)
        self.column = around
        return details

    def _connect(self) -> None:
        self.unit.textEdited.connect(self._propose_unit)
        self.unit.textEdited.connect(self.unit_field.clear)
        self.member.textEdited.connect(self._propose_code)
        self.member.textEdited.connect(self.member_field.clear)
        for line in (self.name, self.member_code, self.unit_short, self.unit_code):
            line.textEdited.connect(lambda _, line=line: self._own.add(line))
        for box in (self.unit_kind, self.party_body):
            box.activated.connect(lambda _, box=box: self._own.add(box))
        for number in (self.year, self.term, self.round):
            number.valueChanged.connect(self._propose_name)
        for field, line in ((self.entry_field, self.entry), (self.stay_end_field, self.stay_end)):
            line.textEdited.connect(field.clear)
        self.name.textEdited.connect(self._show_place)
        self.team.textEdited.connect(self._propose_name)
        self.more.clicked.connect(self._show_details)
        self.elsewhere.clicked.connect(self._choose_place)
        self.passwords.entered.connect(self._make)
        self.make.clicked.connect(self._make)
        self.back.clicked.connect(self.back_wanted)

    def _propose_unit(self) -> None:
        full = clean_text(self.unit.text())
        self._propose(self.unit_short, proposals.short_name(full))
        self._propose(self.unit_code, proposals.unit_code(full))
        for box, code in ((self.unit_kind, proposals.kind(full)), (self.party_body, proposals.party_body(full))):
            if box not in self._own:
                box.setCurrentIndex(box.findData(code))
        self._say_filled()

    def _propose_code(self) -> None:
        self._propose(self.member_code, proposals.member_code(clean_text(self.member.text())))

    def _propose_name(self) -> None:
        self._propose(self.name, f"{self.year.value()}年第{self.round.value()}轮 {self.team.text().strip()}")
        self._show_place()

    def _say_filled(self) -> None:
        """Which fields are filled in with what, and where they are changed later."""
        parts = [
            f"案卷名称“{self.name.text()}”",
            self.team.text(),
            f"{self.unit_kind.currentText()}、{self.party_body.currentText()}；巡察方式：{self.mode.currentText()}",
        ]
        self.filled.setText(f"已按常用情况填好：{'；'.join(parts)}。进驻、驻点结束日期还空着。")

    def _propose(self, line: QLineEdit, text: str) -> None:
        if line not in self._own:
            line.setText(text)

    def _show_details(self) -> None:
        self._details.show()
        self._filled.hide()
        self.name.setFocus()

    def _choose_place(self) -> None:
        chosen = ask.choose_folder(self, "把案卷放在哪个文件夹里", self._place)
        if chosen is not None:
            self._place = chosen
            self._show_place()

    def _show_place(self) -> None:
        self._say_filled()
        self.name_field.clear()
        self.place_field.say_hint(f"将存到 {self._folder()}")

    def _folder(self) -> Path:
        name = proposals.folder_name(clean_text(self.name.text())) or "案卷"
        wanted, more = self._place / name, 2
        while wanted.exists():
            wanted, more = self._place / f"{name}（{more}）", more + 1
        return wanted

    def _make(self) -> None:
        self.notice.clear()
        _demand(self.unit_field, self.unit, "请填写被巡察党组织的全称，如“中共平湖镇委员会”。")
        _demand(self.member_field, self.member, "请填写姓名，底稿和修改都记在这个名下。")
        password = self.passwords.accepted()
        dates = [self._date(field, line) for field, line in self._date_fields()]
        in_details = [field for field, _ in self._date_fields()]
        if any(field.wrong for field in in_details) and self._details.isHidden():
            self._show_details()
        twice = (self.passwords.first_field, self.passwords.again_field)
        every = (self.unit_field, self.member_field, *twice, *in_details)
        wrong = next((field for field in every if field.wrong), None)
        if wrong is not None:
            wrong.control.setFocus()
            # Later: the layout has to make room for the sentence first.
            QTimer.singleShot(0, wrong, lambda: self.ensureWidgetVisible(wrong))
        elif password:
            self.made.emit(self._described(dates), password)

    def _date_fields(self) -> tuple[tuple[Field, QLineEdit], ...]:
        return (self.entry_field, self.entry), (self.stay_end_field, self.stay_end)

    def _date(self, field: Field, line: QLineEdit) -> str | None:
        try:
            return read_date(field.control.accessibleName(), line.text(), self._today)
        except UserError as error:
            field.say_error(str(error))
            return None

    def _described(self, dates: list[str | None]) -> NewCase:
        unit, member = _text(self.unit), _text(self.member)
        return NewCase(
            folder=self._folder(),
            name=_text(self.name) or self._folder().name,
            office=_text(self.office),
            term=self.term.value(),
            round=self.round.value(),
            year=self.year.value(),
            team=_text(self.team) or "巡察组",
            member=member,
            member_code=_text(self.member_code) or proposals.member_code(member) or "A",
            role=self.role.currentData(),
            unit=unit,
            unit_short=_text(self.unit_short) or unit,
            unit_code=_text(self.unit_code) or proposals.unit_code(unit) or "A",
            unit_kind=self.unit_kind.currentData(),
            party_body=self.party_body.currentData(),
            mode=self.mode.currentData(),
            entry_on=dates[0],
            stay_end_on=dates[1],
        )


def _choice(choices: Mapping[str, str], chosen: str) -> QComboBox:
    box = QComboBox()
    for code, words in choices.items():
        box.addItem(words, code)
    box.setCurrentIndex(box.findData(chosen))
    return box


class _Number(QSpinBox):
    """A number that official numbers are made of: only who means it changes it."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()


def _number(low: int, high: int, value: int) -> QSpinBox:
    box = _Number()
    box.setRange(low, high)
    box.setValue(value)
    box.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
    return box


def _text(line: QLineEdit) -> str:
    return clean_text(line.text()).strip()


def _demand(field: Field, line: QLineEdit, sentence: str) -> None:
    if _text(line):
        field.clear()
    else:
        field.say_error(sentence)
