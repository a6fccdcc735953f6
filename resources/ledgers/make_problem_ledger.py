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
    Title("问题表述", 42),
    Title("典型事例（点人点事）", 22.5),
    Title("涉及金额（万元）", 13, MONEY, "right", total="=SUM(G4:G4)", total_format=MONEY),
    Title("责任主体", 11),
    Title("处理建议", 16),
    Title("备注", 10.5),
)


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
    long_texts(workbook)
    workbook.save(target)


if __name__ == "__main__":
    main()
