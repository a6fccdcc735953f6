"""The shipped templates: made by their script, documented name by name, numbered without gaps."""

import re
import zipfile
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from templates_docx.make_templates import BUILDERS, make
from tests.exports.sample_documents import sample_paper, sample_picture, sample_report
from xuncha_desktop.exports import paper_data, report_data
from xuncha_desktop.exports.numerals import chinese, written_date
from xuncha_desktop.exports.paper_data import PaperPicture
from xuncha_desktop.exports.report_data import Heading, Problem, ProblemRow, Report
from xuncha_desktop.exports.word.check import faults, read_text
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

SHIPPED = Path(__file__).parents[2] / "templates_docx"
_WORD = re.compile(r"[A-Za-z_]+")


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def written(report: Report, folder: Path) -> list[str]:
    target = folder / "报告.docx"
    render(SHIPPED / "report.docx", report.to_template(), target, Progress())
    assert faults(target) == []
    return [line for line in read_text(target).split("\n") if line]


def names(value: object) -> set[str]:
    if isinstance(value, dict):
        return {str(key) for key in value} | {name for item in value.values() for name in names(item)}
    if isinstance(value, list):
        return {name for item in value for name in names(item)}
    return set()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("templates")
    make(folder)
    return folder


@pytest.mark.parametrize("name", BUILDERS)
def test_the_script_makes_the_shipped_templates(made: Path, name: str) -> None:
    assert parts(made / name) == parts(SHIPPED / name)


@pytest.mark.parametrize("name", BUILDERS)
def test_the_shipped_templates_are_sound_and_name_no_author(name: str) -> None:
    assert faults(SHIPPED / name) == []
    core = parts(SHIPPED / name)["docProps/core.xml"].decode()
    assert "<dc:creator></dc:creator>" in core or "<dc:creator/>" in core


@pytest.mark.parametrize("name", BUILDERS)
def test_every_style_and_every_tag_names_its_han_face(name: str) -> None:
    package = parts(SHIPPED / name)
    styles = package["word/styles.xml"].decode()
    assert "Theme" not in re.sub(r"<w:latentStyles.*?</w:latentStyles>", "", styles, flags=re.DOTALL)
    for fonts in re.findall(r"<w:rFonts[^>]*>", styles):
        assert "w:eastAsia=" in fonts
    for run in re.findall(r"<w:r>.*?</w:r>", package["word/document.xml"].decode(), flags=re.DOTALL):
        if "<w:t" in run and "{%tr" not in run:
            assert "w:eastAsia=" in run, run


@pytest.mark.parametrize(
    ("data", "aliases"),
    [
        (sample_report(3).to_template(), report_data.ALIASES),
        (sample_paper(2, 2).to_template(), paper_data.ALIASES),
    ],
    ids=["report", "paper"],
)
def test_the_readme_lists_every_name(data: dict[str, object], aliases: dict[str, str]) -> None:
    readme = (SHIPPED / "README.md").read_text("utf-8")
    listed = {word for cell in re.findall(r"`([^`]+)`", readme) for word in [*_WORD.findall(cell), cell]}
    assert names(data) - set(aliases) <= listed
    for alias, name in aliases.items():
        assert re.search(rf"\| `{name}` \| {alias} \|", readme), alias


def test_aliases_give_the_same_values() -> None:
    for data, aliases in (
        (sample_report(3).to_template(), report_data.ALIASES),
        (sample_paper(2, 2).to_template(), paper_data.ALIASES),
    ):
        assert {alias: data[alias] for alias in aliases} == {alias: data[name] for alias, name in aliases.items()}
        assert set(aliases.values()) == set(data) - set(aliases)


def test_empty_parts_vanish_and_the_rest_is_numbered_without_gap(tmp_path: Path) -> None:
    report = replace(sample_report(2), evaluation=(), leadership=(), attachments=())
    lines = written(report, tmp_path)
    heads = [line for line in lines if re.match("[一二三四五六七]、", line)]
    assert heads == ["一、巡察工作开展情况", "二、发现的主要问题", "三、意见建议", "四、问题线索"]


def test_headings_without_problems_vanish_and_problems_are_numbered_anew(tmp_path: Path) -> None:
    problem = Problem("观点句。", ("事实。",))
    headings = (Heading("甲", ()), Heading("乙", (problem, problem)), Heading("丙", (problem,)))
    lines = written(Report("题", "称谓", headings=headings), tmp_path)
    start = lines.index("一、发现的主要问题") + 1
    assert lines[start : start + 8] == [
        *("（一）乙", "1.观点句。", "事实。", "2.观点句。", "事实。"),
        *("（二）丙", "1.观点句。", "事实。"),
    ]


def test_an_empty_report_has_title_and_addressee_only(tmp_path: Path) -> None:
    target = tmp_path / "报告.docx"
    render(SHIPPED / "report.docx", Report("题", "称谓").to_template(), target, Progress())
    body = re.sub("<[^>]+>", "", parts(target)["word/document.xml"].decode())
    assert re.sub(r"\s", "", body) == "题称谓："


def test_a_single_attachment_bears_no_number(tmp_path: Path) -> None:
    row = ProblemRow("聚焦", "分类", "题", Decimal("1.5"), "镇党委")
    assert {"附件：问题清单", "附件"} <= set(written(Report("题", "称谓", problem_list=(row,)), tmp_path))


def test_several_attachments_are_numbered(tmp_path: Path) -> None:
    lines = written(sample_report(2), tmp_path)
    assert {"附件：1.\t问题清单", "\t2.\t立行立改情况", "附件1"} <= set(lines)


def test_the_total_of_the_problem_list_is_the_sum_of_its_amounts() -> None:
    rows = tuple(ProblemRow("", "", "题", amount, "") for amount in (Decimal("0.10"), None, Decimal("0.20")))
    data = Report("题", "称谓", problem_list=rows).to_template()
    assert isinstance(data["problem_list"], dict)
    assert data["problem_list"]["total"] == "0.30"
    assert [row["amount"] for row in data["problem_list"]["rows"]] == ["0.10", "", "0.20"]


def test_a_draft_says_so_and_a_mark_stands_first(tmp_path: Path) -> None:
    lines = written(sample_report(1, draft=True, mark="内部资料"), tmp_path)
    assert lines[0] == "内部资料"
    assert "（草稿）" in lines
    assert "（草稿）" not in written(sample_report(1), tmp_path)


def test_a_paper_has_at_least_two_boxes_for_handlers() -> None:
    assert len(_handlers(replace(sample_paper(), handlers=("甲",)))) == 2
    assert len(_handlers(replace(sample_paper(), handlers=("甲", "乙", "丙")))) == 3


def _handlers(paper: paper_data.Paper) -> list[object]:
    handlers = paper.to_template()["handlers"]
    assert isinstance(handlers, list)
    return handlers


@pytest.mark.parametrize(("pictures", "pages"), [(0, []), (1, [1]), (2, [2]), (5, [2, 2, 1])])
def test_pictures_stand_two_a_page_at_most(pictures: int, pages: list[int]) -> None:
    taken = tuple(PaperPicture(f"k{n}", f"证{n}", f"图{n}") for n in range(pictures))
    groups = replace(sample_paper(), pictures=taken).to_template()["picture_pages"]
    assert isinstance(groups, list)
    assert [len(group["pictures"]) for group in groups] == pages


def test_each_picture_of_a_paper_is_followed_by_its_number_and_name(tmp_path: Path) -> None:
    target = tmp_path / "底稿.docx"
    render(SHIPPED / "paper.docx", sample_paper(1, 3).to_template(), target, Progress(), sample_picture)
    shapes = re.findall(
        r"</w:drawing>.*?<w:t[^>]*>([^<]+)</w:t>", parts(target)["word/document.xml"].decode(), re.DOTALL
    )
    assert len(shapes) == 3
    assert "DG-007-证01　补贴发放花名册第1页" in read_text(target)


def test_chinese_numbers_are_written_up_to_99() -> None:
    cases = {1: "一", 9: "九", 10: "十", 11: "十一", 20: "二十", 35: "三十五", 99: "九十九"}
    assert {number: chinese(number) for number in cases} == cases
    assert len({chinese(number) for number in range(1, 100)}) == 99
    for number in (0, 100):
        with pytest.raises(ValueError, match=str(number)):
            chinese(number)


def test_dates_are_written_without_zero_padding() -> None:
    assert written_date(date(2024, 4, 6)) == "2024年4月6日"
