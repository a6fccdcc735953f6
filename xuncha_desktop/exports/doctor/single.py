"""Tags with one bracket in place of two, or with round ones: no program reads them, they are printed as they stand."""

import re
from collections.abc import Container, Iterable, Iterator

from xuncha_desktop.exports.doctor.findings import Fault
from xuncha_desktop.exports.doctor.paragraphs import Paragraph

_REAL = re.compile(r"[{｛]{2}.*?[}｝]{2}|[{｛][%％].*?[%％][}｝]|[{｛][#＃].*?[#＃][}｝]", re.DOTALL)
_RAW = re.compile(r"[{｛][%％]\s*raw\s*[%％][}｝].*?[{｛][%％]\s*endraw", re.DOTALL)
# Between the brackets stands a name and what may follow it: parts, items, filters.
_SINGLE = re.compile(
    r"(?<![{｛])[{｛]\s*(?P<braced>[^\W\d][^{}｛｝]*?)\s*[}｝](?![}｝])|[(（]{2}\s*(?P<round>[^\W\d].*?)\s*[)）]{2}"
)
_FIRST = re.compile(r"[^\W\d]\w*")
_LOOP = re.compile(r"[{｛][%％]\s*(?:\w+\s+)?for\s+([\w\s,，]+?)\s+in\s")
_SET = re.compile(r"[{｛][%％]\s*(?:\w+\s+)?set\s+(\w+)")
_BEHIND = re.compile(r"\s*([.．\[【|｜].*)?", re.DOTALL)
_STATEMENTS = re.compile(r"(?:tr|tc|p)?\s*(?:if\s|elif\s|for\s|else$|endif$|endfor$)")


def single_brackets(paragraphs: Iterable[Paragraph], names: Container[str]) -> Iterator[Fault]:
    """A fault for each name the template may use, and each statement, that stands so."""
    paragraphs = list(paragraphs)
    whole = "\n".join(paragraph.text for paragraph in paragraphs)
    bound = {name for found in _LOOP.findall(whole) for name in re.findall(r"\w+", found)} | set(_SET.findall(whole))
    for paragraph in paragraphs:
        text = _REAL.sub(_blank, _RAW.sub(_blank, paragraph.text))
        for found in _SINGLE.finditer(text):
            inside = found["braced"] or found["round"] or ""
            first = _FIRST.match(inside)
            assert first is not None
            is_statement = _STATEMENTS.match(inside) is not None
            known = first[0] in names or first[0] in bound
            if is_statement or (known and _BEHIND.fullmatch(inside, first.end())):
                right = f"{{% {inside} %}}" if is_statement else f"{{{{ {inside} }}}}"
                cause = f"标签 `{found[0]}` 的括号不对，会照原样印出来"
                yield Fault("brackets", paragraph.place, cause, f"应写成 `{right}`。", found[0])


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])
