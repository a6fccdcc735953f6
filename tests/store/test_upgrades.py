"""Cases of every released schema open here, say the same as before, and have the columns of today's model."""

import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from sqlalchemy import inspect

from tests.support.cheap_keys import PASSWORD
from tests.support.journal_rows import new_paper, tamper
from tests.support.killing import count_instants, kill_at, needs_fork
from tests.support.old_case import CONTENTS, contents
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Base
from xuncha_desktop.store import backup, opening, upgrades
from xuncha_desktop.store.connection import SCHEMA, Connection, connect
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import DATABASE, Store
from xuncha_desktop.store.vault import Vault
from xuncha_desktop.store.verify import verify

OLD_CASES = sorted((Path(__file__).parents[1] / "data/old_cases").iterdir())
Step = Callable[[Connection], None]


def deviations(store: Store) -> list[str]:
    """Where the tables of a case are not those of the model."""
    found: list[str] = []
    with store.connection() as conn:
        looked = inspect(conn)
        for name, table in Base.metadata.tables.items():
            kept = {} if name not in looked.get_table_names() else {c["name"]: c for c in looked.get_columns(name)}
            wanted = {column.name: column for column in table.columns}
            found += [f"{name}.{column} 多余" for column in kept.keys() - wanted.keys()]
            for column, model in wanted.items():
                actual = kept.get(column)
                if actual is None:
                    found.append(f"{name}.{column} 没有升级步骤")
                elif (str(actual["type"]), actual["nullable"]) != (
                    str(model.type.compile(conn.dialect)),
                    model.nullable,
                ):
                    found.append(f"{name}.{column} 的类型不同")
            if kept:
                indexes = {index["name"] for index in looked.get_indexes(name)}
                found += [f"索引 {index.name} 没有升级步骤" for index in table.indexes if index.name not in indexes]
    return found


@pytest.mark.parametrize("old", OLD_CASES, ids=lambda path: path.name)
def test_an_old_case_opens_upgraded_and_says_what_it_said(old: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(old, tmp_path / "旧案卷"))
    with opening.open_case(folder, PASSWORD) as case:
        assert deviations(case.store) == []
        said, says = json.loads((old / CONTENTS).read_text(encoding="utf-8")), contents(case.store)
        assert says.keys() == said.keys()
        for record, values in said.items():
            assert {name: says[record][name] for name in values} == values
        assert verify(case, Progress()) == []
        new_paper_of_today(case)


def new_paper_of_today(case: OpenCase) -> None:
    """Write in it with today's model."""
    from xuncha_desktop.services import records

    record = records.create(case.store, "paper", {"title": "今天写的"})
    assert records.load(case.store, "paper", record).values["title"] == "今天写的"


def test_every_released_schema_has_its_old_case_and_its_step() -> None:
    assert [path.name for path in OLD_CASES] == [f"v{number}" for number in range(1, SCHEMA + 1)]
    assert sorted(upgrades.STEPS) == list(range(2, SCHEMA + 1))


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("ALTER TABLE paper DROP COLUMN note", ["paper.note 没有升级步骤"]),
        ("ALTER TABLE paper ADD COLUMN forgotten TEXT", ["paper.forgotten 多余"]),
        ("DROP INDEX ix_paper_sort_key", ["索引 ix_paper_sort_key 没有升级步骤"]),
    ],
)
def test_a_table_that_is_not_the_models_is_noticed(case: OpenCase, harm: str, words: list[str]) -> None:
    tamper(case.store.folder, case.store.keys, harm)
    assert deviations(case.store) == words


def _old(folder: Path) -> Keys:
    """Make a closed case one schema older than today's; its keys."""
    keys = Vault.read(folder).unlock(PASSWORD)
    tamper(folder, keys, f"PRAGMA user_version = {SCHEMA - 1}")
    return keys


def _add_column(conn: Connection) -> None:
    conn.execute("ALTER TABLE paper ADD COLUMN of_tomorrow TEXT NOT NULL DEFAULT ''")


def _fail(conn: Connection) -> None:
    _add_column(conn)
    raise ZeroDivisionError


def _version(folder: Path, keys: Keys) -> tuple[int, bool]:
    """The schema a database says it has, and whether it has the step's column."""
    conn = connect(folder / DATABASE, keys)
    try:
        columns = [row[1] for row in conn.execute("PRAGMA table_info(paper)")]
        return upgrades.version_of(conn), "of_tomorrow" in columns
    finally:
        conn.close()


def _steps(monkeypatch: pytest.MonkeyPatch, step: Step) -> None:
    steps: Mapping[int, Step] = {SCHEMA: step}
    monkeypatch.setattr(upgrades, "STEPS", steps)


def test_opening_an_older_case_backs_it_up_and_runs_its_steps(
    case_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = _old(case_folder)
    _steps(monkeypatch, _add_column)
    opening.open_case(case_folder, PASSWORD).close()
    assert _version(case_folder, keys) == (SCHEMA, True)
    (made,) = backup.listing(case_folder)
    assert made.reason == "before-upgrade"
    assert _version(made.path, keys) == (SCHEMA - 1, False)
    opening.open_case(case_folder, PASSWORD).close()
    assert backup.listing(case_folder) == [made]


def test_a_step_that_fails_leaves_the_old_case_as_it_was(case_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = _old(case_folder)
    before = (case_folder / DATABASE).read_bytes()
    _steps(monkeypatch, _fail)
    with pytest.raises(ZeroDivisionError):
        upgrades.upgrade(case_folder / DATABASE, keys, lambda: None)
    assert (case_folder / DATABASE).read_bytes() == before
    assert list(case_folder.glob("*.part*")) == []
    assert _version(case_folder, keys) == (SCHEMA - 1, False)


@needs_fork
@pytest.mark.crash
def test_kill_9_in_the_middle_leaves_the_old_or_the_new(
    case_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = _old(case_folder)
    _steps(monkeypatch, _add_column)
    folder = tmp_path / "kill"

    def upgrade() -> None:
        upgrades.upgrade(folder / DATABASE, keys, lambda: None)

    shutil.copytree(case_folder, folder)
    instants = count_instants(upgrade)
    found: set[tuple[int, bool]] = set()
    for instant in range(0, instants, max(1, instants // 30)):
        shutil.rmtree(folder)
        shutil.copytree(case_folder, folder)
        kill_at(instant, upgrade)
        found.add(_version(folder, keys))
        with opening.open_case(folder, PASSWORD) as case:
            new_paper(case.store)
        assert list(folder.glob("*.part*")) == []
    assert found == {(SCHEMA - 1, False), (SCHEMA, True)}
