"""现场记录: files dropped, pasted and chosen become evidence in the right field of a record."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.answering import answering
from tests.support.field_desk import day, new_record
from tests.support.registers import REGISTERS, Desk
from tests.support.typing import another_writer, type_into
from ui.context import Context
from ui.forms.elided_button import ElidedButton
from ui.forms.picker import Picker
from ui.records.register_screen import RegisterScreen
from ui.screens.interviews import InterviewsScreen
from ui.screens.quick_fixes import QuickFixesScreen
from xuncha_desktop.services import lists, records

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def picture(tmp_path: Path) -> Path:
    """A picture outside of the case."""
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(0x336699)
    image.save(str(tmp_path / "签字页.png"))
    return tmp_path / "签字页.png"


@pytest.fixture
def desk(context: Context, qtbot: QtBot) -> Desk:
    """The small case's registers."""
    return Desk(context, qtbot)


def drop(widget: QWidget, *files: Path) -> None:
    """Let files fall on a widget."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    no = Qt.KeyboardModifier.NoModifier
    widget.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, no))


def attached(desk: Desk, screen: RegisterScreen, name: str) -> list[str]:
    """Names of the evidence in a field."""
    held = desk.values(screen)[name]
    ids = [row["evidence"] for row in held] if name == "citations" else list(held)
    return list(records.titles(desk.store, "evidence", ids).values())


@pytest.mark.parametrize(
    "register", [r for r in REGISTERS if r is not QuickFixesScreen], ids=lambda screen: screen.NAME
)
def test_files_dropped_on_a_new_record_make_it_real_and_are_its_evidence(
    desk: Desk, picture: Path, register: type[RegisterScreen]
) -> None:
    screen = desk.open(register)
    screen.new_record()
    drop(screen.editor, picture)
    desk.qtbot.waitUntil(lambda: "已存入证据 1 件，附在这条记录上" in desk.told)
    assert attached(desk, screen, register.PROOFS) == ["签字页"]
    editor = screen.editor.form.boxes[register.PROOFS].editor
    see = next(b for b in editor.findChildren(ElidedButton) if not b.isHidden())
    opened: list[str] = []
    desk.context.open_record.connect(lambda _, evidence: opened.append(evidence))
    see.click()
    assert opened == list(desk.values(screen)[register.PROOFS])
    next(
        b for b in editor.findChildren(QToolButton) if b.accessibleName() == "取下 签字页" and not b.isHidden()
    ).click()
    assert desk.values(screen)[register.PROOFS] == ()
    assert lists.count(desk.store, lists.Query("evidence")) == 1


def test_files_prove_the_problem_before_a_notice_is_out_and_its_mending_after(desk: Desk, picture: Path) -> None:
    screen = desk.open(QuickFixesScreen, new_record(desk.store, "quick_fix", title="护栏"))
    drop(screen.editor, picture)
    desk.qtbot.waitUntil(lambda: len(desk.told) == 1)
    assert attached(desk, screen, "citations") == ["签字页"]
    type_into(screen.editor.form, "issued_on", day(0))
    screen.leave()
    drop(screen.editor, picture)
    desk.qtbot.waitUntil(lambda: len(desk.told) == 2)
    assert attached(desk, screen, "proofs") == ["签字页"]
    drop(screen.editor.form.boxes["citations"].editor, picture)
    desk.qtbot.waitUntil(lambda: len(desk.told) == 3)
    assert attached(desk, screen, "citations") == attached(desk, screen, "proofs") == ["签字页"]


def test_evidence_of_the_case_is_chosen_for_a_notice_and_for_a_talk(desk: Desk) -> None:
    piece = records.create(desk.store, "evidence", {"name": "虚构合同", "inspection": desk.context.inspection})
    fix = desk.open(QuickFixesScreen, new_record(desk.store, "quick_fix"))
    citations: Any = fix.editor.form.boxes["citations"].editor
    citations.evidence_chosen.emit(piece)
    assert [row["evidence"] for row in desk.values(fix)["citations"]] == [piece]
    talk = desk.open(InterviewsScreen, new_record(desk.store, "interview"))
    editor: Any = talk.editor.form.boxes["scans"].editor
    editor.choose.click()
    picker = next(p for p in editor.choose.findChildren(Picker) if p.isVisible())
    QTest.keyClick(picker.search, Qt.Key.Key_Return)
    picker.close()
    assert desk.values(talk)["scans"] == (piece,)


@pytest.mark.parametrize("name", ["place", "text", "scans"])
def test_files_pasted_into_any_field_become_evidence_and_no_text(desk: Desk, picture: Path, name: str) -> None:
    screen = desk.open(InterviewsScreen, new_record(desk.store, "interview"))
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(picture))])
    mime.setText(str(picture))
    QApplication.clipboard().setMimeData(mime)
    editor = screen.editor.form.boxes[name].editor
    before = editor.draft()
    editor.focus_widget().setFocus()
    QTest.keyClick(editor.focus_widget(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: bool(desk.told))
    assert attached(desk, screen, "scans") == ["签字页"]
    assert name == "scans" or editor.draft() == before


def test_files_wait_for_a_busy_case(desk: Desk, picture: Path) -> None:
    screen = desk.open(InterviewsScreen, new_record(desk.store, "interview"))
    busy: list[bool] = []
    desk.context.locked_out.connect(busy.append)
    with another_writer(desk.store):
        drop(screen.editor, picture)
        desk.qtbot.waitUntil(lambda: busy == [True])
    desk.qtbot.waitUntil(lambda: bool(desk.told))
    assert attached(desk, screen, "scans") == ["签字页"]


def test_files_are_chosen_into_the_field_whose_button_was_pressed(desk: Desk, picture: Path) -> None:
    screen = desk.open(QuickFixesScreen, new_record(desk.store, "quick_fix"))
    editor: Any = screen.editor.form.boxes["proofs"].editor
    with answering(chosen=[picture]):
        editor.add_files.click()
        desk.qtbot.waitUntil(lambda: bool(desk.told))
    assert attached(desk, screen, "proofs") == ["签字页"]
