"""What others changed in a ledger: found, judged by who changed what since the export, taken as one step."""

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl.worksheet.worksheet import Worksheet

from tests.support.desk import Desk
from tests.support.returned import FIRST, HEADER, cell, compared, edited, only, place, put, told
from tests.support.set_texts import RICH
from xuncha_desktop import rich
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.returned.changes import Plan
from xuncha_desktop.exports.returned.comparing import take
from xuncha_desktop.services import conflicts, papers, records
from xuncha_desktop.store import undo

Edit = Callable[[Worksheet], object]


@pytest.fixture
def paper(desk: Desk) -> str:
    """One approved paper with what a ledger shows."""
    return desk.add_paper(
        official_number="〔2031〕09-01-09-XGZ-DG-001",
        title="会议费报销不合规",
        overview="涉及资金38.20万元。",
        amount=38_200_000,
        people=12,
        period_from="2029-03-01",
        period_to="2030-05-31",
        destination="report",
        signed_on="2031-04-01",
        parties=[{"kind": "main", "name": "虚构镇党委"}, {"kind": "direct", "name": "虚构镇财政所"}],
    )


def sent_back(desk: Desk, paper: str) -> None:
    papers.send_back(desk.store, paper, "按台账修改")


def values(desk: Desk, paper: str) -> dict[str, Any]:
    return records.load(desk.store, "paper", paper).values


def after(desk: Desk, paper: str, change: Edit) -> Plan:
    """What an edit comes to once the paper may be written again."""
    file = edited(desk.export("ledger"), change)
    sent_back(desk, paper)
    return compared(desk.store, file)


def test_an_untouched_ledger_says_nothing_new(desk: Desk, paper: str) -> None:
    plan = compared(desk.store, desk.export("ledger"))
    assert (plan.changes, plan.left_rows, plan.missing, plan.unknown, plan.absent) == ([], [], [], [], [])
    assert plan.compared == 1
    assert plan.exported_at is not None
    assert compared(desk.store, edited(desk.export("ledger"), lambda sheet: None)).changes == []


@pytest.mark.parametrize(
    ("title", "said", "field", "value"),
    [
        ("问题标题", "会议费报销不合规定", "title", "会议费报销不合规定"),
        ("问题表述（与报告一致）", "涉及资金39.20万元。", "overview", "涉及资金39.20万元。"),
        ("典型事例", "虚构的事例", "typical_case", "虚构的事例"),
        ("涉及金额（万元）", 39.2, "amount", 39_200_000),
        ("涉及金额（万元）", "１，２３９.２０", "amount", 1_239_200_000),
        ("涉及金额（万元）", None, "amount", None),
        ("涉及人次", "13人次", "people", 13),
        ("发生时间段", "2029年4月至2030年5月", "period_from", "2029-04-01"),
        ("分管领导", "虚构甲", "leader_in_charge", "虚构甲"),
        ("是否共性问题", "是", "common", True),
        ("去向（报告/反馈/口头/线索/建议书）", "建议书", "destination", "recommendation"),
        ("发现方式", "查阅资料、信访", "sources", ("documents", "petition")),
        ("备注", "=1+1 不是公式", "note", "=1+1 不是公式"),
    ],
)
def test_a_change_is_read_for_its_field_and_taken(
    desk: Desk, paper: str, title: str, said: Any, field: str, value: Any
) -> None:
    def change(sheet: Worksheet) -> None:
        found = cell(sheet, FIRST, place(sheet, title))
        found.value = said
        if isinstance(said, str):
            found.data_type = "s"

    plan = after(desk, paper, change)
    assert only(plan).state == "clean"
    assert take(desk.store, plan, plan.changes) == "已采用台账里的 1 处修改"
    assert values(desk, paper)[field] == value


def test_lists_tables_and_bold_words_stay_where_a_cell_changes_only_words(desk: Desk, paper: str) -> None:
    desk.set("paper", paper, overview=RICH)
    assert compared(desk.store, desk.export("ledger")).changes == []
    title = "问题表述（与报告一致）"
    words = rich.plain(RICH).replace("乙", "乙改").replace("12", "13")
    plan = after(desk, paper, put(title, words))
    assert take(desk.store, plan, [only(plan)]) == "已采用台账里的 1 处修改"
    assert values(desk, paper)["overview"] == RICH.replace("乙", "乙改").replace("12", "13")


def test_the_names_of_people_and_types_are_understood(desk: Desk, paper: str) -> None:
    with desk.store.read() as session:
        kind = records.find(session, "problem_type", desk.type("C102"))
    first = next(iter(records.options(desk.store, "member").values()))

    def change(sheet: Worksheet) -> None:
        put("三级分类", kind.name)(sheet)
        put("二级分类", kind.level2)(sheet)
        put("一级分类", kind.level1_name)(sheet)
        put("承办人", first)(sheet)
        put("责任主体", "虚构镇党委、虚构镇人民政府、虚构村")(sheet)

    plan = after(desk, paper, change)
    assert [change.column for change in plan.changes] == ["三级分类", "责任主体", "承办人"]
    take(desk.store, plan, plan.changes)
    now = values(desk, paper)
    assert now["problem_type"] == desk.type("C102")
    assert len(now["handlers"]) == 1
    assert [(row["kind"], row["name"]) for row in now["parties"]] == [
        ("main", "虚构镇党委"),
        ("", "虚构镇人民政府"),
        ("", "虚构村"),
    ]


def test_a_body_put_in_place_of_another_keeps_its_responsibility(desk: Desk, paper: str) -> None:
    plan = after(desk, paper, put("责任主体", "虚构镇党委、虚构镇农经站"))
    take(desk.store, plan, plan.changes)
    assert [(row["kind"], row["name"]) for row in values(desk, paper)["parties"]] == [
        ("main", "虚构镇党委"),
        ("direct", "虚构镇农经站"),
    ]


def test_another_way_of_writing_the_same_is_no_change(desk: Desk, paper: str) -> None:
    def change(sheet: Worksheet) -> None:
        put("涉及金额（万元）", "38.2000万元")(sheet)
        put("涉及人次", "１２")(sheet)
        put("发生时间段", "2029.3.1-2030.5.31")(sheet)
        put("审签日期", "2031-04-01")(sheet)
        put("是否共性问题", "不是")(sheet)

    assert told(after(desk, paper, change)) == []


def test_a_signed_paper_is_not_changed_before_it_is_sent_back(desk: Desk, paper: str) -> None:
    file = edited(desk.export("ledger"), put("问题标题", "新的标题"))
    change = only(plan := compared(desk.store, file))
    assert (change.state, change.takeable) == ("locked", False)
    assert change.why == "底稿已是“已审签”，要采用请先退回修改，再读一次"
    with pytest.raises(UserError, match="不能采用"):
        take(desk.store, plan, [change])
    sent_back(desk, paper)
    before = compared(desk.store, file)
    papers.approve(desk.store, [paper])
    with pytest.raises(UserError, match="已是“已审签”，内容已锁定；请先由组长退回修改"):
        take(desk.store, before, before.changes)
    assert values(desk, paper)["title"] == "会议费报销不合规"


@pytest.mark.parametrize(
    ("title", "said", "why"),
    [
        ("底稿编号", "XGZ-9", "由程序编定"),
        ("审签日期", "2031-04-02", "由程序编定或在办理中记入"),
        ("被巡察党组织", "别的镇", "请到“任务”“轮次”里改"),
        ("支撑材料编号", "ZJ-9", "请到底稿里改引用"),
        ("二级分类", "另一类", "请改“三级分类”"),
    ],
)
def test_what_the_program_computes_is_told_and_not_taken(
    desk: Desk, paper: str, title: str, said: str, why: str
) -> None:
    change = only(after(desk, paper, put(title, said)))
    assert (change.state, change.paper) == ("fixed", paper)
    assert why in change.why


@pytest.mark.parametrize(
    ("title", "said", "why"),
    [
        ("涉及金额（万元）", "约三万", "应为金额，如 12.5；现在写的是“约三万”"),
        ("问题标题", None, "是必填的，不能清空"),
        ("承办人", "无名氏", "案卷里没有名为“无名氏”的成员"),
        ("三级分类", "没有的分类", "案卷里没有名为“没有的分类”的问题分类"),
        ("涉及人次", "=1+1", "是公式，文件里没有存算出的结果；请在 Excel 或 WPS 里打开、保存一次再导入"),
    ],
)
def test_a_cell_that_says_nothing_is_named_by_its_place(
    desk: Desk, paper: str, title: str, said: Any, why: str
) -> None:
    change = only(after(desk, paper, put(title, said)))
    assert (change.state, change.why) == ("unreadable", why)
    assert change.sentence.startswith(f"第4行“{title}”")


def test_what_the_case_changed_meanwhile_is_a_conflict_only_where_the_file_changed_too(desk: Desk, paper: str) -> None:
    file = edited(desk.export("ledger"), put("问题标题", "文件里的标题"))
    sent_back(desk, paper)
    papers.edit(desk.store, paper, {"title": "案卷里的标题", "note": "案卷里的备注"})
    change = only(plan := compared(desk.store, file))
    assert (change.state, change.printed, change.now, change.new) == (
        "conflict",
        "会议费报销不合规",
        "案卷里的标题",
        "文件里的标题",
    )
    take(desk.store, plan, [change])
    assert values(desk, paper)["title"] == "文件里的标题"
    assert values(desk, paper)["note"] == "案卷里的备注"


def test_a_value_written_while_the_changes_were_looked_at_stays_beside_the_one_taken(desk: Desk, paper: str) -> None:
    plan = after(desk, paper, put("问题标题", "文件里的标题"))
    papers.edit(desk.store, paper, {"title": "别人刚写的标题"})
    take(desk.store, plan, plan.changes)
    [conflict] = conflicts.of_record(desk.store, "paper", paper)
    assert {version.value for version in conflict.versions} == {"文件里的标题", "别人刚写的标题"}


def test_all_chosen_changes_are_taken_back_by_one_undo(desk: Desk, paper: str) -> None:
    other = desk.add_paper(title="第二个问题", official_number="〔2031〕09-01-09-XGZ-DG-002")

    def change(sheet: Worksheet) -> None:
        put("问题标题", "甲")(sheet)
        put("责任主体", "虚构村")(sheet)
        put("问题标题", "乙", FIRST + 1)(sheet)

    file = edited(desk.export("ledger"), change)
    sent_back(desk, paper)
    sent_back(desk, other)
    before = [values(desk, one) for one in (paper, other)]
    plan = compared(desk.store, file)
    take(desk.store, plan, plan.changes)
    assert [values(desk, one)["title"] for one in (paper, other)] == ["甲", "乙"]
    undone = undo.undo(desk.store)
    assert undone is not None
    assert (undone.label, undone.kept) == ("采用台账里的 3 处修改", ())
    assert [values(desk, one) for one in (paper, other)] == before


def test_only_what_was_chosen_is_taken(desk: Desk, paper: str) -> None:
    def change(sheet: Worksheet) -> None:
        put("问题标题", "甲")(sheet)
        put("备注", "乙")(sheet)

    plan = after(desk, paper, change)
    take(desk.store, plan, plan.changes[1:])
    assert (values(desk, paper)["title"], values(desk, paper)["note"]) == ("会议费报销不合规", "乙")
    with pytest.raises(UserError, match="没有选"):
        take(desk.store, plan, [])


def moved(sheet: Worksheet) -> None:
    """Columns and rows in the opposite order, as sorting and dragging leave them."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(HEADER, FIRST + 2)]
    for row, cells in enumerate([rows[0], *reversed(rows[1:])], HEADER):
        for column, value in enumerate(reversed(cells), 1):
            cell(sheet, row, column).value = value


@pytest.fixture
def three(desk: Desk) -> list[str]:
    return [
        desk.add_paper(
            title=f"问题{mark}", overview=f"概述{mark}", official_number=f"DG-{number:03}", amount=number * 100
        )
        for number, mark in enumerate("甲乙丙", 1)
    ]


def test_sorted_rows_and_moved_columns_are_no_change(desk: Desk, three: list[str]) -> None:
    plan = compared(desk.store, edited(desk.export("ledger"), moved))
    assert (told(plan), plan.left_rows, plan.missing, plan.compared) == ([], [], [], 3)


def test_filtered_rows_count_deleted_and_added_ones_are_told(desk: Desk, three: list[str]) -> None:
    def change(sheet: Worksheet) -> None:
        sheet.row_dimensions[FIRST].hidden = True
        sheet.column_dimensions["N"].hidden = True
        put("问题标题", "问题甲改")(sheet)
        for title in ("底稿编号", "问题标题", "问题表述（与报告一致）"):
            put(title, f"新的{title}", FIRST + 1)(sheet)

    plan = compared(desk.store, edited(desk.export("ledger"), change))
    assert told(plan) == [("locked", "问题标题", "问题甲", "问题甲改")]
    assert [(left.row, left.why) for left in plan.left_rows] == [
        (FIRST + 1, "认不出是哪份底稿；新增的问题请到“导入”里导入问题底稿")
    ]
    assert plan.missing == [("DG-002", "问题乙")]


def test_a_row_whose_number_was_changed_is_known_by_what_it_says(desk: Desk, three: list[str]) -> None:
    plan = compared(desk.store, edited(desk.export("ledger"), put("底稿编号", "DG-900", FIRST + 1)))
    change = only(plan)
    assert (change.state, change.column, change.paper) == ("fixed", "底稿编号", three[1])
    assert plan.left_rows == plan.missing == []


def test_of_two_rows_with_one_number_the_likest_is_the_paper(desk: Desk, three: list[str]) -> None:
    def copied(sheet: Worksheet) -> None:
        for title in ("底稿编号", "问题标题", "问题表述（与报告一致）"):
            put(title, sheet.cell(FIRST, place(sheet, title)).value, FIRST + 2)(sheet)

    plan = compared(desk.store, edited(desk.export("ledger"), copied))
    assert told(plan) == []
    assert [(left.row, left.why) for left in plan.left_rows] == [(FIRST + 2, "与第4行是同一份底稿")]
    assert plan.missing == [("DG-003", "问题丙")]


def test_numbers_filled_in_anew_beside_rows_that_moved_do_not_mix_the_papers_up(desk: Desk, three: list[str]) -> None:
    def renumbered(sheet: Worksheet) -> None:
        moved(sheet)
        column = next(found.column for found in sheet[HEADER] if found.value == "底稿编号")
        for row in range(FIRST, FIRST + 3):
            cell(sheet, row, column).value = f"DG-{row - FIRST + 1:03}"

    plan = compared(desk.store, edited(desk.export("ledger"), renumbered))
    assert [(change.state, change.column, change.now, change.new) for change in plan.changes] == [
        ("fixed", "底稿编号", "DG-003", "DG-001"),
        ("fixed", "底稿编号", "DG-001", "DG-003"),
    ]


def test_columns_put_in_left_out_and_renamed_are_told(desk: Desk, three: list[str]) -> None:
    def change(sheet: Worksheet) -> None:
        cell(sheet, HEADER, place(sheet, "典型事例")).value = "领导批示"
        cell(sheet, FIRST, place(sheet, "领导批示")).value = "已阅"
        cell(sheet, HEADER, place(sheet, "问题标题")).value = "问题名称"
        cell(sheet, HEADER, place(sheet, "涉及金额（万元）")).value = "涉及金额（元）"
        for row in itertools.count(FIRST):
            if not cell(sheet, row, 2).value:
                break
            cell(sheet, row, place(sheet, "涉及金额（元）")).value = row - FIRST + 1

    plan = compared(desk.store, edited(desk.export("ledger"), change))
    assert told(plan) == []
    assert plan.unknown == ["P列“领导批示”"]
    assert plan.absent == ["典型事例"]
    assert plan.notes[0] == "“问题名称”列按“问题标题”读"


def test_a_paper_deleted_meanwhile_is_told(desk: Desk, three: list[str]) -> None:
    file = desk.export("ledger")
    records.delete(desk.store, "paper", [three[0]])
    plan = compared(desk.store, file)
    assert [(left.row, left.why) for left in plan.left_rows] == [(FIRST, "这份底稿在案卷里已删除")]
    assert plan.missing == []


def test_a_ledger_whose_export_is_not_known_is_compared_two_ways_and_says_so(desk: Desk, three: list[str]) -> None:
    def unmarked(sheet: Worksheet) -> None:
        sheet.defined_names.clear()
        put("问题标题", "问题甲改")(sheet)
        put("被巡察党组织", "别的镇")(sheet)

    file = edited(desk.export("ledger"), unmarked)
    sent_back(desk, three[0])
    plan = compared(desk.store, file)
    change = only(plan)
    assert (change.state, change.printed, change.now, change.new) == ("unsure", None, "问题甲", "问题甲改")
    assert "分不清是文件里改的还是案卷后来改的" in plan.remarks()[0]
    take(desk.store, plan, [change])
    assert values(desk, three[0])["title"] == "问题甲改"


def test_the_mark_stays_when_the_sheet_is_copied_into_another_workbook(desk: Desk, three: list[str]) -> None:
    def renamed(sheet: Worksheet) -> None:
        sheet.title = "台账（局里改）"
        assert sheet.parent is not None
        sheet.parent.move_sheet(sheet, 2)
        put("问题标题", "问题甲改")(sheet)

    plan = compared(desk.store, edited(desk.export("ledger"), renamed))
    assert plan.exported_at is not None
    assert told(plan) == [("locked", "问题标题", "问题甲", "问题甲改")]


def test_merged_cells_say_the_same_for_every_row_they_cover(desk: Desk, three: list[str]) -> None:
    def merge(sheet: Worksheet) -> None:
        column = place(sheet, "被巡察党组织")
        sheet.merge_cells(start_row=FIRST, end_row=FIRST + 2, start_column=column, end_column=column)
        sheet.merge_cells(start_row=FIRST, end_row=FIRST, start_column=21, end_column=22)

    plan = compared(desk.store, edited(desk.export("ledger"), merge))
    assert told(plan) == []


def test_other_lists_and_other_sheets_are_refused_or_named(desk: Desk, three: list[str], tmp_path: Path) -> None:
    with pytest.raises(UserError, match="里没有问题台账"):
        compared(desk.store, desk.export("borrowing_ledger", draft=True))
    word = tmp_path / "报告.docx"
    word.write_bytes(b"")
    with pytest.raises(UserError, match="不是 xlsx 格式"):
        compared(desk.store, word)
    with pytest.raises(UserError, match="读不出“没有"):
        compared(desk.store, tmp_path / "没有.xlsx")
    assert compared(desk.store, desk.export("ledger")).notes == [
        "这些表没有读，其中的修改不会采用：书记专题会汇报表、聚焦方面统计、问题分类统计、责任科室统计"
    ]
