"""Which column goes where: proposed from the words above it, remembered as the user left it."""

import hashlib
import json
from collections.abc import Mapping

from xuncha_desktop.services.imports.kinds import ImportKind
from xuncha_desktop.services.imports.layout import Column, Table
from xuncha_desktop.store.store import Store

Columns = Mapping[int, str]  # column -> name of the target; columns that are not there are not brought in


def propose(kind: ImportKind, table: Table) -> dict[int, str]:
    """The targets that the headings name, the surest first."""
    offers = sorted(offer for column in table.columns for offer in _offers(kind, column))
    found: dict[int, str] = {}
    for _, _, place, name in offers:
        target = kind.targets[name]
        if place not in found and (target.collects or name not in found.values()):
            found[place] = name
    if table.sheet.places:  # of a text nothing is left out: what no field takes goes under its label into the notes
        found = {column.place: "note" for column in table.columns} | found
    return dict(sorted(found.items()))


def recall(store: Store, kind: ImportKind, table: Table) -> dict[int, str] | None:
    """How the columns of a table with the same headings were used the last time, if they were changed by hand."""
    stored = store.meta(_key(kind, table))
    try:
        known = json.loads(stored) if stored else None
    except ValueError:
        return None
    if not isinstance(known, dict):
        return None
    places = {column.place for column in table.columns}
    return {int(place): name for place, name in known.items() if int(place) in places and name in kind.targets}


def remember(store: Store, kind: ImportKind, table: Table, columns: Columns) -> None:
    """Keep how the columns are used, under a digest of the headings; nothing of the content."""
    wanted = dict(columns)
    if (recall(store, kind, table) or propose(kind, table)) != wanted:
        store.set_meta(_key(kind, table), json.dumps(wanted))


def _offers(kind: ImportKind, column: Column) -> list[tuple[int, int, int, str]]:
    """The targets a column's words name: which of its forms does, how far down the target's list it stands."""
    return [
        (rank, form, column.place, kind.words[text][0])
        for form, text in enumerate(dict.fromkeys(column.forms()))
        if text in kind.words
        for rank in [kind.words[text][1]]
    ]


def _key(kind: ImportKind, table: Table) -> str:
    shape = json.dumps([[column.place, *column.parts] for column in table.columns], ensure_ascii=False)
    return f"import-{kind.name}-{hashlib.sha256(shape.encode()).hexdigest()[:32]}"
