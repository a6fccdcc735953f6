"""Exporting, as a person does it: check sheet, place, job, record."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests.support.answering import answering, watched_desktop
from tests.support.ready_papers import add_paper, the_inspection, write_report
from tests.support.typing import press
from ui import exporting, fonts
from ui.context import Context
from ui.exporting import Exporter
from xuncha_desktop.services import lists, records, reports

TODAY = date(2031, 4, 23)


class Settled(Exporter):
    """Comes back when the check, and an export it led to, are done."""

    qtbot: QtBot

    def export(self, kind: str, subject: str, *, draft: bool) -> None:
        super().export(kind, subject, draft=draft)
        self.qtbot.waitUntil(lambda: not self._context.jobs.busy, timeout=20_000)


@pytest.fixture
def exporter(qtbot: QtBot, context: Context) -> Iterator[Exporter]:
    screen = QWidget()
    qtbot.addWidget(screen)
    QVBoxLayout(screen)
    screen.resize(1000, 600)
    screen.show()
    made = Settled(context, screen, today=lambda: TODAY)
    made.qtbot = qtbot
    yield made
    screen.hide()


def test_a_draft_of_the_report_goes_out_after_the_check_sheet_and_is_recorded(
    qtbot: QtBot, context: Context, exporter: Exporter, told: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "installed", lambda face: face != "方正小标宋简体")
    add_paper(context.store, "会议费报销不合规")
    with answering(folder=tmp_path) as answers:
        exporter.export("report", context.inspection, draft=True)
        assert exporter.panel.sheet.isVisible()
        assert "这台电脑没有方正小标宋简体，请在装有" in exporter.panel.sheet.summary.text()
        assert not answers.proposed, "the place is asked only after the check sheet"
        with qtbot.waitSignal(exporter.exported, timeout=20_000):
            exporter.panel.sheet.go.click()
    file = tmp_path / "虚构镇党委巡察情况报告（草稿）20310423.docx"
    text = "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)
    assert "会议费报销不合规" in text
    assert "【待补】" in text
    [record] = lists.ids(context.store, lists.Query("export_record"))
    values = records.load(context.store, "export_record", record).values
    assert (values["kind"], values["draft"], values["papers"], values["name"]) == ("report", True, 1, file.name)
    assert values["inspection"] == context.inspection
    assert len(values["file_hash"]) == 64
    assert exporter.panel.notice.sentence.startswith(f"已导出“{file.name}”")
    assert f"已导出“{file.name}”" in told


def test_gaps_refuse_a_final_report_and_offer_a_draft_instead(
    qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path
) -> None:
    add_paper(context.store, "会议费报销不合规")
    exporter.export("report", context.inspection, draft=False)
    sheet = exporter.panel.sheet
    assert not sheet.go.isVisible()
    assert sheet.as_draft.isVisible()
    assert "必须补齐" in sheet.summary.text()
    with answering(folder=tmp_path), qtbot.waitSignal(exporter.exported, timeout=20_000):
        sheet.as_draft.click()
    assert [file.name for file in tmp_path.glob("*.docx")] == ["虚构镇党委巡察情况报告（草稿）20310423.docx"]


def test_a_check_sheet_follows_what_is_mended_until_nothing_stands_against_the_final_report(
    qtbot: QtBot, context: Context, exporter: Exporter
) -> None:
    add_paper(context.store, "会议费报销不合规")
    exporter.export("report", context.inspection, draft=False)
    sheet = exporter.panel.sheet
    before = sheet.list.count()
    report = reports.of_inspection(context.store, context.inspection)
    records.edit(context.store, "report", report, {"evaluation": "总体较好。"})
    qtbot.waitUntil(lambda: sheet.list.count() == before - 1)
    assert sheet.list.hasFocus()
    assert not sheet.go.isVisible()
    records.edit(context.store, "report", report, {"leadership": "班子较强。", "suggestions": "第一条建议。"})
    qtbot.waitUntil(sheet.go.isVisible)
    assert "没有妨碍正式导出的问题" in sheet.summary.text()
    exporter.panel.clear()
    records.edit(context.store, "report", report, {"evaluation": ""})
    qtbot.wait(600)
    assert not exporter.panel.isVisible()


def test_without_papers_the_sheet_says_so_first_and_leads_to_the_list(
    qtbot: QtBot, context: Context, exporter: Exporter
) -> None:
    exporter.export("report", context.inspection, draft=False)
    found = exporter.panel.sheet.list
    assert "还没有可以写入的底稿" in found.item(1).text() and "去处理" in found.item(1).text()
    with qtbot.waitSignal(context.open_list) as led:
        found.setCurrentRow(1)
        press(Qt.Key.Key_Return)
    assert led.args == ["paper", "", None]


def test_a_complete_report_goes_out_final(qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path) -> None:
    add_paper(context.store, "会议费报销不合规")
    write_report(context.store)
    exporter.export("report", context.inspection, draft=False)
    assert not exporter.panel.sheet.as_draft.isVisible()
    with answering(folder=tmp_path), qtbot.waitSignal(exporter.exported, timeout=20_000):
        exporter.panel.sheet.go.click()
    [file] = tmp_path.glob("*.docx")
    assert file.name == "虚构镇党委巡察情况报告20310423.docx"
    assert "【待补】" not in "\n".join(paragraph.text for paragraph in docx.Document(str(file)).paragraphs)


def test_the_ledger_is_exported_by_the_same_way(
    qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path
) -> None:
    add_paper(context.store, "会议费报销不合规")
    with answering(folder=tmp_path), qtbot.waitSignal(exporter.exported, timeout=20_000):
        exporter.export("ledger", context.inspection, draft=True)
        exporter.panel.sheet.go.click()
    assert (tmp_path / "虚构镇党委问题台账（草稿）20310423.xlsx").stat().st_size > 1000


@pytest.mark.parametrize(("state", "mark"), [("approved", ""), ("review", "（草稿）")])
def test_a_paper_goes_out_final_once_it_is_approved_and_as_a_draft_before(
    qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path, state: str, mark: str
) -> None:
    paper = add_paper(context.store, "会议费/报销*不合规?", state=state)
    with answering(folder=tmp_path) as answers, qtbot.waitSignal(exporter.exported, timeout=20_000):
        exporter.export_paper(paper)
        exporter.panel.sheet.go.click()
    number = "〔2031〕09-01-09-XGZ-DG-001"
    assert [file.name for file in answers.proposed] == [f"问题底稿 {number} 会议费 报销 不合规 {mark}20310423.docx"]


def test_the_folder_is_remembered_for_the_next_export(
    qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path
) -> None:
    add_paper(context.store, "会议费报销不合规")
    with answering(folder=tmp_path) as answers:
        for _ in range(2):
            with qtbot.waitSignal(exporter.exported, timeout=20_000):
                exporter.export("ledger", context.inspection, draft=True)
                exporter.panel.sheet.go.click()
    assert answers.proposed[1].parent == tmp_path
    assert context.settings.export_folder == str(tmp_path)


def test_nothing_is_exported_into_the_case_s_own_folder(context: Context, exporter: Exporter) -> None:
    add_paper(context.store, "会议费报销不合规")
    with answering(folder=context.store.folder):
        exporter.export("ledger", context.inspection, draft=True)
        exporter.panel.sheet.go.click()
    assert not context.jobs.busy
    assert "案卷的文件夹" in exporter.panel.notice.sentence
    assert not lists.ids(context.store, lists.Query("export_record"))


def test_leaving_the_place_open_exports_nothing_and_keeps_the_check_sheet(context: Context, exporter: Exporter) -> None:
    add_paper(context.store, "会议费报销不合规")
    with answering():
        exporter.export("ledger", context.inspection, draft=True)
        exporter.panel.sheet.go.click()
    assert not context.jobs.busy
    assert exporter.panel.sheet.isVisible()


def test_a_name_without_its_ending_gets_it(qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path) -> None:
    add_paper(context.store, "会议费报销不合规")
    with answering(file=tmp_path / "台账.v2"), qtbot.waitSignal(exporter.exported, timeout=20_000):
        exporter.export("ledger", context.inspection, draft=True)
        exporter.panel.sheet.go.click()
    assert (tmp_path / "台账.v2.xlsx").exists()


def test_a_place_that_cannot_be_written_is_said_in_the_panel(
    qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path
) -> None:
    add_paper(context.store, "会议费报销不合规")
    with answering(file=tmp_path / "拔掉的U盘" / "台账.xlsx"):
        exporter.export("ledger", context.inspection, draft=True)
        exporter.panel.sheet.go.click()
        qtbot.waitUntil(lambda: not context.jobs.busy, timeout=20_000)
    assert exporter.panel.notice.sentence.startswith("没有导出：不能在文件夹")
    assert not lists.ids(context.store, lists.Query("export_record"))


def test_a_finding_leads_to_the_paper_it_speaks_of(qtbot: QtBot, context: Context, exporter: Exporter) -> None:
    paper = add_paper(context.store, "会议费报销不合规", basis="")
    asked: list[tuple[str, str, str]] = []
    exporter.finding_asked.connect(lambda *where: asked.append(where))
    with qtbot.waitSignal(context.open_record) as opened:
        exporter.export("ledger", context.inspection, draft=False)
        exporter.panel.sheet.list.setFocus()
        qtbot.keyClick(exporter.panel.sheet.list, Qt.Key.Key_Return)
    assert opened.args == ["paper", paper]
    assert asked == [("paper", paper, "basis")]


def test_the_finished_export_offers_its_folder(
    qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path
) -> None:
    add_paper(context.store, "会议费报销不合规")
    with answering(folder=tmp_path), qtbot.waitSignal(exporter.exported, timeout=20_000):
        exporter.export("ledger", context.inspection, draft=True)
        exporter.panel.sheet.go.click()
    buttons = {button.text(): button for button in exporter.panel.notice.findChildren(QPushButton)}
    with watched_desktop() as opened:
        buttons["打开所在文件夹"].click()
    assert opened == [tmp_path]
    exporter.panel.close_notice.click()
    assert not exporter.panel.isVisible()


def test_printing_is_offered_where_the_system_can_and_nowhere_else(
    qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    printed: list[Path] = []
    monkeypatch.setattr(exporting, "print_file", lambda path: printed.append(path) is None)
    offered: list[list[str]] = []
    for known in (True, False):
        monkeypatch.setattr(exporting, "printing_known", lambda known=known: known)
        with answering(folder=tmp_path), qtbot.waitSignal(exporter.exported, timeout=20_000):
            exporter.export("ledger", context.inspection, draft=True)
            exporter.panel.sheet.go.click()
        shown = [button for button in exporter.panel.notice.findChildren(QPushButton) if button.isVisible()]
        offered.append([button.text() for button in shown])
        shown[-1].click() if known else None
    assert offered == [["打开文件", "打开所在文件夹", "打印…"], ["打开文件", "打开所在文件夹"]]
    assert printed == list(tmp_path.glob("*.xlsx"))


def test_what_was_exported_is_not_said_any_more_when_the_screen_was_left(
    qtbot: QtBot, context: Context, exporter: Exporter, tmp_path: Path
) -> None:
    screen = exporter.panel.parentWidget()
    assert screen is not None
    with answering(folder=tmp_path), qtbot.waitSignal(exporter.exported, timeout=20_000):
        exporter.export("ledger", context.inspection, draft=True)
        screen.hide()
        screen.show()
        assert exporter.panel.sheet.isVisible(), "a check sheet waits for its answer"
        exporter.panel.sheet.go.click()
    assert exporter.panel.isVisible()
    screen.hide()
    screen.show()
    assert not exporter.panel.isVisible()


def test_escape_leaves_the_check_sheet(qtbot: QtBot, context: Context, exporter: Exporter) -> None:
    exporter.export("report", the_inspection(context.store), draft=True)
    qtbot.keyClick(exporter.panel.sheet, Qt.Key.Key_Escape)
    assert not exporter.panel.isVisible()
