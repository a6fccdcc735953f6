"""What is counted as a conflict is what a person finds in some form and can decide."""

from tests.support.journal_rows import new_paper
from xuncha_desktop.model import PaperParty
from xuncha_desktop.services import conflicts, records
from xuncha_desktop.store.store import Store

ROWS = [{"kind": "", "name": name, "note": ""} for name in ("甲", "乙", "丙")]


def test_rows_moved_on_both_sides_are_nothing_to_decide(store: Store) -> None:
    paper = new_paper(store, parties=ROWS)
    seen = records.load(store, "paper", paper)
    one, two, three = seen.values["parties"]
    records.edit(store, "paper", paper, {"parties": [two, one, three]})
    records.edit(store, "paper", paper, {"parties": [three, one, two]}, seen=seen.heads)
    assert conflicts.count(store) == 0


def test_a_conflict_of_a_row_or_record_that_was_deleted_waits_for_nobody(store: Store) -> None:
    paper = new_paper(store, parties=ROWS)
    seen = records.load(store, "paper", paper)
    one, *rest = seen.values["parties"]
    records.edit(store, "paper", paper, {"parties": [{**one, "name": "甲一"}, *rest], "title": "甲题"})
    records.edit(store, "paper", paper, {"parties": [{**one, "name": "甲二"}, *rest], "title": "乙题"}, seen=seen.heads)
    assert conflicts.count(store) == 2
    with store.write("删去一行") as session:
        row: PaperParty = records.find(session, "paper_party", one["id"])
        row.deleted = True
    assert conflicts.count(store) == 1
    with store.write("放回一行") as session:
        row = records.find(session, "paper_party", one["id"])
        row.deleted = False
    records.delete(store, "paper", [paper])
    assert conflicts.count(store) == 0
