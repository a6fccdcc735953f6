"""Pictures on their way into a Word file: those made to do harm are refused, the others lose nothing but notes."""

from io import BytesIO
from random import Random

import pytest
from PIL import Image

from tests.decoding.conftest import Made
from tests.support import hostile_files
from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.decoding.kinds import Refused
from xuncha_desktop.decoding.printed import LONGEST_SIDE, prepare
from xuncha_desktop.errors import UserError


def jpeg(colour: int, size: tuple[int, int] = (160, 120), **options: object) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, (colour, 90, 200 - colour)).save(target, "JPEG", **options)
    return target.getvalue()


def grainy(size: tuple[int, int], **options: object) -> bytes:
    target = BytesIO()
    Image.frombytes("RGB", size, Random(3).randbytes(size[0] * size[1] * 3)).save(target, "JPEG", **options)
    return target.getvalue()


def many_scans(times: int) -> bytes:
    """A progressive JPEG of a megapixel in which one scan is ordered again and again."""
    content = jpeg(7, (1000, 1000), progressive=True)
    last = content.rindex(b"\xff\xda")
    return content[:-2] + content[last:-2] * times + content[-2:]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (hostile_files.png(60_000, 60_000), "超过 5000 万像素"),
        (hostile_files.png(8_000, 8_000), "超过 5000 万像素"),
        (hostile_files.png(4_000, 4_000), "不能读取"),
        (hostile_files.tiff((60_000, 60_000)), "超过 5000 万像素"),
        (hostile_files.tiff((4_000, 4_000)), "不能读取"),
        (hostile_files.SVG, "不能读取"),
        (hostile_files.locked_pdf(), "不能读取"),
        (many_scans(2000), "要反复解开很多遍"),
        (b"\xff\xd8" + b"\xff\xe1\xff\xff" * 20_000, "不能读取"),
        (jpeg(1)[:-2], "不能读取"),
    ],
    ids=["png", "png 64", "png row", "tiff", "tiff strip", "svg", "pdf", "scans", "segments", "no end"],
)
def test_a_picture_made_to_do_harm_is_refused(decoder: Decoder, made: Made, content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=f"“甲”{words}.*不能导出"):
        decoder.printed(made("甲", content))


def test_the_helper_gives_what_is_made_in_it(decoder: Decoder, made: Made) -> None:
    content = grainy((2000, 1500))
    printed = decoder.printed(made("甲", content))
    assert (printed.content, printed.suffix, printed.width, printed.height) == prepare(content)
    assert (printed.width, printed.height) == (LONGEST_SIDE, 1200)


def test_a_picture_that_says_it_is_empty_is_refused() -> None:
    content = bytearray(jpeg(1))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 7] = b"\0\0"
    with pytest.raises(Refused, match="不能读取"):
        prepare(bytes(content))


def test_a_progressive_picture_with_the_usual_scans_keeps_its_data() -> None:
    content = grainy((400, 300), progressive=True, quality=90)
    assert Image.open(BytesIO(prepare(content).content)).tobytes() == Image.open(BytesIO(content)).tobytes()


def test_what_is_stuffed_into_a_picture_does_not_reach_the_file() -> None:
    content = jpeg(1)
    stuffed = content[:-2] + b"\0" * 4_000_000 + content[-2:]
    assert len(prepare(stuffed).content) < 20_000


@pytest.mark.parametrize("place", ["head", "data"])
def test_a_spoilt_picture_is_refused_or_still_opens(place: str) -> None:
    content, random = grainy((300, 200), quality=80), Random(5)
    start = content.index(b"\xff\xda") + 14
    refused = 0
    for _ in range(150):
        spoilt = bytearray(content)
        for _ in range(random.choice((1, 5, 50))):
            at = random.randrange(2, start) if place == "head" else random.randrange(start, len(content) - 2)
            spoilt[at] = random.randrange(256)
        try:
            printed = prepare(bytes(spoilt))
        except Refused:
            refused += 1
        else:
            Image.open(BytesIO(printed.content)).load()
    assert refused >= 3


def test_a_picture_is_turned_as_it_was_turned_to_be_looked_at(decoder: Decoder, made: Made) -> None:
    image = Image.new("RGB", (60, 40), "white")
    image.paste((0, 0, 0), (0, 0, 10, 10))
    content = BytesIO()
    image.save(content, "PNG")
    printed = decoder.printed(made("甲", content.getvalue()), 90)
    turned = Image.open(BytesIO(printed.content)).convert("RGB")
    assert (printed.width, printed.height) == turned.size == (40, 60)
    assert (turned.getpixel((38, 2)), turned.getpixel((2, 2))) == ((0, 0, 0), (255, 255, 255))
