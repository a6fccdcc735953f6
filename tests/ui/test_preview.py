"""What a file of the case looks like, shown without the window ever taking it apart."""

import io
from collections.abc import Callable, Iterator

import pytest
from openpyxl import Workbook
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from tests.support import hostile_files
from tests.support.hostile_files import docx, paragraph, pdf_of_texts
from ui.evidence.preview import Preview
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store.store import Store

Show = Callable[[str, bytes], None]


@pytest.fixture
def preview(store: Store, qtbot: QtBot) -> Iterator[Preview]:
    made = Preview(store)
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show()
    qtbot.waitExposed(made)
    yield made


def type_page(preview: Preview, number: str) -> None:
    """Type a page's number into its field."""
    preview.bar.page.selectAll()
    QTest.keyClicks(preview.bar.page, number)
    QTest.keyClick(preview.bar.page, Qt.Key.Key_Return)


@pytest.fixture
def show(preview: Preview, store: Store, qtbot: QtBot) -> Show:
    """Put a file into the case, show it, and wait until it is seen or refused."""

    def shown(name: str, content: bytes) -> None:
        blob = store.blobs.add(io.BytesIO(content), Progress())
        preview.show_file(name, blob.sha256)
        qtbot.waitUntil(lambda: preview.words.text() != "正在打开…" or preview.stack.currentWidget() != preview.words)

    return shown


def test_the_pages_of_a_pdf_are_turned(preview: Preview, show: Show, qtbot: QtBot) -> None:
    show("纪要.pdf", pdf_of_texts(["一", "二"]))
    assert preview.stack.currentWidget() is preview.canvas
    assert (preview.bar.page.text(), preview.bar.of.text()) == ("1", "/ 2 页")
    preview.bar.next.click()
    qtbot.waitUntil(lambda: preview.bar.page.text() == "2")
    assert not preview.bar.next.isEnabled()
    QTest.keyClick(preview.canvas, Qt.Key.Key_PageUp)
    qtbot.waitUntil(lambda: preview.bar.page.text() == "1")
    type_page(preview, "2")
    qtbot.waitUntil(lambda: not preview.bar.next.isEnabled())
    type_page(preview, "99")
    qtbot.waitUntil(lambda: preview.bar.page.text() == "2")


def workbook(**sheets: list[list[object]]) -> bytes:
    """A workbook with these sheets."""
    book, out = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def test_a_word_document_is_read_part_by_part(preview: Preview, show: Show, qtbot: QtBot) -> None:
    second = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>第二页的字</w:t></w:r></w:p>"
    show("说明.docx", docx(paragraph("第一页的字") + second))
    assert preview.text.toPlainText() == "第一页的字"
    preview.turn_over(1)
    qtbot.waitUntil(lambda: preview.text.toPlainText() == "第二页的字")
    assert preview.bar.of.text() == "/ 2 段"
    assert preview.place() == ("第2段", "", "")


def test_a_workbook_is_read_sheet_by_sheet_and_a_cited_sheet_is_found_by_its_name(
    preview: Preview, show: Show, qtbot: QtBot
) -> None:
    show("账.xlsx", workbook(收入=[["租金", 120]], 支出=[["清沟用工", 4200]]))
    assert preview.bar.of.text() == "/ 2 段　工作表“收入”"
    assert preview.place() == ("工作表“收入”", "", "")
    preview.show_region(1, "工作表“支出”")
    qtbot.waitUntil(lambda: "清沟用工" in preview.text.toPlainText())
    assert preview.place() == ("工作表“支出”", "", "")


def test_a_page_is_seen_larger_and_whole_again(preview: Preview, show: Show, qtbot: QtBot) -> None:
    show("纪要.pdf", pdf_of_texts(["一"]))
    whole = preview.canvas.target().size()
    preview.zoom(1)
    preview.zoom(1)
    assert preview.canvas.target().width() == pytest.approx(1.5 * whole.width())
    assert preview.bar.fit.text() == "150%"
    assert preview.canvas.picture is not None
    small = preview.canvas.picture.height()
    qtbot.waitUntil(lambda: preview.canvas.picture is not None and preview.canvas.picture.height() > small)
    assert preview.canvas.verticalScrollBar().maximum() > 0
    for _ in range(9):
        preview.zoom(1)
    qtbot.waitUntil(lambda: preview.canvas.picture is not None and preview.canvas.picture.height() > 4 * small)
    preview.bar.fit.click()
    assert preview.canvas.verticalScrollBar().maximum() == 0
    assert preview.canvas.target().height() <= preview.canvas.room().height()


def test_a_small_picture_is_not_blown_up_unless_asked(preview: Preview, show: Show) -> None:
    out = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(out, "PNG")
    show("小.png", out.getvalue())
    assert preview.canvas.target().width() == 60
    preview.zoom(2)
    assert preview.canvas.target().width() == 90


def test_a_frame_goes_along_when_the_page_is_turned_and_goes_away_with_its_page(
    preview: Preview, show: Show, qtbot: QtBot
) -> None:
    show("纪要.pdf", pdf_of_texts(["一", "二"]))
    preview.frame((100, 200, 300, 50))
    assert preview.place() == ("1", "100,200,300,50", "")
    preview.set_turned(90)
    assert preview.canvas.frame == (750, 100, 50, 300)
    assert preview.place() == ("1", "100,200,300,50", "")
    assert preview.canvas.picture is not None
    qtbot.waitUntil(
        lambda: preview.canvas.picture is not None and preview.canvas.picture.width() > preview.canvas.picture.height()
    )
    preview.turn_over(1)
    qtbot.waitUntil(lambda: preview.place() == ("2", "", ""))


def test_a_cited_place_is_marked_on_its_page(preview: Preview, show: Show, qtbot: QtBot) -> None:
    show("纪要.pdf", pdf_of_texts(["一", "二"]))
    preview.show_region(2, "10,20,30,40")
    qtbot.waitUntil(lambda: preview.canvas.frame == (10, 20, 30, 40))
    assert preview.bar.page.text() == "2"
    preview.show_region(1, "不是画框")
    qtbot.waitUntil(lambda: preview.bar.page.text() == "1")
    assert preview.canvas.frame is None


def test_cited_words_of_a_text_are_found_in_whatever_part_they_stand(
    preview: Preview, show: Show, qtbot: QtBot
) -> None:
    long = "".join(f"第{line}行的情况说明。\n" for line in range(3000)) + "🌉护栏去年就坏了。\n"
    show("说明.txt", long.encode())
    preview.show_region(1, "", "护栏去年就坏了")
    qtbot.waitUntil(lambda: preview.text.textCursor().selectedText() == "护栏去年就坏了")
    assert preview.page == preview.pages > 1
    assert preview.text.viewport().rect().contains(preview.text.cursorRect())
    preview.show_region(1, "", "没有这句话")
    qtbot.waitUntil(lambda: preview.text.toPlainText().startswith("第0行"))
    assert preview.text.textCursor().selectedText() == ""


def test_of_two_parts_with_the_same_words_the_cited_one_is_shown(preview: Preview, show: Show, qtbot: QtBot) -> None:
    second = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>一样的字，在后</w:t></w:r></w:p>"
    show("说明.docx", docx(paragraph("一样的字") + second))
    preview.show_region(2, "第2段", "一样的字")
    qtbot.waitUntil(lambda: preview.text.textCursor().selectedText() == "一样的字")
    assert preview.page == 2
    assert preview.place() == ("第2段", "", "一样的字")


def test_a_selected_passage_of_a_document_is_meant_with_its_page(preview: Preview, show: Show) -> None:
    show("说明.docx", docx(paragraph("第一页的字") + paragraph("又一段")))
    preview.text.selectAll()
    assert preview.place() == ("", "", "第一页的字\n又一段")


def test_what_is_missing_of_a_picture_is_told_below_it(preview: Preview, show: Show) -> None:
    out = io.BytesIO()
    Image.effect_noise((300, 200), 90).save(out, "JPEG")
    show("断.jpg", out.getvalue()[:9000])
    assert preview.canvas.picture is not None
    assert preview.bar.note.isVisible()
    assert preview.bar.note.text() == "文件不完整，缺少的部分显示不出来。"


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("炸弹.docx", docx(more={"a.bin": bytes(2 << 20)}), "“炸弹.docx”的压缩程度异常（像压缩炸弹），不能显示"),
        ("大图.png", hostile_files.png(60_000, 60_000), "“大图.png”超过 5000 万像素"),
        ("工具.exe", b"MZ\0", "“工具.exe”是程序或脚本，为安全只作为证据保存，不打开"),
        ("空.txt", b"\n", "“空.txt”里没有可以读出的文字。"),
    ],
    ids=["bomb", "large picture", "program", "empty"],
)
def test_what_is_not_shown_is_a_sentence(preview: Preview, show: Show, name: str, content: bytes, words: str) -> None:
    show(name, content)
    assert preview.stack.currentWidget() is preview.words
    assert preview.words.text().startswith(words)
    show("好.txt", "好的".encode())
    assert preview.text.toPlainText() == "好的"


def test_an_answer_that_comes_too_late_is_not_shown(preview: Preview, store: Store, qtbot: QtBot) -> None:
    blob = store.blobs.add(io.BytesIO(b"late"), Progress())
    preview.show_file("迟.txt", blob.sha256)
    preview.show_file("", "")
    qtbot.wait(300)
    assert preview.words.text() == "这件证据没有电子文件，只有登记。"
    assert preview.stack.currentWidget() is preview.words
