"""A copy in which what was covered is gone and frames are red: new pixels, no text, no word of camera or scanner."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from math import ceil, floor
from typing import NamedTuple

import pypdfium2
from PIL import Image, ImageDraw

from xuncha_desktop.decoding import pdf, pictures
from xuncha_desktop.decoding.kinds import Kind, Refused
from xuncha_desktop.decoding.pdf import Step

Box = tuple[float, float, float, float]  # left, top, width, height in thousandths of the page as it is seen
MOST_PAGES = 500
_DPI = 200
_QUALITY = 90
_RED = (217, 0, 0)
_LINES = 250  # a frame's line is this part of the longer side, and never thinner than _THINNEST
_THINNEST = 2


class Marks(NamedTuple):
    """What is drawn on the pages of a copy, by page from 1."""

    covers: Mapping[int, Sequence[Box]]
    frames: Mapping[int, Sequence[Box]]

    def drawn(self, image: Image.Image, page: int) -> Image.Image:
        """A page, black where it is covered, then with red lines around what is framed; a grey one gets colours."""
        _cover(image, self.covers.get(page, ()))
        if not (frames := self.frames.get(page, ())):
            return image
        colored = image.convert("RGB")
        _frame(colored, frames)
        return colored


def picture(content: bytes, marks: Marks, turn: int, step: Step) -> tuple[bytes, str]:
    """A picture of the same size, a photograph as JPEG and all else as PNG; one of several pages becomes a PDF."""
    pages = pictures.count(content)
    if pages == 1:
        image, _ = pictures.render(content, 1, turn, None)
        image = marks.drawn(image, 1)
        kind = "JPEG" if pictures.is_photo(content) else "PNG"
        return _encoded(image, kind), ".jpg" if kind == "JPEG" else ".png"
    document = _Made(pages)
    for number in range(1, pages + 1):
        step(number, pages)
        image, _ = pictures.render(content, number, turn, None)
        document.add(marks.drawn(image, number))
    return document.finish()


def document(content: bytes, marks: Marks, turn: int, step: Step) -> tuple[bytes, str]:
    """A PDF of pictures of all pages at 200 dpi."""
    source = pdf.opened(content)
    made = _Made(len(source))
    for number in range(1, len(source) + 1):
        step(number, len(source))
        made.add(marks.drawn(pdf.render_at(source, number, turn, _DPI), number))
    return made.finish()


BY_KIND = {Kind.PDF: document, Kind.PICTURE: picture}


class _Made:
    """A new PDF out of pictures."""

    def __init__(self, pages: int) -> None:
        if pages > MOST_PAGES:
            raise Refused(f"有 {pages} 页，超过一次能另存的 {MOST_PAGES} 页")
        self._document = pypdfium2.PdfDocument.new()

    def add(self, image: Image.Image) -> None:
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


def _frame(image: Image.Image, boxes: Sequence[Box]) -> None:
    draw = ImageDraw.Draw(image)
    line = max(_THINNEST, max(image.size) // _LINES)
    for left, top, width, height in boxes:
        # Around the place and not over it, and whole at the edge of the page.
        corner = (max(0, floor(left * image.width / 1000) - line), max(0, floor(top * image.height / 1000) - line))
        right, bottom = (left + width) * image.width / 1000, (top + height) * image.height / 1000
        end = (min(image.width - 1, ceil(right) + line), min(image.height - 1, ceil(bottom) + line))
        draw.rectangle((corner, end), outline=_RED, width=line)


def _encoded(image: Image.Image, kind: str) -> bytes:
    out = BytesIO()
    image.save(out, kind, **({"quality": _QUALITY} if kind == "JPEG" else {}))
    return out.getvalue()
