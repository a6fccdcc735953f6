"""Statements compiled once for the whole run: a case opened again, after the lock as well, finds them as they are.

SQLAlchemy keeps what it compiled by engine and dialect, and each opening has an engine of its own.
"""

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.pysqlite import SQLiteDialect_pysqlite
from sqlalchemy.util import LRUCache

URL = "sqlite+xuncha://"
COMPILED: LRUCache[object, object] = LRUCache(1000)  # all screens and documents ask about half as many


class CaseDialect(SQLiteDialect_pysqlite):
    """SQLite by one driver and with one set of pragmas: equal to that of any other opening."""

    driver = "xuncha"
    supports_statement_cache = True

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(CaseDialect)


registry.register("sqlite.xuncha", __name__, CaseDialect.__name__)
