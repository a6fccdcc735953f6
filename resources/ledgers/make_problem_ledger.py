"""Makes problem_ledger.xlsx, the problem ledger's default template: python -m resources.ledgers.make_problem_ledger."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from resources.ledgers.ledger_page import (
    A3,
    A4,
    COUNT,
    DAY,
    MONEY,
    PIECES,
    YES_NO,
    Title,
    choices,
    long_texts,
    set_default_font,
    table,
)
from resources.ledgers.statistics_page import Statistics, statistics
from xuncha_desktop.model.choices import DESTINATIONS, MODES, UNIT_KINDS

TARGET = Path(__file__).with_name("problem_ledger.xlsx")
_PERSONS = '0"人次"'
DATA = (
    Title("序号", 5, COUNT, "center"),
    Title("底稿编号", 13, total="=COUNTA(N4:N4)", total_format=PIECES),
    Title("届次", 6, align="center"),
    Title("轮次", 6, align="center"),
    Title("巡察组", 8, align="center"),
    Title("被巡察党组织", 13),
    Title("组织类型", 8, align="center", choices=tuple(UNIT_KINDS.values())),
    Title("巡察方式", 8, align="center", choices=tuple(MODES.values())),
    Title("延伸单位（村/社区/下属）", 11),
    Title("聚焦方面", 11),
    Title("一级分类", 9),
    Title("二级分类", 9),
    Title("三级分类", 10),
    Title("问题标题", 16),
    Title("问题表述（与报告一致）", 36),
    Title("典型事例", 30),
    Title("涉及金额（万元）", 12, MONEY, "right", total="=SUM(Q4:Q4)", total_format=MONEY),
    Title("涉及人次", 9, COUNT, "right", total="=SUM(R4:R4)", total_format=_PERSONS),
    Title("发生时间段", 10),
    Title("责任主体", 10),
    Title("分管领导", 7),
    Title("责任科室", 8),
    Title("定性依据", 20),
    Title("支撑材料编号", 12),
    Title("发现方式", 8, align="center"),
    Title("承办人", 8),
    Title("审签日期", 10.5, DAY, "center"),
    Title("是否共性问题", 7, align="center", choices=YES_NO),
    Title("是否立行立改", 7, align="center", choices=YES_NO),
    Title("去向（报告/反馈/口头/线索/建议书）", 11, align="center", choices=tuple(DESTINATIONS.values())),
    Title("对应报告段落", 13),
    Title("备注", 9),
)
BRIEFING = (
    Title("序号", 5, COUNT, "center"),
    Title("被巡察\n党组织", 10.5, total="=COUNTA(E4:E4)", total_format=PIECES),
    Title("聚焦方面", 10.5),
    Title("问题分类", 12.5),
    Title("问题表述", 40),
    Title("典型事例（点人点事）", 22.5),
    Title("涉及金额（万元）", 15, MONEY, "right", total="=SUM(G4:G4)", total_format=MONEY),
    Title("责任主体", 11),
    Title("处理建议", 16),
    Title("备注", 10.5),
)

_SHARE, _AMOUNT, _PEOPLE = "0.0%", "涉及金额（万元）", "涉及人次"


def _of(title: str) -> str:
    """A column of the data."""
    letter = get_column_letter([one.text for one in DATA].index(title) + 1)
    return f"问题台账!${letter}$4:${letter}$4"


def _counted(*by: Title, rest: str = "其余问题") -> tuple[tuple[Title, ...], list[str], list[list[str]]]:
    """Columns, formulas and last lines of a sheet that counts by some columns of the data."""
    letters = [get_column_letter(len(by) + place) for place in range(1, 5)]
    count = letters[0]
    asked = ",".join(f"{_of(title.text)},{get_column_letter(place)}4" for place, title in enumerate(by, start=1))
    sums = [f"=SUMIFS({_of(title)},{asked})" for title in (_AMOUNT, _PEOPLE)]
    formulas = [""] * len(by) + [f"=COUNTIFS({asked})", _part(count, 4), *sums]
    blank = [""] * (len(by) - 1)
    left = [f"={letter}6-SUM({letter}4:{letter}4)" for letter in letters]
    lines = [
        [rest, *blank, left[0], _part(count, 5), *left[2:]],
        [
            "合计",
            *blank,
            f"=COUNTA({_of('问题标题')})",
            _part(count, 6),
            f"=SUM({_of(_AMOUNT)})",
            f"=SUM({_of(_PEOPLE)})",
        ],
    ]
    titles = (
        *by,
        Title("问题数（件）", 9, COUNT, "center"),
        Title("占比", 9, _SHARE, "center"),
        Title(_AMOUNT, 15, MONEY, "right"),
        Title(_PEOPLE, 9, COUNT, "center"),
    )
    return titles, formulas, lines


def _part(letter: str, row: int) -> str:
    return f"=IF({letter}$6=0,0,{letter}{row}/{letter}$6)"


def main(target: Path = TARGET) -> None:
    """Write the template, beside this script unless told otherwise."""
    workbook = Workbook()
    set_default_font(workbook)
    data = workbook.active
    assert isinstance(data, Worksheet)
    data.title = "问题台账"
    table(data, "巡察发现问题台账", DATA, paper=A3, size=10, header=60)
    data.auto_filter.ref = f"A3:{get_column_letter(len(DATA))}4"
    data.freeze_panes = "C4"
    choices(data, DATA)
    briefing = workbook.create_sheet("书记专题会汇报表")
    table(briefing, "巡察发现问题情况汇报表", BRIEFING, paper=A4, size=10.5, header=32)
    briefing.freeze_panes = "A4"
    by_heading = _counted(Title("聚焦方面", 34))
    counted, money = ("各聚焦方面问题数（件）", 2, "0"), ("各聚焦方面涉及金额（万元）", 4, MONEY)
    statistics(workbook, Statistics("聚焦方面统计", "问题按聚焦方面统计", *by_heading, (counted, money)))
    by_type = _counted(Title("一级分类", 26), Title("二级分类", 14))
    counted = (("各类问题数（件）", 3, "0"),)
    statistics(workbook, Statistics("问题分类统计", "问题按分类统计", *by_type, counted, labels=2))
    by_department = _counted(Title("责任科室", 30), rest="其余及未填责任科室")
    counted = (("各责任科室问题数（件）", 2, "0"),)
    statistics(workbook, Statistics("责任科室统计", "问题按责任科室统计", *by_department, counted))
    long_texts(workbook)
    workbook.save(target)


if __name__ == "__main__":
    main()
