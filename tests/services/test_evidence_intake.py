"""存入证据: what a file says of itself as it is taken in."""

import io

import pytest
from PIL import Image

from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import evidence
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.store.store import Store


def picture(kind: str, pages: int = 1) -> bytes:
    file = io.BytesIO()
    first, *others = [Image.new("RGB", (20, 20), (number, 0, 0)) for number in range(pages)]
    first.save(file, kind, **({"save_all": True, "append_images": others} if others else {}))
    return file.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "pages"),
    [
        ("照片.jpg", picture("JPEG"), 1),
        ("截图.png", picture("PNG"), 1),
        ("扫描件.tif", picture("TIFF", 3), 3),
        ("扫描件.pdf", picture("PDF", 2), 2),
        ("说明.txt", "虚构".encode(), None),
    ],
)
def test_pages_are_counted_and_a_photo_is_one(store: Store, name: str, content: bytes, pages: int | None) -> None:
    [stored] = evidence.store_files(store, [Incoming(name, content)], Progress())
    assert stored.pages == pages
