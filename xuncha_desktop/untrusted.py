"""What must be known of a file from outside before any parser touches it: is it only to be kept, is it a bomb.

Nothing here trusts what a file says of itself: names of parts, sizes and counts are compared with the bytes that
are really there. Parts are inflated one piece at a time and thrown away; nothing is unpacked to the disk.
"""

import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from io import SEEK_END, BytesIO
from pathlib import Path
from typing import BinaryIO

from xuncha_desktop.errors import UserError

_MOST_PARTS = 10_000
_MOST_DIRECTORY = 4 << 20  # bytes; a table of contents is read as a whole
_LARGEST_PART, _LARGEST_PACKAGE = 200 << 20, 1 << 30
_HIGHEST_RATIO, _RATIO_FROM = 200, 1 << 20
_PIECE = 1 << 16
_END, _END64, _LOCATOR = b"PK\5\6", b"PK\6\6", b"PK\6\7"
_LOCAL_HEADER = struct.Struct("<4s22x2H")  # signature, lengths of name and extra field
_CIPHERED = 0x1 | 0x20 | 0x40 | 0x2000
_BAD_NAME = re.compile(r"[\x00-\x1f]|^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)")
_ENCODING = re.compile(rb"<\?xml[^>]*?\bencoding\s*=\s*[\"']([^\"']*)")
_ENCODINGS = {b"utf-8", b"utf8", b"utf-16", b"us-ascii", b"ascii", b"iso-8859-1", b"gb2312", b"gbk", b"gb18030"}
_DOCUMENT_TYPE = b"<!DOCTYPE"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")  # a stream's name in the directory of such a file

_MACROS = re.compile("docm|dotm|xlsm|xltm|xlsb|xlam|xla|xll|pptm|potm|ppsm|ppam|sldm|mdb|mde|accdb|accde")
_LINKS = re.compile(
    "lnk|url|website|webloc|desktop|iqy|oqy|rqy|dqy|slk|scf|rdp|library-ms|search-ms|searchconnector-ms"
)
_PROGRAMS = re.compile(
    "exe|com|scr|pif|bat|cmd|ps1|psm1|psd1|vbs|vbe|vb|js|jse|mjs|wsf|wsh|wsc|sct|hta|msi|msp|mst|dll|sys|drv|ocx|cpl|"
    "jar|jnlp|chm|hlp|reg|inf|msc|gadget|application|appref-ms|appx|appxbundle|msix|msixbundle|xbap|settingcontent-ms|"
    "sh|bash|csh|ksh|command|py|pyc|pyw|pyz|pl|rb|php|run|bin|elf|so|dylib|app|pkg|dmg|deb|rpm|apk|appimage"
)
_PAGES = re.compile("svg|svgz|html|htm|shtml|xhtml|xht|mht|mhtml")
_DISKS = re.compile("iso|img|vhd|vhdx|udf|wim")
_PROGRAM_HEADS = (b"\x7fELF", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe")
_LINK_HEADS = (b"L\0\0\0\1\x14\2\0", b"[InternetShortcut]", b"[Desktop Entry]")


class Unsafe(UserError):
    """A package that is not to be parsed; `cause` is the middle of the sentence, for whoever says it differently."""

    def __init__(self, name: str, cause: str) -> None:
        super().__init__(f"“{name}”{cause}，为安全没有打开；请用 Word、Excel 或 WPS 重新保存一份再试。")
        self.cause = cause


def is_inert(name: str, head: bytes) -> str | None:
    """Why a file is kept as evidence and never opened, as a sentence; None for all others.

    `head` are its first bytes: a program is one under any name.
    """
    ending = name.rstrip(". \u3000").lower().rpartition(".")[2]
    if (
        _PROGRAMS.fullmatch(ending)
        or head.startswith((*_PROGRAM_HEADS, b"#!"))
        or (head[:2] == b"MZ" and b"\0" in head)
    ):
        kind = "是程序或脚本"
    elif _MACROS.fullmatch(ending):
        kind = "是可以带宏的文件"
    elif _LINKS.fullmatch(ending) or head.startswith(_LINK_HEADS):
        kind = "是会指向别处的快捷方式或查询文件"
    elif _PAGES.fullmatch(ending):
        kind = "是可以带脚本、引用外部内容的网页或图形"
    elif _DISKS.fullmatch(ending):
        kind = "是里面可以有程序的磁盘映像"
    else:
        return None
    return _kept_only(name, kind)


def without_old_macros(name: str, chunks: Iterable[bytes]) -> Iterator[bytes]:
    """A file as it goes by; UserError where it is a doc or xls with macros, which its name does not tell."""
    before, is_old = b"", False
    for number, chunk in enumerate(chunks):
        is_old = is_old or (number == 0 and chunk.startswith(_OLD_OFFICE))
        if is_old and _OLD_MACROS in before + chunk:
            raise UserError(_kept_only(name, "是带有宏的文件"))
        before = chunk[-len(_OLD_MACROS) :]
        yield chunk


def _kept_only(name: str, kind: str) -> str:
    return f"“{name}”{kind}，为安全只作为证据保存，不打开；需要其中的内容时，请对方另给 PDF 或不带宏的文件。"


def check_package(source: Path | bytes, name: str = "") -> None:
    """Refuse, as Unsafe, a docx or xlsx that could harm whoever parses it (reliability: T11 to T14); else return."""
    if isinstance(source, bytes):
        _check(BytesIO(source), name or "文件")
        return
    name = name or source.name
    try:
        with source.open("rb") as file:
            _check(file, name)
    except OSError as error:
        raise UserError(f"读不出“{name}”；请检查文件是否还在、是否被别的程序占用，再试一次。") from error


def _check(file: BinaryIO, name: str) -> None:
    try:
        _check_directory_size(file, name)
        with zipfile.ZipFile(file) as package:
            parts = package.infolist()
            _check_list(parts, name)
            begins = _find_contents(file, parts, package.start_dir, name)
        total = 0
        for part, begin in zip(parts, begins, strict=True):
            total += _check_part(file, part, begin, name)
            if total > _LARGEST_PACKAGE:
                raise Unsafe(name, "解开后超过 1 GB")
    except (zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, ValueError, EOFError) as error:
        raise Unsafe(name, "已损坏，或不是真正的 docx、xlsx 文件") from error


def _check_directory_size(file: BinaryIO, name: str) -> None:
    """Look at the size of the table of contents before anyone reads it into memory."""
    file.seek(0)
    head = file.read(8)
    if head == _OLD_OFFICE:
        raise Unsafe(name, "是旧格式（doc、xls）或设有打开口令的文件")
    if not head.startswith(b"PK\3\4"):
        raise zipfile.BadZipFile
    start = max(0, file.seek(0, SEEK_END) - (1 << 16) - 22 - 20)
    file.seek(start)
    tail = file.read()
    at = tail.rfind(_END)
    if at < 0:
        raise zipfile.BadZipFile
    [size] = struct.unpack_from("<I", tail, at + 12)
    if at >= 20 and tail.startswith(_LOCATOR, at - 20):  # as Java's writers do, whatever the size
        file.seek(*struct.unpack_from("<Q", tail, at - 20 + 8))
        record = file.read(56)
        if not record.startswith(_END64):
            raise zipfile.BadZipFile
        [size] = struct.unpack_from("<Q", record, 40)
    if size > _MOST_DIRECTORY:
        raise Unsafe(name, "内含的部件过多")


def _check_list(parts: list[zipfile.ZipInfo], name: str) -> None:
    if len(parts) > _MOST_PARTS:
        raise Unsafe(name, "内含的部件过多")
    names = [part.orig_filename.replace("\\", "/").lower() for part in parts]
    if len(set(names)) < len(names):
        raise Unsafe(name, "内含重名的部件")
    if any(_BAD_NAME.search(part.orig_filename) for part in parts):
        raise Unsafe(name, "内含名称可疑的部件")
    if any(part.flag_bits & _CIPHERED for part in parts):
        raise Unsafe(name, "设有打开口令")
    if any(part.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for part in parts):
        raise Unsafe(name, "用了 Office 文件没有的压缩方式")
    if any(part.rpartition("/")[2] == "vbaproject.bin" for part in names):
        raise Unsafe(name, "带有宏")


def _find_contents(file: BinaryIO, parts: list[zipfile.ZipInfo], directory: int, name: str) -> list[int]:
    """Where the content of each part begins; two parts must not share bytes (one core, unpacked many times)."""
    begins: list[int] = []
    taken: list[tuple[int, int]] = []
    for part in parts:
        file.seek(part.header_offset)
        signature, name_length, extra_length = _LOCAL_HEADER.unpack(file.read(_LOCAL_HEADER.size))
        if signature != b"PK\3\4":
            raise zipfile.BadZipFile
        begins.append(part.header_offset + _LOCAL_HEADER.size + name_length + extra_length)
        taken.append((part.header_offset, begins[-1] + part.compress_size))
    taken.sort()
    ends = [end for _, end in taken]
    if any(end > start for end, start in zip(ends, [*(start for start, _ in taken[1:]), directory], strict=True)):
        raise Unsafe(name, "内部的部件互相重叠")
    return begins


def _check_part(file: BinaryIO, part: zipfile.ZipInfo, begin: int, name: str) -> int:
    """Go through a part's real bytes: how many, the right ones, no document type; gives their number."""
    size, checksum, tail = 0, 0, b""
    for piece in _gathered(_inflated(file, part, begin)):
        if size == 0 and (declared := _ENCODING.search(piece[:256])) and declared[1].lower() not in _ENCODINGS:
            raise Unsafe(name, "用了 Office 文件没有的文字编码")
        size += len(piece)
        checksum = zlib.crc32(piece, checksum)
        if size > _LARGEST_PART:
            raise Unsafe(name, "内有一个部件解开后超过 200 MB")
        if size >= _RATIO_FROM and size > _HIGHEST_RATIO * part.compress_size:
            raise Unsafe(name, "的压缩程度异常（像压缩炸弹）")
        text = tail + piece
        if _DOCUMENT_TYPE in text or _DOCUMENT_TYPE in text.translate(None, b"\0"):  # in UTF-16 and UTF-32 as well
            raise Unsafe(name, "含有外部实体（DTD）")
        tail = text[-4 * len(_DOCUMENT_TYPE) :]
    if size != part.file_size or checksum != part.CRC:
        raise zipfile.BadZipFile
    return size


def _gathered(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same in pieces of a good size: a stream may be made to come byte by byte."""
    gathered = bytearray()
    for piece in pieces:
        gathered += piece
        if len(gathered) >= _PIECE:
            yield bytes(gathered)
            gathered.clear()
    if gathered:
        yield bytes(gathered)


def _inflated(file: BinaryIO, part: zipfile.ZipInfo, begin: int) -> Iterator[bytes]:
    file.seek(begin)
    left, inflate = part.compress_size, zlib.decompressobj(-zlib.MAX_WBITS)
    while left:
        packed = file.read(min(left, _PIECE))
        if not packed:
            raise EOFError
        left -= len(packed)
        if part.compress_type == zipfile.ZIP_STORED:
            yield packed
            continue
        while packed:
            yield inflate.decompress(packed, _PIECE)
            packed = inflate.unconsumed_tail
        if inflate.unused_data:
            raise zipfile.BadZipFile
    if part.compress_type == zipfile.ZIP_DEFLATED and part.compress_size:
        while piece := inflate.decompress(b"", _PIECE):  # what is still to come when all was read
            yield piece
        if not inflate.eof:
            raise EOFError
