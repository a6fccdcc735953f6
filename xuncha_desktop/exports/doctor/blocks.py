"""Whether the statements of a template pair, and whether each pair begins and ends on the same level."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from xuncha_desktop.exports.doctor.findings import Fault
from xuncha_desktop.exports.doctor.tags import Tag

_BLOCKS = ("if", "for", "with", "filter")
_MIDDLE = {"elif": ("if",), "else": ("if", "for")}
_CELL_TAGS = ("cellbg", "colspan", "vm", "hm")
_KNOWN = (*_BLOCKS, *_MIDDLE, *(f"end{name}" for name in _BLOCKS), *_CELL_TAGS, "set", "endset", "raw", "endraw")
FORBIDDEN = (
    *("include", "import", "from", "extends", "block", "macro", "call", "do", "autoescape"),
    *("endblock", "endmacro", "endcall", "endautoescape"),
)
_UNITS = {"p": "段落", "tr": "表格行", "tc": "单元格"}


@dataclass(eq=False)
class Step:
    """A tag in the order it is run, with what it opens or closes; names are looked up along these."""

    tag: Tag
    keyword: str  # as it is meant; empty for a tag that prints
    opens: bool = False
    closes: Tag | None = None


def pair(tags: list[Tag], faults: list[Fault]) -> list[Step]:
    """Pair the statements of one part; faults of pairing and of level are added."""
    steps: list[Step] = []
    open_ones: list[Step] = []
    for tag in tags:
        step = Step(tag, _meant(tag, faults))
        steps.append(step)
        if step.keyword in _BLOCKS:
            step.opens = True
            open_ones.append(step)
        elif step.keyword in _MIDDLE:
            _stand_between(step, open_ones, faults)
        elif step.keyword.startswith("end") and step.keyword[3:] in _BLOCKS:
            _close(step, open_ones, faults)
        elif step.keyword in _CELL_TAGS and tag.paragraph.holder("tc") is None:
            faults.append(_fault("prefix", tag, f"`{tag.raw}` 只能写在表格单元格里", "请删去，或移到单元格中。"))
    faults += [_unclosed(step) for step in open_ones]
    faults += [fault for tag in tags for fault in _prefix_faults(tag)]
    return steps


def _meant(tag: Tag, faults: list[Fault]) -> str:
    """The statement's keyword; a misspelled one counts as what it was meant to be."""
    word = tag.keyword
    if (word == "else" or word.startswith("end")) and tag.body[len(word) :].strip(" +-"):
        faults.append(
            _fault("syntax", tag, f"`{word}` 后面多了“{tag.body[len(word) :].strip()}”", "请删去多余的部分。")
        )
    if tag.opener != "{%" or word in _KNOWN or word in FORBIDDEN:
        return word
    swapped = [known for known in _KNOWN if sorted(word) == sorted(known)]
    close = swapped or get_close_matches(word, _KNOWN, 1, 0.6)
    if not close:
        prints = f"如要打印，应写成 `{{{{ {tag.body} }}}}`。" if word else "请对照模板说明改正。"
        faults.append(_fault("keyword", tag, f"不认识语句“{word or tag.raw}”", prints))
        return ""
    faults.append(_fault("keyword", tag, f"不认识语句“{word}”", f"`{word}`：是否为 `{close[0]}`？"))
    tag.body = close[0] + tag.body[len(word) :]
    return close[0]


def _stand_between(step: Step, open_ones: list[Step], faults: list[Fault]) -> None:
    if not open_ones or open_ones[-1].keyword not in _MIDDLE[step.keyword]:
        advice = "请在它前面写上 if，或删去它。"
        faults.append(_fault("unpaired", step.tag, f"`{step.tag.raw}` 前面没有对应的 if", advice))
    else:
        faults += _level_faults(open_ones[-1].tag, step.tag)


def _close(step: Step, open_ones: list[Step], faults: list[Fault]) -> None:
    wanted = step.keyword[3:]
    found = next((place for place in reversed(range(len(open_ones))) if open_ones[place].keyword == wanted), None)
    if found is None:
        if open_ones and open_ones[-1].tag.prefix == step.tag.prefix and _same_level(open_ones[-1].tag, step.tag):
            opened = open_ones.pop()
            step.closes = opened.tag
            cause = f"`{opened.tag.raw}` 不能用 `{step.tag.raw}` 结束"
            faults.append(_fault("unpaired", step.tag, cause, f"是否为 `end{opened.keyword}`？"))
            return
        advice = f"请删去它，或在前面补上 {wanted} 语句。"
        faults.append(
            _fault("unpaired", step.tag, f"`{step.tag.raw}` 前面没有对应的 {wanted}（多了一个 end{wanted}）", advice)
        )
        return
    faults += [_unclosed(left) for left in open_ones[found + 1 :]]
    opened = open_ones[found]
    del open_ones[found:]
    step.closes = opened.tag
    faults += _level_faults(opened.tag, step.tag)


def _unclosed(step: Step) -> Fault:
    tag = step.tag
    end = f"{{%{tag.prefix} end{step.keyword} %}}"
    return _fault("unclosed", tag, f"`{tag.raw}` 没有结束", f"请在重复或判断的内容之后写上 `{end}`。")


def _level_faults(opened: Tag, closed: Tag) -> Iterator[Fault]:
    """A pair must stand on the same level: both alone in a paragraph, both in a table row, or both in one paragraph."""
    if opened.prefix != closed.prefix:
        cause = f"`{closed.raw}` 与开始处 `{opened.raw}` 的层次不同"
        shown = f"{{%{opened.prefix} " if opened.prefix else "{% "
        advice = f"结束处也应写成 `{shown}{closed.body} %}}`，并与开始处在同一表格或同一段落层次。"
        yield _fault("level", closed, cause, advice)
    elif opened.prefix and _unit(opened) is not None and _unit(opened) is _unit(closed):
        cause = f"`{opened.raw}` 和 `{closed.raw}` 写在同一个{_UNITS.get(opened.prefix, '段落')}里"
        yield _fault("level", closed, cause, f"请让它们各占一个{_UNITS.get(opened.prefix, '段落')}，或都去掉前缀。")
    elif not _same_level(opened, closed):
        cause = f"`{opened.raw}` 在{_where(opened)}开始，`{closed.raw}` 却在{_where(closed)}结束"
        yield _fault("level", closed, cause, "请让它们在同一个表格、同一行或同一层段落中开始和结束。")


def _same_level(opened: Tag, closed: Tag) -> bool:
    first, last = _unit(opened), _unit(closed)
    if first is None or last is None:
        return True  # outside a table; said of the prefix
    return first.getparent() is last.getparent()


def _unit(tag: Tag) -> "etree._Element | None":
    """What the tag takes the place of: its row, its cell, its paragraph."""
    return tag.paragraph.holder(tag.prefix) if tag.prefix in ("tr", "tc") else tag.paragraph.element


def _where(tag: Tag) -> str:
    place = tag.paragraph.place
    return f"第 {place.table} 个表格第 {place.row} 行" if place.table else f"第 {place.paragraph} 段"


def _prefix_faults(tag: Tag) -> Iterator[Fault]:
    if tag.prefix in ("tr", "tc") and tag.paragraph.holder("tc") is None:
        advice = f"表格外请写成 `{{%p {tag.body} %}}`。"
        yield _fault("prefix", tag, f"`{tag.raw}` 只能写在表格里", advice)
    elif tag.prefix and tag.opener == "{%":
        if lost := _lost_text(tag):
            unit = _UNITS.get(tag.prefix, "文字")
            yield _fault("lost", tag, f"同一{unit}里的“{lost}”导出时会丢失", f"请把它移到别的{unit}。")
        elif set(tag.body) & set("%}"):
            yield _fault("syntax", tag, f"带前缀的标签 `{tag.raw}` 里不能有百分号或大括号", "请去掉这些符号。")


def _lost_text(tag: Tag) -> str:
    """What stands beside a tag that takes the place of its whole paragraph, row or cell."""
    unit = _unit(tag)
    if unit is None:
        return ""
    beside = tag.paragraph.text[: tag.start] + tag.paragraph.text[tag.end :]
    if tag.prefix in ("tr", "tc"):
        own = tag.paragraph.element
        others = [element for element in unit.iter(own.tag) if element is not own]
        beside += "".join("".join(element.itertext()) for element in others)
    # A second tag of the same kind beside it is said as a fault of level.
    return "" if f"{{%{tag.prefix} " in beside else " ".join(beside.split())[:30]


def _fault(kind: str, tag: Tag, cause: str, advice: str) -> Fault:
    return Fault(kind, tag.paragraph.place, cause, advice, tag.raw)
