"""Every document on paper, of no records, one, many and the sample: sheets, margins, faces, numbers, tables."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.pages.crowd import make_case
from tests.pages.every_document import AMOUNTS, FORMS, LEDGERS, OFFICIAL, TURNED, WORDS, Printed, print_all
from tests.pages.measure import MM, Line
from tests.pages.printed import Sheet
from tests.pages.rules import (
    HANGING,
    body_steps,
    headings_at_the_foot,
    landscape,
    misnumbered,
    of_other_face,
    of_other_size,
    off_pitch,
    outside,
    portrait,
    tables_without_head,
)
from tests.support.cheap_keys import CHEAP
from tests.support.desk import text_of
from tests.support.sound_files import computed_fields, unsound
from xuncha_desktop import paths
from xuncha_desktop.exports.catalog import BY_KIND
from xuncha_desktop.exports.declared import SheetsDeclared
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.exports.word.check import faults
from xuncha_desktop.services import sample
from xuncha_desktop.store import opening

pytestmark = pytest.mark.pages

MANY, PAPERS = 23, 46
FORM_SIDE, FORM_TOP, FORM_BOTTOM, LABEL_WIDTH = 27 * MM, (297 - 25) * MM, 22 * MM, 29 * MM
HEADS = {"report": "问题分类", "briefing": "责任类别", "talk_report": "人次", "poll_report": "不了解"} | {
    "borrowings": "资料名称", "quick_fixes": "整改情况", "hearings": "落实情况", "team": "组内职务",
    "inspectors": "专长",
    "archive_index": "文号、编号", "check_book": "核对人签名",
}  # fmt: skip
LEDGER_MARGIN, READABLE = 11 * MM, 9
of_each = pytest.mark.parametrize("amount", AMOUNTS)


@pytest.fixture(scope="module")
def printed(
    tmp_path_factory: pytest.TempPathFactory, all_to_pdf: Callable[[Sequence[Path]], list[Path]]
) -> Iterator[Mapping[tuple[str, str], Printed]]:
    folder = tmp_path_factory.mktemp("documents")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        crowd = make_case(folder, MANY)
        shown, _ = opening.create(folder / "样例", sample.PASSWORD, argon=CHEAP)
        with crowd.case, shown:
            inspections = {
                "nothing": (crowd.store, crowd.nothing),
                "one": (crowd.store, crowd.one),
                "many": (crowd.store, crowd.many),
                "sample": (shown.store, sample.fill(shown.store, count=PAPERS)),
            }
            yield print_all(inspections, folder, all_to_pdf)


@of_each
@pytest.mark.parametrize("kind", BY_KIND)
def test_a_file_is_sound_and_leaves_only_page_numbers_to_word(
    printed: Mapping[tuple[str, str], Printed], kind: str, amount: str
) -> None:
    file = printed[kind, amount].file
    assert unsound(file) == []
    if kind in WORDS:
        assert faults(file) == []
        assert computed_fields(file) <= {"PAGE", "NUMPAGES"}


@of_each
@pytest.mark.parametrize("kind", [*OFFICIAL, *TURNED])
def test_an_official_document_keeps_the_official_measures(
    printed: Mapping[tuple[str, str], Printed], kind: str, amount: str
) -> None:
    pages = printed[kind, amount].pages
    assert of_other_size(pages) == []
    assert landscape(pages) == (pages if kind in TURNED else pages[len(portrait(pages)) :])
    assert [number for number, page in enumerate(pages, 1) if not page.body] == []
    assert off_pitch(body_steps(pages)) == []
    assert outside(pages) == []
    assert misnumbered(pages) == []
    assert headings_at_the_foot(pages) == []
    assert of_other_face(pages) == []


@of_each
@pytest.mark.parametrize("kind", OFFICIAL)
def test_signature_and_date_never_stand_on_a_page_without_text(
    printed: Mapping[tuple[str, str], Printed], kind: str, amount: str
) -> None:
    assert len(portrait(printed[kind, amount].pages)[-1].lines) > 3


@of_each
@pytest.mark.parametrize("kind", FORMS)
def test_a_form_stands_inside_its_margins_with_something_on_every_page(
    printed: Mapping[tuple[str, str], Printed], kind: str, amount: str
) -> None:
    pages = printed[kind, amount].pages
    assert of_other_size(pages) == []
    assert of_other_face(pages) == []
    for number, page in enumerate(pages, 1):
        assert page.lines[-1].text.endswith(f"第{number}页共{len(pages)}页")
        body = [line for line in page.lines[1:-1] if FORM_BOTTOM <= line.baseline <= FORM_TOP]
        assert len(body) == len(page.lines) - 2 > 0
        assert [
            line.text for line in body if line.left < FORM_SIDE - 1 or _ends(line) > page.width - FORM_SIDE + 1
        ] == []


def _ends(line: Line) -> float:
    """Where a line ends, but for a punctuation mark that may hang."""
    return line.right - (line.size if line.text[-1] in HANGING else 0)


@pytest.mark.parametrize("kind", FORMS)
def test_boxes_for_signatures_never_stand_on_a_page_of_their_own(
    printed: Mapping[tuple[str, str], Printed], kind: str
) -> None:
    for amount in AMOUNTS:
        sheets = printed[kind, amount].sheets
        assert [number for number, sheet in enumerate(sheets, 1) if _is_for_signatures_only(sheet)] == []


def _is_for_signatures_only(sheet: Sheet) -> bool:
    """Whether there are boxes, and no other row that has more than its label."""
    if not sheet.rules:
        return len(sheet.places("签名：")) * 25 > len(sheet.text)
    rows: dict[int, str] = defaultdict(str)
    for char in sheet.chars:
        if char["x0"] > FORM_SIDE + LABEL_WIDTH:
            rows[sheet.row((char["top"] + char["bottom"]) / 2)] += char["text"]
    inside = [text for row, text in rows.items() if 0 < row < len(sheet.rules)]
    return bool(inside) and any("签名：" in text for text in inside) and all("签名：" in text for text in inside)


@pytest.mark.parametrize("kind", HEADS)
def test_the_head_of_a_table_is_on_every_page_the_table_goes_on(
    printed: Mapping[tuple[str, str], Printed], kind: str
) -> None:
    sheets = printed[kind, "many"].sheets
    if kind not in ("team", "inspectors"):
        assert len([sheet for sheet in sheets if sheet.places(HEADS[kind])]) > 1
    assert tables_without_head(sheets, HEADS[kind]) == []


def test_a_list_without_records_counts_none(printed: Mapping[tuple[str, str], Printed]) -> None:
    for kind, unit in (("borrowings", "项"), ("quick_fixes", "项"), ("archive_index", "件")):
        assert f"共0{unit}" in text_of(printed[kind, "nothing"].file)
    assert f"共{MANY}项" in text_of(printed["borrowings", "many"].file)


@of_each
@pytest.mark.parametrize("kind", LEDGERS)
def test_a_ledger_fits_its_sheets_with_its_titles_on_each(
    printed: Mapping[tuple[str, str], Printed], kind: str, amount: str
) -> None:
    declared = BY_KIND[kind].template
    assert isinstance(declared, SheetsDeclared)
    names = declared.sheets()
    counting = [sheet for sheet in load_workbook(declared.shipped()) if sheet.title not in {*names, "长文本"}]
    heads = [[str(cell.value).replace("\n", "") for cell in sheet[3] if cell.value] for sheet in counting]
    shown = [*(columns.titles for columns in names.values()), *map(tuple, heads)]
    sheets = printed[kind, amount].sheets
    assert len(sheets) >= len(shown)
    for number, sheet in enumerate(sheets, 1):
        assert sheet.width > sheet.height
        assert sheet.places(f"第{number}页，共{len(sheets)}页")
        assert "###" not in sheet.text
        assert any(all(sheet.places(title) for title in titles) for titles in shown)
        table = [char for char in sheet.chars if char["top"] < sheet.rules[-1]]
        assert all(char["x0"] >= LEDGER_MARGIN and char["x1"] <= sheet.width - LEDGER_MARGIN for char in table)


def test_nothing_is_cut_off_any_ledger(printed: Mapping[tuple[str, str], Printed]) -> None:
    for kind in LEDGERS:
        declared = BY_KIND[kind].template
        assert isinstance(declared, SheetsDeclared)
        sheets = printed[kind, "many"].sheets
        for name in declared.sheets():
            rows = read_rows(printed[kind, "many"].file, name)
            values = {value for row in rows for value in row.values() if isinstance(value, str) and value}
            # A character that the face lacks is drawn by itself, out of its order.
            texts = {value for value in values if not re.search("[㐀-䶿\U00020000-\U0003ffff]", value)}
            assert len(rows) >= MANY - 2 or kind in ("checklist_ledger", "inspector_ledger")
            assert [text for text in texts if not any(sheet.places(text) for sheet in sheets)] == []


def test_the_form_for_the_secretary_can_be_read(printed: Mapping[tuple[str, str], Printed]) -> None:
    sheets = [sheet for sheet in printed["ledger", "many"].sheets if "汇报表" in sheet.text]
    assert len(sheets) > 3
    for sheet in sheets:
        assert (sheet.width / MM, sheet.height / MM) == pytest.approx((297, 210), abs=0.3)
        table = [char["size"] for char in sheet.chars if char["top"] < sheet.rules[-1]]
        assert min(table) >= READABLE


def test_the_list_in_front_of_the_volume_is_what_follows(printed: Mapping[tuple[str, str], Printed]) -> None:
    text = text_of(printed["volume", "many"].file)
    front, *papers = re.split(r"\n问题底稿\n", text)
    listed = re.findall(r"^(\d+)\n(〔2031〕.+)\n(.+)\n(.*)\n(.*)$", front, re.MULTILINE)
    assert [order for order, *_ in listed] == [str(number) for number in range(1, MANY + 1)]
    form = re.compile(r"底稿编号\n(.+)\n[\s\S]*?底稿名称\n(.+)\n[\s\S]*?（万元）\n(.*)\n涉及人次")
    found = [form.search(paper) for paper in papers]
    # The list says every amount with the same decimals, a form its own with those it needs.
    assert [said(*line[1:4]) for line in listed] == [said(*match.groups()) for match in found if match]


def said(number: str, title: str, amount: str) -> tuple[str, str, Decimal | None]:
    """A paper as a list or a form names it."""
    return number, title, Decimal(amount.replace(",", "")) if amount else None


def test_the_index_of_the_archive_is_numbered_through(printed: Mapping[tuple[str, str], Printed]) -> None:
    text = text_of(printed["archive_index", "many"].file)
    numbers = re.findall(r"^(\d+)\n(?:.*)\n.+\n\d{4}\.\d{1,2}\.\d{1,2}\n", text, re.MULTILINE)
    assert numbers == [str(number) for number in range(1, len(numbers) + 1)]
    assert f"共{len(numbers)}件" in text
