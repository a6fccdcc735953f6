"""The tags of a template as people typed them: found with full-width signs, missing brackets and breaks inside."""

import re
from dataclasses import dataclass

from xuncha_desktop.exports.doctor.findings import Fault, shortened
from xuncha_desktop.exports.doctor.paragraphs import Paragraph

_WIDE = str.maketrans("｛｝％＃", "{}%#")
# Between a tag's brackets, outside quoted words, these are meant as their half-width likes.
_INSIDE = {
    **{chr(code): chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},
    **{"，": ",", "。": ".", "、": ",", "【": "[", "】": "]", "「": '"', "」": '"', "〔": "[", "〕": "]"},
}
_CLOSERS = {"{{": "}}", "{%": "%}", "{#": "#}"}
_DELIMITER = re.compile(r"\{\{|\{%|\{#|\}\}|%\}|#\}")
_EXTRA = re.compile(r"(?:\{(?=\{\{(?!\s*['\"“‘]))|\{(?=\{[%#]))*")  # {{{ title }}; a quote begins a list of names
_PREFIX = re.compile(r"(tr|tc|p|r)\s+")
_SPACED = re.compile(r"-?\s+(tr|tc|p|r)\s+(?=\w)")
_CONTROL = re.compile(r"^[-+](?=\s)|(?<=\s)-$")  # {%- -%}
_WORD = re.compile(r"[^\W\d]\w*")
_BREAKS = {ord("\t"): None, ord("\n"): None}  # docxtpl drops them from inside a tag
_SMART = str.maketrans("“”‘’", "\"\"''")  # docxtpl takes them for plain ones
_QUOTES = {"'": "'", '"': '"', "“": "”", "‘": "’", "＂": "＂", "＇": "＇"}


@dataclass(eq=False)
class Tag:
    """One tag: its kind of brackets, its prefix (p, tr, tc), its words with plain signs, and where it stands."""

    opener: str
    prefix: str
    body: str
    raw: str
    paragraph: Paragraph
    start: int
    end: int
    level: int = 0
    sound: bool = True  # its own brackets are right

    @property
    def keyword(self) -> str:
        """The first word of a statement."""
        found = _WORD.match(self.body) if self.opener == "{%" else None
        return found[0] if found else ""


def scan(paragraphs: list[Paragraph], faults: list[Fault]) -> list[Tag]:
    """All tags of a part in order; what is wrong with their signs goes to `faults`."""
    tags: list[Tag] = []
    broken: Tag | None = None  # a tag its paragraph does not close
    raw = False
    for paragraph in paragraphs:
        folded = paragraph.text.translate(_WIDE)
        at = 0
        if broken is not None and (found := _DELIMITER.search(folded)) and found[0] == _CLOSERS[broken.opener]:
            faults.append(_over_paragraphs(broken))
            broken.body = _plain(f"{broken.body} {folded[: found.start()]}")
            at = found.end()
            broken = None
        elif broken is not None and folded.strip():
            faults.append(_unclosed(broken))
            broken = None
        while found := _DELIMITER.search(folded, at):
            first = found.start()
            start = _EXTRA.match(folded, first).end()  # pyright: ignore[reportOptionalMemberAccess] it may be empty
            opener = folded[start : start + 2]
            if opener not in _CLOSERS:
                at = found.end()
                if not raw:
                    faults.append(_stray(paragraph, opener, start))
                continue
            end, whole = _end(folded, start + 2, opener)
            tag = _tag(paragraph, opener, start, end, whole)
            at = end
            if opener == "{%" and tag.keyword in ("raw", "endraw"):
                raw = tag.keyword == "raw"
                continue
            if raw:
                continue
            if whole:
                at = end + len(folded[end:]) - len(folded[end:].lstrip("}"))
                faults += _braces(tag, first, at)
            if opener == "{#":
                faults += _signs_of_comment(tag) if whole else [_unclosed(tag)]
            else:
                tags.append(tag)
                if whole:
                    faults += _signs(tag)
                elif end < len(folded):
                    faults.append(_unclosed(tag))
                else:
                    broken = tag
    if broken is not None:
        faults.append(_unclosed(broken))
    return tags


def mended(tag: Tag) -> str:
    """The tag as it was meant: plain signs, no blank before its prefix, no prefix that prints nothing."""
    inner = _plain(tag.raw[2:-2]).translate(_BREAKS)
    if spaced := _SPACED.match(inner) if tag.opener == "{%" else None:
        inner = f"{spaced[1]} {inner[spaced.end() :]}"
    if tag.opener == "{{" and (prefix := _PREFIX.match(inner)):
        inner = f" {inner[prefix.end() :]}"
    return tag.opener + inner + _CLOSERS[tag.opener]


def is_mendable(tag: Tag) -> bool:
    """Whether `mended` changes anything, or the tag is spread over runs that differ."""
    return tag.sound and (mended(tag) != tag.raw or is_split(tag))


def is_split(tag: Tag) -> bool:
    """Whether a tag goes over runs of different looks, or over something that is no text."""
    elements = dict.fromkeys(element for element, _ in tag.paragraph.sources[tag.start : tag.end])
    if any(not element.tag.endswith("}t") for element in elements) and len(elements) > 1:
        return True
    return len({_looks(element.getparent()) for element in elements}) > 1


def _looks(run: object) -> str:
    properties = [child for child in run if child.tag.endswith("}rPr")] if run is not None else []  # pyright: ignore
    unseen = ("}lang", "}noProof", "}rFonts")
    return "|".join(
        sorted(
            f"{item.tag}{sorted(item.items())}"
            for child in properties
            for item in child
            if not item.tag.endswith(unseen)
        )
    )


def _end(text: str, at: int, opener: str) -> tuple[int, bool]:
    """Where a tag ends, quoted words passed over, and whether it has its own closing brackets."""
    closer, quote, start = _CLOSERS[opener], "", at
    if opener == "{#":
        found = text.find(closer, at)
        return (found + 2, True) if found >= 0 else (len(text), False)
    while at < len(text):
        if quote:
            quote = "" if text[at] == quote else quote
        elif text.startswith(closer, at):
            return at + 2, True
        elif _DELIMITER.match(text, at) and text[at : at + 2] in _CLOSERS:
            break
        elif text[at] in _QUOTES and _QUOTES[text[at]] in text[at + 1 :]:
            quote = _QUOTES[text[at]]
        at += 1
    if (plain := text.find(closer, start)) >= 0 and _DELIMITER.search(text, start)[0] == closer:  # pyright: ignore[reportOptionalSubscript]
        return plain + 2, True
    half = text.find("}", start, at)
    return (half + 1 if half >= 0 else at), False


def _tag(paragraph: Paragraph, opener: str, start: int, end: int, whole: bool) -> Tag:
    raw = paragraph.text[start:end]
    inner = _plain(raw[2:-2] if whole else raw[2:].rstrip("}%#｝％＃")).translate(_BREAKS)
    found = _PREFIX.match(inner) or (_SPACED.match(inner) if opener == "{%" else None)
    prefix, body = (found[1], inner[found.end() :]) if found else ("", inner)
    return Tag(
        opener, prefix, _CONTROL.sub("", body).strip().translate(_SMART), raw, paragraph, start, end, sound=whole
    )


def _plain(text: str) -> str:
    """A tag's inside with half-width signs; what stands in quotes stays as it is."""
    made: list[str] = []
    quote = ""
    for char in text:
        if quote:
            made.append(_INSIDE.get(char, char) if char == quote else char)
            quote = "" if char == quote else quote
        else:
            quote = _QUOTES.get(char, "")
            made.append(_INSIDE.get(char, char))
    return "".join(made)


def _signs(tag: Tag) -> list[Fault]:
    found: list[Fault] = []
    inner = tag.raw[2:-2]
    right = tag.opener + _plain(inner) + _CLOSERS[tag.opener]
    place = tag.paragraph.place
    if right != tag.raw:
        signs = "".join(dict.fromkeys(old for old, new in zip(tag.raw, right, strict=True) if old != new))
        found.append(Fault("fullwidth", place, f"标签里有全角符号“{signs}”", f"应写成 `{right}`。", tag.raw, True))
    if is_split(tag):
        advice = "请删去后用同一种字体一次写完，或用“修复”合并。"
        found.append(
            Fault("split", place, f"标签 `{shortened(tag.raw)}` 被格式或别的内容拆开了", advice, tag.raw, True, True)
        )
    if tag.opener == "{%" and _SPACED.match(_plain(inner)):
        cause = f"`{tag.prefix}` 前面多了空格"
        found.append(Fault("prefix", place, cause, f"应写成 `{mended(tag)}`。", tag.raw, True))
    if tag.opener == "{{" and _PREFIX.match(inner):
        found.append(Fault("prefix", place, "打印用的标签不带前缀", f"应写成 `{mended(tag)}`。", tag.raw, True))
    return found


def _signs_of_comment(tag: Tag) -> list[Fault]:
    right = f"{{#{tag.raw[2:-2]}#}}"
    if right == tag.raw:
        return []
    cause, advice = "说明的括号是全角的，会照原样印出来", f"应写成 `{shortened(right)}`。"
    return [Fault("fullwidth", tag.paragraph.place, cause, advice, tag.raw)]


def _braces(tag: Tag, first: int, last: int) -> list[Fault]:
    """A brace too many beside a tag; with a space between it is a word like others."""
    text = tag.paragraph.text
    extra = text[first : tag.start] + text[tag.end : last]
    if not extra:
        return []
    cause = f"标签 `{shortened(tag.raw)}` 旁边多了“{extra}”"
    advice = f"应写成 `{shortened(tag.raw)}`；确实要印这个括号的，请与标签之间空一格。"
    return [Fault("brackets", tag.paragraph.place, cause, advice, text[first:last])]


def _unclosed(tag: Tag) -> Fault:
    closer = _CLOSERS[tag.opener]
    cause = f"标签 `{tag.raw.strip()}` 没有用 `{closer}` 结束"
    return Fault("brackets", tag.paragraph.place, cause, f"请在标签末尾写上 `{closer}`。", tag.raw)


def _over_paragraphs(tag: Tag) -> Fault:
    cause = f"标签 `{tag.raw.strip()}` 写在两段里，导出时这两段会并成一段"
    return Fault("split", tag.paragraph.place, cause, "请把整个标签写在同一段中。", tag.raw)


def _stray(paragraph: Paragraph, closer: str, at: int) -> Fault:
    opener = next(start for start, end in _CLOSERS.items() if end == closer)
    cause = f"`{closer}` 前面没有 `{opener}`，会照原样印出来"
    return Fault(
        "brackets", paragraph.place, cause, f"请在标签开头写上 `{opener}`，或删去它。", paragraph.text[:at][-30:]
    )
