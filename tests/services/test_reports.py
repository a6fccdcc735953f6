"""What a report begins with goes out also of one that nobody began."""

import pytest

from tests.support.small_case import PLAN
from xuncha_desktop.services import export_data, lists, records, reports
from xuncha_desktop.store.store import Store

FIRST = ("title", "addressee", "signature", "dated")


@pytest.fixture
def inspection(store: Store) -> str:
    return lists.ids(store, lists.Query("inspection"))[0]


def test_an_export_before_the_report_was_begun_says_what_it_will_say_then(store: Store, inspection: str) -> None:
    before = [source(store, inspection).report for source in (export_data.head, export_data.of_inspection)]
    assert not lists.ids(store, lists.Query("report")), "an export begins no report"
    report = records.load(store, "report", reports.of_inspection(store, inspection)).values
    for values in before:
        assert {name: values[name] for name in FIRST} == {name: report[name] for name in FIRST}
    assert PLAN["units"][0]["short_name"] in report["title"]
    assert all(report[name] for name in FIRST)
