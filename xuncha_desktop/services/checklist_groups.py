"""The items of a checklist in groups: by what came of them, by heading or area, by who checked them, 必查 or not."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from xuncha_desktop.model.choices import RESULT_STATES, in_words
from xuncha_desktop.services.checklists import Line
from xuncha_desktop.store.sort_keys import sort_key

_STATES = list(RESULT_STATES)
_WORDS: Mapping[str, Callable[[Line], str]] = {
    "state": lambda line: in_words(RESULT_STATES, line.state),
    "focus": lambda line: line.focus and f"聚焦{line.focus.removeprefix('聚焦')}",
    "area": lambda line: line.area,
    "member": lambda line: line.member,
    "must": lambda line: "必查" if line.must else "选查",
}
_ORDER: Mapping[str, Callable[[Line], Any]] = {  # else that of the checklist
    "state": lambda line: _STATES.index(line.state) if line.state in _STATES else len(_STATES),
    "member": lambda line: sort_key(line.member),
    "must": lambda line: not line.must,
}
GROUPS = tuple(_WORDS)


def grouped(lines: Sequence[Line], name: str) -> list[tuple[str, list[Line]]]:
    """The lines in groups of one value, each under the words for it, in the value's own order."""
    words, order = _WORDS[name], _ORDER.get(name, lambda line: line.place)
    groups: dict[str, list[Line]] = {words(line): [] for line in sorted(lines, key=order)}
    for line in lines:
        groups[words(line)].append(line)
    return list(groups.items())
