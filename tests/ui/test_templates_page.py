"""模板: a team changes, checks, compares, restores and hands on its templates without leaving the page."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from tests.exports.doctor.planting import ours, small
from tests.support.answering import answering, watched_desktop
from ui import ask, style
from ui.ask import Asker
from ui.context import Context
from ui.settings.templates import TemplatesPage
from xuncha_desktop import paths, settings
from xuncha_desktop.exports import own_templates, signers
from xuncha_desktop.exports.template_files import pack
from xuncha_desktop.exports.templates import own_folder


class _Consenting(Asker):
    """Says yes."""

    def confirm(self, parent: QWidget | None, sentence: str, action: str) -> bool:
        return True


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


@pytest.mark.parametrize("text_size", style.TEXT_SIZES)
def test_the_rows_are_one_line_high_where_every_word_has_room(
    qapp: QApplication, page: TemplatesPage, text_size: int
) -> None:
    style.apply(qapp, "light", text_size)
    page.refresh()
    assert {page.table.rowHeight(row) for row in range(page.table.rowCount())} == {style.metrics.row}


def test_a_row_is_higher_where_the_last_column_has_no_room(page: TemplatesPage) -> None:
    page.table.show_rows([("文书", "report.docx", "自带", "没有错误，" * 30), ("文书", "paper.docx", "自带", "")])
    assert page.table.rowHeight(0) > style.metrics.row == page.table.rowHeight(1)


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


def test_what_a_check_says_is_brought_into_view(qtbot: QtBot, qapp: QApplication, page: TemplatesPage) -> None:
    style.apply(qapp, "light", 18)
    page.resize(900, 500)
    choose(page, "report.docx")
    page.examine.click()
    wait(qtbot, page)
    qtbot.waitUntil(lambda: not page.outcome.visibleRegion().isEmpty())


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


def test_templates_go_to_another_laptop_signed_and_damage_is_noticed(
    qtbot: QtBot, page: TemplatesPage, tmp_path: Path
) -> None:
    own = ours("report.docx", {"（草稿）": "（征求意见稿）"}, own_folder() / "report.docx")
    content = own.read_bytes()
    page.refresh()
    choose(page, "report.docx")
    assert page.handing.name.text() == "甲虚构", "who works here is proposed"
    assert "第一次导出时生成" in page.handing.name_field.sentence
    give(qtbot, page, tmp_path)
    assert page.handing.notice.sentence.startswith("已导出到“report.xcmb”，由“甲虚构”签名，指纹 ")
    assert signers.own_fingerprint() in page.handing.name_field.sentence
    assert settings.load(paths.settings_folder()).signer_name == "甲虚构"
    key = (paths.settings_folder() / "template-signing.key").read_bytes()
    within = [path for path in page.context.store.folder.rglob("*") if path.is_file()]
    assert within
    assert not any(key in path.read_bytes() for path in within), "the key is none of the case's"
    own.unlink()
    take(qtbot, page, tmp_path / "report.xcmb")
    assert own.read_bytes() == content
    assert shown(page, 2)[shown(page, 1).index("report.docx")] == "已改"
    assert "由这台电脑签名" in page.handing.notice.sentence
    file = tmp_path / "report.xcmb"
    file.write_bytes(file.read_bytes()[:-200])
    take(qtbot, page, file)
    assert page.handing.notice.sentence.startswith("“report.xcmb”已损坏，或不是导出的模板文件（.xcmb）")
    page.handing.name.clear()
    page.handing.give.click()
    assert page.handing.notice.sentence == "", "the name is wanted now"
    assert own.read_bytes() == content


def test_a_signer_never_met_is_asked_about_in_place_and_known_afterwards(
    qtbot: QtBot, page: TemplatesPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv(paths.HOME_VARIABLE, str(tmp_path / "乙机"))
        pack(own_templates.listed()[:1], tmp_path / "对方.xcmb", "虚构县委巡察办")
        fingerprint = signers.own_fingerprint()
    take(qtbot, page, tmp_path / "对方.xcmb")
    sentence = f"“对方.xcmb”由“虚构县委巡察办”签名（指纹 {fingerprint}），这台电脑第一次见到；请打电话与对方核对指纹。"
    assert page.handing.notice.sentence == f"{sentence}里面是 report.docx。"
    answer(page, "不导入")
    assert page.handing.notice.sentence == ""
    assert not (own_folder() / "report.docx").exists()
    take(qtbot, page, tmp_path / "对方.xcmb")
    answer(page, "导入")
    wait(qtbot, page)
    assert page.handing.notice.sentence.startswith("已导入report.docx。")
    assert "移到了" not in page.handing.notice.sentence
    assert (own_folder() / "report.docx").exists()
    take(qtbot, page, tmp_path / "对方.xcmb")
    assert "，以前导入过。" in page.handing.notice.sentence, "nothing is asked"
    assert "原来自备的report.docx移到了自备文件夹的 old 中。" in page.handing.notice.sentence


def test_a_file_without_a_signature_is_asked_about_and_forgotten_when_the_page_is_left(
    qtbot: QtBot, page: TemplatesPage, tmp_path: Path
) -> None:
    content = own_templates.listed()[0].path.read_bytes()
    listed = {"format": 1, "files": [{"file": "report.docx", "sha256": hashlib.sha256(content).hexdigest()}]}
    with zipfile.ZipFile(tmp_path / "旧.xcmb", "w") as package:
        package.writestr("manifest.json", json.dumps(listed))
        package.writestr("report.docx", content)
    take(qtbot, page, tmp_path / "旧.xcmb")
    assert page.handing.notice.sentence.startswith("“旧.xcmb”没有签名，")
    page.leave()
    assert page.handing.notice.sentence == ""
    assert list(own_folder().iterdir()) == []


def test_the_name_to_sign_with_is_needed_and_kept_only_once_it_was_typed_or_used(
    qtbot: QtBot, page: TemplatesPage, tmp_path: Path
) -> None:
    page.handing.name.editingFinished.emit()
    assert page.context.settings.signer_name == ""
    page.handing.name.clear()
    page.handing.give.click()
    assert page.handing.name_field.wrong
    assert list(tmp_path.glob("*.xcmb")) == []
    qtbot.keyClicks(page.handing.name, "  Office  A ")
    qtbot.keyClick(page.handing.name, Qt.Key.Key_Return)
    assert not page.handing.name_field.wrong
    page.refresh()
    assert settings.load(paths.settings_folder()).signer_name == "Office A"


def give(qtbot: QtBot, page: TemplatesPage, folder: Path) -> None:
    with answering(folder=folder):
        page.handing.give.click()
        wait(qtbot, page)


def take(qtbot: QtBot, page: TemplatesPage, file: Path) -> None:
    with answering(chosen=[file]):
        page.handing.take.click()
        wait(qtbot, page)


def answer(page: TemplatesPage, words: str) -> None:
    buttons = page.handing.notice.findChildren(QPushButton)
    next(button for button in buttons if button.text() == words and button.isVisible()).click()
