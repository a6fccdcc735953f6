"""A turn is kept and taken back; a covered copy is a record of its own that names its original."""

import io

import pytest
from PIL import Image

from tests.support.evidence_files import add_evidence
from tests.support.hostile_files import docx, pdf_of_texts
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence_copies, records
from xuncha_desktop.services.evidence_copies import add_covered, cover, relatives, sheet, turn
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def picture() -> bytes:
    """White, with a red upper left quarter."""
    image = Image.new("RGB", (200, 100), "white")
    image.paste((220, 0, 0), (0, 0, 100, 50))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def test_a_turn_is_one_write_and_goes_round(store: Store) -> None:
    record = add_evidence(store, "现场.png", picture())
    assert sheet(store, record).turned == 0
    turn(store, record)
    assert sheet(store, record).turned == 90
    done = undo.undo(store)
    assert done is not None
    assert done.label == "旋转证据"
    assert sheet(store, record).turned == 0
    for _ in range(4):
        turn(store, record)
    assert records.load(store, "evidence", record).values["turned"] is None


def test_a_covered_copy_is_turned_black_and_names_its_original(store: Store) -> None:
    record = add_evidence(store, "现场.png", picture())
    records.edit(store, "evidence", record, {"kind": "voucher", "source": "镇财政所", "dated": "2024-05-01"})
    turn(store, record)
    boxes = {1: [(500, 0, 500, 500)]}  # where the red quarter is seen after the turn
    stored = cover(store, record, boxes, Progress())
    made = add_covered(store, record, stored, boxes)
    old, new = (records.load(store, "evidence", key).values for key in (record, made))
    assert (new["name"], new["file_name"]) == ("现场（遮盖件）", "现场（遮盖件）.png")
    assert (new["kind"], new["source"], new["dated"], new["pages"]) == ("voucher", "镇财政所", "2024-05-01", 1)
    assert new["derived_from"] == record
    assert new["turned"] is None
    assert new["note"] == f"由{old['number']}“现场”遮盖而成：1 处。"
    image = Image.open(io.BytesIO(store.blobs.read(new["file_hash"], 1 << 20)))
    assert image.size == (100, 200)
    colours = {colour for _, colour in image.convert("RGB").getcolors() or ()}
    assert colours == {(0, 0, 0), (255, 255, 255)}
    assert store.blobs.read(old["file_hash"], 1 << 20) == picture()
    assert relatives(store, record) == [(made, f"遮盖件：{new['number']} 现场（遮盖件）")]
    assert relatives(store, made) == [(record, f"原件：{old['number']} 现场")]
    undo.undo(store)
    assert relatives(store, record) == []


def test_the_note_names_the_pages_of_a_pdf(store: Store) -> None:
    record = add_evidence(store, "纪要.pdf", pdf_of_texts(["一", "二", "三"]))
    boxes = {3: [(0, 0, 10, 10)], 1: [(0, 0, 10, 10), (20, 20, 10, 10)]}
    stored = cover(store, record, boxes, Progress())
    assert (stored.file_type, stored.pages) == ("application/pdf", 3)
    made = add_covered(store, record, stored, boxes)
    assert records.load(store, "evidence", made).values["note"].endswith("遮盖而成：第1、3页，共 3 处。")


def test_a_stopped_or_impossible_copy_makes_no_record(store: Store) -> None:
    record = add_evidence(store, "纪要.pdf", pdf_of_texts(["页"] * 60))
    progress = Progress(lambda *_: progress.cancel())
    with pytest.raises(Cancelled):
        cover(store, record, {1: [(0, 0, 10, 10)]}, progress)
    text = add_evidence(store, "说明.docx", docx())
    with pytest.raises(UserError, match="不是图片或 PDF，不能遮盖"):
        evidence_copies.cover(store, text, {1: [(0, 0, 10, 10)]}, Progress())
    assert relatives(store, record) == []
