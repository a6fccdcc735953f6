"""A run of saves that tells of each one when it is over; forked to be killed, and run under strace.

Every save writes its number into several fields and a row at once, so that half of one would show.
"""

import os
import sys
from collections.abc import Callable, Iterable
from itertools import count
from pathlib import Path

from tests.support.cheap_keys import CHEAP, PASSWORD
from xuncha_desktop.services import records
from xuncha_desktop.store import connection, opening
from xuncha_desktop.store.connection import Connection
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import Store

PAPER = "01890000-0000-7000-8000-0000000000aa"
_ROW = "01890000-0000-7000-8000-0000000000bb"
_LONG = "虚构的问题概述。" * 60
_EVERY = 3  # so many edits come with a new record


def prepare(folder: Path) -> None:
    """A closed case with nothing in it but the paper to be saved."""
    opened, _ = opening.create(folder, PASSWORD, argon=CHEAP)
    with opened:
        records.create(opened.store, "paper", _values(0), record=PAPER)


def save(store: Store, number: int) -> None:
    """The save with this number."""
    if number % _EVERY == 0:
        records.create(store, "unit", {"name": str(number)})
    records.edit(store, "paper", PAPER, _values(number))


def run(case: OpenCase, first: int, told: Callable[[int], object]) -> None:
    """Save with rising numbers for ever; `told` hears each number when its save is over."""
    for number in count(first):
        save(case.store, number)
        told(number)


def number_saved(conn: Connection) -> int:
    """Which save a database holds; raises if it is half of one, or lacks an earlier one."""
    title, overview, people = conn.execute("SELECT title, overview, people FROM paper").fetchone()
    (name,) = conn.execute("SELECT name FROM paper_party").fetchone()
    number = int(title)
    units = {row[0] for row in conn.execute("SELECT name FROM unit")}
    wanted = {str(made) for made in range(_EVERY, number + 1, _EVERY)}
    if (overview, people, name) != (f"{number}:{_LONG}", number, title) or not wanted <= units:
        raise ValueError(f"half of save {number}")
    return number


def _values(number: int) -> dict[str, object]:
    row = {"id": _ROW, "kind": "main", "name": str(number)}
    return {"title": str(number), "overview": f"{number}:{_LONG}", "people": number, "parties": [row]}


def _main(folder: Path, saves: int, pragmas: Iterable[str]) -> None:
    """Open the case under other pragmas and save; `ack N` on standard output after each save."""
    connection._PRAGMAS = (*connection._PRAGMAS, *pragmas)
    with opening.open_case(folder, PASSWORD) as case:
        os.write(1, b"ack 0\n")
        for number in range(1, saves + 1):
            save(case.store, number)
            os.write(1, f"ack {number}\n".encode())


if __name__ == "__main__":
    _main(Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3:])
