"""证据是否够: the kinds of proof that a paper's type normally has and the paper does not cite."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.model import Evidence, ProblemType
from xuncha_desktop.model.choices import EVIDENCE_KINDS

# A cited record is a proof of this kind; the team's own meeting is none of the unit's minutes.
_OF_RECORD = {"interview": "interview", "petition": "petition", "poll": "survey", "voucher": "voucher"}


def lacking(session: Session, papers: Mapping[str, Mapping[str, Any]]) -> dict[str, tuple[str, ...]]:
    """By paper, the words of the kinds of proof it lacks; papers that lack none are left out."""
    usual = {
        record: words.split("、") for record, words in session.execute(select(ProblemType.id, ProblemType.usual_proofs))
    }
    cited = {row["evidence"] for values in papers.values() for row in values["citations"] if row["evidence"]}
    kinds = dict(_pairs(session, list(cited)))
    found: dict[str, tuple[str, ...]] = {}
    for paper, values in papers.items():
        has = {EVIDENCE_KINDS.get(_kind(row, kinds), "") for row in values["citations"]}
        wanted = usual.get(values["problem_type"] or "", [])
        if missing := tuple(word for word in wanted if word and word not in has):
            found[paper] = missing
    return found


def _kind(row: Mapping[str, Any], kinds: Mapping[str, str]) -> str:
    return _OF_RECORD.get(row["record_kind"], "") or kinds.get(row["evidence"] or "", "")


def _pairs(session: Session, ids: Sequence[str]) -> Sequence[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    for start in range(0, len(ids), 500):
        query = select(Evidence.id, Evidence.kind).where(Evidence.id.in_(ids[start : start + 500]), ~Evidence.deleted)
        found += [(record, kind) for record, kind in session.execute(query)]
    return found
