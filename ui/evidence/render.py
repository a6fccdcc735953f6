"""Turns a stored file into something to look at, on a worker thread: pictures, PDF pages, plain text."""

from dataclasses import dataclass

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from xuncha_desktop.errors import UserError
from xuncha_desktop.services.evidence import PICTURES
from xuncha_desktop.store.blobs import Blobs

_MOST_BYTES = 64 << 20
_MOST_TEXT = 20_000
_MOST_MEGABYTES = 256  # of a decoded picture


@dataclass(frozen=True, slots=True)
class Looks:
    """What to show of a file: a picture or a text, its page and how many there are."""

    picture: QImage | None = None
    text: str = ""
    page: int = 1
    pages: int = 1


def look_at(blobs: Blobs, file_hash: str, file_type: str, page: int, size: QSize) -> Looks:
    """Decode one page of a file to fit into `size`; UserError says what cannot be shown and what to do."""
    if file_type not in PICTURES and file_type not in ("application/pdf", "text/plain"):
        raise UserError("这种文件不在程序里显示；请另存出来，用办公软件打开。")
    content = blobs.read(file_hash, _MOST_BYTES)
    if file_type in PICTURES:
        return Looks(_picture(content, size))
    if file_type == "application/pdf":
        return _pdf_page(content, page, size)
    return Looks(text=content[: _MOST_TEXT * 4].decode("utf-8", "replace")[:_MOST_TEXT])


def _picture(content: bytes, size: QSize) -> QImage:
    buffer = QBuffer()
    buffer.setData(QByteArray(content))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(_MOST_MEGABYTES)
    full = reader.size()
    if full.isValid() and (full.width() > size.width() or full.height() > size.height()):
        longest = max(size.width(), size.height())  # EXIF may turn it
        reader.setScaledSize(full.scaled(QSize(longest, longest), Qt.AspectRatioMode.KeepAspectRatio))
    image = reader.read()
    if image.isNull():
        raise UserError("这张图片不能显示：文件损坏或尺寸过大；原件没有改动，可另存出来查看。")
    return image


def _pdf_page(content: bytes, page: int, size: QSize) -> Looks:
    import pypdfium2

    try:
        with pypdfium2.PdfDocument(content) as document:
            pages = len(document)
            shown = document[min(max(page, 1), pages) - 1]
            width, height = shown.get_size()
            scale = min(4.0, max(0.1, min(size.width() / width, size.height() / height)))
            bitmap = shown.render(scale=scale, rev_byteorder=True)  # pyright: ignore[reportArgumentType]  -- takes floats
            image = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, _FORMATS[bitmap.n_channels])
            return Looks(image.copy(), page=min(max(page, 1), pages), pages=pages)
    except pypdfium2.PdfiumError as error:
        raise UserError("这份 PDF 不能显示：文件损坏或设有口令；原件没有改动，可另存出来查看。") from error


_FORMATS = {
    1: QImage.Format.Format_Grayscale8,
    3: QImage.Format.Format_RGB888,
    4: QImage.Format.Format_RGBX8888,
}
