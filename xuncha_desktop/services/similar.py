"""相近底稿: papers of like content, compared by the pairs of characters they share, the rare ones counting most."""

import math
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop import rich
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Paper, PaperPair
from xuncha_desktop.model.ids import pair_id
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import search_key

ALIKE = 0.30  # cosine from which a person should look; below, papers of one type merely share its phrases
_COMMON = 0.25  # pairs of characters in more papers than this part of them say nothing
_RAREST, _HOLDERS, _SHARED = 60, 60, 3  # of a paper's pairs of characters: looked up, in papers each, in common
_FEW = 8  # papers up to which every pair of characters counts
_RUN = re.compile(r"[^\W_]+")
_AT_A_STRETCH, _REST_S = 10, 0.003  # papers gone through without a rest
Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Alike:
    """A paper like another one."""

    paper: str
    title: str
    number: str
    score: float  # 0 to 1


@dataclass(frozen=True, slots=True)
class Pair:
    """Two papers that may be about one problem."""

    first: Alike
    second: Alike


class Comparison:
    """The papers of an inspection ready to be compared; made beside the window, asked as often as one types."""

    def __init__(self, texts: Mapping[str, tuple[str, str, str]], different: Iterable[frozenset[str]]) -> None:
        """`texts`: number, title and content by paper; `different`: pairs a person has told apart."""
        self._named = {paper: (number, title) for paper, (number, title, _) in texts.items()}
        self._different = set(different)
        found = {paper: _grams(f"{title}\n{content}") for paper, (_, title, content) in _leisurely(texts)}
        self._weights = _weights(found.values())
        self._vectors = {paper: self._vector(grams) for paper, grams in _leisurely(found)}
        self._holders: dict[str, list[str]] = defaultdict(list)
        for paper, vector in _leisurely(self._vectors):
            for gram in vector:
                self._holders[gram].append(paper)

    def like(self, text: str, paper: str = "", limit: int = 5) -> list[Alike]:
        """Papers like this text, most alike first, without `paper` itself and those told apart from it."""
        scores: dict[str, float] = defaultdict(float)
        for gram, weight in self._vector(_grams(text)).items():
            for holder in self._holders.get(gram, ()):
                scores[holder] += weight * self._vectors[holder][gram]
        return [
            self._alike(other, score)
            for other, score in sorted(scores.items(), key=lambda item: -item[1])
            if score >= ALIKE and other != paper and frozenset((paper, other)) not in self._different
        ][:limit]

    def pairs(self, progress: Progress) -> list[Pair]:
        """Every pair worth a look, most alike first."""
        found: list[Pair] = []
        for index, (paper, vector) in enumerate(self._vectors.items()):
            progress.step(index, len(self._vectors), "正在比对底稿")
            for other in self._candidates(paper):
                score = sum(weight * self._vectors[other].get(gram, 0) for gram, weight in vector.items())
                if score >= ALIKE and frozenset((paper, other)) not in self._different:
                    found.append(Pair(self._alike(paper, score), self._alike(other, score)))
        return sorted(found, key=lambda pair: -pair.first.score)

    def _candidates(self, paper: str) -> list[str]:
        """Later papers that share several of this one's rarest pairs of characters: comparing all would take hours."""
        rare = sorted(self._vectors[paper], key=lambda gram: len(self._holders[gram]))[:_RAREST]
        shared = Counter(other for gram in rare for other in self._holders[gram][:_HOLDERS] if other > paper)
        return [other for other, count in shared.items() if count >= _SHARED]

    def _alike(self, paper: str, score: float) -> Alike:
        number, title = self._named[paper]
        return Alike(paper, title or "（未命名）", number, min(score, 1.0))

    def _vector(self, grams: Iterable[str]) -> dict[str, float]:
        weighed = {gram: self._weights[gram] for gram in grams if gram in self._weights}
        length = math.sqrt(sum(weight * weight for weight in weighed.values()))
        return {gram: weight / length for gram, weight in weighed.items()} if length else {}


def _leisurely(papers: Mapping[str, Value]) -> Iterator[tuple[str, Value]]:
    """The papers one by one with short rests: the window waits for the interpreter while thousands are gone through."""
    for number, (paper, value) in enumerate(papers.items()):
        if number % _AT_A_STRETCH == _AT_A_STRETCH - 1:
            time.sleep(_REST_S)
        yield paper, value


def compare(store: Store, inspection: str) -> Comparison:
    """Get the papers of an inspection ready to be compared (a job)."""
    with store.read() as session:
        columns = (Paper.id, Paper.number, Paper.official_number, Paper.title, Paper.overview, Paper.verified_facts)
        query = select(*columns).where(Paper.inspection == inspection, ~Paper.deleted)
        texts = {
            paper: (official or number, title, f"{rich.plain(overview)}\n{facts}")
            for paper, number, official, title, overview, facts in session.execute(query)
        }
        different = _told_apart(session)
    return Comparison(texts, different)  # outside: whoever saves need not wait for it


def tell_apart(store: Store, papers: Sequence[str]) -> None:
    """不是同一问题: remember that two papers are about different problems."""
    first, second = sorted(papers)
    with store.write("记为不是同一问题") as session:
        record = pair_id("paper_pair", first, second)
        found: Any = session.get(PaperPair, record)
        if found is None:
            session.add(PaperPair(id=record, first=first, second=second))
        else:
            found.deleted = False


def _told_apart(session: Session) -> set[frozenset[str]]:
    rows = session.execute(select(PaperPair.first, PaperPair.second).where(~PaperPair.deleted))
    return {frozenset((first or "", second or "")) for first, second in rows}


def _grams(text: str) -> set[str]:
    """The pairs of neighbouring characters of a text; figures alone say nothing of what a problem is."""
    runs = (run for run in _RUN.findall(search_key(text)) if not run.isdecimal())
    return {run[start : start + 2] for run in runs for start in range(len(run) - 1)}


def _weights(papers: Iterable[set[str]]) -> dict[str, float]:
    every = list(papers)
    holders = Counter(gram for grams in every for gram in grams)
    most = max(_FEW, int(_COMMON * len(every)))
    return {gram: math.log(1 + len(every) / count) for gram, count in holders.items() if count <= most}
