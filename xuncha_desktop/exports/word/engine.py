"""One rendering of a Word template: docxtpl finds the tags, the sandbox fills them, our own steps keep the text."""

import re
import zipfile
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path

from docx.opc.exceptions import PackageNotFoundError
from docx.opc.part import Part
from docxtpl import DocxTemplate
from jinja2 import Environment
from jinja2.exceptions import TemplateError
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs
from markupsafe import Markup

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import dangers, faces
from xuncha_desktop.exports.templates import TemplateFault
from xuncha_desktop.exports.word.album import Album, PictureSource
from xuncha_desktop.exports.word.bookmarks import unbookmarked
from xuncha_desktop.exports.word.faults import explain
from xuncha_desktop.exports.word.sandbox import Sandbox
from xuncha_desktop.exports.word.setting import Setting
from xuncha_desktop.exports.word.text import Plain, said, unmark
from xuncha_desktop.exports.word.tidy import tidy
from xuncha_desktop.jobs import Progress

_PARAGRAPH = re.compile(r"<w:p([ >])")
# docxtpl's own way to print a brace: honoured in the template's text only, the data's braces are marks by now.
_ESCAPES = {"{_{": "{{", "}_}": "}}", "{_%": "{%", "%_}": "%}"}
_TAGS = re.compile("<[^>]*>")
_CELL_TAG = re.compile(r"\{[%{]-?\s*(?:tc|hm|colspan)\b")
_NOTES = ("footnotes+xml", "endnotes+xml")
_TEXTS_A_STEP = 500
_FIXED_TIME = (1980, 1, 1, 0, 0, 0)


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
        self._album: Album | None = None
        self._setting: Setting | None = None
        self._makes_cells = False

    def write(self, target: Path | BytesIO) -> None:
        """Render into `target`; pictures first, as they come, then the parts of the document."""
        _check_package(self._template)
        self.template_file = BytesIO(faces.dressed(self._template))
        try:
            self.init_docx()
        except (PackageNotFoundError, KeyError, ValueError, etree.XMLSyntaxError) as error:
            raise _broken(self._template) from error
        document = self.get_docx()
        assert document is not None
        setting = self._setting = Setting(document)
        self._makes_cells = bool(_CELL_TAG.search(_TAGS.sub("", self.get_xml())))
        sandbox = Sandbox(self._note)
        sandbox.filters["picture"] = self._picture
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
            self._album = Album(self._source, file, self._progress) if self._source else None
            self.render(self._data, sandbox)
            setting.numbering.write()
            self._filling()
            saved = BytesIO()
            self.save(saved)
            self._filling()
            with zipfile.ZipFile(saved) as parts:
                written = set(file.namelist())
                for name in parts.namelist():
                    if name not in written:
                        file.writestr(_entry(name), parts.read(name))

    def render_xml_part(
        self, src_xml: str, part: Part, context: Mapping[str, object], jinja_env: Environment | None = None
    ) -> str:
        """Fill one part."""
        assert jinja_env is not None
        return etree.tostring(self._filled(src_xml, part, context, jinja_env), encoding="unicode")

    def build_xml(self, context: Mapping[str, object], jinja_env: Environment | None = None) -> "etree._Element":
        """Fill the body, and leave it a tree: of a long document it would be written and parsed once more."""
        document = self.get_docx()
        assert jinja_env is not None
        assert document is not None
        return self._filled(self.patch_xml(self.get_xml()), document.part, context, jinja_env)

    def fix_tables(self, xml: "etree._Element") -> "etree._Element":
        """Count columns anew only where the template's tags make cells: it takes as long as filling a large part."""
        return super().fix_tables(etree.tostring(xml, encoding="unicode")) if self._makes_cells else xml

    def _filled(
        self, src_xml: str, part: Part, context: Mapping[str, object], environment: Environment
    ) -> "etree._Element":
        """Each paragraph begins a line, so that an error's line tells the paragraph."""
        source = _PARAGRAPH.sub(r"\n<w:p\1", src_xml)
        self.current_rendering_part = part
        try:
            filled = environment.from_string(source).render(context)
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
            raise explain(error, source, part.partname, self._template.name, _names(self._data)) from error
        for written, meant in _ESCAPES.items():
            filled = filled.replace(written, meant)
        if self._album:
            filled = self._album.show(filled, part)
        document = self.get_docx()
        if document is None or part is not document.part:
            filled = unbookmarked(filled)  # only the body is compared, and no name may stand twice in a file
        self._filling()
        try:
            assert self._setting is not None
            root = unmark(filled, self._setting, self._filling)
        except etree.XMLSyntaxError as error:
            raise TemplateFault(
                f"模板“{self._template.name}”填写后结构不完整，多半是 for 在表格行中开始却在段落中结束；"
                "请让每个语句在同一表格行或同一段落层次上开始和结束。"
            ) from error
        self._filling()
        tidy(root, self._filling)
        return root

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

    def _note(self, text: str) -> None:
        """Hear of a printed text."""
        self.printed += said(text)
        if len(self.printed) % _TEXTS_A_STEP == 0:
            self._filling()

    def _filling(self) -> None:
        """Let a cancel through: each stretch between two of these lasts well below a second."""
        self._progress.step(1, 4, "正在填写模板")

    def _picture(self, key: str, width_mm: float = 150, height_mm: float = 200) -> Markup:
        """Show the picture with this key inside a box: `{{ picture.key|picture(150, 95) }}`."""
        if self._album is None:
            raise TemplateFault(f"模板“{self._template.name}”要打印图片，但这种文书没有图片；请删去图片标签。")
        return self._album.ask(key, width_mm, height_mm)


def _entry(name: str) -> zipfile.ZipInfo:
    """A zip entry without the time of day: the same data gives the same file."""
    entry = zipfile.ZipInfo(name, _FIXED_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
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
