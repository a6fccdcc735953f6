"""The search index of a case: in which records and pages of evidence a piece of text stands.

Two neighbouring characters are one token, and tokens overlap, so a phrase of tokens finds a piece of text wherever it
begins: inside a word, across punctuation, in Latin and digits too. A single character is looked up in a second table:
as the beginning of tokens it took 100 ms for a comma among 100,000 texts, so it takes 30. Neither keeps the text.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import astuple, dataclass
from operator import add
from pathlib import Path
from typing import Self

from xuncha_desktop.jobs import Progress
from xuncha_desktop.store import search_file
from xuncha_desktop.store.connection import Connection
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.text import search_key

Texts = Sequence[tuple[str, str]]  # field, what stands in it

# The upper bits of a record's number say of what kind it is; numbers below the first are those of pages of evidence.
_KIND_BITS = 40
FIRST_RECORD = 1 << _KIND_BITS
_APART = "\x01"


@dataclass(frozen=True, slots=True)
class Entry:
    """What the index knows of a record besides its texts."""

    entity: str
    record: str
    title: str
    number: str = ""
    initials: str = ""  # of the title, in pinyin
    inspection: str = ""
    dated: str = ""  # ISO day
    members: str = ""  # ids, each with a blank before and behind
    file: str = ""  # SHA-256 of its file


@dataclass(frozen=True, slots=True)
class Document:
    """A record as it is searched."""

    entry: Entry
    body: Texts = ()
    name: Texts = ()  # what people call it: title, numbers
    private: Texts = ()  # who somebody is; found only when asked for


@dataclass(frozen=True, slots=True)
class Indexed:
    """A record found, with its texts."""

    entry: Entry
    texts: Texts  # the private ones only when asked for


class SearchIndex:
    """One connection to the index; short-lived, so that the file can be made again at any time."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn

    @classmethod
    @contextmanager
    def reading(cls, folder: Path, keys: Keys, progress: Progress | None = None) -> Iterator[Self]:
        """The index for a search, which stops soon after it is cancelled; IndexLost if there is none."""
        with search_file.reading(folder, keys, progress) as conn:
            yield cls(conn)

    @classmethod
    @contextmanager
    def writing(cls, folder: Path, keys: Keys) -> Iterator[Self]:
        """The index for changes; made if missing or unreadable."""
        with search_file.writing(folder, keys) as conn:
            yield cls(conn)

    def transaction(self) -> AbstractContextManager[None]:
        """All or nothing of what is changed in the block."""
        return search_file.transaction(self._conn)

    def note(self, key: str) -> str:
        """Something the index remembers of itself; empty if nothing."""
        found = self._conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
        return found[0] if found else ""

    def set_note(self, key: str, value: str) -> None:
        """Remember something."""
        self._conn.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (key, value))

    def put(self, document: Document) -> None:
        """Take a record in, or what changed of it."""
        entry = document.entry
        texts = json.dumps([document.body, document.name, document.private], ensure_ascii=False)
        known = self._id(entry.entity, entry.record)
        number = known or self._new_id(entry.entity)
        self._conn.execute(f"INSERT OR REPLACE INTO record VALUES (?{', ?' * 9})", (number, *astuple(entry)))
        if known:
            if self._conn.execute("SELECT texts FROM content WHERE id = ?", (known,)).fetchone() == (texts,):
                return
            self._forget_texts(known)
        self._conn.execute("INSERT INTO content VALUES (?, ?)", (number, texts))
        self._add(number, *([text for _, text in part] for part in (document.body, document.name, document.private)))

    def remove(self, entity: str, record: str) -> None:
        """Forget a record, if it is known."""
        if number := self._id(entity, record):
            self._forget_texts(number)
            self._conn.execute("DELETE FROM record WHERE id = ?", (number,))

    def remove_all(self) -> None:
        """Forget every record; the texts of evidence stay, since a file under its hash is always the same."""
        for (number,) in self._conn.execute("SELECT id FROM record").fetchall():
            self._forget_texts(number)
        self._conn.execute("DELETE FROM record")

    def put_file(self, file_hash: str, pages: Sequence[str]) -> None:
        """Take in the text of a file, page by page; none at all for a file that has no text."""
        known = self._conn.execute("DELETE FROM file WHERE hash = ? RETURNING first, last", (file_hash,)).fetchall()
        for page in (page for first, last in known for page in range(first, last + 1)):
            self._forget_tokens(page)
            self._conn.execute("DELETE FROM evidence_text WHERE id = ?", (page,))
        first = self._conn.execute("SELECT coalesce(max(max(first, last)), 0) + 1 FROM file").fetchone()[0]
        self._conn.execute("INSERT INTO file VALUES (?, ?, ?)", (first, first + len(pages) - 1, file_hash))
        self._conn.executemany("INSERT INTO evidence_text VALUES (?, ?)", enumerate(pages, first))
        for number, page in enumerate(pages, first):
            self._add(number, [page], [], [])

    def files(self) -> set[str]:
        """Hashes of the files whose text is known, or known to be none."""
        return {file_hash for (file_hash,) in self._conn.execute("SELECT hash FROM file")}

    def match(self, key: str, columns: Sequence[str] = ("body", "name")) -> list[int]:
        """Numbers of all records and pages in which this folded piece of text stands, in order."""
        table, phrase = ("chars", key) if len(key) == 1 else ("pairs", _pairs(key))
        quoted = phrase.replace('"', '""')
        # In one piece: 100,000 rows one by one take twice as long, and the window's thread has to fight for its turn.
        query = f"SELECT json_group_array(rowid) FROM {table} WHERE {table} MATCH ?"
        return json.loads(self._conn.execute(query, (f'{{{" ".join(columns)}}} : "{quoted}"',)).fetchone()[0])

    def named_like(self, initials: str) -> list[int]:
        """Numbers of the records whose title has these pinyin initials somewhere."""
        return [n for (n,) in self._conn.execute("SELECT id FROM record WHERE instr(initials, ?)", (initials,))]

    def kept(
        self,
        *,
        inspections: Sequence[str] = (),
        members: Sequence[str] = (),
        since: str | None = None,
        until: str | None = None,
    ) -> set[int]:
        """Numbers of the records that belong to one of these inspections, name one of these members, fall in a time."""
        parts, values = list[str](), list[str]()
        if inspections:
            parts.append(f"inspection IN ({', '.join('?' * len(inspections))})")
            values += inspections
        if members:
            parts.append(f"({' OR '.join('instr(members, ?)' for _ in members)})")
            values += members
        if since or until:
            parts.append("dated BETWEEN ? AND ?")
            values += [since or "0", until or "9"]
        where = f"WHERE {' AND '.join(parts)}" if parts else ""
        return {number for (number,) in self._conn.execute(f"SELECT id FROM record {where}", values)}

    def numbers(self, entity: str, records: Sequence[str]) -> set[int]:
        """Numbers of these records."""
        query = "SELECT id FROM record WHERE entity = ? AND record IN (SELECT value FROM json_each(?))"
        return {number for (number,) in self._conn.execute(query, (entity, json.dumps(list(records))))}

    def kinds(self) -> Mapping[int, str]:
        """Entities by what `kind_of` gives."""
        return dict(self._conn.execute("SELECT number, entity FROM kind").fetchall())

    def page_ranges(self) -> list[tuple[int, int, int]]:
        """For each piece of evidence with text its number, its first and its last page; the newest file first."""
        query = """SELECT record.id, first, last FROM file CROSS JOIN record ON record.file = file.hash
                   WHERE last >= first ORDER BY first DESC, record.id"""
        return self._conn.execute(query).fetchall()

    def records(self, numbers: Iterable[int], *, private: bool = False) -> dict[int, Indexed]:
        """Records with their texts, by number."""
        query = f"""SELECT id, {", ".join(Entry.__slots__)}, texts FROM record JOIN content USING (id)
                    WHERE id IN (SELECT value FROM json_each(?))"""
        found: dict[int, Indexed] = {}
        for number, *values, texts in self._conn.execute(query, (json.dumps(list(numbers)),)):
            body, name, secret = json.loads(texts)
            found[number] = Indexed(Entry(*values), [*body, *name, *(secret if private else [])])
        return found

    def pages(self, numbers: Iterable[int]) -> dict[int, str]:
        """Texts of pages, by number."""
        query = "SELECT id, text FROM evidence_text WHERE id IN (SELECT value FROM json_each(?))"
        return dict(self._conn.execute(query, (json.dumps(list(numbers)),)).fetchall())

    def _id(self, entity: str, record: str) -> int:
        query = "SELECT id FROM record WHERE entity = ? AND record = ?"
        found = self._conn.execute(query, (entity, record)).fetchone()
        return found[0] if found else 0

    def _new_id(self, entity: str) -> int:
        self._conn.execute("INSERT OR IGNORE INTO kind SELECT ?, count(*) + 1 FROM kind", (entity,))
        base = self._conn.execute("SELECT number FROM kind WHERE entity = ?", (entity,)).fetchone()[0] << _KIND_BITS
        query = "SELECT coalesce(max(id), ?) + 1 FROM record WHERE id > ? AND id < ?"
        return self._conn.execute(query, (base, base, base + FIRST_RECORD)).fetchone()[0]

    def _add(self, number: int, *columns: Sequence[str]) -> None:
        folded = [[search_key(text) for text in texts] for texts in columns]
        # A token of its own between two texts: no phrase goes on from one to the other.
        pairs = [f"{_APART}\n{_APART}".join(map(_pairs, texts)) for texts in folded]
        chars = [_APART.join(set().union(*texts)) for texts in folded]
        self._conn.execute("INSERT INTO pairs(rowid, body, name, private) VALUES (?, ?, ?, ?)", (number, *pairs))
        self._conn.execute("INSERT INTO chars(rowid, body, name, private) VALUES (?, ?, ?, ?)", (number, *chars))

    def _forget_texts(self, number: int) -> None:
        self._forget_tokens(number)
        self._conn.execute("DELETE FROM content WHERE id = ?", (number,))

    def _forget_tokens(self, number: int) -> None:
        self._conn.execute("DELETE FROM pairs WHERE rowid = ?", (number,))
        self._conn.execute("DELETE FROM chars WHERE rowid = ?", (number,))


def kind_of(number: int) -> int:
    """The kind a number is of; 0 for a page of evidence."""
    return number >> _KIND_BITS


def _pairs(key: str) -> str:
    return _APART.join(map(add, key, key[1:]))
