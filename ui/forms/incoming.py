"""Files and pictures on the clipboard or dragged in, as evidence on its way."""

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData
from PySide6.QtGui import QImage, QImageWriter

from xuncha_desktop.services.evidence import Incoming


def files_of(source: QMimeData) -> list[Incoming]:
    """Local files of a drop or paste, or a pasted picture; empty where there is only text."""
    paths = [Path(url.toLocalFile()) for url in source.urls() if url.isLocalFile()]
    found = [Incoming(path.name, path) for path in paths if path.is_file()]
    if not found and source.hasImage() and not source.hasText():
        image = source.imageData()
        if isinstance(image, QImage) and not image.isNull():
            found = [Incoming(f"粘贴图片 {datetime.now():%Y-%m-%d %H.%M}.png", _png(image))]
    return found


def _png(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"PNG")).write(image)
    return bytes(buffer.data().data())
