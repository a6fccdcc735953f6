"""`案卷说明.txt` beside a sample case: says that all of it is fictitious, and gives the password away."""

from pathlib import Path
from typing import NamedTuple

FILE_NAME = "案卷说明.txt"
_MARK = "sample-password:"
_LONGEST = 10_000


class SampleNote(NamedTuple):
    """What the note of a sample case says."""

    password: str


def read(folder: Path) -> SampleNote | None:
    """The note of a sample case; None for every real case."""
    try:
        with (folder / FILE_NAME).open(encoding="utf-8-sig") as file:
            lines = file.read(_LONGEST).splitlines()
    except (OSError, ValueError):
        return None
    found = (line.strip().removeprefix(_MARK).strip() for line in lines if line.strip().startswith(_MARK))
    return next((SampleNote(password) for password in found if password), None)
