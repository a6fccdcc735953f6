"""Groups of a list: in the order of their field, each in the order of the list, whatever kind of value they share."""

from tests.support.journal_rows import new_paper
from xuncha_desktop.services import lists, records
from xuncha_desktop.services.lists import Query
from xuncha_desktop.store.store import Store


def test_groups_stand_in_the_order_of_the_closed_list_and_hold_the_lists_order(store: Store) -> None:
    states = ("returned", "draft", "approved", "draft", "review")
    papers = [new_paper(store, title=f"问题{number}", state=state) for number, state in enumerate(states)]
    groups = lists.grouped(store, Query("paper", sort="title", descending=True), "state")
    assert groups == [
        ("草稿", [papers[3], papers[1]]),
        ("待复核", [papers[4]]),
        ("已审签", [papers[2]]),
        ("退回", [papers[0]]),
    ]


def test_groups_of_references_stand_in_the_order_of_what_they_name(store: Store) -> None:
    types = lists.ids(store, Query("problem_type", sort="code"))
    papers = [new_paper(store, problem_type=kind) for kind in (types[5], types[2], None, types[5])]
    groups = lists.grouped(store, Query("paper"), "problem_type")
    called = records.titles(store, "problem_type", [types[2], types[5]])
    assert groups == [
        ("", [papers[2]]),
        (called[types[2]], [papers[1]]),
        (called[types[5]], [papers[3], papers[0]]),
    ]


def test_a_group_holds_what_reads_alike(store: Store) -> None:
    same = [new_paper(store, dated=day) for day in ("2031-03-20", "2031-03-20", "2030-01-05")]
    groups = lists.grouped(store, Query("paper"), "dated")
    assert [ids for _, ids in groups] == [[same[2]], [same[1], same[0]]]
