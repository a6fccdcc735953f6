"""In the 证据 screen pages are turned, framed, cited, covered and handed to other programs."""

import io
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.support.evidence_files import add_evidence
from tests.support.hostile_files import docx, paragraph, pdf_of_texts
from tests.support.journal_rows import new_paper
from tests.support.screens import shown
from tests.support.waiting import wait
from ui import desktop, style
from ui.context import Context
from ui.evidence import regions
from ui.forms.picker import Picker
from ui.screens.evidence import EvidenceScreen
from xuncha_desktop.services import evidence_copies, opened_outside, records
from xuncha_desktop.store import undo

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def screen(context: Context, qtbot: QtBot) -> EvidenceScreen:
    made = EvidenceScreen(context)
    made.form.finish()
    return shown(made, qtbot)


def photo() -> bytes:
    """Wider than high."""
    out = io.BytesIO()
    Image.new("RGB", (900, 300), (90, 140, 90)).save(out, "PNG")
    return out.getvalue()


def see(screen: EvidenceScreen, qtbot: QtBot, name: str, content: bytes) -> str:
    """Put a file into the case and wait until it is seen."""
    record = add_evidence(screen.context.store, name, content)
    screen.open_record("evidence", record)
    qtbot.waitUntil(lambda: screen.viewer.preview.has_content)
    return record


def pull(screen: EvidenceScreen, left: float, top: float, right: float, bottom: float) -> None:
    """Draw a rectangle with the mouse, corners in thousandths of the page."""
    canvas = screen.viewer.preview.canvas
    start, end = (canvas.place_of((x, y, 0, 0)).topLeft().toPoint() for x, y in ((left, top), (right, bottom)))
    QTest.mousePress(canvas.viewport(), Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(canvas.viewport(), (start + end) / 2)
    QTest.mouseRelease(canvas.viewport(), Qt.MouseButton.LeftButton, pos=end)


def choose(qtbot: QtBot, words: str) -> None:
    """Pick the first thing with these words in the popup that is open."""
    found = QApplication.activePopupWidget()
    assert isinstance(found, Picker)
    found.search.setText(words)
    QTest.keyClick(found.search, Qt.Key.Key_Return)


def citation(screen: EvidenceScreen, paper: str) -> tuple[str, str, str, str]:
    """What the only citation of a paper names."""
    [row] = records.load(screen.context.store, "paper", paper).values["citations"]
    return row["evidence"], row["pages"], row["region"], row["passage"]


def test_a_page_is_cited_by_key_and_a_framed_region_with_its_place(screen: EvidenceScreen, qtbot: QtBot) -> None:
    record = see(screen, qtbot, "纪要.pdf", pdf_of_texts(["一", "二"]))
    first = new_paper(screen.context.store, title="甲问题", inspection=screen.context.inspection)
    second = new_paper(screen.context.store, title="乙问题", inspection=screen.context.inspection)
    QTest.keyClick(screen.panel.view(), Qt.Key.Key_PageDown, CONTROL)
    qtbot.waitUntil(lambda: screen.viewer.preview.bar.page.text() == "2")
    QTest.keyClick(screen.panel.view(), Qt.Key.Key_C, CONTROL | SHIFT)
    choose(qtbot, "甲问题")
    assert citation(screen, first) == (record, "2", "", "")
    pull(screen, 100, 200, 600, 500)
    assert screen.viewer.cite_button.text() == "引用画框处…"
    screen.viewer.cite_button.click()
    choose(qtbot, "乙问题")
    found, pages, region, _ = citation(screen, second)
    assert (found, pages) == (record, "2")
    assert all(abs(int(one) - other) <= 5 for one, other in zip(region.split(","), (100, 200, 500, 300), strict=True))
    QTest.keyClick(screen.viewer.preview.canvas, Qt.Key.Key_Escape)
    assert screen.viewer.preview.canvas.frame is None
    screen.show_place(record, 2, region)
    qtbot.waitUntil(lambda: screen.viewer.preview.canvas.frame == regions.read(region, 0))


def test_a_cited_place_of_another_file_is_opened_and_marked(screen: EvidenceScreen, qtbot: QtBot) -> None:
    record = see(screen, qtbot, "纪要.pdf", pdf_of_texts(["一", "二"]))
    see(screen, qtbot, "照片.png", photo())
    screen.show_place(record, 2, "10,20,300,400")
    qtbot.waitUntil(lambda: screen.viewer.preview.canvas.frame == (10, 20, 300, 400))
    assert screen.viewer.preview.bar.page.text() == "2"


def test_selected_words_of_a_document_are_cited(screen: EvidenceScreen, qtbot: QtBot) -> None:
    record = see(screen, qtbot, "说明.docx", docx(paragraph("出租未经集体研究")))
    paper = new_paper(screen.context.store, title="甲问题", inspection=screen.context.inspection)
    assert screen.viewer.cite_button.text() == "引用此件…"
    assert not screen.viewer.cover_button.isVisible()
    screen.viewer.preview.text.selectAll()
    assert screen.viewer.cite_button.text() == "引用所选文字…"
    QTest.keyClick(screen.viewer.preview.text, Qt.Key.Key_C, CONTROL | SHIFT)
    choose(qtbot, "甲问题")
    assert citation(screen, paper) == (record, "", "", "出租未经集体研究")


def test_a_turn_is_kept_and_taken_back(screen: EvidenceScreen, qtbot: QtBot) -> None:
    record = see(screen, qtbot, "照片.png", photo())
    canvas = screen.viewer.preview.canvas
    assert canvas.picture is not None
    assert canvas.picture.width() > canvas.picture.height()
    QTest.keyClick(screen.panel.view(), Qt.Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: canvas.picture is not None and canvas.picture.width() < canvas.picture.height())
    assert records.load(screen.context.store, "evidence", record).values["turned"] == 90
    undo.undo(screen.context.store)
    qtbot.waitUntil(lambda: canvas.picture is not None and canvas.picture.width() > canvas.picture.height())


def test_boxes_are_drawn_taken_back_and_become_a_covered_copy(
    screen: EvidenceScreen, qtbot: QtBot, told: list[str]
) -> None:
    record = see(screen, qtbot, "纪要.pdf", pdf_of_texts(["一", "二"]))
    viewer = screen.viewer
    viewer.cover_button.click()
    assert viewer.covering.isVisible()
    assert not viewer.covering.save.isEnabled()
    assert not viewer.cite_button.isVisible()
    assert not viewer.preview.bar.turn.isVisible()
    pull(screen, 100, 100, 400, 200)
    pull(screen, 500, 500, 900, 600)
    assert len(viewer.preview.canvas.covers) == 2
    QTest.keyClick(viewer.preview.canvas, Qt.Key.Key_PageDown)
    qtbot.waitUntil(lambda: viewer.preview.canvas.covers == ())
    QTest.keyClick(viewer.preview.canvas, Qt.Key.Key_Z, CONTROL)  # the box of page 1: seen as it goes
    qtbot.waitUntil(lambda: viewer.preview.bar.page.text() == "1")
    assert len(viewer.preview.canvas.covers) == 1
    QTest.keyClick(viewer.preview.canvas, Qt.Key.Key_Escape)
    assert not viewer.covering.on
    assert viewer.preview.canvas.covers == ()
    viewer.cover_button.click()
    assert len(viewer.preview.canvas.covers) == 1  # left is not lost
    viewer.covering.save.setFocus()
    viewer.covering.save.click()
    assert viewer.preview.canvas.hasFocus()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == ["已存为遮盖件，原件仍在；请逐页核对遮盖是否完全"]
    made = screen.panel.current()
    assert records.load(screen.context.store, "evidence", made).values["derived_from"] == record
    assert screen.form.record == made
    assert screen.relatives.isVisible()
    qtbot.waitUntil(lambda: viewer.preview.has_pages)


def test_boxes_are_drawn_with_keys(screen: EvidenceScreen, qtbot: QtBot) -> None:
    see(screen, qtbot, "纪要.pdf", pdf_of_texts(["一", "二"]))
    viewer, canvas = screen.viewer, screen.viewer.preview.canvas
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert canvas.keyed == (250, 333, 500, 333)
    for key, held, times in (
        (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier, 20),  # to the edge and no further
        (Qt.Key.Key_Up, CONTROL, 1),
        (Qt.Key.Key_Right, SHIFT, 2),
        (Qt.Key.Key_Down, SHIFT | CONTROL, 1),
    ):
        for _ in range(times):
            QTest.keyClick(canvas, key, held)
    assert canvas.keyed == (0, 328, 550, 338)
    assert viewer.preview.place()[1] == ""  # not yet
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert canvas.keyed is None
    assert viewer.preview.place() == ("1", "0,328,550,338", "")
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert (canvas.keyed, canvas.frame) == (None, (0, 328, 550, 338))
    viewer.cover_button.click()
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_Enter, Qt.KeyboardModifier.KeypadModifier)
    assert len(canvas.covers) == 1
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    QTest.keyClick(canvas, Qt.Key.Key_PageDown)  # one that was not drawn to its end does not go along
    qtbot.waitUntil(lambda: viewer.preview.page == 2 and canvas.covers == ())
    assert canvas.keyed is None


def test_a_box_of_keys_stays_in_sight_where_the_page_is_larger(screen: EvidenceScreen, qtbot: QtBot) -> None:
    see(screen, qtbot, "纪要.pdf", pdf_of_texts(["一", "二"]))
    canvas = screen.viewer.preview.canvas
    for _ in range(4):
        screen.viewer.preview.zoom(1)
    QTest.keyClick(canvas, Qt.Key.Key_Return)
    for _ in range(40):
        QTest.keyClick(canvas, Qt.Key.Key_Down)
        assert canvas.keyed is not None
        assert QRectF(canvas.viewport().rect()).adjusted(-1, -1, 1, 1).contains(canvas.place_of(canvas.keyed))
    assert canvas.keyed is not None
    assert canvas.keyed[1] + canvas.keyed[3] == 1000


def test_red_frames_are_drawn_taken_back_and_become_a_framed_copy(
    screen: EvidenceScreen, qtbot: QtBot, told: list[str]
) -> None:
    record = see(screen, qtbot, "照片.png", photo())
    store, viewer = screen.context.store, screen.viewer
    viewer.cover_button.click()
    viewer.covering.frame.click()
    assert "红框" in viewer.covering.words.text()
    pull(screen, 100, 100, 400, 500)
    pull(screen, 500, 500, 900, 900)
    canvas = viewer.preview.canvas
    assert (len(canvas.covers), len(canvas.frames)) == (0, 2)
    edge = canvas.place_of((100, 300, 0, 0)).topLeft().toPoint()
    assert canvas.viewport().grab().toImage().pixelColor(edge) == style.color("framed")
    QTest.keyClick(canvas, Qt.Key.Key_Z, CONTROL)
    assert len(canvas.frames) == 1
    viewer.covering.cover.click()
    pull(screen, 600, 600, 700, 700)
    assert (len(canvas.covers), len(canvas.frames)) == (1, 1)
    assert viewer.covering.words.text().endswith("已涂黑 1 处、标红框 1 处。")
    viewer.covering.back.click()
    assert viewer.covering.save.text() == "存为标框件"
    viewer.covering.save.click()
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert told == ["已存为标框件，原件仍在"]
    made = records.load(store, "evidence", screen.panel.current()).values
    image = Image.open(io.BytesIO(store.blobs.read(made["file_hash"], 1 << 20))).convert("RGB")
    colours = {colour for _, colour in image.getcolors() or ()}
    assert colours == {(90, 140, 90), (217, 0, 0)}
    original = records.load(store, "evidence", record).values
    assert store.blobs.read(original["file_hash"], 1 << 20) == photo()


def test_a_failed_copy_keeps_the_boxes(screen: EvidenceScreen, qtbot: QtBot, told: list[str]) -> None:
    record = see(screen, qtbot, "照片.png", photo())
    failed: list[str] = []
    screen.context.jobs.failed.connect(failed.append)
    screen.viewer.cover_button.click()
    pull(screen, 100, 100, 400, 400)
    store = screen.context.store
    blob = store.blobs._path(evidence_copies.sheet(store, record).file_hash)
    content = blob.read_bytes()
    blob.write_bytes(content[:-1])
    screen.viewer.covering.save.click()
    qtbot.waitUntil(lambda: bool(failed), timeout=20_000)
    assert "损坏" in failed[0]
    assert told == []
    blob.write_bytes(content)
    screen.viewer.cover_button.click()
    assert len(screen.viewer.preview.canvas.covers) == 1


def test_other_programs_get_a_copy_that_goes_when_the_case_is_left(
    screen: EvidenceScreen, qtbot: QtBot, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[Path] = []
    monkeypatch.setattr(desktop, "open_path", lambda path: bool(handed.append(path) or True))
    see(screen, qtbot, "说明.txt", "虚构".encode())
    screen.open_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert handed[0].read_text("utf-8") == "虚构"
    assert "明文副本" in told[0]
    assert "有 1 份明文副本" in screen.outside.words.text()
    assert screen.outside.isVisible()
    screen.outside.clear.click()
    assert not handed[0].exists()
    assert not screen.outside.isVisible()
    screen.open_button.click()
    qtbot.waitUntil(lambda: len(handed) == 2)
    screen.context.ending.emit()
    assert opened_outside.count() == 0


def test_where_no_program_can_open_it_nothing_stays_behind(
    screen: EvidenceScreen, qtbot: QtBot, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop, "open_path", lambda path: False)
    see(screen, qtbot, "说明.txt", "虚构".encode())
    screen.open_button.click()
    qtbot.waitUntil(lambda: bool(told))
    assert told == ["电脑上没有能打开“说明.txt”的程序；请安装相应的程序，或另存到别处查看。"]
    assert opened_outside.count() == 0


def test_a_program_is_refused_with_its_sentence(screen: EvidenceScreen, qtbot: QtBot) -> None:
    failed: list[str] = []
    screen.context.jobs.failed.connect(failed.append)
    record = add_evidence(screen.context.store, "工具.exe", b"MZ\0")
    screen.open_record("evidence", record)
    screen.open_button.click()
    qtbot.waitUntil(lambda: bool(failed))
    assert failed[0].startswith("“工具.exe”是程序或脚本，为安全只作为证据保存，不打开")


def test_thumbnails_come_into_the_list_and_follow_a_turn(screen: EvidenceScreen, qtbot: QtBot) -> None:
    record = see(screen, qtbot, "照片.png", photo())
    file_hash = evidence_copies.sheet(screen.context.store, record).file_hash
    kept = screen._rows.thumbnails._kept
    qtbot.waitUntil(lambda: kept.get(("照片.png", file_hash, 0)) is not None)
    wide = kept["照片.png", file_hash, 0]
    assert wide is not None
    assert wide.width() > wide.height()
    evidence_copies.turn(screen.context.store, record)
    qtbot.waitUntil(lambda: kept.get(("照片.png", file_hash, 90)) is not None)
    add_evidence(screen.context.store, "坏.png", b"\x89PNG\r\n\x1a\n broken")
    screen.refresh(None)
    qtbot.waitUntil(lambda: any(key[0] == "坏.png" for key in kept))
    assert [picture for key, picture in kept.items() if key[0] == "坏.png"] == [None]


def test_a_click_takes_the_frame_away(screen: EvidenceScreen, qtbot: QtBot) -> None:
    see(screen, qtbot, "照片.png", photo())
    pull(screen, 100, 100, 600, 600)
    canvas = screen.viewer.preview.canvas
    assert canvas.frame is not None
    QTest.mouseClick(canvas.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(150, 150))
    assert canvas.frame is None
    assert screen.viewer.cite_button.text() == "引用此件…"


def test_group_lines_stay_lower_than_rows(screen: EvidenceScreen, qtbot: QtBot) -> None:
    see(screen, qtbot, "照片.png", photo())
    view, model = screen.panel.reading, screen.panel.model
    assert view is not None
    for group, heights in (("kind", [32, 56]), ("", [56])):
        screen.panel.set_state(group=group)
        QApplication.processEvents()
        assert [view.visualRect(model.index(row, 0)).height() for row in range(model.rowCount())] == heights


class Paints(QObject):
    """Counts how often a widget is painted."""

    count = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_a_page_is_painted_anew_when_the_focus_comes_and_goes(screen: EvidenceScreen, qtbot: QtBot) -> None:
    see(screen, qtbot, "纪要.pdf", pdf_of_texts(["一"]))
    canvas, paints = screen.viewer.preview.canvas, Paints()
    screen.panel.setFocus()
    wait(50)
    canvas.viewport().installEventFilter(paints)
    canvas.setFocus()
    qtbot.waitUntil(lambda: paints.count == 1)
    screen.panel.setFocus()
    qtbot.waitUntil(lambda: paints.count == 2)
