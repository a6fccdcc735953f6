"""Where the templates of documents lie: the user's own copy if there is one, else the one that ships."""

import sys
from pathlib import Path
from typing import cast

from xuncha_desktop import paths, resources
from xuncha_desktop.errors import UserError

OWN = "templates"


class TemplateFault(UserError):
    """A document was not made because of its template; the template doctor can say more."""


class Lost(TemplateFault):
    """A file was read back and something that was to be printed is not in it; the sentence says what."""


def word_template(name: str) -> Path:
    """A Word template by its file name."""
    return _own(name) or shipped_word(name)


def ledger_template(name: str) -> Path:
    """An Excel template by its file name."""
    return _own(name) or shipped_ledger(name)


def shipped_word(name: str) -> Path:
    """A Word template as it came with the program."""
    bundle = cast(str | None, getattr(sys, "_MEIPASS", None))
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent.parent
    return root / "templates_docx" / name


def shipped_ledger(name: str) -> Path:
    """An Excel template as it came with the program."""
    return resources.path("ledgers", name)


def own_folder() -> Path:
    """Where the user's own templates lie, made if missing."""
    folder = paths.settings_folder() / OWN
    folder.mkdir(exist_ok=True)
    return folder


def _own(name: str) -> Path | None:
    own = paths.settings_folder() / OWN / name
    return own if own.is_file() else None
