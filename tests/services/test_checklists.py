"""清单: what came of each item, how far it is, and what is still wanted."""

import pytest

from tests.support.journal_rows import batches
from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import checklist_groups, checklists, papers, records
from xuncha_desktop.services.checklists import Line, Wanted
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def lines(store: Store, **wanted: object) -> list[Line]:
    return checklists.lines(store, the_inspection(store), Wanted(**wanted))  # type: ignore[arg-type]


def test_setting_several_states_is_one_action_that_names_who_checked(store: Store) -> None:
    chosen = [line.result for line in lines(store)[:3]]
    before = len(batches(store))
    checklists.set_state(store, chosen, "clean")
    assert [batch.label for batch in batches(store)[before:]] == ["3 项清单事项标为“未发现问题”"]
    assert [(line.state, line.member) for line in lines(store)[:4]] == [("clean", "甲虚构")] * 3 + [("open", "")]
    undo.undo(store)
    assert {line.state for line in lines(store)} == {"open"}


def test_going_back_to_the_start_forgets_who_checked(store: Store) -> None:
    first = lines(store)[0].result
    checklists.set_state(store, [first], "found")
    checklists.set_state(store, [first], "open")
    assert lines(store)[0].member == ""


def test_an_unknown_state_is_refused_and_nothing_is_written(store: Store) -> None:
    with pytest.raises(UserError, match="没有“maybe”这种核查状态"):
        checklists.set_state(store, [lines(store)[0].result], "maybe")
    assert {line.state for line in lines(store)} == {"open"}


@pytest.mark.parametrize(
    ("state", "note", "done"),
    [
        ("open", "看过了", False),
        ("checking", "", False),
        ("clean", "", True),
        ("found", "", True),
        ("not_applicable", "", False),
        ("not_applicable", " \n", False),
        ("not_applicable", "无此类事项", True),
        ("not_checked", "", False),
        ("not_checked", "台账被借走", True),
    ],
)
def test_an_item_is_done_when_found_out_or_set_aside_with_a_reason(
    store: Store, state: str, note: str, done: bool
) -> None:
    first = lines(store)[0]
    checklists.set_state(store, [first.result], state)
    records.edit(store, "check_result", first.result, {"note": note})
    tally = checklists.tally(store, the_inspection(store))
    assert (lines(store)[0].done, tally.done) == (done, int(done))
    assert tally.left == tally.total - int(done)


def test_the_tally_counts_must_items_apart_and_names_the_areas_in_order(store: Store) -> None:
    every = lines(store)
    must = [line.result for line in every if line.must]
    checklists.set_state(store, must[1:], "clean")
    tally = checklists.tally(store, the_inspection(store))
    assert (tally.total, tally.done, tally.must_left) == (len(every), len(must) - 1, 1)
    assert tally.areas == tuple(dict.fromkeys(line.area for line in every))


def test_an_inspection_without_a_checklist_has_nothing_to_do(store: Store) -> None:
    assert checklists.tally(store, "") == checklists.Tally()
    assert checklists.lines(store, "") == []


def test_items_are_kept_to_state_area_must_and_words(store: Store) -> None:
    every = lines(store)
    checklists.set_state(store, [every[1].result], "checking")
    area = every[2].area
    assert [line.result for line in lines(store, states=("checking",))] == [every[1].result]
    assert {line.area for line in lines(store, areas=(area,))} == {area}
    assert lines(store, must=True) == [line for line in lines(store) if line.must]
    assert [line.code for line in lines(store, text=f"{every[3].code} {every[3].area}")] == [every[3].code]
    assert lines(store, text="绝无此词") == []


@pytest.mark.parametrize("sort", ["code", "area", "state", "must"])
def test_items_are_ordered_by_a_column_both_ways(store: Store, sort: str) -> None:
    checklists.set_state(store, [lines(store)[4].result], "found")
    order = ["open", "checking", "clean", "found"]

    def key(line: Line) -> object:
        return order.index(line.state) if sort == "state" else getattr(line, sort)

    up, down = lines(store, sort=sort), lines(store, sort=sort, descending=True)
    assert [key(line) for line in up] == sorted(key(line) for line in up)  # type: ignore[type-var]
    assert [key(line) for line in down] == [key(line) for line in reversed(up)]


def test_items_are_ordered_by_who_checked_them_and_by_their_papers(store: Store) -> None:
    [first, second, third, *_] = lines(store)
    yi, jia = sorted(
        records.options(store, "member"), key=lambda member: records.titles(store, "member", [member])[member]
    )
    for line, member in ((first, yi), (second, jia)):
        records.edit(store, "check_result", line.result, {"member": member})
    add_paper(store, "写到此项", check_items=(third.item,))
    assert [line.member for line in lines(store, sort="member")][-2:] == ["甲虚构", "乙虚构"]  # by pinyin
    assert [line.code for line in lines(store, sort="papers", descending=True)][:2] == [third.code, first.code]
    focus = [line.focus for line in lines(store, sort="focus")]
    assert focus == sorted(focus, key="一二三四".index)


def test_items_stand_in_groups_in_the_order_of_their_value(store: Store) -> None:
    every = lines(store)
    checklists.set_state(store, [every[7].result], "clean")
    checklists.set_state(store, [every[2].result, every[5].result], "checking")
    by_code = lines(store, sort="code", descending=True)

    def told(name: str) -> list[tuple[str, list[str]]]:
        return [(words, [line.code for line in found]) for words, found in checklist_groups.grouped(by_code, name)]

    codes = [line.code for line in by_code]
    left = [code for code in codes if code not in (every[7].code, every[2].code, every[5].code)]
    states = [("未开始", left), ("核查中", [every[5].code, every[2].code]), ("未发现问题", [every[7].code])]
    assert told("state") == states
    assert [words for words, _ in told("member")] == ["", "甲虚构"]
    assert [words for words, _ in told("must")] == ["必查", "选查"]
    assert [words for words, _ in told("focus")] == ["聚焦一", "聚焦二", "聚焦三", "聚焦四"]
    assert [words for words, _ in told("area")] == list(dict.fromkeys(line.area for line in every))
    for name in checklist_groups.GROUPS:
        assert sorted(code for _, found in told(name) for code in found) == sorted(codes)


def test_an_item_knows_the_papers_that_name_it_but_not_deleted_ones(store: Store) -> None:
    first = lines(store)[0]
    kept = add_paper(store, "写到此项", check_items=(first.item,))
    gone = add_paper(store, "已删", check_items=(first.item,))
    records.delete(store, "paper", [gone])
    assert lines(store)[0].papers == ((kept, "写到此项"),)
    assert lines(store)[1].papers == ()


def test_a_paper_about_an_item_begins_with_its_type_and_names_it(store: Store) -> None:
    first = lines(store)[0]
    paper = papers.create(store, the_inspection(store), checklists.paper_values(first))
    values = records.load(store, "paper", paper).values
    assert values["check_items"] == (first.item,)
    assert records.load(store, "problem_type", values["problem_type"]).values["code"] == "A101"
    assert checklists.inspection_of(store, first.result) == the_inspection(store)
