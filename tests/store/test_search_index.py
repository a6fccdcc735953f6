"""The index finds what a plain look through all texts finds, and is made again whenever it cannot be read."""

import os
import signal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.support.killing import needs_fork
from tests.support.nasty_text import NASTY, STRINGS
from xuncha_desktop.errors import Cancelled
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store import search_file
from xuncha_desktop.store.keys import Keys
from xuncha_desktop.store.search_file import FILE_NAME, IndexLost
from xuncha_desktop.store.search_index import Document, Entry, SearchIndex
from xuncha_desktop.text import search_key

ALPHABET = [
    *"甲乙丙的，。“ \n\t\"'*%()[]{}-+^:~ab12AZ１Ａ％…①㎡",
    "𠮷",
    "𪚥",
    "😀",
    "é",
    "e\u0301",
    "NEAR(",
    " AND ",
    "ﷺ",
]


@pytest.fixture
def keys() -> Keys:
    return Keys.mint()


def put(folder: Path, keys: Keys, *documents: Document) -> None:
    with SearchIndex.writing(folder, keys) as index, index.transaction():
        for document in documents:
            index.put(document)


def document(record: str, *texts: str, name: str = "", private: str = "") -> Document:
    body = [("note", text) for text in texts]
    entry = Entry("paper", record, name)
    return Document(entry, body, [("title", name)] if name else [], [("who", private)] if private else [])


def found(folder: Path, keys: Keys, word: str, *columns: str) -> set[str]:
    """Records in which a word stands, by the index."""
    with SearchIndex.reading(folder, keys) as index:
        numbers = index.match(search_key(word), columns or ("body", "name"))
        return {indexed.entry.record for indexed in index.records(numbers).values()}


def test_every_piece_of_text_is_found_where_it_stands_and_nowhere_else(tmp_path: Path, keys: Keys) -> None:
    random = Random(1)
    texts = {
        str(number): ["".join(random.choices(ALPHABET, k=random.randrange(12))) for _ in range(random.randrange(1, 4))]
        for number in range(400)
    }
    put(tmp_path, keys, *(document(record, *parts) for record, parts in texts.items()))
    folded = {record: [search_key(text) for text in parts] for record, parts in texts.items()}
    words = ["".join(random.choices(ALPHABET, k=1 + turn % 4)) for turn in range(2000)]
    with SearchIndex.reading(tmp_path, keys) as index:
        records = {number: indexed.entry.record for number, indexed in index.records(index.kept()).items()}
        for word in words:
            key = search_key(word)
            truth = {record for record, parts in folded.items() if any(key in text for text in parts)}
            assert {records[number] for number in index.match(key)} == truth, word


@pytest.mark.parametrize("text", [*STRINGS, *map(chr, range(32, 127)), "\n", "\t"])
def test_no_character_is_lost_or_means_anything_to_the_index(tmp_path: Path, keys: Keys, text: str) -> None:
    put(tmp_path, keys, document("with", f"甲{text}乙"), document("without", "甲乙"))
    for word in (text, f"甲{text}", f"{text}乙", f"甲{text}乙"):
        assert found(tmp_path, keys, word) == {"with"}
    assert found(tmp_path, keys, "甲乙") == {"without"}


def test_a_text_with_every_character_there_is_can_be_searched(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("all", NASTY))
    folded = search_key(NASTY)
    for start in range(0, len(folded) - 3, 997):
        assert found(tmp_path, keys, folded[start : start + 3]) == {"all"}
    assert found(tmp_path, keys, folded[1000:4000]) == {"all"}


def test_no_word_goes_on_from_one_text_to_the_next(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("two", "甲乙", "乙丙", name="丙丁"), document("one", "甲乙丙丁"))
    assert found(tmp_path, keys, "甲乙丙") == {"one"}
    assert found(tmp_path, keys, "乙丙丁") == {"one"}
    assert found(tmp_path, keys, "乙丙") == {"one", "two"}


def test_width_and_case_do_not_matter(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("wide", "ＡＢＣ１２３ ﾃｽﾄ"), document("plain", "abc123 テスト"))
    for word in ("Bc1", "ｂＣ１", "テスト", "A"):
        assert found(tmp_path, keys, word) == {"wide", "plain"}


def test_who_somebody_is_stays_hidden_until_it_is_asked_for(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("talk", "内容", private="张三"))
    for word in ("张三", "张"):
        assert found(tmp_path, keys, word) == set()
        assert found(tmp_path, keys, word, "body", "name", "private") == {"talk"}
    with SearchIndex.reading(tmp_path, keys) as index:
        (number,) = index.match("张三", ("private",))
        assert index.records([number])[number].texts == [["note", "内容"]]
        assert index.records([number], private=True)[number].texts == [["note", "内容"], ["who", "张三"]]


def test_a_record_put_in_again_is_found_by_its_new_text_alone(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("a", "旧文字"), document("b", "旧文字"))
    put(tmp_path, keys, document("a", "新文字", name="题目"))
    put(tmp_path, keys, document("a", "新文字", name="题目"))
    assert found(tmp_path, keys, "旧文") == {"b"}
    assert found(tmp_path, keys, "旧") == {"b"}
    assert found(tmp_path, keys, "新文") == {"a"}
    assert found(tmp_path, keys, "题目", "name") == {"a"}
    with SearchIndex.writing(tmp_path, keys) as index, index.transaction():
        index.remove("paper", "a")
        index.remove("paper", "nobody")
    assert found(tmp_path, keys, "文字") == {"b"}


def test_nothing_of_a_change_that_failed_is_found(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("a", "甲乙"))
    with pytest.raises(KeyError), SearchIndex.writing(tmp_path, keys) as index, index.transaction():
        index.put(document("b", "甲乙"))
        raise KeyError
    assert found(tmp_path, keys, "甲乙") == {"a"}


def test_the_pages_of_a_file_are_found_until_others_take_their_place(tmp_path: Path, keys: Keys) -> None:
    with SearchIndex.writing(tmp_path, keys) as index, index.transaction():
        index.put_file("f1", ["第一页甲乙", "第二页"])
        index.put_file("empty", [])
        index.put_file("f2", ["甲乙"])
        index.put(Document(Entry("evidence", "e", "材料", file="f2")))
    with SearchIndex.writing(tmp_path, keys) as index, index.transaction():
        index.put_file("f2", ["丙", "丙甲乙"])
    with SearchIndex.reading(tmp_path, keys) as index:
        assert index.files() == {"f1", "f2", "empty"}
        assert list(index.pages(index.match("甲乙")).values()) == ["第一页甲乙", "丙甲乙"]
        ((_, first, last),) = index.page_ranges()
        assert list(index.pages(range(first, last + 1)).values()) == ["丙", "丙甲乙"]


def test_forgetting_all_records_keeps_the_texts_of_evidence(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("a", "甲乙"))
    with SearchIndex.writing(tmp_path, keys) as index, index.transaction():
        index.put_file("f", ["甲乙"])
        index.remove_all()
    with SearchIndex.reading(tmp_path, keys) as index:
        assert index.pages(index.match("甲乙")) == {1: "甲乙"}
        assert index.files() == {"f"}


def test_other_keys_read_nothing(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("a", "甲乙"))
    with pytest.raises(IndexLost):
        found(tmp_path, Keys.mint(), "甲乙")
    assert found(tmp_path, keys, "甲乙") == {"a"}


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _garble(path: Path) -> None:
    path.write_bytes(os.urandom(8192))


@pytest.mark.parametrize("damage", [_empty, _cut, _garble, Path.unlink])
def test_an_index_that_cannot_be_read_is_made_anew(tmp_path: Path, keys: Keys, damage: Any) -> None:
    put(tmp_path, keys, document("a", "甲乙"))
    damage(tmp_path / FILE_NAME)
    with pytest.raises(IndexLost):
        found(tmp_path, keys, "甲乙")
    put(tmp_path, keys, document("b", "甲乙"))
    assert found(tmp_path, keys, "甲乙") == {"b"}


def test_a_page_damaged_inside_is_told_and_the_index_taken_away(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, *(document(str(number), f"甲乙{number}" * 50) for number in range(300)))
    file = tmp_path / FILE_NAME
    content = bytearray(file.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 + 100] ^= 255
    file.write_bytes(content)
    with pytest.raises(IndexLost, match="重新建立"):
        found(tmp_path, keys, "甲乙")
    assert not file.exists()


@needs_fork
def test_what_a_crash_left_half_written_is_put_right_by_the_next_search(tmp_path: Path, keys: Keys) -> None:
    put(tmp_path, keys, document("a", "甲乙"))
    if (child := os.fork()) == 0:
        with SearchIndex.writing(tmp_path, keys) as index:
            index._conn.execute("PRAGMA cache_size=-2000")  # so that the file itself is half written
            index._conn.execute("BEGIN IMMEDIATE")
            for number in range(1000):
                index.put(document(str(number), f"丙丁{number}" * 1000))
            os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    assert (tmp_path / f"{FILE_NAME}-journal").stat().st_size > 0
    assert found(tmp_path, keys, "甲乙") == {"a"}
    assert found(tmp_path, keys, "丙丁") == set()


def test_a_search_nobody_waits_for_stops(tmp_path: Path, keys: Keys, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, keys, *(document(str(number), "甲乙丙") for number in range(50)))
    monkeypatch.setattr(search_file, "_INSTRUCTIONS", 1)
    progress = Progress()
    with pytest.raises(Cancelled), SearchIndex.reading(tmp_path, keys, progress) as index:
        assert len(index.match("甲乙")) == 50
        progress.cancel()
        index.match("甲乙")
