"""导入 on the screen: read, see, mend, choose columns, bring in as one step, take back."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.importing import workbook
from ui import ask
from ui.ask import Asker
from ui.context import Context
from ui.forms.picker import Picker
from ui.imports.page import ImportPage
from ui.screen import Screen
from ui.screens.catalog import SCREENS
from ui.screens.imports import ImportsScreen
from xuncha_desktop.services import lists, records
from xuncha_desktop.store import backup, undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
ROWS: Sequence[Sequence[Any]] = [
    ["2031年抽凭登记表", None, None, None],
    ["凭证日期", "摘要", "金额（元）", "情况"],
    ["2020.4.16", "付接待费", "1,286.40", "正常"],
    ["待定", "购办公用品", 99, "缺清单"],
    ["合计", None, 1385.4, None],
]
Make = Callable[[], ImportsScreen]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    workbook(tmp_path / "抽凭.xlsx", ROWS)
    return tmp_path / "抽凭.xlsx"


@pytest.fixture
def screen(qtbot: QtBot, context: Context) -> Iterator[ImportsScreen]:
    made = ImportsScreen(context)
    qtbot.addWidget(made)
    made.resize(1190, 660)
    made.show()
    yield made


def settle(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=10_000)


def read(qtbot: QtBot, screen: ImportsScreen, file: Path, kind: str = "voucher") -> ImportPage:
    screen.open_record(f"import.{kind}", "")
    screen.page.read_file(file)
    settle(qtbot, screen.context)
    return screen.page


def said(page: ImportPage) -> list[str]:
    return [page.said.item(row).text() for row in range(page.said.count())]


def cell(page: ImportPage, row: int, column: int, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
    return page.model.data(page.model.index_of(row, column), role)


def correct(page: ImportPage, row: int, column: int, text: str) -> None:
    page.model.setData(page.model.index_of(row, column), text)


def pick(picker: Picker | None, words: str) -> None:
    assert isinstance(picker, Picker)
    picker.search.setText(words)
    QTest.keyClick(picker.search, Qt.Key.Key_Return)


def popup() -> Picker | None:
    found = QApplication.activePopupWidget()
    return found if isinstance(found, Picker) else None


def vouchers(context: Context) -> list[dict[str, Any]]:
    ids = lists.ids(context.store, lists.Query("voucher", sort="summary"))
    return [records.load(context.store, "voucher", record).values for record in ids]


def test_the_empty_page_says_what_to_do_and_offers_nothing_else(screen: ImportsScreen) -> None:
    page = screen.page
    assert page.stack.currentIndex() == 0
    assert "Ctrl+V" in page.empty.text()
    assert not page.line.go.isVisible()
    assert not page.line.heading.isVisible()


def test_a_wrong_cell_is_marked_listed_and_holds_the_import_back(
    qtbot: QtBot, screen: ImportsScreen, file: Path
) -> None:
    page = read(qtbot, screen, file)
    assert cell(page, 4, 0) == "■ 待定"
    assert cell(page, 4, 0, Qt.ItemDataRole.BackgroundRole) is not None
    assert "应为日期" in cell(page, 4, 0, Qt.ItemDataRole.ToolTipRole)
    assert said(page)[:2] == [
        "要改，否则不能导入　1",
        "■ 第4行 A列“凭证日期”：应为日期，如 2020-4-16；现在写的是“待定”",
    ]
    assert not page.line.go.isEnabled()
    assert "有 1 处要改" in page.line.words.text()
    heads = [page.model.headerData(line, Qt.Orientation.Vertical) for line in range(page.model.rowCount())]
    assert heads == ["3", "4　■ 1 处要改", "5　不导入：合计"]


def test_a_cell_is_corrected_in_place_for_this_import(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    page = read(qtbot, screen, file)
    correct(page, 4, 0, "2020.5.1")
    settle(qtbot, context)
    assert cell(page, 4, 0) == "✎ 2020.5.1"
    assert page.line.go.text() == "导入 2 条"
    qtbot.mouseClick(page.line.go, Qt.MouseButton.LeftButton)
    settle(qtbot, context)
    assert [(v["summary"], v["voucher_on"], v["amount"]) for v in vouchers(context)] == [
        ("付接待费", "2020-04-16", 128640),
        ("购办公用品", "2020-05-01", 9900),
    ]


def test_an_import_offers_to_be_taken_back_and_leads_to_its_records(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    page = read(qtbot, screen, file)
    correct(page, 4, 0, "2020.5.1")
    settle(qtbot, context)
    opened: list[tuple[str, str]] = []
    context.open_record.connect(lambda entity, record: opened.append((entity, record)))
    with qtbot.waitSignal(context.undo_offered) as offered:
        QTest.keyClick(page.table, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert offered.args == ["已导入 2 条抽凭记录"]
    settle(qtbot, context)
    assert opened == [("voucher", lists.ids(context.store, lists.Query("voucher"))[-1])]
    assert page.source is None
    [made] = backup.listing(context.store.folder)
    assert made.reason == "before-import"
    undo.undo(context.store)
    assert vouchers(context) == []


def test_a_column_is_sent_elsewhere_by_its_button_and_by_key_and_that_is_remembered(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    page = read(qtbot, screen, file)
    buttons = page.table.heads.buttons
    assert [button.text() for button in buttons] == ["凭证日期 ▾", "摘要 ▾", "金额（元） ▾", "不导入 ▾"]
    qtbot.mouseClick(buttons[3], Qt.MouseButton.LeftButton)
    pick(popup(), "核查结果")
    settle(qtbot, context)
    assert buttons[3].text() == "核查结果 ▾"
    assert buttons[3].isChecked()
    page.table.setCurrentIndex(page.model.index_of(3, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    pick(popup(), "不导入")
    qtbot.waitUntil(lambda: page.line.go.text() == "导入 2 条", timeout=10_000)
    qtbot.mouseClick(page.line.go, Qt.MouseButton.LeftButton)
    settle(qtbot, context)
    assert [(v["result"], v["voucher_on"]) for v in vouchers(context)] == [("正常", None), ("缺清单", None)]
    again = read(qtbot, screen, file)
    assert [button.text() for button in again.table.heads.buttons] == [
        "不导入 ▾",
        "摘要 ▾",
        "金额（元） ▾",
        "核查结果 ▾",
    ]


def test_the_field_of_a_column_is_asked_for_by_either_key(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    page = read(qtbot, screen, file)
    page.table.setCurrentIndex(page.model.index_of(3, 0))
    for key, held in (
        (Qt.Key.Key_F4, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier),
    ):
        QTest.keyClick(page.table, key, held)
        picker = popup()
        assert picker is not None
        picker.close()


def test_a_field_taken_by_another_column_leaves_the_one_it_had(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    page = read(qtbot, screen, file)
    page.table.heads.open(3)
    pick(popup(), "摘要")
    settle(qtbot, context)
    assert page.plan is not None
    assert page.plan.columns == {0: "voucher_on", 2: "amount", 3: "summary"}


def test_rows_are_left_out_and_taken_in_by_key(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    page = read(qtbot, screen, file)
    page.table.setCurrentIndex(page.model.index_of(4, 0))
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settle(qtbot, context)
    assert page.line.go.text() == "导入 1 条"
    assert "○ 第4行（由您选定不导入）：待定 购办公用品 99 缺清单" in said(page)
    QTest.keyClick(page.table, Qt.Key.Key_Delete)
    settle(qtbot, context)
    assert not page.line.go.isEnabled()


def test_what_is_said_leads_to_its_cell_and_the_row_shows_what_it_becomes(
    qtbot: QtBot, screen: ImportsScreen, file: Path
) -> None:
    page = read(qtbot, screen, file)
    page.said.setCurrentRow(1)
    QTest.keyClick(page.said, Qt.Key.Key_Return)
    assert page.table.current_row() == 4
    page.table.setCurrentIndex(page.model.index_of(3, 1))
    qtbot.waitUntil(lambda: page.outcome.head.text() == "第3行将成为")
    told = {name.text(): words.text() for name, words in page.outcome.lines if not name.isHidden()}
    assert told == {
        "摘要": "付接待费",
        "巡察任务": "虚构镇党委（自动）",
        "凭证日期": "2020年4月16日",
        "金额（元）": "1,286.40",
    }
    page.table.setCurrentIndex(page.model.index_of(5, 0))
    qtbot.waitUntil(lambda: page.outcome.head.text() == "第5行不导入")


def test_a_table_copied_in_excel_is_pasted_with_ctrl_v(qtbot: QtBot, screen: ImportsScreen, context: Context) -> None:
    screen.open_record("import.unit", "")
    mime = QMimeData()
    mime.setHtml(
        "<table><tr><td>单位名称</td><td>户数</td></tr><tr><td>中共东山村支部委员会</td><td>320</td></tr></table>"
    )
    mime.setText("单位名称\t户数\n中共东山村支部委员会\t320\n")
    QApplication.clipboard().setMimeData(mime)
    QTest.keyClick(screen.page, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, context)
    assert screen.page.line.go.text() == "导入 1 条"
    QApplication.clipboard().setText("只有一行字")
    QTest.keyClick(screen.page.table, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "剪贴板里没有表格" in screen.page.notice.sentence


def test_a_table_pasted_into_a_register_opens_the_page_with_it(
    qtbot: QtBot, screen: ImportsScreen, context: Context
) -> None:
    context.open_record.connect(screen.open_record)
    told: list[str] = []
    context.told.connect(told.append)
    borrowings, interviews = (
        next(one for one in SCREENS if one.name == name).screen(context) for name in ("borrowings", "interviews")
    )

    def paste(register: Screen, text: str) -> None:
        qtbot.addWidget(register)
        register.show()
        register.activateWindow()
        QTest.qWaitForWindowActive(register)
        register.setFocus()
        QApplication.clipboard().setText(text)
        QTest.keyClick(QApplication.focusWidget() or register, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    paste(borrowings, "没有表格")
    assert told[-1].startswith("剪贴板里没有表格")
    table = "资料名称\t数量\n会议记录\t2册\n"
    paste(interviews, table)
    assert told[-1].startswith("谈话记录不能从表格导入")
    paste(borrowings, table)
    assert screen.page.kind.name == "borrowing"
    settle(qtbot, context)
    assert screen.page.line.go.text() == "导入 1 条"


def test_sheet_heading_and_kind_are_chosen_above_the_table(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    sheet = workbook(file, [["东西", "多少"], ["会议记录", "2册"]], "一")
    assert sheet.parent is not None
    sheet.parent.create_sheet("二").append(["资料名称", "数量"])
    sheet.parent["二"].append(["账簿", "5册"])
    sheet.parent.save(file)
    page = read(qtbot, screen, file, "borrowing")
    assert page.line.sheet.text() == "工作表：二 ▾"
    qtbot.mouseClick(page.line.sheet, Qt.MouseButton.LeftButton)
    pick(popup(), "一")
    settle(qtbot, context)
    assert page.line.heading.text() == "表头：没有 ▾"
    qtbot.mouseClick(page.line.heading, Qt.MouseButton.LeftButton)
    pick(popup(), "第 1 行")
    settle(qtbot, context)
    page.table.heads.open(0)
    pick(popup(), "资料名称")
    settle(qtbot, context)
    assert page.line.go.text() == "导入 1 条"
    qtbot.mouseClick(page.line.kind, Qt.MouseButton.LeftButton)
    pick(popup(), "抽凭记录")
    settle(qtbot, context)
    assert page.kind.name == "voucher"
    assert not page.line.go.isEnabled()


def test_a_file_that_cannot_be_read_is_said_in_place(
    qtbot: QtBot, screen: ImportsScreen, context: Context, tmp_path: Path
) -> None:
    (tmp_path / "旧.xls").write_bytes(b"x")
    page = read(qtbot, screen, tmp_path / "旧.xls")
    assert "另存为 xlsx" in page.notice.sentence
    assert page.stack.currentIndex() == 0


def test_files_are_chosen_or_dropped(qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path) -> None:
    class Chosen(Asker):
        def open_files(self, parent: Any, title: str, filters: str, folder: Path) -> list[Path]:
            return [file] if "*.xlsx" in filters and "*.docx" not in filters else []

    screen.open_record("import.voucher", "")
    before = ask.use(Chosen())
    try:
        screen.page.line.file.click()
    finally:
        ask.use(before)
    settle(qtbot, context)
    assert screen.page.source is not None
    screen.page.clear()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    copy, left, no = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    screen.page.dropEvent(QDropEvent(QPoint(5, 5), copy, mime, left, no))
    settle(qtbot, context)
    assert screen.page.source is not None


def test_an_answer_to_an_older_question_is_not_shown(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    page = read(qtbot, screen, file)
    correct(page, 4, 0, "2020.5.1")
    page.clear()
    settle(qtbot, context)
    assert page.plan is None
    assert page.stack.currentIndex() == 0


def test_a_new_name_in_the_case_mends_the_table_that_names_it(
    qtbot: QtBot, screen: ImportsScreen, context: Context, tmp_path: Path
) -> None:
    workbook(tmp_path / "a.xlsx", [["单位名称", "上级"], ["中共东山村支部委员会", "新镇党委"]])
    page = read(qtbot, screen, tmp_path / "a.xlsx", "unit")
    assert not page.line.go.isEnabled()
    records.create(context.store, "unit", {"name": "中共新镇委员会", "short_name": "新镇党委", "code": "XZ"})
    settle(qtbot, context)
    qtbot.waitUntil(page.line.go.isEnabled, timeout=5000)


def test_another_inspection_is_the_one_the_records_go_to(
    qtbot: QtBot, screen: ImportsScreen, context: Context, file: Path
) -> None:
    page = read(qtbot, screen, file)
    context.choose_inspection("")
    settle(qtbot, context)
    assert any("没有说明属于哪项巡察任务" in text for text in said(page))


def test_forty_columns_have_their_buttons_over_them_wherever_one_scrolls(
    qtbot: QtBot, screen: ImportsScreen, context: Context, tmp_path: Path
) -> None:
    workbook(tmp_path / "a.xlsx", [["摘要", *(f"列{n}" for n in range(39))], ["虚构", *range(39)]])
    page = read(qtbot, screen, tmp_path / "a.xlsx")
    heads = page.table.heads
    bar = page.table.horizontalScrollBar()
    for position in (0, bar.maximum() // 2, bar.maximum()):
        bar.setValue(position)
        for section, button in enumerate(heads.buttons):
            assert button.x() == heads.sectionViewportPosition(section) + 4
