"""巡察任务: the checklist follows the unit until somebody has begun it, and the stay does not end before it is done."""

from datetime import date
from pathlib import Path

import pytest

from tests.support.checklist_desk import finish, line
from tests.support.journal_rows import batches
from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Inspection
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import checklists, inspections, intake, lists, records
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def unit(store: Store, code: str) -> str:
    return lists.ids(store, lists.Query("unit", {"code": code}))[0]


def codes(store: Store, inspection: str) -> set[str]:
    """The checklists the items of an inspection come from."""
    return {line.code.split("-")[0] for line in checklists.lines(store, inspection)}


def begun(store: Store, **values: object) -> str:
    record = new_id()
    inspections.create(store, {**inspections.defaults(store), **values}, record)
    return record


def test_a_new_inspection_begins_with_the_latest_round_its_team_and_mode(store: Store) -> None:
    first = records.load(store, "inspection", the_inspection(store)).values
    assert inspections.defaults(store) == {
        "mode": "routine",
        "state": "preparing",
        "round": first["round"],
        "team": first["team"],
    }


def test_creating_one_brings_the_checklist_of_its_unit(store: Store) -> None:
    assert codes(store, begun(store, unit=unit(store, "WMC"))) == {"CS"}
    assert codes(store, begun(store, unit=unit(store, "XGZ"))) == {"ZJ"}
    assert codes(store, begun(store, unit=unit(store, "XGZ"), mode="village")) == {"CS"}


def test_the_checklist_follows_when_the_unit_is_chosen_later_or_changed(store: Store) -> None:
    record = begun(store)
    assert codes(store, record) == set()
    before = len(batches(store))
    inspections.edit(store, record, {"unit": unit(store, "XGZ")})
    assert codes(store, record) == {"ZJ"}
    assert [batch.label for batch in batches(store)[before:]] == ["修改被巡察党组织"]
    inspections.edit(store, record, {"unit": unit(store, "WMC")})
    assert codes(store, record) == {"CS"}
    undo.undo(store)
    assert codes(store, record) == {"ZJ"}


def test_going_back_to_a_unit_brings_its_items_back_once_each(store: Store) -> None:
    record = begun(store, unit=unit(store, "XGZ"))
    items = [line.result for line in checklists.lines(store, record)]
    for code in ("WMC", "XGZ"):
        inspections.edit(store, record, {"unit": unit(store, code)})
    assert [line.result for line in checklists.lines(store, record)] == items


@pytest.mark.parametrize("how", ["state", "note"])
def test_a_checklist_somebody_has_begun_stays(store: Store, how: str) -> None:
    record = begun(store, unit=unit(store, "XGZ"))
    first = checklists.lines(store, record)[0].result
    if how == "state":
        checklists.set_state(store, [first], "checking")
    else:
        records.edit(store, "check_result", first, {"note": "先记一笔"})
    inspections.edit(store, record, {"unit": unit(store, "WMC")})
    assert codes(store, record) == {"ZJ"}


def test_a_checklist_chosen_by_hand_replaces_what_was_not_begun(store: Store) -> None:
    village = begun(store, unit=unit(store, "WMC"))
    checklist = records.load(store, "inspection", village).values["checklist"]
    record = begun(store, unit=unit(store, "XGZ"))
    first = checklists.lines(store, record)[0]
    checklists.set_state(store, [first.result], "found")
    inspections.edit(store, record, {"checklist": checklist})
    left = checklists.lines(store, record)
    assert [line.code for line in left if line.code.startswith("ZJ")] == [first.code]
    assert sum(line.code.startswith("CS") for line in left) == len(checklists.lines(store, village))


def test_another_edit_leaves_the_checklist_alone(store: Store) -> None:
    record = begun(store, unit=unit(store, "XGZ"))
    before = checklists.lines(store, record)
    inspections.edit(store, record, {"talks": 86, "entry_on": "2031-03-01"})
    assert checklists.lines(store, record) == before


@pytest.mark.parametrize(
    ("today", "day", "left"),
    [
        ("2031-02-28", None, 62),
        ("2031-03-01", 1, 61),
        ("2031-05-01", 62, 0),
        ("2031-05-02", None, None),
    ],
)
def test_days_of_the_stay_count_from_the_first_to_the_last(
    store: Store, today: str, day: int | None, left: int | None
) -> None:
    with store.read() as session:
        found = records.find(session, "inspection", the_inspection(store))
    assert isinstance(found, Inspection)
    assert inspections.stay(found, date.fromisoformat(today)) == inspections.Stay(day, left)


@pytest.mark.parametrize("state", ["reporting", "feedback", "rectifying", "archived"])
def test_a_stay_does_not_end_while_a_must_check_item_is_open(store: Store, state: str) -> None:
    inspection = the_inspection(store)
    finish(store, inspection, leave=2)
    with pytest.raises(UserError, match=r"还有 2 项必查事项没有核查完（ZJ-20、ZJ-21），不能转入“.+”；请先在“清单”里"):
        inspections.edit(store, inspection, {"state": state})
    assert records.load(store, "inspection", inspection).values["state"] == "on_site"
    finish(store, inspection)
    inspections.edit(store, inspection, {"state": state})
    assert records.load(store, "inspection", inspection).values["state"] == state


def test_an_item_set_aside_without_a_reason_holds_the_stay_open(store: Store) -> None:
    inspection = the_inspection(store)
    finish(store, inspection)
    last = line(store, inspection, "ZJ-21").result
    checklists.set_state(store, [last], "not_checked")
    with pytest.raises(UserError, match="ZJ-21"):
        inspections.edit(store, inspection, {"state": "reporting"})
    records.edit(store, "check_result", last, {"note": "账册被借走"})
    inspections.edit(store, inspection, {"state": "reporting"})


def test_what_is_reopened_after_the_stay_holds_back_the_archive_only(store: Store) -> None:
    inspection = the_inspection(store)
    finish(store, inspection)
    inspections.edit(store, inspection, {"state": "reporting"})
    checklists.set_state(store, [line(store, inspection, "ZJ-01").result], "checking")
    inspections.edit(store, inspection, {"state": "feedback"})
    with pytest.raises(UserError, match="（ZJ-01），不能转入“归档”"):
        inspections.edit(store, inspection, {"state": "archived"})
    inspections.edit(store, inspection, {"state": "on_site", "note": "回去补查"})


def test_a_look_back_does_not_end_before_every_problem_has_its_verdict(store: Store) -> None:
    add_paper(store, "接待费无公函")
    record = begun(store, unit=unit(store, "XGZ"), mode="lookback", previous=the_inspection(store))
    finish(store, record)
    with pytest.raises(UserError, match="（回-01）"):
        inspections.edit(store, record, {"state": "reporting"})
    checklists.set_verdict(store, [line(store, record, "回-01").result], "partly")
    inspections.edit(store, record, {"state": "reporting"})


def test_an_inspection_is_not_begun_as_finished(store: Store) -> None:
    with pytest.raises(UserError, match="还有 14 项必查事项没有核查完（ZJ-01、ZJ-02、ZJ-04、ZJ-05、ZJ-06等）"):
        begun(store, unit=unit(store, "XGZ"), state="archived")
    begun(store, unit=unit(store, "XGZ"), state="preparing")


@pytest.mark.parametrize("state", ["reporting", "archived"])
def test_no_inspection_is_brought_in_with_its_stay_ended_and_its_checklist_untouched(store: Store, state: str) -> None:
    values = records.load(store, "inspection", the_inspection(store)).values
    given = {name: values[name] for name in ("unit", "round", "team")}
    before = list(inspections.every(store))
    with pytest.raises(UserError, match="14 项必查事项没有核查完"):
        intake.add(store, "inspection", [{**given, "state": state}], Path(), Progress())
    assert list(inspections.every(store)) == before
