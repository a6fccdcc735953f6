"""What a document declares of its template: the file, and every name or column the file may use.

The template doctor reads nothing else, so a new document is covered as soon as it declares itself.
"""

import types
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from xuncha_desktop.exports import templates


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """The titles a sheet is made for, and further ones that are filled where a template has them."""

    titles: tuple[str, ...]
    further: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WordDeclared:
    """A Word template: `specimen` gives the data with one of everything in it."""

    file: str
    specimen: Callable[[], Mapping[str, object]]
    unprinted: Collection[str] = ()  # names that choose something, or say again what another says
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])  # Chinese names of the content

    def path(self) -> Path:
        """The file in use: the user's own copy or ours."""
        return templates.word_template(self.file)

    def shipped(self) -> Path:
        """Ours."""
        return templates.shipped_word(self.file)


@dataclass(frozen=True, slots=True)
class SheetsDeclared:
    """An Excel template: its sheets with their columns."""

    file: str
    sheets: Callable[[], Mapping[str, SheetColumns]]

    def path(self) -> Path:
        """The file in use: the user's own copy or ours."""
        return templates.ledger_template(self.file)

    def shipped(self) -> Path:
        """Ours."""
        return templates.shipped_ledger(self.file)


Declared = WordDeclared | SheetsDeclared


def specimen(kind: type[Any]) -> Any:
    """An object of a data class with one of everything: texts that differ, lists of one item."""
    return _make(kind, kind.__name__, count(1))


def named(content: Mapping[str, object], aliases: Mapping[str, str]) -> Mapping[str, object]:
    """Content, or a specimen of it, with its Chinese names beside the English ones."""
    return {**content, **{alias: content[name] for alias, name in aliases.items()}}


def _make(kind: Any, name: str, numbers: "count[int]") -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        return _make(next(part for part in get_args(kind) if part is not type(None)), name, numbers)
    if origin is tuple:
        return (_make(get_args(kind)[0], name, numbers),)
    if kind in (bool, int):
        return kind(1)
    if kind is date:
        return date(2024, 4, 6)
    if kind is Decimal:
        return Decimal(1000 + next(numbers))
    if kind is str:
        return f"{name}·{next(numbers)}·"  # closed, so that none stands in another
    hints = get_type_hints(kind)
    return kind(**{field.name: _make(hints[field.name], field.name, numbers) for field in fields(kind)})
