"""听取: the report each hearing was given, what the report can be compared with, and that words of it are found."""

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.support.ready_papers import the_inspection
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import choosing, export_records, hearings, records, removal, search
from xuncha_desktop.services.search import Query
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

ELSEWHERE = "another inspection"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "虚构报告.docx"
    made.write_bytes(b"")
    return made


def export(store: Store, file: Path, when: str, kind: str = "report", inspection: str = "") -> str:
    """Note an export at a local time; its export record."""
    moment = round(datetime.fromisoformat(when).timestamp() * 1000)
    of = inspection or the_inspection(store)
    return export_records.add(store, kind, file, inspection=of, draft=False, papers=3, wall=lambda: moment)


def hear(store: Store, **values: Any) -> str:
    return hearings.create(store, {**hearings.defaults(the_inspection(store)), **values})


def given(store: Store, hearing: str) -> str | None:
    return records.load(store, "hearing", hearing).values["export"]


def test_a_hearing_was_given_the_newest_report_of_that_day_or_before(store: Store, file: Path) -> None:
    early = export(store, file, "2031-04-05T09:00")
    late = export(store, file, "2031-04-06T23:59")
    export(store, file, "2031-04-06T23:59:30", kind="ledger")
    export(store, file, "2031-04-05T10:00", inspection=ELSEWHERE)
    days = {"2031-04-04": None, "2031-04-05": early, "2031-04-06": late, "2031-12-31": late}
    assert {day: given(store, hear(store, held_on=day)) for day in days} == days
    assert given(store, hear(store, held_on="2031-04-06", export=early)) == early


def test_the_report_follows_the_day_unless_it_was_chosen_by_hand(store: Store, file: Path) -> None:
    early, late = export(store, file, "2031-04-05T09:00"), export(store, file, "2031-04-08T09:00")
    hearing = hear(store, held_on="2031-04-06")
    hearings.edit(store, hearing, {"held_on": "2031-04-09"})
    assert given(store, hearing) == late
    undo.undo(store)
    assert given(store, hearing) == early
    assert records.load(store, "hearing", hearing).values["held_on"] == "2031-04-06"
    hearings.edit(store, hearing, {"export": late})
    hearings.edit(store, hearing, {"held_on": "2031-04-07"})
    assert given(store, hearing) == late


def test_a_new_hearing_and_its_deletion_can_be_undone(store: Store) -> None:
    hearing = hear(store, listeners="市委书记")
    removal.delete(store, "hearing", [hearing])
    assert records.load(store, "hearing", hearing).deleted
    undo.undo(store)
    assert not records.load(store, "hearing", hearing).deleted
    undo.undo(store)
    assert records.load(store, "hearing", hearing).deleted


def test_the_report_is_compared_first_with_what_the_last_hearing_was_given(store: Store, file: Path) -> None:
    first, second = export(store, file, "2031-04-05T09:00"), export(store, file, "2031-04-08T09:30")
    inspection = the_inspection(store)
    words = {first: "2031-04-05 09:00 导出　正式　甲虚构", second: "2031-04-08 09:30 导出　正式　甲虚构"}
    exports = [(second, words[second], False), (first, words[first], False)]
    assert [(base.export, base.words, base.of_hearing) for base in hearings.bases(store, inspection)] == exports
    hear(store, layer="secretary", held_on="2031-04-06")
    hear(store, layer="office", held_on="2031-04-05")
    hear(store, layer="team", held_on="2031-04-07", export=None)
    assert [(base.export, base.words, base.of_hearing) for base in hearings.bases(store, inspection)] == [
        (first, "4月6日书记专题会听取（2031-04-05 09:00 导出）", True),
        (first, "4月5日巡察办听取（2031-04-05 09:00 导出）", True),
        *exports,
    ]


def test_only_reports_of_the_inspection_can_be_chosen_the_newest_first(store: Store, file: Path) -> None:
    first = export(store, file, "2031-04-05T09:00")
    export(store, file, "2031-04-06T09:00", kind="ledger")
    second = export(store, file, "2031-04-07T09:00")
    export(store, file, "2031-04-08T09:00", inspection=ELSEWHERE)
    options = choosing.options(store, "export_record", the_inspection(store))
    assert [(option.key, option.text, option.detail) for option in options] == [
        (second, "2031-04-07 09:00　正式", "虚构报告.docx"),
        (first, "2031-04-05 09:00　正式", "虚构报告.docx"),
    ]


def test_words_of_a_hearing_are_found(store: Store) -> None:
    hearing = hear(store, listeners="市委书记", opinions="评价再准确一些", outcome="已重写第三段")
    search.catch_up(store, Progress())
    for words in (["市委书记"], ["再准确"], ["重写第三段"]):
        [group] = search.find(store, Query(words)).groups
        assert (group.label, [hit.record for hit in group.hits]) == ("听取", [hearing])


def test_an_inspection_with_hearings_is_not_deleted(store: Store) -> None:
    hear(store)
    with pytest.raises(UserError, match="还有1 条听取，不能删除"):
        removal.delete(store, "inspection", [the_inspection(store)])
