"""Finds the table in a sheet: which rows are its heading, what stands above it, which columns there are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from xuncha_desktop.decoding.lists import grid
from xuncha_desktop.decoding.lists.grid import Dated, Sheet, Shown, Value
from xuncha_desktop.services.imports.headings import cents_of_line, cents_of_unit, forms
from xuncha_desktop.services.imports.kinds import ImportKind

_LOOK_AT, _HIGHEST = 40, 3  # rows in which a heading is looked for; rows it may have
_FIRST = 3  # columns in which the headings of a table on its side are looked for
_NO_HEADING = re.compile(r"[\d,.:/-]+|\d{4}年\d{1,2}月.*")
_BLANKS = re.compile(r"\s")
Place = tuple[int, int]  # row and column


@dataclass(frozen=True, slots=True)
class Column:
    """A column: where it stands, the words above it from top to bottom, and the unit of money they name."""

    place: int
    parts: tuple[str, ...]
    cents: int | None = None  # how many 分 one of the unit is

    @property
    def letter(self) -> str:
        """As Excel calls it."""
        return grid.letters(self.place)

    @property
    def name(self) -> str:
        """Letter and heading: C列“凭证日期”."""
        return f"{self.letter}列“{self.heading}”" if self.heading else f"{self.letter}列"

    @property
    def heading(self) -> str:
        """The words above it as one."""
        return "".join(_BLANKS.sub("", part) for part in self.parts)

    def forms(self) -> Iterator[str]:
        """Everything it may be known by, the surest first: all words, the lower ones, the upper one."""
        joined = ["".join(self.parts[start:]) for start in range(len(self.parts))]
        for text in (*joined, *self.parts[:1]):
            yield from forms(text)


@dataclass(frozen=True, slots=True)
class Line:
    """A row under the heading: a record, a part of the record in the row `of`, or neither and why."""

    row: int
    why: str = ""
    of: int = 0


@dataclass(slots=True)
class Table:
    """A sheet understood as a heading with rows under it."""

    sheet: Sheet
    heading: tuple[int, int]  # first and last row; (0, 0) where there is none
    columns: list[Column]
    covered: Mapping[Place, Place]  # cells under merged areas, and where their value stands
    above: list[str]  # what stands over the heading
    unread: list[str] = field(default_factory=list)
    sideways: str = ""  # the column in which the headings stand one below the other; "" where they stand in a row

    def place(self, row: int, column: int | None = None) -> str:
        """A cell as a person finds it: 第7行 C列“凭证日期”."""
        where = self.sheet.places[row - 2] if self.sheet.places else f"第{row}行"
        if column is None:
            return where
        found = next(one for one in self.columns if one.place == column)
        return f"{where}“{found.heading}”" if self.sheet.places else f"{where} {found.name}"

    def below(self) -> list[int]:
        """The rows under the heading that are not empty."""
        return [row for row in _filled(self.sheet) if row > self.heading[1]]


def find(sheet: Sheet, kind: ImportKind, heading: int | None = None) -> Table:
    """The table of a sheet; `heading` names its last heading row, 0 for none, None to look for it."""
    covered = grid.origins(sheet)
    rows = _filled(sheet)
    heading = 1 if sheet.places else heading  # made here, and not to be looked for
    first, last = _heading(sheet, covered, rows, kind) if heading is None else _tied(sheet, heading)
    above = [text_of(sheet, row) for row in rows if row < first]
    table = Table(sheet, (first, last), [], covered, above, list(sheet.unread))
    table.columns = _columns(table)
    if heading is None:
        table.sideways = _sideways(table, rows, kind)
    if hidden := sorted(c for c in sheet.hidden_columns if any(sheet.value(row, c) != "" for row in table.below())):
        table.unread.append(f"隐藏的列没有读：{'、'.join(f'{grid.letters(column)}列' for column in hidden)}")
    return table


def known(table: Table, kind: ImportKind) -> int:
    """How many different fields the headings name."""
    return len({found for column in table.columns if (found := _meant(column, kind))})


def text_of(sheet: Sheet, row: int) -> str:
    """A row in one line."""
    return " ".join(filter(None, (_BLANKS.sub(" ", grid.shown(value)) for value in sheet.rows.get(row, ()))))


def _filled(sheet: Sheet) -> list[int]:
    return sorted(row for row, cells in sheet.rows.items() if any(cell != "" for cell in cells))


def _tied(sheet: Sheet, last: int) -> tuple[int, int]:
    """The heading's rows when its last one is known: merged cells tie it to those above."""
    tops = [area.top for area in sheet.merged if area.top < last == area.bottom]
    return min([last, *tops]), last


def _heading(sheet: Sheet, covered: Mapping[Place, Place], rows: Sequence[int], kind: ImportKind) -> tuple[int, int]:
    """The rows whose words name the most fields; of equals those that end first, and the fewest."""
    best, found = (0, 0, 0), (0, 0)
    for row in [row for row in rows if row not in sheet.hidden_rows][:_LOOK_AT]:
        for last in range(row, row + _HIGHEST):
            labels = _labels(sheet, covered, row, last)
            if not _words_alone(sheet, last) or (last > row and not _leads_on(sheet, row, last, labels, kind)):
                break
            named = {name for place, parts in labels.items() if (name := _meant(Column(place, parts), kind))}
            score = (len(named), -last, row)
            if (len(named) > 1 or named & {kind.must, kind.instead}) and score > best:
                best, found = score, (row, last)
    return found


def _sideways(table: Table, rows: Sequence[int], kind: ImportKind) -> str:
    """The first columns are looked through for headings: three and more than any row has mean a table on its side."""
    most = max(2, known(table, kind))
    for place in range(_FIRST):
        words = [Column(place, (grid.shown(table.sheet.value(row, place)),)) for row in rows[:_LOOK_AT]]
        if len({found for word in words if (found := _meant(word, kind))}) > most:
            return words[0].letter
    return ""


def _leads_on(sheet: Sheet, first: int, last: int, labels: Mapping[int, tuple[str, ...]], kind: ImportKind) -> bool:
    """Whether a heading goes on in its last row: merged cells lead there, it names what the row above leaves open,
    or all it says names fields together with what stands above."""
    own = {column for column, value in enumerate(sheet.rows.get(last, ())) if value != ""}
    upper = {column for column, value in enumerate(sheet.rows.get(last - 1, ())) if value != ""}
    tied = any(first <= area.top < last <= area.bottom for area in sheet.merged)
    together = all(any(form in kind.words for form in forms("".join(labels.get(column, ())))) for column in own)
    return bool(own) and (tied or together or bool(own - upper))


def _words_alone(sheet: Sheet, row: int) -> bool:
    return not any(_no_heading(value) for value in sheet.rows.get(row, ()))


def _no_heading(value: Value) -> bool:
    if isinstance(value, str):
        return bool(_NO_HEADING.fullmatch(value))
    return isinstance(value, (Decimal, Dated, Shown))


def _labels(sheet: Sheet, covered: Mapping[Place, Place], first: int, last: int) -> dict[int, tuple[str, ...]]:
    """The words over each column; those of merged cells stand over every column they cover."""
    rows = range(first, last + 1)
    widths = [len(sheet.rows.get(row, ())) for row in rows]
    widths += [area.right + 1 for area in sheet.merged if area.top in rows]
    found: dict[int, tuple[str, ...]] = {}
    for column in range(min(max(widths), grid.MOST_COLUMNS)):
        places = dict.fromkeys(covered.get((row, column), (row, column)) for row in rows)
        parts = tuple(text for row, place in places if row >= first and (text := grid.shown(sheet.value(row, place))))
        if parts and column not in sheet.hidden_columns:
            found[column] = parts
    return found


def _meant(column: Column, kind: ImportKind) -> str:
    return next((kind.words[form][0] for form in column.forms() if form in kind.words), "")


def _columns(table: Table) -> list[Column]:
    """The columns with a heading or with content, hidden ones left out."""
    sheet, (first, last) = table.sheet, table.heading
    labels = _labels(sheet, table.covered, first, last) if last else {}
    filled = {c for row in table.below() for c, value in enumerate(sheet.rows[row]) if value != ""}
    general = next((cents for text in table.above if (cents := cents_of_line(text)) is not None), None)
    found: list[Column] = []
    for place in sorted(filled - sheet.hidden_columns | set(labels)):
        parts = labels.get(place, ())
        if parts and place not in filled and found and found[-1].parts == parts:
            continue  # the right part of a merged heading
        own = cents_of_unit("".join(parts))
        found.append(Column(place, parts, general if own is None else own))
    return found
