"""Words of an edited Word file that come neither from the case nor from the template: somebody wrote them there."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

from xuncha_desktop.exports.traces import Trace
from xuncha_desktop.exports.word.marked import Bare, Body

_EDGES = "，。；：、？！"  # signs that move when words beside them do
_BLANK = re.compile(r"\s+")
_NUMBER = re.compile(r"[\d〇零一二三四五六七八九十百千万亿]")
_ALIKE = 0.6
_TELLING = 6  # a text of the case this short stands elsewhere by chance


@dataclass(frozen=True, slots=True)
class Written:
    """Words without a source, and those of the template they took the place of, if any are like them."""

    at: Bare
    text: str
    printed: str


def written(body: Body, printed: Sequence[Trace], bare: Sequence[str], now: Collection[Trace]) -> list[Written]:
    """What the file has more than the export had: each text as often as it was printed, wherever it stands now."""
    told = {key for trace in (*printed, *now) if len(key := _key(trace.text)) > _TELLING}
    texts = {trace.token: trace.text for trace in printed}
    said = [(at, key) for at in body.bare if (key := _key(_own(at, texts)))]
    before = [key for text in bare if (key := _key(text))]
    left: Counter[str] = Counter()
    rest: list[tuple[Bare, str]] = []
    matcher = SequenceMatcher(None, before, [key for _, key in said], autojunk=False)
    for kind, before_from, before_to, said_from, said_to in matcher.get_opcodes():
        if kind != "equal":
            left.update(before[before_from:before_to])
            rest += said[said_from:said_to]
    more: list[tuple[Bare, str]] = []
    for at, key in rest:
        if left[key]:  # it only moved
            left[key] -= 1
        elif key not in told:
            more.append((at, key))
    found = list(_paired(more, list(left.elements())))
    return sorted(found, key=lambda each: not _NUMBER.search(each.text))


def _own(at: Bare, texts: dict[str, str]) -> str:
    """Its words without those that LibreOffice cut off the bookmark before."""
    piece = at.behind
    if piece and piece.text and (text := texts.get(piece.token, "")) != piece.text and piece.says(text):
        return at.text.removeprefix(text[len(piece.text) :])
    return at.text


def _key(text: str) -> str:
    return _BLANK.sub("", text).strip(_EDGES)


def _paired(more: Iterable[tuple[Bare, str]], gone: list[str]) -> Iterator[Written]:
    for at, text in more:
        like = get_close_matches(text, gone, 1, _ALIKE)
        if like:
            gone.remove(like[0])
        yield Written(at, text, like[0] if like else "")
