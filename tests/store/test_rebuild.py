"""The tables are a function of the journal, whatever was done to the case."""

import os
import shutil
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, rule, run_state_machine_as_test

from tests.support.cheap_keys import PASSWORD
from tests.support.journal_rows import changes_of, new_paper, tamper
from tests.support.small_case import build
from xuncha_desktop import paths
from xuncha_desktop.model import Base, Paper
from xuncha_desktop.services import conflicts, records
from xuncha_desktop.store import opening, rebuild, undo
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text

TEXTS = st.text(max_size=20).map(clean_text)
FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "title": TEXTS,
        "overview": TEXTS,
        "people": st.none() | st.integers(0, 2**53 - 1),
        "amount": st.none() | st.integers(-(2**53) + 1, 2**53 - 1),
        "quick_fix": st.booleans(),
        "dated": st.none() | st.dates().map(lambda day: day.isoformat()),
        "sources": st.lists(st.sampled_from(["visit", "petition", "survey"]), unique=True),
        "state": st.sampled_from(["draft", "review"]),
        "parties": st.lists(st.fixed_dictionaries({"kind": st.just("main"), "name": TEXTS}), max_size=3),
        "handlers": st.lists(st.integers(0, 1), unique=True),
    },
)


class Edits(RuleBasedStateMachine):
    """Somebody works in a case, with forms left open too long and Ctrl+Z at any moment."""

    papers = Bundle("papers")
    forms = Bundle("forms")
    base: Path

    def __init__(self) -> None:
        super().__init__()
        folder = Path(mkdtemp(dir=self.base))
        self.case = opening.open_case(Path(shutil.copytree(self.base / "案卷", folder / "案卷")), PASSWORD)
        self.members = list(records.options(self.case.store, "member"))

    def _given(self, values: dict[str, Any]) -> dict[str, Any]:
        chosen = {"handlers": [self.members[place] for place in values["handlers"]]} if "handlers" in values else {}
        return {**values, **chosen}

    @rule(target=papers, values=FIELDS)
    def create(self, values: dict[str, Any]) -> str:
        return new_paper(self.case.store, **self._given(values))

    @rule(target=forms, paper=papers)
    def load(self, paper: str) -> records.Snapshot:
        return records.load(self.case.store, "paper", paper)

    @rule(paper=papers, values=FIELDS)
    def edit(self, paper: str, values: dict[str, Any]) -> None:
        records.edit(self.case.store, "paper", paper, self._given(values))

    @rule(form=consumes(forms), values=FIELDS)
    def save_form(self, form: records.Snapshot, values: dict[str, Any]) -> None:
        records.edit(self.case.store, "paper", form.id, self._given(values), seen=form.heads)

    @rule(paper=papers)
    def delete(self, paper: str) -> None:
        records.delete(self.case.store, "paper", [paper])

    @rule(paper=papers)
    def decide(self, paper: str) -> None:
        for conflict in conflicts.of_record(self.case.store, "paper", paper):
            conflicts.decide(self.case.store, "paper", paper, conflict.field, conflict.versions[-1].value)

    @rule()
    def undo(self) -> None:
        undo.undo(self.case.store)

    @rule()
    def redo(self) -> None:
        undo.redo(self.case.store)

    def teardown(self) -> None:
        assert rebuild.differences(self.case.store) == []
        assert rebuild.broken_chain(self.case.store) == []
        before = contents(self.case.store)
        rebuild.rebuild(self.case.store)
        assert contents(self.case.store) == before
        folder = self.case.store.folder
        self.case.close()
        shutil.rmtree(folder.parent)


def contents(store: Store) -> dict[str, list[Any]]:
    """Every row of every table."""
    with store.connection() as conn:
        return {
            name: sorted((tuple(row) for row in conn.execute(table.select())), key=repr)
            for name, table in Base.metadata.tables.items()
            if name != "change"
        }


def test_tables_equal_the_journal_after_any_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, os.fspath(tmp_path / "home"))
    build(tmp_path / "案卷")
    Edits.base = tmp_path
    run_state_machine_as_test(
        Edits,
        settings=settings(
            max_examples=40,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )


def test_a_table_changed_behind_the_journal_is_found_and_made_again(store: Store) -> None:
    paper = new_paper(store, title="真")
    tamper(store.folder, store.keys, "UPDATE paper SET title = '假' WHERE id = ?", paper)
    assert rebuild.differences(store) == [f"问题底稿 {paper} 与修改记录不符"]
    rebuild.rebuild(store)
    assert rebuild.differences(store) == []
    assert records.load(store, "paper", paper).values["title"] == "真"


@pytest.mark.parametrize("lost", ["DELETE FROM paper WHERE id = ?", "DELETE FROM head WHERE record = ?"])
def test_what_is_missing_is_found_and_made_again(store: Store, lost: str) -> None:
    paper = new_paper(store)
    assert tamper(store.folder, store.keys, lost, paper) == 1
    assert len(rebuild.differences(store)) == 1
    rebuild.rebuild(store)
    assert rebuild.differences(store) == []
    assert not records.load(store, "paper", paper).deleted


def test_fields_of_a_newer_program_stay_in_the_journal_and_are_not_shown(store: Store) -> None:
    paper = new_paper(store)
    (change,) = changes_of(store, paper)
    newer = '{"inspection":null,"of_tomorrow":1,"title":"新版"}'
    tamper(store.folder, store.keys, "UPDATE change SET value = ? WHERE seq = ?", newer, change.seq)
    rebuild.rebuild(store)
    with store.read() as session:
        assert session.get_one(Paper, paper).title == "新版"


def test_the_order_of_titles_is_made_again_too(store: Store) -> None:
    paper = new_paper(store, title="平湖镇")
    with store.read() as session:
        before = session.get_one(Paper, paper).sort_key
    assert before.startswith("ping hu zhen")
    rebuild.rebuild(store)
    with store.read() as session:
        assert session.get_one(Paper, paper).sort_key == before
