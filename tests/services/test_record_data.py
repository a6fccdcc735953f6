"""What documents call the records that a record refers to."""

from pathlib import Path

from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import field_records, intake, record_data, records
from xuncha_desktop.store.store import Store


def test_every_piece_of_evidence_is_called_by_its_number_however_many_there_are(store: Store, tmp_path: Path) -> None:
    inspection = next(iter(records.options(store, "inspection")))
    given = [{"name": f"照片{at}", "inspection": inspection} for at in range(1200)]
    photos = intake.add(store, "evidence", given, tmp_path, Progress())
    visit = field_records.create(store, "visit", inspection, {"photos": photos})
    names = record_data.of_record(store, "visit", visit).names
    assert [names[photo] for photo in photos] == [f"证-JXG-{at:04} 照片{at - 1}" for at in range(1, 1201)]


def test_blanks_at_the_end_of_a_name_stay(store: Store, tmp_path: Path) -> None:
    inspection = next(iter(records.options(store, "inspection")))
    (photo,) = intake.add(store, "evidence", [{"name": " 照片\n", "inspection": inspection}], tmp_path, Progress())
    visit = field_records.create(store, "visit", inspection, {"photos": [photo]})
    assert record_data.of_record(store, "visit", visit).names[photo] == "证-JXG-0001  照片\n"
