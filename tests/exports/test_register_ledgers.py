"""Ledgers of the registers: every record a row, totals that are right, and nothing that points at persons."""

from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from resources.ledgers import make_register_ledgers
from tests.support.desk import Desk, text_of
from tests.support.nasty_text import NASTY
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.catalog import REGISTERS
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.exports.register_ledger import ORDER, UNIT, RegisterLedger
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import LONG_TEXTS, Kind, fields
from xuncha_desktop.services import checklists, intake, records

_SIMPLE = [ledger for ledger in REGISTERS if ledger.kind not in ("checklist_ledger", "poll_ledger", "inspector_ledger")]
# A checklist is copied in, and the team has its people.
_BEGUN_EMPTY = [ledger for ledger in REGISTERS if ledger.kind not in ("checklist_ledger", "inspector_ledger")]
_VOTES = {"first": 20, "second": 6, "third": 2, "fourth": 1, "unknown": 1}


def add(desk: Desk, entity: str, **values: Any) -> str:
    given = {"inspection": desk.inspection, **values}
    return intake.add(desk.store, entity, [given], desk.folder, Progress())[0]


@pytest.mark.parametrize("ledger", REGISTERS, ids=lambda ledger: ledger.kind)
def test_the_shipped_template_has_exactly_the_columns_of_its_ledger(ledger: RegisterLedger, tmp_path: Path) -> None:
    make_register_ledgers.main(tmp_path)
    for file in (ledger.declared.shipped(), tmp_path / ledger.declared.file):
        workbook = load_workbook(file)
        assert workbook.sheetnames == [*(sheet.name for sheet in ledger.sheets()), "长文本"]
        for sheet in ledger.sheets():
            titles = [str(cell.value).replace("\n", "") for cell in workbook[sheet.name][3]]
            assert titles == list(sheet.titles)


@pytest.mark.parametrize("ledger", _SIMPLE, ids=lambda ledger: ledger.kind)
def test_every_text_of_a_record_comes_out_as_it_was_typed(desk: Desk, ledger: RegisterLedger) -> None:
    texts = [
        name
        for name, field in fields(ledger.entity).items()
        if field.kind in (Kind.TEXT, *LONG_TEXTS) and not field.private and field.label in ledger.sheets()[0].titles
    ]
    add(desk, ledger.entity, **{name: f"{name}{NASTY}" for name in texts})
    (row,) = read_rows(desk.export(ledger.kind, draft=True), ledger.title)
    assert {name: row[fields(ledger.entity)[name].label] for name in texts} == {n: f"{n}{NASTY}" for n in texts}
    assert (row[ORDER], row[UNIT]) == (1, "虚构镇党委")


def test_everybody_of_the_talent_pool_is_listed_whatever_the_inspection(desk: Desk) -> None:
    texts = ("name", "unit", "post", "rank", "political_status", "phone", "note")
    values = {name: f"{name}{NASTY}" for name in texts}
    intake.add(desk.store, "inspector", [{**values, "expertise": ["finance"]}], desk.folder, Progress())
    rows = read_rows(desk.export("inspector_ledger"), "人才库")
    assert len(rows) > 1
    found = [{name: row[fields("inspector")[name].label] for name in texts} for row in rows]
    assert values in found
    assert UNIT not in rows[0]
    everything = text_of(desk.export("inspectors"))
    assert all(text in everything for name, text in values.items() if name != "phone")


def test_rows_too_high_to_print_are_told(desk: Desk) -> None:
    desk.add_paper(overview="长" * 3000)
    desk.add_paper()
    document, target = catalog.BY_KIND["ledger"], desk.folder / "台账.xlsx"
    _, notes = catalog.export(desk.store, document, desk.inspection, target, draft=False, progress=Progress())
    told = [note for note in notes if "打印不全" in note]
    assert [note[: note.index("，")] for note in told] == [
        "表“问题台账”有 1 行的文字超过一行的最大高度",
        "表“书记专题会汇报表”有 1 行的文字超过一行的最大高度",
    ]


@pytest.mark.parametrize("ledger", _BEGUN_EMPTY, ids=lambda ledger: ledger.kind)
def test_without_records_only_a_draft_is_made(desk: Desk, ledger: RegisterLedger) -> None:
    with pytest.raises(UserError, match="还没有"):
        desk.export(ledger.kind)
    file = desk.export(ledger.kind, draft=True)
    assert [read_rows(file, sheet.name) for sheet in ledger.sheets()] == [[] for _ in ledger.sheets()]


def test_totals_are_formulas_with_the_right_values(desk: Desk) -> None:
    for number in range(1, 4):
        add(desk, "petition", subject=f"虚构事由{number}", received_on=f"2031-03-0{4 - number}")
    file = desk.export("petition_ledger")
    assert [row["事由"] for row in read_rows(file, "信访台账")] == ["虚构事由3", "虚构事由2", "虚构事由1"]
    assert load_workbook(file)["信访台账"]["B7"].value == "=COUNTA(B4:B6)"
    assert load_workbook(file, data_only=True)["信访台账"]["B7"].value == 3


def test_who_reported_stays_out_even_where_a_template_asks_for_it(desk: Desk, home: Path) -> None:
    ledger = catalog.BY_KIND["petition_ledger"]
    assert ledger.template is not None
    workbook = load_workbook(ledger.template.shipped())
    workbook["信访台账"]["E3"] = "反映人信息"
    own = home / "templates"
    own.mkdir(parents=True, exist_ok=True)
    workbook.save(own / ledger.template.file)
    add(desk, "petition", subject="虚构事由", reporter="某反映人")
    (row,) = read_rows(desk.export("petition_ledger"), "信访台账")
    assert row["反映人信息"] is None
    assert row["事由"] == "虚构事由"


def test_the_ledger_of_talks_names_nobody_and_keeps_what_is_for_the_leader(desk: Desk) -> None:
    said = [{"topic": "style", "summary": "作风拖沓", "persons": "某乙"}]
    who = [{"name": "某甲", "unit": "虚构站", "post": "站长"}]
    add(desk, "interview", held_on="2031-03-01", summaries=said, persons=who, secrecy="normal", on_leadership="good")
    add(desk, "interview", held_on="2031-03-02", summaries=said, persons=who, secrecy="leader", on_leadership="good")
    file = desk.export("interview_ledger")
    rows = read_rows(file, "谈话台账")
    assert [row["谈话摘要"] for row in rows] == ["作风和服务：作风拖沓", "（仅组长）"]
    assert rows[0]["对班子评价"] != rows[1]["对班子评价"] == "（仅组长）"
    cells = [str(cell.value) for line in load_workbook(file)["谈话台账"].iter_rows() for cell in line]
    assert not [cell for cell in cells if any(name in cell for name in ("某甲", "某乙", "虚构站", "站长"))]


def test_too_small_a_poll_or_question_gives_no_tally(desk: Desk) -> None:
    desk.set("round", next(iter(records.options(desk.store, "round"))), smallest_group=10)
    few = {"first": 4, "fourth": 5}
    questions = [{"question": "大题", **_VOTES}, {"question": "小题", **few}]
    add(desk, "poll", name="大测评", held_on="2031-03-01", scale="grade", issued=31, returned=30, valid=30,
        questions=questions)  # fmt: skip
    add(desk, "poll", name="小测评", held_on="2031-03-02", scale="grade", issued=9, returned=9, valid=9,
        questions=[{"question": "小测评的题", **few}])  # fmt: skip
    add(desk, "poll", name="没填有效票", held_on="2031-03-03", scale="grade", questions=[{"question": "题", **_VOTES}])
    file = desk.export("poll_ledger")
    (shown,) = read_rows(file, "各题统计")
    assert (shown["题目"], shown["好／满意（票）"], shown["好／满意（占比）"]) == ("大题", 20, "68.97%")
    assert [row["说明"] is not None for row in read_rows(file, "测评情况")] == [True, True, True]
    assert load_workbook(file, data_only=True)["测评情况"]["I7"].value == 39
    left_out = [finding.text for finding in desk.check("poll_ledger").findings if finding.kind == "left_out"]
    assert len(left_out) == 3


def test_the_ledger_of_the_checklist_counts_what_covers_each_item(desk: Desk) -> None:
    first, second = checklists.lines(desk.store, desk.inspection)[:2]
    paper = desk.add_paper(check_items=[first.item])
    add(desk, "petition", subject="虚构事由", check_items=[first.item])
    add(desk, "borrowing", name="虚构资料", check_items=[second.item])
    file = desk.export("checklist_ledger")
    rows = read_rows(file, "清单完成情况")
    lines = checklists.lines(desk.store, desk.inspection)
    assert [row["事项编号"] for row in rows] == [line.code for line in lines]
    one, two = rows[:2]
    assert (one["底稿"], one["信访"], one["调阅"], one["是否覆盖"]) == (1, 1, 0, "是")
    assert (two["底稿"], two["信访"], two["调阅"], two["是否覆盖"]) == (0, 0, 1, "是")
    assert {row["是否覆盖"] for row in rows[2:]} == {"否"}
    (covering,) = read_rows(file, "底稿覆盖")
    assert (covering["对应事项编号"], covering["对应事项数"]) == (first.code, 1)
    assert covering["底稿编号"] == one["底稿编号"] == records.load(desk.store, "paper", paper).values["official_number"]
    assert any(f"{len(lines) - 2} 项" in finding.text for finding in desk.check("checklist_ledger").findings)
