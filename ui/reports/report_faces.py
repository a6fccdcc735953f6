"""How each style of the report looks in the live view: the official faces, sizes in the proportion of 二号 to 三号."""

from collections.abc import Mapping, Sequence
from itertools import accumulate

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QTextBlockFormat, QTextCharFormat, QTextOption

from ui import style

_FACE = {
    "title": "小标宋",
    "part": "黑体",
    "heading": "楷体",
    "mark": "黑体",
}
_SIDE = {
    "title": Qt.AlignmentFlag.AlignHCenter,
    "subtitle": Qt.AlignmentFlag.AlignHCenter,
    "signature": Qt.AlignmentFlag.AlignRight,
    "date": Qt.AlignmentFlag.AlignRight,
}
_INDENTED = frozenset({"part", "heading", "problem", "body", "attachment"})
_SIZE = {"title": 22 / 16, "row": 12 / 16, "cells": 14 / 16}
_PITCH = 28.95 / 16
_TAB = QTextOption.TabType.LeftTab
_NARROWEST, _WIDEST = 2, 16  # characters of a column of a table; longer cells push the next ones


def character(kind: str, faces: Mapping[str, str]) -> QTextCharFormat:
    """Face and size of a style; `faces` are those of the settings."""
    font = QFont()
    font.setFamilies([faces[_FACE.get(kind, "仿宋")], *style.font().families()])
    font.setPixelSize(_size(kind))
    made = QTextCharFormat()
    made.setFont(font)
    return made


def block(kind: str, columns: Sequence[int] = ()) -> QTextBlockFormat:
    """Side, indent and line pitch of a style; `columns`: how many characters the cells of a table have at most."""
    made = QTextBlockFormat()
    made.setAlignment(_SIDE.get(kind, Qt.AlignmentFlag.AlignLeft))
    made.setLineHeight(round(_size(kind) * _PITCH), QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    if kind in _INDENTED:
        made.setTextIndent(2 * _size(kind))
    if kind == "cells":
        widths = (min(max(length, _NARROWEST), _WIDEST) + 1 for length in columns)
        made.setTabPositions([QTextOption.Tab(_size(kind) * end, _TAB) for end in accumulate(widths)])
        made.setLeftMargin(2 * _size(kind))
        made.setBackground(style.color("hover"))
    if kind == "signature":
        made.setRightMargin(2 * _size(kind))
    return made


def _size(kind: str) -> int:
    return round(style.metrics.editor * _SIZE.get(kind, 1))
