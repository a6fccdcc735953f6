"""Reads an xlsx file cell by cell, as much of it as a list needs.

Its own reader: the parsers at hand read hidden rows, merged cells and what a cell shows only from a workbook that is
wholly in memory, stumble over styles that Chinese office programs write, or make room for every cell up to XFD1048576.
"""

import posixpath
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Context, InvalidOperation
from io import BytesIO
from typing import IO, Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.decoding.lists.grid import (
    MARK_NAME,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    Fault,
    Sheet,
    Source,
    Value,
    letters,
)
from xuncha_desktop.decoding.lists.number_formats import PLAIN, Format, dated, format_of, formatted
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.text import clean_text
from xuncha_desktop.untrusted import Unsafe, check_package

_MOST_TEXTS, _MOST_CHARACTERS, _MOST_AREAS = 1_000_000, 50_000_000, 20_000
_AS_EXCEL = Context(prec=15)  # what Excel itself knows of a number; the digits behind are noise of the binary form
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EVERY = 2000
_SAFE = {"resolve_entities": False, "no_network": True}


@dataclass(slots=True)
class _Book:
    package: zipfile.ZipFile
    name: str
    texts: list[str] = field(default_factory=list)
    formats: list[Format] = field(default_factory=list)
    from_1904: bool = False
    uncounted: bool = False  # made by a program that left the counting to Excel
    whole: bool = False  # one of ours that came back: hidden sheets too, texts to the last blank
    marks: dict[str, str] = field(default_factory=dict)  # by sheet, which export it comes from
    cells: int = 0

    def text(self, raw: str) -> str:
        """Text as the list needs it."""
        if "_x" in raw:
            raw = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), raw)
        return clean_text(raw) if self.whole else clean_text(raw).replace("\u00a0", " ").strip()


def read(content: bytes, name: str, progress: Progress, *, whole: bool = False) -> Source:
    """All sheets of a workbook that are not hidden; UserError for what is no workbook or too much of one.

    `whole` is for our own ledgers: hidden sheets are read, too, and no blank is taken from a text.
    """
    try:
        check_package(content, name)
        with zipfile.ZipFile(BytesIO(content)) as package:
            return _read(_Book(package, name, whole=whole), progress)
    except Unsafe:
        raise
    except (zipfile.BadZipFile, etree.XMLSyntaxError, ValueError, LookupError, StopIteration) as error:
        raise UserError(f"“{name}”不是可读的 xlsx 表格；请用 Excel 或 WPS 打开它，另存为 xlsx 后再试。") from error


def _read(book: _Book, progress: Progress) -> Source:
    workbook = next(part for kind, part in _related(book.package, "").values() if kind == "officeDocument")
    related = _related(book.package, workbook)
    by_kind = dict(related.values())
    listed = list(_sheets(book, workbook, related))
    if "styles" in by_kind:
        with book.package.open(by_kind["styles"]) as part:
            book.formats = _formats(part)
    if "sharedStrings" in by_kind:
        with book.package.open(by_kind["sharedStrings"]) as part:
            book.texts = _texts(book, part, progress)
    hidden = [name for name, _, state in listed if state != "visible" and not book.whole]
    seen = [(name, part) for name, part, _ in listed if name not in hidden]
    sheets = [_sheet(book, name, part, progress) for name, part in seen]
    if not sheets:
        raise UserError(f"“{book.name}”里没有可读的工作表；隐藏的工作表不读，要导入请先取消隐藏。")
    if hidden:
        for sheet in sheets:
            sheet.unread.append(f"隐藏的工作表没有读：{'、'.join(hidden)}")
    return Source(book.name, tuple(sheets))


def _sheets(book: _Book, workbook: str, related: dict[str, tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Name, part and state of each sheet that holds cells."""
    root = _parsed(book.package.read(workbook))
    properties = root.find("{*}workbookPr")
    book.from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    counting = root.find("{*}calcPr")
    book.uncounted = counting is not None and counting.get("fullCalcOnLoad") in ("1", "true")
    found = list(root.iterfind("{*}sheets/{*}sheet"))
    for name in root.iterfind("{*}definedNames/{*}definedName"):
        place = name.get("localSheetId", "")
        if name.get("name") == MARK_NAME and place.isdecimal() and int(place) < len(found):
            book.marks[found[int(place)].get("name", "")] = (name.text or "").strip('"')
    for sheet in found:
        relation = next((value for key, value in sheet.attrib.items() if key.endswith("}id")), "")
        kind, part = related.get(relation, ("", ""))
        if kind == "worksheet":
            yield sheet.get("name", ""), part, sheet.get("state", "visible")


def _sheet(book: _Book, name: str, part: str, progress: Progress) -> Sheet:
    sheet = Sheet(name, mark=book.marks.get(name, ""))
    size = max(1, book.package.getinfo(part).file_size)
    with book.package.open(part) as stream:
        reader = _SheetReader(book, sheet)
        for count, (_, element) in enumerate(etree.iterparse(stream, tag=_TAGS, **_SAFE)):
            if count % _EVERY == 0:
                progress.step(min(stream.tell(), size), size, f"读取“{name}”")
            reader.take(element)
            _drop(element)
    return sheet


_TAGS = ("{*}c", "{*}row", "{*}col", "{*}mergeCell", "{*}drawing", "{*}legacyDrawing")


class _SheetReader:
    """Takes a sheet's elements as they end; each can be forgotten then."""

    def __init__(self, book: _Book, sheet: Sheet) -> None:
        self._book = book
        self._sheet = sheet
        self._row = 0  # the row that ended last
        self._column = -1  # of the last cell in the row that has begun
        self._columns: dict[str, int] = {}

    def take(self, element: Any) -> None:
        """One element."""
        tag = element.tag.rpartition("}")[2]
        if tag == "c":
            self._take_cell(element)
        elif tag == "row":
            self._row = int(element.get("r") or self._row + 1)
            self._column = -1
            if element.get("hidden") in ("1", "true"):
                self._sheet.hidden_rows.add(self._row)
        elif tag == "col" and element.get("hidden") in ("1", "true"):
            first, last = int(element.get("min")) - 1, min(int(element.get("max")), MOST_COLUMNS)
            self._sheet.hidden_columns.update(range(first, last))
        elif tag == "mergeCell":
            self._take_merged(element.get("ref", ""))
        elif tag == "drawing" and not self._book.whole:
            self._sheet.unread.append("表里的图片和图形没有读入；需要的请另存为证据")
        elif tag == "legacyDrawing":
            self._sheet.unread.append("单元格的批注没有读入")

    def _take_cell(self, element: Any) -> None:
        row, self._column = self._place(element)
        value = self._value(element)
        if value == "":
            return
        if not 0 < row <= MOST_ROWS or self._column >= MOST_COLUMNS or self._book.cells >= MOST_CELLS:
            self._refuse(row)
        cells = self._sheet.rows.setdefault(row, [])
        if len(cells) > self._column:
            cells[self._column] = value
        else:
            cells.extend([""] * (self._column - len(cells)))
            cells.append(value)
        self._book.cells += 1

    def _place(self, element: Any) -> tuple[int, int]:
        """Row and column of a cell; some programs leave them to be counted."""
        reference = element.get("r")
        if not reference:
            return int(element.getparent().get("r") or self._row + 1), self._column + 1
        word = reference.rstrip("0123456789")
        if word not in self._columns:
            self._columns[word] = _column(word)
        return int(reference[len(word) :]), self._columns[word]

    def _refuse(self, row: int) -> None:
        place = f"“{self._sheet.name}”第{row}行 {letters(self._column)}列"
        if self._book.cells >= MOST_CELLS:
            raise UserError(f"读到{place}时内容已超过 {MOST_CELLS:,} 格，没有读入；请把表格拆成几份再导入。")
        raise UserError(
            f"{place}还有内容，超出一次能导入的 {MOST_ROWS:,} 行、{MOST_COLUMNS} 列，没有读入；"
            "请删去表外的内容，或把表格拆成几份再导入。"
        )

    def _value(self, element: Any) -> Value:
        kind = element.get("t", "n")
        if kind == "inlineStr":
            inside = element.find("{*}is")
            return "" if inside is None else self._book.text(_words(inside))
        raw = element.findtext("{*}v") or ""
        if element.find("{*}f") is not None and (self._book.uncounted or not raw) and kind not in ("str", "e"):
            return Fault("（公式）", "是公式，文件里没有存算出的结果；请在 Excel 或 WPS 里打开、保存一次再导入")
        if not raw:
            return ""
        match kind:
            case "s":
                return self._book.texts[int(raw)]
            case "str":
                return self._book.text(raw)
            case "b":
                return raw.strip() == "1"
            case "e":
                return Fault(raw, f"公式出错（{raw}）")
            case "d":
                return dated(datetime.fromisoformat(raw.strip().removesuffix("Z")))
            case _:
                return self._number(raw, int(element.get("s") or 0))

    def _number(self, raw: str, style: int) -> Value:
        try:
            number = _AS_EXCEL.create_decimal(raw.strip())
        except InvalidOperation:
            return self._book.text(raw)
        if not number.is_finite():
            return Fault(raw, "不是一个数")
        how = self._book.formats[style] if style < len(self._book.formats) else PLAIN
        return formatted(number, how, from_1904=self._book.from_1904)

    def _take_merged(self, reference: str) -> None:
        corners = [_REFERENCE.fullmatch(corner) for corner in reference.split(":")]
        if len(corners) != 2 or corners[0] is None or corners[1] is None:
            return
        if len(self._sheet.merged) >= _MOST_AREAS:
            raise UserError(f"“{self._sheet.name}”里合并的单元格太多，没有读入；请取消合并后再试。")
        first, last = corners[0], corners[1]
        self._sheet.merged.append(Area(int(first[2]), _column(first[1]), int(last[2]), _column(last[1])))


def _related(package: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The parts that a part refers to: kind and name by the relation's id."""
    folder, name = posixpath.split(part)
    root = _parsed(package.read(f"{folder}/_rels/{name}.rels".lstrip("/")))
    return {
        relation.get("Id", ""): (
            posixpath.basename(relation.get("Type", "")),
            posixpath.normpath(posixpath.join("/" + folder, relation.get("Target", ""))).lstrip("/"),
        )
        for relation in root.iterfind("{*}Relationship")
        if relation.get("TargetMode") != "External"
    }


def _formats(part: IO[bytes]) -> list[Format]:
    """The format of each style that a cell may name."""
    codes: dict[int, str] = {}
    numbers: list[int] = []
    for _, element in etree.iterparse(part, tag=("{*}numFmt", "{*}xf"), **_SAFE):
        inside = etree.QName(element.getparent()).localname
        number = int(element.get("numFmtId", "0"))
        if inside == "numFmts":
            codes[number] = element.get("formatCode", "")
        elif inside == "cellXfs":
            numbers.append(number)
        _drop(element)
    known = {number: format_of(number, codes.get(number, "")) for number in set(numbers)}
    return [known[number] for number in numbers]


def _texts(book: _Book, part: IO[bytes], progress: Progress) -> list[str]:
    found: list[str] = []
    characters = 0
    for _, element in etree.iterparse(part, tag="{*}si", **_SAFE):
        if len(found) % _EVERY == 0:
            progress.step(0, 1, f"读取“{book.name}”的文字")
        found.append(book.text(_words(element)))
        characters += len(found[-1])
        if len(found) > _MOST_TEXTS or characters > _MOST_CHARACTERS:
            raise UserError(f"“{book.name}”里的文字太多，没有读入；请把表格拆成几份再导入。")
        _drop(element)
    return found


def _words(element: Any) -> str:
    """The text of a cell; the pronunciation that East Asian Excel keeps beside it left out."""
    if len(element) == 1 and not len(element[0]):
        return element[0].text or ""
    parts: Sequence[Any] = [*element.iterfind("{*}t"), *element.iterfind("{*}r/{*}t")]
    return "".join(part.text or "" for part in parts)


def _parsed(part: bytes) -> Any:
    return etree.fromstring(part, etree.XMLParser(**_SAFE))


def _column(text: str) -> int:
    number = 0
    for letter in text:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _drop(element: Any) -> None:
    """Forget an element that has been read, and what stands before it."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]
