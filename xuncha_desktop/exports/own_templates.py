"""The user's own templates: which there are, changing ours into one's own, and the way back."""

import hashlib
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.catalog import DOCUMENTS, Document
from xuncha_desktop.exports.doctor.findings import Diagnosis
from xuncha_desktop.exports.templates import own_folder

SHIPPED, CHANGED, MADE = "自带", "已改", "自建"
SUFFIXES = (".docx", ".xlsx")
_CHECKS = "checked.json"
_PUT_ASIDE = "old"


@dataclass(frozen=True, slots=True)
class Template:
    """One template as the list shows it."""

    file: str
    path: Path
    origin: str  # SHIPPED, CHANGED or MADE
    document: Document | None  # None: no document asks for a file of this name
    shipped: Path | None
    faults: int | None  # found by the last check; None if never checked
    elsewhere: bool  # changed since that check

    @property
    def title(self) -> str:
        """What the template is for."""
        return self.document.title if self.document else "（没有文书使用）"


def listed() -> list[Template]:
    """Those of all documents, then further files of the user's folder."""
    checks = _read_checks()
    found: list[Template] = []
    for document in DOCUMENTS:
        if (declared := document.template) is not None and all(known.file != declared.file for known in found):
            path, shipped = declared.path(), declared.shipped()
            changed = path != shipped and path.read_bytes() != shipped.read_bytes()
            found.append(_template(path, CHANGED if changed else SHIPPED, document, shipped, checks))
    known = {template.file for template in found}
    further = sorted(file for file in own_folder().iterdir() if file.suffix.lower() in SUFFIXES)
    found += [
        _template(file, MADE, None, None, checks)
        for file in further
        if file.name not in known and not file.name.startswith(("~$", "."))
    ]
    return found


def take_over(template: Template) -> Path:
    """The user's own copy of a template, made now if there is none."""
    own = own_folder() / template.file
    if not own.exists():
        with replaced(own) as part:
            shutil.copyfile(template.path, part)
    return own


def restore(template: Template) -> Path | None:
    """Use ours again; the user's copy is put aside, not deleted."""
    own = own_folder() / template.file
    return put_aside(own) if own.is_file() else None


def put_aside(own: Path) -> Path:
    """Move a file of the user's folder out of use, under the time of day."""
    folder = own_folder() / _PUT_ASIDE
    folder.mkdir(exist_ok=True)
    target = folder / f"{own.stem}_{datetime.now():%Y%m%d_%H%M%S_%f}{own.suffix}"
    try:
        own.replace(target)
    except OSError as error:
        raise UserError(f"“{own.name}”正被别的程序打开，没有移开；请关闭后再试。") from error
    return target


def note_check(template: Template, diagnosis: Diagnosis) -> None:
    """Remember what was found, and in which state of the file."""
    checks = {**_read_checks(), template.file: {"digest": digest(template.path), "faults": len(diagnosis.serious)}}
    with replaced(own_folder() / _CHECKS) as part:
        part.write_text(json.dumps(checks, ensure_ascii=False, indent=1), encoding="utf-8")


def digest(path: Path) -> str:
    """The file's SHA-256."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _template(
    path: Path, origin: str, document: Document | None, shipped: Path | None, checks: Mapping[str, Mapping[str, object]]
) -> Template:
    check = checks.get(path.name)
    faults = check.get("faults") if check else None
    elsewhere = check is not None and check.get("digest") != digest(path)
    return Template(path.name, path, origin, document, shipped, faults if isinstance(faults, int) else None, elsewhere)


def _read_checks() -> dict[str, dict[str, object]]:
    try:
        found = json.loads((own_folder() / _CHECKS).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: check for name, check in found.items() if isinstance(check, dict)} if isinstance(found, dict) else {}
