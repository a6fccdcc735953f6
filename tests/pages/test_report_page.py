"""The report on paper, measured against GB/T 9704-2012."""

import re
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document

from tests.exports.sample_documents import sample_report
from tests.pages.measure import BOTTOM, LEFT, MM, RIGHT, Line, Page, ink_below, read_pages
from tests.pages.rules import (
    CHARACTER,
    FANG,
    HANGING,
    HEI,
    KAI,
    PITCH,
    SONG,
    body_steps,
    headings_at_the_foot,
    landscape,
    misnumbered,
    of_other_size,
    off_pitch,
    outside,
    portrait,
)
from xuncha_desktop.exports.report_data import Report
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

pytestmark = pytest.mark.pages

TEMPLATE = Path(__file__).parents[2] / "templates_docx" / "report.docx"
Convert = Callable[[Path], Path]


def to_pages(report: Report, folder: Path, to_pdf: Convert) -> tuple[Path, list[Page]]:
    document = folder / "报告.docx"
    render(TEMPLATE, report.to_template(), document, Progress())
    pdf = to_pdf(document)
    return pdf, read_pages(pdf)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory, to_pdf: Convert) -> tuple[Path, list[Page]]:
    return to_pages(sample_report(6), tmp_path_factory.mktemp("report"), to_pdf)


def find(pages: list[Page], beginning: str) -> Line:
    return next(line for page in pages for line in page.lines if line.text.startswith(beginning))


def test_a_full_page_of_han_text_has_22_lines_of_28_characters(tmp_path: Path, to_pdf: Convert) -> None:
    text = "".join(chr(0x4E00 + number % 200) for number in range(28 * 22 * 3))
    report = Report("关于巡察平湖镇党委情况的报告", "市委巡察工作领导小组", evaluation=(text,))
    page = to_pages(report, tmp_path, to_pdf)[1][1]
    assert [len(line.text) for line in page.body] == [28] * 22


def test_the_pages_are_a4(sample: tuple[Path, list[Page]]) -> None:
    assert portrait(sample[1])
    assert landscape(sample[1])
    assert of_other_size(sample[1]) == []


def test_body_lines_lie_28_95_points_apart(sample: tuple[Path, list[Page]]) -> None:
    steps = body_steps(sample[1])
    assert len(steps) > 80
    assert off_pitch(steps) == []


def test_no_line_leaves_the_type_area(sample: tuple[Path, list[Page]]) -> None:
    assert outside(sample[1]) == []


def test_each_role_has_its_face_and_size(sample: tuple[Path, list[Page]]) -> None:
    pages = sample[1]
    title, *_ = pages[0].lines
    assert ("NotoSerifCJK" in title.face, title.size) == (True, 22)
    for beginning, face in (
        ("一、巡察工作开展情况", HEI),
        ("（一）聚焦", KAI),
        ("1.学习贯彻", FANG),
        ("根据市委统一部署", FANG),
        ("附件1", HEI),
    ):
        line = find(pages, beginning)
        assert (line.face, line.size) == (face, 16), beginning
    assert (pages[0].foot[0].face, pages[0].foot[0].size) == (SONG, 14)


def test_the_title_is_centred(sample: tuple[Path, list[Page]]) -> None:
    for line in sample[1][0].lines[:2]:
        assert (line.left + line.right) / 2 == pytest.approx((LEFT + RIGHT) / 2, abs=1)


def test_paragraphs_and_headings_begin_two_characters_in(sample: tuple[Path, list[Page]]) -> None:
    for beginning in ("根据市委统一部署", "一、巡察工作", "（一）聚焦", "1.学习贯彻", "巡察认为"):
        assert find(sample[1], beginning).left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.5), beginning
    assert find(sample[1], "青禾市委巡察工作领导小组：").left == pytest.approx(LEFT, abs=0.5)


def test_body_lines_are_justified(sample: tuple[Path, list[Page]]) -> None:
    lines = [line for page in portrait(sample[1]) for line in page.body if len(line.text) >= 28]
    assert len(lines) > 20
    assert all(line.right == pytest.approx(RIGHT, abs=1.2) for line in lines if line.text[-1] not in HANGING)


def test_page_numbers_stand_outside_one_character_in(sample: tuple[Path, list[Page]]) -> None:
    assert len(portrait(sample[1])) > 2
    assert misnumbered(sample[1]) == []


def test_the_dashes_of_the_number_lie_7_mm_below_the_type_area(sample: tuple[Path, list[Page]]) -> None:
    pdf, pages = sample
    for number in range(len(portrait(pages))):
        # The digits are taller than the dashes, whose middle is what the eye takes for the number's line.
        top_of_digits = ink_below(pdf, number, BOTTOM)
        baseline = BOTTOM - pages[number].foot[0].baseline
        assert (top_of_digits + baseline) / 2 / MM == pytest.approx(7, abs=0.7)


def test_a_landscape_page_bears_its_number_where_the_portrait_sheet_does(sample: tuple[Path, list[Page]]) -> None:
    pages = sample[1]
    upright = portrait(pages)[0].foot[0].baseline
    checked = set()
    for number, page in enumerate(pages, 1):
        if page.width < page.height:
            continue
        assert "".join(char["text"] for char in page.turned) == f"—{number}—"
        # Turned a quarter to the right, the sheet's foot is at the left and its left edge on top.
        assert all(char["matrix"][:4] == pytest.approx((0, -1, 1, 0)) for char in page.turned)
        assert page.turned[0]["matrix"][4] == pytest.approx(upright, abs=1)
        from_left = page.height - max(char["matrix"][5] for char in page.turned)
        length = 14 * 3 + 2
        if number % 2:
            assert from_left + length == pytest.approx(RIGHT - 14, abs=2)
        else:
            assert from_left == pytest.approx(LEFT + 14, abs=1)
        checked.add(number % 2)
    assert checked == {0, 1}


def test_signature_and_date_stand_as_without_a_seal(sample: tuple[Path, list[Page]]) -> None:
    last = portrait(sample[1])[-1:]
    signature, date = find(last, "中共青禾市委第六巡察组"), find(last, "2024年11月20日")
    assert signature.right == pytest.approx(RIGHT - 2 * CHARACTER, abs=1)
    assert date.left == pytest.approx(signature.left + 2 * CHARACTER, abs=1)
    assert signature.baseline - date.baseline == pytest.approx(PITCH, abs=1)


def test_a_short_signature_moves_left_so_that_the_date_keeps_its_margin(tmp_path: Path, to_pdf: Convert) -> None:
    pages = to_pages(replace(sample_report(0), signature="第六巡察组"), tmp_path, to_pdf)[1]
    signature, date = find(pages, "第六巡察组"), find(pages[-1:], "2024年11月20日")
    assert date.left == pytest.approx(signature.left + 2 * CHARACTER, abs=1)
    # LibreOffice widens the gaps around the digits, by at most a quarter of a character each.
    assert RIGHT - 2 * CHARACTER - 1 <= date.right <= RIGHT - 2 * CHARACTER + 5 * CHARACTER / 4


def test_attachments_are_listed_one_blank_line_below_the_text(sample: tuple[Path, list[Page]]) -> None:
    page = portrait(sample[1])[-1]
    first = find([page], "附件：1.问题清单")
    second = find([page], "2.立行立改情况")
    above = page.lines[page.lines.index(first) - 1]
    assert above.baseline - first.baseline == pytest.approx(2 * PITCH, abs=0.3)
    assert first.left == pytest.approx(LEFT + 2 * CHARACTER, abs=0.5)
    assert second.left == pytest.approx(LEFT + 5 * CHARACTER, abs=1)
    assert first.right - 4 * CHARACTER == pytest.approx(second.right - 6 * CHARACTER, abs=1)


def test_an_attachment_begins_a_page_with_its_mark_flush_left(sample: tuple[Path, list[Page]]) -> None:
    first = landscape(sample[1])[0].lines[0]
    assert first.text == "附件1"
    assert first.left / MM == pytest.approx(35, abs=0.3)


def test_the_head_of_the_problem_list_is_on_every_page(tmp_path: Path, to_pdf: Convert) -> None:
    pages = landscape(to_pages(sample_report(40), tmp_path, to_pdf)[1])
    assert len(pages) > 2
    assert all(any("问题分类" in line.text for line in page.lines) for page in pages)


def test_three_hundred_problems_are_numbered_through_and_summed(tmp_path: Path, to_pdf: Convert) -> None:
    report = sample_report(300)
    pages = to_pages(report, tmp_path, to_pdf)[1]
    upright = [line.text for page in portrait(pages) for line in page.body]
    headings = [found[1] for text in upright if (found := re.match("（(.)）聚焦", text))]
    assert headings == ["一", "二", "三", "四"]
    numbers = [int(found[1]) for text in upright if (found := re.match(r"(\d+)\.\D", text))]
    assert numbers == [*range(1, 76)] * 4 + [2, 3]  # two attachments more
    listed = Document(str(tmp_path / "报告.docx")).tables[0]
    assert [row.cells[0].text for row in listed.rows[1:-1]] == [str(number) for number in range(1, 301)]
    total = sum((row.amount for row in report.problem_list if row.amount is not None), Decimal())
    assert pages[-1].lines[-1].text == f"合计{total:,.2f}"
    assert off_pitch(body_steps(pages)) == []
    assert outside(pages) == []
    assert misnumbered(pages) == []
    assert headings_at_the_foot(pages) == []


def test_a_report_without_problems_has_no_attachment_page(tmp_path: Path, to_pdf: Convert) -> None:
    pages = to_pages(sample_report(0), tmp_path, to_pdf)[1]
    assert pages
    assert not landscape(pages)


def test_signature_and_date_never_stand_alone_on_a_page(tmp_path: Path, to_pdf: Convert) -> None:
    for lines in (15, 16, 17, 18):
        report = Report("标题", "称谓", evaluation=("文" * 20,) * lines, signature="第六巡察组")
        report = replace(report, day=sample_report(0).day)
        last = to_pages(report, tmp_path, to_pdf)[1][-1]
        assert any(line.text.startswith("文") for line in last.body)
