"""Keeps the search index in step with the journal, beside the work: what was written since is read once more.

The index remembers the last change of each laptop that it has read, with its link of the chain. If the case does not
hold that change (it was put back from a backup), the records are read anew. A crash on the way costs nothing: what
was taken in already is recognised by its texts.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence

from sqlalchemy import bindparam, func, select

from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Change, Evidence
from xuncha_desktop.services import search_texts
from xuncha_desktop.store.connection import SCHEMA
from xuncha_desktop.store.search_file import IndexLost
from xuncha_desktop.store.search_index import SearchIndex
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text

Position = Mapping[str, Sequence[int | str]]  # replica -> sequence number and chain of the last change read

# Built once: asked for after every save and with every search.
_NEXT_REPLICA = select(func.min(Change.replica)).where(Change.replica > bindparam("replica"))
_LAST = (
    select(Change.seq, Change.chain).where(Change.replica == bindparam("replica")).order_by(Change.seq.desc()).limit(1)
)
_POSITION, _RULES = "position", "rules"
_CHANGES, _RECORDS = 2000, 50  # at a time: a reader must not hold up a save


def catch_up(store: Store, progress: Progress | None = None) -> None:
    """Take in what was written since the last time (a job); everything, where there is no index or a wrong one."""
    progress = progress or Progress()
    try:
        _catch_up(store, progress)
    except IndexLost:  # damaged inside, and taken away when that was seen
        _catch_up(store, progress)


def is_behind(store: Store, index: SearchIndex) -> bool:
    """Whether something was written that the index has not read yet."""
    return json.loads(index.note(_POSITION) or "null") != _tails(store)


def put_evidence_text(store: Store, file_hash: str, pages: Sequence[str]) -> None:
    """Make the text of a file's pages searchable; none for a file that has no text, so that it is not asked again."""
    with SearchIndex.writing(store.folder, store.keys) as index, index.transaction():
        index.put_file(file_hash, [clean_text(page) for page in pages])


def missing_evidence_text(store: Store) -> list[str]:
    """Hashes of the files of evidence whose text nobody has put in yet; all of them once the index was lost."""
    try:
        with SearchIndex.reading(store.folder, store.keys) as index:
            known = index.files()
    except IndexLost:
        known = set[str]()
    with store.read() as session:
        query = select(Evidence.file_hash).where(Evidence.file_hash != "", Evidence.deleted.is_(False))
        wanted = session.scalars(query.distinct().order_by(Evidence.file_hash))
        return [file_hash for file_hash in wanted if file_hash not in known]


def _catch_up(store: Store, progress: Progress) -> None:
    with SearchIndex.writing(store.folder, store.keys) as index:
        now = _tails(store)
        known = _usable(store, index)
        if known == now:
            return
        wanted = _changed(store, known, now)
        total, done = sum(map(len, wanted.values())), 0
        for entity, ids in wanted.items():
            ordered = sorted(ids)
            for start in range(0, len(ordered), _RECORDS):
                progress.step(done, total, "正在更新查找用的索引")
                part = ordered[start : start + _RECORDS]
                _take_in(store, index, entity, part)
                done += len(part)
        with index.transaction():
            index.set_note(_POSITION, json.dumps(now))
        progress.step(total, total, "查找用的索引已更新")


def _take_in(store: Store, index: SearchIndex, entity: str, records: Sequence[str]) -> None:
    with store.read() as session:
        found = search_texts.documents(session, entity, records)
    with index.transaction():
        for document in found:
            index.put(document)
        for record in set(records) - {document.entry.record for document in found}:
            index.remove(entity, record)


def _tails(store: Store) -> Position:
    found: dict[str, Sequence[int | str]] = {}
    replica = ""
    with store.connection() as conn:
        # From one to the next: grouping would look at every change there is.
        while replica := conn.scalar(_NEXT_REPLICA, {"replica": replica}) or "":
            seq, chain = conn.execute(_LAST, {"replica": replica}).one()
            found[replica] = [seq, chain.hex()]
    return found


def _usable(store: Store, index: SearchIndex) -> Position:
    """How far the index has read; nothing, and an index without records, where that is not this case's past."""
    rules = hashlib.sha256(f"{SCHEMA} {search_texts.described()}".encode()).hexdigest()
    position: Position = json.loads(index.note(_POSITION) or "{}")
    if index.note(_RULES) == rules and all(_holds(store, *item) for item in position.items()):
        return position
    with index.transaction():
        index.remove_all()
        index.set_note(_POSITION, "{}")
        index.set_note(_RULES, rules)
    return {}


def _holds(store: Store, replica: str, last: Sequence[int | str]) -> bool:
    query = select(Change.chain).where(Change.replica == replica, Change.seq == last[0])
    with store.connection() as conn:
        chain = conn.scalar(query)
    return chain is not None and chain.hex() == last[1]


def _changed(store: Store, known: Position, now: Position) -> dict[str, set[str]]:
    """Records of each kind to be read again."""
    found: dict[str, set[str]] = {}
    for replica, (last, _) in now.items():
        for start in range(int(known.get(replica, (0,))[0]), int(last), _CHANGES):
            query = select(Change.entity, Change.record).where(
                Change.replica == replica, Change.seq > start, Change.seq <= start + _CHANGES
            )
            with store.read() as session:
                changed: dict[str, set[str]] = {}
                for entity, record in session.execute(query.distinct()):
                    changed.setdefault(entity, set()).add(record)
                for entity, ids in search_texts.owners(session, changed).items():
                    found.setdefault(entity, set()).update(ids)
    return found
