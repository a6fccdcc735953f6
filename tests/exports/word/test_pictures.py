"""Pictures made to do harm, or simply many of them: refused before they are decoded, in order, a few at a time."""

import threading
import time
import zipfile
from io import BytesIO
from pathlib import Path
from random import Random

import pytest
from docx import Document
from PIL import Image

from tests.exports.documents import make_template
from tests.support import hostile_files
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.exports.word.check import faults
from xuncha_desktop.exports.word.pictures import prepare
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

TAGS = ("{%p for key in keys %}", "{{ key|picture(100, 80) }}", "{%p endfor %}")


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


def media(path: Path) -> list[bytes]:
    """The stored pictures in the order of the file."""
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in package.namelist() if name.startswith("word/media/")]


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
def test_a_picture_made_to_do_harm_is_refused_at_once(content: bytes, words: str) -> None:
    with pytest.raises(UserError, match=words):
        prepare(content, "甲")


def test_a_picture_that_says_it_is_empty_is_refused() -> None:
    content = bytearray(jpeg(1))
    frame = content.index(b"\xff\xc0")
    content[frame + 5 : frame + 7] = b"\0\0"
    with pytest.raises(UserError, match="不能读取"):
        prepare(bytes(content), "甲")


def test_a_progressive_picture_with_the_usual_scans_keeps_its_data() -> None:
    content = grainy((400, 300), progressive=True, quality=90)
    assert Image.open(BytesIO(prepare(content, "甲").content)).tobytes() == Image.open(BytesIO(content)).tobytes()


def test_what_is_stuffed_into_a_picture_does_not_reach_the_file() -> None:
    content = jpeg(1)
    stuffed = content[:-2] + b"\0" * 4_000_000 + content[-2:]
    assert len(prepare(stuffed, "甲").content) < 20_000


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
            made = prepare(bytes(spoilt), "甲")
        except UserError:
            refused += 1
        else:
            Image.open(BytesIO(made.content)).load()
    assert refused >= 3


def test_many_pictures_stand_in_the_order_of_the_file_whichever_is_ready_first(tmp_path: Path) -> None:
    def slowly(key: str) -> bytes:
        time.sleep(Random(key).random() / 100)
        return jpeg(5 * int(key))

    template = make_template(tmp_path / "模板.docx", *TAGS)
    keys = [str(number) for number in range(40)]
    for name in ("一.docx", "二.docx"):
        render(template, {"keys": keys}, tmp_path / name, Progress(), slowly)
    assert media(tmp_path / "一.docx") == [prepare(jpeg(5 * int(key)), "").content for key in keys]
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()
    assert faults(tmp_path / "一.docx") == []


def test_only_a_few_pictures_are_held_at_a_time(tmp_path: Path) -> None:
    asked = 0
    most_ahead = 0

    def source(key: str) -> bytes:
        nonlocal asked, most_ahead
        asked += 1
        most_ahead = max(most_ahead, asked - written)
        return jpeg(int(key) % 200)

    def report(_: int, __: int, text: str) -> None:
        nonlocal written
        written += text.endswith("张图片")

    written = 0
    template = make_template(tmp_path / "模板.docx", *TAGS)
    render(template, {"keys": [str(n) for n in range(120)]}, tmp_path / "结果.docx", Progress(report), source)
    assert asked == 120
    assert most_ahead <= 12


def test_a_broken_picture_among_many_is_named_and_nothing_is_left(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", *TAGS)
    keys = [str(number) for number in range(30)]
    with pytest.raises(UserError, match=r"图片“keys\[17\]”不能读取"):
        render(template, {"keys": keys}, tmp_path / "结果.docx", Progress(), lambda k: b"" if int(k) >= 17 else jpeg(1))
    assert [path.name for path in tmp_path.iterdir()] == ["模板.docx"]


def test_a_cancel_does_not_wait_for_a_slow_picture(tmp_path: Path) -> None:
    progress, release = Progress(), threading.Event()

    def stuck(_: str) -> bytes:
        progress.cancel()
        assert release.wait(60)
        return jpeg(1)

    template = make_template(tmp_path / "模板.docx", *TAGS)
    with pytest.raises(Cancelled):
        render(template, {"keys": ["1", "2"]}, tmp_path / "结果.docx", progress, stuck)
    release.set()
    assert [path.name for path in tmp_path.iterdir()] == ["模板.docx"]


def test_a_picture_that_is_asked_for_and_not_printed_is_not_in_the_file(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "{% set unseen = a|picture %}{{ b|picture }}")
    render(template, {"a": "1", "b": "2"}, tmp_path / "结果.docx", Progress(), lambda key: jpeg(int(key)))
    assert media(tmp_path / "结果.docx") == [prepare(jpeg(2), "").content]
    assert len(Document(str(tmp_path / "结果.docx")).inline_shapes) == 1


@pytest.mark.parametrize("box", ["0, 10", "-5, 10", "10 ** 9, 10", "'a', 10"])
def test_a_box_of_no_size_is_a_fault_of_the_template(tmp_path: Path, box: str) -> None:
    template = make_template(tmp_path / "模板.docx", f"{{{{ a|picture({box}) }}}}")
    with pytest.raises(UserError, match=r"模板“模板\.docx”"):
        render(template, {"a": "1"}, tmp_path / "结果.docx", Progress(), lambda _: jpeg(1))
