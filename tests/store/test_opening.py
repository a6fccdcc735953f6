"""Opening a case: each way it can fail has a sentence of its own and changes nothing; copies are noticed."""

import os
import re
import select
import shutil
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.util import LRUCache

from tests.support.cheap_keys import CHEAP, PASSWORD, new_vault
from tests.support.journal_rows import new_paper, tamper
from tests.support.killing import needs_fork
from xuncha_desktop import paths
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Replica
from xuncha_desktop.services import records
from xuncha_desktop.store import high_water, opening, rebuild, statements
from xuncha_desktop.store.connection import SCHEMA, connect
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import DATABASE
from xuncha_desktop.store.vault import Vault

OWN_NOTES = ("case.lock", "case.lock.json")


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes, the lock's own notes left out."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in OWN_NOTES
    }


def _nothing(_: Path) -> None:
    pass


def _flip_on_page_one(folder: Path) -> None:
    data = bytearray((folder / DATABASE).read_bytes())
    data[2000] ^= 1
    (folder / DATABASE).write_bytes(data)


def _put_another_database(folder: Path) -> None:
    _, keys, _ = new_vault(folder.parent / "stranger")
    connect(folder.parent / "stranger" / DATABASE, keys, create=True).close()
    shutil.copy(folder.parent / "stranger" / DATABASE, folder / DATABASE)


def _raise_schema(folder: Path) -> None:
    keys = Vault.read(folder).unlock(PASSWORD)
    tamper(folder, keys, f"PRAGMA user_version = {SCHEMA + 1}")


def _empty(folder: Path) -> None:
    (folder / DATABASE).write_bytes(b"")


def _remove(folder: Path) -> None:
    (folder / DATABASE).unlink()


WAYS: list[tuple[Callable[[Path], None], str, str]] = [
    (_nothing, "错的口令", "口令不正确"),
    (_flip_on_page_one, PASSWORD, "口令正确，但案卷数据库.*已损坏"),
    (_put_another_database, PASSWORD, "不是本案卷的数据库"),
    (_raise_schema, PASSWORD, "由更新版本的程序写成"),
    (_empty, PASSWORD, "是空文件（0 字节）"),
    (_remove, PASSWORD, "找不到案卷数据库"),
]


@pytest.mark.parametrize(("harm", "password", "words"), WAYS)
def test_each_way_it_can_fail_is_told_and_changes_nothing(
    case_folder: Path, home: Path, harm: Callable[[Path], None], password: str, words: str
) -> None:
    harm(case_folder)
    before, settings = contents(case_folder), contents(home)
    with pytest.raises(UserError, match=words) as caught:
        opening.open_case(case_folder, password)
    assert contents(case_folder) == before
    assert contents(home) == settings
    assert sum(bool(re.search(other, str(caught.value))) for _, _, other in WAYS) == 1


@needs_fork
def test_a_second_program_is_told_who_has_the_case_and_changes_nothing(case_folder: Path) -> None:
    ready, tell = os.pipe()
    if (child := os.fork()) == 0:
        opening.open_case(case_folder, PASSWORD)
        os.write(tell, b"open")
        signal.pause()
    try:
        assert select.select([ready], [], [], 20)[0]
        before = contents(case_folder)
        with pytest.raises(UserError, match=f"正由电脑.*进程 {child}.*打开"):
            opening.open_case(case_folder, PASSWORD)
        assert contents(case_folder) == before
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with opening.open_case(case_folder, PASSWORD) as case:
        assert case.unclean


def test_a_folder_that_holds_no_case_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "照片").mkdir()
    (tmp_path / "照片" / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="不是案卷文件夹"):
        opening.open_case(tmp_path / "照片", PASSWORD)
    assert [path.name for path in (tmp_path / "照片").iterdir()] == ["a.txt"]


def test_after_a_failure_the_case_can_be_opened_at_once(case_folder: Path) -> None:
    with pytest.raises(UserError):
        opening.open_case(case_folder, "错的口令")
    opening.open_case(case_folder, PASSWORD).close()


def test_a_case_closed_properly_is_clean_and_one_left_open_is_not(case: OpenCase) -> None:
    assert not case.unclean
    folder = case.store.folder
    case.lock.release()  # as if the process were gone
    with opening.open_case(folder, PASSWORD) as again:
        assert again.unclean
    with opening.open_case(folder, PASSWORD) as again:
        assert not again.unclean


def test_closing_twice_is_closing_once(case: OpenCase) -> None:
    case.close()
    case.close()
    with pytest.raises(RuntimeError, match="forgotten"):
        _ = case.store.keys.raw48


def test_a_case_closes_even_when_its_mark_cannot_be_written(case: OpenCase, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(high_water, "write", fail)
    case.close()
    monkeypatch.undo()
    opening.open_case(case.store.folder, PASSWORD).close()


def test_the_same_laptop_stays_the_same_replica(case_folder: Path) -> None:
    seen: set[str] = set()
    for _ in range(3):
        with opening.open_case(case_folder, PASSWORD) as case:
            seen.add(case.store.replica)
            new_paper(case.store)
    assert len(seen) == 1


def replica_of(folder: Path) -> str:
    """Who writes in a case when it is opened here."""
    with opening.open_case(folder, PASSWORD) as case:
        new_paper(case.store)
        assert rebuild.broken_chain(case.store) == []
        assert rebuild.differences(case.store) == []
        return case.store.replica


def test_a_copy_on_another_laptop_writes_as_a_replica_of_its_own(
    case_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = replica_of(case_folder)
    copy = Path(shutil.copytree(case_folder, tmp_path / "另一台"))
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "other-home"))
    theirs = replica_of(copy)
    assert theirs != ours
    assert replica_of(copy) == theirs
    with opening.open_case(copy, PASSWORD) as case, case.store.read() as session:
        assert session.get_one(Replica, theirs).parent == ours


@pytest.mark.parametrize("crashed", [False, True])
def test_an_older_copy_put_back_writes_as_a_new_replica(case_folder: Path, tmp_path: Path, crashed: bool) -> None:
    first = replica_of(case_folder)
    older = Path(shutil.copytree(case_folder, tmp_path / "旧"))
    case = opening.open_case(case_folder, PASSWORD)
    new_paper(case.store)
    if crashed:
        case.lock.release()  # the process is gone without having said how far it came
    else:
        case.close()
    shutil.rmtree(case_folder)
    shutil.copytree(older, case_folder)
    second = replica_of(case_folder)
    assert second != first
    assert replica_of(case_folder) == second


def test_a_copy_beside_the_case_and_the_case_go_on_as_two(case_folder: Path, tmp_path: Path) -> None:
    first = replica_of(case_folder)
    copy = Path(shutil.copytree(case_folder, tmp_path / "副本"))
    assert replica_of(case_folder) == first
    second = replica_of(copy)
    assert second != first
    assert (replica_of(case_folder), replica_of(copy)) == (first, second)


def test_what_was_compiled_for_one_opening_serves_the_next(case_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(statements, "COMPILED", LRUCache[object, object](100))

    def read_papers() -> int:
        with opening.open_case(case_folder, PASSWORD) as case:
            assert records.options(case.store, "paper") == {}
        return len(statements.COMPILED)

    assert read_papers() == read_papers() > 0


def test_a_new_case_is_empty_and_its_recovery_key_opens_it(tmp_path: Path) -> None:
    opened, recovery = opening.create(tmp_path / "新", PASSWORD, argon=CHEAP)
    assert records.options(opened.store, "paper") == {}
    opened.close()
    opening.open_with(tmp_path / "新", lambda vault: vault.unlock_with_recovery(recovery)).close()


def test_a_folder_with_something_in_it_takes_no_new_case(tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    with pytest.raises(UserError, match="不是空的"):
        opening.create(tmp_path, PASSWORD, argon=CHEAP)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_a_crash_left_half_made_is_gone_after_opening(case_folder: Path) -> None:
    left = [case_folder / "case.db.part", case_folder / "backups" / "20310101-000000-timed.part" / "case.db"]
    kept = case_folder / "我的说明.part"
    for path in (*left, kept):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"half")
    opening.open_case(case_folder, PASSWORD).close()
    assert [path.exists() for path in left] == [False, False]
    assert kept.exists()


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"x": 1}', '{"x": {"seq": "y"}}', "\x00"])
def test_an_unreadable_mark_counts_as_none(tmp_path: Path, content: str) -> None:
    mark = high_water.path_of(tmp_path, "case")
    mark.parent.mkdir()
    mark.write_text(content, encoding="utf-8")
    assert high_water.read(mark, "x") is None
    high_water.write(mark, "x", high_water.Mark(3, "s"))
    assert high_water.read(mark, "x") == high_water.Mark(3, "s")
