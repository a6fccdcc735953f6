"""Pictures on their way into a Word file: no larger than a page needs, without what a camera wrote into them."""

import re
import struct
from dataclasses import dataclass
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

from xuncha_desktop.decoding.kinds import Refused
from xuncha_desktop.decoding.pictures import MOST_PIXELS, TOO_LARGE, TURNED, eight_bits, on_white

LONGEST_SIDE = 1600
_MOST_DECODED = 1_000_000_000  # pixels of all scans of a JPEG: a tiny file may order thousands of them
_MOST_KEPT = 3_000_000  # bytes a picture of our size never needs, unless somebody stuffed it
_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "WEBP")
_JPEGS = ("JPEG", "MPO")
_ORIENTATION = 0x0112
_SCAN = b"\xff\xda"
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TRIED_LINES, _TRIED_BYTES = 16, 64_000


class Printed(NamedTuple):
    """A picture ready to stand in a Word file: its bytes, their kind and the pixels they hold."""

    content: bytes
    suffix: str
    width: int
    height: int


def prepare(content: bytes, turn: int = 0) -> Printed:
    """Scale one picture, turn it upright, then clockwise as asked, and strip it of all but the picture."""
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            jpeg = _read_jpeg(content) if image.format in _JPEGS else None
            _demand_decent(image, jpeg.scans if jpeg else content.count(_SCAN))
            if jpeg and jpeg.size <= _MOST_KEPT and max(image.size) <= LONGEST_SIDE and _upright(image) and not turn:
                return _stripped(content, jpeg, image)
            return _encoded(image, turn)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise Refused(TOO_LARGE) from error
    except (OSError, SyntaxError, ValueError, struct.error, IndexError) as error:
        raise Refused("不能读取（文件损坏，或不是 JPEG、PNG、BMP、TIFF、WebP 图片）") from error


def _demand_decent(image: Image.Image, scans: int) -> None:
    """Judge by what the file says of itself, before a pixel is decoded."""
    pixels = image.width * image.height
    if pixels > MOST_PIXELS:
        raise Refused(TOO_LARGE)
    if image.format in _JPEGS and pixels * scans > _MOST_DECODED:
        raise Refused("要反复解开很多遍，像是有意做坏的")


def _upright(image: Image.Image) -> bool:
    return image.getexif().get(_ORIENTATION, 1) == 1 and image.mode in ("L", "RGB")


def _encoded(image: Image.Image, turn: int) -> Printed:
    few_colours = image.mode in ("1", "L", "P")
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        upright = on_white(upright)
    if upright.mode.startswith(("I", "F")):
        upright = eight_bits(upright)
    if turn:
        upright = upright.transpose(TURNED[turn])
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    clean = upright.convert("L" if few_colours and upright.mode in ("1", "L") else "RGB")
    clean.info.clear()
    target = BytesIO()
    if image.format in ("PNG", "BMP", "TIFF") and clean.getcolors(256):
        clean.save(target, "PNG")
        return Printed(target.getvalue(), "png", *clean.size)
    clean.save(target, "JPEG", quality=85)
    return Printed(target.getvalue(), "jpeg", *clean.size)


@dataclass(frozen=True)
class _Jpeg:
    """What a JPEG consists of: the facts before the picture that it needs, and from where to where it goes."""

    facts: list[bytes]
    start: int
    end: int  # the byte behind the end mark; what follows it is no part of the picture
    scans: int
    is_plain: bool  # one scan with nothing in between

    @property
    def size(self) -> int:
        return sum(map(len, self.facts)) + self.end - self.start


def _read_jpeg(content: bytes) -> _Jpeg | None:
    """Go through the segments; None where they are not in plain order, which a decoder may still forgive."""
    facts, position = [b"\xff\xd8"], 2
    try:
        while content[position + 1] != 0xDA:
            end = _behind(content, position)
            if _needed(content[position + 1], content[position + 4 : position + 16]):
                facts.append(content[position:end])
            position = end
        start, between = position, list[bytes]()
        while found := _MARKER_IN_SCAN.search(content, _behind(content, position)):
            if found.group() == b"\xff\xd9":
                return _Jpeg(facts, start, found.end(), 1 + between.count(_SCAN), not between)
            position = found.start()
            between.append(found.group())
    except IndexError:
        pass
    return None


def _behind(content: bytes, position: int) -> int:
    """Where the segment that begins here ends."""
    if content[position] != 0xFF:
        raise IndexError("no marker")
    return position + 2 + int.from_bytes(content[position + 2 : position + 4])


def _stripped(content: bytes, jpeg: _Jpeg, image: Image.Image) -> Printed:
    """A JPEG that fits keeps its image data, so nothing is lost twice; all else in the file is left out.

    It is decoded before, so a broken one is found here and not by Word: in grey at an eighth of its size, or the
    first lines alone where nothing behind them can make a decoder fail.
    """
    size = image.size
    if jpeg.is_plain:
        with Image.open(BytesIO(_first_lines(content, jpeg)), formats=("JPEG",)) as lines:
            lines.load()
    else:
        image.draft("L", (size[0] // 8, size[1] // 8))
        image.load()
    return Printed(b"".join((*jpeg.facts, content[jpeg.start : jpeg.end])), "jpeg", *size)


def _first_lines(content: bytes, jpeg: _Jpeg) -> bytes:
    """The same picture cut off below its first lines: its frame says so, and its data ends early."""
    facts = [
        fact[:5] + min(_TRIED_LINES, int.from_bytes(fact[5:7])).to_bytes(2) + fact[7:] if fact[1] in _FRAMES else fact
        for fact in jpeg.facts
    ]
    return b"".join((*facts, content[jpeg.start : min(jpeg.end - 2, jpeg.start + _TRIED_BYTES)], b"\xff\xd9"))


def _needed(marker: int, beginning: bytes) -> bool:
    """Tables, frame and colour facts stay; cameras' notes (APPn) and comments go."""
    if marker == 0xE2:
        return beginning.startswith(b"ICC_PROFILE")
    return marker in (0xE0, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE)
