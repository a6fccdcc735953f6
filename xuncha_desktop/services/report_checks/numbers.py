"""Counts and sums in the texts written for the report, against the papers that stand in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xuncha_desktop.model.show import money
from xuncha_desktop.services.export_data import InspectionData, PaperLine
from xuncha_desktop.services.report_checks.han_numbers import HAN, number
from xuncha_desktop.services.report_checks.passages import Draft, Fault, written_here

_SENTENCE = re.compile(r"[^。！？；\n]+")
_PROBLEMS = re.compile(
    r"问题(?:共|共计|合计|总数|为)?\s*(?P<about>约|近)?\s*(?P<behind>\d[\d,，]*)\s*(?P<more>余|多)?\s*[个项条件]"
    r"|(?P<about_2>约|近)?(?<![\d.])(?P<before>\d[\d,]*)\s*(?P<more_2>余|多)?[个项条件](?:突出|主要|具体|方面)?问题"
    rf"|问题(?:共|共计|合计)?(?P<han>[{HAN}]+)(?P<more_3>余|多)?[个项条件](?=[^\u3400-\u9fff]|$|其中|涉)"
    rf"|(?:发现|查找|查出|梳理|反馈|指出|共|共计|合计|总计)(?:了|出)?(?P<han_2>[{HAN}]+)(?P<more_4>余|多)?"
    r"[个项条件](?:突出|主要|具体)?问题"
)
_AMOUNT = re.compile(
    r"(?:(?:涉及|涉|合计|共计|总计|累计)(?:的)?(?:资金总额|资金|金额|问题金额|违规金额)?"
    r"|(?:问题|违规|违纪)(?:金额|资金)(?:总额)?|(?<![\u3400-\u9fff])(?:资金|金额)总额)(?:共|共计|合计|达|为)?\s*"
    r"(?P<about>约|近)?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*(?P<more>余|多)?(?P<unit>亿|万)?(?P<more_2>余|多)?元"
)
_ASPECTS = re.compile(r"(?<![\d.])(\d+)个方面(?=[^，。；]{0,6}问题)")
# Numbers of others, of another time, or of a part: the papers of this report say nothing of them.
_OTHERS = re.compile(
    r"上轮|上一轮|上次|前次|以往|历年|审计|整改|省委|中央|上级|巡视反馈|移交|线索|立行立改|反馈[前后]|人大|督查|追缴|清退|退还|收缴|上缴|挽回"
)
_PART = "其中"
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


def _ours(pattern: re.Pattern[str], sentence: str) -> Iterator[re.Match[str]]:
    """Matches that speak of this report's papers as a whole: nothing to the end of their clause says otherwise."""
    part = sentence.find(_PART)
    for match in pattern.finditer(sentence):
        if 0 <= part < match.start():
            return
        clause = sentence.find("，", match.end())
        end = min(place for place in (clause, part, len(sentence)) if place >= 0)
        if not _OTHERS.search(sentence, 0, max(end, match.end())):
            yield match


def _counted(sentence: re.Match[str], sums: Sums) -> Iterator[Statement]:
    for match in _ours(_PROBLEMS, sentence[0]):
        group = next(name for name in ("behind", "before", "han", "han_2") if match[name])
        written = number(match[group]) if group.startswith("han") else int(re.sub("[,，]", "", match[group]))
        more = match["more"] or match["more_2"] or match["more_3"] or match["more_4"]
        about = match["about"] or match["about_2"]
        agrees = _counts(written, sums.problems, about, more)
        words = f"写了 {about or ''}{match[group]}{more or ''} 个问题，{sums.called}是 {sums.problems:,} 个"
        repair = None if about or more else str(sums.problems)
        yield _statement("problems", sentence, match, group, agrees, words, repair, sums.papers)


def _counts(written: int, true: int, about: str | None, more: str | None) -> bool:
    """Whether 20余 or 近20 may stand for a number: to the next round one, no further."""
    step = 10 ** (len(str(written)) - len(str(written).rstrip("0"))) if written else 1
    if more:
        return written <= true < written + step
    if about:
        return written - step < true <= written + (step // 2 if about == "约" else 0)
    return written == true


def _paid(sentence: re.Match[str], sums: Sums) -> Iterator[Statement]:
    for match in _ours(_AMOUNT, sentence[0]):
        written = Decimal(match["number"].replace(",", ""))
        unit = Decimal(_FEN[match["unit"]])
        true = sums.amount / unit
        if match["about"] or match["more"] or match["more_2"]:
            step = Decimal(1).scaleb(int(written.as_tuple().exponent))
            fits = abs(true - written) <= step
        else:
            fits = written * unit == sums.amount or written == true.quantize(Decimal("0.01"), ROUND_HALF_UP)
        words = f"写了 {match['number']}{match['unit'] or ''}元，{sums.called}合计 {money(sums.amount)} 万元"
        repair = money(sums.amount).replace(",", "") if match["unit"] == "万" else None
        yield _statement("amount", sentence, match, "number", fits, words, repair, sums.papers)


def _aspects(sentence: re.Match[str], sums: Totals) -> Iterator[Statement]:
    for match in _ours(_ASPECTS, sentence[0]):
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
