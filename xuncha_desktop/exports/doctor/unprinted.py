"""What a template does not print: told at the place where it is wanted, unless the template leaves it out by name."""

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from xuncha_desktop.exports.declared import WordDeclared
from xuncha_desktop.exports.doctor.findings import Fault, Place
from xuncha_desktop.exports.doctor.paragraphs import Paragraph, Story, read
from xuncha_desktop.exports.word.check import texts
from xuncha_desktop.exports.word.naming import Naming, left_out, plain


def unknown_left_out(stories: list[Story], specimen: Mapping[str, object], naming: Naming) -> Iterator[Fault]:
    """Names a template says it leaves out, and that the document does not have: what was meant would be refused."""
    paths = [path for path, _ in texts(specimen, ())]
    known = {whole: None for path in paths for whole in _wholes(plain(path))}
    said = list(dict.fromkeys([*map(naming.called, paths), *map(naming.called, known)]))
    for paragraph in _seen(stories):
        for name in left_out(paragraph.text):
            if not any(full in known for full in naming.full(name)):
                close = get_close_matches(name, said, 1, 0.5)
                advice = f"`{name}`：是否为 `{close[0]}`？" if close else "请对照模板说明中的名称表改正。"
                yield Fault("name", paragraph.place, f"“不打印”后面没有名为“{name}”的数据", advice, name)


def unprinted(
    paths: Iterable[str], stories: list[Story], declared: WordDeclared, specimen: Mapping[str, object], naming: Naming
) -> Iterator[Fault]:
    """A fault for each thing that is not printed; for one that lacks all its parts, not for each of them."""
    lacking = {plain(path) for path in paths if not naming.leaves_out(path)}
    printed = {plain(path) for path, _ in texts(specimen, declared.unprinted)} - lacking
    kept = {whole for path in printed for whole in _wholes(path)}
    told: set[str] = set()
    for path in dict.fromkeys(path for path in paths if plain(path) in lacking):
        whole = next((whole for whole in _wholes(plain(path)) if whole not in kept), plain(path))
        if whole not in told:
            told.add(whole)
            is_text = whole == plain(path)
            # With its numbers, so that the loop it belongs to is known.
            yield _fault(path if is_text else whole, is_text, stories, declared, naming)


def _fault(path: str, is_text: bool, stories: list[Story], declared: WordDeclared, naming: Naming) -> Fault:
    name = naming.called(path)
    holder, number, rest = path.rpartition("]")
    loop = naming.loop_over(holder.rpartition("[")[0])
    if loop:
        place = next((each.place for each in _seen(stories) if loop.tag in each.text), Place())
        where, tag = "请在这个循环里面", f" `{{{{ {loop.item}{rest} }}}}`"
    else:
        place = _behind(plain(path), stories, declared)
        where = "自带的模板在这后面打印它；请在适当的位置" if place.paragraph else "请在适当的位置"
        tag = f" `{{{{ {name} }}}}`" if is_text and not number else f"打印“{name}”的标签"
    advice = f"{where}写上{tag}；有意不打印的，请在模板里另起一段写明 `{{#p 不打印：{name} #}}`。"
    return Fault("unprinted", place, f"没有打印“{name}”的全部内容，有内容时导出会被拒绝", advice)


def _behind(path: str, stories: list[Story], declared: WordDeclared) -> Place:
    """The paragraph after which our own template prints it, where the user's has this paragraph still."""
    root = path.partition(".")[0]
    for story in read(declared.shipped()):
        ours = [paragraph for paragraph in _seen([story]) if paragraph.text.strip()]
        theirs = [paragraph for other in stories if other.part == story.part for paragraph in _seen([other])]
        for name in (path, root):
            printing = re.compile(rf"\{{[{{%][^}}]*?(?<![\w.]){re.escape(name)}(?!\w)")
            at = next((number for number, paragraph in enumerate(ours) if printing.search(paragraph.text)), 0)
            for before in reversed(ours[:at]):
                same = [paragraph.place for paragraph in theirs if paragraph.text == before.text]
                if len(same) == 1:
                    return same[0]
    return Place()


def _seen(stories: Iterable[Story]) -> list[Paragraph]:
    return [paragraph for story in stories for paragraph in story.paragraphs if not paragraph.shadow]


def _wholes(path: str) -> Iterator[str]:
    """A name and all it is part of, the largest first."""
    parts = path.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))
