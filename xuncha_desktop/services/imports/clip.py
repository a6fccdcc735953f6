"""Tables out of the clipboard, as Excel, WPS and browsers put them there: HTML, or text with tabs."""

import re
from html.parser import HTMLParser

from xuncha_desktop.decoding.lists.grid import (
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Area,
    Fault,
    Sheet,
    Source,
    Value,
)
from xuncha_desktop.errors import UserError
from xuncha_desktop.text import clean_text

NAME = "粘贴的表格"
_MOST_TEXT = 20_000_000
_TOO_NARROW = re.compile(r"#{3,}")
_FORMULA_MARK = re.compile(r"'(?=[=+\-@])")  # put before such a text when our lists are copied
_QUOTED = re.compile(r'"((?:[^"]|"")*)"(?=[\t\n]|$)')
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*\n\s*(?=[\u2e80-\uffef])")  # Chinese has no blank there
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_SILENT = frozenset(("script", "style", "head", "title", "template", "noscript"))
_BREAKS = frozenset(("br", "p", "div", "li"))


def from_html(text: str) -> Source | None:
    """The tables of an HTML fragment; None where it holds none. Nothing it refers to is looked at."""
    _demand_size(text)
    if not re.search(r"<table[\s>]", text, re.IGNORECASE):
        return None
    parser = _Tables()
    parser.feed(clean_text(text))
    parser.close()
    sheets = [sheet for sheet in parser.sheets if sheet.rows]
    for number, sheet in enumerate(sheets, 1):
        sheet.name = f"{NAME}{number}" if len(sheets) > 1 else NAME
    return Source(NAME, tuple(sheets)) if sheets else None


def from_text(text: str) -> Source:
    """A table of lines and tabs; a cell with line breaks stands in quotation marks."""
    _demand_size(text)
    sheet = Sheet(NAME)
    row, column, at = 1, 0, 0
    plain = clean_text(text).strip("\n")
    while at <= len(plain):
        quoted = _QUOTED.match(plain, at)
        if quoted and re.search(r"[\t\n]|\"\"", quoted[1]):
            word, at = quoted[1].replace('""', '"'), quoted.end()
        else:
            end = re.compile(r"[\t\n]|$").search(plain, at)
            assert end is not None
            word, at = plain[at : end.start()], end.start()
        _put(sheet, row, column, _FORMULA_MARK.sub("", word.strip(), count=1))
        if plain[at : at + 1] == "\n":
            row, column = row + 1, 0
        else:
            column += 1
        at += 1
    if not sheet.rows:
        raise UserError("剪贴板里没有文字；请在 Excel 或 WPS 里选中表格，复制后再粘贴。")
    return Source(NAME, (sheet,))


class _Tables(HTMLParser):
    """Collects the cells of tables; tables within cells become text of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.sheets: list[Sheet] = []
        self._depth = 0
        self._silent = 0
        self._row = 0
        self._column = -1
        self._spans = (1, 1)
        self._taken: set[tuple[int, int]] = set()
        self._words: list[str] | None = None

    def close(self) -> None:
        super().close()
        self._end_cell()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.sheets.append(Sheet(NAME))
                self._row, self._taken = 0, set()
        elif self._depth == 1 and tag == "tr":
            self._end_cell()
            self._row, self._column = self._row + 1, -1
            if _HIDDEN.search(given.get("style", "")) or given.get("height") == "0":
                self.sheets[-1].hidden_rows.add(self._row)
        elif self._depth == 1 and tag in ("td", "th"):
            self._end_cell()
            self._begin_cell(given)
        elif self._words is not None and tag in _BREAKS:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(0, self._depth - 1)
        elif self._depth == 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data: str) -> None:
        if self._words is not None and not self._silent:
            self._words.append(_BLANKS.sub(" ", _WRAPPED.sub("", data)))

    def _begin_cell(self, given: dict[str, str]) -> None:
        self._row = max(self._row, 1)
        self._column += 1
        while (self._row, self._column) in self._taken:
            self._column += 1
        self._spans = (_span(given.get("rowspan", ""), MOST_ROWS), _span(given.get("colspan", ""), MOST_COLUMNS))
        self._words = []

    def _break(self, tag: str) -> None:
        assert self._words is not None
        if tag == "br" or "".join(self._words).strip():
            self._words.append("\n")

    def _end_cell(self) -> None:
        if self._words is None:
            return
        sheet = self.sheets[-1]
        lines = [line.replace("\u00a0", " ").strip() for line in "".join(self._words).split("\n")]
        self._words = None
        _put(sheet, self._row, self._column, "\n".join(lines).strip())
        down, right = self._spans
        if down > 1 or right > 1:
            area = Area(self._row, self._column, self._row + down - 1, self._column + right - 1)
            sheet.merged.append(area)
            if down * right > MOST_CELLS - len(self._taken):
                raise UserError("粘贴的表格里合并的单元格太多，没有读入；请取消合并后再复制。")
            self._taken.update((row, column) for row in range(area.top, area.bottom + 1) for column in _across(area))
            self._column = area.right


def _across(area: Area) -> range:
    return range(area.left, area.right + 1)


def _span(text: str, most: int) -> int:
    return min(max(int(text), 1), most) if text.isdecimal() and len(text) < 8 else 1


def _put(sheet: Sheet, row: int, column: int, word: str) -> None:
    if not word:
        return
    if row > MOST_ROWS or column >= MOST_COLUMNS:
        raise UserError(f"粘贴的表格超过 {MOST_ROWS:,} 行或 {MOST_COLUMNS} 列，没有读入；请分几次粘贴。")
    value: Value = word
    if _TOO_NARROW.fullmatch(word):
        value = Fault(word, "复制出来的只是“###”，因为那一列太窄；请在 Excel 或 WPS 里拉宽该列后再复制")
    cells = sheet.rows.setdefault(row, [])
    cells.extend([""] * (column - len(cells)))
    cells.append(value)


def _demand_size(text: str) -> None:
    if len(text) > _MOST_TEXT:
        raise UserError("粘贴的内容太多，没有读入；请分几次粘贴，或存成 xlsx 文件再导入。")
