"""Rich texts as HTML, as Word, WPS and browsers put it on the clipboard: a small part is kept, the rest is words."""

import re
from dataclasses import dataclass, field
from html import escape
from html.parser import HTMLParser
from itertools import groupby

from xuncha_desktop import rich
from xuncha_desktop.rich import Block, Item, Paragraph, Run, Runs, Table
from xuncha_desktop.text import clean_text

MOST_TEXT = 5_000_000  # characters; of more, or deeper nested, or larger tables only the plain text is taken
_DEEPEST, _MOST_CELLS = 300, 1000
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WRAPPED = re.compile(r"(?<=[\u2e80-\uffef])[ \t]*[\r\n]\s*(?=[\u2e80-\uffef])")  # Chinese has no blank there
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_WEIGHT = re.compile(r"(?<![\w-])font-weight\s*:\s*(\w+)", re.IGNORECASE)
_IN_LIST = re.compile(r"mso-list\s*:\s*l\d", re.IGNORECASE)
_SIGN_OF_LIST = re.compile(r"mso-list\s*:\s*ignore", re.IGNORECASE)
_NUMBERED = re.compile(r"[(（]?[0-9０-９a-zA-Z一二三四五六七八九十百①-⑳]+[.．、)）]?")
_LETTER_BULLETS = frozenset("lnuqØvo§")  # signs of Wingdings and Courier, as Word writes its bullets
_KEPT_BLANKS = re.compile(r"white-space\s*:\s*pre", re.IGNORECASE)
_SILENT = frozenset(("script", "style", "head", "title", "template", "noscript"))
_VOID = frozenset(("br", "img", "hr", "meta", "link", "col", "input", "wbr", "area", "base", "embed", "source"))
_BLOCKS = frozenset((
    "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "article", "header", "footer", "dd",
    "dt", "dl", "pre", "ul", "ol", "hr", "center",
))  # fmt: skip
_EMPTY = " \t\u00a0"


def from_html(text: str) -> str:
    """The text in the form in which it is kept, "" where it is too large. Nothing it refers to is looked at."""
    reader = _Reader()
    try:
        if len(text) > MOST_TEXT:
            raise _TooLarge
        reader.feed(text)
        reader.close()
    except _TooLarge:
        return ""
    return rich.clean(rich.stored(reader.blocks))


def to_html(text: str) -> str:
    """A stored text as simple HTML, for the clipboard."""
    parts: list[str] = []
    for kind, group in groupby(rich.blocks(text), _kind):
        if kind == "p":
            parts += [f"<p>{_html(words)}</p>" for block in group for words in rich.parts(block)]
        elif kind == "table":
            parts += [_html_table(block) for block in group if isinstance(block, Table)]
        else:
            points = [f"<li>{_html(words)}</li>" for block in group for words in rich.parts(block)]
            parts.append(f"<{kind}>{''.join(points)}</{kind}>")
    return f'<meta charset="utf-8"><div style="white-space:pre-wrap">{"".join(parts)}</div>'


def _kind(block: Block) -> str:
    if isinstance(block, Item):
        return "ol" if block.number else "ul"
    return "table" if isinstance(block, Table) else "p"


def _html(runs: Runs) -> str:
    return "".join(f"<b>{escape(run.text)}</b>" if run.bold else escape(run.text) for run in runs)


def _html_table(table: Table) -> str:
    rows = ("".join(f"<td>{_html(cell)}</td>" for cell in row) for row in table.rows)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f'<table border="1" cellspacing="0" style="border-collapse:collapse">{body}</table>'


class _TooLarge(Exception):
    """More than anybody would set out by hand."""


@dataclass(slots=True)
class _Element:
    tag: str
    bold: bool
    silent: bool
    keeps_blanks: bool
    is_sign: bool  # the number or bullet that Word wrote before a point


@dataclass(slots=True)
class _Grid:
    """A table being read: its cells by row and column."""

    cells: dict[tuple[int, int], Runs] = field(default_factory=dict)
    row: int = -1
    column: int = -1

    def begin_cell(self, down: int, right: int) -> None:
        self.row = max(self.row, 0)
        self.column += 1
        while (self.row, self.column) in self.cells:
            self.column += 1
        for row in range(self.row, self.row + down):
            for column in range(self.column, self.column + right):
                self.cells.setdefault((row, column), ())
        if len(self.cells) > _MOST_CELLS:
            raise _TooLarge

    def blocks(self) -> list[Block]:
        if not self.cells:
            return []
        rows = sorted({row for row, _ in self.cells})
        columns = range(max(column for _, column in self.cells) + 1)
        if len(rows) == len(columns) == 1:
            return [Paragraph(*self.cells.values())]  # a frame around a text, no table
        return [Table(tuple(tuple(self.cells.get((row, column), ()) for column in columns) for row in rows))]


class _Reader(HTMLParser):
    """Collects paragraphs, points and tables; tables within cells become words of the cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._open: list[_Element] = []
        self._runs: list[Run] = []
        self._lists: list[str] = []
        self._point: str | None = None  # ul or ol: what the paragraph now read is a point of
        self._sign = ""
        self._tables = 0
        self._grid = _Grid()

    def close(self) -> None:
        super().close()
        self._end_paragraph()
        self._end_table()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "br":
            self._break()
            return
        if tag in _VOID:
            return
        if tag == "table":
            self._begin_table()
        elif tag == "tr" and self._tables == 1:
            self._grid.row, self._grid.column = self._grid.row + 1, -1
        elif tag in ("td", "th") and self._tables == 1:
            self._runs = []
            self._grid.begin_cell(_span(given.get("rowspan", "")), _span(given.get("colspan", "")))
        elif tag in _BLOCKS:
            self._begin_block(tag, given.get("style", ""))
        if len(self._open) > _DEEPEST:
            raise _TooLarge
        self._open.append(self._element(tag, given.get("style", "")))

    def handle_endtag(self, tag: str) -> None:
        if not any(element.tag == tag for element in self._open):
            return
        while self._open.pop().tag != tag:
            pass
        if tag == "table":
            self._tables -= 1
            if not self._tables:
                self._end_table()
        elif tag in ("td", "th") and self._tables == 1:
            self._grid.cells[self._grid.row, self._grid.column] = self._taken()
        elif tag in _BLOCKS:
            self._break()
            if tag in ("ul", "ol") and self._lists:
                self._lists.pop()
            if tag == "li" or self._point == "mso":
                self._point = None

    def handle_data(self, data: str) -> None:
        around = self._open[-1] if self._open else _Element("", False, False, False, False)
        if around.silent:
            return
        if around.is_sign:
            self._sign += data
            return
        words = data if around.keeps_blanks else _BLANKS.sub(" ", _WRAPPED.sub("", data)).replace("\u00a0", " ")
        if self._tables and self._grid.column < 0:
            return  # blanks between rows
        self._say(clean_text(words).replace("\n", " "), bold=around.bold, blanks=around.keeps_blanks)

    def _say(self, words: str, *, bold: bool, blanks: bool = False) -> None:
        """Add words; of blanks that follow each other one counts, and none at the beginning."""
        if not blanks and (not self._runs or self._runs[-1].text.endswith(" ")):
            words = words.lstrip(" ")
        if words:
            self._runs.append(Run(words, bold))

    def _element(self, tag: str, look: str) -> _Element:
        around = self._open[-1] if self._open else _Element("", False, False, False, False)
        weight = _WEIGHT.search(look)
        bold = around.bold or tag in ("b", "strong")
        if weight:
            bold = weight[1].lower() in ("bold", "bolder", "600", "700", "800", "900")
        silent = around.silent or tag in _SILENT or bool(_HIDDEN.search(look))
        keeps = around.keeps_blanks or tag == "pre" or bool(_KEPT_BLANKS.search(look))
        return _Element(tag, bold, silent, keeps, around.is_sign or bool(_SIGN_OF_LIST.search(look)))

    def _begin_block(self, tag: str, look: str) -> None:
        self._break()
        if self._tables:
            return
        if tag in ("ul", "ol"):
            self._lists.append(tag)
        elif tag == "li":
            self._point = self._lists[-1] if self._lists else "ul"
        elif tag != "div" and _IN_LIST.search(look):
            self._point = "mso"

    def _break(self) -> None:
        """A new line: in a cell a blank, elsewhere a paragraph."""
        if self._tables:
            self._say(" ", bold=False)
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        runs = self._taken()
        if not runs:
            self._sign = ""
            return
        if self._point is None:
            self.blocks.append(Paragraph(runs))
        else:
            numbered = self._point == "ol" or (self._point == "mso" and _counts(self._sign))
            self.blocks.append(Item(runs, int(numbered)))
        self._point = None
        self._sign = ""

    def _begin_table(self) -> None:
        if not self._tables:
            self._end_paragraph()
            self._grid = _Grid()
        self._tables += 1

    def _end_table(self) -> None:
        found = self._grid.blocks()
        if found and isinstance(found[0], Table) and self.blocks and isinstance(self.blocks[-1], Table):
            self.blocks.append(Paragraph())  # rows that follow each other are one table
        self.blocks += found
        self._grid = _Grid()
        self._runs = []

    def _taken(self) -> Runs:
        """The words read so far, without the blanks around them."""
        words = [run for run in self._runs if run.text]
        self._runs = []
        while words and not words[0].text.strip(_EMPTY):
            words.pop(0)
        while words and not words[-1].text.strip(_EMPTY):
            words.pop()
        if words:
            words[0] = Run(words[0].text.lstrip(_EMPTY), words[0].bold)
            words[-1] = Run(words[-1].text.rstrip(_EMPTY), words[-1].bold)
        return tuple(words)


def _counts(sign: str) -> bool:
    """Whether what Word wrote before a point is a number."""
    plain = sign.strip(_EMPTY + "\r\n")
    return plain not in _LETTER_BULLETS and bool(_NUMBERED.fullmatch(plain))


def _span(text: str) -> int:
    return min(max(int(text), 1), rich.MOST_COLUMNS) if text.isdecimal() and len(text) < 4 else 1
