"""Reading an exported Word file back, with nothing of the libraries that wrote it."""

import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import unquote

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.templates import Lost
from xuncha_desktop.exports.word.naming import Naming
from xuncha_desktop.exports.word.text import Traced, W, said

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_DOC_PR = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}docPr"
_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_STORY = re.compile(r"word/(document|header\d*|footer\d*|footnotes|endnotes)\.xml")
_MOST_SHOWN = 20


def verify(places: "Places", printed: Iterable[str], naming: Callable[[], Naming] = Naming) -> None:
    """Demand that each text a template printed has a place of its own in a file's text; else name the field."""
    for text in printed:
        if not places.claim_lines(text):
            raise _lost(text, naming().called(text.path) if isinstance(text, Traced) else "")


def check(
    places: "Places",
    data: Mapping[str, object],
    unprinted: Container[str] = (),
    printed: Iterable[str] = (),
    naming: Callable[[], Naming] = Naming,
) -> tuple[str, ...]:
    """Demand that every text of `data` was printed or has a place of its own; `unprinted` names what none prints.

    `naming` is asked only where one has none: it knows what the template leaves out on purpose. That is given back.
    """
    left_out: dict[str, None] = {}
    for path, text in missing(places, data, unprinted, printed):
        name = naming().called(path)
        if not naming().leaves_out(path):
            raise _lost(text, name)
        left_out[name] = None
    return tuple(left_out)


def missing(
    places: "Places", data: Mapping[str, object], unprinted: Container[str] = (), printed: Iterable[str] = ()
) -> list[tuple[str, str]]:
    """Path and text of all the data a template left out. What it `printed` has claimed its places by `verify`.

    A text is there if it was printed from where it stands in the data. Else it is looked for in what the template put
    together or printed under another name, and last among the template's own words: never in another field's text.
    """
    wanted = list(texts(data, unprinted))
    own: dict[str, set[str]] = {path: set() for path, _ in wanted}
    others: list[str] = []
    for text in printed:
        found = own.get(text.path) if isinstance(text, Traced) else None
        if found is None:
            others.append(text)
        else:
            found.update((text, *text.split("\n")))
    left = [
        (path, text) for path, text in wanted if text not in own[path] and not own[path].issuperset(text.split("\n"))
    ]
    elsewhere = Places("\n".join(others))
    lost: set[tuple[str, str]] = set()
    # The longest first: a short text must not take the place of a long one that holds the same words.
    for path, text in sorted(left, key=lambda item: (-len(item[1]), item[1])):
        if not (elsewhere.claim_lines(text) or places.claim_lines(text)):
            lost.add((path, text))
    return [item for item in left if item in lost]


def _lost(text: str, name: str) -> Lost:
    """The sentence that refuses a file without this text."""
    return Lost(
        f"导出的文件中找不到“{name or '模板拼接的文字'}”的文字“{_beginning(text)}”，文件未保存；"
        "请检查模板中打印该项的标签后再导出。"
    )


def read_text(path: Path) -> str:
    """All text of body, tables, headers, footers and notes; a line a paragraph."""
    with zipfile.ZipFile(path) as package:
        stories = [name for name in package.namelist() if _STORY.fullmatch(name)]
        return "\n".join(_story(package.read(name)) for name in sorted(stories))


def faults(path: Path) -> list[str]:
    """What Word would call damaged or drop silently; an empty list for a sound file."""
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        found = [f"{name}：重名部件" for name, count in Counter(names).items() if count > 1]
        roots = {name: _parse(package.read(name)) for name in dict.fromkeys(names) if name.endswith((".xml", ".rels"))}
    found += _typeless(set(names), roots["[Content_Types].xml"])
    found += _bad_relations(set(names), roots)
    stories = {name: root for name, root in roots.items() if _STORY.fullmatch(name)}
    shapes = Counter(shape.get("id") for root in stories.values() for shape in root.iter(_DOC_PR))
    found += [f"图形编号 {number} 用了 {count} 次" for number, count in shapes.items() if count > 1]
    for name, root in stories.items():
        found += [f"{name}：{fault}" for fault in _bad_structure(root)]
    return found


class Places:
    """The text of a file, of which each printed text claims its own piece: what is printed twice stands twice."""

    def __init__(self, text: str) -> None:
        """All places of a file's text are free."""
        self._text = text
        self._claimed = bytearray(len(text))
        self._position = 0

    def claim(self, text: str) -> bool:
        """Take the next free piece that reads so; texts mostly come in the order of the file."""
        found = self._find(text, self._position)
        if found < 0:
            found = self._find(text, 0)
        if found < 0:
            return False
        end = found + len(text)
        self._claimed[found:end] = b"\1" * len(text)
        self._position = end
        return True

    def claim_lines(self, text: str) -> bool:
        """Take a piece for the whole text, or else one for each of its lines."""
        return self.claim(text) or ("\n" in text and all(map(self.claim, text.split("\n"))))

    def _find(self, text: str, start: int) -> int:
        while (found := self._text.find(text, start)) >= 0:
            taken = self._claimed.rfind(1, found, found + len(text))
            if taken < 0:
                return found
            start = taken + 1
        return -1


def texts(value: object, without: Container[str], path: str = "") -> Iterator[tuple[str, str]]:
    """Where in the data each text stands, and the text, in the order of the data."""
    if isinstance(value, str):
        yield from ((path, words) for words in said(value))
    elif isinstance(value, Mapping):
        for name, item in value.items():
            if name not in without:
                yield from texts(item, without, f"{path}.{name}" if path else name)
    elif isinstance(value, Sequence):
        for number, item in enumerate(value):
            yield from texts(item, without, f"{path}[{number}]")


def _beginning(text: str) -> str:
    line = text.replace("\n", " ")
    return line if len(line) <= _MOST_SHOWN else line[:_MOST_SHOWN] + "……"


def _parse(content: bytes) -> "etree._Element":
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, huge_tree=True))


def _story(content: bytes) -> str:
    pieces: list[str] = []
    for element in _parse(content).iter(W + "p", W + "t", W + "tab", W + "br", W + "cr"):
        if element.tag == W + "t":
            pieces.append(element.text or "")
        elif element.tag == W + "tab":
            # A tab stop of a style has the same name and is no text.
            parent = element.getparent()
            pieces.append("\t" if parent is not None and parent.tag == W + "r" else "")
        else:
            pieces.append("\n")
    return "".join(pieces)


def _typeless(names: set[str], types: "etree._Element") -> list[str]:
    endings = {(item.get("Extension") or "").lower() for item in types.iter(_TYPES + "Default")}
    parts = {(item.get("PartName") or "").lstrip("/") for item in types.iter(_TYPES + "Override")}
    return [
        f"{name}：没有内容类型"
        for name in sorted(names - parts - {"[Content_Types].xml"})
        if name.rsplit(".", 1)[-1].lower() not in endings
    ] + [f"{name}：登记了内容类型却不存在" for name in sorted(parts - names)]


def _bad_relations(names: set[str], roots: Mapping[str, "etree._Element"]) -> list[str]:
    found: list[str] = []
    reached: set[str] = set()
    known: dict[str, set[str]] = {}
    for name in (name for name in roots if name.endswith(".rels")):
        folder = posixpath.dirname(posixpath.dirname(name))
        owner = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        ids = Counter(item.get("Id", "") for item in roots[name].iter(_RELATIONS + "Relationship"))
        found += [f"{owner}：关系 {number} 重复" for number, count in ids.items() if count > 1]
        known[owner] = set(ids)
        for item in roots[name].iter(_RELATIONS + "Relationship"):
            if item.get("TargetMode") == "External":
                continue
            target = unquote(item.get("Target", ""))
            target = (
                target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}").lstrip("/")
            )
            reached.add(target)
            if target not in names:
                found.append(f"{owner}：关系指向不存在的 {target}")
    for name, root in roots.items():
        used = {value for element in root.iter() for key, value in element.attrib.items() if key.startswith(_R)}
        found += [f"{name}：关系 {number} 未定义" for number in sorted(used - known.get(name, set()))]
    media = {name for name in names if name.startswith("word/media/")}
    return found + [f"{name}：没有任何地方使用" for name in sorted(media - reached)]


def _bad_structure(root: "etree._Element") -> list[str]:
    cells = root.iter(W + "tc")
    found = ["有单元格不以段落结束" for cell in cells if len(cell) == 0 or cell[-1].tag != W + "p"]
    found += ["有没有行的表格" for table in root.iter(W + "tbl") if table.find(W + "tr") is None]
    found += ["有没有单元格的行" for row in root.iter(W + "tr") if row.find(f".//{W}tc") is None]
    starts = list(root.iter(W + "bookmarkStart"))
    for attribute in ("id", "name"):
        counts = Counter(start.get(W + attribute) for start in starts)
        found += [f"书签 {value} 重复" for value, count in counts.items() if count > 1]
    return found
