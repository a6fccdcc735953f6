"""Rich texts: what is kept of bold words, lists and tables, how they read as plain words, how they are mended."""

from random import Random

import pytest

from tests.support.random_text import RandomTexts, rich_form
from xuncha_desktop import rich
from xuncha_desktop.rich import Item, Paragraph, Run, Table
from xuncha_desktop.text import clean_text

SOME = "开头\x02粗\x03尾\n\x1c甲\n\x1c\x02乙\x03\n\x1d一\n\x1d二\n\x1e项\x1f数\n\x1e\x02合\x03计\x1f12\n末"
PLAIN = "开头粗尾\n• 甲\n• 乙\n1. 一\n2. 二\n项\t数\n合计\t12\n末"


def test_a_text_is_read_as_paragraphs_lists_and_tables() -> None:
    found = rich.blocks(SOME)
    assert found == [
        Paragraph((Run("开头"), Run("粗", True), Run("尾"))),
        Item((Run("甲"),), 0),
        Item((Run("乙", True),), 0),
        Item((Run("一"),), 1),
        Item((Run("二"),), 2),
        Table((((Run("项"),), (Run("数"),)), ((Run("合", True), Run("计")), (Run("12"),)))),
        Paragraph((Run("末"),)),
    ]
    assert rich.stored(found) == SOME


def test_a_text_reads_as_plain_words() -> None:
    assert rich.plain(SOME) == PLAIN
    assert [PLAIN[start:end] for start, end in rich.bold_spans(rich.blocks(SOME))] == ["粗", "乙", "合"]
    assert [words for _, words in rich.pieces(SOME)] == [
        "开头粗尾", "甲", "乙", "一", "二", "项", "数", "合计", "12", "末",
    ]  # fmt: skip
    assert all(PLAIN.startswith(words, start) for start, words in rich.pieces(SOME))


def test_numbers_begin_anew_where_a_list_was_interrupted() -> None:
    assert rich.plain("\x1d甲\n\x1d乙\n话\n\x1d丙\n\x1c丁\n\x1d戊") == "1. 甲\n2. 乙\n话\n1. 丙\n• 丁\n1. 戊"


@pytest.mark.parametrize("text", ["", "一段", "**a**", "<b>粗</b>", "1. x\n• y", "甲\t乙", "\n\n", "{{x}}"])
def test_a_text_without_marks_is_itself(text: str) -> None:
    assert rich.clean(text) == rich.plain(text) == text
    assert rich.stored(rich.blocks(text)) == text
    assert not rich.is_rich(text)


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("\x02甲", "\x02甲\x03"),  # bold ends with its paragraph
        ("\x02甲\n乙\x03", "\x02甲\x03\n乙"),
        ("甲\x03乙", "甲乙"),
        ("\x02\x03甲", "甲"),
        ("\x02甲\x03\x02乙\x03", "\x02甲乙\x03"),
        ("\x02甲\x02乙\x03", "\x02甲乙\x03"),
        ("甲\x1c乙", "甲乙"),  # a mark of a line in the middle of one
        ("\x1c\x1d甲", "\x1c甲"),
        ("甲\x1f乙", "甲乙"),
        ("\x1e甲\x1f乙\n\x1e丙", "\x1e甲\x1f乙\n\x1e丙\x1f"),  # all rows of a table are equally long
        ("\x1e\x02甲\x1f乙\x03", "\x1e\x02甲\x03\x1f乙"),
        ("\x1e\x1f\n\x1e\x1f", ""),  # marks around nothing
        ("\x1c", ""),
        ("\n\n\x1e甲\n", "\x1e甲"),  # an editor has a line before and behind a table
        ("甲\n\n\x1e乙\n\n\x1e丙\n\n丁", "甲\n\n\x1e乙\n\n\x1e丙\n\n丁"),
        ("\x02甲\x03\x00\x1b\r\n乙", "\x02甲\x03\n乙"),
        ("\x1e" + "\x1f".join("甲" * 70), "\x1e" + "\x1f".join("甲" * 59) + "\x1f" + "甲" * 11),
    ],
)
def test_only_marks_that_make_sense_are_kept(raw: str, kept: str) -> None:
    assert rich.clean(raw) == kept
    assert rich.clean(kept) == kept


def test_marks_never_get_into_other_texts() -> None:
    assert clean_text(SOME) == "".join(sign for sign in SOME if sign not in "\x02\x03\x1c\x1d\x1e\x1f")


def test_random_texts_with_marks_are_cleaned_once_for_all_and_lose_no_word() -> None:
    random, texts = Random(2031), RandomTexts(2032)
    for _ in range(600):
        raw = rich_form(random, [texts.one() for _ in range(random.randrange(1, 6))])
        kept = rich.clean(raw)
        assert rich.clean(kept) == kept
        assert rich.stored(rich.blocks(kept)) == kept
        assert "".join(words for _, words in rich.pieces(kept)) == clean_text(raw).replace("\n", "")
        assert not rich.is_rich(rich.plain(kept))


def test_words_are_mended_where_they_stand_and_marks_stay() -> None:
    text = "\x1d巡\x02视\x03组\n\x1e甲,\x1f乙\n尾"
    start = rich.plain(text).index("巡视")
    assert rich.replaced(text, start, start + 2, "巡察") == "\x1d巡\x02察\x03组\n\x1e甲,\x1f乙\n尾"
    comma = rich.plain(text).index(",")
    assert rich.replaced(text, comma, comma + 1, "，") == "\x1d巡\x02视\x03组\n\x1e甲，\x1f乙\n尾"


def test_quotes_around_bold_words_are_mended_without_touching_the_words() -> None:
    text = '他说"好\x02的\x03"。'
    start = text.index('"')
    assert rich.replaced(text, start, start + 4, "“好的”") == "他说“好\x02的\x03”。"


@pytest.mark.parametrize(
    ("text", "words", "kept"),
    [
        ("甲乙", "甲丙", "甲丙"),
        ("\x02甲\x03乙\n\x1d丙\n\x1e丁\x1f戊", "甲乙改\n1. 丙\n丁\t戊己", "\x02甲\x03乙改\n\x1d丙\n\x1e丁\x1f戊己"),
        ("\x1d甲\n\x1d乙", "1. 甲\n2. 乙\n3. 丙", "\x1d甲\n\x1d乙\n3. 丙"),
        ("\x1d甲\n\x1d乙", "甲\n乙", "甲\n乙"),  # the signs are gone: a list no more
        ("\x02甲\x03\n", "甲", "\x02甲\x03\n"),
        ("\x02甲\x03", "\x02乙", "\x02乙\x03"),
        ("\x02" + "甲" * 3000 + "\x03", "乙" * 3000, "\x02" + "乙" * 3000 + "\x03"),
    ],
    ids=["plain", "words", "longer", "signs", "same", "marks", "long"],
)
def test_a_text_that_comes_back_in_plain_words_stays_set_as_far_as_they_allow(text: str, words: str, kept: str) -> None:
    assert rich.reworded(text, words) == kept
    assert rich.reworded(text, rich.plain(text)) == text


def test_what_the_program_writes_before_a_point_is_not_mended() -> None:
    assert rich.replaced("\x1d甲", 0, 2, "2.") is None
    assert rich.replaced("\x1e甲\x1f乙", 1, 2, "；") is None
