"""Counts and sums in the texts written for the report, against the papers that stand in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xuncha_desktop.model.show import money
from xuncha_desktop.services.export_data import InspectionData, PaperLine
from xuncha_desktop.services.report_checks.passages import Draft, Fault, written_here

_SENTENCE = re.compile(r"[^。！？；\n]+")
_PROBLEMS = re.compile(
    r"问题(?:共|共计|合计)?\s*(\d[\d,，]*)\s*[个项条]|(?<![\d.])(\d[\d,]*)\s*[个项条](?:突出|主要|具体)?问题"
)
_AMOUNT = re.compile(
    r"(?:涉及|涉|合计|共计|总计|累计)(?:的)?(?:资金|金额|问题金额|违规金额)?(?:共|共计|合计|达|为)?\s*"
    r"(?P<about>约|近)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<more>余|多)?(?P<unit>亿|万)?元"
)
_ASPECTS = re.compile(r"(?<![\d.])(\d+)个方面(?=[^，。；]{0,6}问题)")
# Numbers of others, of another time, or of a part: the papers of this report say nothing of them.
_OTHERS = re.compile(r"上轮|上一轮|上次|前次|以往|历年|审计|整改|其中|反馈|省委|中央|移交|线索|立行立改|人大|督查")
_FEN = {"亿": 10_000_000_000, "万": 1_000_000, None: 100}


@dataclass(frozen=True, slots=True)
class Sums:
    """What the papers of a heading, or of the whole report, come to."""

    called: str
    problems: int
    amount: int  # 分
    papers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Totals:
    """The sums of a report: all of it, and each heading by its title."""

    whole: Sums
    parts: tuple[tuple[str, Sums], ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A number in a text that speaks of the papers, and whether they say the same."""

    kind: str  # problems, amount or aspects
    start: int
    length: int
    agrees: bool
    words: str  # what differs
    repair: str | None  # what should stand there where that is certain
    papers: tuple[str, ...]  # it was to be counted from


def faults(draft: Draft) -> Iterator[Fault]:
    """Every count of problems or headings and every sum of money that differs from the papers."""
    sums = totals(draft.data)
    for passage in written_here(draft):
        for said in statements(passage.text, passage.section, sums):
            if not said.agrees:
                yield Fault("number", said.words, passage, said.start, said.length, said.repair)


def totals(data: InspectionData) -> Totals:
    """What the texts of a report are held against."""
    parts = tuple(
        (
            title,
            _sums(f"“{title}”下的底稿", [line for line in data.papers if line.place and line.place.section == number]),
        )
        for number, (title, _) in enumerate(data.sections, 1)
    )
    return Totals(_sums("全部底稿", data.papers), parts)


def statements(text: str, section: int, sums: Totals) -> Iterator[Statement]:
    """Every count and sum a text gives of the papers; of those under a heading where it stands there or names it."""
    for sentence in _SENTENCE.finditer(text):
        if _OTHERS.search(sentence[0]):
            continue
        of = section or _named(sentence[0], sums)
        meant = sums.parts[of - 1][1] if of else sums.whole
        yield from _counted(sentence, meant)
        yield from _paid(sentence, meant)
        if not of:
            yield from _aspects(sentence, sums)


def _sums(called: str, lines: Sequence[PaperLine]) -> Sums:
    amount = sum(line.paper["amount"] or 0 for line in lines)
    return Sums(called, len(lines), amount, tuple(line.id for line in lines))


def _named(sentence: str, sums: Totals) -> int:
    """The heading a sentence of the whole report speaks of by its title; 0 where it names none or several."""
    named = [number for number, (title, _) in enumerate(sums.parts, 1) if title in sentence]
    return named[0] if len(named) == 1 else 0


def _counted(sentence: re.Match[str], sums: Sums) -> Iterator[Statement]:
    for match in _PROBLEMS.finditer(sentence[0]):
        group = 1 if match[1] else 2
        agrees = int(re.sub("[,，]", "", match[group])) == sums.problems
        words = f"写了 {match[group]} 个问题，{sums.called}是 {sums.problems:,} 个"
        yield _statement("problems", sentence, match, group, agrees, words, str(sums.problems), sums.papers)


def _paid(sentence: re.Match[str], sums: Sums) -> Iterator[Statement]:
    for match in _AMOUNT.finditer(sentence[0]):
        written = Decimal(match["number"].replace(",", ""))
        unit = Decimal(_FEN[match["unit"]])
        true = sums.amount / unit
        if match["about"] or match["more"]:
            step = Decimal(1).scaleb(int(written.as_tuple().exponent))
            fits = abs(true - written) <= step
        else:
            fits = written * unit == sums.amount or written == true.quantize(Decimal("0.01"), ROUND_HALF_UP)
        words = f"写了 {match['number']}{match['unit'] or ''}元，{sums.called}合计 {money(sums.amount)} 万元"
        repair = money(sums.amount).replace(",", "") if match["unit"] == "万" else None
        yield _statement("amount", sentence, match, "number", fits, words, repair, sums.papers)


def _aspects(sentence: re.Match[str], sums: Totals) -> Iterator[Statement]:
    for match in _ASPECTS.finditer(sentence[0]):
        words = f"写了 {match[1]} 个方面，报告里有底稿的标题是 {len(sums.parts)} 个"
        agrees = int(match[1]) == len(sums.parts)
        yield _statement("aspects", sentence, match, 1, agrees, words, None, ())


def _statement(
    kind: str,
    sentence: re.Match[str],
    match: re.Match[str],
    group: int | str,
    agrees: bool,
    words: str,
    repair: str | None,
    papers: tuple[str, ...],
) -> Statement:
    start = sentence.start() + match.start(group)
    return Statement(kind, start, len(match[group]), agrees, words, repair, papers)
