"""Putting faults into templates: our own ones and small ones made on the spot."""

import shutil
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph

ROOT = Path(__file__).parents[3]
_TEXT_BOX = (
    '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:v="urn:schemas-microsoft-com:vml">'
    '<w:pict><v:shape style="width:200pt;height:50pt"><v:textbox><w:txbxContent><w:p><w:r><w:t>{text}</w:t></w:r></w:p>'
    "</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
)
_FOOTNOTES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:footnote w:id="2"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote></w:footnotes>'
)
FOOTNOTE_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
FOOTNOTE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"


def ours(name: str, changes: Mapping[str, str], path: Path) -> Path:
    """One of our Word templates in which the paragraphs that read so read differently, each once, in order."""
    document = Document(str(ROOT / "templates_docx" / name))
    paragraphs = [Paragraph(element, document) for element in document.element.body.iter(qn("w:p"))]
    for before, after in changes.items():
        before, _, number = before.partition("#")
        found = [paragraph for paragraph in paragraphs if paragraph.text == before][int(number or 0)]
        found.runs[0].text = after
        for run in found.runs[1:]:
            run._r.getparent().remove(run._r)
    document.save(str(path))
    return path


def small(path: Path, *paragraphs: str, then: Callable[[Word], None] | None = None) -> Path:
    """A template of these paragraphs under one heading."""
    document = Document()
    document.add_heading("虚构的标题", 1)
    for text in paragraphs:
        document.add_paragraph(text)
    if then:
        then(document)
    document.save(str(path))
    return path


def table(document: Word, *rows: tuple[str, ...]) -> None:
    """A table of these rows at the end."""
    made = document.add_table(len(rows), max(len(row) for row in rows))
    for row, texts in zip(made.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=False):
            cell.text = text


def split(document: Word, *pieces: str, between: str = "") -> None:
    """A paragraph whose runs alternate between plain and bold; `between` is an element put between them."""
    paragraph = document.add_paragraph()
    for number, piece in enumerate(pieces):
        run = paragraph.add_run(piece)
        run.bold = bool(number % 2)
        if between and number < len(pieces) - 1:
            run._r.append(OxmlElement(between))


def text_box(document: Word, text: str) -> None:
    """A paragraph with a text box."""
    from docx.oxml import parse_xml

    document.add_paragraph("框外")._p.append(parse_xml(_TEXT_BOX.format(text=text)))


def with_footnote(path: Path, text: str) -> Path:
    """Give a saved file a footnote that reads so."""
    changed(path, {"word/footnotes.xml": lambda _: _FOOTNOTES.format(text=text).encode()})
    override = f'<Override PartName="/word/footnotes.xml" ContentType="{FOOTNOTE_TYPE}"/></Types>'
    relation = f'<Relationship Id="rIdNote" Type="{FOOTNOTE_RELATION}" Target="footnotes.xml"/></Relationships>'
    return changed(
        path,
        {
            "[Content_Types].xml": lambda old: old.replace(b"</Types>", override.encode()),
            "word/_rels/document.xml.rels": lambda old: old.replace(b"</Relationships>", relation.encode()),
        },
    )


def changed(path: Path, parts: Mapping[str, Callable[[bytes], bytes]]) -> Path:
    """Rewrite parts of a package in place; one that is not there begins empty."""
    old = path.with_suffix(".old")
    shutil.move(path, old)
    with zipfile.ZipFile(old) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        names = source.namelist()
        for name in [*names, *(name for name in parts if name not in names)]:
            data = source.read(name) if name in names else b""
            target.writestr(name, parts[name](data) if name in parts else data)
    old.unlink()
    return path
