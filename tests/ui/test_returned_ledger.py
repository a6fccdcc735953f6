"""读回台账: an edited ledger on the 报告 screen, looked at change by change, taken as one step."""

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from tests.support.returned import FIRST, edited, put
from ui.context import Context
from ui.reports.returned_page import ReturnedPage
from ui.screens.report import ReportScreen
from xuncha_desktop.exports import catalog
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import papers, records
from xuncha_desktop.store import undo

Read = Callable[[Path], ReturnedPage]


@pytest.fixture
def read(qtbot: QtBot, context: Context, report_screen: Callable[[], ReportScreen]) -> Read:
    def choose(file: Path) -> ReturnedPage:
        screen = report_screen()
        with answering(chosen=[file]):
            (screen.returned.other if screen.returned.isVisible() else screen.history.read_back).click()
        settle(qtbot, context)
        return screen.returned

    return choose


@pytest.fixture
def paper(reported_paper: str) -> str:
    return reported_paper


def settle(qtbot: QtBot, context: Context) -> None:
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)


def exported(context: Context, folder: Path, *changes: Callable[[Worksheet], object]) -> Path:
    """A ledger as it comes back."""
    file = folder / "台账.xlsx"
    document = catalog.BY_KIND["ledger"]
    catalog.export(context.store, document, context.inspection, file, draft=True, progress=Progress())
    return edited(file, lambda sheet: [change(sheet) for change in changes]) if changes else file


def rows(page: ReturnedPage) -> list[list[str]]:
    """What is listed."""
    model = page.model
    return [[model.index(row, column).data() for column in range(4)] for row in range(model.rowCount())]


def title(context: Context, paper: str) -> str:
    return records.load(context.store, "paper", paper).values["title"]


def test_the_changes_are_listed_and_the_ticked_ones_taken_as_one_step_with_undo(
    qtbot: QtBot, context: Context, read: Read, paper: str, told: list[str], tmp_path: Path
) -> None:
    file = exported(context, tmp_path, put("问题标题", "会议费报销不合规定"), put("备注", "请核实"))
    papers.send_back(context.store, paper, "改")
    page = read(file)
    assert page.isVisible()
    assert page.heading.text() == "读回台账　改过的台账.xlsx"
    assert page.verdict.text().startswith("有 2 处修改，共对照 1 份底稿")
    assert rows(page) == [
        ["☑ 可以采用\n　 N4", "问题标题\n会议费报销不合规", "会议费报销不合规", "会议费报销不合规定"],
        ["☑ 可以采用\n　 AF4", "备注\n会议费报销不合规", "（空）", "请核实"],
    ]
    qtbot.keyClick(page.table, Qt.Key.Key_Down)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert rows(page)[1][0] == "☐ 可以采用\n　 AF4"
    assert page.take.text() == "采用所选 1 处修改"
    page.take.click()
    settle(qtbot, context)
    assert title(context, paper) == "会议费报销不合规定"
    assert told[-1] == "已采用台账里的 1 处修改"
    assert [row[0] for row in rows(page)] == ["☐ 可以采用\n　 AF4"], "what was left stays left"
    undo.undo(context.store)
    settle(qtbot, context)
    assert title(context, paper) == "会议费报销不合规"
    assert len(rows(page)) == 2


def test_the_chosen_change_is_shown_in_full_with_its_place_and_leads_to_its_paper(
    qtbot: QtBot, context: Context, read: Read, paper: str, tmp_path: Path
) -> None:
    page = read(exported(context, tmp_path, put("问题表述（与报告一致）", "涉及资金39.20万元。")))
    qtbot.waitUntil(lambda: page.detail.text.toPlainText() == "涉及资金38.2039.20万元。")
    assert page.detail.words.text().startswith("第4行“问题表述（与报告一致）”")
    assert "底稿已是“已审签”，要采用请先退回修改" in page.detail.words.text()
    with qtbot.waitSignal(context.open_record) as opened:
        page.detail.open.click()
    assert opened.args == ["paper", paper]


def test_signed_papers_are_sent_back_from_here_and_then_taken(
    qtbot: QtBot, context: Context, read: Read, paper: str, told: list[str], tmp_path: Path
) -> None:
    page = read(exported(context, tmp_path, put("问题标题", "新的标题")))
    assert rows(page)[0][0] == "☐ 已审签\n　 N4"
    assert (page.take.isEnabled(), page.send_back.isEnabled()) == (False, False)
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.send_back.text() == "退回修改所选 1 份底稿"
    page.reason.clear()
    page.send_back.click()
    assert "退回修改要写明原因" in page.notice.sentence
    page.reason.setText("按市里改的台账修改")
    page.send_back.click()
    settle(qtbot, context)
    assert told[-1] == "已退回修改 1 份底稿"
    assert records.load(context.store, "paper", paper).values["return_reason"] == "按市里改的台账修改"
    assert rows(page)[0][0] == "☑ 可以采用\n　 N4"
    assert page.send_back.isHidden()
    page.take.click()
    settle(qtbot, context)
    assert title(context, paper) == "新的标题"
    assert "没有改动" in page.notice.sentence


def test_a_conflict_is_not_ticked_and_what_cannot_be_chosen_says_why(
    qtbot: QtBot, context: Context, read: Read, paper: str, tmp_path: Path
) -> None:
    file = exported(context, tmp_path, put("问题标题", "文件里的"), put("涉及金额（万元）", "约三万"))
    papers.send_back(context.store, paper, "改")
    papers.edit(context.store, paper, {"title": "案卷里的"})
    page = read(file)
    assert rows(page) == [
        ["☐ 案卷后来也改过\n　 N4", "问题标题\n案卷里的", "案卷里的", "文件里的"],
        [
            "　 认不出\n　 Q4",
            "涉及金额（万元）\n案卷里的\n应为金额，如 12.5；现在写的是“约三万”",
            "12.5",
            "约三万",
        ],
    ]
    assert "导出时是“会议费报销不合规”" in page.detail.words.text()
    page.table.selectAll()
    qtbot.keyClick(page.table, Qt.Key.Key_Space)
    assert page.take.text() == "采用所选 1 处修改"
    page.take.click()
    settle(qtbot, context)
    assert title(context, paper) == "文件里的"


def test_a_ledger_nobody_changed_and_a_file_that_is_none_say_so(
    context: Context, read: Read, paper: str, tmp_path: Path
) -> None:
    page = read(exported(context, tmp_path))
    assert page.notice.sentence == "“台账.xlsx”没有改动。"
    assert page.table.isHidden()
    book = Workbook()
    assert book.active
    book.active.append(["姓名", "金额"])
    book.save(tmp_path / "名单.xlsx")
    page = read(tmp_path / "名单.xlsx")
    assert page.notice.sentence.startswith("“名单.xlsx”里没有问题台账")
    assert page.remarks.isHidden()
    page.away.click()
    assert page.isHidden()


def test_rows_and_columns_that_were_not_read_are_listed(
    context: Context, read: Read, paper: str, tmp_path: Path
) -> None:
    def more(sheet: Worksheet) -> None:
        sheet.cell(3, 33, "领导批示")
        sheet.cell(FIRST + 2, 2, "X-9")
        sheet.cell(FIRST + 2, 14, "新的问题")

    page = read(exported(context, tmp_path, more))
    assert [page.remarks.item(row).text() for row in range(page.remarks.count())] == [
        "这些列没有对应的内容，没有读：AG列“领导批示”",
        "第6行没有读（认不出是哪份底稿；新增的问题请到“导入”里导入问题底稿）：X-9 新的问题",
        "这些表没有读，其中的修改不会采用：书记专题会汇报表、聚焦方面统计、问题分类统计、责任科室统计",
    ]
