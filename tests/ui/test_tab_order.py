"""Tab goes through a form in reading order: what a field holds already comes before the button that adds to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from tests.support.ready_papers import add_paper, the_inspection
from tests.support.waiting import wait
from ui.forms.field_maker import FieldMaker
from ui.main_window import MainWindow
from ui.record_screen import RecordScreen
from ui.records.cite_button import CiteButton
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import citing, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.store.opening import OpenCase


def names(window: MainWindow, screen: str, kind: str, record: str, field: str) -> list[str]:
    """What Tab comes to from a field on, as a screen reader says it."""
    shown = window.show_screen(screen)
    assert isinstance(shown, RecordScreen)
    shown.open_record(kind, record)
    shown.editor.form.finish()
    wait(20)
    shown.editor.form.focus(field)
    found: list[str] = []
    for _ in range(8):
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        now = QApplication.focusWidget()
        found.append(now.accessibleName() if now is not None else "")
    return found


def test_tab_comes_to_what_a_paper_cites_before_the_button_that_adds(window: MainWindow, case: OpenCase) -> None:
    values = {"inspection": the_inspection(case.store), "number": "T-JXG-0001", "text": "问：账是谁管的？"}
    talk = records.create(case.store, "interview", values)
    paper = add_paper(case.store, "印章管理不严", state="draft")
    citing.cite(case.store, paper, Place(record_kind="interview", record=talk))
    reached = names(window, "papers", "paper", paper, "overview")
    assert [name.partition("（")[0] for name in reached[1:]] == [
        "查看：虚构合同第3页",
        "虚构合同：页码",
        "不再引用 虚构合同",
        "查看：谈话记录",
        "不再引用 谈话记录",
        "支撑材料：添加文件",
        "支撑材料：引用已有证据",
    ]


def test_tab_comes_to_the_rows_of_a_talk_before_the_button_that_adds(window: MainWindow, case: OpenCase) -> None:
    row = {"id": new_id(), "summary": "租金账外存放两年"}
    values = {"inspection": the_inspection(case.store), "number": "T-JXG-0001", "summaries": (row,)}
    talk = records.create(case.store, "interview", values)
    reached = names(window, "interviews", "interview", talk, "text")
    assert reached.index("摘要") < reached.index("谈话摘要：添加一行")


@pytest.mark.parametrize("waited", [10, 300])
def test_a_form_that_is_still_being_made_when_it_is_shown_ends_up_in_one_piece(
    window: MainWindow, case: OpenCase, qtbot: QtBot, waited: int
) -> None:
    wait(waited)  # the window makes its screens by itself; the first is asked for in the midst of it
    paper = add_paper(case.store, "印章管理不严", state="draft")
    shown = window.show_screen("papers")
    assert isinstance(shown, RecordScreen)
    qtbot.waitUntil(lambda: not any(maker.busy for maker in shown.findChildren(FieldMaker)))
    reached = names(window, "papers", "paper", paper, "overview")
    assert reached[1:] == [
        "查看：虚构合同第3页",
        "虚构合同：页码",
        "不再引用 虚构合同",
        "支撑材料：添加文件",
        "支撑材料：引用已有证据",
        "典型事例",
        "报告标题",
    ]


def test_tab_goes_through_the_head_of_a_record_as_it_is_read(window: MainWindow, case: OpenCase) -> None:
    values = {"inspection": the_inspection(case.store), "number": "T-JXG-0001", "person_kind": "finance"}
    talk = records.create(case.store, "interview", values)
    paper = add_paper(case.store, "印章管理不严", state="draft")
    citing.cite(case.store, paper, Place(record_kind="interview", record=talk))
    shown = window.show_screen("interviews")
    assert isinstance(shown, RecordScreen)
    shown.open_record("interview", talk)
    shown.editor.form.finish()
    wait(20)
    first = shown.editor.findChild(CiteButton)
    assert first is not None
    first.setFocus()
    reached: list[str] = []
    for _ in range(6):
        focus = QApplication.focusWidget()
        assert isinstance(focus, QAbstractButton)
        reached.append(focus.accessibleName() or focus.text())
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    assert [name.partition("“")[0] for name in reached] == [
        "引用到底稿",
        "导出",
        "复制",
        "删除",
        "打开底稿",
        "带出",
    ]
