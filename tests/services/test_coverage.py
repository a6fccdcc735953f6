"""覆盖矩阵: items by papers, records beside them, and what nothing is about."""

from tests.support.checklist_desk import line
from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.model import entities
from xuncha_desktop.services import checklist_links, checklists, coverage, records
from xuncha_desktop.services.checklist_links import Linked
from xuncha_desktop.services.checklists import Wanted
from xuncha_desktop.store.store import Store


def test_papers_stand_in_the_order_of_the_items_they_are_about(store: Store) -> None:
    inspection = the_inspection(store)
    first, second, third = (line(store, inspection, code).item for code in ("ZJ-01", "ZJ-02", "ZJ-03"))
    late = add_paper(store, "后一项", check_items=(third,))
    both = add_paper(store, "两项", check_items=(third, first), state="draft", official_number="", number="临-0009")
    add_paper(store, "没有对应")
    gone = add_paper(store, "已删", check_items=(second,))
    records.delete(store, "paper", [gone])
    found = coverage.matrix(store, inspection)
    assert [(paper.paper, paper.title, paper.state) for paper in found.papers] == [
        (both, "两项", "草稿"),
        (late, "后一项", "已审签"),
    ]
    assert found.papers[0].number == "临-0009"
    assert found.marks == {(0, 0), (2, 0), (2, 1)}
    assert (found.loose, found.bare) == (1, len(found.lines) - 2)


def test_a_filtered_matrix_keeps_to_the_items_wanted(store: Store) -> None:
    inspection = the_inspection(store)
    add_paper(store, "甲", check_items=(line(store, inspection, "ZJ-03").item,))
    add_paper(store, "乙", check_items=(line(store, inspection, "ZJ-04").item,))
    found = coverage.matrix(store, inspection, Wanted(must=True))
    assert [paper.title for paper in found.papers] == ["乙"]
    assert {row.must for row in found.lines} == {True}
    assert found.loose == 0


def test_records_of_the_stay_that_name_an_item_are_its_own_too(store: Store) -> None:
    inspection = the_inspection(store)
    item = line(store, inspection, "ZJ-05").item
    assert set(checklist_links.record_kinds()) == {"interview", "borrowing", "petition", "visit", "voucher"}
    wanted = []
    for place, kind in enumerate(checklist_links.record_kinds()):
        record = records.create(
            store, kind, {"inspection": inspection, "number": f"号-{place}", "check_items": (item,)}
        )
        wanted.append(Linked(kind, record, f"号-{place}"))
    gone = records.create(store, "visit", {"inspection": inspection, "number": "已删", "check_items": (item,)})
    records.delete(store, "visit", [gone])
    assert sorted(line(store, inspection, "ZJ-05").records, key=lambda row: row.entity) == wanted
    assert {entities()[row.entity].LABEL for row in wanted} >= {"谈话记录", "走访记录"}
    assert coverage.matrix(store, inspection).bare == len(checklists.lines(store, inspection)) - 1


def test_a_problem_that_no_paper_is_about_says_so(store: Store) -> None:
    inspection = the_inspection(store)
    first = line(store, inspection, "ZJ-01")
    checklists.set_state(store, [first.result], "found")
    assert line(store, inspection, "ZJ-01").lacks_paper
    add_paper(store, "写到此项", check_items=(first.item,))
    assert not line(store, inspection, "ZJ-01").lacks_paper
