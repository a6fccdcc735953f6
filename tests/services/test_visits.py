"""走访: coverage of households and of the six groups, and what people asked for."""

from datetime import date

from tests.support.ready_papers import the_inspection
from xuncha_desktop.services import records, visits
from xuncha_desktop.store.store import Store

DAY = date(2031, 4, 1)


def visit(store: Store, group: str, households: int | None, *requests: dict[str, str]) -> None:
    values = {"inspection": the_inspection(store), "person_group": group, "households": households}
    records.create(store, "visit", {**values, "place": "无名村", "requests": requests})


def test_households_and_groups_are_counted(store: Store) -> None:
    inspection = the_inspection(store)
    unit = records.load(store, "inspection", inspection).values["unit"]
    assert visits.coverage(store, inspection, DAY).percent == ""
    records.edit(store, "unit", unit, {"households": 312})
    visit(store, "allowance", 20)
    visit(store, "petitioner", 11)
    visit(store, "site", None)
    found = visits.coverage(store, inspection, DAY)
    assert (found.visited, found.percent, found.enough) == (31, "9.94%", False)
    assert found.reached == ("低保户", "上访户")
    assert found.missing == ("两代表一委员", "老党员", "乡贤能人", "困难群众")
    assert not found.village
    records.edit(store, "inspection", inspection, {"mode": "village"})
    assert visits.coverage(store, inspection, DAY).village
    visit(store, "ordinary", 1)
    assert visits.coverage(store, inspection, DAY).enough


def test_requests_are_late_after_their_day_until_they_are_done(store: Store) -> None:
    visit(
        store,
        "needy",
        1,
        {"request": "路灯不亮", "due_on": "2031-03-31"},
        {"request": "水管漏水", "due_on": "2031-04-01"},
        {"request": "危桥", "due_on": "2031-03-01", "done_on": "2031-03-20"},
    )
    found = visits.coverage(store, the_inspection(store), DAY)
    assert (found.requests, found.answered, found.overdue) == (3, 1, 1)
