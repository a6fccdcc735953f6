"""What is being typed outlives a crash, stays local, and never shuts the case."""

import os
import signal
from pathlib import Path
from typing import Any

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.journal_rows import new_paper, size_of_journal
from tests.support.killing import needs_fork
from xuncha_desktop.services import conflicts, records
from xuncha_desktop.store import opening
from xuncha_desktop.store.drafts import FILE_NAME, Drafts, DraftsStuck
from xuncha_desktop.store.opening import OpenCase


def test_a_draft_comes_back_as_it_was_typed(case: OpenCase) -> None:
    paper = new_paper(case.store)
    heads = records.load(case.store, "paper", paper).heads
    case.drafts.put("paper", paper, "overview", "写到一半\n“引号”𠮷", heads)
    case.drafts.put("paper", paper, "sources", ("visit", "survey"), heads, {"inspection": "x"})
    one, other = case.drafts.of("paper", paper)
    assert (one.field, one.value, one.seen, one.context) == ("overview", "写到一半\n“引号”𠮷", heads, {})
    assert (list(other.value), other.context) == (["visit", "survey"], {"inspection": "x"})


def test_the_newest_text_of_a_field_takes_the_place_of_the_older(case: OpenCase) -> None:
    for text in ("一", "一二", "一二三"):
        case.drafts.put("paper", "p", "title", text, {})
    (draft,) = case.drafts.every()
    assert draft.value == "一二三"


@pytest.mark.parametrize(("fields", "left"), [(["title"], ["note"]), (None, []), ([], ["title", "note"])])
def test_what_was_saved_is_dropped_and_nothing_else(case: OpenCase, fields: list[str] | None, left: list[str]) -> None:
    case.drafts.put("paper", "p", "title", "题", {})
    case.drafts.put("paper", "p", "note", "注", {})
    case.drafts.put("paper", "q", "title", "另一份", {})
    case.drafts.drop("paper", "p", fields)
    assert [draft.field for draft in case.drafts.of("paper", "p")] == left
    assert len(case.drafts.of("paper", "q")) == 1


@needs_fork
def test_a_draft_survives_kill_9(case_folder: Path) -> None:
    if (child := os.fork()) == 0:
        case = opening.open_case(case_folder, PASSWORD)
        case.drafts.put("paper", "p", "overview", "断电前两秒", {})
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)
    with opening.open_case(case_folder, PASSWORD) as case:
        assert case.unclean
        assert [draft.value for draft in case.drafts.every()] == ["断电前两秒"]


def test_typing_writes_nothing_into_the_case(case: OpenCase) -> None:
    before = size_of_journal(case.store)
    case.drafts.put("paper", "p", "overview", "还没存", {})
    assert size_of_journal(case.store) == before


def test_a_draft_saved_after_somebody_elses_edit_is_a_conflict_and_no_loss(case: OpenCase) -> None:
    paper = new_paper(case.store)
    case.drafts.put("paper", paper, "overview", "我的", records.load(case.store, "paper", paper).heads)
    records.edit(case.store, "paper", paper, {"overview": "别人的"})
    (draft,) = case.drafts.of("paper", paper)
    records.edit(case.store, "paper", paper, {draft.field: draft.value}, seen=draft.seen)
    (conflict,) = conflicts.of_record(case.store, "paper", paper)
    assert {version.value for version in conflict.versions} == {"我的", "别人的"}


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def _garble(path: Path) -> None:
    path.write_bytes(os.urandom(8192))


@pytest.mark.parametrize("damage", [_empty, _cut, _garble])
def test_unreadable_drafts_are_kept_aside_and_the_case_opens(case_folder: Path, damage: Any) -> None:
    damage(case_folder / FILE_NAME)
    harmed = (case_folder / FILE_NAME).read_bytes()
    with opening.open_case(case_folder, PASSWORD) as case:
        case.drafts.put("paper", "p", "title", "照常", {})
        assert len(case.drafts.every()) == 1
    (aside,) = case_folder.glob(f"{FILE_NAME}.damaged-*")
    assert aside.read_bytes() == harmed


def test_drafts_of_another_case_cannot_be_read(case: OpenCase, tmp_path: Path) -> None:
    from xuncha_desktop.store.keys import Keys

    case.drafts.put("paper", "p", "title", "秘密", {})
    case.drafts.close()
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / FILE_NAME).write_bytes((case.store.folder / FILE_NAME).read_bytes())
    stranger = Drafts(folder, Keys.mint())
    assert stranger.every() == []
    stranger.close()


LONG = "长" * 300_000


def _no_room(case: OpenCase) -> None:
    """SQLite itself refuses to let the file grow, as it does on a full disk."""
    case.drafts._conn.execute("PRAGMA max_page_count=1")


def _room(case: OpenCase) -> None:
    case.drafts._conn.execute("PRAGMA max_page_count=1000000")


def test_what_the_disk_does_not_take_is_told_kept_and_written_later(case: OpenCase, case_folder: Path) -> None:
    case.drafts.put("paper", "p", "title", "旧", {})
    _no_room(case)
    for _ in range(2):
        with pytest.raises(DraftsStuck, match="磁盘已满？"):
            case.drafts.put("paper", "p", "overview", LONG, {})
    assert case.drafts.text_waits
    assert {draft.field: draft.value for draft in case.drafts.of("paper", "p")} == {"title": "旧", "overview": LONG}
    with pytest.raises(DraftsStuck):
        case.drafts.put("paper", "p", "title", "新", {})
    _room(case)
    case.drafts.write_waiting()
    assert not case.drafts.text_waits
    case.close()
    with opening.open_case(case_folder, PASSWORD) as again:
        assert {draft.field: draft.value for draft in again.drafts.every()} == {"title": "新", "overview": LONG}


@pytest.mark.parametrize("fields", [["overview"], None])
def test_what_was_dropped_meanwhile_does_not_come_back(case: OpenCase, fields: list[str] | None) -> None:
    _no_room(case)
    with pytest.raises(DraftsStuck):
        case.drafts.put("paper", "p", "overview", LONG, {})
    case.drafts.drop("paper", "p", fields)
    _room(case)
    case.drafts.write_waiting()
    assert case.drafts.every() == []


def test_what_was_written_after_all_was_dropped_stays(case: OpenCase) -> None:
    case.drafts.put("paper", "p", "note", "旧", {})
    _no_room(case)
    with pytest.raises(DraftsStuck):
        case.drafts.put("paper", "q", "overview", LONG, {})
    with pytest.raises(DraftsStuck):
        case.drafts.drop("paper", "p")
    with pytest.raises(DraftsStuck):
        case.drafts.put("paper", "p", "title", "新", {})
    assert [draft.field for draft in case.drafts.of("paper", "p")] == ["title"]
    _room(case)
    case.drafts.write_waiting()
    assert [(draft.record, draft.field) for draft in case.drafts.every()] == [("q", "overview"), ("p", "title")]
