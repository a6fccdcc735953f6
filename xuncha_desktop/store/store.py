"""The open case: short reading and writing sessions over the encrypted database, and the news of each write."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, insert, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.pool import QueuePool
from sqlcipher3 import dbapi2

from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Meta
from xuncha_desktop.store import guard, journal, statements
from xuncha_desktop.store.blobs import Blobs
from xuncha_desktop.store.clock import Wall, wall_ms
from xuncha_desktop.store.connection import connect
from xuncha_desktop.store.journal import Action, Changes, FieldKey, Heads

if TYPE_CHECKING:
    from xuncha_desktop.store.vault import Keys

DATABASE = "case.db"
_READING_MS = 2000  # a reader waits out the commit of a long import; a save goes back to its draft at once
_BUSY, _FULL = (5, 6), 13
_SENTENCES = {
    8: "案卷所在的磁盘是只读的，不能保存修改；请把案卷复制到本机硬盘再打开。",
    10: "读写案卷数据库失败，这次修改没有存入；请检查磁盘是否接好、空间是否充足，已输入的文字还在草稿里。",
    11: "案卷数据库已损坏，这次修改没有存入；请关闭案卷，从最近的备份恢复，原文件请保留。",
    _FULL: "磁盘空间不足，这次修改没有存入案卷；请腾出空间后再存，已输入的文字还在。",
    26: "案卷数据库已损坏，这次修改没有存入；请关闭案卷，从最近的备份恢复，原文件请保留。",
}
Listener = Callable[[Changes], None]


class StoreBusy(UserError):
    """Another connection holds the write lock; the text stays in its draft and the save is tried again."""


class Store:
    """One open case. Reading gives plain snapshots; writing goes through `write` alone."""

    def __init__(self, folder: Path, keys: "Keys", *, replica: str, wall: Wall = wall_ms, busy_ms: int = 50) -> None:
        self.folder = folder
        self.keys = keys
        self.replica = replica
        self.actor: str | None = None  # id of the member who works here
        self.batches = 0  # how many were written since the case was opened: an act that changed nothing writes none
        self.blobs = Blobs(folder / "blobs", keys)
        self.decoder = Decoder()  # for whoever looks at evidence; its process starts when it is first asked
        self.listeners: list[Listener] = []
        self._wall = wall
        self._engine = self._make_engine(busy_ms)
        self._writer = self._engine.execution_options(xuncha_write=True)

    @contextmanager
    def read(self) -> Iterator[Session]:
        """A session for reading; what it loads stays usable as a snapshot after it closed."""
        with _failures_told(), Session(self._engine, expire_on_commit=False, autoflush=False) as session:
            yield session
            if session.new or session.dirty:
                raise RuntimeError("a reading session changed records")

    @contextmanager
    def write(
        self,
        label: str,
        *,
        seen: Heads | None = None,
        kind: str = "edit",
        undoes_batch: str | None = None,
    ) -> Iterator[Session]:
        """The one door for changes: a batch under `label`, all of it or nothing.

        `seen` are the heads a form was loaded with; a change made meanwhile becomes a visible conflict.
        Raises StoreBusy when another connection is writing.
        """
        action = Action(self.replica, label, self.actor, kind, undoes_batch, seen or {})
        with _failures_told(), Session(self._writer, expire_on_commit=False, autoflush=False) as session:
            session.connection()  # BEGIN IMMEDIATE
            yield session
            news = self._commit(session, action)
        if news:
            self.batches += 1
            for listener in list(self.listeners):
                listener(news)

    def heads(self, entity: str, record: str) -> dict[FieldKey, tuple[str, ...]]:
        """The heads of a record's fields, to be kept by a form and given back as `seen`."""
        with self.read() as session:
            return journal.heads_of(session.connection(), entity, record)

    def meta(self, key: str) -> str | None:
        """A value this copy of the case keeps of itself."""
        with self.read() as session:
            return session.scalar(select(Meta.value).where(Meta.key == key))

    def set_meta(self, key: str, value: str) -> None:
        """Keep a local value; it is never merged and never undone."""
        self.set_metas({key: value})

    def set_metas(self, values: Mapping[str, str]) -> None:
        """Keep several local values in one transaction."""
        rows = [{"key": key, "value": value} for key, value in values.items()]
        with _failures_told(), self._writer.begin() as conn:
            conn.execute(insert(Meta).prefix_with("OR REPLACE"), rows)

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """A bare reading connection, for checks that go through all rows."""
        with _failures_told(), self._engine.connect() as conn:
            yield conn

    @contextmanager
    def journal_connection(self) -> Iterator[Connection]:
        """A writing connection past the guard, for the store's own rebuild and upgrades."""
        with _failures_told(), self._writer.begin() as conn, guard.opened(conn):
            yield conn

    def close(self) -> None:
        """Close all connections and the decoder; the database file is whole afterwards."""
        self.decoder.close()
        self._engine.dispose()

    def _commit(self, session: Session, action: Action) -> Changes:
        with guard.opened(session.connection()):
            news = journal.record(session, action, self._wall)
            session.flush()
            session.commit()
        return news

    def _make_engine(self, busy_ms: int) -> Engine:
        path, keys = self.folder / DATABASE, self.keys
        engine = create_engine(
            statements.URL,
            module=dbapi2,
            creator=lambda: connect(path, keys, busy_ms=busy_ms),
            poolclass=QueuePool,
            pool_size=3,
            hide_parameters=True,
            execution_options={"compiled_cache": statements.COMPILED},
        )
        guard.install(engine)

        @event.listens_for(engine, "begin")
        def _(conn: Connection) -> None:
            writes = conn.get_execution_options().get("xuncha_write")
            conn.exec_driver_sql(f"PRAGMA busy_timeout={busy_ms if writes else _READING_MS}")
            conn.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

        @event.listens_for(engine, "checkin")
        def _(dbapi_conn: Any, _record: Any) -> None:
            # After a COMMIT that failed (busy, disk full) SQLAlchemy returns the connection with its transaction and
            # its write lock: nothing could be saved any more.
            if dbapi_conn is not None and dbapi_conn.in_transaction:
                dbapi_conn.rollback()

        return engine


@contextmanager
def _failures_told() -> Iterator[None]:
    """What a user can do about a failure of the disk or of another writer; any other failure stays a bug."""
    try:
        yield
    except DatabaseError as error:
        code = getattr(error.orig, "sqlite_errorcode", 0) & 0xFF
        if code in _BUSY:
            raise StoreBusy("案卷正在被另一项工作写入，内容已留在草稿里，稍后自动再存。") from error
        if sentence := _SENTENCES.get(code):
            raise UserError(sentence) from error
        raise
