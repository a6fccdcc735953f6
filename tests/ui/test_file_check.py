"""核对文件: a report that was edited after its export, against the case, on the 报告 screen."""

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from ui.context import Context
from ui.screens.report import ReportScreen
from xuncha_desktop.exports import catalog, templates
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import lists, records

Check = Callable[[Path], ReportScreen]


@pytest.fixture
def check(qtbot: QtBot, context: Context, report_screen: Callable[[], ReportScreen]) -> Check:
    def choose(file: Path) -> ReportScreen:
        screen = report_screen()
        with answering(chosen=[file]):
            screen.history.check_file.click()
        qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)
        return screen

    return choose


@pytest.fixture
def paper(reported_paper: str) -> str:
    return reported_paper


def exported(context: Context, folder: Path) -> Path:
    """A report as it leaves the program."""
    file = folder / "报告.docx"
    document = catalog.BY_KIND["report"]
    catalog.export(context.store, document, context.inspection, file, draft=True, progress=Progress())
    return file


def edited(file: Path, before: str, after: str) -> Path:
    """What somebody with Word made of it."""
    target = file.with_name("改过的.docx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content.replace(before.encode(), after.encode()) if name.endswith(".xml") else content)
    return target


def rows(screen: ReportScreen) -> list[str]:
    """What is listed."""
    found = screen.history.file_check.list
    return [found.item(row).text() for row in range(found.count())]


def test_a_number_changed_by_hand_is_listed_and_a_click_leads_to_its_paper(
    qtbot: QtBot, context: Context, check: Check, paper: str, tmp_path: Path
) -> None:
    screen = check(edited(exported(context, tmp_path), "38.20", "39.20"))
    shown = screen.history.file_check
    assert shown.verdict.text().startswith("“改过的.docx”有 1 处与案卷不一致")
    assert rows(screen) == [
        "【文件中改过】“1.会议费报销不合规”下，全文第 12 段\n底稿“会议费报销不合规”的问题概述\n"
        "导出时“…及资金38.20万…” → 文件中“…及资金39.20万…” → 案卷现在“…及资金38.20万…”"
    ]
    at = shown.list.visualItemRect(shown.list.item(0)).center()
    with qtbot.waitSignal(context.open_record) as opened:
        qtbot.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == ["paper.overview", paper]


def test_what_the_case_says_now_is_compared_again_on_demand(
    qtbot: QtBot, context: Context, check: Check, paper: str, tmp_path: Path
) -> None:
    file = exported(context, tmp_path)
    screen = check(file)
    shown = screen.history.file_check
    assert shown.verdict.text().startswith("“报告.docx”与案卷一致，共核对 ")
    assert shown.list.isHidden()
    records.edit(context.store, "paper", paper, {"overview": "涉及资金40.00万元。"})
    shown.again.click()
    qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)
    assert rows(screen)[0].startswith("【案卷后来改过】")
    assert rows(screen)[0].endswith("文件中“涉及资金38.20万元。” → 案卷现在“涉及资金40.00万元。”")
    shown.away.click()
    assert shown.isHidden()


def test_the_reports_own_text_leads_to_its_field(
    qtbot: QtBot, context: Context, check: Check, paper: str, tmp_path: Path
) -> None:
    screen = check(
        edited(exported(context, tmp_path), "总体评价</w:t></w:r><w:bookmarkEnd", "总的评价</w:t></w:r><w:bookmarkEnd")
    )
    shown = screen.history.file_check
    screen.activateWindow()
    qtbot.waitUntil(screen.isActiveWindow)
    shown.list.setFocus()
    qtbot.keyClick(shown.list, Qt.Key.Key_Return)
    qtbot.waitUntil(screen.texts.form.boxes["evaluation"].editor.focus_widget().hasFocus)


def test_a_file_that_cannot_be_compared_gets_one_sentence(
    context: Context, check: Check, paper: str, tmp_path: Path
) -> None:
    file = exported(context, tmp_path)
    (tmp_path / "文本.docx").write_text("不是 Word 文件", encoding="utf-8")
    shown = check(tmp_path / "文本.docx").history.file_check
    assert shown.verdict.text().startswith("“文本.docx”已损坏，或不是真正的 docx、xlsx 文件")
    check(edited(file, "_x", "_y"))
    assert shown.verdict.text().startswith("“改过的.docx”里没有追溯书签，无法核对")
    records.delete(context.store, "export_record", lists.ids(context.store, lists.Query("export_record")))
    check(file)
    assert shown.verdict.text().startswith("“报告.docx”是从别的案卷导出的")
    assert shown.list.isHidden()


def test_what_was_added_outside_of_every_bookmark_is_listed_and_leads_nowhere(
    qtbot: QtBot, context: Context, check: Check, paper: str, tmp_path: Path
) -> None:
    more = "<w:body><w:p><w:r><w:t>另有999.00万元未入账</w:t></w:r></w:p>"
    screen = check(edited(exported(context, tmp_path), "<w:body>", more))
    assert rows(screen) == ["【没有出处】全文第 1 段\n文件中加上的文字\n“另有999.00万元未入账”，案卷里没有出处"]
    with qtbot.assertNotEmitted(context.open_record):
        screen.history.file_check.list.itemActivated.emit(screen.history.file_check.list.item(0))


def test_leaving_without_a_file_changes_nothing(qtbot: QtBot, context: Context, paper: str) -> None:
    screen = ReportScreen(context)
    qtbot.addWidget(screen)
    screen.show()
    with answering():
        screen.history.check_file.click()
    assert screen.history.file_check.isHidden()
    assert not context.jobs.busy


def test_a_file_most_of_which_has_no_source_is_not_called_equal(
    context: Context, check: Check, paper: str, tmp_path: Path, home: Path
) -> None:
    own = home / templates.OWN / "feedback.docx"
    own.parent.mkdir()
    shutil.copy(templates.shipped_word(own.name), own)
    for name in ("paragraph", "item.title"):
        edited(own, f"{{{{ {name} }}}}", f"{{{{ {name} ~ '' }}}}").replace(own)
    file = tmp_path / "反馈意见.docx"
    document = catalog.BY_KIND["feedback"]
    catalog.export(context.store, document, context.inspection, file, draft=True, progress=Progress())
    shown = check(file).history.file_check
    assert shown.verdict.text().startswith("“反馈意见.docx”只核对了 ")
    assert shown.verdict.text().endswith("；其余没有出处，没有与案卷核对，请人工核对。")
    assert shown.verdict.property("role") == "warning"
