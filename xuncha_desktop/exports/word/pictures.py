"""Pictures on their way into a Word file: no larger than a page needs, without what a camera wrote into them."""

import re
import struct
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO

from PIL import Image, ImageOps

from xuncha_desktop.errors import UserError

LONGEST_SIDE = 1600
_MOST_PIXELS = 50_000_000
_FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "WEBP")
_ORIENTATION = 0x0112
_MARKER_IN_SCAN = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_EMU_PER_MM = 36_000
_LOWEST_DPI = 96


@dataclass(frozen=True)
class Picture:
    """A picture ready to stand in the file: its bytes, their kind and the pixels they hold."""

    content: bytes
    suffix: str
    width: int
    height: int

    @property
    def digest(self) -> str:
        """What two equal pictures have in common."""
        return sha256(self.content).hexdigest()

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
            if image.width * image.height > _MOST_PIXELS:
                raise _too_large(name)
            if image.format == "JPEG" and max(image.size) <= LONGEST_SIDE and _upright(image):
                return _stripped(content, image)
            return _encoded(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _too_large(name) from error
    except (OSError, SyntaxError, ValueError, struct.error, IndexError) as error:
        raise unreadable from error


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


def _stripped(content: bytes, image: Image.Image) -> Picture:
    """A JPEG that fits keeps its image data, so nothing is lost twice; all else in the file is left out.

    It is decoded once at an eighth of its size, so a broken one is found here and not by Word.
    """
    size = image.size
    image.draft(image.mode, (size[0] // 8, size[1] // 8))
    image.load()
    kept = [b"\xff\xd8"]
    position = 2
    while content[position + 1] != 0xDA:
        end = position + 2 + int.from_bytes(content[position + 2 : position + 4])
        if _needed(content[position + 1], content[position + 4 : position + 16]):
            kept.append(content[position:end])
        position = end
    kept.append(content[position : _end_of_image(content, position)])
    return Picture(b"".join(kept), "jpeg", *size)


def _needed(marker: int, beginning: bytes) -> bool:
    """Tables, frame and colour facts stay; cameras' notes (APPn) and comments go."""
    if marker == 0xE2:
        return beginning.startswith(b"ICC_PROFILE")
    return marker in (0xE0, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _end_of_image(content: bytes, position: int) -> int:
    """The byte behind the end mark; what follows it is no part of the picture."""
    while True:
        position += 2 + int.from_bytes(content[position + 2 : position + 4])
        found = _MARKER_IN_SCAN.search(content, position)
        if found is None:
            raise ValueError("JPEG without an end")
        if found.group() == b"\xff\xd9":
            return found.end()
        position = found.start()
