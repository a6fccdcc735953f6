"""A mark outside the case that tells a restored or copied case from the one this laptop wrote last."""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from xuncha_desktop.atomic import replaced


@dataclass(frozen=True, slots=True)
class Mark:
    """How far this laptop wrote as one replica, and the session in which it did."""

    seq: int
    session: str  # also kept in the database: an older copy of it has an older session, even after a crash


def path_of(settings_folder: Path, case_id: str) -> Path:
    """The mark's file; its name gives nothing away of the case."""
    return settings_folder / "marks" / hashlib.sha256(case_id.encode()).hexdigest()[:32]


def read(file: Path, replica: str) -> Mark | None:
    """What this laptop last wrote as `replica`; None if it never did."""
    return _marks(file).get(replica)


def write(file: Path, replica: str, mark: Mark) -> None:
    """Remember how far this laptop wrote; other replicas (a restored case beside the old one) keep their marks."""
    marks = {**_marks(file), replica: mark}
    content = {known: {"seq": found.seq, "session": found.session} for known, found in marks.items()}
    file.parent.mkdir(exist_ok=True)
    with replaced(file) as part:
        part.write_text(json.dumps(content), encoding="utf-8")


def _marks(file: Path) -> dict[str, Mark]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        return {str(replica): Mark(int(found["seq"]), str(found["session"])) for replica, found in content.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
