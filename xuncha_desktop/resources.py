"""The data that ships with the program: checklists, problem types, headings, phrases, legal bases, deadlines."""

import json
import types
from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import cache
from typing import Literal, TypeVar, cast, get_args, get_origin, get_type_hints

from xuncha_desktop.shipped import path

Made = TypeVar("Made")


@dataclass(frozen=True)
class CheckItem:
    """One item of a checklist: what to look at, how, and the type of problem it usually shows."""

    code: str
    focus: str
    area: str
    item: str
    how: str
    must: bool
    basis: str
    problem_type: str


@dataclass(frozen=True)
class Checklist:
    """A checklist template for one kind of unit."""

    version: str
    code: str
    name: str
    unit_kind: str
    source: str
    items: tuple[CheckItem, ...]


@dataclass(frozen=True)
class ProblemType:
    """A leaf of the three-level classification; `usual_proofs` are kinds of evidence a paper of it should cite."""

    code: str
    level1: str
    level1_name: str
    level2: str
    name: str
    usual_proofs: tuple[str, ...]


@dataclass(frozen=True)
class Heading:
    """A chapter of the report and the level-1 codes whose papers it takes."""

    order: int
    title: str
    short: str
    takes: tuple[str, ...]


@dataclass(frozen=True)
class HeadingSet:
    """A framework of report chapters that a round may choose."""

    code: str
    name: str
    headings: tuple[Heading, ...]


@dataclass(frozen=True)
class ProblemPhrase:
    """A sentence pattern for one problem type: the point, then the fact; `slots` are its {blanks} in order."""

    problem_type: str
    point: str
    fact: str
    slots: tuple[str, ...]


@dataclass(frozen=True)
class SuggestionPhrase:
    """A sentence pattern for suggestions and the level-1 codes it suits."""

    level1: tuple[str, ...]
    text: str
    slots: tuple[str, ...]


@dataclass(frozen=True)
class Phrases:
    """The phrase library as shipped."""

    problems: tuple[ProblemPhrase, ...]
    suggestions: tuple[SuggestionPhrase, ...]


@dataclass(frozen=True)
class Article:
    """An article of a law that is often quoted, and what it is about."""

    article: str
    about: str


@dataclass(frozen=True)
class LegalBasis:
    """A document that can be quoted as the basis of a problem."""

    name: str
    full_name: str
    kind: str
    problem_types: tuple[str, ...]
    articles: tuple[Article, ...]
    note: str


@dataclass(frozen=True)
class Deadline:
    """A default term: `target` falls `days` after `base` (before it when negative)."""

    code: str
    label: str
    target: str
    base: str
    days: int
    count: Literal["calendar", "working"]
    rule: str
    default: bool


@dataclass(frozen=True)
class BaseDocument:
    """A document that teams nearly always ask for, with the checklists and problem types it serves."""

    name: str
    checklists: tuple[str, ...]
    period: str
    problem_types: tuple[str, ...]


@dataclass(frozen=True)
class TalkTopic:
    """A part of a talk and what to ask in it."""

    title: str
    questions: tuple[str, ...]


@dataclass(frozen=True)
class TalkOutline:
    """What to talk about with one kind of person."""

    person_kind: str
    topics: tuple[TalkTopic, ...]


@dataclass(frozen=True)
class TalkOutlines:
    """The outlines as shipped, with how every talk begins and ends."""

    opening: str
    closing: str
    outlines: tuple[TalkOutline, ...]


def read_json(*parts: str) -> Mapping[str, object]:
    """The top-level object of a shipped JSON file."""
    return cast(Mapping[str, object], json.loads(path(*parts).read_text(encoding="utf-8")))


def build(kind: type[Made], raw: object) -> Made:
    """Make a frozen dataclass from parsed JSON; a missing, unknown or wrongly typed key is a bug in our data."""
    return cast(Made, _value(kind, raw, kind.__name__))


@cache
def checklists() -> Mapping[str, Checklist]:
    """The five checklist templates by code (ZJ, BM, SY, CS, GQ)."""
    return {code: build(Checklist, read_json("checklists", f"{code}.json")) for code in ("ZJ", "BM", "SY", "CS", "GQ")}


@cache
def problem_types() -> Mapping[str, ProblemType]:
    """The 51 problem types by code, in order."""
    rows = build(_ProblemTypes, _without_remarks(read_json("problem_types.json"))).types
    return {row.code: row for row in rows}


@cache
def heading_sets() -> Mapping[str, HeadingSet]:
    """The frameworks of report chapters by code (3J, 4J, 4L)."""
    rows = build(_HeadingSets, _without_remarks(read_json("heading_sets.json"))).sets
    return {row.code: row for row in rows}


@cache
def phrases() -> Phrases:
    """The phrase library."""
    return build(Phrases, _without_remarks(read_json("phrases.json")))


@cache
def legal_bases() -> tuple[LegalBasis, ...]:
    """The documents of the legal basis picker."""
    return build(_LegalBases, _without_remarks(read_json("legal_bases.json"))).bases


@cache
def deadlines() -> tuple[Deadline, ...]:
    """The default terms; those with `default` are taken into a new round."""
    return build(_Deadlines, _without_remarks(read_json("deadlines.json"))).rows


@cache
def base_documents() -> tuple[BaseDocument, ...]:
    """The thirty documents a borrowing list starts from."""
    return build(_BaseDocuments, _without_remarks(read_json("base_documents.json"))).documents


@cache
def talk_outlines() -> TalkOutlines:
    """The outlines of talks by kind of person."""
    return build(TalkOutlines, _without_remarks(read_json("talk_outlines.json")))


@dataclass(frozen=True)
class _BaseDocuments:
    documents: tuple[BaseDocument, ...]


@dataclass(frozen=True)
class _ProblemTypes:
    types: tuple[ProblemType, ...]


@dataclass(frozen=True)
class _HeadingSets:
    sets: tuple[HeadingSet, ...]


@dataclass(frozen=True)
class _LegalBases:
    bases: tuple[LegalBasis, ...]


@dataclass(frozen=True)
class _Deadlines:
    rows: tuple[Deadline, ...]


def _without_remarks(raw: Mapping[str, object]) -> dict[str, object]:
    return {key: value for key, value in raw.items() if key not in ("version", "source", "note")}


def _value(hint: object, raw: object, where: str) -> object:
    origin = get_origin(hint)
    if origin is types.UnionType:
        wanted = [part for part in get_args(hint) if part is not types.NoneType]
        return None if raw is None else _value(wanted[0], raw, where)
    if origin is tuple and isinstance(raw, list):
        rows = cast(list[object], raw)
        return tuple(_value(get_args(hint)[0], row, f"{where}[{i}]") for i, row in enumerate(rows))
    if origin is Mapping and isinstance(raw, dict):
        pairs = cast(dict[str, object], raw)
        return {key: _value(get_args(hint)[1], item, f"{where}.{key}") for key, item in pairs.items()}
    if origin is Literal and raw in get_args(hint):
        return raw
    if hint is date and isinstance(raw, str):
        return date.fromisoformat(raw)
    if isinstance(hint, type) and is_dataclass(hint) and isinstance(raw, dict):
        return _object(hint, cast(dict[str, object], raw), where)
    if isinstance(hint, type) and type(raw) is hint:
        return raw
    raise TypeError(f"{where}: {raw!r} is not {hint}")


def _object(kind: type, raw: dict[str, object], where: str) -> object:
    names = [field.name for field in fields(kind)]
    if set(raw) != set(names):
        raise TypeError(f"{where}: keys differ: {sorted(set(raw) ^ set(names))}")
    hints = get_type_hints(kind)
    return kind(**{name: _value(cast(object, hints[name]), raw[name], f"{where}.{name}") for name in names})
