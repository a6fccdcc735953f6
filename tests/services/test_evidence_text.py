"""The text of evidence is read beside the work and found by the search; each file once."""

import pytest

from tests.support.hostile_files import docx, paragraph, pdf_of_texts
from xuncha_desktop.errors import Cancelled
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence, evidence_text, lists, search
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.services.evidence_text import read_missing
from xuncha_desktop.services.search import PAGES, Query
from xuncha_desktop.store.store import Store


def take_in(store: Store, files: dict[str, bytes]) -> dict[str, str]:
    """Files as evidence of the case's inspection; their hashes."""
    [inspection, *_] = lists.ids(store, lists.Query("inspection"))
    stored = evidence.store_files(store, [Incoming(name, content) for name, content in files.items()], Progress())
    evidence.register(store, stored, inspection)
    return {file.name: file.file_hash for file in stored}


def pages_found(store: Store, word: str) -> list[tuple[str, int | None]]:
    """Titles and pages of evidence in whose text a word stands."""
    search.catch_up(store)
    found = search.find(store, Query([word], kinds=[PAGES]))
    return [(hit.title, hit.passages[0].page) for group in found.groups for hit in group.hits]


def test_what_is_written_in_a_file_is_found_on_its_page(store: Store) -> None:
    files = {"纪要.pdf": pdf_of_texts(["第一页", "鱼塘出租未上会"]), "说明.docx": docx(paragraph("鱼塘租金入账"))}
    take_in(store, files)
    assert read_missing(store, Progress()) is False
    assert set(pages_found(store, "鱼塘")) == {("说明", 1), ("纪要", 2)}
    assert search.missing_evidence_text(store) == []


def test_what_has_no_text_is_not_tried_again(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(store, {"照片.png": b"\x89PNG\r\n\x1a\n", "坏.pdf": b"garbage", "工具.exe": b"MZ\0"})
    read_missing(store, Progress())
    assert search.missing_evidence_text(store) == []

    def never(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(search, "put_evidence_text", never)
    assert read_missing(store, Progress()) is False


def test_a_file_that_is_missing_is_read_once_it_is_back(store: Store) -> None:
    hashes = take_in(store, {"说明.txt": "鱼塘".encode(), "其他.txt": "山林".encode()})
    lost = (
        store.folder / "blobs" / store.blobs.name_of(hashes["说明.txt"])[:2] / store.blobs.name_of(hashes["说明.txt"])
    )
    content = lost.read_bytes()
    lost.unlink()
    assert read_missing(store, Progress()) is False
    assert search.missing_evidence_text(store) == [hashes["说明.txt"]]
    lost.write_bytes(content)
    read_missing(store, Progress())
    assert pages_found(store, "鱼塘") == [("说明", 1)]


def test_it_stops_after_a_while_and_goes_on_next_time(store: Store) -> None:
    take_in(store, {f"{number}.txt": f"第{number}份".encode() for number in range(3)})
    left = 3
    while read_missing(store, Progress(), seconds=0):
        left -= 1
        assert len(search.missing_evidence_text(store)) == left
    assert left == 1
    assert search.missing_evidence_text(store) == []


def test_it_can_be_stopped(store: Store) -> None:
    take_in(store, {"说明.txt": "鱼塘".encode()})
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        read_missing(store, progress)
    assert len(search.missing_evidence_text(store)) == 1


def test_who_looks_at_evidence_does_not_wait_for_it(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    take_in(store, {"说明.txt": "鱼塘".encode()})
    asked: list[object] = []
    read = evidence_text.Decoder.text

    def watched(decoder: evidence_text.Decoder, *args: object) -> object:
        asked.append(decoder)
        return read(decoder, *args)  # pyright: ignore[reportArgumentType]

    monkeypatch.setattr(evidence_text.Decoder, "text", watched)
    read_missing(store, Progress())
    assert len(asked) == 1
    assert store.decoder not in asked
