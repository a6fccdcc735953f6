"""Texts nobody would think of: made from a seed, each told by a number it carries, so that it is found again."""

import re
from collections.abc import Callable, Sequence
from random import Random

from xuncha_desktop.text import clean_text

MARKS = ("\x02", "\x03", "\x1c", "\x1d", "\x1e", "\x1f", "\n\x1c", "\n\x1d", "\n\x1e", "\n\x1e\x1f", "\x1f")
NUMBER = re.compile("№([0-9]{6})№")

_TAGS = (
    "{{ title }}", "{{ 7 * 7 }}", "{% if x %}", "{%p for a in rows %}", "{%tr endfor %}", "{# 说明 #}", "{_{", "}_}",
    "{%_", "%_}", "{{r x }}", "{", "}", "%", "${x}", "{0}", "%s", r"\1", r"\g<0>",
)  # fmt: skip
_MARKUP = (
    "<w:t>", "</w:t></w:r></w:p>", "<w:br/>", "&", "&amp;", "&#10;", "&lt;", '"', "'", "]]>", "<![CDATA[", "<!--",
    "<?xml", "a<b", "_x0041_", "_x000D_", "_x005F_x0041_", "<is><t>",
)  # fmt: skip
_FORMULAS = (
    "=1+1",
    "+cmd",
    "@SUM(A1)",
    "-1",
    "=HYPERLINK(1)",
    "＝1＋1",
    "'=1",
    "\t=1",
    "{=1}",
    "1e5",
    "00012",
    "2031-4-6",
)
_INVISIBLE = (*map(chr, range(0x200B, 0x2010)), *map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A)),
              "\ufeff", "\u2060", "\u00ad", "\u0085", "\u00a0", "\u3000", "\u034f", "\ufe0f")  # fmt: skip
_BREAKS = ("\n", "\r\n", "\r", "\u2028", "\u2029", "\x0b", "\x0c", "\n\n", "\t", "\t\t", " ", "   ")
_ASTRAL = (
    "😀",
    "👩\u200d👧",
    "👍🏽",
    "🇨🇳",
    "𠮷",
    "𪚥",
    "\U0010fffd",
    "\U0010fffdn",
    "\U0010fffdp0;",
    "\U0010fffdo",
    "\U000f0000",
)
_COMBINED = ("e\u0301", "a\u0323\u0302", "豈", "\ufa11", "葛\U000e0100", "ก็", "한", "क्ष", "مرحبا", "שלום")
_DAILY = (
    "巡察",
    "镇党委",
    "关联",
    "补贴12.86万元",
    "２０３１年",
    "第①项",
    "ｋｍ",
    "《办法》",
    "“引”",
    "——",
    "……",
    "§",
    "。",
    "；",
)


def _character(random: Random) -> str:
    """Any character, also one that never gets into a case."""
    return chr(random.choice((random.randrange(0x10000), random.randrange(0x110000), random.randrange(0x4E00, 0xA000))))


def _word(random: Random) -> str:
    """A very long word, of letters or of Han."""
    return random.choice(("W", "0", "长", "𠮷")) * random.randrange(60, 300)


_KINDS: tuple[Callable[[Random], str], ...] = (
    *(lambda random, kind=kind: random.choice(kind)
      for kind in (_TAGS, _MARKUP, _FORMULAS, _INVISIBLE, _BREAKS, _ASTRAL, _COMBINED, _DAILY, _DAILY)),
    _character,
)  # fmt: skip


class RandomTexts:
    """Gives strings, all different, and remembers them as a case keeps them."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)
        self.given = dict[str, str]()  # by the number they carry

    def one(self) -> str:
        """A string."""
        return self._kept(clean_text)

    def line(self) -> str:
        """A string without line breaks."""
        return self._kept(lambda text: clean_text(text).replace("\n", " "))

    def _kept(self, clean: Callable[[str], str]) -> str:
        pieces = [self._random.choice(_KINDS)(self._random) for _ in range(self._random.randrange(1, 12))]
        if self._random.random() < 0.01:
            pieces.append(_word(self._random))
        number = f"{len(self.given):06}"
        pieces.insert(self._random.randrange(len(pieces) + 1), f"№{number}№")
        self.given[number] = clean("".join(pieces))
        return self.given[number]

    def some(self, most: int) -> str:
        """A text of up to so many strings, on lines of their own or not."""
        return self._random.choice(("", " ", "\n")).join(self.one() for _ in range(self._random.randrange(1, most + 1)))


def altered(text: str, given: dict[str, str]) -> tuple[set[str], list[str]]:
    """The numbers that stand in a text, and the strings among them that do not stand there whole."""
    numbers, broken = set[str](), list[str]()
    for found in NUMBER.finditer(text):
        string = given[found[1]]
        numbers.add(found[1])
        if not text.startswith(string, max(0, found.start() - string.index(found.group()))):
            broken.append(string)
    return numbers, broken


def rich_form(random: Random, texts: Sequence[str]) -> str:
    """These texts put together with marks of bold words, lists and tables, sensible or not."""
    return "".join(
        random.choice(("", "\n")) + random.choice(("", "", "", *MARKS)) + _with_bold(random, text) for text in texts
    )


def _with_bold(random: Random, text: str) -> str:
    if random.random() < 0.5 or len(text) < 2:
        return text
    start, end = sorted(random.sample(range(len(text) + 1), 2))
    return f"{text[:start]}\x02{text[start:end]}\x03{text[end:]}"
