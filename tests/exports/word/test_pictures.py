"""Many pictures in one document: in order, a few at a time, nothing left of a document that fails."""

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
from xuncha_desktop.decoding.printed import prepare
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.exports.word.check import faults
from xuncha_desktop.exports.word.pictures import Original
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

TAGS = ("{%p for key in keys %}", "{{ key|picture(100, 80) }}", "{%p endfor %}")


def jpeg(colour: int, size: tuple[int, int] = (160, 120), **options: object) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, (colour, 90, 200 - colour)).save(target, "JPEG", **options)
    return target.getvalue()


def media(path: Path) -> list[bytes]:
    """The stored pictures in the order of the file."""
    with zipfile.ZipFile(path) as package:
        return [package.read(name) for name in package.namelist() if name.startswith("word/media/")]


def test_many_pictures_stand_in_the_order_of_the_file_whichever_is_ready_first(tmp_path: Path) -> None:
    def slowly(key: str) -> Original:
        time.sleep(Random(key).random() / 100)
        return Original(jpeg(5 * int(key)), key)

    template = make_template(tmp_path / "模板.docx", *TAGS)
    keys = [str(number) for number in range(40)]
    for name in ("一.docx", "二.docx"):
        render(template, {"keys": keys}, tmp_path / name, Progress(), slowly)
    assert media(tmp_path / "一.docx") == [prepare(jpeg(5 * int(key))).content for key in keys]
    assert (tmp_path / "一.docx").read_bytes() == (tmp_path / "二.docx").read_bytes()
    assert faults(tmp_path / "一.docx") == []


def test_only_a_few_pictures_are_held_at_a_time(tmp_path: Path) -> None:
    asked = 0
    most_ahead = 0

    def source(key: str) -> Original:
        nonlocal asked, most_ahead
        asked += 1
        most_ahead = max(most_ahead, asked - written)
        return Original(jpeg(int(key) % 200), key)

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

    def source(key: str) -> Original:
        return Original(b"" if int(key) >= 17 else jpeg(1), f"照片{key}")

    with pytest.raises(UserError, match=r"“照片17”不能读取.*不能导出；请缩小或换一张图片后再导出。"):
        render(template, {"keys": keys}, tmp_path / "结果.docx", Progress(), source)
    assert [path.name for path in tmp_path.iterdir()] == ["模板.docx"]


def test_a_cancel_does_not_wait_for_a_slow_picture(tmp_path: Path) -> None:
    progress, release = Progress(), threading.Event()

    def stuck(key: str) -> Original:
        progress.cancel()
        assert release.wait(60)
        return Original(jpeg(1), key)

    template = make_template(tmp_path / "模板.docx", *TAGS)
    with pytest.raises(Cancelled):
        render(template, {"keys": ["1", "2"]}, tmp_path / "结果.docx", progress, stuck)
    release.set()
    assert [path.name for path in tmp_path.iterdir()] == ["模板.docx"]


def test_a_picture_that_is_asked_for_and_not_printed_is_not_in_the_file(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "{% set unseen = a|picture %}{{ b|picture }}")
    render(
        template, {"a": "1", "b": "2"}, tmp_path / "结果.docx", Progress(), lambda key: Original(jpeg(int(key)), key)
    )
    assert media(tmp_path / "结果.docx") == [prepare(jpeg(2)).content]
    assert len(Document(str(tmp_path / "结果.docx")).inline_shapes) == 1


@pytest.mark.parametrize("box", ["0, 10", "-5, 10", "10 ** 9, 10", "'a', 10"])
def test_a_box_of_no_size_is_a_fault_of_the_template(tmp_path: Path, box: str) -> None:
    template = make_template(tmp_path / "模板.docx", f"{{{{ a|picture({box}) }}}}")
    with pytest.raises(UserError, match=r"模板“模板\.docx”"):
        render(template, {"a": "1"}, tmp_path / "结果.docx", Progress(), lambda key: Original(jpeg(1), key))
