"""One write: what the journal keeps of it, who hears of it, and what may not get past it."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from tests.support.journal_rows import batches, changes_of, new_paper, parents, ref, size_of_journal, tamper
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Paper
from xuncha_desktop.services import conflicts, records
from xuncha_desktop.store import canonical, rebuild
from xuncha_desktop.store.connection import connect
from xuncha_desktop.store.journal import Changes
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import DATABASE, Store, StoreBusy

VECTORS = json.loads((Path(__file__).parents[1] / "data/journal/chain.json").read_text(encoding="utf-8"))


def test_the_bytes_of_a_change_are_fixed() -> None:
    chain = canonical.GENESIS
    for row in VECTORS:
        value = canonical.dumps(row["value"])
        assert value == row["value_text"]
        digest = canonical.value_digest(bytes.fromhex(row["salt"]), value)
        assert digest.hex() == row["digest"]
        change = canonical.change_bytes(
            row["replica"],
            row["seq"],
            row["batch"],
            row["hlc"],
            row["entity"],
            row["record"],
            row["field"],
            digest,
            row["parents"],
        )
        assert change.decode() == row["bytes"]
        chain = canonical.link(chain, change)
        assert chain.hex() == row["chain"]


def test_a_number_that_is_none_has_no_bytes() -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        canonical.dumps(float("nan"))


def test_an_edit_is_one_flush_one_batch_and_one_change_a_field(store: Store) -> None:
    paper = new_paper(store)
    before = size_of_journal(store)
    flushes: list[Any] = []

    def count(session: Session, *_: Any) -> None:
        flushes.append(session)

    event.listen(Session, "before_flush", count)
    try:
        records.edit(store, "paper", paper, {"title": "新题", "overview": "概述", "people": 3})
    finally:
        event.remove(Session, "before_flush", count)
    assert len(flushes) == 1
    assert size_of_journal(store) == (before[0] + 1, before[1] + 3)
    batch = batches(store)[-1]
    assert (batch.label, batch.actor, batch.kind) == ("修改底稿名称、问题概述、涉及人次", store.actor, "edit")
    written = changes_of(store, paper)[1:]
    assert {change.field: json.loads(change.value or "") for change in written} == {
        "title": "新题",
        "overview": "概述",
        "people": 3,
    }
    assert {(change.batch, change.hlc) for change in written} == {(batch.id, batch.hlc)}


def test_a_creation_is_one_change_of_what_is_not_empty(store: Store) -> None:
    paper = new_paper(store, overview="", people=0, sources=["visit"])
    (change,) = changes_of(store, paper)
    inspection = next(iter(records.options(store, "inspection")))
    assert change.field == "_new"
    assert json.loads(change.value or "") == {
        "title": "虚构问题",
        "inspection": inspection,
        "people": 0,
        "sources": ["visit"],
    }
    assert parents(change) == []


def test_a_value_that_stays_equal_writes_nothing(store: Store) -> None:
    paper = new_paper(store, sources=["visit"], people=1, quick_fix=True)
    before = size_of_journal(store)
    told: list[Changes] = []
    store.listeners.append(told.append)
    values = records.load(store, "paper", paper).values
    records.edit(store, "paper", paper, values)
    records.edit(store, "paper", paper, {"title": "虚构问题", "sources": ["visit"], "people": 1, "quick_fix": True})
    assert size_of_journal(store) == before
    assert told == []


def test_a_change_names_what_it_saw(store: Store) -> None:
    paper = new_paper(store)
    records.edit(store, "paper", paper, {"title": "二"})
    records.edit(store, "paper", paper, {"title": "三"})
    created, second, third = changes_of(store, paper)
    assert parents(second) == [ref(created)]
    assert parents(third) == [ref(second)]
    heads = store.heads("paper", paper)
    assert heads == {("paper", paper, "_new"): (ref(created),), ("paper", paper, "title"): (ref(third),)}


def test_a_form_that_saw_an_older_value_makes_a_conflict_a_person_decides(store: Store) -> None:
    paper = new_paper(store)
    form = records.load(store, "paper", paper)
    records.edit(store, "paper", paper, {"overview": "甲写的"}, seen=form.heads)
    records.edit(store, "paper", paper, {"overview": "乙写的"}, seen=form.heads)
    (conflict,) = conflicts.of_record(store, "paper", paper)
    assert {version.value for version in conflict.versions} == {"甲写的", "乙写的"}
    assert conflicts.count(store) == 1
    assert records.load(store, "paper", paper).values["overview"] == "乙写的"

    conflicts.decide(store, "paper", paper, "overview", "乙写的")

    assert conflicts.of_record(store, "paper", paper) == []
    *_, one, other, decision = changes_of(store, paper)
    assert parents(decision) == sorted([ref(one), ref(other)])
    assert store.heads("paper", paper)[("paper", paper, "overview")] == (ref(decision),)
    assert rebuild.differences(store) == []


def test_what_is_shown_of_a_conflict_does_not_depend_on_a_clock_set_back(case: OpenCase) -> None:
    store = case.store
    paper = new_paper(store)
    form = records.load(store, "paper", paper)
    ahead = Store(store.folder, store.keys, replica=store.replica, wall=lambda: 4_000_000_000_000)
    records.edit(ahead, "paper", paper, {"title": "钟快的一方"}, seen=form.heads)
    ahead.close()
    other = Store(
        store.folder, store.keys, replica="01890000-0000-7000-8000-00000000000b", wall=lambda: 1_700_000_000_000
    )
    records.edit(other, "paper", paper, {"title": "钟慢的一方"}, seen=form.heads)
    other.close()
    assert records.load(store, "paper", paper).values["title"] == "钟快的一方"
    assert rebuild.differences(store) == []
    assert len(conflicts.of_record(store, "paper", paper)) == 1


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE change SET value = '\"假\"' WHERE seq = ? AND replica = ?",
        "UPDATE change SET salt = x'00' WHERE seq = ? AND replica = ?",
        "UPDATE change SET digest = x'00' WHERE seq = ? AND replica = ?",
        "UPDATE change SET parents = '[]' WHERE seq = ? AND replica = ?",
        "UPDATE change SET parents = 'x' WHERE seq = ? AND replica = ?",
        "UPDATE change SET field = 'note' WHERE seq = ? AND replica = ?",
        "UPDATE change SET record = 'x' WHERE seq = ? AND replica = ?",
        "UPDATE change SET hlc = hlc - 1 WHERE seq = ? AND replica = ?",
        "UPDATE change SET chain = x'00' WHERE seq = ? AND replica = ?",
        "DELETE FROM change WHERE seq = ? AND replica = ?",
        "UPDATE batch SET id = 'x' WHERE id = (SELECT batch FROM change WHERE seq = ? AND replica = ?)",
    ],
)
def test_the_chain_breaks_when_a_row_is_altered(store: Store, change: str) -> None:
    paper = new_paper(store)
    records.edit(store, "paper", paper, {"title": "真", "overview": "真"})
    records.edit(store, "paper", paper, {"title": "更真"})
    assert rebuild.broken_chain(store) == []
    seq = changes_of(store, paper)[1].seq
    assert tamper(store.folder, store.keys, change, seq, store.replica) == 1
    assert rebuild.broken_chain(store)


def test_a_value_sealed_away_keeps_the_chain_and_what_it_superseded(store: Store) -> None:
    paper = new_paper(store)
    records.edit(store, "paper", paper, {"title": "旧"})
    records.edit(store, "paper", paper, {"title": "新"})
    seq = changes_of(store, paper)[1].seq
    tamper(store.folder, store.keys, "UPDATE change SET value = NULL, salt = NULL WHERE seq = ?", seq)
    assert rebuild.broken_chain(store) == []
    assert rebuild.differences(store) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE paper SET title = 'x'",
        "update or replace main.paper set title = 'x'",
        'INSERT INTO "paper" (id) VALUES (1)',
        "INSERT OR REPLACE INTO paper (id) VALUES (1)",
        "REPLACE INTO [paper] (id) VALUES (1)",
        "DELETE FROM paper",
        "/* 说明 */ DELETE FROM `paper`",
        "WITH chosen AS (SELECT id FROM paper) UPDATE paper SET title = 'x' WHERE id IN chosen",
        "DROP TABLE IF EXISTS paper",
        "ALTER TABLE paper ADD COLUMN x",
        "DELETE FROM change",
        "UPDATE batch SET actor = NULL",
        "INSERT INTO head VALUES ('paper', 'x', 'title', 'r', 1)",
    ],
)
def test_nothing_but_the_journal_writes_synced_tables(store: Store, statement: str) -> None:
    paper = new_paper(store)  # a write before it must not leave the door open
    for door in (store.write("绕过"), store.read()):
        with pytest.raises(RuntimeError, match="through the journal alone"), door as session:
            session.execute(text(statement))
    assert records.load(store, "paper", paper).values["title"] == "虚构问题"


def test_a_flush_of_ones_own_and_a_removal_are_refused(store: Store) -> None:
    paper = new_paper(store)
    with pytest.raises(RuntimeError, match="through the journal alone"), store.write("绕过") as session:
        session.get_one(Paper, paper).title = "x"
        session.flush()
    with pytest.raises(RuntimeError, match="never removed"), store.write("绕过") as session:
        session.delete(session.get_one(Paper, paper))
    with pytest.raises(RuntimeError, match="reading session changed"), store.read() as session:
        session.get_one(Paper, paper).title = "x"
    assert records.load(store, "paper", paper).values["title"] == "虚构问题"


def test_news_comes_once_and_after_the_commit(store: Store) -> None:
    paper = new_paper(store)
    heard: list[tuple[dict[str, set[str]], str]] = []

    def listen(news: Changes) -> None:
        other = Store(store.folder, store.keys, replica=store.replica)
        heard.append((news.records, records.load(other, "paper", paper).values["title"]))
        other.close()

    store.listeners.append(listen)
    records.edit(store, "paper", paper, {"title": "新题", "parties": [{"kind": "main", "name": "虚构镇党委"}]})
    (row,) = records.load(store, "paper", paper).values["parties"]
    assert heard == [({"paper": {paper}, "paper_party": {row["id"]}}, "新题")]


def test_a_row_or_link_alone_is_news_of_its_record_too(store: Store) -> None:
    paper = new_paper(store, parties=[{"kind": "main", "name": "虚构镇党委"}])
    heard: list[Changes] = []
    store.listeners.append(heard.append)
    (row,) = records.load(store, "paper", paper).values["parties"]
    records.edit(store, "paper_party", row["id"], {"note": "说明"})
    records.edit(store, "paper", paper, {"handlers": list(records.options(store, "member"))})
    assert [news.records["paper"] for news in heard] == [{paper}, {paper}]


def test_an_action_that_fails_leaves_nothing_and_tells_nobody(store: Store) -> None:
    paper = new_paper(store)
    before = size_of_journal(store)
    told: list[Changes] = []
    store.listeners.append(told.append)
    with pytest.raises(UserError, match="应为整数"):
        records.edit(store, "paper", paper, {"title": "半截", "people": "三"})
    with pytest.raises(ZeroDivisionError), store.write("出错") as session:
        session.get_one(Paper, paper).title = "半截"
        _ = 1 // 0
    assert size_of_journal(store) == before
    assert told == []
    assert records.load(store, "paper", paper).values["title"] == "虚构问题"
    records.edit(store, "paper", paper, {"title": "之后照常"})


@pytest.mark.parametrize("held", ["BEGIN IMMEDIATE", "BEGIN EXCLUSIVE"])
def test_a_second_writer_is_told_that_the_store_is_busy_and_loses_nothing(store: Store, held: str) -> None:
    paper = new_paper(store)
    other = connect(store.folder / DATABASE, store.keys)
    other.execute(held)
    with pytest.raises(StoreBusy, match="稍后自动再存"):
        records.edit(store, "paper", paper, {"title": "等一等"}, seen={})
    other.execute("ROLLBACK")
    other.close()
    records.edit(store, "paper", paper, {"title": "等一等"})
    assert records.load(store, "paper", paper).values["title"] == "等一等"
    assert rebuild.broken_chain(store) == []


def test_a_long_reading_makes_a_save_busy_and_not_half_done(store: Store) -> None:
    paper = new_paper(store)
    before = size_of_journal(store)
    with store.connection() as reading:
        reading.execute(text("SELECT count(*) FROM paper")).all()
        with pytest.raises(StoreBusy):
            records.edit(store, "paper", paper, {"title": "等一等", "overview": "等"})
    assert size_of_journal(store) == before
    records.edit(store, "paper", paper, {"title": "等一等"})
    assert rebuild.differences(store) == []
