"""Whether an exported Word or Excel file is sound in every part: what Office would repair, drop or refuse."""

import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs
from openpyxl.utils import column_index_from_string
from openpyxl.utils.cell import coordinate_from_string
from openpyxl.worksheet.cell_range import CellRange

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_NUMBERED = ("docPr", "bookmarkStart")
# The order in which the standard (ECMA-376 Part 1, Annex A) wants the children of these elements.
_ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss "
    "imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd "
    "fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings "
    "sectPrChange",
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
    "abstractNum": "nsid multiLevelType tmpl name styleLink numStyleLink lvl",
    "num": "abstractNumId lvlOverride",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "tbl": "bookmarkStart bookmarkEnd tblPr tblGrid tr",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "worksheet": "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
    "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells phoneticPr "
    "conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup headerFooter rowBreaks "
    "colBreaks customProperties cellWatches ignoredErrors smartTags drawing legacyDrawing legacyDrawingHF picture "
    "oleObjects controls webPublishItems tableParts extLst",
    "workbook": "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
    "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches extLst",
    "styleSheet": "numFmts fonts fills borders cellStyleXfs cellXfs cellStyles dxfs tableStyles colors extLst",
}
_PLACES = {name: {child: place for place, child in enumerate(order.split())} for name, order in _ORDER.items()}
_ORDERED = [f"{space}{name}" for space in (_W, _S) for name in _PLACES]
_REPEATED = {"headerReference", "footerReference", "tr", "bookmarkStart", "bookmarkEnd", "tblStylePr",
             "conditionalFormatting", "style", "abstractNum", "num", "lvl", "lvlOverride"}  # fmt: skip


def unsound(file: Path) -> list[str]:
    """Everything that is wrong with a file; a part that is no XML raises."""
    with zipfile.ZipFile(file) as package:
        names = package.namelist()
        parts = {name: etree.fromstring(package.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    found = [f"{name}：重名" for name, count in Counter(names).items() if count > 1]
    found += _types(set(names), parts["[Content_Types].xml"])
    for name, root in parts.items():
        if name.endswith(".rels"):
            found += _relations(name, root, set(names), parts)
        else:
            found += [f"{name}：{fault}" for fault in (*_disorder(root), *_cells(root), *_grid(root))]
    return [*found, *_numbers(parts), *_unreached(set(names), parts)]


def computed_fields(file: Path) -> set[str]:
    """What a Word file leaves to Word: the names of its fields, and updates it asks for on opening."""
    with zipfile.ZipFile(file) as package:
        roots = [etree.fromstring(package.read(name)) for name in package.namelist() if name.endswith(".xml")]
    codes = [code.text or "" for root in roots for code in root.iter(_W + "instrText")]
    codes += [field.get(_W + "instr", "") for root in roots for field in root.iter(_W + "fldSimple")]
    asked = {"updateFields" for root in roots for _ in root.iter(_W + "updateFields")}
    return {code.split()[0] for code in codes if code.strip()} | asked


def _types(names: set[str], types: "etree._Element") -> Iterator[str]:
    endings = {one.get("Extension", "").lower() for one in types.iter(_TYPES + "Default")}
    listed = [one.get("PartName", "").removeprefix("/") for one in types.iter(_TYPES + "Override")]
    for name in sorted(names - set(listed) - {"[Content_Types].xml"}):
        if name.rpartition(".")[2].lower() not in endings:
            yield f"{name}：没有内容类型"
    yield from (f"{name}：有类型而不存在" for name in set(listed) - names)
    yield from (f"{name}：有两种类型" for name, count in Counter(listed).items() if count > 1)


def _relations(
    name: str, root: "etree._Element", names: set[str], parts: Mapping[str, "etree._Element"]
) -> Iterator[str]:
    folder, own = posixpath.split(name)
    base = posixpath.dirname(folder)
    ids = Counter(one.get("Id") for one in root.iter(_RELATIONS + "Relationship"))
    yield from (f"{name}：{number} 用了 {count} 次" for number, count in ids.items() if count > 1)
    for one in root.iter(_RELATIONS + "Relationship"):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/" + base, unquote(one.get("Target", "")))).removeprefix("/")
            if target not in names:
                yield f"{name}：{target} 不存在"
    owner = parts.get(posixpath.join(base, own.removesuffix(".rels")))
    if owner is not None:
        used = {value for element in owner.iter() for key, value in element.attrib.items() if key.startswith(_R)}
        yield from (f"{name}：{number} 没有定义" for number in used - set(ids))


def _unreached(names: set[str], parts: Mapping[str, "etree._Element"]) -> Iterator[str]:
    """Parts no relation leads to: media left behind and the like."""
    reached = {"[Content_Types].xml"}
    for name, root in parts.items():
        if name.endswith(".rels"):
            base = posixpath.dirname(posixpath.dirname(name))
            targets = (unquote(one.get("Target", "")) for one in root.iter(_RELATIONS + "Relationship"))
            reached |= {posixpath.normpath(posixpath.join("/" + base, target)).removeprefix("/") for target in targets}
            reached.add(name)
    yield from (f"{name}：没有任何地方使用" for name in sorted(names - reached))


def _grid(root: "etree._Element") -> Iterator[str]:
    """Rows and cells of a sheet stand in order, each once, and merged areas do not overlap."""
    last = 0
    for row in root.iter(_S + "row"):
        number, before = int(row.get("r", "0")), 0
        if number <= last:
            yield f"第 {number} 行在第 {last} 行后面"
        last = number
        for cell in row.iterfind(_S + "c"):
            column, own = coordinate_from_string(cell.get("r", "A0"))
            if own != number or column_index_from_string(column) <= before:
                yield f"第 {number} 行的单元格 {cell.get('r')} 不在其位"
            before = column_index_from_string(column)
    areas = [CellRange(one.get("ref", "")) for one in root.iter(_S + "mergeCell")]
    for place, area in enumerate(areas):
        if any(not area.isdisjoint(other) for other in areas[:place]):
            yield "合并的单元格重叠"


def _disorder(root: "etree._Element") -> Iterator[str]:
    for element in root.iter(*_ORDERED):
        space, places = etree.QName(element).namespace, _PLACES[etree.QName(element).localname]
        children = [etree.QName(one) for one in element if isinstance(one.tag, str)]
        known = [one.localname for one in children if one.localname in places and one.namespace == space]
        if [places[one] for one in known] != sorted(places[one] for one in known):
            yield f"{etree.QName(element).localname} 的次序 {known}"
        for child, count in Counter(known).items():
            if count > 1 and child not in _REPEATED:
                yield f"{etree.QName(element).localname} 有 {count} 个 {child}"


def _cells(root: "etree._Element") -> Iterator[str]:
    """Cells end with a paragraph, rows have cells, tables rows."""
    for cell in root.iter(_W + "tc"):
        if len(cell) == 0 or cell[-1].tag != _W + "p":
            yield "单元格不以段落结束"
    for kind, child in (("tr", "tc"), ("tbl", "tr")):
        yield from (f"{kind} 没有 {child}" for one in root.iter(_W + kind) if one.find(f".//{_W}{child}") is None)


def _numbers(parts: Mapping[str, "etree._Element"]) -> Iterator[str]:
    """Numbers and names that must differ in the whole document."""
    for tag in _NUMBERED:
        for attribute in ("id", "name"):
            found = Counter[str]()
            for root in parts.values():
                for element in root.iter("{*}" + tag):
                    value = element.get(attribute) or element.get(_W + attribute)
                    found[value or ""] += not (tag == "docPr" and attribute == "name")
            yield from (f"{tag} 的 {attribute} {value} 用了 {count} 次" for value, count in found.items() if count > 1)
    lists = {one.get(_W + "numId") for root in parts.values() for one in root.iter(_W + "num")}
    used = {one.get(_W + "val") for root in parts.values() for one in root.iter(_W + "numId")}
    yield from (f"列表 {number} 没有定义" for number in used - lists - {"0"})
    for name, root in parts.items():
        starts = Counter(one.get(_W + "id") for one in root.iter(_W + "bookmarkStart"))
        ends = Counter(one.get(_W + "id") for one in root.iter(_W + "bookmarkEnd"))
        if starts != ends:
            yield f"{name}：书签的开始和结束不成对 {starts - ends} {ends - starts}"
