"""Text files in the encodings met in China, and the cutting of long texts into parts that can be looked at."""

import codecs
from collections.abc import Iterable, Iterator

from xuncha_desktop.decoding.kinds import Refused

LONGEST_PART = 20_000
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 1 << 16
_BY_CHANCE = 32


def text_of(content: bytes) -> tuple[str, str]:
    """The text of a file, and a note where some of it could not be read."""
    encoding = _encoding(content)
    try:
        return content.decode(encoding), ""
    except UnicodeDecodeError:
        return content.decode(encoding, "replace"), "有的字符无法辨认，以“\ufffd”代替。"


def parts_of(lines: Iterable[str]) -> Iterator[str]:
    """The lines in parts short enough to be shown at once."""
    part: list[str] = []
    length = 0
    for line in lines:
        for piece in [line[at : at + LONGEST_PART] for at in range(0, len(line), LONGEST_PART)] or [""]:
            if part and length + len(piece) > LONGEST_PART:
                yield "\n".join(part)
                part, length = [], 0
            part.append(piece)
            length += len(piece) + 1
    if any(part):
        yield "\n".join(part)


def _encoding(content: bytes) -> str:
    for bom, encoding in _BOMS:
        if content.startswith(bom):
            return encoding
    sample = content[:_SAMPLE]
    if b"\0" in sample:  # line ends and blanks of UTF-16 without a mark
        wide = "utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be"
        try:
            codecs.getincrementaldecoder(wide)().decode(sample)
        except UnicodeDecodeError as error:
            raise Refused("不是文本文件（含有二进制内容）") from error
        return wide
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        # Cut off in the middle of a character it is still what it was; so far nothing else looks like it by chance.
        cut_off = error.reason == "unexpected end of data" and error.start > _BY_CHANCE
        return "utf-8" if cut_off else "gb18030"
    return "utf-8"
