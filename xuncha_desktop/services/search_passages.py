"""Where the words that were searched for stand in a text, and the piece of text around them."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from xuncha_desktop.text import search_key

Span = tuple[int, int]  # from, to

_TRAILING = 3
_BEFORE, _AFTER = 14, 90  # characters shown around the first word


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A piece of a text in one line, with the places to be marked."""

    text: str
    marks: tuple[Span, ...]


def spans(text: str, keys: Sequence[str]) -> tuple[Span, ...]:
    """Every place of a text in which one of the folded words stands, in order, those that touch put together."""
    folded = search_key(text)
    plain = len(folded) == len(text)
    found: list[Span] = []
    for key in keys:
        at = folded.find(key)
        while key and at >= 0:
            found.append(_place(text, key, at, plain))
            at = folded.find(key, at + len(key))
    return tuple(_joined(sorted(found)))


def excerpt(text: str, keys: Sequence[str]) -> Excerpt:
    """The text around the first place of one of the words."""
    folded = search_key(text)
    places = [(at, key) for key in keys if (at := folded.find(key)) >= 0]
    first = 0
    if places:
        at, key = min(places)
        first, _ = _place(text, key, at, len(folded) == len(text))
    start = max(0, first - _BEFORE)
    end = start + _BEFORE + _AFTER + max((len(key) for _, key in places), default=0)
    piece = text[start:end].replace("\n", " ").strip()
    line = f"{'…' if start else ''}{piece}{'…' if end < len(text) else ''}"
    return Excerpt(line, spans(line, keys))


def _place(text: str, key: str, at: int, plain: bool) -> Span:
    """The place in a text of what stands at `at` in its folded form, which may be longer or shorter."""
    if plain and search_key(text[at : at + len(key)]) == key:
        return at, at + len(key)

    def folded_length(end: int) -> int:
        return len(search_key(text[:end]))

    prefixes = range(len(text) + 1)
    start = max(0, bisect_left(prefixes, at + 1, key=folded_length) - 1)
    end = bisect_left(prefixes, at + len(key), key=folded_length)
    # What follows may have changed what was folded: accents and sound marks are characters of their own.
    for longer in range(end, min(end + _TRAILING, len(text)) + 1):
        if key in search_key(text[start:longer]):
            return start, longer
    return start, max(start, end)


def _joined(places: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for start, end in places:
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
