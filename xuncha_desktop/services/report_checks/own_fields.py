"""A paper's own fields against its texts: what it involves in money, persons and pieces is said in both."""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain, groupby

from xuncha_desktop.model import fields
from xuncha_desktop.model.show import show
from xuncha_desktop.services.export_data import Values
from xuncha_desktop.services.report_checks import money_words
from xuncha_desktop.services.report_checks.passages import Draft, Fault, Passage
from xuncha_desktop.services.report_checks.statement import COUNT, counts, written

_SENTENCE_END = re.compile(r"[。！？；\n]")
_INVOLVED = re.compile(
    r"(?:涉及|涉案|涉|合计|共计|总计|累计)的?(?:违规|问题)?(?:资金总额|资金|金额|款项|党员干部|干部群众|党员|干部|群众|人员|合同|凭证|票据|项目|事项)?"
    r"(?:共计|合计|总计|累计|达到|达|共|为|计){0,3}\s?(?:人民币)?(?:约|近|超过|超|逾)?$"
)
_PART = "其中"
_LONGEST = 24  # characters that may say so
_COUNTED = {
    "people": re.compile(rf"(?<![\d.]){COUNT}(?:人次|名|人(?!民币))"),
    "pieces": re.compile(rf"(?<![\d.]){COUNT}[件份个笔处项宗起张套批台辆本户条次家]"),
}


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of a text at its place, and whether it says what the field holds."""

    passage: Passage
    start: int
    end: int
    words: str
    value: int
    agrees: bool


def faults(draft: Draft) -> Iterator[Fault]:
    """One for each field of a paper that its own texts contradict, or that cannot be."""
    papers = {line.id: line.paper for line in draft.data.papers}
    every = (passage for passage in draft.passages if passage.entity == "paper")
    for record, found in groupby(every, key=lambda passage: passage.record):
        passages = list(found)
        for name in ("amount", *_COUNTED):
            yield from _of_field(name, papers[record], passages)


def _of_field(name: str, paper: Values, passages: Sequence[Passage]) -> Iterator[Fault]:
    kept = paper[name]
    if kept is None:
        return
    label, value = fields("paper")[name].label, show(fields("paper")[name], kept)
    if kept < 0:
        yield Fault("number", f"“{label}”填的是 {value}，不能是负数，请核对后改正", passages[0])
        return
    said: list[_Said] = []
    for each in chain.from_iterable(_said(name, kept, passage) for passage in passages):
        if each.agrees:
            return
        said.append(each)
    if kept in _sums([each.value for each in said]):
        return
    if told := _meant(said):
        words = f"写了 {told.words}，“{label}”填的是 {value}，请核对后改其中一处"
        yield Fault("number", words, told.passage, told.start, told.end - told.start)


def _said(name: str, kept: int, passage: Passage) -> Iterator[_Said]:
    if name == "amount":
        for each in money_words.read(passage.text):
            yield _Said(passage, each.start, each.end, each.words, each.fen, each.stands_for(kept))
        return
    for match in _COUNTED[name].finditer(passage.text):
        (start, end), value = match.span("count"), written(match["count"])
        agrees = counts(value, {kept}, match["about"], match["more"])
        yield _Said(passage, start, end, passage.text[start : match.end()], value, agrees)


def _sums(values: Sequence[int]) -> Collection[int]:
    """What numbers that follow each other come to: a field may hold several together."""
    return {total for start in range(len(values)) for total in accumulate(values[start:])}


def _meant(said: Sequence[_Said]) -> _Said | None:
    """The number that is said to be all that is involved; of money also the only one there is."""
    for each in said:
        before = _SENTENCE_END.split(each.passage.text[: each.start])[-1]
        if _INVOLVED.search(before[-_LONGEST:]) and _PART not in before:
            return each
    if len({each.value for each in said}) == 1 and said[0].words.endswith(("元", "人次")):
        return said[0]
    return None
