"""Pictures on their way into a Word file: no larger than a page needs, without what a camera wrote into them."""

import re
import struct
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from hashlib import sha256
from io import BytesIO
from threading import Lock

from PIL import Image, ImageOps

from xuncha_desktop.errors import UserError

LONGEST_SIDE = 1600
_MOST_PIXELS = 50_000_000
_LARGE, _ONE_LARGE_AT_A_TIME = 16_000_000, Lock()  # pixels: several decoded side by side could fill the memory
_MOST_DECODED = 1_000_000_000  # pixels of all scans of a JPEG: a tiny file may order thousands of them
_MOST_KEPT = 3_000_000  # bytes a picture of our size never needs, unless somebody stuffed it
_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "WEBP")
_JPEGS = ("JPEG", "MPO")
_ORIENTATION = 0x0112
_SCAN = b"\xff\xda"
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_TRIED_LINES, _TRIED_BYTES = 16, 64_000
_EMU_PER_MM = 36_000
_LOWEST_DPI = 96


@dataclass(frozen=True)
class Picture:
    """A picture ready to stand in the file: its bytes, their kind and the pixels they hold."""

    content: bytes
    suffix: str
    width: int
    height: int
    digest: str = field(init=False)  # what two equal pictures have in common

    def __post_init__(self) -> None:
        object.__setattr__(self, "digest", sha256(self.content).hexdigest())

    def emptied(self) -> "Picture":
        """Its size alone."""
        return replace(self, content=b"")

    def fit(self, width_mm: float, height_mm: float) -> tuple[int, int]:
        """Width and height in EMU inside the given box; a small picture is not blown up below 96 dpi."""
        natural = 914_400 / _LOWEST_DPI
        scale = min(width_mm * _EMU_PER_MM / self.width, height_mm * _EMU_PER_MM / self.height, natural)
        return round(self.width * scale), round(self.height * scale)


def prepare(content: bytes, name: str) -> Picture:
    """Scale, turn upright and strip one picture; `name` is what a complaint calls it."""
    unreadable = UserError(
        f"图片“{name}”不能读取（文件损坏，或不是 JPEG、PNG、BMP、TIFF、WebP 图片），请换一个文件后再导出。"
    )
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            jpeg = _read_jpeg(content) if image.format in _JPEGS else None
            _demand_decent(image, jpeg.scans if jpeg else content.count(_SCAN), name)
            with _ONE_LARGE_AT_A_TIME if image.width * image.height > _LARGE else nullcontext():
                if jpeg and jpeg.size <= _MOST_KEPT and max(image.size) <= LONGEST_SIDE and _upright(image):
                    return _stripped(content, jpeg, image)
                return _encoded(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
        raise _too_large(name) from error
    except (OSError, SyntaxError, ValueError, struct.error, IndexError) as error:
        raise unreadable from error


def _demand_decent(image: Image.Image, scans: int, name: str) -> None:
    """Judge by what the file says of itself, before a pixel is decoded."""
    pixels = image.width * image.height
    if pixels > _MOST_PIXELS:
        raise _too_large(name)
    if image.format in _JPEGS and pixels * scans > _MOST_DECODED:
        raise UserError(f"图片“{name}”要反复解开很多遍，像是有意做坏的，未导出；请换一个文件后再导出。")


def _too_large(name: str) -> UserError:
    return UserError(f"图片“{name}”超过 5000 万像素，可能会耗尽内存，未导出；请缩小图片后再导出。")


def _upright(image: Image.Image) -> bool:
    return image.getexif().get(_ORIENTATION, 1) == 1 and image.mode in ("L", "RGB")


def _encoded(image: Image.Image) -> Picture:
    few_colours = image.mode in ("1", "L", "P")
    image.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a JPEG is decoded no larger than needed
    upright = ImageOps.exif_transpose(image)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        flat = Image.new("RGB", upright.size, "white")
        colours = upright.convert("RGBA")
        flat.paste(colours, mask=colours.getchannel("A"))
        upright = flat
    if upright.mode.startswith(("I", "F")):
        upright = upright.convert("F").point(lambda value: value / 256).convert("L")
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    clean = upright.convert("L" if few_colours and upright.mode in ("1", "L") else "RGB")
    clean.info.clear()
    target = BytesIO()
    if image.format in ("PNG", "BMP", "TIFF") and clean.getcolors(256):
        clean.save(target, "PNG")
        return Picture(target.getvalue(), "png", *clean.size)
    clean.save(target, "JPEG", quality=85)
    return Picture(target.getvalue(), "jpeg", *clean.size)


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


def _stripped(content: bytes, jpeg: _Jpeg, image: Image.Image) -> Picture:
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
    return Picture(b"".join((*jpeg.facts, content[jpeg.start : jpeg.end])), "jpeg", *size)


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
