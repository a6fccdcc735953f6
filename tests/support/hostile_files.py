"""Files as somebody makes them who wants the program to fall over, hang, leak or fill the memory."""

import io
import struct
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from itertools import accumulate

_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)
_RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="{}"/>'
    "</Relationships>"
)
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Parts = Mapping[str, bytes | str]


def package(parts: Parts) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def docx(body: str = "", more: Parts | None = None, before: str = "") -> bytes:
    """The least a docx needs, with `body` as its paragraphs and `before` before its root."""
    return package(
        {
            "[Content_Types].xml": _TYPES,
            "_rels/.rels": _RELATIONS.format("word/document.xml"),
            "word/document.xml": f"{before}<w:document {_W}><w:body>{body}</w:body></w:document>",
            **(more or {}),
        }
    )


def paragraph(text: str) -> str:
    """A paragraph of a docx."""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def huge_part() -> bytes:
    """300 MB in a file of 340 KB."""
    return docx(more={"word/media/image1.bin": bytes(300 << 20)})


def many_huge_parts() -> bytes:
    """Six parts of 190 MB that are stored well below the ratio of a bomb each, and too much together."""
    block = b"".join(zlib.crc32(struct.pack("<I", n)).to_bytes(4, "little") for n in range(1 << 12))
    part = (block + bytes(len(block) * 100)) * ((190 << 20) // (len(block) * 101))
    out = io.BytesIO(docx())
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for number in range(6):
            archive.writestr(f"word/media/{number}.bin", part)
    return out.getvalue()


def overlapping() -> bytes:
    """Two entries that share one content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.writestr("word/another1.xml", "<a/>")
        archive.filelist[1].header_offset = archive.filelist[0].header_offset
    return out.getvalue()


def lying_about_its_size() -> bytes:
    """A part that says it holds ten bytes and holds five million."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "<a>" + "文" * 1_600_000 + "</a>")
        archive.filelist[0].file_size = 10
    return out.getvalue()


def locked() -> bytes:
    """A part whose flag says that it is encrypted."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        archive.filelist[0].flag_bits |= 1
    return out.getvalue()


def repeated_name() -> bytes:
    """Two parts whose names differ in case alone: which one a parser takes is anybody's guess."""
    return package({"word/document.xml": "<a/>", "word/Document.xml": "<b/>"})


def nested_bomb() -> bytes:
    """A docx like any other that carries a zip with 300 MB of zeros in it."""
    return docx(paragraph("外层正文"), {"word/embeddings/inner.zip": package({"0": bytes(300 << 20)})})


def lost_end() -> bytes:
    """A package that was cut off while it was copied."""
    whole = docx(paragraph("文" * 5000))
    return whole[: len(whole) - 40]


EXTERNAL_ENTITY = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = (
    '<!DOCTYPE d [<!ENTITY l0 "哈哈">' + "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10)) + "]>"
)


def png(width: int, height: int) -> bytes:
    """A PNG that claims a size and holds one row."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    row = zlib.compress(bytes(1 + 3 * 16))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in ((b"IHDR", header), (b"IDAT", row), (b"IEND", b""))
    )


def tiff(*sizes: tuple[int, int]) -> bytes:
    """A TIFF whose pages claim these sizes and hold next to nothing."""
    out = b"II*\0" + struct.pack("<I", 8)
    for number, (width, height) in enumerate(sizes):
        tags = [
            *((256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1)),
            *((273, 4, 1, 8), (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, 16)),
        ]
        block = struct.pack("<H", len(tags)) + b"".join(struct.pack("<HHII", *tag) for tag in tags)
        following = len(out) + len(block) + 4 if number + 1 < len(sizes) else 0
        out += block + struct.pack("<I", following)
    return out


SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink" width="10" height="10">'
    b'<image x:href="file:///etc/passwd"/><image x:href="http://127.0.0.1/a.png"/></svg>'
)


def pdf(*objects: bytes, trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1; the first is the catalog."""
    pieces = [b"%PDF-1.7\n", *(b"%d 0 obj\n%s\nendobj\n" % numbered for numbered in enumerate(objects, 1))]
    *places, end = accumulate(map(len, pieces))
    size = len(objects) + 1
    return b"".join(
        (
            *pieces,
            b"xref\n0 %d\n0000000000 65535 f \n" % size,
            *(b"%010d 00000 n \n" % place for place in places),
            b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (size, trailer, end),
        )
    )


def stream(content: bytes, words: bytes = b"") -> bytes:
    """A stream object."""
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), words, content)


def pdf_of_texts(texts: Sequence[str], box: bytes = b"0 0 595 842") -> bytes:
    """A PDF with one page of Chinese text each, in a font that every reader has to bring itself."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * number) for number in range(len(texts)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d/MediaBox[%s]>>" % (kids, len(texts), box),
        b"<</Type/Font/Subtype/Type0/BaseFont/SimSun/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font"
        b"/Subtype/CIDFontType0/BaseFont/SimSun/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 5>>"
        b"/FontDescriptor<</Type/FontDescriptor/FontName/SimSun/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>]>>",
    ]
    for number, text in enumerate(texts):
        place = b"/Contents %d 0 R/Resources<</Font<</F 3 0 R>>>>" % (5 + 2 * number)
        objects.append(b"<</Type/Page/Parent 2 0 R%s>>" % place)
        objects.append(stream(b"BT /F 24 Tf 72 700 Td <%s> Tj ET" % text.encode("utf-16-be").hex().encode()))
    return pdf(*objects)


def locked_pdf() -> bytes:
    """A PDF that opens with a password only."""
    lock = b"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<%s>/U<%s>>>/ID[<00><00>]" % (b"11" * 32, b"22" * 32)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[]/Count 0>>", trailer=lock)


def deep_pdf(depth: int = 50_000) -> bytes:
    """A PDF whose pages hang at the end of a very long branch."""
    branch = [b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 3, n + 1) for n in range(depth)]
    leaf = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (depth + 1)
    return pdf(b"<</Type/Catalog/Pages 2 0 R>>", *branch, leaf)


def pdf_of_arrays(depth: int = 2_000_000) -> bytes:
    """A PDF with arrays in arrays in arrays."""
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R/X %s>>" % (b"[" * depth + b"]" * depth),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        stream(b"[" * depth),
    )


def pdf_eating_itself() -> bytes:
    """A PDF whose page draws a form that draws itself twice."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R 2 0 R 3 0 R]/Count 2000000000>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(b"/X Do /X Do"),
        stream(b"/X Do /X Do", form),
    )


def pdf_with_image(width: int, height: int) -> bytes:
    """A PDF with one picture that claims a size."""
    words = b"/Type/XObject/Subtype/Image/Width %d/Height %d/BitsPerComponent 8/ColorSpace/DeviceRGB/Filter/FlateDecode"
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>",
        stream(b"99 0 0 99 0 0 cm /X Do"),
        stream(zlib.compress(bytes(1 << 20)), words % (width, height)),
    )


def inflating_pdf() -> bytes:
    """A PDF whose page is 2 GB of blanks, packed twice."""
    packer = zlib.compressobj(1)
    first, *_, again = (packer.compress(b" " * (16 << 20)) + packer.flush(zlib.Z_FULL_FLUSH) for _ in range(3))
    return pdf(
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R>>",
        stream(zlib.compress(first + again * 127), b"/Filter[/FlateDecode/FlateDecode]"),
    )
