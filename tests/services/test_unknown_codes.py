"""Codes of another version of the program can be read, sorted, grouped, filtered, dumped and exported."""

from pathlib import Path

import pytest

from tests.support.journal_rows import new_paper
from tests.support.newer_program import CODE, SHOWN, closed_lists, write_newer_codes
from tests.support.ready_papers import add_paper, the_inspection, write_report
from xuncha_desktop.exports import catalog
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Kind, entities
from xuncha_desktop.services import dump, history, lists
from xuncha_desktop.store.store import Store

KEPT = frozenset({"paper.state", "paper.destination", "unit.kind"})  # else nothing would be approved for export


def _ready(store: Store) -> None:
    """A case in which every list of every record holds a newer code, but approved papers stay approved."""
    add_paper(store, "甲")
    add_paper(store, "乙", state="draft")
    write_report(store)
    assert write_newer_codes(store, but=KEPT) > 50


@pytest.mark.parametrize("entity", list(entities()))
def test_lists_are_read_sorted_grouped_and_filtered_over_unknown_codes(store: Store, entity: str) -> None:
    _ready(store)
    found = lists.ids(store, lists.Query(entity))
    cells = lists.page(store, entity, found, [described.name for described in closed_lists(entity)])
    for described in closed_lists(entity):
        kept = f"{entity}.{described.name}" in KEPT
        assert kept or all(SHOWN in cells[record][described.name] for record in found)
        for down in (False, True):
            query = lists.Query(entity, sort=described.name, descending=down)
            assert sorted(lists.ids(store, query)) == sorted(found)
        groups = lists.grouped(store, lists.Query(entity), described.name)
        assert sorted(record for _, ids in groups for record in ids) == sorted(found)
        if not kept and described.kind is Kind.ENUM:
            assert sorted(lists.ids(store, lists.Query(entity, {described.name: (CODE,)}))) == sorted(found)


def test_dump_and_history_name_the_code(store: Store) -> None:
    paper = new_paper(store, level="own")
    write_newer_codes(store)
    [dumped] = dump.everything(store)["paper"]
    assert dumped["level"] == CODE
    assert history.of_field(store, "paper", paper, "level")[0].text == SHOWN


# The small case holds papers and no field records: final files of what papers are enough for, drafts of the rest.
@pytest.mark.parametrize(
    ("kind", "draft"),
    [(document.kind, True) for document in catalog.DOCUMENTS if document.subject in ("inspection", "paper")]
    + [(kind, False) for kind in ("report", "ledger", "paper", "volume")],
)
def test_documents_are_exported_with_unknown_codes_in_the_case(
    store: Store, tmp_path: Path, kind: str, draft: bool
) -> None:
    _ready(store)
    document = catalog.BY_KIND[kind]
    record = the_inspection(store)
    if document.subject == "paper":
        record = lists.ids(store, lists.Query("paper", {"state": "approved"}))[0]
    target = tmp_path / f"文书{document.suffix}"
    catalog.export(store, document, record, target, draft=draft, progress=Progress())
    assert target.stat().st_size > 0
