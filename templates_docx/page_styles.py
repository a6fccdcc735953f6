"""The official page of GB/T 9704-2012 as Word styles: measures, faces, numbers at the foot."""

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.section import Section
from docx.shared import Mm, Pt
from docx.styles.style import ParagraphStyle
from docx.text.paragraph import Paragraph

SONG, FANG, KAI, HEI, TITLE = "宋体", "仿宋_GB2312", "楷体_GB2312", "黑体", "方正小标宋简体"
LATIN = "Times New Roman"
BODY, SMALL = Pt(16), Pt(12)
# 22 lines of 28.95 pt fill 225 mm; 28 characters of 16 pt fit 156 mm when each is set 0.25 pt closer.
PITCH, GRID, CLOSER = Pt(28.95), "579", "-5"
CHARACTER = Pt(15.75)
_KEPT = {"Normal", "Default Paragraph Font", "Normal Table", "No List"}


def blank_document() -> DocumentObject:
    """An empty A4 document that has only the standard's styles and names nobody as its author."""
    document = Document()
    for style in list(document.styles):
        if style.name not in _KEPT:
            style.delete()
    _set_defaults(document)
    _set_language(document)
    properties = document.core_properties
    properties.author = properties.last_modified_by = properties.comments = properties.title = ""
    set_portrait(document.sections[0])
    return document


def _set_defaults(document: DocumentObject) -> None:
    """Body text: 三号仿宋 on the grid. Theme fonts would win over the faces named here, so they go."""
    defaults = document.styles.element.find(qn("w:docDefaults"))
    for fonts in defaults.iter(qn("w:rFonts")):
        fonts.attrib.clear()
        _name_faces(fonts, FANG, LATIN)
    for language in defaults.iter(qn("w:lang")):
        language.attrib.clear()
        language.set(qn("w:val"), "en-US")
        language.set(qn("w:eastAsia"), "zh-CN")
    paragraph = defaults.find(qn("w:pPrDefault"))
    paragraph.clear()
    paragraph.append(OxmlElement("w:pPr"))
    # No punctuation beyond the type area; no gap of its own between digits and Han, so that two digits take
    # the place of one character. (LibreOffice 7.4 reads neither: there a full stop may hang out of the line.)
    for name in ("overflowPunct", "autoSpaceDE", "autoSpaceDN"):
        paragraph[0].append(element(f"w:{name}", val="0"))
    normal = document.styles["Normal"]
    assert isinstance(normal, ParagraphStyle)
    set_face(normal, FANG, BODY)
    set_lines(normal, PITCH)
    # The fixed pitch alone keeps the 22 lines. LibreOffice would centre each line between grid lines by the
    # heights of its faces (a line with digits would lie 0.7 pt higher) and give a title two of them.
    normal.element.pPr.insert_element_before(element("w:snapToGrid", val="0"), "w:spacing", "w:ind", "w:jc")
    normal.paragraph_format.alignment = ALIGN.JUSTIFY
    normal.paragraph_format.widow_control = False
    _element_before_size(normal, element("w:spacing", val=CLOSER))


def _set_language(document: DocumentObject) -> None:
    """A Chinese document of today: no notice of an old format, no traces of the library's own template."""
    settings = document.settings.element
    for name in ("rsids", "savePreviewPicture", "proofState"):
        for old in settings.findall(qn(f"w:{name}")):
            settings.remove(old)
    settings.find(qn("w:zoom")).set(qn("w:percent"), "100")
    settings.find(qn("w:themeFontLang")).set(qn("w:eastAsia"), "zh-CN")
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _element_before_size(style: ParagraphStyle, new: BaseOxmlElement) -> None:
    style.element.get_or_add_rPr().insert_element_before(new, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")


def add_style(
    document: DocumentObject,
    style_id: str,
    name: str,
    face: str = FANG,
    size: Pt = BODY,
    align: ALIGN | None = None,
    level: int | None = None,
    latin: str = LATIN,
) -> ParagraphStyle:
    """A style based on the body; `level` 1 to 3 puts it into Word's outline."""
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.isascii())
    assert isinstance(style, ParagraphStyle)
    style.element.set(qn("w:styleId"), style_id)
    style.base_style = document.styles["Normal"]
    style.quick_style = True
    set_face(style, face, size, latin)
    if align is not None:
        style.paragraph_format.alignment = align
    if level is not None:
        style.element.get_or_add_pPr().append(element("w:outlineLvl", val=str(level - 1)))
    return style


def set_face(style: ParagraphStyle, face: str, size: Pt, latin: str = LATIN) -> None:
    """Name the face for Han text too: python-docx alone names it for Latin letters only."""
    style.font.size = size
    style.font.name = latin
    _name_faces(style.element.rPr.rFonts, face, latin)


def _name_faces(fonts: BaseOxmlElement, face: str, latin: str) -> None:
    for attribute in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{attribute}"), latin)
    fonts.set(qn("w:eastAsia"), face)


def indent_first_line(style: ParagraphStyle) -> None:
    """Two characters; Word shows them as such, other readers take the measure."""
    style.paragraph_format.first_line_indent = 2 * CHARACTER
    style.element.pPr.ind.set(qn("w:firstLineChars"), "200")


def set_lines(style: ParagraphStyle, pitch: Pt) -> None:
    """A fixed line height with nothing before or after."""
    spacing = style.paragraph_format
    spacing.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    spacing.line_spacing = pitch
    spacing.space_before = spacing.space_after = Pt(0)


def set_portrait(section: Section) -> None:
    """A4 with the standard's margins: a type area of 156 × 225 mm on a grid of 22 lines."""
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    leave_grid(section)
    section._sectPr.append(element("w:docGrid", type="lines", linePitch=GRID))


def set_landscape(section: Section) -> None:
    """The same sheet turned: the head of the page lies at the portrait page's left edge."""
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.top_margin, section.bottom_margin = Mm(28), Mm(26)
    section.left_margin, section.right_margin = Mm(35), Mm(37)
    leave_grid(section)


def leave_grid(section: Section) -> None:
    """A page of tables has no grid: LibreOffice leaves what is less than a whole line of it empty."""
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)


def add_text(paragraph: Paragraph, text: str) -> None:
    """Write a run whose quotes and dashes are set in the Han face (Word would take the Latin one)."""
    run = paragraph.add_run(text)
    style = paragraph.style
    assert isinstance(style, ParagraphStyle)
    fonts = run._r.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:hint"), "eastAsia")
    fonts.set(qn("w:eastAsia"), style.element.rPr.rFonts.get(qn("w:eastAsia")))


def add_field(paragraph: Paragraph, code: str) -> None:
    """A field Word and WPS compute by themselves in headers and footers (PAGE, NUMPAGES)."""
    for kind in ("begin", None, "separate", "1", "end"):
        run = paragraph.add_run()
        if kind is None:
            instruction = OxmlElement("w:instrText")
            instruction.set(qn("xml:space"), "preserve")
            instruction.text = f" {code} "
            run._r.append(instruction)
        elif kind == "1":
            cached = OxmlElement("w:t")
            cached.text = "1"
            run._r.append(cached)
        else:
            run._r.append(element("w:fldChar", fldCharType=kind))


def element(tag: str, **attributes: str) -> BaseOxmlElement:
    """An XML element python-docx has no call for."""
    new = OxmlElement(tag)
    for name, value in attributes.items():
        new.set(qn(f"w:{name}"), value)
    return new
