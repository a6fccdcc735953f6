"""Rows typed into while they changed elsewhere: both sides' work is put together, cell by cell."""

from collections.abc import Mapping, Sequence
from typing import Any

Row = Mapping[str, Any]


def rebased(typed: Sequence[Row], base: Sequence[Row], now: Sequence[Row]) -> tuple[Row, ...]:
    """`typed` on top of `now`, where its writer began from `base`.

    A cell left as it was follows the news, a row added elsewhere stays, one removed elsewhere comes back only if
    something was written into it here.
    """
    before = {row["id"]: row for row in base}
    current = {row["id"]: row for row in now}
    kept: list[Row] = []
    for row in typed:
        old = before.get(row["id"], {})
        written = {name: value for name, value in row.items() if name not in old or value != old[name]}
        if row["id"] in current:
            kept.append({**current[row["id"]], **written})
        elif written:
            kept.append(row)
    known = before.keys() | {row["id"] for row in typed}
    return (*kept, *(row for row in now if row["id"] not in known))
