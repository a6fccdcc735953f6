"""存入证据: what a file says of itself as it is taken in."""

import io
import mimetypes

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
        ("截图.webp", picture("WEBP"), 1),
    ],
)
def test_pages_are_counted_and_a_photo_is_one(store: Store, name: str, content: bytes, pages: int | None) -> None:
    [stored] = evidence.store_files(store, [Incoming(name, content)], Progress())
    assert stored.pages == pages


def test_what_a_computer_has_registered_does_not_change_the_type_of_a_file(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mimetypes, "guess_type", lambda *_: ("image/pjpeg", None))
    files = ["照片.jpg", "截图.webp", "手机照片.HEIC", "表.xlsx", "说明.docx", "扫描件.pdf"]
    stored = evidence.store_files(store, [Incoming(name, b"x") for name in files], Progress())
    office = "application/vnd.openxmlformats-officedocument"
    assert [file.file_type for file in stored] == [
        "image/jpeg", "image/webp", "image/heic",
        f"{office}.spreadsheetml.sheet", f"{office}.wordprocessingml.document", "application/pdf",
    ]  # fmt: skip
