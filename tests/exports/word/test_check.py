"""Reading back: what is missing in an exported file is named, what Word would call damaged is found."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from tests.exports.documents import make_template
from tests.exports.sample_documents import sample_paper, sample_picture, sample_report
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import paper_data, report_data
from xuncha_desktop.exports.word.check import Places, check, faults, read_text, verify
from xuncha_desktop.exports.word.naming import Naming
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

PAPER_UNPRINTED = {*paper_data.ALIASES, *paper_data.UNPRINTED}
SHIPPED = Path(__file__).parents[3] / "templates_docx"


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    target = tmp_path / "底稿.docx"
    render(SHIPPED / "paper.docx", sample_paper(4, 3).to_template(), target, Progress(), sample_picture)
    return target


def change(package: Path, name: str, old: str, new: str) -> None:
    with zipfile.ZipFile(package) as source:
        parts = {item: source.read(item) for item in source.namelist()}
    assert old.encode() in parts[name]
    parts[name] = parts[name].replace(old.encode(), new.encode(), 1)
    with zipfile.ZipFile(package, "w") as target:
        for item, content in parts.items():
            target.writestr(item, content)


def test_a_whole_paper_reads_back(paper: Path) -> None:
    check(Places(read_text(paper)), sample_paper(4, 3).to_template(), PAPER_UNPRINTED)


@pytest.mark.parametrize("problems", [0, 1, 40])
def test_a_whole_report_reads_back(tmp_path: Path, problems: int) -> None:
    data = sample_report(problems, draft=True, mark="内部资料").to_template()
    target = tmp_path / "报告.docx"
    render(SHIPPED / "report.docx", data, target, Progress())
    check(Places(read_text(target)), data, report_data.ALIASES)
    assert faults(target) == []


def test_one_changed_character_is_found_and_its_field_named(paper: Path) -> None:
    change(paper, "word/document.xml", "9月26日与镇党委", "9月25日与镇党委")
    with pytest.raises(UserError, match="“communication”的文字“2024年9月26日与镇党委副书记、分管……”"):
        check(Places(read_text(paper)), sample_paper(4, 3).to_template(), PAPER_UNPRINTED)


def test_a_text_printed_twice_must_stand_twice(paper: Path) -> None:
    unit = "中共青禾市平湖镇委员会"
    verify(Places(read_text(paper)), [unit])
    with pytest.raises(UserError, match="找不到"):
        verify(Places(read_text(paper)), [unit, unit])


def test_a_text_the_template_drops_is_found_and_its_path_named(tmp_path: Path) -> None:
    data = {"papers": [{"title": "甲"}, {"title": "乙", "overview": "漏印的概述"}]}
    target = tmp_path / "结果.docx"
    template = make_template(tmp_path / "模板.docx", "{%p for p in papers %}", "{{ p.title }}", "{%p endfor %}")
    render(template, data, target, Progress())
    with pytest.raises(UserError, match=r"“p\.overview”的文字“漏印的概述”"):
        check(Places(read_text(target)), data, naming=lambda: Naming(read_text(template)))
    check(Places(read_text(target)), data, {"overview"})


def test_a_lost_tag_is_found_though_another_field_says_the_same_words(tmp_path: Path) -> None:
    data = {"title": "青禾市委巡察组的报告", "signature": "青禾市委巡察组"}
    template = make_template(tmp_path / "模板.docx", "{{ title }}", "{{ title }}", "｛signature｝")
    with pytest.raises(UserError, match="“signature”的文字“青禾市委巡察组”"):
        render(template, data, tmp_path / "结果.docx", Progress(), unprinted=())
    assert not (tmp_path / "结果.docx").exists()


@pytest.mark.parametrize(
    "paragraph",
    [
        "{{ 标题 }}：{{ number }}",
        "{{ title ~ '：' ~ number }}",
        "{{ [title, number]|join('、') }}",
        "{{ title }}{% if number == '1' %}☑1 □2{% endif %}",
        "{% for line in title|lines %}{{ line }}{% endfor %}{{ number }}",
    ],
)
def test_what_is_printed_under_another_name_or_put_together_is_there(tmp_path: Path, paragraph: str) -> None:
    data = {"title": "第1号\n报告", "标题": "第1号\n报告", "number": "1"}
    template = make_template(tmp_path / "模板.docx", paragraph)
    render(template, data, tmp_path / "结果.docx", Progress(), unprinted={"标题"})
    assert (tmp_path / "结果.docx").exists()


def test_text_lost_on_the_way_stops_the_export(tmp_path: Path) -> None:
    # A paragraph tag with a value leaves the text outside any paragraph, where Word does not show it.
    template = make_template(tmp_path / "模板.docx", "开头", "{{p title }}")
    with pytest.raises(UserError, match="找不到“title”的文字“会丢的标题”"):
        render(template, {"title": "会丢的标题"}, tmp_path / "结果.docx", Progress())
    assert not (tmp_path / "结果.docx").exists()


def test_headers_tables_and_line_breaks_are_read(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "甲\t乙\n丙", header="页眉文字", rows=[["格一", "格二"]])
    text = read_text(template)
    assert "甲\t乙\n丙" in text
    assert all(word in text for word in ("页眉文字", "格一", "格二"))


def test_a_sound_file_has_no_faults(paper: Path) -> None:
    assert faults(paper) == []


Damage = Callable[[Path], None]


def drop_last_paragraph_of_a_cell(path: Path) -> None:
    change(path, "word/document.xml", "</w:p></w:tc>", "</w:p><w:tbl><w:tr><w:tc><w:p/></w:tc></w:tr></w:tbl></w:tc>")


def repeat_a_shape_number(path: Path) -> None:
    change(path, "word/document.xml", 'wp:docPr id="1002"', 'wp:docPr id="1001"')


def point_a_relation_nowhere(path: Path) -> None:
    change(path, "word/_rels/document.xml.rels", "media/picture1.jpeg", "media/picture9.jpeg")


def use_an_unknown_relation(path: Path) -> None:
    change(path, "word/document.xml", 'r:embed="rIdPicture1"', 'r:embed="rIdNone"')


def leave_a_picture_behind(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/media/orphan.jpeg", b"x")


def add_a_part_without_type(path: Path) -> None:
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("word/strange.abc", b"x")


def repeat_a_bookmark(path: Path) -> None:
    mark = '<w:bookmarkStart w:id="7" w:name="_x"/><w:bookmarkEnd w:id="7"/>'
    change(path, "word/document.xml", "<w:tbl>", f"<w:p>{mark}{mark}</w:p><w:tbl>")


def add_a_table_without_rows(path: Path) -> None:
    change(path, "word/document.xml", "<w:tbl>", "<w:tbl></w:tbl><w:tbl>")


def add_a_row_without_cells(path: Path) -> None:
    change(path, "word/document.xml", "</w:tr>", "</w:tr><w:tr></w:tr>")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (drop_last_paragraph_of_a_cell, "单元格不以段落结束"),
        (repeat_a_shape_number, "图形编号 1001 用了 2 次"),
        (point_a_relation_nowhere, "关系指向不存在的 word/media/picture9.jpeg"),
        (use_an_unknown_relation, "关系 rIdNone 未定义"),
        (leave_a_picture_behind, "word/media/orphan.jpeg：没有任何地方使用"),
        (add_a_part_without_type, "word/strange.abc：没有内容类型"),
        (repeat_a_bookmark, "书签 _x 重复"),
        (add_a_table_without_rows, "没有行的表格"),
        (add_a_row_without_cells, "没有单元格的行"),
    ],
)
def test_damage_is_found(paper: Path, damage: Damage, words: str) -> None:
    damage(paper)
    assert any(words in fault for fault in faults(paper))


def test_loops_over_bookmarks_and_emptied_cells_leave_no_fault(tmp_path: Path) -> None:
    template = make_template(
        tmp_path / "模板.docx",
        *("{%p for row in rows %}", "书签{{ row }}", "{%p endfor %}"),
        rows=[["{%tr for row in empty %}"], ["{{ row }}"], ["{%tr endfor %}"]],
    )
    document = Document(str(template))
    cell = document.add_table(1, 2).cell(0, 0)
    for paragraph, text in zip(
        (cell.paragraphs[0], cell.add_paragraph(), cell.add_paragraph()),
        ("{%p if no %}", "不打印", "{%p endif %}"),
        strict=True,
    ):
        paragraph.text = text
    document.save(str(template))
    mark = '<w:bookmarkStart w:id="3" w:name="place"/><w:bookmarkEnd w:id="3"/>'
    change(template, "word/document.xml", "<w:r><w:t>书签", f"{mark}<w:r><w:t>书签")
    target = tmp_path / "结果.docx"
    render(template, {"rows": ["一", "二"], "empty": [], "no": False}, target, Progress())
    assert faults(target) == []
    assert "书签二" in read_text(target)
