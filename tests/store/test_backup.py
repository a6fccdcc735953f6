"""Backups: made beside the work, thinned, carried away, brought back as a case; and the check of a case."""

import hashlib
import json
import shutil
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.journal_rows import new_paper, tamper
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import records
from xuncha_desktop.store import backup, backup_list, copying, opening, rebuild
from xuncha_desktop.store.checks import full_check
from xuncha_desktop.store.connection import connect
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import DATABASE
from xuncha_desktop.store.vault import Vault
from xuncha_desktop.store.verify import verify

NOW = datetime(2031, 6, 1, 18, 0)


def make(case: OpenCase, reason: str = "timed") -> Path:
    """A backup of an open case."""
    return backup.make(case.store.folder, case.store.keys, reason, Progress())


def evidence(case: OpenCase, content: bytes) -> str:
    """Take a file into the case; its SHA-256."""
    blob = case.store.blobs.add(BytesIO(content), Progress())
    records.create(case.store, "evidence", {"name": "虚构", "file_hash": blob.sha256, "file_size": blob.size})
    return blob.sha256


def restore(made: Path, folder: Path) -> list[str]:
    """Bring a backup back with the case's password."""
    return backup.restore(made, folder, lambda vault: vault.unlock(PASSWORD), Progress())


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def stored_files(folder: Path) -> list[str]:
    """Names of the encrypted evidence files in a folder."""
    return sorted(path.name for path in (folder / "blobs").rglob("*") if path.is_file())


def test_a_backup_holds_what_the_case_held_and_opens_with_its_password(case: OpenCase) -> None:
    paper = new_paper(case.store, title="备份前")
    evidence(case, b"one")
    made = make(case, "close")
    records.edit(case.store, "paper", paper, {"title": "备份后"})
    assert sorted(path.name for path in made.iterdir()) == ["blobs.json", "case.db", "vault.json", "vault.json.bak"]
    conn = connect(made / DATABASE, Vault.read(made).unlock(PASSWORD), readonly=True)
    assert full_check(conn) == []
    assert conn.execute("SELECT title FROM paper").fetchall() == [("备份前",)]
    conn.close()
    assert json.loads((made / "blobs.json").read_bytes()) == stored_files(case.store.folder)
    (found,) = backup.listing(case.store.folder)
    assert (found.path, found.reason) == (made, "close")
    assert abs(datetime.now() - found.when) < timedelta(minutes=1)
    assert found.size == sum(path.stat().st_size for path in made.iterdir())
    assert backup.last_backup(case.store.folder) == found


def test_the_list_of_needed_files_names_no_content_to_a_stranger(case: OpenCase) -> None:
    sha256 = evidence(case, b"a file that is known elsewhere")
    assert sha256 not in (make(case) / "blobs.json").read_text(encoding="ascii")


def test_a_closed_case_can_be_backed_up_too(case: OpenCase) -> None:
    folder = case.store.folder
    case.close()
    keys = Vault.read(folder).unlock(PASSWORD)
    assert backup.make(folder, keys, "close", Progress()).is_dir()


def test_an_unknown_reason_is_a_bug(case: OpenCase) -> None:
    with pytest.raises(ValueError, match="no reason"):
        make(case, "because")


def test_two_backups_within_a_second_are_two(case: OpenCase) -> None:
    assert len({make(case), make(case), make(case)}) == 3
    assert [b.path.name for b in backup.listing(case.store.folder)] == sorted(
        (b.path.name for b in backup.listing(case.store.folder)), reverse=True
    )


def test_it_is_known_whether_something_changed_since(case: OpenCase) -> None:
    assert backup.last_backup(case.store.folder) is None
    assert backup.changed_since_last(case.store)
    make(case)
    assert not backup.changed_since_last(case.store)
    case.store.set_meta("own_member", "x")
    assert not backup.changed_since_last(case.store)
    new_paper(case.store)
    assert backup.changed_since_last(case.store)


def test_a_risky_step_is_preceded_by_a_backup_unless_there_is_one_of_this_state(case: OpenCase) -> None:
    for _ in range(2):
        backup.make_before(case.store, "before-import", Progress())
    assert [made.reason for made in backup.listing(case.store.folder)] == ["before-import"]
    new_paper(case.store)
    backup.make_before(case.store, "before-restore", Progress())
    assert [made.reason for made in backup.listing(case.store.folder)] == ["before-restore", "before-import"]


def test_a_backup_that_cannot_be_read_counts_for_none(case: OpenCase) -> None:
    made = backup.make(case.store.folder, case.store.keys, "timed", Progress())
    assert not backup.changed_since_last(case.store)
    (made / DATABASE).write_bytes(bytes(4096))
    assert backup.changed_since_last(case.store)


def test_a_damaged_case_is_said_to_be_damaged_without_a_word_on_copies(case_folder: Path) -> None:
    with opening.open_case(case_folder, PASSWORD) as case:
        _flip(case_folder / DATABASE, -2000)
        [finding] = verify(case, Progress())
    assert finding.startswith("案卷数据库")
    assert finding.endswith("请从最近的完好备份恢复，原文件请保留。")
    assert "复制" not in finding


def test_saves_pass_while_a_backup_is_made_and_it_holds_them_all_or_none_of_one(
    case: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copying, "_PAGES", 4)
    paper = new_paper(case.store)
    done: list[Path] = []
    thread = threading.Thread(target=lambda: done.append(make(case)))
    thread.start()
    for number in range(40):
        records.edit(case.store, "paper", paper, {"title": str(number), "people": number})
    thread.join()
    conn = connect(done[0] / DATABASE, case.store.keys, readonly=True)
    title, people = conn.execute("SELECT title, people FROM paper").fetchone()
    changes = conn.execute("SELECT count(*) FROM change WHERE field = 'people'").fetchone()
    conn.close()
    assert (title, people) == (str(people), changes[0] - 1)
    assert verify(case, Progress()) == []


def test_a_backup_gives_up_rather_than_hold_back_somebody_who_saves_without_end(
    case: OpenCase, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in (("_PAGES", 4), ("_QUIET", 0.02), ("_LONGEST_WAIT", 0.05)):
        monkeypatch.setattr(copying, name, value)
    paper = new_paper(case.store)
    numbers = iter(range(10**6))

    def save(*_: object) -> None:
        records.edit(case.store, "paper", paper, {"people": next(numbers)})

    with pytest.raises(UserError, match="一直在保存"):
        backup.make(case.store.folder, case.store.keys, "timed", Progress(save))
    assert backup.listing(case.store.folder) == []
    assert not (case.store.folder / backup_list.DAMAGED).exists()


@pytest.mark.parametrize("stage", ["正在复制案卷数据库", "正在检查副本"])
def test_a_backup_that_is_cancelled_leaves_nothing(case: OpenCase, stage: str) -> None:
    def stop(_done: int, _total: int, text: str) -> None:
        if text == stage:
            progress.cancel()

    progress = Progress(stop)
    with pytest.raises(Cancelled):
        backup.make(case.store.folder, case.store.keys, "timed", progress)
    assert list((case.store.folder / "backups").iterdir()) == []


def _flip(path: Path, place: int) -> None:
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)


def test_a_damaged_case_gives_no_backup_and_from_then_on_none_is_removed(case_folder: Path) -> None:
    keys = Vault.read(case_folder).unlock(PASSWORD)
    good = backup.make(case_folder, keys, "timed", Progress())
    _flip(case_folder / DATABASE, -2000)
    with pytest.raises(UserError, match="恢复"):
        backup.make(case_folder, keys, "timed", Progress())
    assert [found.path for found in backup.listing(case_folder)] == [good]
    assert backup.thin(case_folder, now=datetime.now() + timedelta(days=1000), free=0) is None
    assert [found.path for found in backup.listing(case_folder)] == [good]


def _backups(folder: Path, *ages: tuple[timedelta, str]) -> None:
    for age, reason in ages:
        place = folder / "backups" / f"{NOW - age:%Y%m%d-%H%M%S}-{reason}"
        place.mkdir(parents=True)
        (place / DATABASE).write_bytes(bytes(1000))
        (place / "vault.json").write_bytes(b"")


def _ages(folder: Path) -> list[tuple[timedelta, str]]:
    return [(NOW - found.when, found.reason) for found in backup.listing(folder)]


def test_all_of_a_day_then_one_a_day_then_one_a_week_are_kept(tmp_path: Path) -> None:
    _backups(tmp_path, *[(timedelta(hours=hours), "timed") for hours in range(0, 24 * 70, 2)])
    assert backup.thin(tmp_path, now=NOW, free=10**12) is None
    left = [age for age, _ in _ages(tmp_path)]
    recent = [age for age in left if age <= timedelta(hours=24)]
    assert recent == [timedelta(hours=hours) for hours in range(0, 25, 2)]
    days = {(NOW - age).date() for age in left}
    assert {NOW.date() - timedelta(days=back) for back in range(14)} <= days
    weeks = {(NOW - age).isocalendar()[:2] for age in left}
    assert len(weeks) == 8
    assert len(left) == 13 + 12 + 6
    backup.thin(tmp_path, now=NOW, free=10**12)
    assert [age for age, _ in _ages(tmp_path)] == left


def test_what_was_made_before_a_risky_step_stays_until_the_case_is_closed_out(tmp_path: Path) -> None:
    old = [(timedelta(days=300 + n), reason) for n, reason in enumerate(("before-upgrade", "timed", "before-restore"))]
    _backups(tmp_path, (timedelta(0), "timed"), *[(timedelta(days=7 * n), "close") for n in range(1, 20)], *old)
    backup.thin(tmp_path, now=NOW, free=10**12)
    assert [reason for age, reason in _ages(tmp_path) if age > timedelta(days=299)] == [
        "before-upgrade",
        "before-restore",
    ]
    backup.thin(tmp_path, now=NOW, closed_out=True, free=10**12)
    assert [reason for age, reason in _ages(tmp_path) if age > timedelta(days=299)] == []


def test_backups_make_room_on_a_full_disk_and_warn_when_that_does_not_suffice(tmp_path: Path) -> None:
    ages = [(timedelta(hours=hours), "timed") for hours in range(10)]
    _backups(tmp_path, *ages, (timedelta(days=3), "before-upgrade"))
    # 11,000 bytes are used; 4,000 free and what is given up for it must be five times what stays.
    assert backup.thin(tmp_path, now=NOW, free=4000) is None
    left = _ages(tmp_path)
    assert left == [(timedelta(0), "timed"), (timedelta(days=3), "before-upgrade")]
    warning = backup.thin(tmp_path, now=NOW, free=100)
    assert warning is not None
    assert "五分之一" in warning
    assert _ages(tmp_path) == left


@pytest.mark.parametrize("marker", ["case.db.damaged", "case.db.damaged-20310101"])
def test_nothing_is_removed_while_the_case_is_marked_as_damaged(tmp_path: Path, marker: str) -> None:
    _backups(tmp_path, *[(timedelta(days=days), "timed") for days in range(100)])
    (tmp_path / marker).write_bytes(b"")
    assert backup.thin(tmp_path, now=NOW, free=0) is None
    assert len(_ages(tmp_path)) == 100


@pytest.mark.parametrize(
    "name", ["20310101-000000-timed.part", "20310101-000000-because", "2031-timed", "20311301-000000-timed", "照片"]
)
def test_what_is_no_finished_backup_is_not_listed(tmp_path: Path, name: str) -> None:
    place = tmp_path / "backups" / name
    place.mkdir(parents=True)
    (place / DATABASE).write_bytes(b"x")
    (place / "vault.json").write_bytes(b"x")
    assert backup.listing(tmp_path) == []


def test_a_folder_without_its_database_or_keys_is_not_listed(tmp_path: Path) -> None:
    _backups(tmp_path, (timedelta(0), "timed"), (timedelta(1), "timed"))
    one, other = backup.listing(tmp_path)
    (one.path / DATABASE).unlink()
    (other.path / "vault.json").unlink()
    assert backup.listing(tmp_path) == []


def test_every_reason_reads_as_words() -> None:
    codes = {"close", "timed", "before-import", "before-restore", "before-upgrade"}
    assert codes <= set(backup.REASONS)
    assert all(
        words and backup_list._NAME.fullmatch(f"20310101-000000-{code}") for code, words in backup.REASONS.items()
    )


def test_a_restored_case_is_the_old_one_under_a_new_replica(case: OpenCase, tmp_path: Path) -> None:
    paper = new_paper(case.store, title="备份前")
    kept = evidence(case, b"x" * 200_000)
    made = make(case)
    records.edit(case.store, "paper", paper, {"title": "备份后"})
    old, replica = case.store.folder, case.store.replica
    case.close()
    before = contents(old)

    assert restore(made, tmp_path / "恢复") == []

    assert contents(old) == before
    with opening.open_case(tmp_path / "恢复", PASSWORD) as again:
        assert not again.unclean
        assert again.store.replica != replica
        assert records.load(again.store, "paper", paper).values["title"] == "备份前"
        assert hashlib.sha256(again.store.blobs.read(kept, 10**6)).hexdigest() == kept
        records.edit(again.store, "paper", paper, {"title": "恢复后"})
        assert verify(again, Progress()) == []
    with opening.open_case(old, PASSWORD) as still:
        assert still.store.replica == replica
        assert records.load(still.store, "paper", paper).values["title"] == "备份后"


def test_a_backups_database_put_back_by_hand_writes_as_a_new_replica(case: OpenCase) -> None:
    made, folder, replica = make(case), case.store.folder, case.store.replica
    case.close()
    shutil.copy(made / DATABASE, folder / DATABASE)
    with opening.open_case(folder, PASSWORD) as again:
        second = again.store.replica
    assert second != replica
    with opening.open_case(folder, PASSWORD) as again:
        assert again.store.replica == second


@pytest.mark.parametrize("leftover", ["case.db-journal", "case.db-wal", "case.db-shm"])
def test_journals_lying_beside_a_backup_do_not_undo_it(case: OpenCase, tmp_path: Path, leftover: str) -> None:
    new_paper(case.store, title="备份前")
    made = make(case)
    (made / leftover).write_bytes(bytes.fromhex("d9d505f920a163d7") + bytes(5000))
    assert restore(made, tmp_path / "恢复") == []
    assert (tmp_path / "恢复" / "case.db-journal").stat().st_size == 0
    with opening.open_case(tmp_path / "恢复", PASSWORD) as again:
        assert len(records.options(again.store, "paper")) == 1
        assert verify(again, Progress()) == []


def _with_a_file(folder: Path) -> None:
    folder.mkdir()
    (folder / "x").write_bytes(b"")


def _a_file(folder: Path) -> None:
    folder.write_bytes(b"")


@pytest.mark.parametrize("occupy", [_with_a_file, _a_file])
def test_a_place_that_is_taken_is_refused_and_left_alone(
    case: OpenCase, tmp_path: Path, occupy: Callable[[Path], None]
) -> None:
    made = make(case)
    occupy(tmp_path / "占用")
    with pytest.raises(UserError, match="不是空的"):
        restore(made, tmp_path / "占用")
    assert len(list((tmp_path / "占用").iterdir()) if (tmp_path / "占用").is_dir() else [0]) == 1


def test_an_empty_folder_is_taken(case: OpenCase, tmp_path: Path) -> None:
    (tmp_path / "空").mkdir()
    assert restore(make(case), tmp_path / "空") == []
    opening.open_case(tmp_path / "空", PASSWORD).close()


def test_a_wrong_password_or_a_damaged_backup_restores_nothing(case: OpenCase, tmp_path: Path) -> None:
    made = make(case)
    with pytest.raises(UserError, match="口令不正确"):
        backup.restore(made, tmp_path / "恢复", lambda vault: vault.unlock("错"), Progress())
    _flip(made / DATABASE, -2000)
    with pytest.raises(UserError, match=r"第 \d+ 页"):
        restore(made, tmp_path / "恢复")
    assert not (tmp_path / "恢复").exists()
    assert not (tmp_path / "恢复.part").exists()


def test_lost_evidence_is_named_and_does_not_stop_the_rest(case: OpenCase, tmp_path: Path) -> None:
    evidence(case, b"lost")
    kept = evidence(case, b"kept")
    made = make(case)
    lost = case.store.blobs._path(hashlib.sha256(b"lost").hexdigest())
    lost.unlink()
    (sentence,) = restore(made, tmp_path / "恢复")
    assert "找不到证据文件" in sentence
    with opening.open_case(tmp_path / "恢复", PASSWORD) as again:
        assert again.store.blobs.read(kept, 100) == b"kept"


def test_a_copy_on_a_stick_holds_everything_and_restores_without_the_case(case: OpenCase, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    paper = new_paper(case.store, title="外带")
    first = evidence(case, b"first")
    copy = backup.copy_out(case.store.folder, case.store.keys, stick, Progress())
    assert backup.listing(case.store.folder) == []
    before = {path: path.stat().st_mtime_ns for path in (stick / case.store.folder.name / "blobs").rglob("*/*")}
    second = evidence(case, b"second")
    newest = backup.copy_out(case.store.folder, case.store.keys, stick, Progress())
    assert {path: path.stat().st_mtime_ns for path in before} == before
    assert [found.path for found in backup.listing(copy.parents[1])] == [newest, copy]
    shutil.rmtree(case.store.folder)
    assert restore(newest, tmp_path / "恢复") == []
    with opening.open_case(tmp_path / "恢复", PASSWORD) as again:
        assert records.load(again.store, "paper", paper).values["title"] == "外带"
        assert [again.store.blobs.read(sha256, 100) for sha256 in (first, second)] == [b"first", b"second"]


def test_a_copy_that_reads_back_differently_is_none(
    case: OpenCase, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    real = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", lambda _file, kind: real(BytesIO(b"rotten"), kind))
    with pytest.raises(UserError, match="读出的内容不一致"):
        backup.copy_out(case.store.folder, case.store.keys, stick, Progress())
    assert [path for path in stick.rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("where", ["", "backups", "gone"])
def test_a_copy_belongs_to_another_place_that_is_there(case: OpenCase, tmp_path: Path, where: str) -> None:
    target = tmp_path / "gone" if where == "gone" else case.store.folder / where
    with pytest.raises(UserError, match="请"):
        backup.copy_out(case.store.folder, case.store.keys, target, Progress())
    assert backup.listing(case.store.folder) == []


def test_a_sound_case_verifies_and_leaves_no_copy_behind(case: OpenCase) -> None:
    new_paper(case.store)
    evidence(case, b"x")
    texts: list[str] = []
    assert verify(case, Progress(lambda _done, _total, text: texts.append(text))) == []
    assert {"正在复制案卷数据库", "正在核对修改记录", "正在核对证据文件", "检查已完成"} <= set(texts)
    assert list((case.store.folder / "backups").iterdir()) == []


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        ("UPDATE paper SET title = '假'", "与修改记录不符"),
        ("UPDATE change SET value = '\"假\"' WHERE field = '_new' AND entity = 'paper'", "被改动或缺失"),
        ("DELETE FROM batch WHERE label = '新增问题底稿'", "操作登记被改动或缺失"),
        ("DELETE FROM head WHERE entity = 'paper'", "最新修改标记"),
    ],
)
def test_what_does_not_agree_is_found(case: OpenCase, harm: str, words: str) -> None:
    new_paper(case.store)
    tamper(case.store.folder, case.store.keys, harm)
    (finding,) = verify(case, Progress())
    assert words in finding


def test_lost_and_damaged_evidence_is_found(case: OpenCase) -> None:
    for content in (b"sound", b"lost", b"rotten"):
        evidence(case, content)
    case.store.blobs._path(hashlib.sha256(b"lost").hexdigest()).unlink()
    _flip(case.store.blobs._path(hashlib.sha256(b"rotten").hexdigest()), -1)
    findings = verify(case, Progress())
    assert len(findings) == 2
    assert rebuild.differences(case.store) == []
