"""One rendering of a Word template: docxtpl finds the tags, the sandbox fills them, our own steps keep the text."""

import re
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import Environment
from jinja2.exceptions import TemplateError
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs
from markupsafe import Markup

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import dangers
from xuncha_desktop.exports.templates import TemplateFault
from xuncha_desktop.exports.word.faults import explain
from xuncha_desktop.exports.word.pictures import Picture, prepare
from xuncha_desktop.exports.word.sandbox import Sandbox
from xuncha_desktop.exports.word.text import Plain, Traced, unmark
from xuncha_desktop.exports.word.tidy import tidy
from xuncha_desktop.jobs import Progress

_PARAGRAPH = re.compile(r"<w:p([ >])")
# docxtpl's own way to print a brace: honoured in the template's text only, the data's braces are marks by now.
_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_NOTES = ("footnotes+xml", "endnotes+xml")
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)
_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline {namespaces} distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Picture {number}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    '</wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)

PictureSource = Callable[[str], bytes]


@dataclass(frozen=True)
class _Placed:
    """A picture that is in the file already: its part, and its size for the next place it is shown at."""

    part: Part
    shape: Picture


class Engine(DocxTemplate):
    """Fills one template once. Pictures go straight into the file being written and are held nowhere."""

    def __init__(
        self, template: Path, data: dict[str, Plain], pictures: PictureSource | None, progress: Progress
    ) -> None:
        """Take a template, frozen data, and a way to get a picture's bytes by its key in the data."""
        super().__init__(template)
        self.printed: list[str] = []
        self._template = template
        self._data = data
        self._source = pictures
        self._progress = progress
        self._placed_by_key: dict[str, _Placed] = {}
        self._placed_by_digest: dict[str, _Placed] = {}
        self._shown = 0
        self._placing = False
        self._file: zipfile.ZipFile | None = None

    def write(self, target: Path) -> None:
        """Render into `target`; pictures first, as they come, then the parts of the document."""
        _check_package(self._template)
        try:
            self.init_docx()
        except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
            raise _broken(self._template) from error
        sandbox = Sandbox(self.printed.append)
        sandbox.filters["picture"] = self._picture
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as self._file:
            self.render(self._data, sandbox)
            document = BytesIO()
            self.save(document)
            with zipfile.ZipFile(document) as parts:
                written = set(self._file.namelist())
                for name in parts.namelist():
                    if name not in written:
                        self._file.writestr(_entry(name), parts.read(name))

    def render_xml_part(
        self, src_xml: str, part: Part, context: Mapping[str, object], jinja_env: Environment | None = None
    ) -> str:
        """Fill one part. Each paragraph begins a line, so that an error's line tells the paragraph."""
        assert jinja_env is not None
        source = _PARAGRAPH.sub(r"\n<w:p\1", src_xml)
        self.current_rendering_part = part
        try:
            filled = jinja_env.from_string(source).render(context)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            if self._placing:
                raise  # no fault of the template: a picture's source or our own code failed
            raise explain(error, source, part.partname, self._template.name, _names(self._data)) from error
        for written, meant in _ESCAPES.items():
            filled = filled.replace(written, meant)
        try:
            root = unmark(filled)
        except etree.XMLSyntaxError as error:
            raise TemplateFault(
                f"模板“{self._template.name}”填写后结构不完整，多半是 for 在表格行中开始却在段落中结束；"
                "请让每个语句在同一表格行或同一段落层次上开始和结束。"
            ) from error
        tidy(root)
        return etree.tostring(root, encoding="unicode")

    def render_properties(self, context: Mapping[str, object], jinja_env: Environment | None = None) -> None:
        """Leave title, author and the like as the template has them: they are no place for a case's content."""

    def render_footnotes(self, context: Mapping[str, object], jinja_env: Environment | None = None) -> None:
        """Fill notes once; docxtpl does it once a section and would read printed data as a template."""
        document = self.get_docx()
        package = document.part.package if document else None
        assert package is not None
        for part in package.parts:
            if part.content_type.endswith(_NOTES):
                source = self.patch_xml(part.blob.decode())
                part._blob = self.render_xml_part(source, part, context, jinja_env).encode()

    def _picture(self, key: str, width_mm: float = 150, height_mm: float = 200) -> Markup:
        """Show the picture with this key inside a box: `{{ picture.key|picture(150, 95) }}`."""
        self._shown += 1
        self._progress.step(1, 4, f"正在写入第 {self._shown} 张图片")
        if key not in self._placed_by_key:
            self._placing = True
            self._placed_by_key[key] = self._place(key)
            self._placing = False
        placed = self._placed_by_key[key]
        host = self.current_rendering_part
        relation = f"rIdPicture{placed.part.partname.idx}"
        if relation not in host.rels:
            host.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, placed.part, relation)
        width, height = placed.shape.fit(width_mm, height_mm)
        return Markup(
            _DRAWING.format(namespaces=_NAMESPACES, width=width, height=height, number=self._shown, relation=relation)
        )

    def _place(self, key: str) -> _Placed:
        if self._source is None:
            raise TemplateFault(f"模板“{self._template.name}”要打印图片，但这种文书没有图片；请删去图片标签。")
        name = key.path if isinstance(key, Traced) else str(key)
        picture = prepare(self._source(str(key)), name)
        placed = self._placed_by_digest.get(picture.digest)
        if placed is None:
            number = len(self._placed_by_digest) + 1
            where = PackURI(f"/word/media/picture{number}.{picture.suffix}")
            placed = _Placed(
                Part(where, f"image/{picture.suffix}", b""),
                Picture(b"", picture.suffix, picture.width, picture.height),
            )
            self._placed_by_digest[picture.digest] = placed
            assert self._file is not None
            self._file.writestr(_entry(where.membername, zipfile.ZIP_STORED), picture.content)
        return placed


def _entry(name: str, method: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    """A zip entry without the time of day: the same data gives the same file."""
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = method
    return entry


def _broken(template: Path) -> TemplateFault:
    return TemplateFault(f"模板“{template.name}”不是完好的 Word 文档（.docx），请重新保存或换一个模板。")


def _check_package(template: Path) -> None:
    """Refuse what is no Word document, or one made to do harm, before a parser sees it."""
    if not template.is_file():
        raise UserError(f"找不到模板“{template.name}”（应在“{template.parent}”中），请在设置中恢复该模板。")
    dangers.refuse(template)


def _names(value: object) -> Iterable[str]:
    """All names of the data, to suggest the one that was meant."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _names(item)
    elif isinstance(value, list):
        for item in value[:1]:
            yield from _names(item)
