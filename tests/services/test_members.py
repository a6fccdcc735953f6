"""成员: a person and the place in the team, made at once."""

import pytest

from tests.support.journal_rows import batches
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import inspections, lists, members, records
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def people(store: Store) -> int:
    """How many persons there are."""
    return lists.count(store, lists.Query("inspector"))


def test_a_new_member_gets_a_code_nobody_has_and_the_team(store: Store) -> None:
    first, second = (members.create(store, {"name": name}, "JXG") for name in ("金虚构", "江虚构"))
    values = [records.load(store, "member", record).values for record in (first, second)]
    assert [value["code"] for value in values] == ["JX2", "JX3"]
    assert {value["role"] for value in values} == {"handler"}
    assert values[0]["team"] == inspections.defaults(store)["team"]
    assert records.titles(store, "inspector", [members.person_of(store, first)]) == {
        members.person_of(store, first): "金虚构"
    }


def test_without_a_team_a_member_is_refused_with_the_way_out(store: Store) -> None:
    records.delete(store, "team", [inspections.defaults(store)["team"]])
    with pytest.raises(UserError, match="请先到“轮次”填写巡察组"):
        members.create(store, {"name": "丙虚构"}, "BXG")
    assert lists.count(store, lists.Query("inspector")) == 2


def test_a_name_alone_makes_a_member_that_one_undo_takes_back(store: Store) -> None:
    before = len(batches(store))
    made = members.take_in(store, " 丙虚构 ")
    assert [batch.label for batch in batches(store)[before:]] == ["新增成员"]
    assert records.titles(store, "member", [made]) == {made: "丙虚构"}
    assert records.load(store, "member", made).values["code"] == "BXG"
    undo.undo(store)
    assert records.load(store, "member", made).deleted
    assert people(store) == 2


def test_somebody_of_the_talent_pool_is_taken_from_there(store: Store) -> None:
    person = records.create(store, "inspector", {"name": "丙虚构", "post": "科员"})
    first = members.take_in(store, "丙虚构")
    assert members.person_of(store, first) == person
    second = members.take_in(store, "丙虚构")  # somebody else who is called the same
    assert members.person_of(store, second) != person
    assert people(store) == 4
