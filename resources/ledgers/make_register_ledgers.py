"""Makes the default templates of the registers' ledgers: python -m resources.ledgers.make_register_ledgers."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.utils import get_column_letter

from resources.ledgers.ledger_page import (
    A3,
    A4,
    COUNT,
    DAY,
    TEXT,
    YES_NO,
    Title,
    choices,
    long_texts,
    set_default_font,
    table,
)
from xuncha_desktop.exports.catalog import REGISTERS
from xuncha_desktop.exports.register_ledger import ORDER, UNIT, RegisterLedger, Sheet
from xuncha_desktop.model import Field, Kind, fields

TARGET = Path(__file__).parent
_WIDTHS = {Kind.LONGTEXT: 34, Kind.TEXT: 13, Kind.AUTO: 11, Kind.REFS: 14, Kind.ENUMS: 14, Kind.DATE: 10.5, Kind.INT: 8}
_OTHERWISE = 9
# Columns that are no field, and fields whose texts are longer or shorter than their kind's.
_OWN_WIDTHS = {
    ORDER: 5, UNIT: 11, "谈话摘要": 44, "检查事项": 36, "核查情况": 30, "底稿编号": 26, "题目": 34, "事项": 20,
    "对应事项编号": 40, "问题标题": 40, "开始时间": 7, "结束时间": 7, "数量": 9, "说明": 20, "监督重点": 12, "事由": 20,
    "资料名称": 24, "测评名称": 24, "备注": 12, "问题分类": 12, "被反映人、单位、职务": 14, "底稿状态": 10,
    "缺失说明": 20, "较好／基本满意（票）": 11, "较好／基本满意（占比）": 11, "查阅结论": 26, "聚焦": 6,
    "组长批示": 18, "办结情况": 24, "渠道": 7, "署名情况": 7.5, "属受理范围": 7, "承办人": 8, "签收人": 8,
    "接收单位": 11, "对应清单事项": 11, "签发对象党组织": 11, "问题事实": 30, "整改要求": 30, "整改情况": 30,
    "报批情况": 10, "签发人": 8, "核实结果": 8, "群众满意度": 8, "销号人": 8, "仍列入报告": 7, "必查": 6, "是否办结": 6,
    "是否覆盖": 6, "状态": 8, "姓名": 8, "工作单位": 24, "职务": 18, "职级": 11, "政治面貌": 9, "专长": 18, "可抽调": 6,
    **dict.fromkeys(("底稿", "谈话", "调阅", "信访", "走访", "抽凭"), 6),
}  # fmt: skip
_COUNTS = ("底稿", "谈话", "调阅", "信访", "走访", "抽凭", "对应事项数")
_SUMMED = ("底稿", "发放（份）", "收回（份）", "有效票（份）")
_WIDE = 14


def main(folder: Path = TARGET) -> None:
    """Write the templates, beside this script unless told otherwise."""
    for ledger in REGISTERS:
        make(ledger, folder / ledger.declared.file)


def make(ledger: RegisterLedger, target: Path) -> None:
    """Write one."""
    workbook = Workbook()
    set_default_font(workbook)
    workbook.remove(workbook.worksheets[0])
    for sheet in ledger.sheets():
        made = workbook.create_sheet(sheet.name)
        titles = tuple(_title(ledger, sheet, number) for number in range(1, len(sheet.titles) + 1))
        wide = len(titles) > _WIDE
        table(made, sheet.name, titles, paper=A3 if wide else A4, size=10, header=48)
        made.auto_filter.ref = f"A3:{get_column_letter(len(titles))}4"
        made.freeze_panes = "D4"
        choices(made, titles)
    long_texts(workbook)
    workbook.save(target)


def _title(ledger: RegisterLedger, sheet: Sheet, number: int) -> Title:
    title, letter = sheet.titles[number - 1], get_column_letter(number)
    described = {field.label: field for field in fields(ledger.entity).values()}.get(title)
    kind = described.kind if described else None
    width = _OWN_WIDTHS.get(title, _WIDTHS.get(kind, _OTHERWISE) if kind else _OTHERWISE)
    total = total_format = ""
    if title == UNIT:
        total, total_format = f"=COUNTA({letter}4:{letter}4)", '0"条"'
    elif title in _SUMMED:
        total, total_format = f"=SUM({letter}4:{letter}4)", COUNT
    is_count = title == ORDER or kind is Kind.INT or title in _COUNTS or title.endswith("（票）")
    format_ = COUNT if is_count else DAY if title in sheet.dates else TEXT
    align = "center" if is_count or kind in (Kind.DATE, Kind.ENUM, Kind.BOOL) else "left"
    return Title(title, width, format_, align, _options(described, title), total, total_format)


def _options(field: Field | None, title: str) -> tuple[str, ...]:
    if (field and field.kind is Kind.BOOL) or title in ("必查", "是否办结", "是否覆盖"):
        return YES_NO
    words = tuple(field.choices.values()) if field and field.kind is Kind.ENUM and field.choices else ()
    return () if any("," in word for word in words) or len(",".join(words)) > 250 else words


if __name__ == "__main__":
    main()
