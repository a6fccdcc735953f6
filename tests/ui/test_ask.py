"""Questions to the user, answered by real key presses and clicks."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QFileInfo, Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QPushButton, QTreeView, QWidget
from pytestqt.qtbot import QtBot

from ui import app, ask
from ui.ask import Asker
from ui.context import Context
from ui.crash_dialog import CrashDialog
from ui.dialogs.base import Dialog
from ui.evidence.choosing import choose_evidence
from xuncha_desktop.errors import UserError


def test_confirm_is_true_only_when_the_verb_is_pressed(qtbot: QtBot) -> None:
    _answer(lambda dialog: _button(dialog, "清空").click())
    assert ask.confirm(None, "清空后不能恢复。", "清空") is True
    _answer(lambda dialog: _button(dialog, "取消").click())
    assert ask.confirm(None, "清空后不能恢复。", "清空") is False


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space])
def test_a_key_pressed_by_habit_destroys_nothing(qtbot: QtBot, key: Qt.Key) -> None:
    _answer(lambda dialog: qtbot.keyClick(dialog.focusWidget() or dialog, key))
    assert ask.confirm(None, "清空后不能恢复。", "清空") is False


def test_tell_shows_its_sentence_as_plain_text(qtbot: QtBot) -> None:
    seen: list[tuple[str, Qt.TextFormat]] = []

    def read(dialog: QWidget) -> None:
        seen.extend((label.text(), label.textFormat()) for label in dialog.findChildren(QLabel))
        _button(dialog, "知道了").click()

    _answer(read)
    ask.tell(None, "<b>不是标记</b> <img src=x>")
    assert seen == [("<b>不是标记</b> <img src=x>", Qt.TextFormat.PlainText)]


def test_buttons_are_verbs_and_never_a_bare_ok() -> None:
    dialog = CrashDialog(Path("crash.txt"), True)
    assert [button.text() for button in dialog.findChildren(QPushButton)] == ["复制报告", "继续工作"]
    dialog.close()


def test_tests_can_answer_in_the_user_s_place() -> None:
    class Yes(Asker):
        def confirm(self, parent: QWidget | None, sentence: str, action: str) -> bool:
            return action == "清空"

        def open_files(self, parent: QWidget | None, title: str, filters: str, folder: Path) -> list[Path]:
            return [folder / filters.split(";;")[1]]

    before = ask.use(Yes())
    try:
        assert ask.confirm(None, "清空后不能恢复。", "清空")
        assert ask.open_files(None, "选择", ["图片", "文件"], Path("/a")) == [Path("/a/文件")]
    finally:
        ask.use(before)


@pytest.mark.parametrize(
    "make",
    [lambda parent: Dialog(parent, "清空"), lambda parent: CrashDialog(Path("crash.txt"), True, parent)],
    ids=["base", "crash"],
)
def test_a_hundred_opened_and_closed_dialogs_leave_no_widget(qtbot: QtBot, make: Callable[[QWidget], Dialog]) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    before = len(QApplication.allWidgets())
    for _ in range(100):
        dialog = make(parent)
        dialog.add_sentence("清空后不能恢复。")
        dialog.open()
        dialog.close()
    _delete_deferred()
    assert len(QApplication.allWidgets()) == before
    assert parent.children() == []


def test_a_hundred_questions_leave_no_widget(qtbot: QtBot) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    before = len(QApplication.allWidgets())
    for _ in range(100):
        _answer(lambda dialog: _button(dialog, "取消").click())
        ask.confirm(parent, "清空后不能恢复。", "清空")
    _delete_deferred()
    assert len(QApplication.allWidgets()) == before


def _answer(act: Callable[[QWidget], object]) -> None:
    """Do this with the question as soon as it is on the screen."""

    def when_shown() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None or not dialog.isActiveWindow():
            QTimer.singleShot(5, when_shown)
        else:
            act(dialog)

    QTimer.singleShot(0, when_shown)


def _button(dialog: QWidget, words: str) -> QPushButton:
    return next(button for button in dialog.findChildren(QPushButton) if button.text() == words)


def _delete_deferred() -> None:
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    QCoreApplication.processEvents()


@pytest.mark.parametrize("asked", ["open", "save", "folder"])
def test_dialogs_for_files_speak_chinese_throughout(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, asked: str
) -> None:
    translator = app.chinese(qapp)
    qapp.installTranslator(translator)
    (tmp_path / "里面").mkdir()
    seen: list[str] = []

    def read(dialog: QWidget) -> None:
        assert isinstance(dialog, QFileDialog)
        shown = [*dialog.findChildren(QLabel), *dialog.findChildren(QPushButton)]
        seen.extend(widget.text() for widget in shown if widget.text())
        tree = dialog.findChild(QTreeView)
        assert tree is not None
        model = tree.model()
        seen.extend(model.headerData(place, Qt.Orientation.Horizontal) for place in range(model.columnCount()))
        dialog.reject()

    _answer(read)
    if asked == "open":
        assert ask.open_files(None, "选择证据文件", ["所有文件 (*)"], tmp_path) == []
    elif asked == "save":
        assert ask.save_file(None, "另存", ["所有文件 (*)"], tmp_path / "名.docx") is None
    else:
        assert ask.choose_folder(None, "选择文件夹", tmp_path) is None
    qapp.removeTranslator(translator)
    assert len(seen) > 6
    assert [words for words in seen if not re.search("[一-鿿]", words)] == []
    assert ask._types().type(QFileInfo(str(tmp_path))) == "文件夹"


def test_a_file_to_be_saved_is_proposed_by_name_and_comes_back(qtbot: QtBot, tmp_path: Path) -> None:
    _answer(lambda dialog: dialog.accept())  # type: ignore[attr-defined]  -- a dialog
    assert ask.save_file(None, "另存", ["所有文件 (*)"], tmp_path / "名.docx") == tmp_path / "名.docx"


def test_the_photos_of_a_phone_are_seen_when_evidence_is_chosen(qtbot: QtBot, context: Context, tmp_path: Path) -> None:
    photos = tmp_path / "照片"
    photos.mkdir()
    for name in ("IMG_0001.HEIC", "IMG_0002.heif", "IMG_0003.jpg", "程序.exe"):
        (photos / name).write_bytes(b"x")
    context.settings.evidence_folder = str(photos)
    seen: set[str] = set()

    def read(dialog: QWidget) -> None:
        tree = dialog.findChild(QTreeView)
        assert tree is not None

        def names() -> set[str]:
            rows = range(tree.model().rowCount(tree.rootIndex()))
            return {tree.model().index(row, 0, tree.rootIndex()).data() for row in rows}

        qtbot.waitUntil(lambda: "IMG_0003.jpg" in names())
        seen.update(names())
        dialog.reject()  # type: ignore[attr-defined]  -- a dialog

    _answer(read)
    assert choose_evidence(None, context) == []  # type: ignore[arg-type]  -- no window
    assert seen == {"IMG_0001.HEIC", "IMG_0002.heif", "IMG_0003.jpg"}


@pytest.mark.parametrize("names", [[], ["Microsoft Print to PDF", "Microsoft XPS Document Writer", "导出为WPS PDF"]])
def test_without_a_printer_nothing_is_offered_that_writes_a_file(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, names: list[str]
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: names)
    monkeypatch.setattr(QPrintDialog, "exec", lambda dialog: pytest.fail("a dialog is open"))
    with pytest.raises(UserError, match="没有找到打印机"):
        ask.choose_printer(None, "打印")


def test_what_was_chosen_to_print_on_is_paper(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", lambda: ["办公室打印机", "Microsoft Print to PDF"])
    offers_file: list[bool] = []

    def choose_file(dialog: QPrintDialog) -> bool:
        offers_file.append(dialog.testOption(QPrintDialog.PrintDialogOption.PrintToFile))
        dialog.printer().setOutputFileName(str(tmp_path / "密钥.pdf"))
        return True

    monkeypatch.setattr(QPrintDialog, "exec", choose_file)
    with pytest.raises(UserError, match="没有加密的文件"):
        ask.choose_printer(None, "打印")
    assert offers_file == [False]
