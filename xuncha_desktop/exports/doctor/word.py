"""A Word template judged: signs, pairs, levels, names, styles, pictures; then filled once for trial."""

import base64
import posixpath
import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import unquote

from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.dangers import Danger
from xuncha_desktop.exports.declared import Declared, WordDeclared
from xuncha_desktop.exports.doctor.blocks import pair
from xuncha_desktop.exports.doctor.findings import Fault, Place
from xuncha_desktop.exports.doctor.names import Names
from xuncha_desktop.exports.doctor.paragraphs import Story, parse, read, relations_of
from xuncha_desktop.exports.doctor.single import single_brackets
from xuncha_desktop.exports.doctor.tags import scan
from xuncha_desktop.exports.doctor.unprinted import unknown_left_out, unprinted
from xuncha_desktop.exports.word.check import Places, missing, read_text, verify
from xuncha_desktop.exports.word.naming import Naming
from xuncha_desktop.exports.word.pictures import Original
from xuncha_desktop.exports.word.text import W
from xuncha_desktop.jobs import Progress

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_STYLED = (W + "pStyle", W + "rStyle", W + "tblStyle")
_MAIN = "word/document.xml"
_QUOTED = re.compile("”的(?P<part>正文|页眉|页脚|脚注|尾注)“(?P<text>.+)”一段中", re.DOTALL)
_DOT = base64.b64decode(  # a grey PNG of 4 × 3 pixels
    "iVBORw0KGgoAAAANSUhEUgAAAAQAAAADCAAAAACRn/EaAAAAEElEQVR42mNsYGBgYGKAEQAHPACG9o1HSgAAAABJRU5ErkJggg=="
)


def judge(path: Path, declared: Declared | None, found: list[Danger]) -> list[Fault]:
    """All faults of one file, in order."""
    with zipfile.ZipFile(path) as package:
        names = set(package.namelist())
        if _MAIN not in names:
            return [Fault("file", Place(), "文件里没有 Word 正文", "请用 Word 或 WPS 另存为 docx 后再试。")]
        parts = {name: package.read(name) for name in names if name.endswith((".rels", "styles.xml"))}
    stories = read(path)
    specimen = declared.specimen() if isinstance(declared, WordDeclared) else None
    faults = list(_dangers(found, stories))
    for story in stories:
        faults += _of_story(story, specimen)
        faults += _styles(story, parts.get("word/styles.xml"))
        faults += _pictures(story, parts.get(relations_of(story.member)), names)
    if isinstance(declared, WordDeclared) and specimen is not None:
        naming = Naming(read_text(path), declared.aliases, specimen)
        faults += unknown_left_out(stories, specimen, naming)
        if all(fault.slight for fault in faults):
            faults += _trial(path, declared, stories, specimen, naming)
    order = {story.member: number for number, story in enumerate(stories)}
    unique = list(dict.fromkeys(faults))
    return sorted(unique, key=lambda fault: (order.get(fault.place.member, -1), fault.place.paragraph))


def _dangers(found: list[Danger], stories: list[Story]) -> Iterator[Fault]:
    from xuncha_desktop.exports.doctor.doctor import danger_fault

    places = {
        (story.member, paragraph.place.paragraph): paragraph.place
        for story in stories
        for paragraph in story.paragraphs
    }
    for danger in found:
        yield danger_fault(danger, places.get((danger.member, danger.paragraph), Place()))


def _of_story(story: Story, specimen: Mapping[str, object] | None) -> list[Fault]:
    faults: list[Fault] = []
    seen = [paragraph for paragraph in story.paragraphs if not paragraph.shadow]
    tags = scan(seen, faults)
    Names(specimen, faults).follow(pair(tags, faults))
    faults += single_brackets(seen, specimen or {})
    return faults


def _styles(story: Story, styles: bytes | None) -> Iterator[Fault]:
    known = {style.get(W + "styleId") for style in parse(styles).iter(W + "style")} if styles else set()
    for paragraph in story.paragraphs:
        for element in paragraph.element.iter(*_STYLED):
            name = element.get(W + "val")
            if name not in known and next(element.iterancestors(W + "p")) is paragraph.element:
                cause = f"用了文件里没有的样式“{name}”，印出来会是默认的字体和段落"
                yield Fault("style", paragraph.place, cause, "请在 Word 中重新给这一段选择样式。")


def _pictures(story: Story, relations: bytes | None, names: set[str]) -> Iterator[Fault]:
    """References of a part that lead nowhere: Word shows a red cross, or calls the file damaged."""
    folder = posixpath.dirname(story.member)
    lost: dict[str, bool] = {}
    for relation in parse(relations).iter(_RELATION) if relations else ():
        target = unquote(relation.get("Target") or "")
        inside = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
        lost[relation.get("Id") or ""] = relation.get("TargetMode") != "External" and inside not in names
    for paragraph in story.paragraphs:
        for element in paragraph.element.iter():
            used = [value for key, value in element.attrib.items() if str(key).startswith(_R)]
            if any(lost.get(str(value), True) for value in used):
                cause = "这里的图片（或其他内容）已不在文件里"
                yield Fault("picture", paragraph.place, cause, "请删去后重新插入图片。")


def _trial(
    path: Path, declared: WordDeclared, stories: list[Story], data: Mapping[str, object], naming: Naming
) -> Iterator[Fault]:
    """Fill the template with one of everything: what still goes wrong, and which texts it does not print."""
    from xuncha_desktop.exports.word.engine import Engine
    from xuncha_desktop.exports.word.text import freeze

    frozen = freeze(data)
    assert isinstance(frozen, dict)
    engine = Engine(path, frozen, lambda key: Original(_DOT, key), Progress())
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "试填.docx"
        try:
            engine.write(target)
            places = Places(read_text(target))
            verify(places, engine.printed, lambda: naming)
        except UserError as error:
            yield Fault(
                "trial",
                _place_said(str(error), stories),
                f"试填一份虚构内容时出错：{error}".rstrip("。"),
                "请按上面的提示改正。",
            )
            return
    paths = [name for name, _ in missing(places, data, declared.unprinted, engine.printed)]
    yield from unprinted(paths, stories, declared, data, naming)


def _place_said(words: str, stories: list[Story]) -> Place:
    """The paragraph that an export's sentence quotes; the whole file where it quotes none, or one of several."""
    found = _QUOTED.search(words)
    if found is None:
        return Place()
    beginning = found["text"].removesuffix("……")
    places = [
        paragraph.place
        for story in stories
        for paragraph in story.paragraphs
        if story.part == found["part"] and paragraph.text.strip().startswith(beginning) and not paragraph.shadow
    ]
    return places[0] if len(places) == 1 else Place()
