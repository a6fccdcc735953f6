"""Whoever reads a text that has bold words, lists and tables reads its words: nothing is hidden by how it is set."""

from typing import Any

import pytest
from sqlalchemy import select

from tests.support.ready_papers import add_paper, the_inspection, write_report
from tests.support.set_texts import RICH
from xuncha_desktop import rich
from xuncha_desktop.model import Paper
from xuncha_desktop.services import carrying, dump, history, merging, records, reports, search, similar
from xuncha_desktop.services.report_checks import passages
from xuncha_desktop.services.report_checks.examining import examine
from xuncha_desktop.services.report_checks.passages import Fault
from xuncha_desktop.services.report_checks.repairing import repair
from xuncha_desktop.services.search import Query
from xuncha_desktop.store.store import Store


def found(store: Store) -> list[Fault]:
    return [fault for fault in examine(passages.read(store, the_inspection(store))) if fault.passage]


def connect(store: Store, text: str) -> tuple[str, str]:
    """A connecting text under the heading of the papers; task and heading."""
    inspection = the_inspection(store)
    heading = next(section.heading for section in reports.plan(store, inspection) if section.entries)
    assert heading
    reports.write_text(store, inspection, heading, text)
    return inspection, heading


def values(store: Store, entity: str, record: str) -> dict[str, Any]:
    return records.load(store, entity, record).values


def test_only_marks_that_make_sense_get_into_a_case(store: Store) -> None:
    paper = add_paper(store, "虚构", overview="\x02甲\x1c\x00\r\n\x1e乙\x1f丙\n\x1e丁", note="\x1c备\x02注")
    kept = values(store, "paper", paper)
    assert kept["overview"] == "\x02甲\x03\n\x1e乙\x1f丙\n\x1e丁\x1f"
    assert kept["note"] == "备注"
    [row] = dump.everything(store)["paper"]
    again = add_paper(store, "另一份", overview=row["overview"])
    assert values(store, "paper", again)["overview"] == kept["overview"]


@pytest.mark.parametrize("word", ["违规发放", "放补贴", "甲公司12.5"])
def test_a_word_that_is_bold_in_part_is_found_and_shown_in_its_passage(store: Store, word: str) -> None:
    text = "发现\x02违规\x03发\x02放\x03补贴。\n\x1d甲公\x02司\x0312.5万元\n\x1e项\x1f\x02数\x03"
    paper = add_paper(store, "虚构", overview=text)
    search.catch_up(store)
    [hit] = [hit for group in search.find(store, Query([word], kinds=["paper"])).groups for hit in group.hits]
    assert hit.record == paper
    [passage] = hit.passages
    assert [passage.excerpt.text[start:end] for start, end in passage.excerpt.marks] == [word]
    assert not rich.is_rich(passage.excerpt.text)


def test_words_across_two_cells_are_not_one_word(store: Store) -> None:
    add_paper(store, "虚构", overview="\x1e违\x1f规")
    search.catch_up(store)
    assert search.find(store, Query(["违规"], kinds=["paper"])).count == 0


def test_bold_hides_nothing_from_the_checks_and_a_repair_keeps_it(store: Store) -> None:
    report = write_report(store)
    add_paper(store, "虚构问题")
    text = "市委巡\x02视\x03组发现问\x02题\x03共12个。\n\x1d责任不清\x02,\x03落实不力。\n\x1e日\x1f会议于2031.4.16召开"
    records.edit(store, "report", report, {"evaluation": text})
    faults = [fault for fault in found(store) if fault.passage and fault.passage.field == "evaluation"]
    plain = rich.plain(text)
    assert {plain[fault.start : fault.start + fault.length] for fault in faults} == {"巡视", "12", ",", "2031.4.16"}
    done = repair(store, the_inspection(store), faults)
    assert (done.done, done.left) == (4, 0)
    assert values(store, "report", report)["evaluation"] == (
        "市委巡\x02察\x03组发现问\x02题\x03共1个。\n\x1d责任不清\x02，\x03落实不力。\n\x1e日\x1f会议于2031年4月16日召开"
    )


def test_a_connecting_text_is_checked_and_mended_the_same_way(store: Store) -> None:
    write_report(store)
    add_paper(store, "虚构问题")
    inspection, _ = connect(store, "\x1c市委巡\x02视组\x03发现")
    assert repair(store, inspection, found(store)).done == 1
    [text] = [section.text for section in reports.plan(store, inspection) if section.text]
    assert text == "\x1c市委巡\x02察组\x03发现"


def test_a_number_of_a_list_is_no_count_of_problems(store: Store) -> None:
    report = write_report(store)
    add_paper(store, "虚构问题")
    records.edit(store, "report", report, {"evaluation": "\x1d问题一\n\x1d项目问题\n\x1d个别问题"})
    assert found(store) == []


def test_papers_are_compared_by_their_words(store: Store) -> None:
    text = "集贸市场东侧12间门面房未经公开招租，由镇资产管理办公室直接租给虚构商贸公司。"
    paper = add_paper(
        store, "门面房出租不公开", state="draft", overview=f"\x1c{text[:9]}\x02{text[9:20]}\x03{text[20:]}"
    )
    alike = similar.compare(store, the_inspection(store)).like(text)
    assert [one.paper for one in alike] == [paper]
    assert alike[0].score > 0.5


def test_papers_that_become_one_keep_lists_and_tables(store: Store) -> None:
    kept = add_paper(store, "甲", state="draft", overview="前")
    for text, begins in (("\x1c点\n\x1e甲\x1f乙", "\n\x1c点\n\x1e甲\x1f乙"), ("\x02粗\x03话", "\x02粗\x03话")):
        other = add_paper(store, "乙", state="draft", overview=text, number="临-1")
        merging.merge(store, kept, other)
        assert values(store, "paper", kept)["overview"].endswith(f"【并入{merging_number(store, other)}】{begins}")


def merging_number(store: Store, paper: str) -> str:
    with store.read() as session:
        return session.scalars(select(Paper.number).where(Paper.id == paper)).one()


def test_what_is_carried_over_to_plain_texts_are_plain_words(store: Store) -> None:
    paper = add_paper(store, "", overview=RICH)
    assert carrying.paper_to_quick_fix(store, paper)["facts"] == rich.plain(RICH)


def test_history_tells_words_and_keeps_the_setting(store: Store) -> None:
    paper = add_paper(store, "虚构", overview="甲")
    records.edit(store, "paper", paper, {"overview": RICH})
    event = history.of_field(store, "paper", paper, "overview")[0]
    assert event.text == rich.plain(RICH)
    assert event.value == RICH


def test_a_connecting_text_is_called_by_its_words(store: Store) -> None:
    write_report(store)
    add_paper(store, "虚构问题")
    inspection, heading = connect(store, "\x02连接\x03\n\x1d甲")
    record = reports.text_record(store, inspection, heading)
    assert records.titles(store, "report_text", [record]) == {record: "连接\n1. 甲"}
