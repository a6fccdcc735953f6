"""Rich texts in Word: bold runs, real lists that count from 1, real tables, wherever a template prints the text."""

from pathlib import Path
from random import Random

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE

from tests.exports.documents import make_template
from tests.support.random_text import RandomTexts, rich_form
from tests.support.set_texts import RICH, lists_of, stored_of
from tests.support.sound_files import unsound
from xuncha_desktop import rich
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.traces import formatted, sourced
from xuncha_desktop.exports.word.check import faults, read_text
from xuncha_desktop.exports.word.marked import borne
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress


def fill(folder: Path, text: object, *paragraphs: str, **more: object) -> Path:
    template = make_template(folder / "模板.docx", *paragraphs, **more)  # pyright: ignore[reportArgumentType]
    target = folder / "结果.docx"
    render(template, {"x": text}, target, Progress(), unprinted=())
    assert faults(target) == []
    return target


def test_a_rich_text_comes_out_as_bold_runs_lists_and_a_table(tmp_path: Path) -> None:
    document = docx.Document(str(fill(tmp_path, formatted(RICH), "{{ x }}")))
    assert stored_of(document, document) == RICH
    assert lists_of(document) == [("bullet", 0), ("bullet", 0), ("decimal", 1), ("decimal", 1)]


def test_each_numbered_list_counts_from_one(tmp_path: Path) -> None:
    document = docx.Document(str(fill(tmp_path, formatted("\x1d甲\n\x1d乙\n话\n\x1d丙"), "{{ x }}", "{{ x }}")))
    assert [number for _, number in lists_of(document)] == [0, 0, 1, 2, 2, 3]
    starts = document.part.numbering_part.element.xpath("w:num/w:lvlOverride/w:startOverride/@w:val")
    assert starts == ["1", "1", "1", "1"]


def test_a_template_without_any_lists_gets_them(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "{{ x }}")
    document = docx.Document(str(template))
    [relation] = [rel for rel in document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.NUMBERING]
    document.part.rels.pop(relation.rId)
    document.save(str(template))
    render(template, {"x": formatted(RICH)}, tmp_path / "文.docx", Progress())
    assert faults(tmp_path / "文.docx") == []  # styles of the template still name its lists
    made = docx.Document(str(tmp_path / "文.docx"))
    assert stored_of(made, made) == RICH


def test_what_the_template_says_around_a_rich_text_stays_around_it(tmp_path: Path) -> None:
    def written(text: str) -> list[str]:
        document = docx.Document(str(fill(tmp_path, formatted(text), "前{{ x }}后", "完")))
        return stored_of(document, document).split("\n")

    assert written("\x1c甲") == ["前", "\x1c甲后", "完"]
    assert written("\x1e甲\x1f乙") == ["前", "\x1e甲\x1f乙", "后", "完"]
    assert written("头\n\x1e甲\x1f乙\n\x1d尾") == ["前头", "\x1e甲\x1f乙", "\x1d尾后", "完"]
    assert written("\x02粗\x03") == ["前\x02粗\x03后", "完"]


def test_a_table_at_the_end_leaves_no_empty_line_behind(tmp_path: Path) -> None:
    document = docx.Document(str(fill(tmp_path, formatted("\x1e甲\x1f乙"), "{{ x }}", "完")))
    assert stored_of(document, document) == "\x1e甲\x1f乙\n完"


def test_two_tables_one_behind_the_other_stay_two(tmp_path: Path) -> None:
    document = docx.Document(str(fill(tmp_path, formatted("\x1e甲\n\x1e乙"), "{{ x }}", "{{ x }}", "{{ x }}{{ x }}")))
    assert [len(table.rows) for table in document.tables] == [2, 2, 2, 2]


def test_a_rich_text_in_a_cell_or_a_header_is_set_there(tmp_path: Path) -> None:
    target = fill(tmp_path, formatted(RICH), header="{{ x }}", rows=[["{{ x }}", "{{ x }}"]])
    document = docx.Document(str(target))
    for place in (*document.tables[0].rows[0].cells, document.sections[0].header):
        assert stored_of(place, document).rstrip("\n") == RICH


def test_lines_of_a_rich_text_are_its_paragraphs_points_and_whole_tables(tmp_path: Path) -> None:
    target = fill(tmp_path, formatted(RICH), "{%p for one in x|lines %}", "{{ one }}", "{%p endfor %}")
    document = docx.Document(str(target))
    assert stored_of(document, document) == RICH
    target = fill(tmp_path, formatted("甲\n\x1e乙\n\x1e丙"), "{{ x }}{{ x|lines|length }}")
    assert "2" in read_text(target).split("\n")


@pytest.mark.parametrize("tag", ["{{ x ~ '' }}", "{{ x|upper }}", "{{ x|trim }}"])
def test_a_template_that_works_on_the_text_prints_it_in_plain_words(tmp_path: Path, tag: str) -> None:
    assert rich.plain(RICH) in read_text(fill(tmp_path, formatted(RICH), tag))


def test_a_rich_text_where_paragraphs_cannot_be_split_stands_in_plain_words(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "{{ x }}")
    document = docx.Document(str(template))
    paragraph = document.paragraphs[0]._p
    link = paragraph.makeelement("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}hyperlink", {})
    link.append(paragraph.r_lst[0])
    paragraph.append(link)
    document.save(str(template))
    render(template, {"x": sourced(RICH, "paper", "1", "overview")}, tmp_path / "文.docx", Progress())
    assert rich.plain(RICH) in read_text(tmp_path / "文.docx")


def test_a_mark_that_got_into_the_data_as_it_is_stops_the_export(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="不能写入 Word 文件"):
        fill(tmp_path, RICH, "{{ x }}")


def test_each_paragraph_point_and_cell_has_its_own_bookmark(tmp_path: Path) -> None:
    text = sourced(RICH, "paper", "1", "overview")
    target = fill(tmp_path, text, "{{ x }}")
    assert [text[span.start : span.end] for span in text.spans] == [words for _, words in rich.pieces(RICH)]
    assert borne(target)[0] == {span.token for span in text.spans}


@pytest.mark.parametrize("seed", range(3))
def test_random_rich_texts_come_out_as_they_are_kept(tmp_path: Path, seed: int) -> None:
    random, texts = Random(seed), RandomTexts(seed)
    for number in range(8):
        given = [texts.one() for _ in range(random.randrange(1, 8))]
        kept = rich.clean(rich_form(random, given))
        text = sourced(kept, "paper", "1", "overview") if number % 2 else formatted(kept)
        target = fill(tmp_path, text, "{{ x }}", "完")
        document = docx.Document(str(target))
        assert stored_of(document, document) == f"{kept}\n完", (seed, number)
        assert unsound(target) == []


def test_heads_and_numbers_of_a_table_stand_in_the_middle_and_words_at_the_left(tmp_path: Path) -> None:
    text = "\x1e类别\x1f处数\n\x1e消防通道堵塞\x1f4\n\x1e合计\x1f22.50%"
    table = docx.Document(str(fill(tmp_path, formatted(text), "{{ x }}"))).tables[0]
    middle, left = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT
    aligned = [[cell.paragraphs[0].alignment for cell in row.cells] for row in table.rows]
    assert aligned == [[middle, middle], [left, middle], [left, middle]]
