"""Content of a case from and to outside: fields, add, set, dump."""

from argparse import Namespace
from collections.abc import Mapping, Sequence
from typing import Any

from xuncha_desktop.cli import given
from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Evidence, Field, Kind, entities, fields
from xuncha_desktop.services import dump as dumping
from xuncha_desktop.services import evidence, intake

_NOTES = {
    Kind.MONEY: "整数，单位为分。",
    Kind.YUAN: "整数，单位为分。",
    Kind.DATE: "如 2020-04-16。",
    Kind.MOMENT: "整数，自 1970 年起的毫秒。",
    Kind.ENUM: "代码，见 choices。",
    Kind.ENUMS: "代码的列表，见 choices。",
    Kind.REF: "另一条记录的编号。",
    Kind.REFS: "其他记录编号的列表。",
    Kind.ROWS: "对象的列表，各项见 target。",
}


def describe(arguments: Namespace) -> Answer:
    """What fields each entity has."""
    known = [entity for entity in entities() if fields(entity)]
    if arguments.entity and arguments.entity not in known:
        raise UserError(f"没有名为“{arguments.entity}”的记录，可用：{'、'.join(known)}。")
    chosen = [arguments.entity] if arguments.entity else known
    data = {entity: [_described(field) for field in fields(entity).values()] for entity in chosen}
    lines = [line for entity in chosen for line in _table(entity, data[entity])]
    return Answer(data, lines)


def add(arguments: Namespace) -> Answer:
    """Add records from JSON; their ids in the order given."""
    found = given.content(arguments.source)
    rows = found if isinstance(found, list) else [found]
    with given.opened(arguments) as case:
        ids = intake.add(case.store, arguments.entity, rows, given.folder_of(arguments.source), progress())
        if arguments.entity != Evidence.__tablename__:
            return Answer({"ids": ids}, ids, given.removed(found))
        twins = evidence.twins(case.store, ids)
    told = [f"文件与已有的证据 {twin.number}“{twin.name}”完全相同，仍另录了一条：{new}" for new, twin in twins.items()]
    duplicates = [{"id": new, "same_as": twin.id} for new, twin in twins.items()]
    return Answer({"ids": ids, "duplicates": duplicates}, ids, [*given.removed(found), *told])


def change(arguments: Namespace) -> Answer:
    """Change fields of a record from JSON."""
    found = given.content(arguments.source)
    if not isinstance(found, Mapping):
        raise UserError('要改的内容应为一个对象，如 {"title": …}。')
    with given.opened(arguments) as case:
        folder = given.folder_of(arguments.source)
        intake.change(case.store, arguments.entity, arguments.record, found, folder, progress())
    return Answer({"id": arguments.record}, [arguments.record], given.removed(found))


def dump(arguments: Namespace) -> Answer:
    """All content of a case as plain values."""
    with given.opened(arguments) as case:
        return Answer(dumping.everything(case.store), ())


def _table(entity: str, described: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = [
        "　".join(filter(None, (f"  {row['name']}", row["label"], row["kind"], "必填" * row["required"], row["help"])))
        for row in described
    ]
    return [f"{entity}　{entities()[entity].LABEL}", *rows]


def _described(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": field.name,
        "label": field.label,
        "kind": field.kind.value,
        "required": field.required,
        "help": f"{field.help}{_NOTES.get(field.kind, '')}",
    }
    if field.choices:
        described["choices"] = dict(field.choices)
    if field.target:
        described["target"] = field.target
    return described
