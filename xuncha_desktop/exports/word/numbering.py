"""The lists of a Word file: each numbered one counts from 1, and all stand where the body's own lines do."""

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part, XmlPart
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.word.bookmarks import W

_BULLETS, _NUMBERS = ("bullet", "•"), ("decimal", "%1.")


class Numbering:
    """Hands out the numbers of lists, and writes them into the file in the end."""

    def __init__(self, document: Document) -> None:
        """Take the document whose lists these are; a user's template may have lists of its own."""
        self._document = document
        self._root = self._existing()
        self._kinds: dict[tuple[str, str], str] = {}
        self._last: dict[tuple[str, str], str] = {}

    def of(self, number: int) -> str:
        """The list that a point belongs to; 0 is a bullet, 1 begins another numbered list."""
        kind = _NUMBERS if number else _BULLETS
        if number == 1 or kind not in self._last:
            self._last[kind] = self._begin(kind)
        return self._last[kind]

    def write(self) -> None:
        """Put the lists into the package, where there are any."""
        if self._kinds and not self._part():
            package = self._document.part.package
            assert package is not None
            content = etree.tostring(self._root, encoding="UTF-8", xml_declaration=True, standalone=True)
            part = Part(PackURI("/word/numbering.xml"), CONTENT_TYPE.WML_NUMBERING, content, package)
            self._document.part.relate_to(part, RELATIONSHIP_TYPE.NUMBERING)

    def _begin(self, kind: tuple[str, str]) -> str:
        if kind not in self._kinds:
            self._kinds[kind] = self._describe(*kind)
        number = self._next("num", "numId", 1)
        found = etree.SubElement(self._root, W + "num", {W + "numId": number})
        etree.SubElement(found, W + "abstractNumId", {W + "val": self._kinds[kind]})
        if kind is _NUMBERS:
            override = etree.SubElement(found, W + "lvlOverride", {W + "ilvl": "0"})
            etree.SubElement(override, W + "startOverride", {W + "val": "1"})
        last = self._root.find(W + "numIdMacAtCleanup")
        if last is not None:
            self._root.append(last)  # the schema has it behind all lists
        return number

    def _describe(self, form: str, words: str) -> str:
        """A kind of list without an indent of its own: its points have that of the body."""
        number = self._next("abstractNum", "abstractNumId", 0)
        found = etree.Element(W + "abstractNum", {W + "abstractNumId": number})
        etree.SubElement(found, W + "multiLevelType", {W + "val": "singleLevel"})
        level = etree.SubElement(found, W + "lvl", {W + "ilvl": "0"})
        for name, value in (
            ("start", "1"),
            ("numFmt", form),
            ("suff", "space" if form == "bullet" else "nothing"),
            ("lvlText", words),
            ("lvlJc", "left"),
        ):
            etree.SubElement(level, W + name, {W + "val": value})
        behind = self._root.find(W + "num")
        if behind is None:
            self._root.append(found)
        else:
            behind.addprevious(found)
        return number

    def _next(self, name: str, attribute: str, first: int) -> str:
        used = [int(found.get(W + attribute, "0")) for found in self._root.iterfind(W + name)]
        return str(max(used, default=first - 1) + 1)

    def _existing(self) -> "etree._Element":
        part = self._part()
        return part.element if part else etree.Element(W + "numbering", nsmap={"w": W.strip("{}")})

    def _part(self) -> XmlPart | None:
        found = (rel for rel in self._document.part.rels.values() if rel.reltype == RELATIONSHIP_TYPE.NUMBERING)
        return next((rel.target_part for rel in found if isinstance(rel.target_part, XmlPart)), None)
