"""证据: files come in by drop, paste or choice, are seen, cited and taken out again."""

from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from tests.support.field_desk import new_record
from tests.support.journal_rows import new_paper
from tests.support.screens import shown
from tests.support.typing import type_into
from ui.context import Context
from ui.screens.evidence import EvidenceScreen
from xuncha_desktop.services import evidence, records
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> EvidenceScreen:
    made = EvidenceScreen(context)
    made.form.finish()
    return shown(made, qtbot)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two pictures and a text outside of the case."""
    made = [tmp_path / "现场照片1.png", tmp_path / "现场照片2.png", tmp_path / "会议纪要.txt"]
    for number, path in enumerate(made[:2], 1):
        image = QImage(40 * number, 30, QImage.Format.Format_RGB32)
        image.fill(0x336699)
        image.save(str(path))
    made[2].write_text("虚构的会议纪要", encoding="utf-8")
    return made


def mime_of(files: list[Path]) -> QMimeData:
    """Files as a file manager gives them."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in files])
    return mime


def take(screen: EvidenceScreen, qtbot: QtBot, files: list[Path]) -> list[str]:
    """Choose files in the dialog; ids of the evidence of the list afterwards."""
    with answering(chosen=files):
        screen.new_record()
    qtbot.waitUntil(lambda: not screen.context.jobs.busy)
    return screen.panel.model.ids()


def names(screen: EvidenceScreen) -> list[str]:
    """What the list shows."""
    found = records.titles(screen.context.store, "evidence", screen.panel.model.ids())
    return sorted(found.values())


def test_chosen_files_are_taken_in_and_shown(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path], told: list[str]
) -> None:
    take(screen, qtbot, files)
    assert names(screen) == ["会议纪要", "现场照片1", "现场照片2"]
    assert told == ["已存入证据 3 件"]
    values = screen.form.values()
    assert (values["name"], values["kind"], values["file_name"]) == ("会议纪要", "minutes", "会议纪要.txt")
    qtbot.waitUntil(lambda: screen.viewer.preview.text.toPlainText() == "虚构的会议纪要")


def test_dropped_files_are_taken_in(screen: EvidenceScreen, qtbot: QtBot, files: list[Path]) -> None:
    mime = mime_of(files[:2])  # the event does not keep it alive
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.dropEvent(drop)
    qtbot.waitUntil(lambda: names(screen) == ["现场照片1", "现场照片2"])
    qtbot.waitUntil(lambda: screen.viewer.preview.canvas.picture is not None)


@pytest.mark.parametrize("place", ["list", "name", "note"])
def test_a_pasted_file_is_taken_in_wherever_the_cursor_is(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path], place: str
) -> None:
    take(screen, qtbot, files[:1])
    QApplication.clipboard().setMimeData(mime_of(files[1:2]))
    widget = screen.panel.view() if place == "list" else screen.form.boxes[place].editor.focus_widget()
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: names(screen) == ["现场照片1", "现场照片2"])


def test_a_pasted_picture_is_taken_in(screen: EvidenceScreen, qtbot: QtBot) -> None:
    image = QImage(20, 20, QImage.Format.Format_RGB32)
    image.fill(0x112233)
    QApplication.clipboard().setImage(image)
    QTest.keyClick(screen, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: len(screen.panel.model.ids()) == 1)
    [name] = names(screen)
    datetime.strptime(name, "粘贴图片 %Y-%m-%d %H.%M")


def test_the_same_file_again_is_told_and_not_taken_twice(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path], told: list[str]
) -> None:
    [record] = take(screen, qtbot, files[:1])
    offered: list[str] = []
    screen.context.undo_offered.connect(offered.append)
    assert take(screen, qtbot, files[:1]) == [record]
    number = records.load(screen.context.store, "evidence", record).values["number"]
    assert told[-1] == f"没有新的证据，1 件案卷里已有相同的文件（{number}“现场照片1”），不重复存"
    assert offered == []


def test_a_field_is_saved_and_the_list_follows(screen: EvidenceScreen, qtbot: QtBot, files: list[Path]) -> None:
    take(screen, qtbot, files[:1])
    type_into(screen.form, "name", "（村口）")
    screen.leave()
    assert names(screen) == ["现场照片1（村口）"]


def test_where_it_is_cited_is_told_and_follows_the_papers(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path]
) -> None:
    [record] = take(screen, qtbot, files[:1])
    assert screen.cited.text() == "还没有底稿引用这件证据"
    paper = new_paper(screen.context.store, title="办公用房出租")
    evidence.cite_existing(screen.context.store, paper, [record])
    assert screen.cited.text() == "被 1 份底稿引用\n· 办公用房出租，第1页"
    [row] = records.load(screen.context.store, "paper", paper).values["citations"]
    records.edit(screen.context.store, "paper", paper, {"citations": [{**row, "pages": "3"}]})
    assert screen.cited.text().endswith("办公用房出租，第3页")
    for number in range(4):
        other = new_paper(screen.context.store, title=f"第{number}份<b>")
        evidence.cite_existing(screen.context.store, other, [record])
    first, *named, more = screen.cited.text().split("\n")
    assert (first, len(named), more) == ("被 5 份底稿引用", 3, "· 还有 2 处")
    assert "第3份&lt;b&gt;" in screen.cited.toolTip()


def test_deleted_evidence_leaves_its_neighbour_shown_and_names_the_papers_that_cite_it(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path], told: list[str]
) -> None:
    first, second, _ = take(screen, qtbot, files)
    evidence.cite_existing(screen.context.store, new_paper(screen.context.store), [first])
    screen.panel.select(first)
    screen._delete([first])
    assert told[-1] == "已删除 1 件证据，其中 1 件有底稿引用，请检查那些底稿"
    assert screen.panel.current() == screen.form.record == second
    assert screen.form.isEnabled()
    undo.undo(screen.context.store)
    assert first in screen.panel.model.ids()


def test_records_that_hold_evidence_are_named_beside_it_and_when_it_is_deleted(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path], told: list[str]
) -> None:
    [record] = take(screen, qtbot, files[:1])
    store = screen.context.store
    talk = new_record(store, "interview", scans=(record,))
    fix = new_record(store, "quick_fix", title="修路灯", citations=[{"evidence": record, "pages": ""}])
    numbers = [
        records.load(store, kind, each).values["number"] for kind, each in (("quick_fix", fix), ("interview", talk))
    ]
    fixed, talked = f"立行立改事项 {numbers[0]}：支撑材料", f"谈话记录 {numbers[1]}：签字件"
    assert screen.cited.text() == f"还没有底稿引用这件证据\n在 2 条其他记录里\n· {fixed}\n· {talked}"
    records.delete(store, "quick_fix", [fix])
    screen._delete([record])
    assert told[-1] == f"已删除 1 件证据；1 件在其他记录里用着，如“{talked}”，请检查"


def test_the_last_evidence_deleted_leaves_nothing_on_the_screen(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path]
) -> None:
    [record] = take(screen, qtbot, files[:1])
    screen._delete([record])
    assert not screen.form.isEnabled()
    assert screen.form.record == ""
    assert screen.cited.text() == ""
    assert not screen.save_button.isEnabled()
    assert "没有电子文件" in screen.viewer.preview.words.text()


def test_a_copy_is_saved_where_asked_and_is_the_very_file(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path], told: list[str], tmp_path: Path
) -> None:
    take(screen, qtbot, files[:1])
    target = tmp_path / "另存.png"
    with answering(target):
        screen.save_button.click()
    assert target.read_bytes() == files[0].read_bytes()
    assert "明文文件，用完请删除" in told[-1]


def test_without_an_inspection_nothing_is_taken_in(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path], told: list[str]
) -> None:
    screen.context.choose_inspection("")
    assert take(screen, qtbot, files) == []
    assert "还没有巡察任务" in told[-1]


def test_another_inspection_shows_its_own_evidence(screen: EvidenceScreen, qtbot: QtBot, files: list[Path]) -> None:
    take(screen, qtbot, files[:1])
    screen.context.choose_inspection(records.create(screen.context.store, "inspection", {}))
    assert screen.panel.model.ids() == []
    assert screen.form.record == ""


def test_a_field_named_with_a_piece_takes_the_cursor_there(context: Context, screen: EvidenceScreen) -> None:
    piece = records.create(context.store, "evidence", {"name": "租赁合同", "inspection": context.inspection})
    assert screen.open_record("evidence.source", piece)
    QApplication.processEvents()
    assert screen.form.boxes["source"].editor.focus_widget().hasFocus()


@pytest.mark.parametrize("read", [True, False])
def test_enter_in_the_list_goes_to_the_page_and_esc_comes_back(
    screen: EvidenceScreen, qtbot: QtBot, files: list[Path], read: bool
) -> None:
    take(screen, qtbot, files[:1])
    preview = screen.viewer.preview
    if read:
        qtbot.waitUntil(lambda: preview.has_pages)
    screen.panel.setFocus()
    QTest.keyClick(screen.panel.view(), Qt.Key.Key_Return)
    qtbot.waitUntil(preview.canvas.hasFocus)
    QTest.keyClick(preview.canvas, Qt.Key.Key_Escape)
    assert screen.panel.view().hasFocus()


def test_enter_on_a_piece_without_a_file_goes_to_its_form(context: Context, screen: EvidenceScreen) -> None:
    piece = records.create(context.store, "evidence", {"name": "会议记录本", "inspection": context.inspection})
    screen.refresh(None)
    screen.panel.select(piece)
    screen.panel.setFocus()
    QTest.keyClick(screen.panel.view(), Qt.Key.Key_Return)
    assert screen.form.boxes["name"].editor.focus_widget().hasFocus()
