"""证据 as it is looked at: which way up, and copies of it with places covered for good or framed in red."""

from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from sqlalchemy import or_, select

from xuncha_desktop.decoding.decoder import Boxes, Decoder
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Evidence
from xuncha_desktop.services import records
from xuncha_desktop.services.evidence import Stored, source_of
from xuncha_desktop.services.numbers import next_number
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text

_COVERED, _FRAMED = "（遮盖件）", "（标框件）"
_TYPES = {".png": "image/png", ".jpg": "image/jpeg", ".pdf": "application/pdf"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """What has to be known of a piece of evidence to show it."""

    file_name: str
    file_hash: str
    turned: int  # clockwise, in degrees


@dataclass(frozen=True, slots=True)
class Marks:
    """What is drawn on a copy: places made black, and places in a red frame."""

    covers: Boxes = field(default_factory=dict)
    frames: Boxes = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """What the name of such a copy ends with."""
        return _COVERED if self.covers else _FRAMED

    @property
    def made(self) -> str:
        """What making such a copy is called."""
        return f"存为{self.suffix.strip('（）')}"


def sheet(store: Store, evidence: str) -> Sheet:
    """What to show of a piece of evidence."""
    with store.read() as session:
        found: Evidence = records.find(session, "evidence", evidence)
        return Sheet(found.file_name, found.file_hash, quarters(found.turned))


def turn(store: Store, evidence: str, by: int = 90) -> None:
    """旋转: look at a piece of evidence another way up from now on; the file stays as it is."""
    with store.write("旋转证据") as session:
        found: Evidence = records.find(session, "evidence", evidence)
        found.turned = quarters((found.turned or 0) + by) or None


def draw(store: Store, evidence: str, marks: Marks, progress: Progress) -> Stored:
    """A copy with these marks, nothing beneath what is black, encrypted into the case (a job); `add_copy` follows."""
    shown = sheet(store, evidence)
    source = source_of(store, shown.file_name, shown.file_hash)
    with Decoder() as decoder:  # its own: nobody who looks at a page meanwhile waits behind it
        copy = decoder.blacken(source, marks.covers, shown.turned, progress, marks.frames)
        blob = store.blobs.add(BytesIO(copy.content), progress)
        name = clean_text(f"{Path(shown.file_name).stem}{marks.suffix}{copy.suffix}")
        pages = decoder.count(source_of(store, name, blob.sha256), progress)
    return Stored(name, _TYPES[copy.suffix], blob.size, blob.sha256, pages)


def add_copy(store: Store, evidence: str, stored: Stored, marks: Marks) -> str:
    """The record of such a copy, which names what it was made of; its id."""
    with store.write(marks.made) as session:
        found: Evidence = records.find(session, "evidence", evidence)
        values = {
            "number": next_number(session, Evidence, "证", store.actor),
            "name": f"{found.name}{marks.suffix}",
            "kind": found.kind,
            "inspection": found.inspection,
            "pages": stored.pages,
            "dated": found.dated,
            "source": found.source,
            "original": "electronic",
            "derived_from": found.id,
            "note": f"由{found.number}“{found.name}”{_how(marks, stored.pages or 1)}。",
            "file_name": stored.name,
            "file_type": stored.file_type,
            "file_size": stored.file_size,
            "file_hash": stored.file_hash,
        }
        return records.add(session, "evidence", values).id


def relatives(store: Store, evidence: str) -> list[tuple[str, str]]:
    """What such a copy was made of and the copies made of this piece: id, and words for it."""
    with store.read() as session:
        own: Evidence = records.find(session, "evidence", evidence)
        query = select(Evidence).where(
            or_(Evidence.derived_from == own.id, Evidence.id == own.derived_from), Evidence.deleted.is_(False)
        )
        rows = session.scalars(query.order_by(Evidence.number)).all()
    return [(row.id, f"{'原件' if row.id == own.derived_from else '副本'}：{row.number} {row.name}") for row in rows]


def quarters(degrees: int | None) -> int:
    """A turn as the decoder takes it; a value no version of ours wrote is none."""
    return (degrees or 0) % 360 if (degrees or 0) % 90 == 0 else 0


def _how(marks: Marks, pages: int) -> str:
    """What was done to make a copy, and where."""
    framed = _places(marks.frames, pages) if marks.frames else ""
    if not marks.covers:
        return f"标红框而成：{framed}"
    return f"遮盖而成：{_places(marks.covers, pages)}" + (f"；另标红框：{framed}" if framed else "")


def _places(boxes: Boxes, pages: int) -> str:
    count = sum(map(len, boxes.values()))
    if pages == 1:
        return f"{count} 处"
    return f"第{'、'.join(str(page) for page in sorted(boxes))}页，共 {count} 处"
