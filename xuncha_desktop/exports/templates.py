"""Where the templates of documents lie: the user's own copy if there is one, else the one that ships."""

import sys
from pathlib import Path
from typing import cast

from xuncha_desktop import paths, resources

OWN = "templates"


def word_template(name: str) -> Path:
    """A Word template by its file name."""
    bundle = cast(str | None, getattr(sys, "_MEIPASS", None))
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent.parent
    return _own(name) or root / "templates_docx" / name


def ledger_template(name: str) -> Path:
    """An Excel template by its file name."""
    return _own(name) or resources.path("ledgers", name)


def _own(name: str) -> Path | None:
    own = paths.settings_folder() / OWN / name
    return own if own.is_file() else None
