"""Codes of another version of the program: they stay, they can be replaced, and hold up no other edit."""

from typing import Any

import pytest

from tests.support.journal_rows import changes_of, new_paper
from tests.support.newer_program import CODE, SHOWN, newer_program, write_newer_codes
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import conflicts, lists, records
from xuncha_desktop.store import rebuild, undo
from xuncha_desktop.store.store import Store


@pytest.fixture
def paper(store: Store) -> str:
    """A paper whose lists all hold a newer code."""
    made = new_paper(store, level="own", sources=("visit",), parties=[{"kind": "main", "name": "甲所", "note": ""}])
    write_newer_codes(store)
    return made


def values(store: Store, paper: str) -> dict[str, Any]:
    return records.load(store, "paper", paper).values


def test_other_fields_of_the_record_can_be_edited_and_the_code_stays(store: Store, paper: str) -> None:
    before = len(changes_of(store, paper))
    records.edit(store, "paper", paper, {"place": "财政所", "amount": 100})
    assert {change.field for change in changes_of(store, paper)[before:]} == {"amount", "place"}
    found = values(store, paper)
    assert (found["place"], found["level"], found["sources"]) == ("财政所", CODE, ("visit", CODE))
    assert rebuild.differences(store) == []


def test_a_form_that_gives_every_value_back_as_it_read_it_is_not_refused(store: Store, paper: str) -> None:
    given = values(store, paper)
    before = len(changes_of(store, paper))
    records.edit(store, "paper", paper, given | {"title": "新题"})
    assert [change.field for change in changes_of(store, paper)[before:]] == ["title"]


def test_a_row_with_an_unknown_code_can_be_edited(store: Store, paper: str) -> None:
    [row] = values(store, paper)["parties"]
    assert row["kind"] == CODE
    records.edit(store, "paper", paper, {"parties": [{**row, "name": "乙所"}]})
    [row] = values(store, paper)["parties"]
    assert (row["kind"], row["name"]) == (CODE, "乙所")


def test_a_known_code_takes_its_place_and_undo_brings_it_back(store: Store, paper: str) -> None:
    records.edit(store, "paper", paper, {"level": "village"})
    assert values(store, paper)["level"] == "village"
    undo.undo(store)
    assert values(store, paper)["level"] == CODE
    undo.redo(store)
    assert values(store, paper)["level"] == "village"


def test_known_codes_come_and_go_beside_it(store: Store, paper: str) -> None:
    records.edit(store, "paper", paper, {"sources": ("visit", "survey", CODE)})
    records.edit(store, "paper", paper, {"sources": (CODE,)})
    assert values(store, paper)["sources"] == (CODE,)
    records.edit(store, "paper", paper, {"sources": ()})
    undo.undo(store)
    assert values(store, paper)["sources"] == (CODE,)


@pytest.mark.parametrize(
    ("field", "value"), [("level", "vilage"), ("sources", ("visit", "vist")), ("sources", (CODE, "vist"))]
)
def test_a_code_the_field_never_held_is_refused_all_the_same(
    store: Store, paper: str, field: str, value: object
) -> None:
    with pytest.raises(UserError, match="可选："):
        records.edit(store, "paper", paper, {field: value})


def test_a_newer_code_of_another_record_is_no_leave_to_write_it_here(store: Store, paper: str) -> None:
    other = new_paper(store)
    with pytest.raises(UserError, match="可选："):
        records.edit(store, "paper", other, {"level": CODE})


def test_a_conflict_can_be_decided_for_the_unknown_code(store: Store) -> None:
    paper = new_paper(store, level="own")
    seen = records.load(store, "paper", paper).heads
    with newer_program():
        records.edit(store, "paper", paper, {"level": CODE})
    records.edit(store, "paper", paper, {"level": "village"}, seen=seen)
    [conflict] = conflicts.of_record(store, "paper", paper)
    assert {version.text for version in conflict.versions} == {SHOWN, "村（社区）"}
    conflicts.decide(store, "paper", paper, "level", CODE)
    assert (values(store, paper)["level"], conflicts.count(store)) == (CODE, 0)


def test_papers_are_found_by_one_of_several_codes(store: Store, paper: str) -> None:
    other = new_paper(store, sources=("survey",))
    assert lists.ids(store, lists.Query("paper", {"sources": (CODE,)})) == [paper]
    assert lists.ids(store, lists.Query("paper", {"sources": ("visit",)})) == [paper]
    assert sorted(lists.ids(store, lists.Query("paper", {"sources": ("visit", "survey")}))) == sorted([paper, other])
