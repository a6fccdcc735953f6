"""A covered copy: the pixels are gone, so is the text beneath and everything the file said of itself."""

import io
from threading import Event

import pypdfium2
import pytest
from PIL import Image

from tests.decoding.conftest import Made
from tests.support.hostile_files import docx, pdf_of_texts
from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress

SECRET = (200, 30, 60)
PAPER = (240, 240, 200)


def photograph(kind: str, orientation: int = 1) -> bytes:
    """A picture with a secret in its lower right quarter, a place, a camera and a small copy of itself in its notes."""
    image = Image.new("RGB", (400, 200), PAPER)
    image.paste(SECRET, (200, 100, 400, 200))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[2] = (23.0, 7.0, 30.0)
    out = io.BytesIO()
    options = {"comment": b"SecretComment"} if kind == "JPEG" else {}
    image.save(out, kind, exif=exif, icc_profile=b"SecretProfile" + bytes(200), **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(content))
    image.load()
    return image


def near(found: object, expected: tuple[int, int, int]) -> bool:
    assert isinstance(found, tuple)
    return all(abs(one - other) < 12 for one, other in zip(found, expected, strict=True))


@pytest.mark.parametrize(("kind", "suffix"), [("PNG", ".png"), ("JPEG", ".jpg"), ("WEBP", ".jpg"), ("TIFF", ".png")])
def test_covered_pixels_and_notes_of_the_camera_are_gone(decoder: Decoder, made: Made, kind: str, suffix: str) -> None:
    copy = decoder.blacken(made("照片", photograph(kind)), {1: [(500, 500, 500, 500)]})
    assert copy.suffix == suffix
    image = opened(copy.content).convert("RGB")
    assert image.size == (400, 200)
    covered = image.crop((208, 108, 400, 200))
    assert all(
        isinstance(reach, tuple) and reach[1] < 8 for reach in covered.getextrema()
    )  # JPEG's blocks reach over the edge
    assert near(image.getpixel((50, 50)), PAPER)
    assert not any(near(colour, SECRET) for _, colour in image.getcolors(maxcolors=1 << 20) or ())
    assert not opened(copy.content).getexif()
    assert "icc_profile" not in opened(copy.content).info
    assert b"Secret" not in copy.content


@pytest.mark.parametrize("mode", ["L", "RGB", "1", "RGBA"])
def test_frames_are_red_on_a_grey_picture_too_and_whole_at_its_edge(decoder: Decoder, made: Made, mode: str) -> None:
    out = io.BytesIO()
    Image.new("RGB", (400, 200), "white").convert(mode).save(out, "PNG")
    copy = decoder.blacken(made("扫描.png", out.getvalue()), {}, frames={1: [(750, 500, 900, 900)]})
    image = opened(copy.content).convert("RGB")
    red = (217, 0, 0)
    assert [image.getpixel(at) for at in ((298, 150), (399, 150), (350, 98), (350, 199))] == [red] * 4
    assert [image.getpixel(at) for at in ((300, 150), (397, 150), (350, 100), (297, 150))] == [(255, 255, 255)] * 4


def test_boxes_are_meant_as_the_picture_is_seen(decoder: Decoder, made: Made) -> None:
    source = made("照片.jpg", photograph("JPEG", orientation=6))  # seen upright the secret is at the lower left
    for turn, box in ((0, (0, 500, 500, 500)), (90, (0, 0, 500, 500)), (270, (500, 500, 500, 500))):
        copy = decoder.blacken(source, {1: [box]}, turn)
        image = opened(copy.content)
        assert image.size == ((200, 400) if turn == 0 else (400, 200))
        assert not any(near(colour, SECRET) for _, colour in image.getcolors(maxcolors=1 << 20) or ())
        assert any(near(colour, PAPER) for _, colour in image.getcolors(maxcolors=1 << 20) or ())


def test_a_box_covers_every_pixel_it_touches(decoder: Decoder, made: Made) -> None:
    out = io.BytesIO()
    Image.new("L", (10, 10), 255).save(out, "PNG")
    copy = decoder.blacken(made("小.png", out.getvalue()), {1: [(149, 149, 2, 2), (990, 990, 500, 500)]})
    image = opened(copy.content)
    black = {(x, y) for x in range(10) for y in range(10) if image.getpixel((x, y)) == 0}
    assert {(1, 1), (9, 9)} <= black
    assert (5, 5) not in black


def test_a_pdf_becomes_pictures_without_text(decoder: Decoder, made: Made) -> None:
    source = made("纪要.pdf", pdf_of_texts(["举报人张三", "第二页", "第三页"]))
    copy = decoder.blacken(source, {1: [(0, 0, 1000, 500)]})
    assert copy.suffix == ".pdf"
    with pypdfium2.PdfDocument(copy.content) as document:
        assert len(document) == 3
        assert [page.get_textpage().get_text_bounded() for page in document] == ["", "", ""]
        assert [round(side) for side in document[0].get_size()] == [595, 842]
        first = document[0].render(scale=1).to_pil().convert("L")
        assert first.crop((0, 0, 595, 419)).getextrema() == (0, 0)
        lower = first.crop((0, 426, 595, 842)).getextrema()
        assert lower == (255, 255)
        second = document[1].render(scale=1).to_pil().convert("L")
        assert second.getextrema() != (255, 255)  # what was not covered is still to be read
        [shown] = document[1].get_objects()
        assert isinstance(shown, pypdfium2.PdfImage)
        assert shown.get_px_size() == (1653, 2339)  # 200 dpi
    assert decoder.text(made("遮盖.pdf", copy.content)).parts == ("", "", "")


def test_a_scan_of_several_pages_becomes_a_pdf(decoder: Decoder, made: Made) -> None:
    sheets = [Image.new("L", (300, 400), 255) for _ in range(2)]
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    copy = decoder.blacken(made("扫描.tif", out.getvalue()), {2: [(0, 0, 1000, 1000)]})
    with pypdfium2.PdfDocument(copy.content) as document:
        greys = [page.render(scale=1).to_pil().convert("L").getextrema() for page in document]
    assert greys == [(255, 255), (0, 0)]


def test_it_tells_how_far_it_is_and_can_be_stopped(decoder: Decoder, made: Made) -> None:
    source = made("厚.pdf", pdf_of_texts(["页"] * 400))
    told: list[tuple[int, int, str]] = []
    begun = Event()

    def report(done: int, total: int, text: str) -> None:
        told.append((done, total, text))
        progress.cancel()
        begun.set()

    progress = Progress(report)
    with pytest.raises(Cancelled):
        decoder.blacken(source, {}, progress=progress)
    assert begun.is_set()
    assert told[0][1:] == (400, "正在遮盖")
    assert decoder.count(source) == 400


def test_only_what_has_pages_can_be_covered(decoder: Decoder, made: Made) -> None:
    with pytest.raises(UserError, match=r"“说明\.docx”不是图片或 PDF，不能遮盖；"):
        decoder.blacken(made("说明.docx", docx()), {})


def test_a_thick_pdf_is_refused_before_it_is_begun(decoder: Decoder, made: Made) -> None:
    with pytest.raises(UserError, match="有 501 页，超过一次能另存的 500 页"):
        decoder.blacken(made("厚.pdf", pdf_of_texts(["页"] * 501)), {})
