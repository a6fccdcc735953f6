"""What a file is, told from its bytes and only then from its name; and the one way to say no to it."""

from enum import Enum
from pathlib import PurePath

from xuncha_desktop.untrusted import Unsafe, check_package

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"GIF87a", b"GIF89a")
_BMP_HEADERS = (12, 16, 40, 52, 56, 64, 108, 124)  # "BM" alone may begin a text
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_TEXTS = frozenset({".txt", ".csv", ".tsv", ".md", ".log", ".json", ".xml", ".ini", ".yml", ".yaml", ".srt"})
_OTHER_PICTURES = frozenset({".heic", ".heif", ".avif", ".psd", ".raw", ".dng", ".cr2", ".nef", ".ico", ".wmf", ".emf"})
_SHOWN = frozenset({".pdf", ".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp", ".gif"})
MOST_SHOWN_PIXELS = 16_000_000  # of a page as it is sent to the program
_PDF_WITHIN = 1024  # some scanners write a few bytes before it


class Refused(Exception):
    """A file that is not shown; its text is the middle of a sentence that begins with the file's name."""


class NotShown(Refused):
    """A file with nothing wrong about it but that other programs have to show it."""


class Kind(Enum):
    """The kinds that can be shown."""

    PDF = "pdf"
    PICTURE = "picture"
    WORD = "word"
    SHEETS = "sheets"
    TEXT = "text"


def kind_of(name: str, content: bytes) -> Kind:
    """Which kind a file is; office packages are checked on the way. Refused for all that is not shown."""
    ending = PurePath(name.lower()).suffix
    if not content:
        raise NotShown("是空文件（0 字节）")
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return Kind.PDF
    if content.startswith(_PICTURES) or _is_bmp(content) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP"):
        return Kind.PICTURE
    if content.startswith(_OLD_OFFICE):
        raise NotShown("是旧格式（doc、xls、wps、et 等）或设有打开口令的文件")
    if ending in (".docx", ".xlsx"):
        return _checked(name, content, Kind.WORD if ending == ".docx" else Kind.SHEETS)
    if ending in _TEXTS:
        return Kind.TEXT
    if ending in _OTHER_PICTURES:
        raise NotShown("是程序不认识的图片格式（要在这里看、印进底稿，请转成 JPG 再存入一份）")
    if ending in _SHOWN:
        raise Refused(f"已损坏，或不是真正的 {ending[1:].upper()} 文件")
    raise NotShown("是程序里不显示的格式")


def _is_bmp(content: bytes) -> bool:
    return content.startswith(b"BM") and int.from_bytes(content[14:18], "little") in _BMP_HEADERS


def _checked(name: str, content: bytes, kind: Kind) -> Kind:
    try:
        check_package(content, name)
    except Unsafe as error:
        raise Refused(error.cause) from error
    return kind
