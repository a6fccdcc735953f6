"""Draws what the sample's evidence shows: a page of text, or a place seen by a camera; always marked as invented."""

from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from random import Random

from PIL import Image, ImageDraw, ImageFont

MARK = "示例　虚构"
_PAGE = (1000, 1414)
_PHOTO = (1440, 1080)
_FONTS = (
    ("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc", 2),
    ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0),
    ("/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc", 0),
    ("C:/Windows/Fonts/msyh.ttc", 0),
    ("C:/Windows/Fonts/simsun.ttc", 0),
    ("/System/Library/Fonts/PingFang.ttc", 0),
    ("/System/Library/Fonts/STHeiti Light.ttc", 0),
)
_Colour = tuple[int, int, int]


def page(title: str, lines: Sequence[str], footer: str, ruled: bool) -> Image.Image:
    """A typed A4 page; `ruled` puts each line into a row of a table, as ledgers and vouchers have it."""
    image = Image.new("RGB", _PAGE, (252, 251, 247))
    _watermark(image)
    draw = ImageDraw.Draw(image)
    _text(draw, (_PAGE[0] // 2, 150), title, 36 if len(title) < 22 else 28, (30, 30, 30), "mm")
    draw.line((110, 200, 890, 200), fill=(150, 40, 40), width=3)
    for row, line in enumerate(lines):
        top = 250 + row * 62
        if ruled:
            draw.rectangle((110, top, 890, top + 62), outline=(120, 120, 120))
        _text(draw, (130, top + 31), line, 26, (40, 40, 40), "lm")
    for row in range(len(lines) + 1, 14):
        draw.line((110, 250 + row * 62, 890, 250 + row * 62), fill=(225, 225, 220))
    _text(draw, (_PAGE[0] // 2, 1340), footer, 20, (110, 110, 110), "mm")
    return image


def photo(caption: Sequence[str], random: Random) -> Image.Image:
    """The place that the caption names, with the grain of a camera and the caption on a strip at the foot."""
    image = Image.new("RGB", _PHOTO, (178, 198, 214))
    named = [scene for words, scene in _SCENES.items() if any(word in caption[0] for word in words)]
    random.choice(named or [*_SCENES.values()])(ImageDraw.Draw(image), random)
    image = Image.blend(image, _grain(random), 0.12)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 950, *_PHOTO), fill=(28, 32, 38))
    for row, line in enumerate((*caption[:2],)):
        _text(draw, (36, 984 + row * 48), line, 32, (245, 245, 245), "lm")
    _text(draw, (_PHOTO[0] - 36, 1008), MARK, 32, (245, 210, 90), "rm")
    return image


def _street(draw: ImageDraw.ImageDraw, random: Random) -> None:
    draw.rectangle((0, 690, _PHOTO[0], 950), fill=(168, 166, 158))
    for left in range(0, _PHOTO[0], 240):
        top, shade = random.randint(160, 420), random.randint(120, 205)
        draw.rectangle((left, top, left + 232, 700), fill=(shade, shade - 12, shade - 30))
        for y in range(top + 40, 640, 90):
            for x in range(left + 24, left + 200, 70):
                draw.rectangle((x, y, x + 40, y + 52), fill=(70, 84, 98))
    draw.polygon(((0, 950), (_PHOTO[0], 950), (980, 700), (440, 700)), fill=(92, 94, 96))
    for step in range(5):
        draw.polygon(_quad(720, 720 + step * 46, 6 + step * 3, 26), fill=(230, 228, 214))
    _heap(draw, random, 200, 930)


def _field(draw: ImageDraw.ImageDraw, random: Random) -> None:
    draw.polygon(
        ((0, 520), (360, 380), (760, 500), (1120, 360), (1440, 480), (1440, 600), (0, 600)), fill=(96, 128, 104)
    )
    draw.rectangle((0, 560, _PHOTO[0], 950), fill=(132, 142, 84))
    for x in range(-400, 1900, 90):
        draw.line((720 + (x - 720) // 4, 560, x, 950), fill=(108, 116, 66), width=7)
    draw.polygon(((620, 950), (1120, 950), (860, 560), (790, 560)), fill=(176, 168, 150))
    _heap(draw, random, 980, 880)


def _room(draw: ImageDraw.ImageDraw, random: Random) -> None:
    draw.rectangle((0, 0, *_PHOTO), fill=(206, 200, 188))
    draw.polygon(((0, 950), (_PHOTO[0], 950), (1060, 660), (380, 660)), fill=(142, 130, 116))
    draw.rectangle((380, 140, 1060, 660), fill=(222, 217, 206), outline=(160, 154, 142), width=4)
    draw.rectangle((600, 260, 840, 660), fill=(118, 92, 70))
    for x in (90, 1180):
        draw.rectangle((x, 220, x + 180, 620), fill=(176, 186, 192), outline=(110, 116, 120), width=6)
    _heap(draw, random, 240, 900)


def _bridge(draw: ImageDraw.ImageDraw, random: Random) -> None:
    draw.rectangle((0, 480, _PHOTO[0], 950), fill=(112, 142, 148))
    draw.polygon(((0, 480), (0, 660), (300, 560), (420, 480)), fill=(112, 132, 92))
    draw.polygon(((360, 950), (1080, 950), (820, 430), (660, 430)), fill=(170, 166, 158))
    missing = random.randint(3, 5)
    for step in range(9):
        near, height = step * 34, 40 + step * 13
        for x, broken in ((656 - near, missing <= step < missing + 3), (824 + near, False)):
            y = 450 + step * 56
            if broken:
                draw.line((x, y - 20, x - 34, y + 36), fill=(200, 60, 50), width=5)
            else:
                draw.rectangle((x - 6, y - height, x + 6, y), fill=(206, 202, 192), outline=(90, 90, 86))


def _board(draw: ImageDraw.ImageDraw, random: Random) -> None:
    draw.rectangle((0, 640, _PHOTO[0], 950), fill=(150, 146, 136))
    draw.rectangle((150, 130, 1290, 700), fill=(142, 40, 38))
    draw.rectangle((190, 210, 1250, 660), fill=(226, 230, 228))
    for index in range(12):
        left, top = 220 + index % 6 * 170, 230 + index // 6 * 210
        if index < 7:
            draw.rectangle((left, top, left + 140, top + 190), fill=(250, 250, 244), outline=(150, 150, 146))
            for row in range(9):
                draw.line(
                    (left + 14, top + 22 + row * 18, left + random.randint(70, 126), top + 22 + row * 18), (120,) * 3, 3
                )
        else:
            draw.rectangle((left, top, left + 140, top + 190), outline=(190, 194, 192), width=2)


_SCENES: Mapping[tuple[str, ...], Callable[[ImageDraw.ImageDraw, Random], None]] = {
    ("图斑", "鱼塘"): _field,
    ("出租房", "通道", "钢棚"): _room,
    ("桥",): _bridge,
    ("公开栏",): _board,
    ("管网", "市场", "入户"): _street,
}


def _heap(draw: ImageDraw.ImageDraw, random: Random, left: int, bottom: int) -> None:
    for _ in range(9):
        x, width, height = left + random.randint(0, 240), random.randint(60, 150), random.randint(24, 70)
        shade = random.randint(90, 190)
        y = bottom - random.randint(0, 120)
        draw.rectangle(
            (x, y - height, x + width, y), fill=(shade, shade - 20, shade - 46), outline=(70, 60, 50), width=3
        )


def _quad(x: int, y: int, width: int, height: int) -> tuple[tuple[int, int], ...]:
    return (x - width, y), (x + width, y), (x + width + 3, y + height), (x - width - 3, y + height)


def _grain(random: Random) -> Image.Image:
    width, height = _PHOTO[0] // 3, _PHOTO[1] // 3
    noise = Image.frombytes("L", (width, height), random.randbytes(width * height))
    return noise.resize(_PHOTO, Image.Resampling.BILINEAR).convert("RGB")


def _watermark(image: Image.Image) -> None:
    layer = Image.new("L", (760, 200), 0)
    _text(ImageDraw.Draw(layer), (380, 100), MARK, 110, 34, "mm")
    turned = layer.rotate(28, expand=True)
    image.paste((190, 60, 60), ((_PAGE[0] - turned.width) // 2, 620), turned)


def _text(
    draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, size: int, fill: _Colour | int, anchor: str
) -> None:
    font = _font(size)
    if font:
        draw.text(at, text, font=font, fill=fill, anchor=anchor)
        return
    width = len(text) * size
    left = at[0] - {"l": 0, "m": width // 2, "r": width}[anchor[0]]
    for index in range(len(text)):
        x = left + index * size
        draw.rectangle((x, at[1] - size // 2 + 3, x + size - 5, at[1] + size // 2 - 3), fill=fill)


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | None:
    for file, index in _FONTS:
        if Path(file).exists():
            return ImageFont.truetype(file, size, index=index)
    return None
