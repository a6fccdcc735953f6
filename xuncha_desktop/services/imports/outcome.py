"""What one row becomes, in words: every field of the record, and which of them the table does not say."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from xuncha_desktop.model import Field, Kind, entities, fields
from xuncha_desktop.model.show import show
from xuncha_desktop.services import records
from xuncha_desktop.services.imports.plan import Item, Plan
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Filled:
    """A field of the record to be made."""

    label: str
    words: str
    derived: bool  # proposed by the program


def of_row(store: Store, plan: Plan, row: int) -> list[Filled]:
    """The fields of the record that a row becomes; nothing where it becomes none."""
    item = next((item for item in plan.items if item.row == row), None)
    if item is None:
        return []
    with store.read() as session:
        found = [(field, _words(session, plan, field, item)) for field in _fields(plan) if item.values.get(field.name)]
    return [Filled(field.label, words, field.name in item.derived) for field, words in found]


def _fields(plan: Plan) -> list[Field]:
    """Those that columns may go to, then those that one column fills together."""
    targets = [target.field for target in plan.kind.targets.values()]
    named = {field.name for field in targets}
    return [*targets, *(field for name, field in fields(plan.kind.entity).items() if name not in named)]


def _words(session: Session, plan: Plan, field: Field, item: Item) -> str:
    value: Any = item.values[field.name]
    if field.kind is Kind.ROWS:
        return "、".join(_row_words(field, row) for row in value)
    names: dict[str, str] = {}
    if field.kind in (Kind.REF, Kind.REFS):
        ids = (value,) if field.kind is Kind.REF else value
        new = {other.id: str(other.values.get(plan.kind.must, "")) for other in plan.items if other.id in ids}
        names = records.names(session, field.target, ids) | new
    return show(field, value, names)


def _row_words(field: Field, row: dict[str, Any]) -> str:
    described = fields(field.target)
    title = row[entities()[field.target].TITLE]
    kind = show(described["kind"], row["kind"]) if row.get("kind") else ""
    return f"{title}（{kind}）" if kind else title
