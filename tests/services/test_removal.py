"""删除: only what nothing else needs, and a refusal says what needs it."""

import pytest

from tests.support.journal_rows import batches
from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import cases, checklists, lists, members, removal
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def unit(store: Store, code: str) -> str:
    return lists.ids(store, lists.Query("unit", {"code": code}))[0]


def test_an_inspection_nobody_has_begun_goes_and_comes_back(store: Store) -> None:
    removal.delete(store, "inspection", [the_inspection(store)])
    assert lists.count(store, lists.Query("inspection")) == 0
    undo.undo(store)
    assert lists.count(store, lists.Query("inspection")) == 1


def test_an_inspection_with_papers_stays_and_the_refusal_counts_them(store: Store) -> None:
    for title in "甲乙":
        add_paper(store, title)
    before = len(batches(store))
    with pytest.raises(UserError, match="“虚构镇党委”还有2 条证据、2 条问题底稿，不能删除"):
        removal.delete(store, "inspection", [the_inspection(store)])
    assert len(batches(store)) == before


def test_an_inspection_whose_checklist_was_begun_stays(store: Store) -> None:
    first = checklists.lines(store, the_inspection(store))[0].result
    checklists.set_state(store, [first], "clean")
    with pytest.raises(UserError, match="核查结果，不能删除"):
        removal.delete(store, "inspection", [the_inspection(store)])


def test_a_unit_stays_while_it_is_inspected_or_stands_above_another(store: Store) -> None:
    with pytest.raises(UserError, match="还有1 条巡察任务、1 条被巡察党组织"):
        removal.delete(store, "unit", [unit(store, "XGZ")])
    removal.delete(store, "unit", [unit(store, "WMC")])
    assert lists.count(store, lists.Query("unit")) == 1


def test_a_round_is_needed_by_team_and_inspection_but_not_by_its_own_deadlines(store: Store) -> None:
    found = lists.ids(store, lists.Query("round"))[0]
    with store.read() as session:
        assert removal.users(session, "round", found) == {"巡察任务": 1, "巡察组": 1}


def test_a_member_who_handles_papers_stays(store: Store) -> None:
    add_paper(store, "甲")
    handler = cases.members(store)[1][0].id
    with pytest.raises(UserError, match="“乙虚构”还有1 条问题底稿"):
        removal.delete(store, "member", [handler])


def test_the_person_goes_with_the_member(store: Store) -> None:
    made = members.create(store, {"name": "丙虚构"}, "BXG")
    removal.delete(store, "member", [made])
    assert lists.count(store, lists.Query("inspector")) == 2
    undo.undo(store)
    assert lists.count(store, lists.Query("inspector")) == 3
