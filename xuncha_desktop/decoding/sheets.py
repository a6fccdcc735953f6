"""xlsx as text: each sheet's rows with tabs between the cells, read as a stream and no further than is sensible."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from xuncha_desktop.decoding.packages import Package, local, relation_of
from xuncha_desktop.decoding.pdf import Step
from xuncha_desktop.decoding.plain import parts_of

MOST_ROWS, MOST_COLUMNS = 50_000, 200
_STEP = 1000
_DIGITS, _LONGEST_COLUMN = "0123456789", 4
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]', re.IGNORECASE)
_DATE = re.compile(r"[ymdhs年月日]", re.IGNORECASE)
_DATE_FORMATS = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}
_PERCENT_FORMATS = {9, 10}
_LAST_DAY = 2_958_466  # 31 December 9999
_LOGICAL = {"1": "TRUE", "0": "FALSE"}


class Workbook:
    """A workbook whose sheets are read one after another; `notes` says what was left out."""

    def __init__(self, content: bytes) -> None:
        self._package = Package(content)
        self._main = self._package.main()
        self._epoch = datetime(1899, 12, 30)
        self.notes: list[str] = []

    def texts(self, step: Step) -> Iterator[str]:
        """The parts of all sheets, each beginning with the name of its sheet."""
        shared = self._shared_strings(step)
        dates, percents = self._formats()
        sheets = self._sheets()
        for index, (title, part) in enumerate(sheets):
            cells = _Cells(shared, dates, percents, self._epoch)
            rows = self._rows(title, part, cells, lambda at=index: step(at, len(sheets)))
            for text in parts_of(rows):
                yield f"【{title}】\n{text}"

    def _sheets(self) -> list[tuple[str, str]]:
        targets = self._package.related(self._main, "worksheet")
        found: list[tuple[str, str]] = []
        for _, element in self._package.elements(self._main, "workbookPr", "sheet"):
            if local(element) == "workbookPr":
                if element.get("date1904") in ("1", "true"):
                    self._epoch = datetime(1904, 1, 1)
            elif (target := targets.get(relation_of(element))) is not None:
                hidden = element.get("state", "visible") != "visible"
                found.append((f"{element.get('name', '')}{'（隐藏的表）' if hidden else ''}", target))
        return found

    def _shared_strings(self, step: Step) -> list[str]:
        strings: list[str] = []
        for part in self._package.related(self._main, "sharedStrings").values():
            for _, element in self._package.elements(part, "si"):
                strings.append(_string(element))
                if len(strings) % _STEP == 0:
                    step(0, 1)
        return strings

    def _formats(self) -> tuple[set[str], set[str]]:
        """Which cell formats, by their number as cells give it, show a date and which a percentage."""
        dates, percents = set(_DATE_FORMATS), set(_PERCENT_FORMATS)
        chosen: list[int] = []
        for part in self._package.related(self._main, "styles").values():
            for _, element in self._package.elements(part, "numFmt", "xf"):
                number = _number(element.get("numFmtId"))
                if local(element) == "xf":
                    if local(element.getparent()) == "cellXfs":
                        chosen.append(number)
                    continue
                code = _LITERAL.sub("", element.get("formatCode", ""))
                if "%" in code:
                    percents.add(number)
                elif _DATE.search(code):
                    dates.add(number)
        return (
            {str(at) for at, number in enumerate(chosen) if number in dates},
            {str(at) for at, number in enumerate(chosen) if number in percents},
        )

    def _rows(self, title: str, part: str, cells: "_Cells", step: Any) -> Iterator[str]:
        number, too_wide = 0, False
        for _, row in self._package.elements(part, "row"):
            number = _number(row.get("r")) or number + 1
            if number > MOST_ROWS:
                self.notes.append(f"表“{title}”只读到第 {MOST_ROWS} 行。")
                break
            if number % _STEP == 0:
                step()
            line: list[str] = []
            for cell in row.iterchildren("{*}c"):
                column = _column(cell.get("r", "").rstrip(_DIGITS)[:_LONGEST_COLUMN]) or len(line) + 1
                if column > MOST_COLUMNS:
                    too_wide = True
                    break
                line += [""] * (column - 1 - len(line))
                line.append(cells.show(cell))
            if text := "\t".join(line).rstrip("\t"):
                yield text
        if too_wide:
            self.notes.append(f"表“{title}”只读到第 {MOST_COLUMNS} 列。")


class _Cells:
    """Shows what a cell holds as a person would see it, as far as it matters for reading and finding."""

    def __init__(self, shared: list[str], dates: set[str], percents: set[str], epoch: datetime) -> None:
        self._shared = shared
        self._dates = dates
        self._percents = percents
        self._epoch = epoch

    def show(self, cell: Any) -> str:
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            return _one_line(_string(cell))
        holder = next(cell.iterchildren("{*}v"), None)
        value = "" if holder is None else holder.text or ""
        if kind == "s":
            at = _number(value)
            return _one_line(self._shared[at]) if 0 <= at < len(self._shared) else ""
        if kind == "b":
            return _LOGICAL.get(value, value)
        return self._number(value, cell.get("s", "0")) if kind == "n" else _one_line(value)

    def _number(self, value: str, style: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if style in self._dates and 0 <= number < _LAST_DAY:
            return self._date(number)
        if style in self._percents:
            return f"{round(number * 100, 10):.15g}%"
        return f"{number:.15g}" if abs(number) < 1e15 else value

    def _date(self, number: float) -> str:
        moment = self._epoch + timedelta(seconds=round(number * 86_400))
        if number < 1:
            return f"{moment:%H:%M:%S}".removesuffix(":00")
        if moment.hour == moment.minute == moment.second == 0:
            return f"{moment:%Y-%m-%d}"
        return f"{moment:%Y-%m-%d %H:%M:%S}".removesuffix(":00")


def _string(element: Any) -> str:
    """The text of a string, without the reading aids of East Asian names."""
    if len(element) == 1:
        return element[0].text or "" if local(element[0]) == "t" else _string(element[0])
    return "".join(piece.text or "" for piece in element.iter("{*}t") if local(piece.getparent()) != "rPh")


def _one_line(text: str) -> str:
    return " ".join(text.split("\n")).replace("\t", " ") if "\n" in text or "\t" in text else text


@cache
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number if letters.isascii() and letters.isupper() else 0


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else 0
