"""Nothing of what is typed into a case lies readable on the disk: not in the case, not in settings, logs or temp."""

import logging
import os
import tempfile
from collections.abc import Iterator
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from tests.support.cheap_keys import PASSWORD
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.logs import start_logging
from xuncha_desktop.model import LONG_TEXTS, Kind, entities, fields
from xuncha_desktop.services import records, search
from xuncha_desktop.settings import Settings, save
from xuncha_desktop.store import backup, opening, undo
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.verify import verify

TYPED = (Kind.TEXT, *LONG_TEXTS, Kind.AUTO)
ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gb18030")


@pytest.fixture
def temp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that everything asking for a temporary place is given."""
    folder = tmp_path / "temp"
    folder.mkdir()
    for name in ("TMPDIR", "TEMP", "TMP", "SQLITE_TMPDIR"):
        monkeypatch.setenv(name, str(folder))
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


@pytest.fixture
def log(home: Path) -> Iterator[logging.Handler]:
    """The program's own log, writing."""
    handler = start_logging(home)
    yield handler
    logging.getLogger().removeHandler(handler)
    handler.close()


def markers() -> Iterator[str]:
    """Strings that occur nowhere else: Chinese, and a telephone number as Latin digits."""
    return (f"秘密标记{number:05}号·1390000{number:05}" for number in count(1))


def filled(entity: str, marks: Iterator[str]) -> dict[str, Any]:
    """A record of an entity with a marker in every field that takes text."""
    values: dict[str, Any] = {f.name: next(marks) * 3 for f in fields(entity).values() if f.kind in TYPED}
    for described in fields(entity).values():
        if described.kind is Kind.ROWS and described.target != entity:
            values[described.name] = [
                {f.name: next(marks) for f in fields(described.target).values() if f.kind in TYPED} for _ in range(3)
            ]
    return values


def needles(texts: Iterator[str], most: int) -> list[bytes]:
    """How the markers could lie on the disk."""
    plain = [text for text, _ in zip(texts, range(most), strict=False)]
    short = [f"秘密标记{number:05}号" for number in range(1, most + 1)] + [f"1390000{n:05}" for n in range(1, most + 1)]
    return [text.encode(encoding) for text in (*plain, *short) for encoding in ENCODINGS]


def found_in(folder: Path, wanted: list[bytes]) -> set[str]:
    """Files of a folder, by name or content, in which any of the byte strings lies."""
    return {
        path.name
        for path in folder.rglob("*")
        for data in (path.name.encode(), path.read_bytes() if path.is_file() else b"")
        if any(mark in data for mark in _present(data, wanted))
    }


def _present(data: bytes, wanted: list[bytes]) -> list[bytes]:
    stems = {"秘密标记".encode(encoding) for encoding in ENCODINGS} | {"1390000".encode(e) for e in ENCODINGS}
    return wanted if any(stem in data for stem in stems) else []


def test_no_typed_text_lies_readable_anywhere(
    case: OpenCase, tmp_path: Path, home: Path, temp: Path, log: logging.Handler
) -> None:
    marks = markers()
    store, typed = case.store, 0
    for entity in entities():
        if entity not in ("link", "replica"):
            record = records.create(store, entity, filled(entity, marks))
            records.edit(store, entity, record, filled(entity, marks))
            for name, described in fields(entity).items():
                if described.kind in TYPED:
                    case.drafts.put(entity, record, name, next(marks), store.heads(entity, record))
    undo.undo(store)
    content = next(marks)
    blob = store.blobs.add(BytesIO(content.encode() * 20_000), Progress())
    records.create(store, "evidence", {"name": next(marks), "file_name": next(marks), "file_hash": blob.sha256})
    search.put_evidence_text(store, blob.sha256, [content, next(marks)])
    search.catch_up(store)
    with pytest.raises(UserError):
        records.edit(store, "paper", next(iter(records.options(store, "paper"))), {"title": next(marks), "people": "x"})
    try:
        raise ValueError(next(marks))
    except ValueError:
        logging.getLogger("xuncha_desktop").exception("failed at %s", next(marks))
    settings = Settings()
    settings.remember_case(store.folder)
    save(settings, home)
    folder, keys = store.folder, store.keys
    made = backup.make(folder, keys, "timed", Progress())
    assert verify(case, Progress()) == []
    assert search.find(store, search.Query(["秘密标记"])).count > 15
    typed = int(next(marks)[4:9])
    assert typed > 300
    wanted = needles(markers(), typed)

    # While it is open (journals, drafts, lock), as a process that was killed would leave it, and after closing.
    for _ in range(2):
        for place in (folder, home, temp, made):
            assert found_in(place, wanted) == set()
        case.close()
    assert (home / "xuncha.log").stat().st_size > 0
    with opening.open_case(folder, PASSWORD) as again:
        assert again.store.blobs.read(blob.sha256, 10**8).startswith(content.encode())
        assert any("秘密标记" in draft.value for draft in again.drafts.every())


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_search_would_find_a_marker(tmp_path: Path, encoding: str) -> None:
    (tmp_path / "leak").write_bytes(os.urandom(5000) + next(markers()).encode(encoding) + os.urandom(5000))
    (tmp_path / "clean").write_bytes(os.urandom(5000))
    assert found_in(tmp_path, needles(markers(), 5)) == {"leak"}
    (tmp_path / "秘密标记00003号.txt").write_bytes(b"")
    assert "秘密标记00003号.txt" in found_in(tmp_path, needles(markers(), 5))
