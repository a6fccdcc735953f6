"""Pages and thumbnails: upright, turned, fitted, in their own colours."""

import io

import pytest
from PIL import Image, ImageDraw

from tests.decoding.conftest import Made
from tests.support.hostile_files import pdf_of_texts
from xuncha_desktop.decoding.decoder import Decoder, Picture
from xuncha_desktop.errors import UserError

RED, GREEN, BLUE, WHITE = (255, 0, 0), (0, 128, 0), (0, 0, 255), (255, 255, 255)


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def signpost(mode: str = "RGB") -> Image.Image:
    """200 × 100, the upper left quarter red and the rest blue."""
    image = Image.new("RGB", (200, 100), BLUE)
    ImageDraw.Draw(image).rectangle((0, 0, 99, 49), fill=RED)
    return image.convert(mode)


def colour(picture: Picture, x: float, y: float) -> tuple[int, int, int]:
    """The colour at a place given in parts of width and height, rounded to its main colours."""
    image = Image.frombytes("RGB", (picture.width, picture.height), picture.pixels)
    found = image.getpixel((int(x * picture.width), int(y * picture.height)))
    assert isinstance(found, tuple)
    return tuple(255 if value > 127 else 0 for value in found)  # pyright: ignore[reportReturnType]


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "TIFF", "WEBP", "GIF"])
def test_each_format_is_shown_in_its_colours(decoder: Decoder, made: Made, kind: str) -> None:
    source = made(f"现场.{kind.lower()}", encoded(signpost(), kind))
    assert decoder.count(source) == 1
    picture = decoder.page(source, 1, 1000, 1000)
    assert (picture.width, picture.height, picture.note) == (200, 100, "")
    assert (colour(picture, 0.2, 0.2), colour(picture, 0.8, 0.8)) == (RED, BLUE)


def test_a_wrong_ending_does_not_matter(decoder: Decoder, made: Made) -> None:
    assert decoder.page(made("照片.jpg", encoded(signpost(), "PNG")), 1, 50).width == 50


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "RGBA", "CMYK", "I;16"])
def test_every_way_of_storing_colours_is_shown(decoder: Decoder, made: Made, mode: str) -> None:
    image = Image.new("I;16", (200, 100), 40_000) if mode == "I;16" else signpost(mode)
    content = encoded(image, "TIFF" if mode in ("CMYK", "I;16") else "PNG")
    assert len(decoder.page(made(f"{mode[0]}.png", content), 1, 100).pixels) == 100 * 50 * 3


def test_what_is_transparent_is_white(decoder: Decoder, made: Made) -> None:
    picture = decoder.page(made("章.png", encoded(Image.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG")), 1, 9)
    assert colour(picture, 0.5, 0.5) == WHITE


@pytest.mark.parametrize("kind", ["JPEG", "TIFF", "PNG", "WEBP"])
@pytest.mark.parametrize(("orientation", "place"), [(1, (0.2, 0.2)), (3, (0.8, 0.8)), (6, (0.8, 0.2)), (8, (0.2, 0.8))])
def test_a_camera_held_askew_is_put_right(
    decoder: Decoder, made: Made, kind: str, orientation: int, place: tuple[float, float]
) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = decoder.page(made(f"照片.{kind}", encoded(signpost(), kind, exif=exif)), 1, 120, 120)
    assert (picture.width > picture.height) == (orientation in (1, 3))
    assert colour(picture, *place) == RED
    assert colour(picture, 1 - place[0], 1 - place[1]) == BLUE


@pytest.mark.parametrize(("turn", "place"), [(0, (0.2, 0.2)), (90, (0.8, 0.2)), (180, (0.8, 0.8)), (270, (0.2, 0.8))])
def test_a_picture_is_turned_clockwise(decoder: Decoder, made: Made, turn: int, place: tuple[float, float]) -> None:
    picture = decoder.page(made("照片.png", encoded(signpost(), "PNG")), 1, 60, 60, turn)
    assert (picture.width, picture.height) == ((60, 30) if turn in (0, 180) else (30, 60))
    assert colour(picture, *place) == RED


def test_a_thumbnail_fits_into_its_square_and_is_never_larger_than_the_picture(decoder: Decoder, made: Made) -> None:
    large = decoder.thumbnail(made("大.jpg", encoded(Image.new("RGB", (4000, 3000), GREEN), "JPEG")), 160)
    small = decoder.thumbnail(made("小.png", encoded(Image.new("RGB", (20, 10), GREEN), "PNG")), 160)
    assert (large.width, large.height) == (160, 120)
    assert (small.width, small.height) == (20, 10)


def test_a_cut_off_jpeg_shows_what_is_there_and_says_so(decoder: Decoder, made: Made) -> None:
    noise = Image.effect_noise((800, 600), 90).convert("RGB")
    whole = encoded(noise, "JPEG", quality=90)
    picture = decoder.page(made("断.jpg", whole[: len(whole) // 2]), 1, 800)
    assert (picture.width, picture.height) == (800, 600)
    assert picture.note == "文件不完整，缺少的部分显示不出来。"
    image = Image.frombytes("RGB", (800, 600), picture.pixels)
    assert len(image.crop((0, 0, 800, 200)).getcolors(maxcolors=1 << 20) or ()) > 100
    assert decoder.page(made("全.jpg", whole), 1, 800).note == ""


def test_a_jpeg_without_anything_behind_its_head_is_refused(decoder: Decoder, made: Made) -> None:
    whole = encoded(signpost(), "JPEG")
    with pytest.raises(UserError, match=r"“断\.jpg”.+不能显示；文件仍原样保存"):
        decoder.page(made("断.jpg", whole[:40]), 1, 800)


def test_the_pages_of_a_scan_are_counted_and_shown(decoder: Decoder, made: Made) -> None:
    sheets = [Image.new("1", (100, 140), number % 2) for number in range(3)]
    source = made("扫描.tif", encoded(sheets[0], "TIFF", save_all=True, append_images=sheets[1:], compression="group4"))
    assert decoder.count(source) == 3
    assert [colour(decoder.page(source, number, 50), 0.5, 0.5) for number in (1, 2)] == [(0, 0, 0), WHITE]
    with pytest.raises(UserError, match="只有 3 页，没有第 4 页"):
        decoder.page(source, 4, 50)


def test_the_pages_of_a_pdf_are_counted_and_shown(decoder: Decoder, made: Made) -> None:
    source = made("会议纪要.pdf", pdf_of_texts(["第一页", "第二页"]))
    assert decoder.count(source) == 2
    wide = decoder.page(source, 1, 595)
    assert (wide.width, wide.height) == (595, 842)
    fitted = decoder.page(source, 2, 400, 400)
    assert fitted.height == 400
    turned = decoder.page(source, 2, 400, 400, 90)
    assert turned.width == 400
    assert turned.height < 400
    assert decoder.thumbnail(source, 160).height == 160
    assert colour(wide, 0.9, 0.9) == WHITE
    assert any(value < 99 for value in wide.pixels)
    with pytest.raises(UserError, match="只有 2 页，没有第 3 页"):
        decoder.page(source, 3, 100)


def test_what_was_filled_into_a_form_is_seen(decoder: Decoder, made: Made) -> None:
    from tests.support.hostile_files import pdf, stream

    look = b"/Type/XObject/Subtype/Form/BBox[0 0 80 80]"
    content = pdf(
        b"<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R]>>>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 100]/Annots[4 0 R]>>",
        b"<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(b)/F 4/Rect[10 10 90 90]/P 3 0 R/AP<</N 5 0 R>>>>",
        stream(b"1 0 0 rg 0 0 80 80 re f", look),
    )
    assert colour(decoder.page(made("表.pdf", content), 1, 100), 0.5, 0.5) == RED


def test_a_zoom_is_bounded(decoder: Decoder, made: Made) -> None:
    page = decoder.page(made("a.pdf", pdf_of_texts(["一"])), 1, 8000)
    assert page.width * page.height <= 16_100_000
    assert page.width > 3000


def test_a_long_screenshot_keeps_its_width(decoder: Decoder, made: Made) -> None:
    source = made("聊天.png", encoded(Image.new("L", (1080, 20_000), 200), "PNG"))
    page = decoder.page(source, 1, 800)
    assert (page.width, page.height) == (800, 14_815)
    largest = decoder.page(source, 1, 1080)
    assert largest.width > 900
    assert largest.width * largest.height <= 16_000_000


def test_a_text_has_no_pages_to_look_at(decoder: Decoder, made: Made) -> None:
    source = made("说明.txt", "文字".encode())
    assert decoder.count(source) == 0
    with pytest.raises(UserError, match="只有文字，不能显示；文件仍原样保存，需要时可另存后用别的程序查看。"):
        decoder.page(source, 1, 100)
