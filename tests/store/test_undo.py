"""Undo and redo: new writes of old values, across restarts, that never take away what came since."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.journal_rows import batches, changes_of, new_paper
from xuncha_desktop.errors import Cancelled
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import entities
from xuncha_desktop.services import cases, lists, papers, records
from xuncha_desktop.store import opening, rebuild, undo
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import Store

OTHER = "01890000-0000-7000-8000-00000000000b"


def values(store: Store, paper: str) -> dict[str, Any]:
    """A paper's values."""
    return records.load(store, "paper", paper).values


def by_another_laptop(store: Store, paper: str, **changed: Any) -> None:
    """Change a paper as an edit that came from elsewhere."""
    other = Store(store.folder, store.keys, replica=OTHER)
    records.edit(other, "paper", paper, changed)
    other.close()


def test_undo_and_redo_walk_back_and_forth(store: Store) -> None:
    paper = new_paper(store, title="一")
    for title in ("二", "三"):
        records.edit(store, "paper", paper, {"title": title})
    assert undo.can_undo(store) == "修改底稿名称"
    assert undo.can_redo(store) is None
    seen = [values(store, paper)["title"]]
    for step in (undo.undo, undo.undo, undo.redo, undo.undo, undo.redo, undo.redo):
        done = step(store)
        assert done is not None
        assert done.kept == ()
        seen.append(values(store, paper)["title"])
    assert seen == ["三", "二", "一", "二", "一", "二", "三"]
    assert undo.can_redo(store) is None


def test_an_undo_is_a_new_action_that_names_the_old_one(store: Store) -> None:
    paper = new_paper(store, title="一")
    records.edit(store, "paper", paper, {"title": "二"})
    edited = batches(store)[-1]
    undo.undo(store)
    undone = batches(store)[-1]
    assert (undone.label, undone.kind, undone.undoes_batch) == ("撤销：修改底稿名称", "undo", edited.id)
    assert len(changes_of(store, paper)) == 3
    assert rebuild.broken_chain(store) == []


def test_undo_works_across_a_restart(case: OpenCase) -> None:
    paper = new_paper(case.store, title="一")
    records.edit(case.store, "paper", paper, {"title": "二", "overview": "概述", "sources": ["visit"]})
    for expected, step in (("一", undo.undo), ("二", undo.redo)):
        folder = case.store.folder
        case.close()
        case = opening.open_case(folder, PASSWORD)
        step(case.store)
        assert values(case.store, paper)["title"] == expected
    assert values(case.store, paper)["sources"] == ("visit",)
    case.close()


def test_a_creation_is_undone_and_done_again(store: Store) -> None:
    paper = new_paper(store)
    undo.undo(store)
    assert records.load(store, "paper", paper).deleted
    undo.redo(store)
    assert not records.load(store, "paper", paper).deleted
    assert values(store, paper)["title"] == "虚构问题"


def test_a_deletion_is_undone(store: Store) -> None:
    chosen = [new_paper(store), new_paper(store)]
    records.delete(store, "paper", chosen)
    assert all(records.load(store, "paper", paper).deleted for paper in chosen)
    done = undo.undo(store)
    assert done is not None
    assert done.label == "删除 2 条问题底稿"
    assert not any(records.load(store, "paper", paper).deleted for paper in chosen)


def test_links_and_rows_come_back_in_their_order(store: Store) -> None:
    members = list(records.options(store, "member"))
    rows = [{"kind": "main", "name": "虚构镇党委"}, {"kind": "direct", "name": "某办公室"}]
    paper = new_paper(store, handlers=members, parties=rows)
    before = values(store, paper)
    changed = [{"kind": "first", "name": "新增"}, {**before["parties"][1], "note": "改过"}]
    records.edit(store, "paper", paper, {"handlers": members[1:], "parties": changed})
    after = values(store, paper)
    assert after["handlers"] == (members[1],)
    assert [row["name"] for row in after["parties"]] == ["新增", "某办公室"]
    undo.undo(store)
    assert values(store, paper) == before
    undo.redo(store)
    assert values(store, paper) == after
    assert rebuild.differences(store) == []


def test_a_field_changed_since_is_kept_and_named(store: Store) -> None:
    paper = new_paper(store, title="一")
    records.edit(store, "paper", paper, {"title": "二", "overview": "概述"})
    by_another_laptop(store, paper, title="别处改的")
    done = undo.undo(store)
    assert done is not None
    assert done.kept == ("底稿名称",)
    assert (values(store, paper)["title"], values(store, paper)["overview"]) == ("别处改的", "")


def test_an_undo_that_can_restore_nothing_does_not_block_the_one_before(store: Store) -> None:
    paper = new_paper(store, title="一")
    records.edit(store, "paper", paper, {"overview": "先写的"})
    records.edit(store, "paper", paper, {"title": "二"})
    by_another_laptop(store, paper, title="别处改的")
    first = undo.undo(store)
    assert first is not None
    assert first.kept == ("底稿名称",)
    second = undo.undo(store)
    assert second is not None
    assert second.kept == ()
    assert values(store, paper)["overview"] == ""
    assert rebuild.differences(store) == []


def test_a_record_somebody_else_wrote_in_is_not_taken_away(store: Store) -> None:
    paper = new_paper(store)
    by_another_laptop(store, paper, overview="别人的工作")
    done = undo.undo(store)
    assert done is not None
    assert done.kept == ("问题底稿",)
    assert not records.load(store, "paper", paper).deleted


def test_a_new_edit_ends_what_could_be_done_again(store: Store) -> None:
    paper = new_paper(store)
    records.edit(store, "paper", paper, {"title": "二"})
    undo.undo(store)
    records.edit(store, "paper", paper, {"title": "三"})
    assert undo.can_redo(store) is None
    assert undo.redo(store) is None


def test_what_the_program_set_up_is_not_undone(store: Store) -> None:
    assert undo.can_undo(store) is None
    assert undo.undo(store) is None
    assert cases.current(store).name == "虚构案卷"


def test_another_laptops_action_is_not_undone_here(store: Store) -> None:
    paper = new_paper(store)
    by_another_laptop(store, paper, title="别处改的")
    assert undo.can_undo(store) == f"新增{entities()['paper'].LABEL}"


@pytest.mark.parametrize("many", [1, 30])
def test_the_approval_of_papers_is_one_step_back(store: Store, many: int, tmp_path: Path) -> None:
    inspection = next(iter(records.options(store, "inspection")))
    members = list(records.options(store, "member"))
    kind = next(iter(records.options(store, "problem_type")))
    evidence = records.create(store, "evidence", {"name": "记录", "kind": "minutes", "inspection": inspection})
    full = {
        "title": "虚构问题",
        "problem_type": kind,
        "overview": "概述",
        "sources": ["visit"],
        "verified_facts": "事实",
        "basis": "依据",
        "parties": [{"kind": "main", "name": "某"}],
        "citations": [{"evidence": evidence, "pages": "3"}],
        "handlers": members,
    }
    chosen = [papers.create(store, inspection, full) for _ in range(many)]
    papers.approve(store, chosen)
    assert {values(store, paper)["state"] for paper in chosen} == {"approved"}
    undo.undo(store)
    assert {(values(store, p)["state"], values(store, p)["official_number"]) for p in chosen} == {("draft", "")}


def test_everything_undone_and_done_again_is_as_it_was(store: Store) -> None:
    members = list(records.options(store, "member"))
    paper = new_paper(store, title="一")
    for step in (
        {"title": "二", "overview": "概述"},
        {"title": "一", "handlers": members},
        {"title": "二", "parties": [{"kind": "main", "name": "某"}]},
        {"handlers": members[:1], "parties": [], "people": 3},
    ):
        records.edit(store, "paper", paper, step)
    records.delete(store, "paper", [paper])
    before = records.load(store, "paper", paper)
    undone = [undo.undo(store) for _ in range(6)]
    assert undo.can_undo(store) is None
    assert records.load(store, "paper", paper).deleted
    done = [undo.redo(store) for _ in range(6)]
    assert undo.can_redo(store) is None
    assert all(each is not None and each.kept == () for each in undone + done)
    after = records.load(store, "paper", paper)
    assert (after.values, after.deleted) == (before.values, before.deleted)
    assert rebuild.differences(store) == []


def test_a_cancelled_undo_takes_nothing_back_and_can_be_begun_again(store: Store) -> None:
    with store.write("导入") as session:
        for number in range(120):
            records.add(session, "unit", {"name": f"虚构单位{number}"})
    before, actions = lists.count(store, lists.Query("unit")), len(batches(store))
    progress = Progress(lambda done, *_: progress.cancel() if done == 50 else None)
    with pytest.raises(Cancelled):
        undo.undo(store, progress)
    assert (lists.count(store, lists.Query("unit")), len(batches(store))) == (before, actions)
    assert undo.sizes(store) == (120, 0)
    undo.undo(store, Progress())
    assert lists.count(store, lists.Query("unit")) == before - 120
    assert undo.sizes(store)[1] == 120
