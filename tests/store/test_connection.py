"""Opening the encrypted database: the recipe holds, and every way to fail has its own sentence and touches nothing."""

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.killing import needs_fork
from xuncha_desktop.errors import UserError
from xuncha_desktop.store import connection
from xuncha_desktop.store.checks import full_check, quick_check
from xuncha_desktop.store.connection import (
    DRAFTS_DATABASE,
    Connection,
    DatabaseBusy,
    DatabaseDamaged,
    DatabaseEmpty,
    DatabaseError,
    DatabaseForeign,
    DatabaseMissing,
    DatabaseNewer,
    DatabaseUnfinished,
    DatabaseUnreadable,
    SqliteTooOld,
    connect,
    require_sqlite,
)
from xuncha_desktop.store.keys import Keys

KEYS = Keys.from_secret(bytes(range(48)))
ROWS = [(number, f"标记文字{number}号" * 40) for number in range(1, 121)]


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A closed database of some thirty pages."""
    path = tmp_path / "case.db"
    conn = connect(path, KEYS, create=True)
    fill(conn)
    conn.close()
    return path


def fill(conn: Connection) -> None:
    conn.execute("CREATE TABLE paper (id INTEGER PRIMARY KEY, body TEXT NOT NULL)")
    conn.execute("CREATE TABLE citation (id INTEGER PRIMARY KEY, paper INTEGER REFERENCES paper)")
    conn.execute("CREATE INDEX paper_body ON paper (body)")
    conn.execute("BEGIN IMMEDIATE")
    conn.executemany("INSERT INTO paper VALUES (?, ?)", ROWS)
    conn.execute("COMMIT")


def read_all(path: Path) -> list[tuple[int, str]]:
    conn = connect(path, KEYS)
    try:
        return conn.execute("SELECT id, body FROM paper NOT INDEXED ORDER BY id").fetchall()
    finally:
        conn.close()


def snapshot(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "truncate"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("secure_delete", 1),
        ("temp_store", 2),
        ("mmap_size", 0),
        ("cache_size", -64000),
        ("busy_timeout", 70),
        ("cipher_memory_security", "0"),
        ("user_version", connection.SCHEMA),
        ("application_id", connection.CASE_DATABASE),
    ],
)
def test_every_connection_follows_the_recipe(case: Path, pragma: str, value: object) -> None:
    conn = connect(case, KEYS, busy_ms=70)
    assert conn.execute(f"PRAGMA {pragma}").fetchone() == (value,)
    conn.close()


def test_a_path_with_chinese_spaces_and_signs_works(tmp_path: Path) -> None:
    folder = tmp_path / "某县 巡察#1?100%&x=1"
    folder.mkdir()
    conn = connect(folder / "案卷.db", KEYS, create=True)
    fill(conn)
    conn.close()
    assert read_all(folder / "案卷.db") == ROWS
    assert (folder / "案卷.db").stat().st_size > connection.PAGE


def test_creating_never_overwrites(case: Path) -> None:
    before = snapshot(case.parent)
    with pytest.raises(UserError, match="已存在"):
        connect(case, KEYS, create=True)
    assert snapshot(case.parent) == before


def test_a_creation_that_fails_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(OverflowError):
        connect(tmp_path / "case.db", KEYS, create=True, busy_ms=_Unspeakable())
    assert list(tmp_path.iterdir()) == []


class _Unspeakable(int):
    def __format__(self, spec: str) -> str:
        raise OverflowError


def test_a_read_only_connection_reads_and_does_not_write(case: Path) -> None:
    conn = connect(case, KEYS, readonly=True)
    assert conn.execute("SELECT count(*) FROM paper").fetchone() == (len(ROWS),)
    with pytest.raises(DatabaseError, match="readonly"):
        conn.execute("DELETE FROM paper")
    conn.close()


FAILURES: dict[str, tuple[type[UserError], str]] = {
    "missing": (DatabaseMissing, "找不到"),
    "empty": (DatabaseEmpty, "空文件"),
    "one byte": (DatabaseDamaged, "截断"),
    "not whole": (DatabaseDamaged, "截断"),
    "one page": (DatabaseDamaged, "已损坏"),
    "cut in half": (DatabaseDamaged, "已损坏"),
    "page 1 flipped": (DatabaseDamaged, "口令正确，但"),
    "page 1 zeroed": (DatabaseDamaged, "口令正确，但"),
    "zip": (DatabaseForeign, "不是本案卷的数据库"),
    "plain SQLite": (DatabaseForeign, "不是本案卷的数据库"),
    "another case": (DatabaseForeign, "不是本案卷的数据库"),
    "drafts": (DatabaseForeign, "不是本程序的案卷数据库"),
    "newer": (DatabaseNewer, "先升级本程序"),
    "folder": (DatabaseUnreadable, "读不出"),
}


def spoil(case: Path, failure: str) -> None:
    """Make a failure out of a good database."""
    good = case.read_bytes()
    case.unlink()
    made: dict[str, bytes] = {
        "empty": b"",
        "one byte": good[:1],
        "not whole": good[:-1],
        "one page": good[:4096],
        "cut in half": good[: len(good) // 8192 * 4096],
        "page 1 flipped": good[:700] + bytes([good[700] ^ 8]) + good[701:],
        "page 1 zeroed": bytes(4096) + good[4096:],
        "zip": b"PK\x03\x04" + random.Random(1).randbytes(8188),
        "plain SQLite": b"SQLite format 3\x00" + bytes(8176),
    }
    if failure in made:
        case.write_bytes(made[failure])
    elif failure == "another case":
        connect(case, Keys.mint(), create=True).close()
    elif failure == "drafts":
        connect(case, KEYS, create=True, application=DRAFTS_DATABASE).close()
    elif failure == "newer":
        connect(case, KEYS, create=True, newest_schema=connection.SCHEMA + 1).close()
    elif failure == "folder":
        case.mkdir()


@pytest.mark.parametrize("failure", FAILURES)
def test_a_failure_is_named_and_changes_nothing(case: Path, failure: str, capfd: pytest.CaptureFixture[str]) -> None:
    spoil(case, failure)
    before = {} if failure == "folder" else snapshot(case.parent)
    kind, words = FAILURES[failure]
    for readonly in (False, True):
        with pytest.raises(kind, match=words) as caught:
            connect(case, KEYS, readonly=readonly)
        assert type(caught.value) is kind
    if failure != "folder":
        assert snapshot(case.parent) == before
    assert capfd.readouterr() == ("", ""), "SQLCipher must not write to the console"


def test_the_failures_have_different_sentences(case: Path) -> None:
    said = {}
    good = case.read_bytes()
    for failure in ("missing", "empty", "page 1 flipped", "not whole", "zip", "drafts", "newer"):
        case.write_bytes(good)
        spoil(case, failure)
        with pytest.raises(UserError) as caught:
            connect(case, KEYS)
        said[failure] = str(caught.value)
    assert len(set(said.values())) == len(said)


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch, case: Path) -> None:
    require_sqlite((3, 51, 3))
    with pytest.raises(SqliteTooOld, match=r"3\.51\.2 过旧"):
        require_sqlite((3, 51, 2))
    monkeypatch.setattr(connection.dbapi2, "sqlite_version_info", (3, 40, 1))
    with pytest.raises(SqliteTooOld):
        connect(case, KEYS)


def cut_lengths(size: int) -> Iterator[int]:
    dice = random.Random(7)
    yield from (0, 1, 15, 16, 17, 99, 511, 512, 4095, 4096, 4097, size - 4097, size - 4096, size - 1)
    yield from (dice.randrange(size) for _ in range(200))


def test_a_truncated_database_is_refused_or_whole(case: Path) -> None:
    good = case.read_bytes()
    for length in cut_lengths(len(good)):
        case.write_bytes(good[:length])
        with pytest.raises((DatabaseDamaged, DatabaseEmpty)):
            connect(case, KEYS)
        assert case.read_bytes() == good[:length]


def test_a_flipped_bit_never_gives_silent_wrong_data(case: Path) -> None:
    good = case.read_bytes()
    dice = random.Random(11)
    refused = unread = 0
    for place in [0, 15, 16, 4095, 4096, *(dice.randrange(len(good)) for _ in range(500))]:
        flipped = good[:place] + bytes([good[place] ^ (1 << dice.randrange(8))]) + good[place + 1 :]
        case.write_bytes(flipped)
        try:
            assert read_all(case) == ROWS
        except DatabaseDamaged:
            refused += 1
        except DatabaseError:
            unread += 1
        assert case.read_bytes() == flipped
    assert refused
    assert unread


def test_a_check_names_the_damaged_page(case: Path) -> None:
    good = case.read_bytes()
    for page in (2, 3, 5, 9):
        place = (page - 1) * connection.PAGE + 900
        case.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        try:
            conn = connect(case, KEYS)
        except DatabaseDamaged:
            continue
        found = full_check(conn)
        conn.close()
        assert f"第 {page} 页的加密校验不符" in found
        assert len(found) == len(set(found))


def test_checks_of_a_sound_database_find_nothing(case: Path) -> None:
    conn = connect(case, KEYS)
    assert quick_check(conn) == []
    assert full_check(conn) == []
    conn.close()


def test_checks_name_lost_references_and_index_faults(case: Path) -> None:
    conn = connect(case, KEYS)
    conn.execute("PRAGMA foreign_keys=OFF")
    conn.execute("INSERT INTO citation VALUES (5, 999)")
    assert full_check(conn) == ["表 citation 第 5 行引用的 paper 记录不存在"]
    conn.execute("DELETE FROM citation")
    conn.execute("PRAGMA writable_schema=ON")
    conn.execute("UPDATE sqlite_schema SET sql = replace(sql, '(body)', '(id)') WHERE name = 'paper_body'")
    conn.close()
    conn = connect(case, KEYS)
    found = full_check(conn)
    assert found
    assert all("索引 paper_body" in sentence for sentence in found)
    conn.close()


def test_a_writer_elsewhere_makes_a_statement_wait_only_so_long(case: Path) -> None:
    writer, other = connect(case, KEYS), connect(case, KEYS, busy_ms=30)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="locked"):
        other.execute("BEGIN IMMEDIATE")
    writer.execute("ROLLBACK")
    other.execute("BEGIN IMMEDIATE")
    other.close()
    writer.close()


def test_opening_beside_an_exclusive_writer_says_busy(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_OPENING_MS", 50)
    writer = connect(case, KEYS)
    writer.execute("BEGIN EXCLUSIVE")
    with pytest.raises(DatabaseBusy, match="正忙"):
        connect(case, KEYS)
    writer.close()


TRY_TO_WRITE = """
import sys
from pathlib import Path
from xuncha_desktop.store.connection import DatabaseError, connect
from xuncha_desktop.store.keys import Keys
try:
    connect(Path(sys.argv[1]), Keys.from_secret(bytes(range(48)))).execute("BEGIN IMMEDIATE")
except DatabaseError:
    sys.exit(7)
"""


@pytest.mark.crash
def test_a_refused_opening_does_not_let_go_of_our_locks(case: Path) -> None:
    """A plain open and close of the file by this process would drop them, and the other process get in."""
    writer = connect(case, KEYS)
    writer.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseForeign):
        connect(case, Keys.mint())
    command = [sys.executable, "-c", TRY_TO_WRITE, str(case)]
    root = Path(connection.__file__).parents[2]
    assert subprocess.run(command, cwd=root, timeout=30, check=False).returncode == 7
    writer.execute("COMMIT")
    assert subprocess.run(command, cwd=root, timeout=30, check=False).returncode == 0
    writer.close()


def kill_while_writing(case: Path) -> None:
    """Leave a hot journal: pages of an unfinished transaction are already in the file."""
    if (child := os.fork()) == 0:
        conn = connect(case, KEYS)
        conn.execute("PRAGMA cache_size=3")
        conn.execute("BEGIN IMMEDIATE")
        conn.execute("UPDATE paper SET body = '未提交的标记' || body")
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert (case.parent / "case.db-journal").stat().st_size


@needs_fork
@pytest.mark.crash
@pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning")
def test_an_unfinished_write_is_undone_at_the_next_opening_and_nothing_is_readable_meanwhile(case: Path) -> None:
    kill_while_writing(case)
    written = b"".join(snapshot(case.parent).values())
    for marker in ("标记文字", "未提交的标记", "CREATE TABLE", "paper_body", "SQLite format"):
        assert marker.encode() not in written
        assert marker.encode("utf-16-le") not in written
    assert KEYS.dek not in written
    with pytest.raises(DatabaseUnfinished, match="没有正常关闭"):
        connect(case, KEYS, readonly=True)
    assert b"".join(snapshot(case.parent).values()) == written
    assert read_all(case) == ROWS
