"""Making, opening and closing a case: place, lock, keys, checks, upgrade, and who writes here."""

import logging
import secrets
import shutil
import socket
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from sqlalchemy import func, insert, select

from xuncha_desktop import paths
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Base, Change, Meta, Replica
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.store import high_water, upgrades
from xuncha_desktop.store.connection import SCHEMA, connect
from xuncha_desktop.store.drafts import Drafts
from xuncha_desktop.store.high_water import Mark
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.lock import CaseLock
from xuncha_desktop.store.places import require_local
from xuncha_desktop.store.slots import ArgonCost
from xuncha_desktop.store.store import DATABASE, Store
from xuncha_desktop.store.vault import Vault

Unlock = Callable[[Vault], Keys]
BACKUPS = "backups"
FROM_BACKUP = "backup"  # in a backup's own meta: whoever opens it is another copy than the one it was made of
_PARTS = ("vault.json.part", "vault.json.bak.part", f"{DATABASE}.part", f"{DATABASE}.part-journal")
_log = logging.getLogger(__name__)


@dataclass(slots=True)
class OpenCase:
    """An open case and what has to be closed with it."""

    store: Store
    drafts: Drafts
    vault: Vault
    lock: CaseLock
    mark: Path
    unclean: bool  # the last session did not end properly: check before trusting
    closed: bool = False

    def close(self) -> None:
        """Leave the case whole: mark a clean end, close the files, forget the keys, let go of the lock."""
        if self.closed:
            return
        self.closed = True
        with ExitStack() as last:  # all of them, whichever fails; in reverse order
            for step in (self.lock.release, self.store.keys.forget, self.store.close, self.drafts.close):
                last.callback(step)
            _mark(self.store, self.mark)
            try:
                self.store.set_meta("session_open", "0")
            except UserError:
                # The next opening takes it for a crash and checks; closing itself must not fail for it.
                _log.warning("end of session not marked", exc_info=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def create(folder: Path, password: str, *, argon: ArgonCost | None = None) -> tuple[OpenCase, str]:
    """Make an empty case in `folder` (made if missing); the open case and its recovery key."""
    require_local(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if any(path.name != "案卷说明.txt" for path in folder.iterdir()):
        raise UserError(f"文件夹“{folder}”不是空的，为免混淆不在其中建案卷；请换一个空文件夹。")
    _, keys, recovery = Vault.create(folder, password, case_id=new_id(), argon=argon)
    connect(folder / DATABASE, keys, create=True).close()
    store = Store(folder, keys, replica=new_id())
    with store.journal_connection() as conn:
        Base.metadata.create_all(conn)
        conn.execute(
            insert(Meta), [{"key": "replica", "value": store.replica}, {"key": "schema", "value": str(SCHEMA)}]
        )
    _register_replica(store, None, None)
    store.set_meta("device", paths.device_id())
    store.close()
    return open_with(folder, lambda vault: keys), recovery


def open_case(folder: Path, password: str, *, take_over: bool = False) -> OpenCase:
    """Open a case with its password; each way it can fail is a UserError of its own."""
    return open_with(folder, lambda vault: vault.unlock(password), take_over=take_over)


def open_with(folder: Path, unlock: Unlock, *, take_over: bool = False) -> OpenCase:
    """Open a case with keys got from its vault (password, recovery key)."""
    vault = Vault.read(folder)
    require_local(folder)
    with ExitStack() as failed:
        lock = CaseLock.acquire(folder, paths.device_id(), take_over=take_over)
        failed.callback(lock.release)
        keys = unlock(vault)
        failed.callback(keys.forget)
        vault.mend(keys)
        upgrades.upgrade(folder / DATABASE, keys, lambda: _back_up(folder, keys))
        store = Store(folder, keys, replica="")
        failed.callback(store.close)
        unclean = store.meta("session_open") == "1"
        mark = high_water.path_of(paths.settings_folder(), vault.case_id)
        store.replica = _own_replica(store, mark)
        store.set_metas({"session": secrets.token_hex(8), "session_open": "1"})
        _mark(store, mark)
        drafts = Drafts(folder, keys)
        failed.callback(drafts.close)
        _remove_parts(store)
        failed.pop_all()
    return OpenCase(store, drafts, vault, lock, mark, unclean)


def last_seq(store: Store) -> int:
    """The highest sequence number of this copy's own changes."""
    with store.connection() as conn:
        return conn.scalar(select(func.max(Change.seq)).where(Change.replica == store.replica)) or 0


def become_new_replica(store: Store) -> None:
    """Write under a new replica id from now on: this copy was restored, or another laptop goes on writing the old."""
    parent, seq = store.replica, last_seq(store)
    store.replica = new_id()
    _register_replica(store, parent, seq)
    store.set_metas({"replica": store.replica, "device": paths.device_id(), FROM_BACKUP: ""})


def _own_replica(store: Store, mark: Path) -> str:
    store.replica = store.meta("replica") or new_id()
    known = high_water.read(mark, store.replica)
    copied = store.meta("device") != paths.device_id() or bool(store.meta(FROM_BACKUP))
    older = known is not None and (known.seq > last_seq(store) or known.session != store.meta("session"))
    if copied or older:
        become_new_replica(store)
    return store.replica


def _register_replica(store: Store, parent: str | None, seq: int | None) -> None:
    with store.write("登记设备副本", kind="system") as session:
        session.add(Replica(id=store.replica, device=socket.gethostname(), parent=parent, parent_seq=seq))


def _mark(store: Store, mark: Path) -> None:
    try:
        high_water.write(mark, store.replica, Mark(last_seq(store), store.meta("session") or ""))
    except (UserError, OSError):
        # Without it the next opening may count as a copy, which is harmless; a case that does not open is not.
        _log.warning("mark of this laptop not written", exc_info=True)


def _back_up(folder: Path, keys: Keys) -> None:
    from xuncha_desktop.store import backup  # it opens what it restores, through this file

    backup.make(folder, keys, "before-upgrade", Progress())


def _remove_parts(store: Store) -> None:
    """What a kill -9 left half made; only under the case's lock, when nobody else can be making it."""
    store.blobs.remove_parts()
    for part in (store.folder / BACKUPS).glob("*.part"):
        shutil.rmtree(part, ignore_errors=True)
    for name in _PARTS:
        (store.folder / name).unlink(missing_ok=True)
