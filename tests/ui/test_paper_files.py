"""底稿: files dropped, pasted and chosen on a paper become evidence, cited with their pages."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from tests.support.journal_rows import new_paper
from tests.support.screens import shown
from tests.support.typing import commit
from ui.context import Context
from ui.screens.papers import PapersScreen
from xuncha_desktop.services import records

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> PapersScreen:
    made = PapersScreen(context)
    made.editor.form.finish()
    return shown(made, qtbot)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two pictures outside of the case."""
    made: list[Path] = []
    for number in (1, 2):
        path = tmp_path / f"现场照片{number}.png"
        image = QImage(40 * number, 30, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        image.save(str(path))
        made.append(path)
    return made


def values(screen: PapersScreen) -> dict[str, Any]:
    """The paper as it stands on the screen."""
    return screen.editor.form.values()


def cited(screen: PapersScreen) -> list[str]:
    """Names of the evidence the paper shown cites."""
    rows = values(screen)["citations"]
    found = records.titles(screen.context.store, "evidence", [row["evidence"] for row in rows])
    return [found[row["evidence"]] for row in rows]


def test_files_dropped_on_a_new_paper_make_it_real_and_are_cited(
    screen: PapersScreen, qtbot: QtBot, files: list[Path], told: list[str]
) -> None:
    screen.new_record()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    drop = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    screen.editor.dropEvent(drop)
    qtbot.waitUntil(lambda: not screen.context.jobs.busy and "已存入证据 2 件" in told)
    assert cited(screen) == ["现场照片1", "现场照片2"]
    assert [line.text() for line in screen.editor.citations._lines] == ["1", "1"]


@pytest.mark.parametrize("name", ["title", "overview", "amount", "citations"])
def test_files_pasted_into_any_field_become_evidence_and_no_text(
    screen: PapersScreen, qtbot: QtBot, files: list[Path], name: str
) -> None:
    screen.open_record("paper", new_paper(screen.context.store))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(files[0]))])
    mime.setText(str(files[0]))
    QApplication.clipboard().setMimeData(mime)
    editor = screen.editor.form.boxes[name].editor
    before = editor.draft()
    editor.focus_widget().setFocus()
    QTest.keyClick(editor.focus_widget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: not screen.context.jobs.busy and len(values(screen)["citations"]) == 1)
    assert name == "citations" or editor.draft() == before
    assert cited(screen) == ["现场照片1"]


def test_the_same_file_twice_is_cited_once_and_offers_no_wrong_undo(
    screen: PapersScreen, qtbot: QtBot, files: list[Path], told: list[str]
) -> None:
    with answering(chosen=[files[0], files[0]]):
        screen.open_record("paper", new_paper(screen.context.store))
        screen.editor.citations.add_files.click()
        qtbot.waitUntil(lambda: bool(told))
        screen.editor.citations.add_files.click()
        qtbot.waitUntil(lambda: len(told) == 2)
    assert told[0] == "已存入证据 1 件，1 件案卷里已有相同的文件，不重复存"
    assert told[1].startswith("没有新的证据，本底稿已引用过，2 件案卷里已有相同的文件（")
    assert told[1].endswith("“现场照片1”），不重复存")
    assert cited(screen) == ["现场照片1"]


def test_a_page_is_cited_and_survives_another_citation(screen: PapersScreen, qtbot: QtBot, files: list[Path]) -> None:
    with answering(chosen=files):
        screen.open_record("paper", new_paper(screen.context.store))
        screen.editor.citations.add_files.click()
        qtbot.waitUntil(lambda: len(values(screen)["citations"]) == 2)
    QApplication.processEvents()
    line = screen.editor.citations._lines[0]
    line.setFocus()
    line.selectAll()  # a photo brings its page with it
    commit(line, "3-5")
    screen.editor.form.focus("title")
    assert [row["pages"] for row in values(screen)["citations"]] == ["3-5", "1"]
    remove = screen.editor.citations.findChildren(QToolButton)
    next(b for b in remove if b.accessibleName() == "不再引用 现场照片2" and not b.isHidden()).click()
    assert [row["pages"] for row in values(screen)["citations"]] == ["3-5"]
