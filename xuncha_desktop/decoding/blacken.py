"""A copy in which what was covered is gone: new pixels, no text beneath, no word of camera or scanner."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from math import ceil, floor

import pypdfium2
from PIL import Image, ImageDraw

from xuncha_desktop.decoding import pdf, pictures
from xuncha_desktop.decoding.kinds import Kind, Refused
from xuncha_desktop.decoding.pdf import Step

Box = tuple[float, float, float, float]  # left, top, width, height in thousandths of the page as it is seen
MOST_PAGES = 500
_DPI = 200
_QUALITY = 90


def picture(content: bytes, boxes: Mapping[int, Sequence[Box]], turn: int, step: Step) -> tuple[bytes, str]:
    """A picture of the same size, a photograph as JPEG and all else as PNG; one of several pages becomes a PDF."""
    pages = pictures.count(content)
    if pages == 1:
        image, _ = pictures.render(content, 1, turn, None)
        _cover(image, boxes.get(1, ()))
        kind = "JPEG" if pictures.is_photo(content) else "PNG"
        return _encoded(image, kind), ".jpg" if kind == "JPEG" else ".png"
    document = _Made(pages)
    for number in range(1, pages + 1):
        step(number, pages)
        image, _ = pictures.render(content, number, turn, None)
        document.add(image, boxes.get(number, ()))
    return document.finish()


def document(content: bytes, boxes: Mapping[int, Sequence[Box]], turn: int, step: Step) -> tuple[bytes, str]:
    """A PDF of pictures of all pages at 200 dpi."""
    source = pdf.opened(content)
    made = _Made(len(source))
    for number in range(1, len(source) + 1):
        step(number, len(source))
        made.add(pdf.render_at(source, number, turn, _DPI), boxes.get(number, ()))
    return made.finish()


BY_KIND = {Kind.PDF: document, Kind.PICTURE: picture}


class _Made:
    """A new PDF out of pictures."""

    def __init__(self, pages: int) -> None:
        if pages > MOST_PAGES:
            raise Refused(f"有 {pages} 页，超过一次能遮盖的 {MOST_PAGES} 页")
        self._document = pypdfium2.PdfDocument.new()

    def add(self, image: Image.Image, boxes: Sequence[Box]) -> None:
        _cover(image, boxes)
        width, height = (side * 72 / _DPI for side in image.size)
        shown = pypdfium2.PdfImage.new(self._document)
        shown.load_jpeg(BytesIO(_encoded(image, "JPEG")), inline=True)
        shown.set_matrix(pypdfium2.PdfMatrix().scale(width, height))
        page = self._document.new_page(width, height)
        page.insert_obj(shown)
        page.gen_content()
        page.close()

    def finish(self) -> tuple[bytes, str]:
        out = BytesIO()
        self._document.save(out)
        self._document.close()
        return out.getvalue(), ".pdf"


def _cover(image: Image.Image, boxes: Sequence[Box]) -> None:
    draw = ImageDraw.Draw(image)
    for left, top, width, height in boxes:
        # Outwards to whole pixels: a half-covered one would still tell.
        corner = (floor(left * image.width / 1000), floor(top * image.height / 1000))
        end = (ceil((left + width) * image.width / 1000), ceil((top + height) * image.height / 1000))
        draw.rectangle((corner, end), fill="black")


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    image.save(out, kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()
