"""A member's day by the keyboard alone: ten records, three papers, fifteen citations, and one of them found again."""

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.support.evidence_files import add_evidence
from tests.support.hostile_files import pdf_of_texts
from tests.support.typing import commit
from tests.support.waiting import wait
from ui.main_window import MainWindow
from ui.navigation import keys
from ui.records.register_screen import RegisterScreen
from ui.screens.catalog import SCREENS
from ui.screens.evidence import EvidenceScreen
from ui.search.panel import SearchPanel
from xuncha_desktop.services import citing, dump
from xuncha_desktop.services.citing import Cited
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import Store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform

MINUTES = ["第一次会议：学习文件", "第二次会议：先付款后补会", "第三次会议：没有研究资产出租"]
A, B, C = "议事决策不规范", "资产出租没有竞价", "护栏缺损长期未修"


class Hands:
    """Ten fingers: every key goes to whatever has the focus, nothing is clicked and no method of a screen is called."""

    def __init__(self, window: MainWindow, qtbot: QtBot) -> None:
        self.window, self.qtbot = window, qtbot

    def press(self, *names: str) -> None:
        """Keys as the list of keys names them."""
        for name in names:
            QTest.keySequence(self.focus(), QKeySequence(name))

    def write(self, text: str) -> None:
        """What an input method ends its word with."""
        commit(self.focus(), text)

    def tab_to(self, label: str) -> None:
        """Press Tab until the field of this name is reached."""
        for _ in range(90):
            if self.focus().accessibleName() == label:
                return
            self.press("Tab")
        raise AssertionError(f"Tab never reaches {label}")

    def go(self, screen: str) -> None:
        """The screen's own key."""
        self.press(keys(SCREENS)[screen])
        current = self.window.current()
        assert current is not None
        assert screen == current.NAME

    def cite(self, paper: str) -> None:
        """Ctrl+Shift+C, then the paper."""
        self.press("Ctrl+Shift+C")
        self.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)  # buttons take a key with a delay
        self.write(paper)
        self.press("Return")
        self.qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
        wait(20)
        if not self.window.isActiveWindow():  # what every window system does, but not the one of tests
            self.window.activateWindow()
            QTest.qWaitForWindowActive(self.window)

    def focus(self) -> QWidget:
        """Where the next key goes."""
        popup = QApplication.activePopupWidget()
        found = popup.focusWidget() if popup is not None else QApplication.focusWidget()
        assert found is not None
        return found

    def settle(self) -> None:
        """Until the fields of the screen in front are made."""
        for _ in range(5):
            wait(10)


@pytest.fixture
def hands(case: OpenCase, qtbot: QtBot) -> Iterator[Hands]:
    add_evidence(case.store, "会议记录.pdf", pdf_of_texts(MINUTES))
    add_evidence(case.store, "情况说明.txt", "护栏去年就坏了。\n村里没有研究。\n".encode())
    window = MainWindow(case, Settings())
    window.show()
    QTest.qWaitForWindowActive(window)
    yield Hands(window, qtbot)
    with qtbot.waitSignal(window.ended):
        window.close()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def new_record(hands: Hands, screen: str, **fields: str) -> None:
    """Ctrl+N in a register; each field is reached with Tab."""
    hands.go(screen)
    hands.press("Ctrl+N")
    hands.settle()
    for label, text in fields.items():
        hands.tab_to(label)
        hands.write(text)


def new_paper(hands: Hands, title: str, overview: str) -> None:
    hands.go("papers")
    hands.press("Ctrl+N")
    hands.settle()
    hands.write(title)
    hands.tab_to("问题概述")
    hands.write(overview)


def cite_passage(hands: Hands, label: str, paper: str) -> None:
    """All of a text field, selected and cited."""
    hands.tab_to(label)
    hands.press("Ctrl+A")
    hands.cite(paper)


def cite_whole(hands: Hands, paper: str) -> None:
    """Nothing selected, so all of the record."""
    hands.press("Ctrl+End")
    hands.cite(paper)


def see_evidence(hands: Hands, *on_the_list: str) -> EvidenceScreen:
    """A piece of evidence in the viewer."""
    hands.go("evidence")
    hands.press(*on_the_list)
    screen = hands.window.current()
    assert isinstance(screen, EvidenceScreen)
    hands.qtbot.waitUntil(lambda: screen.viewer.preview.has_content)
    return screen


def test_a_day_of_a_member_by_keyboard_alone(hands: Hands, store: Store, qtbot: QtBot) -> None:
    new_paper(hands, A, "抽查二十个议题，六个付款在前。")
    new_paper(hands, B, "办公用房出租没有公开竞价。")

    new_record(hands, "interviews", 地点="三楼谈话室", 问答="问：会前酝酿吗？\n答：有的款先付了，会后面再补。")
    cite_passage(hands, "问答", A)
    cite_whole(hands, A)
    new_record(hands, "interviews", 地点="驻地", 问答="问：怎么定的租金？\n答：没有竞价，谈下来的。")
    cite_passage(hands, "问答", B)
    new_record(hands, "borrowings", 资料名称="会议记录本")
    hands.cite(A)
    new_record(hands, "borrowings", 资料名称="租赁合同")
    hands.cite(B)
    new_record(hands, "petitions", 事由="反映租金偏低", 反映内容摘要="租金低于周边，承租人又转租。")
    cite_passage(hands, "反映内容摘要", B)
    cite_whole(hands, A)
    new_record(hands, "visits", 地点="原农技站", 情况记录="房屋一半转租给他人作仓库。")
    cite_passage(hands, "情况记录", B)
    new_record(hands, "visits", 地点="便民桥", 情况记录="护栏缺损十二米。")
    cite_passage(hands, "情况记录", "新底稿")
    hands.write(C)
    new_record(hands, "vouchers", 摘要="绿化工程款", 凭证字号="记-0412")
    hands.cite(A)
    new_record(hands, "quick_fixes", 事项="修复护栏", 问题事实="护栏缺损十二米。")
    new_record(hands, "meetings", 地点="驻地会议室")
    hands.cite(B)

    screen = see_evidence(hands, "Home", "Return")
    qtbot.waitUntil(lambda: screen.viewer.preview.pages == 3)
    hands.cite(C)
    for page, paper in ((2, A), (3, B)):
        hands.press("Ctrl+PgDown")
        qtbot.waitUntil(lambda page=page: screen.viewer.preview.page == page)
        hands.cite(paper)
    see_evidence(hands, "End", "Return")
    qtbot.waitUntil(lambda: "护栏去年" in screen.viewer.preview.text.toPlainText())
    hands.tab_to("文件内容")
    hands.press("Ctrl+Home", "Shift+End")
    hands.cite(C)

    hands.press("Ctrl+K")
    hands.write("记-0412")
    panel = hands.window.findChild(SearchPanel)
    assert panel is not None
    qtbot.waitUntil(lambda: panel.foot.text().startswith("共 1 条　"))  # the index has read everything by now
    hands.press("Return")
    shown = hands.window.current()
    assert isinstance(shown, RegisterScreen)
    assert shown.editor.form.values()["summary"] == "绿化工程款"
    qtbot.waitUntil(lambda: hands.focus().accessibleName() == "凭证字号")
    check_case(store)


def check_case(store: Store) -> None:
    """What the day left in the case."""
    content = dump.everything(store)
    kinds = ("interview", "borrowing", "petition", "visit", "voucher", "quick_fix", "meeting")
    assert {kind: len(content[kind]) for kind in kinds} == {
        "interview": 2, "borrowing": 2, "petition": 1, "visit": 2, "voucher": 1, "quick_fix": 1, "meeting": 1,
    }  # fmt: skip
    assert {row["title"] for row in content["paper"]} == {A, B, C}
    assert content["quick_fix"][0]["facts"] == "护栏缺损十二米。"
    cited = {row["title"]: _places(citing.described(store, row["citations"])) for row in content["paper"]}
    first = "第1页第1行"
    assert cited == {
        A: [("谈话记录", first), ("谈话记录", ""), ("调阅资料", ""), ("信访件", ""), ("抽凭记录", ""),
            ("会议记录", "第2页")],
        B: [("谈话记录", first), ("调阅资料", ""), ("信访件", first), ("走访记录", first),
            ("组务会记录", ""), ("会议记录", "第3页")],
        C: [("走访记录", first), ("会议记录", "第1页"), ("情况说明", "“护栏去年就坏了。”处")],
    }  # fmt: skip
    rows: list[Any] = [row for paper in content["paper"] for row in paper["citations"]]
    assert len(rows) == 15
    assert [row["passage"] for row in rows if row["evidence"] and row["passage"]] == ["护栏去年就坏了。"]


def _places(found: list[Cited]) -> list[tuple[str, str]]:
    assert not [each.stale for each in found if each.stale]
    return [(each.name, each.place) for each in found]
