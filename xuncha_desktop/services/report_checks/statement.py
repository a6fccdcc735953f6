"""What a text says in numbers of the papers or of the team's work, and what it is held against."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from xuncha_desktop import rich
from xuncha_desktop.services.export_data import InspectionData, PaperLine
from xuncha_desktop.services.report_checks import money_words
from xuncha_desktop.services.report_checks.han_numbers import HAN, number

# Every repetition is bounded: a text of any kind is read in a time that grows with its length alone.
COUNT = rf"(?P<about>约|近)?\s?(?P<count>\d[\d,，]{{0,12}}|[{HAN}]{{1,12}})\s?(?P<more>余|多)?\s?"
# Numbers of others, of another time, or of a part: the papers of this report say nothing of them.
_OTHERS = re.compile(
    r"上轮|上一轮|上次|前次|以往|历年|审计|整改|省委|中央|上级|巡视反馈|移交|线索|立行立改|反馈[前后]|人大|督查|群众反映|反映的|追缴|清退|退还|收缴|上缴|挽回"
)
_PART = "其中"


@dataclass(frozen=True, slots=True)
class Sums:
    """What the papers of a heading, or of the whole report, come to."""

    called: str
    problems: int
    amount: int  # 分
    papers: tuple[str, ...]


@dataclass(frozen=True)
class Totals:
    """The sums of a report: all of it, and each heading by its title; and the team's work in numbers."""

    whole: Sums
    parts: tuple[tuple[str, Sums], ...]
    work: Mapping[str, int]  # the eight counters by name
    by_hand: frozenset[str]  # those a person keeps
    lines: Sequence[PaperLine]

    @cached_property
    def quoted(self) -> frozenset[int]:
        """Every amount that papers have in their field or name in their texts, and what each kind of them comes to."""
        kinds: dict[tuple[str, str], int] = {}
        found = {sums.amount for _, sums in self.parts}
        for line in self.lines:
            amount, kind = line.paper["amount"] or 0, line.values["problem_type"]
            found.add(amount)
            for level in ("level1", "level2", "name"):
                kinds[level, kind[level]] = kinds.get((level, kind[level]), 0) + amount
            for name in ("title", "overview", "typical_case", "verified_facts"):
                found.update(each.fen for each in money_words.read(rich.plain(line.paper[name])))
        return frozenset({*found, *kinds.values()})


@dataclass(frozen=True, slots=True)
class Statement:
    """A number in a text, and whether the case says the same."""

    kind: str  # problems, amount, aspects, or the name of a counter
    start: int
    length: int
    agrees: bool
    words: str  # what differs, and what to do
    repair: str | None  # what should stand there where that is certain
    papers: tuple[str, ...] = ()  # it was to be counted from


def totals(data: InspectionData) -> Totals:
    """What the texts of a report are held against."""
    parts = tuple(
        (
            title,
            _sums(f"“{title}”下的底稿", [line for line in data.papers if line.place and line.place.section == number]),
        )
        for number, (title, _) in enumerate(data.sections, 1)
    )
    by_hand = frozenset(data.counts) - frozenset(data.counted)
    return Totals(_sums("全部底稿", data.papers), parts, data.counts, by_hand, data.papers)


def _sums(called: str, lines: Sequence[PaperLine]) -> Sums:
    amount = sum(line.paper["amount"] or 0 for line in lines)
    return Sums(called, len(lines), amount, tuple(line.id for line in lines))


def of_papers(pattern: re.Pattern[str], sentence: str) -> Iterator[re.Match[str]]:
    """Matches that speak of this report's papers as a whole: nothing to the end of their clause says otherwise."""
    return whole(pattern, sentence, _OTHERS)


def whole(pattern: re.Pattern[str], sentence: str, others: re.Pattern[str]) -> Iterator[re.Match[str]]:
    """Matches before a part is told, whose clause and what is before it say nothing of others."""
    part = sentence.find(_PART)
    for match in pattern.finditer(sentence):
        if 0 <= part < match.start():
            return
        clause = sentence.find("，", match.end())
        end = min(place for place in (clause, part, len(sentence)) if place >= 0)
        if not others.search(sentence, 0, max(end, match.end())):
            yield match


def written(digits: str) -> int:
    """A count as it is written, in either numerals."""
    return int(re.sub("[,，]", "", digits)) if digits[0].isdecimal() else number(digits)


def counts(said: int, true: Collection[int], about: str | None, more: str | None) -> bool:
    """Whether 20余 or 近20 may stand for one of these numbers: to the next round one, no further."""
    step = 10 ** (len(str(said)) - len(str(said).rstrip("0"))) if said else 1
    if more:
        return any(said <= each < said + step for each in true)
    if about:
        return any(said - step < each <= said + (step // 2 if about == "约" else 0) for each in true)
    return said in true
