"""Formulas of a workbook that call a program or a network, wherever they stand: cells, formats, validations, names."""

import re

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

_HOLDERS = ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula")
_TEXTS = re.compile(r'"[^"]*"')
# A bar parts program and topic of a DDE call and means nothing else; Excel reads functions in either case.
_CALLS = re.compile(r"\||(?<!\w)(?:WEBSERVICE|IMAGE|CALL|REGISTER(?:\.ID)?|RTD|EXEC|STOCKHISTORY)\s*\(", re.IGNORECASE)
_LINK = re.compile(r'(?<!\w)HYPERLINK\s*\((?!\s*"#)', re.IGNORECASE)  # but to a place in the workbook itself
_RUNS = re.compile(r"(?:_xlnm\.)?auto_?(?:open|close|activate|deactivate)", re.IGNORECASE)


def reaches_out(root: "etree._Element") -> bool:
    """Whether a formula of this part would call something outside the workbook."""
    return any(_calls("".join(element.itertext())) for element in _of_kind(root, *_HOLDERS))


def runs_by_itself(root: "etree._Element") -> bool:
    """Whether a name of this part is one that Excel runs when the file is opened or closed."""
    return any(_RUNS.match(element.get("name") or "") for element in _of_kind(root, "definedName"))


def _calls(formula: str) -> bool:
    return bool(_CALLS.search(_TEXTS.sub('""', formula)) or _LINK.search(formula))


def _of_kind(root: "etree._Element", *names: str) -> "list[etree._Element]":
    return list(root.iter(*(f"{{*}}{name}" for name in names)))
