"""The sample case: what was written down for it, as records."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.cheap_keys import CHEAP
from xuncha_desktop import paths, sample_content
from xuncha_desktop.errors import Cancelled
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import citing, dump, field_records, papers, record_states, records, sample
from xuncha_desktop.services.report_checks import passages
from xuncha_desktop.services.report_checks.examining import examine
from xuncha_desktop.store import opening
from xuncha_desktop.store.store import Store
from xuncha_desktop.store.undo import can_undo

COUNT, PICTURES = 100, 5


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The sample with more papers and pictures than were written, read by all tests here."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        case, _ = opening.create(folder / "案卷", sample.PASSWORD, argon=CHEAP)
        with case:
            sample.fill(case.store, count=COUNT, pictures=PICTURES, seed=7)
            yield case.store


@pytest.fixture(scope="module")
def content(store: Store) -> dict[str, list[dict[str, Any]]]:
    return dump.everything(store)


def test_every_record_of_the_sample_is_there(content: dict[str, list[dict[str, Any]]]) -> None:
    counts = {entity: len(rows) for entity, rows in content.items() if rows}
    assert counts["paper"] == COUNT
    assert counts["evidence"] == len(sample_content.evidence()) + PICTURES
    assert (counts["unit"], counts["inspection"], counts["member"], counts["report"]) == (4, 4, 7, 2)
    assert content["case"][0]["sample"] is True
    assert len(content["round"][0]["deadlines"]) == len(sample_content.case().deadlines)


def test_the_checks_of_the_report_have_nothing_to_say_of_its_words_and_numbers(store: Store) -> None:
    for inspection in records.options(store, "inspection"):
        faults = examine(passages.read(store, inspection))
        assert [fault.words for fault in faults if fault.kind != "length"] == []


def test_the_papers_say_what_was_written_down(content: dict[str, list[dict[str, Any]]]) -> None:
    members = {row["id"]: row["code"] for row in content["member"]}
    types = {row["id"]: row["code"] for row in content["problem_type"]}
    for found, wanted in zip(content["paper"], sample_content.papers(), strict=False):
        assert found["title"] == wanted.title
        assert found["overview"] == wanted.overview
        assert found["amount"] == (None if wanted.amount_yuan is None else wanted.amount_yuan * 100)
        assert tuple(members[member] for member in found["handlers"]) == wanted.handlers
        assert types[found["problem_type"]] == wanted.problem_type
        assert [row["pages"] for row in found["citations"]][: len(wanted.evidence)] == [
            c.pages for c in wanted.evidence
        ]
        assert [row["name"] for row in found["parties"]] == [party.who for party in wanted.responsible]


def test_numbers_are_given_as_the_program_gives_them(content: dict[str, list[dict[str, Any]]]) -> None:
    members = {row["id"]: row["code"] for row in content["member"]}
    assert all(p["number"].startswith(f"临-{members[p['handlers'][0]]}-") for p in content["paper"])
    assert len({paper["number"] for paper in content["paper"]}) == COUNT
    official = [paper["official_number"] for paper in content["paper"] if paper["official_number"]]
    assert official[0] == "〔2026〕15-06-01-PHZ-DG-001"
    assert len(set(official)) == len(official)
    assert all(bool(p["official_number"]) == (p["state"] == "approved") for p in content["paper"])
    assert all(row["number"].startswith("证-") for row in content["evidence"])
    assert len({row["number"] for row in content["evidence"]}) == len(content["evidence"])


def test_no_approved_paper_lacks_what_approval_demands(store: Store, content: dict[str, list[dict[str, Any]]]) -> None:
    approved = [paper for paper in content["paper"] if paper["state"] == "approved"]
    cited = [citing.described(store, paper["citations"]) for paper in approved]
    lacking = [gap.label for pair in zip(approved, cited, strict=True) for gap in papers.blocking(*pair)]
    assert len(approved) > 60
    assert lacking == []


def test_papers_beyond_the_written_ones_differ_from_them(content: dict[str, list[dict[str, Any]]]) -> None:
    titles = [paper["title"] for paper in content["paper"]]
    assert len(set(titles)) == COUNT
    assert titles[46] == f"{titles[0]}（之2）"
    assert titles[92] == f"{titles[0]}（之3）"
    amounts = [paper["amount"] for paper in content["paper"]]
    assert [a for a, b in zip(amounts, amounts[46:], strict=False) if a and a == b] == []


def test_extra_photographs_are_cited_by_approved_papers(content: dict[str, list[dict[str, Any]]]) -> None:
    extra = {row["id"] for row in content["evidence"] if row["name"].startswith("走访现场照片")}
    cited = [row["evidence"] for paper in content["paper"] for row in paper["citations"] if row["evidence"] in extra]
    assert len(extra) == PICTURES
    assert sorted(cited) == sorted(extra)


def test_every_file_can_be_read_back(store: Store, content: dict[str, list[dict[str, Any]]]) -> None:
    sizes = {row["file_hash"]: row["file_size"] for row in content["evidence"]}
    assert {sha: store.blobs.verify(sha) for sha in sizes} == sizes


def test_items_that_papers_name_are_found_problems_and_no_excuse_is_missing(
    content: dict[str, list[dict[str, Any]]],
) -> None:
    named = {(paper["inspection"], item) for paper in content["paper"] for item in paper["check_items"]}
    found = {(row["inspection"], row["item"]) for row in content["check_result"] if row["state"] == "found"}
    assert found == named
    states = Counter(row["state"] for row in content["check_result"])
    assert set(states) == {"open", "checking", "clean", "found", "not_applicable"}
    assert all(row["note"] for row in content["check_result"] if row["state"] == "not_applicable")


def test_every_register_is_filled_and_no_record_lacks_what_its_form_demands(
    store: Store, content: dict[str, list[dict[str, Any]]]
) -> None:
    wanted = Counter(kind for kind, _ in sample_content.records())
    assert {kind: len(content[kind]) for kind in wanted} == wanted
    for kind in wanted:
        assert all(row["number"].startswith(field_records.NUMBER_WORDS[kind]) for row in content[kind])
        lacking = [gap.label for row in content[kind] for gap in field_records.gaps(kind, row)
                   if gap.blocking and not gap.met]  # fmt: skip
        assert lacking == (["缺失说明"] if kind == "borrowing" else []), kind
    with store.read() as session:
        said = {record_states.words(session, "borrowing", row["id"]) for row in content["borrowing"]}
    assert said == set(record_states.STATES["borrowing"].values()) - {"未提供"}


def test_passages_of_records_are_cited_with_their_place_and_stand_as_they_were(
    store: Store, content: dict[str, list[dict[str, Any]]]
) -> None:
    rows = [row for paper in content["paper"] for row in paper["citations"] if row["record"]]
    assert len(rows) == len(sample_content.record_citations())
    said = citing.described(store, rows)
    assert not [cited.stale for cited in said if cited.stale]
    assert all(bool(cited.place) == bool(row["passage"]) for cited, row in zip(said, rows, strict=True))


def test_ctrl_z_does_not_take_the_sample_away(store: Store) -> None:
    assert can_undo(store) is None


def test_the_same_seed_gives_the_same_papers() -> None:
    assert [sample._varied(n, 3) for n in range(150)] == [sample._varied(n, 3) for n in range(150)]
    assert sample._varied(60, 3) != sample._varied(60, 4)


def test_the_first_member_is_the_leader_who_acts(store: Store) -> None:
    assert records.titles(store, "member", [store.actor or ""]) == {store.actor: "陈砚秋"}


def test_nothing_is_left_of_the_plain_files(store: Store) -> None:
    private = store.folder.parent / "home" / "private"
    assert private.is_dir()
    assert list(private.iterdir()) == []


def test_a_sample_that_could_not_be_finished_leaves_nothing(tmp_path: Path) -> None:
    stopped = Progress()

    def stop(done: int, total: int, text: str) -> None:
        if "示例底稿" in text:
            stopped.cancel()

    stopped = Progress(stop)
    with pytest.raises(Cancelled):
        sample.build(tmp_path / "示例", stopped, argon=CHEAP)
    assert not (tmp_path / "示例").exists()


def test_the_note_says_that_all_is_fictitious(tmp_path: Path) -> None:
    sample.write_note(tmp_path / "新")
    assert "虚构" in (tmp_path / "新" / sample.NOTE).read_text(encoding="utf-8")
