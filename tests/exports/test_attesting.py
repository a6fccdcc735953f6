"""Files that papers cite are read through before a paper goes out."""

from pathlib import Path

import pytest

from tests.support.desk import Desk
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import catalog
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence
from xuncha_desktop.services.evidence import Incoming


@pytest.mark.parametrize("kind", ["paper", "volume", "check_book"])
def test_a_damaged_file_stops_a_final_document_and_is_told_of_a_draft(desk: Desk, tmp_path: Path, kind: str) -> None:
    stored = evidence.store_files(desk.store, [Incoming("会议记录.txt", "同意。".encode() * 50)], Progress())
    [proof] = evidence.register(desk.store, stored, desk.inspection)
    paper = desk.add_paper(citations=[{"evidence": proof, "pages": "1"}])
    record = paper if kind == "paper" else desk.inspection
    document, target = catalog.BY_KIND[kind], tmp_path / "出.docx"
    _, notes = catalog.export(desk.store, document, record, target, draft=False, progress=Progress())
    assert notes == ()
    target.unlink()
    blob = desk.store.blobs.name_of(stored[0].file_hash)
    [file] = desk.store.folder.rglob(blob)
    content = bytearray(file.read_bytes())
    content[-1] ^= 1
    file.write_bytes(content)
    with pytest.raises(UserError, match=r"支撑材料“证-.*会议记录”：证据文件.*已损坏"):
        catalog.export(desk.store, document, record, target, draft=False, progress=Progress())
    assert not target.exists()
    _, notes = catalog.export(desk.store, document, record, target, draft=True, progress=Progress())
    assert [note[:4] for note in notes] == ["支撑材料"]
