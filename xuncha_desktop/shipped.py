"""Where the files lie that ship with the program. Light to import: the first window needs it before its first paint."""

import sys
from pathlib import Path


def path(*parts: str) -> Path:
    """Where a shipped file lies: beside the package in a checkout and a wheel, in the bundle when frozen."""
    bundle: str | None = getattr(sys, "_MEIPASS", None)
    root = Path(bundle) if bundle else Path(__file__).resolve().parent.parent
    return root.joinpath("resources", *parts)
