"""The button: a copy of a template in which full-width signs, split tags and wrong prefixes are put right."""

import zipfile
from pathlib import Path

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.atomic import replaced
from xuncha_desktop.exports import dangers
from xuncha_desktop.exports.doctor.paragraphs import Story, read
from xuncha_desktop.exports.doctor.tags import Tag, is_mendable, mended, scan
from xuncha_desktop.exports.word.text import W

_XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def repair(path: Path, target: Path) -> int:
    """Write a copy with every mendable tag mended; how many there were. All else stays byte for byte."""
    dangers.refuse(path)
    changed: dict[str, bytes] = {}
    count = 0
    for story in read(path):
        tags = [tag for tag in _tags(story) if is_mendable(tag)]
        for tag in reversed(tags):  # what stands before a mended tag has not moved
            _mend(tag)
        if tags:
            count += sum(not tag.paragraph.shadow for tag in tags)
            changed[story.member] = etree.tostring(
                story.root.getroottree(), xml_declaration=True, encoding="UTF-8", standalone=True
            )
    with replaced(target) as part, zipfile.ZipFile(path) as source, zipfile.ZipFile(part, "w") as written:
        for item in source.infolist():
            data = changed.get(item.filename) or source.read(item)
            written.writestr(item, data, compress_type=item.compress_type)
    return count


def _tags(story: Story) -> list[Tag]:
    """The tags as they are read for print, and those of the copies beside text boxes."""
    seen = [paragraph for paragraph in story.paragraphs if not paragraph.shadow]
    shadows = [paragraph for paragraph in story.paragraphs if paragraph.shadow]
    return [*scan(seen, []), *scan(shadows, [])]


def _mend(tag: Tag) -> None:
    """Write the mended tag where its first sign stood, in that run's looks, and take away the rest of the old one."""
    (first, at), *rest = tag.paragraph.sources[tag.start : tag.end]
    for element, index in reversed(rest):
        _take_away(element, index)
    text = first.text or ""
    first.text = text[:at] + mended(tag) + text[at + 1 :]
    first.set(_XML_SPACE, "preserve")


def _take_away(element: "etree._Element", index: int) -> None:
    if element.tag in (W + "tab", W + "br", W + "cr"):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
        return
    text = element.text or ""
    element.text = text[:index] + text[index + 1 :]
