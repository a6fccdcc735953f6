"""Counts and sums in the texts written for the report, against the papers that stand in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from xuncha_desktop.model.show import money
from xuncha_desktop.services.export_data import InspectionData, PaperLine
from xuncha_desktop.services.report_checks.passages import Draft, Fault, Passage, written_here

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
class _Sums:
    """What the papers of a heading, or of the whole report, come to."""

    called: str
    problems: int
    amount: int  # 分


def faults(draft: Draft) -> Iterator[Fault]:
    """Every count of problems or headings and every sum of money that differs from the papers."""
    data = draft.data
    whole = _sums("全部底稿", data.papers)
    parts = [
        _sums(f"“{title}”下的底稿", [line for line in data.papers if line.place and line.place.section == number])
        for number, (title, _) in enumerate(data.sections, 1)
    ]
    for passage in written_here(draft):
        for sentence in _SENTENCE.finditer(passage.text):
            if _OTHERS.search(sentence[0]):
                continue
            section = passage.section or _named(sentence[0], data)
            sums = parts[section - 1] if section else whole
            yield from _counted(passage, sentence, sums)
            yield from _paid(passage, sentence, sums)
            if not section:
                yield from _aspects(passage, sentence, len(parts))


def _sums(called: str, lines: Sequence[PaperLine]) -> _Sums:
    return _Sums(called, len(lines), sum(line.paper["amount"] or 0 for line in lines))


def _named(sentence: str, data: InspectionData) -> int:
    """The heading a sentence of the whole report speaks of by its title; 0 where it names none or several."""
    named = [number for number, (title, _) in enumerate(data.sections, 1) if title in sentence]
    return named[0] if len(named) == 1 else 0


def _counted(passage: Passage, sentence: re.Match[str], sums: _Sums) -> Iterator[Fault]:
    for match in _PROBLEMS.finditer(sentence[0]):
        group = 1 if match[1] else 2
        if int(re.sub("[,，]", "", match[group])) != sums.problems:
            words = f"写了 {match[group]} 个问题，{sums.called}是 {sums.problems:,} 个"
            yield _fault(passage, sentence, match, group, words, str(sums.problems))


def _paid(passage: Passage, sentence: re.Match[str], sums: _Sums) -> Iterator[Fault]:
    for match in _AMOUNT.finditer(sentence[0]):
        written = Decimal(match["number"].replace(",", ""))
        unit = Decimal(_FEN[match["unit"]])
        true = sums.amount / unit
        if match["about"] or match["more"]:
            step = Decimal(1).scaleb(int(written.as_tuple().exponent))
            fits = abs(true - written) <= step
        else:
            fits = written * unit == sums.amount or written == true.quantize(Decimal("0.01"), ROUND_HALF_UP)
        if not fits:
            words = f"写了 {match['number']}{match['unit'] or ''}元，{sums.called}合计 {money(sums.amount)} 万元"
            repair = money(sums.amount).replace(",", "") if match["unit"] == "万" else None
            yield _fault(passage, sentence, match, "number", words, repair)


def _aspects(passage: Passage, sentence: re.Match[str], headings: int) -> Iterator[Fault]:
    for match in _ASPECTS.finditer(sentence[0]):
        if int(match[1]) != headings:
            words = f"写了 {match[1]} 个方面，报告里有底稿的标题是 {headings} 个"
            yield _fault(passage, sentence, match, 1, words, None)


def _fault(
    passage: Passage, sentence: re.Match[str], match: re.Match[str], group: int | str, words: str, repair: str | None
) -> Fault:
    return Fault("number", words, passage, sentence.start() + match.start(group), len(match[group]), repair)
