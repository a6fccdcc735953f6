"""How a template names the data: the items of its loops, Chinese names, and what it leaves out on purpose."""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass

_LEFT_OUT = re.compile(r"\{#-?\s*(?:(?:p|tr|tc)\s)?\s*不打印\s*[:：](.*?)-?#\}", re.DOTALL)
_LOOP = re.compile(r"(\{%[-+]?\s*(?:(?:p|tr|tc|r)\s+)?for\s+(\w+)\s+in\s+(\w[\w.]*)[^%]*%\})")
_BETWEEN = re.compile(r"[\s、,，;；。]+")
_NUMBER = re.compile(r"\[\d+\]")
_MOST_LISTS = 50


@dataclass(frozen=True, slots=True)
class Loop:
    """A loop of a template: its tag as it stands there, and the name of an item."""

    tag: str
    item: str


def plain(path: str) -> str:
    """A place in the data without the numbers of items: findings.headings.problems.title."""
    return _NUMBER.sub("", path)


def left_out(text: str) -> Iterator[str]:
    """The names that `{# 不打印：署名、row.amount #}` gives, as they stand there."""
    for found in _LEFT_OUT.finditer(text):
        yield from (name for name in _BETWEEN.split(found[1]) if name)


class Naming:
    """The names of one template, by its text. A name that is left out leaves out all that is under it."""

    def __init__(self, text: str = "", aliases: Mapping[str, str] | None = None, data: Container[str] = ()) -> None:
        """`aliases` are Chinese names by what they stand for; `data` knows the names at the top."""
        self._aliases, self._data = aliases or {}, data
        self._labels = {name: alias for alias, name in self._aliases.items()}
        self._loops: dict[str, Loop] = {}  # by the list
        self._items: dict[str, list[str]] = {}  # which lists a loop's name stands for
        for found in _LOOP.finditer(text):
            item = found[2]
            for source in self.full(found[3]):
                self._loops.setdefault(source, Loop(found[1], item))
                if len(self._items.setdefault(item, [])) < _MOST_LISTS and source not in self._items[item]:
                    self._items[item].append(source)
        self._left_out = {full for name in left_out(text) for full in self.full(name)}

    def full(self, name: str) -> list[str]:
        """What a name may stand for, from the top of the data on: row.amount is problem_list.rows.amount."""
        first, *rest = (self._aliases.get(part, part) for part in plain(name).split("."))
        is_whole = not rest and first in self._data
        sources = [] if is_whole else self._items.get(first, [])
        return [".".join((source, *rest)) for source in sources or [first]]

    def leaves_out(self, path: str) -> bool:
        """Whether the template says that it does not print what stands here."""
        parts = plain(path).split(".")
        return any(".".join(parts[:count]) in self._left_out for count in range(1, len(parts) + 1))

    def loop_over(self, path: str) -> Loop | None:
        """The loop that goes through the list at this place."""
        return self._loops.get(plain(path))

    def called(self, path: str) -> str:
        """A place in the data as the template names it: 署名, problem.title; by its list where no loop does."""
        for number in reversed(list(_NUMBER.finditer(path))):
            rest = plain(path[number.end() :])
            if rest and (loop := self.loop_over(path[: number.start()])):
                return f"{loop.item}{rest}"
        first, dot, behind = plain(path).partition(".")
        return f"{self._labels.get(first, first)}{dot}{behind}"
