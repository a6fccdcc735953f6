"""Ledgers as office programs leave them, and files made to do harm: read back equal, or refused with a sentence."""

import re
import zipfile
from pathlib import Path
from random import Random

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support import hostile_files
from tests.support.desk import Desk
from tests.support.nasty_text import NASTY, STRINGS
from tests.support.random_text import RandomTexts
from tests.support.returned import FIRST, cell, compared, edited, place, told
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.excel.parts import marked
from xuncha_desktop.exports.returned.comparing import take
from xuncha_desktop.services import lists, papers, records

TEXTS = ("overview", "typical_case", "basis", "note", "suggestion")
LINES = ("title", "place", "leader_in_charge", "department")
MARK = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}")
RESAVED = Path(__file__).with_name("resaved.xlsx")


def nasty(desk: Desk, texts: RandomTexts, random: Random, number: int) -> str:
    """A paper full of texts nobody would think of, with the largest and smallest numbers and days."""
    days = [random.choice((None, "1900-01-01", "1899-12-31", "2000-02-29", "9999-12-31", "2031-03-01")) for _ in "12"]
    return desk.add_paper(
        **{name: texts.some(3) for name in TEXTS},
        **{name: texts.line() for name in LINES},
        official_number=f"DG-{number:03}",
        amount=random.choice((None, 0, 1, -1, 12_345_678_901, 2**53 - 1, random.randrange(10**12))),
        people=random.choice((None, 0, 7, 2**53 - 1)),
        period_from=days[0],
        period_to=days[1],
        signed_on=random.choice((None, "2031-03-20", "1900-02-28")),
        parties=[{"kind": "main", "name": texts.line()} for _ in range(random.randrange(1, 4))],
        quick_fix=random.choice((True, False)),
        sources=random.sample(("documents", "interview", "survey", "other"), random.randrange(1, 4)),
        destination="report",
    )


@pytest.mark.parametrize("seed", range(3))
def test_whatever_was_exported_reads_back_as_no_change(desk: Desk, seed: int) -> None:
    texts, random = RandomTexts(seed), Random(seed)
    for number in range(25):
        nasty(desk, texts, random, number)
    file = desk.export("ledger")
    for one in (file, edited(file, lambda sheet: None)):
        plan = compared(desk.store, one)
        assert told(plan) == []
        assert (plan.compared, plan.left_rows, plan.missing) == (25, [], [])


def odd_papers(desk: Desk) -> None:
    """Papers with all that office programs are known to treat in ways of their own."""
    for number, text in enumerate((*STRINGS, "'=1", "00012", "1e5", "2031-4-6", "TRUE", "_x000D_", "_x005F_x0041_")):
        desk.add_paper(
            title=text,
            overview=text,
            note=f"{text}\n{text}",
            official_number=f"DG-{number:03}",
            amount=number * 1_234_567_891,
            people=number,
            period_from=f"2029-01-{number % 28 + 1:02}",
            signed_on="2031-03-20",
        )


def test_a_ledger_saved_by_libreoffice_reads_back_as_no_change(desk: Desk) -> None:
    # RESAVED is the export of these papers after `soffice --convert-to xlsx`, LibreOffice 7.4.
    odd_papers(desk)
    desk.export("ledger")
    record = lists.ids(desk.store, lists.Query("export_record"))[0]
    file = desk.folder / "另存的台账.xlsx"
    with zipfile.ZipFile(RESAVED) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, MARK.sub(record.encode(), old.read(name)))
    plan = compared(desk.store, file)
    assert plan.exported_at is not None
    assert (told(plan), plan.left_rows, plan.missing, plan.unknown) == ([], [], [], [])
    assert plan.compared > 30


def test_every_character_and_every_odd_string_reads_back_as_no_change(desk: Desk) -> None:
    for number, text in enumerate(
        (NASTY, *STRINGS, "（续见“长文本”表 900 行）", "合计", "无", "/", "同上", "00012", "1e5")
    ):
        desk.add_paper(title=text, overview=text, note=text, official_number=f"DG-{number:03}")
    plan = compared(desk.store, desk.export("ledger"))
    assert (told(plan), plan.left_rows, plan.missing) == ([], [], [])


@pytest.fixture
def long_papers(desk: Desk) -> list[str]:
    # Blanks everywhere, at the ends of pieces too; no pattern, or the file would look like a bomb.
    random = Random(1)
    text = "".join(random.choice(f"{chr(random.randrange(0x4E00, 0x9F00))} \n𠮷") for _ in range(75_000))
    return [
        desk.add_paper(overview=text, note=f"{text}尾", title=f"长{number}", official_number=f"DG-{number:03}")
        for number in (1, 2)
    ]


def test_long_texts_are_whole_again_wherever_their_rows_were_sorted_to(desk: Desk, long_papers: list[str]) -> None:
    file = desk.export("ledger")
    assert told(compared(desk.store, file)) == []

    def swapped(sheet: Worksheet) -> None:
        for column in range(1, sheet.max_column + 1):
            one, other = cell(sheet, FIRST, column), cell(sheet, FIRST + 1, column)
            one.value, other.value = other.value, one.value

    assert told(compared(desk.store, edited(file, swapped))) == []


def test_a_long_text_is_changed_in_its_cell_and_on_the_sheet_where_it_goes_on(
    desk: Desk, long_papers: list[str]
) -> None:
    def in_cell(sheet: Worksheet) -> None:
        found = cell(sheet, FIRST, place(sheet, "备注"))
        found.value = f"改过的开头{found.value}"

    def further(sheet: Worksheet) -> None:
        ours = [row for row in range(4, sheet.max_row + 1) if cell(sheet, row, 1).value == "问题台账"]
        last = max(row for row in ours if cell(sheet, row, 3).value == "备注")
        cell(sheet, last, 5).value = f"{cell(sheet, last, 5).value}改过的结尾"

    file = edited(edited(desk.export("ledger"), in_cell), further, "长文本")
    for paper in long_papers:
        papers.send_back(desk.store, paper, "改")
    plan = compared(desk.store, file)
    before = [records.load(desk.store, "paper", paper).values["note"] for paper in long_papers]
    take(desk.store, plan, plan.changes)
    assert [records.load(desk.store, "paper", paper).values["note"] for paper in long_papers] == [
        f"改过的开头{before[0]}",
        f"{before[1]}改过的结尾",
    ]


def test_a_long_text_whose_rest_is_lost_is_not_taken_for_a_shorter_one(desk: Desk, long_papers: list[str]) -> None:
    plan = compared(desk.store, edited(desk.export("ledger"), lambda sheet: sheet.delete_rows(4, 100), "长文本"))
    assert {(change.state, change.column) for change in plan.changes} == {
        ("unreadable", "备注"),
        ("unreadable", "问题表述（与报告一致）"),
    }
    assert "余下部分在“长文本”表里没有找到" in plan.changes[0].why


def test_a_hidden_sheet_of_long_texts_is_read_all_the_same(desk: Desk, long_papers: list[str]) -> None:
    def hide(sheet: Worksheet) -> None:
        sheet.sheet_state = "hidden"

    assert told(compared(desk.store, edited(desk.export("ledger"), hide, "长文本"))) == []


def test_a_row_of_totals_and_comments_are_no_papers(desk: Desk) -> None:
    desk.add_paper(official_number="DG-001", amount=100)

    def sign(sheet: Worksheet) -> None:
        from openpyxl.comments import Comment

        cell(sheet, FIRST, 2).comment = Comment("请核实", "局里")
        cell(sheet, FIRST + 4, 2).value = "填表人：虚构甲"

    plan = compared(desk.store, edited(desk.export("ledger"), sign))
    assert told(plan) == []
    assert [left.text for left in plan.left_rows] == ["填表人：虚构甲"]
    assert "单元格的批注没有读入" in plan.notes


@pytest.mark.parametrize(
    "content",
    [
        hostile_files.huge_part(),
        hostile_files.overlapping(),
        hostile_files.lying_about_its_size(),
        hostile_files.locked(),
        hostile_files.repeated_name(),
        hostile_files.lost_end(),
        b"",
        b"PK\x03\x04",
        hostile_files.docx(hostile_files.paragraph("正文")),
    ],
    ids=["bomb", "overlap", "lie", "locked", "twice", "cut", "empty", "begun", "word"],
)
def test_a_file_made_to_do_harm_is_refused_in_a_sentence(desk: Desk, content: bytes) -> None:
    desk.add_paper(official_number="DG-001")
    file = desk.folder / "台账.xlsx"
    file.write_bytes(content)
    with pytest.raises(UserError, match="台账"):
        compared(desk.store, file)
    assert compared(desk.store, desk.export("ledger")).compared == 1


@pytest.mark.parametrize("before", [hostile_files.EXTERNAL_ENTITY, hostile_files.LAUGHS], ids=["entity", "laughs"])
def test_entities_in_a_sheet_are_refused(desk: Desk, before: str) -> None:
    desk.add_paper(official_number="DG-001")
    file = desk.export("ledger")
    target = file.with_name("实体.xlsx")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            new.writestr(name, before.encode() + part if name == "xl/worksheets/sheet1.xml" else part)
    with pytest.raises(UserError, match="“实体"):
        compared(desk.store, target)


def test_a_cell_at_the_end_of_the_world_is_refused(desk: Desk) -> None:
    desk.add_paper(official_number="DG-001")

    def far(sheet: Worksheet) -> None:
        cell(sheet, 1_048_576, 16_384).value = "远"

    with pytest.raises(UserError, match="还有内容，超出一次能导入的"):
        compared(desk.store, edited(desk.export("ledger"), far))


@pytest.mark.parametrize(
    "between",
    [
        "",
        "<definedNames/>",
        "<externalReferences><externalReference/></externalReferences>",
        '<definedNames><definedName name="表头">A!$A$1</definedName></definedNames>',
    ],
)
def test_a_workbook_bears_one_mark_however_often_it_was_filled(between: str) -> None:
    book = f'<workbook><sheets><sheet name="甲"/><sheet name="乙"/></sheets>{between}<calcPr/></workbook>'.encode()
    found = marked(marked(book, "甲", "先"), "乙", "后").decode()
    name = '<definedName name="_xuncha_export" localSheetId="1" hidden="1">"后"</definedName>'
    assert found.count("_xuncha_export") == 1
    assert found.count("<definedNames>") == 1
    assert f"{name}</definedNames><calcPr/>" in found
