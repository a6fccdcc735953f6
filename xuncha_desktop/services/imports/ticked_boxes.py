"""Boxes to tick in old forms: what is ticked counts, what is not is said, and a box that is none stays a character."""

import re
from dataclasses import dataclass

_SIGN = re.compile(r"([□☐☑☒■√✓✔])")
_EMPTY, _PLAIN = "□☐", "■√✓✔"  # the last four are also written where nothing is to be ticked
_LONGEST = 20
_SENTENCE = re.compile(r"[。；;]")
_TO_FILL_IN = re.compile(r"[\s_＿—…]*")


@dataclass(frozen=True, slots=True)
class Ticked:
    """What a line with boxes says."""

    text: str
    left: tuple[str, ...] = ()  # the words of boxes that nobody ticked


def read_line(line: str) -> Ticked:
    """A line without what is not ticked; whole where its boxes are no choice, as □ for a character that is lost."""
    lead, *rest = _SIGN.split(line)
    signs, words = rest[::2], rest[1::2]
    if not set(signs) - set(_PLAIN):
        return Ticked(line)
    if _are_before(lead, words):
        kept = [lead.strip()]
    elif _are_behind(lead, words):
        kept, words, after = [""], [lead, *words[:-1]], words[-1].strip()
        words[-1] += after
    else:
        return Ticked(line)
    if any(not word.strip() or len(word.strip()) > _LONGEST or _SENTENCE.search(word) for word in words):
        return Ticked(line)
    left = list[str]()
    for sign, word in zip(signs, map(str.strip, words), strict=True):
        if sign not in _EMPTY:
            kept.append(word)
            continue
        label, *more = re.split(r"\s", word, maxsplit=1)
        left.append(label)
        kept += [text.strip() for text in more if not _TO_FILL_IN.fullmatch(text)]
    head, *others = kept
    return Ticked(head + "、".join(others), tuple(left))


def _are_before(lead: str, words: list[str]) -> bool:
    """□是 ☑否, perhaps behind 问题来源："""
    return not lead.strip() or (lead.rstrip()[-1] in "：:" and bool(words[-1].strip()))


def _are_behind(lead: str, words: list[str]) -> bool:
    """是□ 否☑（说明）: each box close behind its word."""
    close = all(word and not word[-1].isspace() for word in (lead, *words[:-1]))
    return len(words) > 1 and close and (not words[-1].strip() or words[-1].strip()[0] in "（(")
