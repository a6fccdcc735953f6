"""PDF (PDFium): pages, rendered with what was filled into their forms, and their text."""

from collections.abc import Callable

import pypdfium2
from PIL import Image

from xuncha_desktop.decoding.kinds import MOST_SHOWN_PIXELS, Refused

Step = Callable[[int, int], None]
MOST_PAGES = 5000  # whose text is read
_LARGEST_SCALE = 10.0  # 720 dpi
_PASSWORD = 4  # FPDF_ERR_PASSWORD


def opened(content: bytes) -> pypdfium2.PdfDocument:
    """The document; Refused if it is damaged or wants a password."""
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise Refused("设有打开口令") from error
        raise Refused("已损坏，或不是真正的 PDF 文件") from error
    document.init_forms()  # before the first page is asked for
    if len(document) == 0:
        raise Refused("里没有一页内容")
    return document


def render(document: pypdfium2.PdfDocument, number: int, turn: int, box: tuple[int, int]) -> Image.Image:
    """One page as large as fits into the box."""
    return _render(document, number, turn, lambda width, height: min(box[0] / width, box[1] / height))


def render_at(document: pypdfium2.PdfDocument, number: int, turn: int, dpi: int) -> Image.Image:
    """One page at so many dots per inch."""
    return _render(document, number, turn, lambda *_: dpi / 72)


def texts(document: pypdfium2.PdfDocument, step: Step) -> list[str]:
    """The text of each page."""
    total = min(len(document), MOST_PAGES)
    found: list[str] = []
    for number in range(total):
        step(number, total)
        page = document[number]
        text_page = page.get_textpage()
        found.append(text_page.get_text_bounded().replace("\r\n", "\n"))
        text_page.close()
        page.close()
    return found


def _render(
    document: pypdfium2.PdfDocument, number: int, turn: int, wanted: Callable[[float, float], float]
) -> Image.Image:
    if not 1 <= number <= len(document):
        raise Refused(f"只有 {len(document)} 页，没有第 {number} 页")
    page = document[number - 1]
    size = page.get_size()
    width, height = (max(1.0, side) for side in (reversed(size) if turn in (90, 270) else size))
    scale = min(wanted(width, height), _LARGEST_SCALE, (MOST_SHOWN_PIXELS / (width * height)) ** 0.5)
    bitmap = page.render(scale=scale, rotation=turn, rev_byteorder=True)  # pyright: ignore[reportArgumentType]  -- takes floats
    image = bitmap.to_pil().convert("RGB")
    bitmap.close()
    page.close()
    return image
