"""A new case, and its recovery key: from three answers to the first paper."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from tests.support.start_pages import NEW_PASSWORD, Start, filled, type_into
from ui import style
from ui.start.new_case_page import NewCasePage
from ui.start.recovery_page import RecoveryPage
from xuncha_desktop.services import cases, lists, records


def test_a_new_case_needs_a_unit_a_name_and_a_password(start: Start) -> None:
    start.window.show_new_case()
    page = start.reach(NewCasePage)
    with start.qtbot.assertNotEmitted(page.made):
        page.make.click()
    assert page.unit_field.wrong
    assert page.member_field.wrong
    assert page.passwords.first_field.wrong
    page.unit.setText("中共平湖镇委员会")
    page.member.setText("张建业")
    page.passwords.first.set_text(NEW_PASSWORD)
    page.passwords.again.set_text(NEW_PASSWORD + "?")
    with start.qtbot.assertNotEmitted(page.made):
        page.make.click()
    assert page.passwords.again_field.wrong


def test_tab_goes_from_the_password_to_its_repetition(start: Start) -> None:
    page = filled(start)
    page.passwords.first.line.setFocus()
    start.qtbot.keyClick(page.passwords.first.line, Qt.Key.Key_Tab)
    assert page.passwords.again.line.hasFocus()
    start.qtbot.keyClick(page.passwords.again.line, Qt.Key.Key_Tab)
    assert page.office.hasFocus()


@pytest.mark.parametrize("wrong", ["unit", "again", "entry"])
def test_what_is_wrong_is_scrolled_to_and_takes_the_cursor(start: Start, wrong: str) -> None:
    page = filled(start)
    start.window.resize(640, 400)
    page.more.click()
    fields = {"unit": page.unit_field, "again": page.passwords.again_field, "entry": page.entry_field}
    line = {"unit": page.unit, "again": page.passwords.again.line, "entry": page.entry}[wrong]
    line.setText("" if wrong == "unit" else "别的")
    bar = page.verticalScrollBar()
    bar.setValue(0 if wrong == "entry" else bar.maximum())
    page.make.click()
    field = fields[wrong]
    start.qtbot.waitUntil(lambda: field.visibleRegion().boundingRect().height() == field.height())
    assert line.hasFocus()
    assert field.sentence


def test_a_password_that_can_be_read_is_asked_for_once(start: Start) -> None:
    page = filled(start)
    page.passwords.again.set_text("别的")
    page.passwords.first.show_it.click()
    assert not page.passwords.again.isVisible()
    with start.qtbot.waitSignal(page.made) as made:
        start.qtbot.keyClick(page.passwords.first.line, Qt.Key.Key_Return)
    assert made.args is not None
    assert made.args[1] == NEW_PASSWORD
    start.reach(RecoveryPage)


def test_where_the_case_is_kept_and_who_sends_the_team_is_seen_without_unfolding(start: Start, tmp_path: Path) -> None:
    page = filled(start)
    assert page._details.isHidden()
    assert page.place_field.isVisible()
    assert page.place_field.sentence == f"将存到 {tmp_path / '巡察案卷' / page.name.text()}"
    assert page.office.isVisible()


def test_term_and_round_are_asked_for_beside_the_unit_and_go_into_official_numbers(start: Start) -> None:
    page = filled(start)
    assert page._details.isHidden()
    tops = {field.mapTo(page, QPoint()).y() for field in (page.unit_field, page.term_field, page.round_field)}
    assert len(tops) == 1
    page.unit.setFocus()
    for number, value in ((page.term, 15), (page.round, 6)):
        start.qtbot.keyClick(page.focusWidget(), Qt.Key.Key_Tab)
        assert number.hasFocus()
        assert number.isVisible()
        start.qtbot.keyClicks(number, str(value))
    start.qtbot.keyClick(page.round, Qt.Key.Key_Tab)
    assert page.member.hasFocus()
    page.make.click()
    start.reach(RecoveryPage).skip.click()
    store = start.wait_opened().store
    [made] = lists.ids(store, lists.Query("round"))
    values = records.load(store, "round", made).values
    assert (values["term"], values["number"], values["name"]) == (15, 6, "第十五届第六轮")


def test_the_wheel_scrolls_the_page_and_leaves_numbers_alone(start: Start) -> None:
    page = filled(start)
    for number in (page.term, page.round):
        number.setFocus()
        at = QPointF(number.rect().center())
        wheel = QWheelEvent(
            at, number.mapToGlobal(at), QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(number, wheel)
        assert number.value() == 1


@pytest.mark.parametrize("text_size", style.TEXT_SIZES)
def test_the_button_stays_where_it_is_whatever_is_said_of_the_password(start: Start, text_size: int) -> None:
    style.apply(QApplication.instance(), "light", text_size)  # type: ignore[arg-type]
    start.window.resize(1366, 728)
    page = filled(start)
    places, sentences = set(), set()
    for password in ("", "1", "11112222", "青山绿水江湖远", NEW_PASSWORD):
        page.passwords.first.line.clear()
        type_into(start, page.passwords.first.line, password)
        start.qtbot.wait(20)
        places.add(page.make.mapTo(page, QPoint()).y() + page.verticalScrollBar().value())
        sentences.add(page.passwords.first_field.sentence)
    assert len(sentences) >= 4
    assert len(places) == 1


def test_nothing_has_to_be_scrolled_on_a_small_screen(start: Start) -> None:
    start.window.resize(1366, 728)
    page = filled(start)
    start.qtbot.keyClicks(page.passwords.first.line, "1")
    QApplication.processEvents()
    assert page.verticalScrollBar().maximum() == 0


def test_a_number_stands_as_high_and_as_far_in_as_other_lines(start: Start) -> None:
    page = filled(start)
    page.more.click()
    start.qtbot.waitUntil(lambda: page.year.isVisible())
    assert page.year.height() == page.member_code.height() == page.name.height()
    assert page.year.lineEdit().textMargins().left() == 7


def test_three_ways_on_from_the_recovery_key_are_equal_and_typing_comes_with_two_of_them(start: Start) -> None:
    filled(start).make.click()
    page = start.reach(RecoveryPage)
    ways = (page.print_it, page.copy_it, page.skip)
    assert [way.accessibleName() for way in ways] == ["打印", "抄写后核对", "以后再说"]
    assert len({(way.x(), way.width(), way.height()) for way in ways}) == 1
    assert "提醒" in page.skip.accessibleDescription()
    assert page.proof.isHidden()
    page.copy_it.click()
    assert page.typed.hasFocus()
    assert page.done.isVisible()


def test_a_wrong_date_opens_the_folded_part_and_stands_under_its_field(start: Start) -> None:
    page = filled(start)
    page.entry.setText("四月里")
    with start.qtbot.assertNotEmitted(page.made):
        page.make.click()
    assert page.entry.isVisible()
    assert "进驻日" in page.entry_field.sentence


def test_what_the_person_typed_is_never_replaced_by_a_proposal(start: Start) -> None:
    start.window.show_new_case()
    page = start.reach(NewCasePage)
    type_into(start, page.unit, "中共平湖镇委员会")
    assert (page.unit_short.text(), page.unit_code.text()) == ("平湖镇党委", "PHZ")
    page._show_details()
    page.unit_code.clear()
    type_into(start, page.unit_code, "PH1")
    page.unit.clear()
    type_into(start, page.unit, "平湖县水利局党组")
    assert (page.unit_short.text(), page.unit_code.text()) == ("平湖县水利局党组", "PH1")
    assert (page.unit_kind.currentText(), page.party_body.currentText()) == ("市直部门", "党组")


def test_three_answers_make_a_case_with_its_unit_inspection_and_member(start: Start, tmp_path: Path) -> None:
    page = filled(start)
    page.make.click()
    recovery = start.reach(RecoveryPage)
    recovery.typed.setText("")
    recovery.done.click()
    assert recovery.typed_field.wrong
    assert start.opened == []
    key = " ".join(recovery.text().split("\n")[5:7]).split()
    assert len(key) == 8
    type_into(start, recovery.typed, " ".join(key).lower())
    recovery.done.click()
    case = start.wait_opened()
    assert case.store.folder.parent == tmp_path / "巡察案卷"
    assert case.store.folder.name == cases.current(case.store).name
    assert case.store.meta("recovery_skipped") == "0"
    [(member, name)] = cases.members(case.store)
    assert (name, member.code, member.role) == ("张建业", "ZJY", "leader")
    assert case.store.actor == member.id == case.store.meta("own_member")
    from xuncha_desktop.services import inspections

    assert list(inspections.every(case.store).values()) == ["平湖镇党委 · 常规巡察"]


def test_skipping_the_recovery_key_is_remembered_for_the_lasting_warning(start: Start) -> None:
    filled(start).make.click()
    start.reach(RecoveryPage).skip.click()
    assert start.wait_opened().store.meta("recovery_skipped") == "1"


def test_the_key_of_another_case_does_not_pass_for_this_one_s(start: Start) -> None:
    from xuncha_desktop.store import recovery_key

    page = RecoveryPage("案卷", recovery_key.show(bytes(20)), Path("案卷"))
    start.qtbot.addWidget(page)
    page.typed.setText(recovery_key.show(bytes(range(20))))
    with start.qtbot.assertNotEmitted(page.proven):
        page.done.click()
    assert "另一个案卷" in page.typed_field.sentence


def test_the_recovery_key_is_printed_and_saved_but_not_into_its_own_case(
    start: Start, tmp_path: Path, answers: dict[str, Any]
) -> None:
    from PySide6.QtPrintSupport import QPrinter

    from xuncha_desktop.store import recovery_key

    key = recovery_key.show(bytes(range(20)))
    page = RecoveryPage("案卷", key, tmp_path / "案卷")
    start.qtbot.addWidget(page)
    answers["file"] = tmp_path / "案卷" / "密钥.txt"
    page.save_it.click()
    assert "不能存在案卷的文件夹里" in page.notice.sentence
    answers["file"] = tmp_path / "密钥.txt"
    page.save_it.click()
    saved = (tmp_path / "密钥.txt").read_text(encoding="utf-8-sig")
    assert all(group in saved for group in key.split("-"))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "密钥.pdf"))
    answers["printer"] = printer
    page.print_it.click()
    import pdfplumber

    with pdfplumber.open(tmp_path / "密钥.pdf") as pdf:
        printed = [char for char in pdf.pages[0].chars if char["text"].strip()]
    # Counted and measured, not read: Qt does not always write down which character a digit's glyph stands for.
    assert len(printed) == len("".join(page.text().split())) + len("1")
    assert min(char["size"] for char in printed) > 9


def test_without_a_printer_the_recovery_key_is_copied_by_hand_or_printed_later(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrinterInfo

    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["Microsoft Print to PDF"])
    filled(start).make.click()
    page = start.reach(RecoveryPage)
    page.print_it.click()
    assert page.notice.isVisible()
    for words in ("没有找到打印机", "抄写后核对", "“模板与设置”的“安全”"):
        assert words in page.notice.sentence
    assert page.proof.isHidden()
    start.qtbot.waitUntil(lambda: page.notice.visibleRegion().boundingRect().height() == page.notice.height())


def test_a_case_that_cannot_be_filled_leaves_no_folder_behind(
    start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from xuncha_desktop.errors import UserError

    def fail(*_: object) -> None:
        raise UserError("磁盘空间不足，请腾出空间。")

    monkeypatch.setattr(cases, "begin", fail)
    page = filled(start)
    page.make.click()
    start.qtbot.waitUntil(lambda: page.notice.sentence == "磁盘空间不足，请腾出空间。", timeout=10_000)
    assert page.make.isEnabled()
    assert list((tmp_path / "巡察案卷").iterdir()) == []


def test_a_second_case_of_the_same_name_gets_a_folder_of_its_own(start: Start, tmp_path: Path) -> None:
    page = filled(start)
    (tmp_path / "巡察案卷" / page.name.text()).mkdir(parents=True)
    page._propose_name()
    assert page._folder().name == f"{page.name.text()}（2）"


def test_the_folded_part_says_what_is_filled_in_with_what(start: Start) -> None:
    start.window.show_new_case()
    page = start.reach(NewCasePage)
    type_into(start, page.unit, "中共平湖县水利局党组")
    for words in (page.name.text(), "；第一巡察组；", "市直部门、党组；巡察方式：常规"):
        assert words in page.filled.text()
    page.more.click()
    assert not page.filled.isVisible()
    assert page.name.isVisible()
