"""What docx and xlsx have in common: parts of a checked package, found by their relations, read as a stream."""

import posixpath
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.decoding.kinds import Refused

_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


class Package:
    """An office package that `untrusted.check_package` let through."""

    def __init__(self, content: bytes) -> None:
        self._archive = zipfile.ZipFile(BytesIO(content))
        self._names = {name.lower(): name for name in self._archive.namelist()}

    def main(self) -> str:
        """The part everything begins with; not all programs call it the same."""
        found = self.related("", "officeDocument")
        if not found:
            raise Refused("已损坏，找不到正文")
        return next(iter(found.values()))

    def related(self, part: str, *kinds: str) -> dict[str, str]:
        """The parts of these kinds that a part refers to, by the id it uses for them."""
        folder, name = posixpath.split(part)
        source = posixpath.join(folder, "_rels", f"{name}.rels")
        found: dict[str, str] = {}
        for _, relation in self.elements(source, "Relationship") if self._has(source) else ():
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target", ""))).lstrip("/")
            if relation.get("Type", "").rpartition("/")[2] in kinds and self._has(target):
                found[relation.get("Id", "")] = target
        return found

    def elements(self, part: str, *tags: str, starts: bool = False) -> Iterator[tuple[str, Any]]:
        """Each element of these names when its end is read (and its start, if asked for), then it is forgotten."""
        with self._archive.open(self._names[part.lower()]) as stream:
            found = etree.iterparse(
                stream,
                events=("start", "end") if starts else ("end",),
                tag=[f"{{*}}{tag}" for tag in tags],
                resolve_entities=False,
                no_network=True,
            )
            for event, element in found:
                yield event, element
                if event == "end":
                    _forget(element)

    def _has(self, name: str) -> bool:
        return name.lower() in self._names


def relation_of(element: Any) -> str:
    """The id of the part that an element names."""
    return next((element.get(name) for name in _IDS if element.get(name)), "")


def local(element: Any) -> str:
    """An element's name without its namespace; nothing for comments and the like."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _forget(element: Any) -> None:
    element.clear(keep_tail=False)
    parent = element.getparent()
    while parent is not None and parent[0] is not element:
        del parent[0]
