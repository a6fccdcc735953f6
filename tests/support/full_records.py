"""One record of every kind with every field filled: what a document has to print at most."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xuncha_desktop.model import Field, Kind, fields
from xuncha_desktop.services import field_records, hearings
from xuncha_desktop.store.store import Store

Say = Callable[[str], str]  # what a text field says, by its name


def fill(
    store: Store, inspection: str, say: Say, *, refs: Mapping[str, Sequence[str]], rows: int = 1
) -> dict[str, str]:
    """Make them, with so many rows in each of their tables; ids by entity. `refs` gives targets, of members two."""
    made: dict[str, str] = {}
    for entity in field_records.NUMBER_WORDS:
        values = _values(entity, say, refs, rows)
        if entity == "voucher":
            values["reviewer"] = refs["member"][-1]
        made[entity] = field_records.create(store, entity, inspection, values)
    made["hearing"] = hearings.create(store, {"inspection": inspection, **_values("hearing", say, refs, rows)})
    return made


def _values(entity: str, say: Say, refs: Mapping[str, Sequence[str]], rows: int) -> dict[str, Any]:
    return {
        name: value
        for name, described in fields(entity).items()
        if described.kind is not Kind.AUTO and (value := _value(described, say, refs, rows)) is not None
    }


def _value(described: Field, say: Say, refs: Mapping[str, Sequence[str]], rows: int) -> Any:
    match described.kind:
        case Kind.TEXT | Kind.LONGTEXT | Kind.RICHTEXT:
            return say(described.name)
        case Kind.INT | Kind.MONEY | Kind.YUAN:
            return 12
        case Kind.DATE:
            return "2031-04-06"
        case Kind.BOOL:
            return True
        case Kind.ENUM:
            return next(iter(described.choices or {"": ""}))
        case Kind.ENUMS:
            return list(described.choices or ())
        case Kind.REF:
            return next(iter(refs.get(described.target, ())), None)
        case Kind.REFS:
            return list(refs.get(described.target, ()))
        case Kind.ROWS if described.target == "citation":
            return []
        case Kind.ROWS:
            return [_row(described.target, say, refs) for _ in range(rows)]
        case _:
            return None


def _row(entity: str, say: Say, refs: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    columns = [one for one in fields(entity).values() if one.name != "parent" and one.kind is not Kind.AUTO]
    return {one.name: value for one in columns if (value := _value(one, say, refs, 1)) is not None}
