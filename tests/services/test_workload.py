"""What each member has on the table, and how far each unit is."""

from datetime import date

from tests.support.field_desk import members
from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.services import checklists, inspections, records, workbench
from xuncha_desktop.services.figures import Figure
from xuncha_desktop.services.workload import Line, Table
from xuncha_desktop.store.store import Store

DAY = date(2031, 3, 23)


def overview(store: Store) -> workbench.Overview:
    return workbench.overview(store, the_inspection(store), DAY)


def add(store: Store, entity: str, **values: object) -> str:
    return records.create(store, entity, {"inspection": the_inspection(store), **values})


def numbers(line: Line) -> dict[str, int]:
    return {figure.label: figure.count for figure in line.figures if figure.count}


def cell(table: Table, name: str, column: str) -> Figure:
    line = next(line for line in table.lines if line.name == name)
    return line.figures[table.columns.index(column)]


def test_a_member_s_line_counts_papers_by_state_items_records_and_what_is_late(store: Store) -> None:
    leader, handler = members(store)
    add_paper(store, "甲")
    mine = add_paper(store, "乙", state="draft", handlers=(handler,))
    talk = add(store, "interview", talkers=(leader, handler), recorder=handler)
    add(store, "petition", subject="路灯不亮", handler=handler, due_on="2031-03-20", handling="paper")
    add(store, "petition", subject="还不晚", handler=handler, due_on="2031-03-25", handling="paper")
    add(store, "meeting", decisions=({"text": "补查合同", "member": handler, "due_on": "2031-03-22"},))
    add(store, "visit", visitors=(leader,), requests=({"request": "接水", "due_on": "2031-03-21"},))
    item = checklists.lines(store, the_inspection(store))[0].result
    store.actor = handler
    checklists.set_state(store, [item], "checking")
    table = overview(store).members
    assert [(line.key, line.name, line.detail) for line in table.lines] == [
        (leader, "甲虚构", "组长"),
        (handler, "乙虚构", "组员"),
        ("", "没有指定", "没有写明成员的"),
    ]
    leads, handles, nobody = table.lines
    assert numbers(leads) == {"逾期": 1, "底稿": 1, "已审签": 1, "谈话": 1, "走访": 1}
    assert numbers(handles) == {
        "逾期": 2,
        "底稿": 2,
        "草稿": 1,
        "已审签": 1,
        "核查中事项": 1,
        "谈话": 1,
        "信访": 2,
    }
    assert numbers(nobody) == {"组务会": 1}
    assert cell(table, "乙虚构", "草稿").records == (mine,)
    assert cell(table, "乙虚构", "谈话").records == (talk,)
    assert cell(table, "乙虚构", "核查中事项").records == (item,)
    assert [due.title for due in cell(table, "乙虚构", "逾期").due] == ["路灯不亮", "补查合同"]


def test_columns_in_which_nobody_has_anything_are_left_out(store: Store) -> None:
    assert overview(store).members.columns == ("逾期", "底稿")
    add(store, "voucher", checker=members(store)[0])
    assert overview(store).members.columns == ("逾期", "底稿", "抽凭")


def test_papers_of_a_member_who_is_gone_are_in_nobody_s_charge(store: Store) -> None:
    handler = members(store)[1]
    paper = add_paper(store, "甲", handlers=(handler,))
    records.delete(store, "member", [handler])
    table = overview(store).members
    assert [line.name for line in table.lines] == ["甲虚构", "没有指定"]
    assert cell(table, "没有指定", "底稿").records == (paper,)


def test_each_inspection_has_a_line_with_its_own_numbers(store: Store) -> None:
    first = the_inspection(store)
    village = next(iter(records.options(store, "unit", code="WMC")))
    other = inspections.start(store, [village], {"mode": "village"})[0]
    add_paper(store, "甲", inspection=first)
    draft = add_paper(store, "乙", state="draft", inspection=other)
    records.create(store, "visit", {"inspection": other, "place": "三组"})
    records.create(store, "quick_fix", {"inspection": other, "title": "修桥", "due_on": "2031-03-01"})
    must = sum(line.must for line in checklists.lines(store, other))
    table = workbench.overview(store, first, DAY).units
    here, there = table.lines
    assert [(line.key, line.name, line.detail) for line in (here, there)] == [
        (first, "虚构镇党委 · 常规巡察", "驻点第 23 天，还有 39 天"),
        (other, "无名村党支部 · 村（社区）延伸巡察", "还没有填进驻日期"),
    ]
    assert numbers(there) == {
        "逾期": 1,
        "底稿": 1,
        "缺内容": 1,
        "必查未开始": must,
        "走访": 1,
        "立行立改": 1,
    }
    assert {figure.inspection for figure in there.figures if not figure.due} == {other}
    assert cell(table, there.name, "缺内容").records == (draft,)
