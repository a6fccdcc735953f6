"""A turn is kept and taken back; a covered copy is a record of its own that names its original."""

import io

import pytest
from PIL import Image, ImageChops

from tests.support.evidence_files import add_evidence
from tests.support.hostile_files import docx, pdf_of_texts
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import records
from xuncha_desktop.services.evidence_copies import Marks, add_copy, draw, relatives, sheet, turn
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
    stored = draw(store, record, Marks(boxes), Progress())
    made = add_copy(store, record, stored, Marks(boxes))
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
    assert relatives(store, record) == [(made, f"副本：{new['number']} 现场（遮盖件）")]
    assert relatives(store, made) == [(record, f"原件：{old['number']} 现场")]
    undo.undo(store)
    assert relatives(store, record) == []


def test_a_framed_copy_shows_all_of_its_original_within_red_lines(store: Store) -> None:
    record = add_evidence(store, "现场.png", picture())
    turn(store, record)
    marks = Marks(frames={1: [(100, 600, 500, 200)]})
    made = add_copy(store, record, draw(store, record, marks, Progress()), marks)
    old, new = (records.load(store, "evidence", key).values for key in (record, made))
    assert (new["name"], new["file_name"]) == ("现场（标框件）", "现场（标框件）.png")
    assert new["note"] == f"由{old['number']}“现场”标红框而成：1 处。"
    seen = Image.open(io.BytesIO(store.blobs.read(new["file_hash"], 1 << 20)))
    plain = Image.open(io.BytesIO(picture())).transpose(Image.Transpose.ROTATE_270)
    changed = ImageChops.difference(seen.convert("RGB"), plain)
    assert changed.getbbox() == (8, 118, 63, 163)  # two pixels around what was framed
    assert changed.crop((10, 120, 60, 160)).getbbox() is None
    assert store.blobs.read(old["file_hash"], 1 << 20) == picture()
    assert relatives(store, record) == [(made, f"副本：{new['number']} 现场（标框件）")]
    done = undo.undo(store)
    assert done is not None
    assert done.label == "存为标框件"


def test_a_copy_may_be_covered_and_framed(store: Store) -> None:
    record = add_evidence(store, "现场.png", picture())
    marks = Marks({1: [(0, 0, 500, 500)]}, {1: [(600, 600, 200, 200), (0, 0, 300, 300)]})
    made = add_copy(store, record, draw(store, record, marks, Progress()), marks)
    values = records.load(store, "evidence", made).values
    assert values["name"] == "现场（遮盖件）"
    assert values["note"].endswith("遮盖而成：1 处；另标红框：2 处。")


def test_the_note_names_the_pages_of_a_pdf(store: Store) -> None:
    record = add_evidence(store, "纪要.pdf", pdf_of_texts(["一", "二", "三"]))
    boxes = {3: [(0, 0, 10, 10)], 1: [(0, 0, 10, 10), (20, 20, 10, 10)]}
    stored = draw(store, record, Marks(boxes), Progress())
    assert (stored.file_type, stored.pages) == ("application/pdf", 3)
    made = add_copy(store, record, stored, Marks(boxes))
    assert records.load(store, "evidence", made).values["note"].endswith("遮盖而成：第1、3页，共 3 处。")


def test_a_stopped_or_impossible_copy_makes_no_record(store: Store) -> None:
    record = add_evidence(store, "纪要.pdf", pdf_of_texts(["页"] * 60))
    progress = Progress(lambda *_: progress.cancel())
    with pytest.raises(Cancelled):
        draw(store, record, Marks({1: [(0, 0, 10, 10)]}), progress)
    text = add_evidence(store, "说明.docx", docx())
    with pytest.raises(UserError, match="不是图片或 PDF，不能遮盖"):
        draw(store, text, Marks({1: [(0, 0, 10, 10)]}), Progress())
    assert relatives(store, record) == []
