"""模板: a team changes, checks, compares, restores and hands on its templates without leaving the page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.exports.doctor.planting import ours, small
from tests.support.answering import answering, watched_desktop
from ui import ask
from ui.ask import Asker
from ui.context import Context
from ui.settings.templates import TemplatesPage
from xuncha_desktop.exports.templates import own_folder


class _Consenting(Asker):
    """Says yes, and offers one file to open."""

    def __init__(self, file: Path | None = None) -> None:
        self.file = file

    def confirm(self, parent: QWidget | None, sentence: str, action: str) -> bool:
        return True

    def open_files(self, parent: QWidget | None, title: str, filters: str, folder: Path) -> list[Path]:
        return [self.file] if self.file else []


@pytest.fixture
def page(qtbot: QtBot, context: Context) -> Iterator[TemplatesPage]:
    made = TemplatesPage(context)
    qtbot.addWidget(made)
    made.resize(1190, 700)
    made.refresh()
    made.show()
    yield made


def shown(page: TemplatesPage, column: int) -> list[str]:
    return [item.text() for row in range(page.table.rowCount()) if (item := page.table.item(row, column))]


def choose(page: TemplatesPage, file: str) -> None:
    page.table.selectRow(shown(page, 1).index(file))


def wait(qtbot: QtBot, page: TemplatesPage) -> None:
    qtbot.waitUntil(lambda: not page.context.jobs.busy, timeout=20_000)


def test_every_document_has_its_template_and_ours_need_no_restoring(page: TemplatesPage) -> None:
    assert {"report.docx", "paper.docx", "problem_ledger.xlsx"} <= set(shown(page, 1))
    assert set(shown(page, 2)) == {"自带"}
    assert not page.restore.isEnabled()
    assert not page.compare.isEnabled()


def test_to_change_one_opens_a_copy_in_the_own_folder(page: TemplatesPage) -> None:
    choose(page, "paper.docx")
    with watched_desktop() as opened:
        page.change.click()
    assert opened == [own_folder() / "paper.docx"]
    assert shown(page, 2)[shown(page, 1).index("paper.docx")] == "自带"
    ours("paper.docx", {"{{ number }}": "{{ 编号 }}"}, own_folder() / "paper.docx")
    page.refresh()
    assert shown(page, 2)[shown(page, 1).index("paper.docx")] == "已改"
    small(own_folder() / "别的.docx", "{{ 甲 }}")
    page.refresh()
    assert shown(page, 2)[-1] == "自建"


def test_a_check_lists_place_and_repair_and_is_remembered_until_the_file_changes(
    qtbot: QtBot, page: TemplatesPage
) -> None:
    own = ours("report.docx", {"{{ title }}": "{{ titel }}"}, own_folder() / "report.docx")
    page.refresh()
    choose(page, "report.docx")
    page.examine.click()
    wait(qtbot, page)
    [(place, words), *_] = page.findings.lines
    assert place.endswith("正文第 5 段“{{ titel }}”")
    assert "是否为 `title`" in words
    assert page.outcome.text().startswith("“report.docx”有 1 处错误")
    assert not page.repair.isVisible()
    row = shown(page, 1).index("report.docx")
    assert shown(page, 3)[row] == "1 处错误"
    ours("report.docx", {"{{ title }}": "{{ 标题 }}"}, own)
    page.refresh()
    assert shown(page, 3)[row] == "上次检查后在别处改过"


def test_repairable_faults_are_repaired_by_the_button(qtbot: QtBot, page: TemplatesPage) -> None:
    own = ours("report.docx", {"{{ title }}": "｛｛ title ｝｝"}, own_folder() / "report.docx")
    page.refresh()
    choose(page, "report.docx")
    page.examine.click()
    wait(qtbot, page)
    assert page.repair.isVisible()
    page.repair.click()
    wait(qtbot, page)
    assert page.outcome.text() == "“report.docx”没有发现错误"
    assert page.findings.lines == []
    assert "{{ title }}" in [paragraph.text for paragraph in Document(str(own)).paragraphs]


def test_an_annotated_copy_is_saved_where_asked(qtbot: QtBot, page: TemplatesPage, tmp_path: Path) -> None:
    ours("report.docx", {"{{ title }}": "{{ titel }}"}, own_folder() / "report.docx")
    page.refresh()
    choose(page, "report.docx")
    page.examine.click()
    wait(qtbot, page)
    with answering(folder=tmp_path) as answers:
        page.annotate.click()
        wait(qtbot, page)
    assert answers.proposed[0].name == "report（批注）.docx"
    assert len(Document(str(tmp_path / "report（批注）.docx")).comments) == 1


def test_a_comparison_says_what_reads_differently_and_restoring_puts_the_change_aside(
    qtbot: QtBot, page: TemplatesPage
) -> None:
    ours("report.docx", {"（草稿）": "（征求意见稿）"}, own_folder() / "report.docx")
    page.refresh()
    choose(page, "report.docx")
    page.compare.click()
    wait(qtbot, page)
    assert [words for _, words in page.findings.lines] == ["“（草稿）”改为“（征求意见稿）”"]
    before = ask.use(_Consenting())
    page.restore.click()
    ask.use(before)
    assert set(shown(page, 2)) == {"自带"}
    assert not (own_folder() / "report.docx").exists()
    assert len(list((own_folder() / "old").iterdir())) == 1


def test_templates_go_to_another_laptop_and_damage_is_noticed(
    qtbot: QtBot, page: TemplatesPage, tmp_path: Path
) -> None:
    own = ours("report.docx", {"（草稿）": "（征求意见稿）"}, own_folder() / "report.docx")
    content = own.read_bytes()
    page.refresh()
    choose(page, "report.docx")
    with answering(folder=tmp_path):
        page.give.click()
        wait(qtbot, page)
    assert "不能证明是谁做的" in page.notice.sentence
    own.unlink()
    before = ask.use(_Consenting(tmp_path / "report.xcmb"))
    page.take.click()
    wait(qtbot, page)
    assert own.read_bytes() == content
    assert shown(page, 2)[shown(page, 1).index("report.docx")] == "已改"
    file = tmp_path / "report.xcmb"
    file.write_bytes(file.read_bytes()[:-200])
    page.take.click()
    wait(qtbot, page)
    ask.use(before)
    assert "已损坏" in page.notice.sentence
    assert own.read_bytes() == content
