"""Rows of a record with long texts or many fields: each a block of its own instead of one line of a table."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel

from ui.forms.rows import MakeEditor, RowsEditor
from xuncha_desktop.model import LONG_TEXTS, Field, Kind, fields

_ACROSS = 3  # short fields side by side


def suit(field: Field) -> bool:
    """Whether the rows of a field read better as blocks; figures stay in a table."""
    return all(column.kind is not Kind.INT for column in fields(field.target).values())


class BlockRows(RowsEditor):
    """Every field of a row under its label, three in a line, a long text in a line of its own."""

    def __init__(self, field: Field, make: MakeEditor) -> None:
        super().__init__(field, make)
        self._columns = [column for column in fields(field.target).values() if column.name != "parent"]
        self._places = _places(self._columns)
        self._height = 2 * self._places[-1][0] + 4  # labels and editors of each line, a panel, a rule
        for index in range(max(_ACROSS, len(self._columns)) + 1):
            self.grid.setColumnStretch(index, 1 if index < _ACROSS else 0)

    def _add_heads(self) -> None:
        """Every block has its own labels."""

    def _add_row(self, row: dict[str, Any], *, raw: bool = False) -> None:
        super()._add_row(row, raw=raw)
        top = self._line_of(len(self._rows) - 1)
        for column, editor, (line, across, span) in zip(self._columns, self._rows[-1][1], self._places, strict=True):
            label = QLabel(column.label)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setProperty("role", "secondary")
            self.grid.addWidget(label, top + 2 * line, across, 1, span)
            self.grid.addWidget(editor, top + 2 * line + 1, across, 1, span, Qt.AlignmentFlag.AlignTop)
        self.grid.addWidget(self._removers[-1], top + 1, _ACROSS, Qt.AlignmentFlag.AlignTop)
        rule = QFrame()
        rule.setObjectName("line")
        self.grid.addWidget(rule, top + self._height - 1, 0, 1, _ACROSS + 1)

    def _line_of(self, row: int) -> int:
        return self._height * row

    def _room_under(self, row: int) -> tuple[int, int]:
        return self._line_of(row + 1) - 2, _ACROSS + 1


def _places(columns: Sequence[Field]) -> list[tuple[int, int, int]]:
    """Line, first column and width of each field; the last of a line takes what is left of it."""
    lines: list[list[Field]] = []
    for column in columns:
        alone = column.kind in LONG_TEXTS
        if not lines or alone or len(lines[-1]) == _ACROSS or lines[-1][-1].kind in LONG_TEXTS:
            lines.append([])
        lines[-1].append(column)
    return [
        (number, across, 1 if column is not line[-1] else _ACROSS - across)
        for number, line in enumerate(lines)
        for across, column in enumerate(line)
    ]
