"""A mark outside the case that tells a restored or copied case from the one this laptop wrote last."""

import hashlib
import json
from pathlib import Path

from xuncha_desktop.atomic import replaced


def path_of(settings_folder: Path, case_id: str) -> Path:
    """The mark's file; its name gives nothing away of the case."""
    return settings_folder / "marks" / hashlib.sha256(case_id.encode()).hexdigest()[:32]


def read(mark: Path) -> tuple[str, int] | None:
    """Replica and highest sequence number this laptop wrote; None if it never opened the case."""
    try:
        content = json.loads(mark.read_text(encoding="utf-8"))
        return str(content["replica"]), int(content["seq"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write(mark: Path, replica: str, seq: int) -> None:
    """Remember the highest sequence number."""
    mark.parent.mkdir(exist_ok=True)
    with replaced(mark) as part:
        part.write_text(json.dumps({"replica": replica, "seq": seq}), encoding="utf-8")
