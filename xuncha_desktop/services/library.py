"""句式库和依据库: the shipped ones of a new case, what a paper is offered of them, and what is added while writing."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from xuncha_desktop import resources
from xuncha_desktop.model import LegalBasis, Link, Phrase, ProblemType
from xuncha_desktop.model.choices import BASIS_KINDS, in_words
from xuncha_desktop.services import records
from xuncha_desktop.store.store import Store

USUAL = "本类问题常用"
_TAGGED = "legal_basis.problem_types"
_FEW = 3
_LONGEST_NAME, _LONGEST_DETAIL = 80, 300  # of what is shown to choose from
_LONGEST_BLANK = 17  # with 的全称 as long as the words of a blank may be
_ENDS = tuple("。；！？：…")
_COLLECTIVE = "统称"  # in the note of a basis that names many documents: a paper quotes one of them
_NOT_IN_BLANKS = re.compile(r"[^\u4e00-\u9fffA-Za-z0-9]")
_CITATION = re.compile(r"《(?P<name>.+)》\s*(?:[（(](?P<document_number>[^（）()]+)[）)])?\s*(?P<article>第.+)?")


@dataclass(frozen=True, slots=True)
class Offered:
    """A phrase or basis as it is chosen, and the text that a paper takes over."""

    key: str
    name: str
    group: str
    detail: str
    text: str

    @property
    def brief(self) -> str:
        """The text without what every law begins with."""
        return self.text.replace("《中华人民共和国", "《", 1)


def copy(session: Session, types: Mapping[str, str]) -> None:
    """Copy the shipped phrases and bases into a new case; `types` are its problem types by code."""
    kinds = {words: code for code, words in BASIS_KINDS.items()}
    # The newest stands first everywhere, so the last shipped one is made first.
    for phrase in reversed(resources.phrases().problems):
        session.add(Phrase(point=phrase.point, fact=phrase.fact, problem_type=types[phrase.problem_type]))
    for basis in reversed(resources.legal_bases()):
        values = {
            "name": basis.full_name,
            "kind": kinds[basis.kind],
            "text": "\n".join(f"{article.article}　{article.about}" for article in basis.articles),
            "problem_types": [types[code] for code in basis.problem_types],
            "note": basis.note,
        }
        records.add(session, "legal_basis", values)


def phrases(store: Store, problem_type: str) -> list[Offered]:
    """Every phrase: those of this type, those of none, then the others by their type's code."""
    query = select(Phrase, ProblemType.code, ProblemType.name).outerjoin(
        ProblemType, ProblemType.id == Phrase.problem_type
    )
    with store.read() as session:
        rows = session.execute(query.where(Phrase.deleted.is_(False)).order_by(Phrase.id.desc())).all()
    rows = sorted(rows, key=lambda row: (row[0].problem_type != (problem_type or None), row[1] or ""))
    return [
        Offered(
            phrase.id,
            _short(phrase.point, _LONGEST_NAME),
            f"{code}　{name}" if code else "各类通用",
            _short(phrase.fact, _LONGEST_DETAIL),
            "".join(map(_sentence, filter(None, (phrase.point, phrase.fact)))),
        )
        for phrase, code, name in rows
    ]


def bases(store: Store, problem_type: str) -> list[Offered]:
    """Every basis: those of this type, then the others by kind."""
    tagged = exists().where(
        Link.field == _TAGGED, Link.source == LegalBasis.id, Link.target == problem_type, Link.deleted.is_(False)
    )
    query = select(LegalBasis, tagged).where(LegalBasis.deleted.is_(False))
    query = query.order_by(_is_collective(), LegalBasis.id.desc())
    with store.read() as session:
        rows = session.execute(query).all()
    order = {code: place for place, code in enumerate(BASIS_KINDS)}
    rows = sorted(rows, key=lambda row: (not row[1], 0 if row[1] else order.get(row[0].kind, len(order))))
    return [_offered(basis, USUAL if usual else in_words(BASIS_KINDS, basis.kind) or "未分类") for basis, usual in rows]


def usual_bases(store: Store, problem_type: str) -> list[Offered]:
    """The few usually quoted for a problem type, the newest first; where there are none, those of its level 1."""
    of_type = select(LegalBasis).join(Link, Link.source == LegalBasis.id)
    of_type = of_type.where(Link.field == _TAGGED, Link.deleted.is_(False), LegalBasis.deleted.is_(False))
    with store.read() as session:
        exact_first = (_is_collective(), LegalBasis.id.desc())
        own = of_type.where(Link.target == problem_type).order_by(*exact_first)
        found: Sequence[LegalBasis] = session.scalars(own.limit(_FEW)).all()
        chosen = session.get(ProblemType, problem_type) if problem_type and not found else None
        if chosen is not None:
            kindred = of_type.join(ProblemType, ProblemType.id == Link.target).group_by(LegalBasis.id)
            kindred = kindred.where(ProblemType.level1 == chosen.level1, ProblemType.deleted.is_(False))
            found = session.scalars(kindred.order_by(func.count().desc(), *exact_first).limit(_FEW)).all()
    return [_offered(basis, USUAL) for basis in found]


def add_basis(store: Store, typed: str, problem_type: str) -> Offered:
    """Take what somebody typed as a basis into the library, for this type of problem."""
    found = _CITATION.fullmatch(typed.strip())
    values = {name: text or "" for name, text in found.groupdict().items()} if found else {"name": typed.strip()}
    record = records.create(store, "legal_basis", {**values, "problem_types": [problem_type] if problem_type else []})
    with store.read() as session:
        return _offered(records.find(session, "legal_basis", record), USUAL)


def citation(name: str, document_number: str, article: str) -> str:
    """《名称》（发文字号）第八条, as a paper quotes it."""
    marked = name if name.startswith("《") else f"《{name}》"
    return f"{marked}{f'（{document_number}）' if document_number else ''}{article}"


def _is_collective() -> ColumnElement[bool]:
    return and_(LegalBasis.note.contains(_COLLECTIVE), LegalBasis.document_number == "")


def _offered(basis: LegalBasis, group: str) -> Offered:
    text = citation(basis.name, basis.document_number, basis.article)
    if _COLLECTIVE in basis.note and not basis.document_number:
        meant = _NOT_IN_BLANKS.sub("", basis.name)[:_LONGEST_BLANK]
        text = citation(f"{{{meant}的全称}}", "{发文字号}", basis.article)
    detail = "　".join(filter(None, (basis.document_number, basis.text, basis.note)))
    name = "　".join(filter(None, (_short(basis.name, _LONGEST_NAME), basis.article)))
    return Offered(basis.id, name, group, _short(detail, _LONGEST_DETAIL), text)


def _short(text: str, longest: int) -> str:
    line = " ".join(text.split("\n"))
    return line if len(line) <= longest else f"{line[: longest - 1]}…"


def _sentence(text: str) -> str:
    return text if text.endswith(_ENDS) else f"{text}。"
