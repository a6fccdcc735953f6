"""What a list or document of the helper is after its way through the pipe: the same, or nothing at all."""

import json
from datetime import date
from decimal import Decimal

import pytest

from tests.decoding.conftest import Made
from tests.support.hostile_files import docx, huge_part, package, paragraph
from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.decoding.lists import wire
from xuncha_desktop.decoding.lists.grid import Area, Dated, Fault, Sheet, Shown, Source
from xuncha_desktop.decoding.lists.word_file import Cell, WordFile
from xuncha_desktop.errors import UserError

SHEET = Sheet(
    "收支",
    rows={
        1: ["摘要", "", "第一行\n第二行"],
        7: [Decimal("12.50"), True, Dated(date(2031, 3, 1), "2031年3月", "08:30"), Shown(Decimal(128), "记-0128")],
        9: [Fault("#REF!", "公式出错（#REF!）"), False, "[\"number\", \"1\"]"],
    },
    merged=[Area(1, 0, 2, 3)],
    hidden_rows={4, 3},
    hidden_columns={2},
    unread=["单元格的批注没有读入"],
    mark="虚构的导出",
)  # fmt: skip


def test_every_kind_of_value_comes_back_as_it_was() -> None:
    source = Source("账.xlsx", (SHEET, Sheet("空")))
    assert wire.to_source("账.xlsx", wire.of_source(source)) == source
    document = WordFile("稿.docx", ("问题底稿", [[Cell("标题", 0, 2, goes_on=False)], []]), ("1 张图片没有读入",))
    assert wire.to_document("稿.docx", wire.of_document(document)) == document


@pytest.mark.parametrize(
    "value", [12, None, {"a": 1}, ["number", "twelve"], ["number", 12], ["day", "2031-02-30", "", ""], ["other", "x"]]
)
def test_a_value_of_no_known_kind_is_refused(value: object) -> None:
    about = {"name": "表", "merged": [], "hidden_rows": [], "hidden_columns": [], "unread": [], "mark": "", "rows": 1}
    content = b"\n".join(json.dumps(line).encode() for line in (about, [1, [value]]))
    with pytest.raises((ValueError, TypeError, LookupError, ArithmeticError)):
        wire.to_source("账.xlsx", content)


def test_a_document_is_read_in_the_helper_with_its_own_sentences(decoder: Decoder, made: Made) -> None:
    found = decoder.document(made("稿.docx", docx(paragraph("问题底稿"))))
    assert found == WordFile("稿.docx", ("问题底稿",), ())
    with pytest.raises(UserError, match=r"“账\.xlsx”不是可读的 xlsx 表格"):
        decoder.lists(made("账.xlsx", package({"readme.txt": "虚构".encode()})))
    with pytest.raises(UserError, match="压缩炸弹"):
        decoder.lists(made("账.xlsx", huge_part()))
