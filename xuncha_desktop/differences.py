"""What differs between two texts: sentence by sentence, then character by character, as pieces to be marked."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_SENTENCE = re.compile(r"[^。！？；\n]*[。！？；\n]+[”’」』）]*|[^。！？；\n]+")
# A number or a foreign word changes as a whole: 12 to 14 is no 1 that stayed.
_TOKEN = re.compile(r"\d+(?:[,.]\d+)*|[A-Za-z]+|.", re.DOTALL)
_LEFT_OUT = "……"
_OF_NUMBERS = "0123456789.,"
_ALIKE = 0.4  # sentences less alike than this are two sentences, not one that was changed


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters that stayed, was taken out or was added."""

    kind: Literal["same", "taken", "added"]
    text: str


def pieces(old: str, new: str) -> list[Piece]:
    """`old` are the pieces that stayed and those taken out, `new` those that stayed and those added."""
    return list(_joined(_by_sentence(_SENTENCE.findall(old), _SENTENCE.findall(new))))


def excerpt(found: Sequence[Piece], around: int) -> list[Piece]:
    """The same with what stayed cut down to `around` characters beside what did not."""
    last = len(found) - 1
    return [
        Piece(piece.kind, _cut(piece.text, around if place else 0, around if place < last else 0))
        if piece.kind == "same"
        else piece
        for place, piece in enumerate(found)
    ]


def _cut(text: str, head: int, tail: int) -> str:
    if len(text) <= head + tail + len(_LEFT_OUT):
        return text
    return f"{text[:head]}{_LEFT_OUT}{text[len(text) - tail :]}"


def excerpts(texts: Sequence[str], around: int, most: int) -> list[str]:
    """Each text from shortly before the first character in which they differ to shortly after the last."""
    said = [text for text in texts if text]
    if len(set(said)) < 2:
        return [_excerpt(text, 0, len(text), most) for text in texts]
    before = alike(said)
    behind = alike([text[before:][::-1] for text in said])
    return [_excerpt(text, max(0, before - around), len(text) - max(0, behind - around), most) for text in texts]


def alike(texts: Sequence[str]) -> int:
    """How many characters they begin with in common."""
    columns = enumerate(zip(*texts, strict=False))
    return next((place for place, chars in columns if len(set(chars)) > 1), min(map(len, texts)))


def _excerpt(text: str, start: int, end: int, most: int) -> str:
    while start > 0 and text[start - 1] in _OF_NUMBERS:  # never a part of a number: it would be another
        start -= 1
    while end < len(text) and text[end] in _OF_NUMBERS:
        end += 1
    shown = text[start:end].replace("\n", "／")
    cut = shown if len(shown) <= most else shown[:most]
    return f"{'…' if start else ''}{cut}{'…' if end < len(text) or cut != shown else ''}" if text else ""


def _by_sentence(old: Sequence[str], new: Sequence[str]) -> Iterator[Piece]:
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new).get_opcodes():
        before, after = old[old_from:old_to], new[new_from:new_to]
        if kind == "equal":
            yield Piece("same", "".join(before))
        elif len(before) == len(after):
            for one, other in zip(before, after, strict=True):
                yield from _by_character(one, other)
        else:
            yield from _by_character("".join(before), "".join(after))


def _by_character(old: str, new: str) -> Iterator[Piece]:
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    matcher = SequenceMatcher(None, before, after)
    if matcher.ratio() < _ALIKE:
        yield from (Piece("taken", old), Piece("added", new))
        return
    operations = matcher.get_opcodes()
    for place, (kind, old_from, old_to, new_from, new_to) in enumerate(operations):
        # One character that happens to stay between two changes only makes them hard to read.
        stray = old_to - old_from == 1 and 0 < place < len(operations) - 1
        if kind == "equal" and not stray:
            yield Piece("same", "".join(before[old_from:old_to]))
        else:
            yield Piece("taken", "".join(before[old_from:old_to]))
            yield Piece("added", "".join(after[new_from:new_to]))


def _joined(found: Iterable[Piece]) -> Iterator[Piece]:
    """Between two pieces that stayed one that was taken out and one that was added, no more."""
    taken = added = ""
    same = ""
    for piece in found:
        if piece.kind == "same":
            if taken or added:
                yield from _told(same, taken, added)
                same = taken = added = ""
            same += piece.text
        elif piece.kind == "taken":
            taken += piece.text
        else:
            added += piece.text
    yield from _told(same, taken, added)


def _told(same: str, taken: str, added: str) -> Iterator[Piece]:
    if same:
        yield Piece("same", same)
    if taken:
        yield Piece("taken", taken)
    if added:
        yield Piece("added", added)
