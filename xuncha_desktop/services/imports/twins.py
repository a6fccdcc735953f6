"""Records the case has already: a unit or person is not made twice, an equal record is worth a word."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import rich
from xuncha_desktop.model import (
    CheckItem,
    Checklist,
    CheckResult,
    Field,
    Inspector,
    Kind,
    Member,
    Unit,
    entities,
    fields,
)
from xuncha_desktop.services.imports.headings import bare
from xuncha_desktop.services.imports.kinds import ImportKind

# What no two records of these kinds share.
_UNIQUE: Mapping[str, tuple[str, ...]] = {
    "unit": ("name", "code"),
    "member": ("name", "code"),
    "inspector": ("name",),
    "previous": ("item",),
}
_LEFT = frozenset({"number", "official_number", "note", "batch"})


@dataclass(slots=True)
class Twins:
    """Names and codes in use, and the contents of the records there are."""

    kind: ImportKind
    inspection: str
    names: set[str] = field(default_factory=set)
    codes: set[str] = field(default_factory=set)  # in the case
    taken: set[str] = field(default_factory=set)  # in the case and in the list, for whoever proposes one
    contents: list[Mapping[str, Any]] = field(default_factory=list)
    again: int = 0
    _by_values: dict[tuple[str, ...], set[tuple[Any, ...]]] = field(default_factory=dict)
    _rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def has(self, values: Mapping[str, Any]) -> bool:
        """Whether the case has this unit, person or problem; equal records of other kinds are only counted."""
        if self.kind.name in _UNIQUE:
            return self._name(values, _UNIQUE[self.kind.name][0]) in self.names
        self.again += self._equal(values)
        return False

    def clashes(self, values: Mapping[str, Any], row: int) -> Iterable[tuple[str, str]]:
        """What no two records of the list may share: field and words."""
        for name in _UNIQUE.get(self.kind.name, ()):
            word = self._name(values, name)
            if not values.get(name):
                continue
            if (first := self._rows.setdefault((name, word), row)) != row:
                yield name, f"与第{first}行相同"
            elif name == "code" and values["code"].upper() in self.codes:
                yield name, f"代码“{values['code']}”在案卷里已用"

    def _name(self, values: Mapping[str, Any], name: str) -> str:
        of = values.get("inspection") or self.inspection if self.kind.of_inspection else ""
        return of + bare(values.get(name, ""))

    def _equal(self, values: Mapping[str, Any]) -> bool:
        """Whether a record with all these values is there; links and rows are not compared."""
        described = fields(self.kind.entity)
        names = tuple(sorted(n for n in values if n not in _LEFT and n in described and described[n].stored))
        if self.kind.must not in names:
            return False
        if names not in self._by_values:
            self._by_values[names] = {tuple(content[name] for name in names) for content in self.contents}
        return tuple(values[name] for name in names) in self._by_values[names]


def load(session: Session, kind: ImportKind, inspection: str, codes: Iterable[str]) -> Twins:
    """What is in the case of a kind; `codes` are those the list itself gives."""
    twins = Twins(kind, inspection)
    if kind.name in _UNIQUE:
        for name, code in _OF[kind.name](session):
            twins.names.add(name)
            twins.codes.add(code.upper())
    else:
        cls: Any = entities()[kind.entity]
        stored = [described for described in fields(kind.entity).values() if described.stored]
        rows = session.execute(select(*(getattr(cls, f.name) for f in stored)).where(cls.deleted.is_(False)))
        twins.contents = [{f.name: _read(f, value) for f, value in zip(stored, row, strict=True)} for row in rows]
    twins.taken = twins.codes | {code.upper() for code in codes}
    return twins


def _read(described: Field, value: Any) -> Any:
    """A list says in plain words what the case may have set off."""
    return rich.plain(value) if described.kind is Kind.RICHTEXT else value


def _units(session: Session) -> Iterable[tuple[str, str]]:
    return [(bare(unit.name), unit.code) for unit in session.scalars(select(Unit).where(Unit.deleted.is_(False)))]


def _members(session: Session) -> Iterable[tuple[str, str]]:
    query = select(Inspector.name, Member.code).join(Member, Member.inspector == Inspector.id)
    rows = session.execute(query.where(Member.deleted.is_(False)))
    return [(bare(name), code) for name, code in rows]


def _inspectors(session: Session) -> Iterable[tuple[str, str]]:
    return [(bare(name), "") for name in session.scalars(select(Inspector.name).where(Inspector.deleted.is_(False)))]


def _problems(session: Session) -> Iterable[tuple[str, str]]:
    """The items that look-backs have of their own."""
    query = (
        select(CheckResult.inspection, CheckItem.item)
        .join(CheckItem, CheckItem.id == CheckResult.item)
        .join(Checklist, Checklist.id == CheckItem.parent)
        .where(Checklist.mode == "lookback", CheckResult.deleted.is_(False))
    )
    return [((inspection or "") + bare(item), "") for inspection, item in session.execute(query)]


_OF = {"unit": _units, "member": _members, "inspector": _inspectors, "previous": _problems}
