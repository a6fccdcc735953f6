"""Records that a cell may name: by title, short name, code or number; those of the same list included."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import (
    CheckItem,
    CheckResult,
    Heading,
    Inspection,
    Kind,
    ProblemType,
    Round,
    Unit,
    entities,
    fields,
)
from xuncha_desktop.services import records
from xuncha_desktop.services.imports.headings import bare
from xuncha_desktop.services.imports.kinds import ImportKind
from xuncha_desktop.services.imports.values import Unreadable

_NAMING = ("short_name", "code", "number", "official_number")
_PARENTHESES = re.compile(r"[(（].*?[)）]")


@dataclass(slots=True)
class Names:
    """What the records of the case are called, for the entities a kind of list refers to."""

    inspection: str
    known: dict[str, dict[str, list[str]]] = field(default_factory=dict)

    def add(self, entity: str, record: str, words: Iterable[str]) -> None:
        """Know a record by these words."""
        by_word = self.known.setdefault(entity, {})
        for word in {bare(word) for word in words} - {""}:
            by_word.setdefault(word, []).append(record)

    def find(self, entity: str, text: str) -> str:
        """The one record meant; Unreadable where there is none or more than one."""
        by_word = self.known.get(entity, {})
        for form in (text, _PARENTHESES.sub("", text)):
            found = list(dict.fromkeys(by_word.get(bare(form), ())))
            if entity == "inspection" and self.inspection in found:
                return self.inspection
            if len(found) == 1:
                return found[0]
            if found:
                label = entities()[entity].LABEL
                raise Unreadable(f"案卷里名为“{_cut(text)}”的{label}有 {len(found)} 条，分不清是哪一条")
        raise Unreadable(f"案卷里没有名为“{_cut(text)}”的{entities()[entity].LABEL}")

    def has(self, entity: str, text: str) -> bool:
        """Whether any record is known by this word."""
        return bare(text) in self.known.get(entity, {})


def load(session: Session, kind: ImportKind, inspection: str) -> Names:
    """All names that cells of such a list may use, seen from an inspection."""
    names = Names(inspection)
    wanted = {t.field.target for t in kind.targets.values() if t.field.kind in (Kind.REF, Kind.REFS)}
    for entity in sorted(wanted | {kind.entity}):
        for record, words in _OF.get(entity, _plain)(session, entity, inspection):
            names.add(entity, record, words)
    return names


def _plain(session: Session, entity: str, inspection: str) -> Iterable[tuple[str, list[str]]]:
    cls: Any = entities()[entity]
    found = session.scalars(select(cls).where(cls.deleted.is_(False)).order_by(cls.id)).all()
    titles = records.names(session, entity, [record.id for record in found])
    naming = [name for name in _NAMING if name in fields(entity)]
    return [(record.id, [titles[record.id], *(getattr(record, name) for name in naming)]) for record in found]


def _problem_types(session: Session, entity: str, inspection: str) -> Iterable[tuple[str, list[str]]]:
    found = session.scalars(select(ProblemType).where(ProblemType.deleted.is_(False)))
    return [
        (t.id, [t.code, t.name, f"{t.code}{t.name}", f"{t.level2}{t.name}", f"{t.level1_name}{t.level2}{t.name}"])
        for t in found
    ]


def _inspections(session: Session, entity: str, inspection: str) -> Iterable[tuple[str, list[str]]]:
    query = select(Inspection.id, Unit).join(Unit, Unit.id == Inspection.unit).where(Inspection.deleted.is_(False))
    rows = session.execute(query)
    return [(record, [unit.name, unit.short_name, unit.code]) for record, unit in rows]


def _headings(session: Session, entity: str, inspection: str) -> Iterable[tuple[str, list[str]]]:
    """Those of the round: the sets share some of their titles."""
    of = session.get(Inspection, inspection) if inspection else None
    of_round = session.get(Round, of.round) if of and of.round else None
    query = select(Heading).where(Heading.deleted.is_(False))
    if of_round and of_round.heading_set:
        query = query.where(Heading.parent == of_round.heading_set)
    return [(heading.id, [heading.title]) for heading in session.scalars(query)]


def _check_items(session: Session, entity: str, inspection: str) -> Iterable[tuple[str, list[str]]]:
    """Those the inspection goes through; all where it has none."""
    query = select(CheckItem).where(CheckItem.deleted.is_(False)).order_by(CheckItem.id)
    own = set(session.scalars(select(CheckResult.item).where(CheckResult.inspection == inspection)))
    found = session.scalars(query.where(CheckItem.id.in_(own)) if own else query)
    return [(i.id, [i.code, i.item, f"{i.code}{i.area}", f"{i.code}{i.item}"]) for i in found]


_OF: Mapping[str, Any] = {
    "problem_type": _problem_types,
    "inspection": _inspections,
    "heading": _headings,
    "check_item": _check_items,
}


def _cut(text: str) -> str:
    plain = " ".join(text.split())
    return f"{plain[:20]}…" if len(plain) > 20 else plain
