"""Pictures (Pillow): refused by their claimed size before a pixel is decoded, shown upright, no larger than asked."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

from PIL import Image, ImageFile

from xuncha_desktop.decoding.kinds import MOST_SHOWN_PIXELS, Refused

BROKEN = "文件不完整，缺少的部分显示不出来。"
MOST_PIXELS = 50_000_000
TOO_LARGE = "超过 5000 万像素，解开它可能耗尽内存"
_FORMATS = ("PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF")
_ORIENTATION = 0x0112
_UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
TURNED = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}

Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


def count(content: bytes) -> int:
    """How many pages a picture has: only a TIFF has more than one."""
    with _opened(content, 1) as image:
        return _pages(image)


def render(content: bytes, number: int, turn: int, box: tuple[int, int] | None) -> tuple[Image.Image, str]:
    """One page as it is to be seen, and a note where some of it is missing.

    It is made smaller to fit into the box; without one it keeps every pixel.
    """
    try:
        return _decoded(content, number, turn, box), ""
    except (OSError, SyntaxError, ValueError):
        ImageFile.LOAD_TRUNCATED_IMAGES = True
        try:
            return _decoded(content, number, turn, box), BROKEN
        finally:
            ImageFile.LOAD_TRUNCATED_IMAGES = False


def is_photo(content: bytes) -> bool:
    """Whether a picture was stored with losses already, as photographs are."""
    with _opened(content, 1) as image:
        return image.format in ("JPEG", "MPO", "WEBP")


@contextmanager
def _opened(content: bytes, number: int) -> Iterator[Image.Image]:
    try:
        with Image.open(BytesIO(content), formats=_FORMATS) as image:
            _demand_decent(image)
            if number > 1:
                if number > (pages := _pages(image)):
                    raise Refused(f"只有 {pages} 页，没有第 {number} 页")
                image.seek(number - 1)
                _demand_decent(image)
            yield image
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise Refused(TOO_LARGE) from error


def _decoded(content: bytes, number: int, turn: int, box: tuple[int, int] | None) -> Image.Image:
    with _opened(content, number) as image:
        if box:
            image.draft("RGB", (max(box), max(box)))  # a JPEG is decoded no larger than needed
        image.load()
        # After loading: a TIFF is turned by that, and forgets that it had to be.
        orientation = image.getexif().get(_ORIENTATION, 1)
        plain = _plain(image)
    if box:
        sideways = (orientation in (5, 6, 7, 8)) != (turn in (90, 270))
        plain.thumbnail((box[1], box[0]) if sideways else box, reducing_gap=2.0)
        if (excess := plain.width * plain.height / MOST_SHOWN_PIXELS) > 1:
            plain.thumbnail((int(plain.width / excess**0.5), int(plain.height / excess**0.5)))
    for step in (_UPRIGHT.get(orientation), TURNED.get(turn)):
        plain = plain if step is None else plain.transpose(step)
    return plain


def _plain(image: Image.Image) -> Image.Image:
    """The same in RGB or grey on white, without what a camera or a scanner wrote into it."""
    if image.mode in ("1", "L"):
        plain = image.convert("L")
    elif image.mode.startswith(("I", "F")):
        plain = eight_bits(image)
    elif image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or "transparency" in image.info:
        plain = on_white(image)
    else:
        plain = image if image.mode == "RGB" else image.convert("RGB")
    plain.info.clear()
    return plain


def eight_bits(image: Image.Image) -> Image.Image:
    """Deep greys (I, F) as a screen or a printer can show them."""
    return image.convert("F").point(lambda value: value / 256).convert("L")


def on_white(image: Image.Image) -> Image.Image:
    """What is seen of a picture with transparent places."""
    colours = image.convert("RGBA")
    flat = Image.new("RGB", image.size, "white")
    flat.paste(colours, mask=colours.getchannel("A"))
    return flat


def _pages(image: Image.Image) -> int:
    return getattr(image, "n_frames", 1) if image.format == "TIFF" else 1


def _demand_decent(image: Image.Image) -> None:
    if image.width * image.height > MOST_PIXELS:
        raise Refused(TOO_LARGE)
