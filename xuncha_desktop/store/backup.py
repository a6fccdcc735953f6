"""Backups of a case: made beside the work, carried to a stick, brought back as a case of its own."""

import json
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import func, select

from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Change, Evidence
from xuncha_desktop.store import opening
from xuncha_desktop.store.backup_list import DAMAGED, REASONS, STAMP, Backup, last_backup, listing, thin
from xuncha_desktop.store.blobs import BlobDamaged, BlobMissing, Blobs
from xuncha_desktop.store.connection import connect
from xuncha_desktop.store.copying import CopyUnsound, copy_database, finish_copy
from xuncha_desktop.store.folders import copy_file, disk_told, whole
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.opening import BACKUPS, FROM_BACKUP, Unlock
from xuncha_desktop.store.places import require_local
from xuncha_desktop.store.store import DATABASE, Store
from xuncha_desktop.store.vault import Vault

__all__ = [
    "REASONS",
    "Backup",
    "changed_since_last",
    "copy_out",
    "last_backup",
    "listing",
    "make",
    "make_before",
    "needed_blobs",
    "restore",
    "thin",
]

BLOB_LIST = "blobs.json"
_BLOBS = "blobs"


def make(case_folder: Path, keys: Keys, reason: str, progress: Progress) -> Path:
    """Back up a case, open or not: its database, reopened and checked, its keys, the list of its evidence files.

    A job; saves pass meanwhile. Evidence files are kept once, in the case's own folder.
    """
    if reason not in REASONS:
        raise ValueError(f"no reason for a backup: {reason}")
    backups = case_folder / BACKUPS
    with disk_told(case_folder):
        backups.mkdir(exist_ok=True)
    target = _free_name(backups, reason)
    with disk_told(case_folder), whole(target) as part:
        try:
            copy_database(
                case_folder / DATABASE, part / DATABASE, keys, {FROM_BACKUP: reason, "session_open": "0"}, progress
            )
        except CopyUnsound:
            # From now on no good backup gives way to a bad one.
            (case_folder / DAMAGED).touch()
            raise
        Vault.read(case_folder).copy_to(part)
        blobs = Blobs(case_folder / _BLOBS, keys)
        names = sorted(blobs.name_of(sha256) for sha256 in needed_blobs(part, keys))
        with replaced(part / BLOB_LIST) as file:
            file.write_text(json.dumps(names, indent=0), encoding="ascii")
        progress.step(100, 100, "备份已完成")
    return target


def make_before(store: Store, reason: str, progress: Progress) -> None:
    """Before a risky step, as a part of its job: a backup, unless the newest one holds everything already."""
    if changed_since_last(store):
        make(store.folder, store.keys, reason, progress)


def changed_since_last(store: Store) -> bool:
    """Whether the case holds changes that its newest backup lacks."""
    newest = last_backup(store.folder)
    if newest is None:
        return True
    query = select(Change.replica, func.max(Change.seq)).group_by(Change.replica)
    with store.connection() as conn:
        ours = {replica: seq for replica, seq in conn.execute(query)}  # noqa: C416 -- a row is a tuple only to us
    try:
        copy = connect(newest.path / DATABASE, store.keys, readonly=True)
    except UserError:
        return True  # a backup that cannot be read holds nothing
    try:
        return ours != dict(copy.execute("SELECT replica, max(seq) FROM change GROUP BY replica").fetchall())
    finally:
        copy.close()


def copy_out(case_folder: Path, keys: Keys, target_dir: Path, progress: Progress) -> Path:
    """备份到U盘: a fresh backup and all evidence files it lacks, read back and compared; the folder made there.

    `target_dir` gets a folder named like the case's, laid out like it, from which `restore` works.
    """
    if case_folder.absolute() in (target_dir.absolute(), *target_dir.absolute().parents):
        raise UserError(f"“{target_dir}”在案卷文件夹里面，不算另一处备份；请选择U盘或另一块磁盘。")
    if not target_dir.is_dir():
        raise UserError(f"找不到文件夹“{target_dir}”；请检查U盘是否插好，再选择一次。")
    made = make(case_folder, keys, "copy", progress)
    try:
        place = target_dir / case_folder.name
        copy = _free_name(place / BACKUPS, "copy")
        with disk_told(target_dir):
            copy.parent.mkdir(parents=True, exist_ok=True)
            with whole(copy) as part:
                for file in sorted(made.iterdir()):
                    copy_file(file, part / file.name, progress)
            blobs, needed = Blobs(case_folder / _BLOBS, keys), needed_blobs(made, keys)
            lacking = _bring_blobs(blobs, place / _BLOBS, needed, progress)
    finally:
        shutil.rmtree(made, ignore_errors=True)
    if lacking:
        raise UserError(f"备份已写到“{copy}”，但缺 {len(lacking)} 件证据文件，第一件：{lacking[0]}")
    return copy


def restore(backup: Path, folder: Path, unlock: Unlock, progress: Progress) -> list[str]:
    """Make a new case folder from a backup; sentences on evidence files that could not be brought back.

    The folder the backup was made of is never touched. The restored case writes as a new replica.
    """
    require_local(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UserError(f"文件夹“{folder}”不是空的，未作恢复；请换一个空文件夹，原有内容没有改动。")
    keys = unlock(Vault.read(backup))
    try:
        with disk_told(folder.parent), whole(folder) as part:
            # The file alone: a -journal or -wal lying beside the backup would undo it when opened.
            copy_file(backup / DATABASE, part / DATABASE, progress)
            finish_copy(part / DATABASE, keys, {FROM_BACKUP: "restored", "session_open": "0"})
            Vault.read(backup).copy_to(part)
            needed = needed_blobs(part, keys)
            lacking = _bring_blobs(Blobs(backup.parent.parent / _BLOBS, keys), part / _BLOBS, needed, progress)
        # Opening it once makes it a replica of its own.
        opening.open_with(folder, lambda _: keys).close()
    finally:
        keys.forget()
    return lacking


def needed_blobs(folder: Path, keys: Keys) -> list[str]:
    """SHA-256 of every evidence file that the database in `folder` knows of, deleted records included."""
    conn = connect(folder / DATABASE, keys, readonly=True)
    try:
        # Nothing but a SHA-256 can be a file; one odd value must not stop every backup.
        known = "length(file_hash) = 64 AND file_hash NOT GLOB '*[^0-9a-f]*'"
        query = f"SELECT DISTINCT file_hash FROM {Evidence.__tablename__} WHERE {known} ORDER BY file_hash"
        return [sha256 for (sha256,) in conn.execute(query)]
    finally:
        conn.close()


def _bring_blobs(source: Blobs, target: Path, needed: Sequence[str], progress: Progress) -> list[str]:
    """Copy evidence files one by one; one that is lost or damaged does not stop the others."""
    lacking: list[str] = []
    for done, sha256 in enumerate(needed):
        progress.step(done, len(needed), "正在复制证据文件")
        try:
            source.copy_to(target, [sha256], progress)
        except (BlobMissing, BlobDamaged) as error:
            lacking.append(str(error))
    return lacking


def _free_name(backups: Path, reason: str) -> Path:
    when = datetime.now()
    while any(backups.glob(f"{when.strftime(STAMP)}-*")):
        when += timedelta(seconds=1)
    return backups / f"{when.strftime(STAMP)}-{reason}"
