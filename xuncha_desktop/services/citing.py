"""引用: the exact place a paper or 立行立改 rests on, in evidence or in a record, and whether it still says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from dataclasses import fields as dataclass_fields
from functools import cache
from itertools import islice
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Citation, Evidence, entities, fields
from xuncha_desktop.model.choices import CITABLE
from xuncha_desktop.services import cited_texts, evidence_parts, records
from xuncha_desktop.services.cited_texts import Source
from xuncha_desktop.store.store import Store

Row = Mapping[str, Any]  # a line of `citations` as a form keeps it


@dataclass(frozen=True, slots=True)
class Place:
    """What is cited: pages or a region of evidence, or a record, all of it or a passage of one field."""

    evidence: str | None = None
    pages: str = ""
    region: str = ""  # "x,y,width,height" in thousandths of the page
    record_kind: str = ""
    record: str = ""
    record_field: str = ""  # of a row: "summaries.<id>.summary"
    start: int | None = None  # character offset of the passage in that field
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Cited:
    """A citation in words."""

    number: str
    name: str
    place: str  # "第3页第5行"; "" where all of it is meant
    kind: str  # a code of EVIDENCE_KINDS
    stale: str  # why it has to be looked at again; "" where it still holds
    gone: bool = False  # nothing is there any more to rest on: neither looking nor waiting helps

    @property
    def words(self) -> str:
        """谈话记录（T-ZJY-0012）第3页第5行."""
        return f"{self.name}（{self.number}）{self.place}" if self.number else f"{self.name}{self.place}"


_QUOTED = 16  # characters by which a passage of evidence is found
_PROOF_KINDS = {"interview": "interview", "petition": "petition", "poll": "survey", "voucher": "voucher",
                "meeting": "minutes", "borrowing": "document"}  # fmt: skip


def cite(store: Store, parent: str, place: Place, *, of: str = "paper") -> None:
    """Append a citation to a paper (or `quick_fix`); one that is there already is not taken twice."""
    with store.write(f"引用到{entities()[of].LABEL}") as session:
        records.find(session, of, parent)
        append(session, parent, place)


def append(session: Session, parent: str, place: Place) -> None:
    """Like `cite`, within a writing session; of a citation that is there already somebody has looked again."""
    rows = list(session.scalars(select(Citation).where(Citation.parent == parent, ~Citation.deleted)))
    rows += [row for row in session.new if isinstance(row, Citation) and row.parent == parent]
    if there := next((row for row in rows if _same(session, row, place)), None):
        there.start, there.text_hash = place.start, text_hash(session, place)
    else:
        last = max((row.position for row in rows), default=-1)
        values = {**asdict(place), "text_hash": text_hash(session, place)}
        session.add(Citation(parent=parent, position=last + 1, **values))


def place_of(row: Row) -> Place:
    """What a line of `citations` cites."""
    return Place(**{field.name: row[field.name] for field in dataclass_fields(Place) if field.name in row})


def row(store: Store, place: Place) -> dict[str, Any]:
    """A line of `citations` for a record that is only being begun; the form adds its id."""
    with store.read() as session:
        return {**asdict(place), "text_hash": text_hash(session, place)}


def text_hash(session: Session, place: Place) -> str:
    """The digest of what is cited, as it stands now; empty for evidence, whose file never changes."""
    if not place.record:
        return ""
    records.find(session, place.record_kind, place.record)
    found = cited_texts.read(session, place.record_kind, [place.record])[place.record]
    if not place.passage:
        return cited_texts.digest_of_all(found)
    text = cited_texts.text_of(found, place.record_field)
    at = cited_texts.nearest(text, place.passage, place.start)
    return cited_texts.digest(place.passage if at is None else cited_texts.sentence(text, place.passage, at))


def hash_now(store: Store, row: Row) -> str:
    """Like `text_hash`, for a form."""
    with store.read() as session:
        return text_hash(session, place_of(row))


def goes_to(store: Store, place: Place) -> str:
    """What is to become of the row that is cited: a code of its 去向; "" where it is of no row or nobody said."""
    with store.read() as session:
        found = cited_texts.read(session, place.record_kind, [place.record]) if "." in place.record_field else {}
    return cited_texts.goes_to(found[place.record], place.record_field) if found else ""


def in_words(session: Session, rows: Iterable[Row], *, placed: bool = True) -> list[Cited]:
    """Each citation in words, in the order given; what has changed or gone since says so.

    Counting lines up to a passage takes a while in long texts: who asks for many papers at once does without.
    """
    every = [{**_empty(), **row} for row in rows]
    proofs = _proofs(session, {row["evidence"] for row in every if row["evidence"]})
    sources = {
        kind: cited_texts.read(session, kind, {row["record"] for row in every if row["record_kind"] == kind})
        for kind in {row["record_kind"] for row in every if row["record_kind"] in CITABLE}
    }
    return [
        _record_words(row, sources.get(row["record_kind"], {}).get(row["record"]), placed)
        if row["record_kind"]
        else _evidence_words(row, proofs.get(row["evidence"] or ""))
        for row in every
    ]


def of_each(session: Session, rows: Mapping[str, Sequence[Row]], *, placed: bool = True) -> dict[str, list[Cited]]:
    """Like `in_words`, for the citations of many papers at once."""
    said = iter(in_words(session, [row for of_one in rows.values() for row in of_one], placed=placed))
    return {parent: list(islice(said, len(of_one))) for parent, of_one in rows.items()}


def doubtful(session: Session, parents: Sequence[str]) -> dict[str, list[Cited]]:
    """Citations of these papers that may hold no longer: all but those of evidence that is there."""
    there = (Evidence.id == Citation.evidence) & ~Evidence.deleted
    query = select(Citation.id, Citation.parent).outerjoin(Evidence, there)
    query = query.where(Citation.parent.in_(parents), ~Citation.deleted)
    chosen = dict(session.execute(query.where((Citation.record != "") | Evidence.id.is_(None))).all())
    if not chosen:
        return {}
    every = records.child_rows(session, "citation", sorted({parent or "" for parent in chosen.values()}))
    found = {parent: [row for row in rows if row["id"] in chosen] for parent, rows in every.items()}
    return of_each(session, found, placed=False)


def described(store: Store, rows: Sequence[Row]) -> list[Cited]:
    """Like `in_words`, for a form."""
    with store.read() as session:
        return in_words(session, rows)


@cache
def _empty() -> Row:
    """What a line of `citations` holds where nobody wrote: lines given by command leave most of it out."""
    return {name: described.empty for name, described in fields("citation").items()}


def _evidence_words(row: Row, found: Any) -> Cited:
    if found is None:
        return Cited("", "（证据不在案卷里）", "", "other", "引用的证据已不在案卷里，请另引或删去这一条。", True)
    place = evidence_parts.place(found.file_name, row["pages"])
    if row["region"]:
        place += "画框处"
    elif passage := " ".join(row["passage"].split()):
        place += f"“{passage if len(passage) <= _QUOTED else passage[:_QUOTED] + '……'}”处"
    stale = f"引用的证据“{found.name}”已删除，请另引或撤销删除。" if found.deleted else ""
    return Cited(found.number, found.name, place, found.kind, stale, bool(stale))


def _record_words(row: Row, found: Source | None, placed: bool) -> Cited:
    label = CITABLE.get(row["record_kind"], row["record_kind"])
    kind = _PROOF_KINDS.get(row["record_kind"], "other")
    if row["record_kind"] not in CITABLE:
        return Cited("", f"未知（{label}）", "", kind, "引用的是更新版本程序的记录，请升级本程序后再核对。")
    if found is None:
        return Cited("", label, "", kind, f"引用的{label}不在案卷里，请另引或删去这一条。", True)
    text = cited_texts.text_of(found, row["record_field"])
    at = cited_texts.nearest(text, row["passage"], row["start"])
    lost = bool(row["passage"]) and at is None
    place = ""
    if placed and row["passage"] and at is not None:
        place = cited_texts.in_words(found, row["record_field"], at)
    stale = ""
    if found.deleted:
        stale = f"引用的{label}已删除，请另引或撤销删除。"
    elif lost:
        stale = f"{label}（{found.number}）里已没有所引的这段话，请核对后重新引用。"
    elif row["passage"] and at is not None and not _still_stands(row, cited_texts.sentence(text, row["passage"], at)):
        stale = f"{label}（{found.number}）里所引的这句话，前后文字有修改，请核对。"
    elif not row["passage"] and not cited_texts.still_says(found, row["text_hash"]):
        stale = f"{label}（{found.number}）在引用后有修改，请核对。"
    return Cited(found.number, label, place, kind, stale, found.deleted or lost)


def _still_stands(row: Row, sentence: str) -> bool:
    """Whether the sentence around a passage is as it was; earlier versions of the program kept the passage alone."""
    return row["text_hash"] in ("", cited_texts.digest(row["passage"]), cited_texts.digest(sentence))


def _same(session: Session, row: Citation, place: Place) -> bool:
    """Whether a citation is of this place, which may have moved since."""
    if any(getattr(row, name) != value for name, value in asdict(place).items() if name != "start"):
        return False
    if row.start == place.start or not place.record:
        return row.start == place.start
    found = cited_texts.read(session, place.record_kind, [place.record])[place.record]
    return cited_texts.nearest(cited_texts.text_of(found, place.record_field), place.passage, row.start) == place.start


def _proofs(session: Session, ids: Iterable[str]) -> dict[str, Any]:
    columns = (Evidence.id, Evidence.number, Evidence.name, Evidence.kind, Evidence.file_name, Evidence.deleted)
    return {found.id: found for found in session.execute(select(*columns).where(Evidence.id.in_(list(ids))))}
