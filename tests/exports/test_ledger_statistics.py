"""The sheets of the problem ledger that count: right numbers, written with their formulas and drawn at once."""

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from tests.exports.excel.own_templates import parts
from tests.support.desk import Desk
from tests.support.sound_files import unsound
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import export_data

DATA, HEADINGS, TYPES, DEPARTMENTS = "问题台账", "聚焦方面统计", "问题分类统计", "责任科室统计"
REST, TOTAL = {"其余问题", "其余及未填责任科室"}, "合计"
CHOSEN = ("A101", "B401", "B401", "C101", "A101", "B501", "B401")


@pytest.fixture
def papers(desk: Desk) -> list[str]:
    departments = ("财政所", "党政办", "财政所", "", "财政所", "民政办", "*")
    return [
        desk.add_paper(problem_type=desk.type(code), department=department, amount=number * 1_234_567, people=number)
        for number, (code, department) in enumerate(zip(CHOSEN, departments, strict=True), start=1)
    ]


def table(file: Path, sheet: str) -> dict[str, list[Any]]:
    """The numbers of each line by its words."""
    found = load_workbook(file, data_only=True)[sheet]
    names = 2 if sheet == TYPES else 1
    rows = [[cell.value for cell in row[: names + 4]] for row in found.iter_rows(min_row=4)]
    return {"／".join(str(name) for name in row[:names] if name): row[names:] for row in rows if any(row)}


@pytest.mark.parametrize(
    ("sheet", "titles"),
    [(HEADINGS, ["聚焦方面"]), (TYPES, ["一级分类", "二级分类"]), (DEPARTMENTS, ["责任科室"])],
)
def test_every_line_adds_up_what_stands_in_the_ledger(
    desk: Desk, papers: list[str], sheet: str, titles: list[str]
) -> None:
    file = desk.export("ledger")
    rows = read_rows(file, DATA)
    expected: dict[str, list[float]] = {}
    for row in rows:
        name = "／".join(str(row[title]) for title in titles)
        if row[titles[0]] in (None, "*"):
            name = next(iter(REST - {"其余问题"}))
        money, people = row["涉及金额（万元）"], row["涉及人次"]
        assert isinstance(money, float | int) and isinstance(people, int)
        line = expected.setdefault(name, [0, 0, 0])
        expected[name] = [line[0] + 1, line[1] + money, line[2] + people]
    shown = table(file, sheet)
    assert shown.pop(TOTAL) == pytest.approx([7, 1, 28 * 1.234567, 28])
    for name, (count, share, money, people) in shown.items():
        assert [count, money, people] == pytest.approx(expected.pop(name, [0, 0, 0]))
        assert share == pytest.approx(count / 7)
    assert expected == {}
    assert sum(line[0] for line in shown.values()) == 7


def test_all_headings_of_the_round_stand_there_in_their_order(desk: Desk, papers: list[str]) -> None:
    framework = export_data.of_inspection(desk.store, desk.inspection).framework
    file = desk.export("ledger")
    assert len(framework) > 2
    assert list(table(file, HEADINGS)) == [*framework, "其余问题", TOTAL]
    assert "0" in {str(line[0]) for line in table(file, HEADINGS).values()}


def test_groups_stand_with_the_most_frequent_first(desk: Desk, papers: list[str]) -> None:
    counts = [line[0] for name, line in table(desk.export("ledger"), TYPES).items() if name not in {*REST, TOTAL}]
    assert counts == sorted(counts, reverse=True)
    assert Counter(counts).total() == len(counts) == len({code[:2] for code in CHOSEN})


@pytest.mark.parametrize("count", [0, 1])
def test_few_papers_are_counted_as_well(desk: Desk, count: int) -> None:
    for _ in range(count):
        desk.add_paper()
    file = desk.folder / "台账.xlsx"
    catalog.export(desk.store, catalog.BY_KIND["ledger"], desk.inspection, file, draft=True, progress=Progress())
    assert unsound(file) == []
    for sheet in (HEADINGS, TYPES, DEPARTMENTS):
        assert table(file, sheet)[TOTAL] == [count, count, 0, 0]


def test_the_charts_show_what_the_tables_say(desk: Desk, papers: list[str]) -> None:
    file = desk.export("ledger")
    tables = {sheet: table(file, sheet) for sheet in (HEADINGS, TYPES, DEPARTMENTS)}
    drawn = list[tuple[str, str]]()
    for name, data in sorted(parts(file).items()):
        if not re.fullmatch(r"xl/charts/chart\d+\.xml", name):
            continue
        chart = data.decode()
        names, values = re.findall(
            r"<(?:c:)?f>'?(\w+)'?!(\$\w\$4:\$\w\$\d+)<.*?Cache>(.*?)</(?:c:)?\w+Cache>", chart, re.S
        )
        points = [dict(re.findall(r'<pt idx="(\d+)"><v>(.*?)</v>', cache)) for *_, cache in (names, values)]
        lines = [(key, line) for key, line in tables[names[0]].items() if key not in {*REST, TOTAL}]
        column = 2 if "金额" in chart else 0
        assert [key.rpartition("／")[2] for key, _ in lines] == list(points[0].values())
        assert [line[column] for _, line in lines] == pytest.approx([float(point) for point in points[1].values()])
        drawn.append((names[0], "金额" if column else "件"))
        assert "宋体" in chart and "majorGridlines" not in chart
    assert sorted(drawn) == sorted([(HEADINGS, "件"), (HEADINGS, "金额"), (TYPES, "件"), (DEPARTMENTS, "件")])


def test_what_has_no_line_of_its_own_is_told(desk: Desk, papers: list[str]) -> None:
    _, notes = catalog.export(
        desk.store, catalog.BY_KIND["ledger"], desk.inspection, desk.folder / "a.xlsx", draft=False, progress=Progress()
    )
    assert [note for note in notes if DEPARTMENTS in note] == [
        "表“责任科室统计”另有 1 项没有单独成行（至多 20 项；很长的、像数字或带 * ? = 等符号的也不单列）"
    ]


def test_each_of_these_sheets_prints_on_one_page() -> None:
    workbook = load_workbook(catalog.BY_KIND["ledger"].template.shipped())  # pyright: ignore[reportOptionalMemberAccess]
    for name in (HEADINGS, TYPES, DEPARTMENTS):
        page = workbook[name].page_setup
        assert (page.orientation, page.fitToWidth, page.fitToHeight) == ("landscape", 1, 1)
