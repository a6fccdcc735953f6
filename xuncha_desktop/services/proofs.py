"""证据是否够: the kinds of proof that a paper's type normally has and the paper does not cite."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Evidence, ProblemType
from xuncha_desktop.model.choices import EVIDENCE_KINDS

Cited = tuple[str, str]  # kind of the record cited, kind of the evidence cited; "" for the other one

# A cited record is a proof of this kind; the team's own meeting is none of the unit's minutes.
_OF_RECORD = {"interview": "interview", "petition": "petition", "poll": "survey", "voucher": "voucher"}


def usual(session: Session) -> dict[str, tuple[str, ...]]:
    """Words of the kinds of proof that each problem type normally has, by its id."""
    query = select(ProblemType.id, ProblemType.usual_proofs)
    return {record: tuple(word for word in words.split("、") if word) for record, words in session.execute(query)}


def missing(wanted: Iterable[str], cited: Iterable[Cited]) -> tuple[str, ...]:
    """Those of the kinds wanted that nothing cited is of."""
    has = {EVIDENCE_KINDS.get(_OF_RECORD.get(record, "") or evidence, "") for record, evidence in cited}
    return tuple(word for word in wanted if word not in has)


def lacking(session: Session, papers: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """By paper, the words of the kinds of proof it lacks; papers that lack none are left out."""
    wanted = usual(session)
    named = {row["evidence"] for values in papers.values() for row in values["citations"] if row["evidence"]}
    kinds = dict(_pairs(session, list(named)))
    found: dict[str, tuple[str, ...]] = {}
    for paper, values in papers.items():
        cited = [(row["record_kind"], kinds.get(row["evidence"] or "", "")) for row in values["citations"]]
        if words := missing(wanted.get(values["problem_type"] or "", ()), cited):
            found[paper] = words
    return found


def _pairs(session: Session, ids: Sequence[str]) -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for start in range(0, len(ids), 500):
        query = select(Evidence.id, Evidence.kind).where(Evidence.id.in_(ids[start : start + 500]), ~Evidence.deleted)
        found += [(record, kind) for record, kind in session.execute(query)]
    return found
