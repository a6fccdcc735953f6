"""The backups of a case: which there are, and which may go so that the disk does not fill."""

import re
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from xuncha_desktop.store.opening import BACKUPS
from xuncha_desktop.store.store import DATABASE
from xuncha_desktop.store.vault_file import FILE_NAME as VAULT

REASONS = {
    "close": "关闭",
    "timed": "定时",
    "manual": "手动",
    "copy": "外带",
    "before-import": "导入前",
    "before-restore": "恢复前",
    "before-upgrade": "升级前",
}
_PROTECTED = ("before-restore", "before-upgrade")
STAMP = "%Y%m%d-%H%M%S"
DAMAGED = f"{DATABASE}.damaged"  # the marker, or the database itself moved aside (then with a time after it)

_NAME = re.compile(rf"(\d{{8}}-\d{{6}})-({'|'.join(REASONS)})")
_ALL, _DAYS, _WEEKS = timedelta(hours=24), 14, 8
_SHARE = 5  # local backups stay under a fifth of the free space
_MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Backup:
    """One finished backup."""

    path: Path
    when: datetime  # local time
    reason: str  # a code of REASONS
    size: int  # bytes, without evidence files


def listing(case_folder: Path) -> list[Backup]:
    """All finished backups, the newest first."""
    found = (_recognise(path) for path in (case_folder / BACKUPS).glob("*"))
    return sorted((backup for backup in found if backup), key=lambda b: b.path.name, reverse=True)


def last_backup(case_folder: Path) -> Backup | None:
    """The newest finished backup."""
    return next(iter(listing(case_folder)), None)


def thin(
    case_folder: Path, *, now: datetime | None = None, closed_out: bool = False, free: int | None = None
) -> str | None:
    """Remove backups nobody needs any more; a sentence to show if they still take too much of the disk.

    Of a damaged case none is removed. `free` is the free space in bytes, measured if not given.
    """
    if any(case_folder.glob(f"{DAMAGED}*")):
        return None
    backups = listing(case_folder)
    going = superfluous(backups, now or datetime.now(), closed_out=closed_out)
    space = free if free is not None else shutil.disk_usage(case_folder).free
    staying = [backup for backup in backups if backup not in going]
    # Too large: the oldest go before their time, never the newest and never a protected one.
    for backup in reversed(staying[1:]):
        if _is_small(backups, going, space):
            break
        if closed_out or not _is_protected(backup):
            going.append(backup)
    for backup in going:
        _remove(backup)
    if _is_small(backups, going, space):
        return None
    used = sum(backup.size for backup in backups if backup not in going) / _MEGABYTE
    return (
        f"案卷“{case_folder.name}”的备份占 {used:,.0f} MB，超过磁盘剩余空间的五分之一；"
        "请清理磁盘，或备份到U盘后换一块大些的磁盘存放案卷。"
    )


def superfluous(backups: Iterable[Backup], now: datetime, *, closed_out: bool) -> list[Backup]:
    """Backups whose time is over: all of the last day stay, then one a day, then one a week."""
    going = [backup for backup in backups if closed_out or not _is_protected(backup)]
    newest_first = sorted(going, key=lambda b: b.when, reverse=True)
    kept = [b for b in newest_first if now - b.when <= _ALL]
    kept += _first_of_each(newest_first, lambda b: b.when.date(), _DAYS)
    kept += _first_of_each(newest_first, lambda b: b.when.isocalendar()[:2], _WEEKS)
    return [b for b in reversed(newest_first) if b not in kept]


def _first_of_each(backups: Iterable[Backup], period: Callable[[Backup], object], most: int) -> list[Backup]:
    found: dict[object, Backup] = {}
    for backup in backups:
        found.setdefault(period(backup), backup)
    return list(found.values())[:most]


def _is_protected(backup: Backup) -> bool:
    return backup.reason in _PROTECTED


def _is_small(backups: list[Backup], going: list[Backup], free: int) -> bool:
    freed = sum(backup.size for backup in going)
    used = sum(backup.size for backup in backups) - freed
    return used * _SHARE <= free + freed


def _recognise(path: Path) -> Backup | None:
    found = _NAME.fullmatch(path.name)
    if not found or not (path / DATABASE).is_file() or not (path / VAULT).is_file():
        return None
    try:
        when = datetime.strptime(found.group(1), STAMP)
    except ValueError:
        return None
    return Backup(path, when, found.group(2), sum(file.stat().st_size for file in path.iterdir()))


def _remove(backup: Backup) -> None:
    # First under a name that counts as no backup: half of one must never be offered.
    doomed = backup.path.with_name(f"{backup.path.name}.part")
    backup.path.rename(doomed)
    shutil.rmtree(doomed)
