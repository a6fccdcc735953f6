"""What stands inside the hidden bookmarks of a Word file that others edited, and outside of them, and where."""

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.word.bookmarks import SIGNS, W
from xuncha_desktop.untrusted import Unsafe, check_package

_NAME = re.compile("_x([0-9a-f]{10})(?:_[0-9]+)?")
_ATTACHMENT = re.compile(r"附件\s*[0-9一二三四五六七八九十]*")  # the mark above one, which is no heading of the text
_BODY, _STYLES = "word/document.xml", "word/styles.xml"
_READ = (W + "p", W + "bookmarkStart", W + "bookmarkEnd", W + "t", W + "tab", W + "br", W + "cr")
_GONE = (W + "del", W + "moveFrom")  # deleted with changes tracked: no text of the file any more


@dataclass(slots=True)
class Piece:
    """The text of one bookmark."""

    token: str
    heading: str  # the last heading above, or the mark of the attachment
    paragraph: int  # counted from 1
    text: str = ""
    behind: str = ""  # what follows in its paragraph

    def take_sign(self, sign: str) -> None:
        """Take back the sign that ended its text, where it still stands behind."""
        if not self.text.endswith(sign) and self.behind.startswith(sign):
            self.text, self.behind = self.text + sign, self.behind[len(sign) :]

    def says(self, text: str) -> bool:
        """Whether the text stands at the bookmark: LibreOffice cuts one by a character where a section ends."""
        if self.text == text:
            return True
        return bool(self.text) and text.startswith(self.text) and f"{self.text}{self.behind}".startswith(text)


@dataclass(slots=True)
class Bare:
    """Words that no bookmark covers, up to the next one or the end of their paragraph."""

    heading: str
    paragraph: int
    behind: Piece | None  # the bookmark that ends where they begin
    text: str = ""


@dataclass(frozen=True, slots=True)
class Body:
    """All words of a file in two halves, each in order."""

    pieces: list[Piece]
    bare: list[Bare]

    def share(self) -> int:
        """The percentage of the words that stand in bookmarks."""
        inside = sum(len(piece.text) for piece in self.pieces)
        return inside * 100 // max(1, inside + sum(len(bare.text) for bare in self.bare))

    def mend(self, texts: Mapping[str, str]) -> None:
        """Put back the sign that ends a text (see `bookmarks.draw_ends_in`), and what LibreOffice cut off a date.

        `texts` are those of the export; a text that somebody edited lacks both.
        """
        for piece in self.pieces:
            if (text := texts.get(piece.token, "")).endswith(SIGNS):
                piece.take_sign(text[-1])
        for bare in list(self.bare):
            piece = bare.behind
            text = texts.get(piece.token, "") if piece else ""
            if piece and text and not piece.says(text) and not piece.text.endswith(text[-1]) and bare.text == text[-1]:
                piece.text += bare.text
                piece.behind = piece.behind.removeprefix(bare.text)
                self.bare.remove(bare)


def read_edited(file: Path) -> Body:
    """The words of a file that others had; one that could harm, or is none of Word's, is refused."""
    check_package(file)
    return read(file)


def read(file: Path) -> Body:
    """The words of the body of a file just written here: long texts of one kind may be packed as tightly as a bomb."""
    with zipfile.ZipFile(file) as package:
        if _BODY not in package.namelist():
            raise Unsafe(file.name, "不是 Word 文档（.docx）")
        body = _parse(file, package.read(_BODY))
        styles = _parse(file, package.read(_STYLES)) if _STYLES in package.namelist() else None
    return _Reader(_headings(styles)).read(body)


def borne(file: Path) -> tuple[frozenset[str], list[str]]:
    """What is noted of a file just written here: the tokens it bears, and its words outside of them as `read` has them.

    Nothing of where they stand: that takes twice as long.
    """
    with zipfile.ZipFile(file) as package:
        body = _parse(file, package.read(_BODY))
    tracked = next(body.iter(*_GONE), None) is not None
    tokens: set[str] = set()
    inside: set[str] = set()
    bare: list[str] = []
    fresh = True
    for element in body.iter(*_READ):
        kind = element.tag.removeprefix(W)
        if kind == "bookmarkStart":
            if name := _NAME.fullmatch(element.get(W + "name", "")):
                tokens.add(name[1])
                inside.add(element.get(W + "id", ""))
                fresh = True
        elif kind == "bookmarkEnd":
            if (number := element.get(W + "id", "")) in inside:
                inside.remove(number)
                fresh = True
        elif kind == "p":
            fresh = True
        elif not inside and not (tracked and _is_gone(element)) and (text := said(kind, element)):
            if fresh:
                bare.append("")
                fresh = False
            bare[-1] += text
    return frozenset(tokens), bare


@dataclass
class _Reader:
    headings: frozenset[str]
    found: list[Piece] = field(default_factory=list)
    bare: list[Bare] = field(default_factory=list)
    writing: Bare | None = None  # what words outside of bookmarks go on with
    open: dict[str, Piece] = field(default_factory=dict)
    ended: list[Piece] = field(default_factory=list)  # in the paragraph being read
    heading: str = ""
    paragraph: int = 0

    def read(self, body: "etree._Element") -> Body:
        tracked = next(body.iter(*_GONE), None) is not None
        for element in body.iter(*_READ):
            match element.tag.removeprefix(W):
                case "p":
                    self._begin_paragraph(element)
                case "bookmarkStart":
                    self._begin(element)
                case "bookmarkEnd":
                    if piece := self.open.pop(element.get(W + "id", ""), None):
                        self.ended.append(piece)
                        self.writing = None
                case kind:
                    if not (tracked and _is_gone(element)):
                        self._add(said(kind, element))
        return Body(self.found, self.bare)

    def _begin_paragraph(self, paragraph: "etree._Element") -> None:
        self.ended, self.writing = [], None
        self.paragraph += 1
        for piece in self.open.values():
            piece.text += "\n"
        properties = next(paragraph.iterchildren(W + "pPr"), None)
        style = None if properties is None else next(properties.iterchildren(W + "pStyle"), None)
        words = "".join(text.text or "" for text in paragraph.iter(W + "t"))
        if (style is not None and style.get(W + "val") in self.headings) or _ATTACHMENT.fullmatch(words.strip()):
            self.heading = words

    def _begin(self, start: "etree._Element") -> None:
        if name := _NAME.fullmatch(start.get(W + "name", "")):
            piece = Piece(name[1], self.heading, self.paragraph)
            self.open[start.get(W + "id", "")] = piece
            self.found.append(piece)
            self.writing = None

    def _add(self, text: str) -> None:
        if text and not self.open:
            if self.writing is None:
                self.writing = Bare(self.heading, self.paragraph, self.ended[-1] if self.ended else None)
                self.bare.append(self.writing)
            self.writing.text += text
        for piece in self.open.values():
            piece.text += text
        for piece in self.ended:
            piece.behind += text


def _is_gone(element: "etree._Element") -> bool:
    return any(above.tag in _GONE for above in element.iterancestors())


def said(kind: str, element: "etree._Element") -> str:
    """What a w:t, w:tab or break says, given its name."""
    if kind == "t":
        return element.text or ""
    parent = element.getparent()
    if parent is None or parent.tag != W + "r":  # a tab stop of a style has the same name
        return ""
    return "\t" if kind == "tab" else "\n"


def _headings(styles: "etree._Element | None") -> frozenset[str]:
    """Ids of the styles of headings: Word, WPS and LibreOffice number them differently but name them alike."""
    if styles is None:
        return frozenset()
    named = ((style.get(W + "styleId", ""), style.find(W + "name")) for style in styles.iter(W + "style"))
    return frozenset(
        number for number, name in named if name is not None and name.get(W + "val", "").lower().startswith("heading ")
    )


def _parse(file: Path, content: bytes) -> "etree._Element":
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise Unsafe(file.name, "已损坏") from error
