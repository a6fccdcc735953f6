"""Files made to do harm: each is refused or shown with a sentence, and the memory stays bounded."""

import resource
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.decoding.conftest import Made
from tests.support import hostile_files as hostile
from tests.support.hostile_files import docx, paragraph
from xuncha_desktop.decoding.decoder import Decoder, Source
from xuncha_desktop.errors import UserError

MOST_HELPER_MEMORY = 300 << 10  # KiB, of what survives
MOST_PROGRAM_MEMORY = 80 << 10
SILENCE = 6

REFUSED: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "zip bomb": ("a.docx", hostile.huge_part, "的压缩程度异常"),
    "lying size": ("a.xlsx", hostile.lying_about_its_size, "的压缩程度异常"),
    "overlap": ("a.docx", hostile.overlapping, "互相重叠"),
    "external entity": ("a.docx", lambda: docx(before=hostile.EXTERNAL_ENTITY), "外部实体"),
    "external entity in xlsx": ("a.xlsx", lambda: docx(before=hostile.EXTERNAL_ENTITY), "外部实体"),
    "billion laughs": ("a.docx", lambda: docx(before=hostile.LAUGHS), "外部实体"),
    "deep xml": ("a.docx", lambda: docx("<w:p>" * 200_000), "已损坏或格式不合规范"),
    "no body": ("a.docx", lambda: hostile.package({"a.xml": "<a/>"}), "找不到正文"),
    "macros": ("a.docm", docx, "可以带宏"),
    "macros in disguise": ("a.docx", lambda: docx(more={"word/vbaProject.bin": "x"}), "带有宏"),
    "macro workbook": ("a.xlsm", docx, "可以带宏"),
    "program": ("a.pdf", lambda: b"MZ\x90\0" + bytes(100), "程序或脚本"),
    "png of 3600 megapixels": ("a.png", lambda: hostile.png(60_000, 60_000), "超过 5000 万像素"),
    "png of 60 megapixels": ("a.png", lambda: hostile.png(60_000, 1000), "超过 5000 万像素"),
    "tiff of 3600 megapixels": ("a.tif", lambda: hostile.tiff((60_000, 60_000)), "超过 5000 万像素"),
    "svg": ("a.svg", lambda: hostile.SVG, "引用外部内容的网页或图形"),
    "svg in disguise": ("a.png", lambda: hostile.SVG, "不是真正的 PNG"),
    "garbage as pdf": ("a.pdf", lambda: b"garbage" * 99, "不是真正的 PDF"),
    "garbage after a head": ("a.pdf", lambda: b"%PDF-1.7\n" + b"\xff\0garbage" * 999, "已损坏"),
    "locked pdf": ("a.pdf", hostile.locked_pdf, "设有打开口令"),
    "deep pdf": ("a.pdf", hostile.deep_pdf, "已损坏"),
    "pdf of 2 GB in 30 KB": ("a.pdf", hostile.inflating_pdf, "使解码程序停止工作"),
    "pdf that never ends": ("a.pdf", hostile.pdf_eating_itself, ""),  # too long or too much, whichever comes first
    "garbage as docx": ("a.docx", lambda: b"garbage" * 99, "已损坏"),
    "garbage as text": ("a.txt", lambda: bytes(range(256)) * 9, "不是文本"),
    "nothing": ("a.jpg", lambda: b"", "空文件"),
    "old office": ("a.doc", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900), "旧格式"),
    "photo of a phone": ("a.heic", lambda: b"\0\0\0\x18ftypheic" + bytes(900), "请转成 JPG 再存入一份"),
    "something unknown": ("a.xyz", lambda: b"whatever", "程序里不显示的格式"),
}


@pytest.fixture(scope="module")
def hurried() -> Iterator[Decoder]:
    """A decoder that does not wait for long."""
    with Decoder(silence=SILENCE) as decoder:
        yield decoder


def look_at(decoder: Decoder, source: Source) -> None:
    """What the viewer does with any file."""
    if decoder.count(source):
        decoder.page(source, 1, 800, 600)
    else:
        decoder.text(source)


def memory_of(decoder: Decoder) -> int:
    """The most memory the helper that now runs ever had, in KiB."""
    if decoder._process is None:
        return 0
    status = Path(f"/proc/{decoder._process.pid}/status").read_text()
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_a_sentence_and_little_memory(hurried: Decoder, made: Made, case: str) -> None:
    name, make, cause = REFUSED[case]
    source = made(name, make())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(UserError) as refused:
        look_at(hurried, source)
    sentence = str(refused.value)
    assert sentence.startswith(f"“{name}”")
    assert cause in sentence
    assert sentence.endswith("。")
    assert memory_of(hurried) < MOST_HELPER_MEMORY
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MOST_PROGRAM_MEMORY


def test_after_all_of_them_a_good_file_is_shown(hurried: Decoder, made: Made) -> None:
    assert hurried.text(made("好.docx", docx(paragraph("谈话记录")))).parts == ("谈话记录",)


def test_a_bomb_inside_is_left_inside(decoder: Decoder, made: Made) -> None:
    assert decoder.text(made("套娃.docx", hostile.nested_bomb())).parts == ("外层正文",)
    assert memory_of(decoder) < MOST_HELPER_MEMORY


STRANGE: dict[str, Callable[[], bytes]] = {
    "arrays in arrays": hostile.pdf_of_arrays,
    "a picture of 3600 megapixels": lambda: hostile.pdf_with_image(60_000, 60_000),
    "a page as large as a country": lambda: hostile.pdf_of_texts(["a"], b"0 0 1e9 1e9"),
}


@pytest.mark.parametrize("case", STRANGE)
def test_a_strange_pdf_is_shown_as_far_as_it_goes(decoder: Decoder, made: Made, case: str) -> None:
    page = decoder.page(made("怪.pdf", STRANGE[case]()), 1, 400, 400)
    assert max(page.width, page.height) <= 400
    assert memory_of(decoder) < MOST_HELPER_MEMORY


def test_a_second_page_is_measured_as_well(decoder: Decoder, made: Made) -> None:
    source = made("扫描.tif", hostile.tiff((4, 4), (60_000, 60_000)))
    assert decoder.count(source) == 2
    assert decoder.page(source, 1, 100).width == 4
    with pytest.raises(UserError, match="超过 5000 万像素"):
        decoder.page(source, 2, 100)


def test_a_file_beyond_all_measure_is_not_even_read(decoder: Decoder, tmp_path: Path) -> None:
    large = tmp_path / "录像.pdf"
    with large.open("wb") as file:
        file.truncate(200_000_001)
    with pytest.raises(UserError, match="超过 200 MB"):
        decoder.count(Source("录像.pdf", "0" * 64, lambda: large.open("rb")))
