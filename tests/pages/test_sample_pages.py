"""The sample case on paper: its report, a paper and the ledger, exported as a user does it."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random

import pytest

from tests.pages.measure import MM, Page, read_pages
from tests.pages.printed import Sheet, read_sheets, squeezed
from tests.pages.rules import (
    behind_blank_lines,
    body_steps,
    headings_at_the_foot,
    landscape,
    misnumbered,
    of_other_size,
    off_pitch,
    outside,
    portrait,
)
from tests.support.cheap_keys import CHEAP
from tests.support.desk import Desk, text_of
from xuncha_desktop import paths
from xuncha_desktop.exports import ledger
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.jobs import Progress
from xuncha_desktop.sample_pictures import photo
from xuncha_desktop.services import dump, evidence, export_data, intake, records, sample
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.store import opening

pytestmark = pytest.mark.pages

PAPERS, PICTURES = 46, 3
BRIEFING = "书记专题会汇报表"
FORM_LEFT, FORM_RIGHT, FORM_TOP, FORM_BOTTOM = 27 * MM, (210 - 27) * MM, 25 * MM, (297 - 22) * MM
SIGNATURES = 4  # two handlers, the deputy leader, the leader
LEDGER_MARGIN = 11 * MM

ToPages = Callable[[str, str, bool], tuple[Path, Path]]


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """The sample case with three pictures more, all cited by one approved paper."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        case, _ = opening.create(folder / "案卷", sample.PASSWORD, argon=CHEAP)
        with case:
            inspection = sample.fill(case.store, count=PAPERS)
            yield Desk(case.store, folder, inspection)


@pytest.fixture(scope="module")
def to_pages(desk: Desk, to_pdf: Callable[[Path], Path]) -> ToPages:
    """Export a document of the sample once; the file and its pages."""

    @cache
    def export(kind: str, record: str, draft: bool) -> tuple[Path, Path]:
        made = desk.export(kind, record, draft=draft)
        file = made.rename(made.with_stem(f"{kind}{record}{draft}"))
        return file, to_pdf(file)

    return export


@pytest.fixture(scope="module")
def report(to_pages: ToPages) -> list[Page]:
    return read_pages(to_pages("report", "", False)[1])


@pytest.fixture(scope="module")
def paper(desk: Desk, to_pages: ToPages) -> tuple[Path, list[Sheet]]:
    files = [Incoming(f"现场照片{number}.jpg", desk.folder / f"{number}.jpg") for number in range(1, PICTURES + 1)]
    for number, file in enumerate(files):
        photo((file.name, "内容虚构"), Random(number)).save(desk.folder / f"{number + 1}.jpg")
    stored = evidence.store_files(desk.store, files, Progress())
    taken = evidence.register(desk.store, stored, desk.inspection)
    chosen = next(
        row
        for row in dump.everything(desk.store)["paper"]
        if row["inspection"] == desk.inspection and row["state"] == "approved" and row["suggestion"]
    )
    cited = [*chosen["citations"], *({"evidence": record, "pages": "1"} for record in taken)]
    desk.set("paper", chosen["id"], citations=cited)
    file, pdf = to_pages("paper", chosen["id"], False)
    return file, read_sheets(pdf)


@pytest.fixture(scope="module")
def briefing(to_pages: ToPages) -> tuple[Path, list[Sheet]]:
    file, pdf = to_pages("ledger", "", False)
    return file, [sheet for sheet in read_sheets(pdf) if "汇报表" in sheet.text]


def test_every_page_of_the_sample_report_keeps_the_official_measures(report: list[Page]) -> None:
    steps = body_steps(report)
    assert len(portrait(report)) > 8 and len(steps) > 150
    assert of_other_size(report) == []
    assert off_pitch(steps) == []
    assert outside(report) == []
    assert misnumbered(report) == []
    assert headings_at_the_foot(report) == []


def test_blank_lines_of_the_sample_report_stand_where_the_standard_wants_them(report: list[Page]) -> None:
    addressee, attachments, signature = behind_blank_lines(report)  # and behind no other line, whatever hangs over
    assert addressee.endswith("：")
    assert attachments.startswith("附件：")
    assert signature.endswith("巡察组")


def test_no_page_of_the_sample_report_is_without_text(report: list[Page]) -> None:
    assert [len(page.body) > 3 for page in report] == [True] * len(report)


def test_the_list_of_eighteen_problems_takes_three_landscape_pages(desk: Desk, report: list[Page]) -> None:
    assert len(export_data.of_inspection(desk.store, desk.inspection).papers) == 18
    assert len(landscape(report)) == 3
    assert all(any("问题分类" in line.text for line in page.lines) for page in landscape(report))


def test_all_of_a_paper_stands_inside_its_margins(paper: tuple[Path, list[Sheet]]) -> None:
    for sheet in paper[1]:
        body = [char for char in sheet.chars if char["bottom"] >= FORM_TOP and char["top"] <= FORM_BOTTOM]
        assert body
        assert all(char["x0"] >= FORM_LEFT and char["x1"] <= FORM_RIGHT for char in body)
        outer = [char for char in sheet.chars if char not in body]
        assert re.fullmatch(r"问题底稿〔2026〕[\w-]+第\d页共\d页", "".join(char["text"] for char in outer))
        assert all(FORM_TOP - 1 <= rule <= FORM_BOTTOM + 1 for rule in sheet.rules)


def test_no_text_of_a_paper_is_cut_off(paper: tuple[Path, list[Sheet]]) -> None:
    file, sheets = paper
    printed = body_text(sheets)
    texts = [text for text in text_of(file).split("\n") if text.strip()]
    assert len(texts) > 50
    assert [text for text in texts if squeezed(text) not in printed] == []


def body_text(sheets: list[Sheet]) -> str:
    """What stands between head and foot of all pages, in writing order."""
    return "".join(
        char["text"]
        for sheet in sheets
        for char in sheet.chars
        if char["bottom"] >= FORM_TOP and char["top"] <= FORM_BOTTOM
    )


def test_there_is_a_whole_box_for_everyone_who_signs(paper: tuple[Path, list[Sheet]]) -> None:
    boxes = [(sheet, chars) for sheet in paper[1] for chars in sheet.places("签名：")]
    assert len(boxes) == SIGNATURES
    for sheet, chars in boxes:
        row = sheet.row(chars[0]["top"])
        top, bottom = sheet.rules[row - 1], sheet.rules[row]
        assert (bottom - top) / MM >= 14 - 0.3
        assert any(top < char["top"] < bottom and char["text"] == "年" for char in sheet.chars)


def test_signatures_follow_the_text_without_a_hole(paper: tuple[Path, list[Sheet]]) -> None:
    with_form = [sheet for sheet in paper[1] if sheet.rules]
    assert len(with_form) > 1
    holes = [FORM_BOTTOM - sheet.rules[-1] for sheet in with_form]
    # No row of the form but a long text, which may be split, is taller than this.
    assert all(hole / MM < 30 for hole in holes[:-2])
    # What is signed and the boxes go on to the last page together, only where they do not fit on the one before.
    last = with_form[-1]
    assert holes[-2] < last.rules[-1] - last.rules[0]


def test_pictures_stand_two_a_page_each_with_its_caption_below(paper: tuple[Path, list[Sheet]]) -> None:
    pages = [sheet for sheet in paper[1] if sheet.pictures]
    assert [len(sheet.pictures) for sheet in pages] == [2, 1]
    for sheet in pages:
        for picture in sheet.pictures:
            assert picture["x0"] >= FORM_LEFT and picture["x1"] <= FORM_RIGHT
            assert picture["top"] >= FORM_TOP and picture["bottom"] <= FORM_BOTTOM
            below = [char for char in sheet.chars if 0 <= char["top"] - picture["bottom"] <= 8 * MM]
            assert re.fullmatch(r"证-[A-Z]+-\d{4}现场照片\d", "".join(char["text"] for char in below))


def test_an_almost_empty_draft_prints_its_gaps_and_all_boxes(desk: Desk, to_pages: ToPages) -> None:
    record = intake.add(desk.store, "paper", [{"inspection": desk.inspection}], desk.folder, Progress())[0]
    sheets = read_sheets(to_pages("paper", record, True)[1])
    text = body_text(sheets)
    assert len(sheets) == 2
    assert text.count(GAP) > 5
    assert text.count("签名：") == SIGNATURES


def test_the_briefing_form_is_a4_landscape_inside_its_margins(briefing: tuple[Path, list[Sheet]]) -> None:
    assert len(briefing[1]) > 2
    for sheet in briefing[1]:
        assert (sheet.width / MM, sheet.height / MM) == pytest.approx((297, 210), abs=0.3)
        assert all(
            char["x0"] >= LEDGER_MARGIN and char["x1"] <= sheet.width - LEDGER_MARGIN
            for char in sheet.chars
            if char["top"] < sheet.rules[-1]
        )


def test_every_page_of_the_briefing_form_has_the_titles_and_says_whose_problems_these_are(
    briefing: tuple[Path, list[Sheet]],
) -> None:
    for sheet in briefing[1]:
        assert [title for title, _ in ledger.BRIEFING if not sheet.places(title)] == []
        first = [char for char in sheet.chars if sheet.row(char["top"]) == 2]
        assert "平湖镇党委" in "".join(char["text"] for char in sorted(first, key=lambda char: char["x0"]))[:8]


def test_nothing_is_cut_off_the_briefing_form(briefing: tuple[Path, list[Sheet]]) -> None:
    file, sheets = briefing
    rows = read_rows(file, BRIEFING)
    assert len(rows) == 18
    for row in rows:
        texts = [_shown(value) for value in row.values() if value not in (None, "")]
        found = [[sheet.is_in_one_row(chars) for sheet in sheets for chars in sheet.places(text)] for text in texts]
        assert all(found), texts[[bool(places) for places in found].index(False)]
        assert [text for text, places in zip(texts, found, strict=True) if not any(places)] == []


def _shown(value: object) -> str:
    """A value as its cell shows it: whole numbers count rows, others are 万元 with two decimals."""
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def test_the_last_row_of_the_briefing_form_counts_and_sums(desk: Desk, briefing: tuple[Path, list[Sheet]]) -> None:
    last = briefing[1][-1]
    lines = export_data.of_inspection(desk.store, desk.inspection).papers
    amount = sum(line.paper["amount"] or 0 for line in lines)
    assert amount > 0
    (total,) = last.places("合计")
    row = [char for char in last.chars if last.row(char["top"]) == last.row(total[0]["top"])]
    said = "".join(char["text"] for char in sorted(row, key=lambda char: char["x0"]))
    assert said == f"合计{len(lines)}件{amount / 1_000_000:,.2f}"


def test_a_ledger_without_papers_is_a_page_a_form_with_titles_and_zeros(desk: Desk, to_pages: ToPages) -> None:
    unit = next(iter(records.options(desk.store, "unit")))
    nothing = intake.add(desk.store, "inspection", [{"unit": unit}], desk.folder, Progress())[0]
    data, briefing, *counting = read_sheets(to_pages("ledger", nothing, True)[1])
    assert [len(sheet.places("合计")) for sheet in counting] == [1, 1, 1]
    for sheet, columns in ((data, ledger.COLUMNS), (briefing, ledger.BRIEFING)):
        assert [title for title, _ in columns if not sheet.places(title)] == []
        assert sheet.places("0件")
        assert sheet.places("0.00")
