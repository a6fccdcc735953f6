"""A rich text as a document of Qt's, and back: paragraphs, lists that count from 1, tables of one paragraph a cell."""

from collections.abc import Iterable, Iterator, Sequence
from typing import cast

from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFragment,
    QTextFrame,
    QTextLength,
    QTextListFormat,
    QTextTable,
    QTextTableCell,
    QTextTableFormat,
)

from ui import style
from xuncha_desktop import rich
from xuncha_desktop.rich import Block, Item, Paragraph, Run, Runs, Table
from xuncha_desktop.text import clean_text

_SEMIBOLD = 600
_BULLETS, _NUMBERS = QTextListFormat.Style.ListDisc, QTextListFormat.Style.ListDecimal
_CELL_PADDING = 4


def read(document: QTextDocument) -> list[Block]:
    """What stands in the document."""
    found: list[Block] = []
    rows: list[Table] = []
    number = 0
    for part in _parts(document.rootFrame()):
        if isinstance(part, QTextTable):
            number = 0
            rows.append(_table(part))
            found.append(rows[-1])
            continue
        kind = list_kind(part)
        number = number + 1 if kind is _NUMBERS else 0
        found.append(Paragraph(_runs(part)) if kind is None else Item(_runs(part), number))
    return rich.trimmed(found) if rows else found


def read_chosen(cursor: QTextCursor) -> list[Block]:
    """What is chosen; a point of which the beginning is left out is only words."""
    table = cursor.currentTable()
    if table is not None and cursor.hasComplexSelection():
        first, rows, begin, columns = cast(tuple[int, int, int, int], cursor.selectedTableCells())
        cells = _table(table).rows[first : first + rows]
        return [Table(tuple(row[begin : begin + columns] for row in cells))]
    start, end = cursor.selectionStart(), cursor.selectionEnd()
    if table is not None:
        return [Paragraph(_runs(cursor.document().findBlock(start), start, end))]
    found: list[Block] = []
    for part in _parts(cursor.document().rootFrame()):
        if isinstance(part, QTextTable):
            if start < part.lastPosition() and part.firstPosition() < end:
                found.append(_table(part))
        elif part.position() <= end and start < part.position() + part.length():
            runs, kind = _runs(part, start, end), list_kind(part)
            whole = start <= part.position() and end > part.position()
            points = kind is not None and whole and (found or end >= part.position() + part.length() - 1)
            found.append(Item(runs, int(kind is _NUMBERS)) if points else Paragraph(runs))
    return rich.trimmed(found) if found else found


def write(cursor: QTextCursor, blocks: Sequence[Block]) -> None:
    """Put blocks where the cursor is: the first goes on in its paragraph, what followed goes on behind the last."""
    fresh = cursor.block().length() == 1 and cursor.currentTable() is None
    for place, block in enumerate(blocks):
        if isinstance(block, Table):
            _write_table(cursor, block)
            fresh = True
            continue
        if place and not fresh:
            cursor.insertBlock(line(), QTextCharFormat())
        if isinstance(block, Item):
            if not place and not fresh:
                cursor.insertBlock(line(), QTextCharFormat())
            cursor.setBlockFormat(line())
            make_points(cursor, _NUMBERS if block.number else _BULLETS)
        elif fresh:
            cursor.setBlockFormat(line())
        write_runs(cursor, block.runs)
        fresh = False


def write_runs(cursor: QTextCursor, runs: Iterable[Run]) -> None:
    """Put words into a paragraph."""
    for run in runs:
        cursor.insertText(run.text, face(bold=run.bold))


def set_up(document: QTextDocument) -> None:
    """Points are as far in as two characters."""
    document.setIndentWidth(2 * style.metrics.editor)


def line() -> QTextBlockFormat:
    """An ordinary paragraph: of the type size, not of the face's own line; Chinese faces differ there by a fifth."""
    made = QTextBlockFormat()
    height = round(1.6 * style.metrics.editor)
    made.setLineHeight(height, QTextBlockFormat.LineHeightTypes.FixedHeight.value)
    return made


def face(*, bold: bool) -> QTextCharFormat:
    """Ordinary or bold words."""
    made = QTextCharFormat()
    if bold:
        made.setFontWeight(QFont.Weight.Bold)
    return made


def weight(*, bold: bool) -> QTextCharFormat:
    """What makes words bold that look as they look, or not bold."""
    made = QTextCharFormat()
    made.setFontWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
    return made


def list_kind(block: QTextBlock) -> QTextListFormat.Style | None:
    """What kind of list a paragraph is a point of."""
    of = block.textList()
    if of is None:
        return None
    return _NUMBERS if of.format().style() is _NUMBERS else _BULLETS


def make_points(cursor: QTextCursor, kind: QTextListFormat.Style) -> None:
    """Make points of the cursor's paragraph or of all that are chosen; a list right above goes on."""
    look = QTextListFormat()
    look.setStyle(kind)
    look.setIndent(1)
    first = cursor.document().findBlock(cursor.selectionStart())
    above = first.previous()
    if above.isValid() and list_kind(above) is kind and _together(above, first):
        of = above.textList()
        for block in chosen(cursor):
            of.add(block)
    else:
        cursor.createList(look)


def end_points(cursor: QTextCursor) -> None:
    """Make ordinary paragraphs of the points that are chosen."""
    for block in chosen(cursor):
        if of := block.textList():
            of.remove(block)
            QTextCursor(block).setBlockFormat(line())


def chosen(cursor: QTextCursor) -> list[QTextBlock]:
    """The paragraphs a selection touches."""
    block = cursor.document().findBlock(cursor.selectionStart())
    end = cursor.selectionEnd()
    found: list[QTextBlock] = []
    while block.isValid() and (block.position() <= end):
        found.append(block)
        block = block.next()
    return found


def tidy(document: QTextDocument) -> None:
    """Points that follow each other are one list, parted ones are two; cells hold no lists, nothing else is set in."""
    before: QTextBlock | None = None
    seen: set[int] = set()
    for part in _parts(document.rootFrame()):
        if isinstance(part, QTextTable):
            before = None
            _tidy_cells(part)
            continue
        of = part.textList()
        if of is None:
            if part.blockFormat().indent():
                QTextCursor(part).setBlockFormat(line())
        else:
            goes_on = before is not None and list_kind(before) is list_kind(part)
            above = before.textList() if goes_on and before is not None else None
            if above is not None and above.objectIndex() != of.objectIndex():
                above.add(part)
            elif above is None and of.objectIndex() in seen:
                QTextCursor(part).createList(of.format())
            seen.add(part.textList().objectIndex())
        before = part


def table_format(columns: int) -> QTextTableFormat:
    """A thin grid as wide as the text."""
    made = QTextTableFormat()
    made.setBorder(1)
    made.setBorderCollapse(True)
    made.setBorderBrush(style.color("secondary"))
    made.setBorderStyle(QTextTableFormat.BorderStyle.BorderStyle_Solid)
    made.setCellSpacing(0)
    made.setCellPadding(_CELL_PADDING)
    made.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    share = QTextLength(QTextLength.Type.PercentageLength, 100 / columns)
    made.setColumnWidthConstraints([share] * columns)
    return made


def places(document: QTextDocument) -> Iterator[tuple[int, QTextBlock]]:
    """Each paragraph, point and cell of the document, and where its words begin in the plain form of the text."""
    found = read(document)
    starts = [start for start, _ in _starts(found)]
    yield from zip(starts, _words_of(document, found), strict=False)


def _starts(found: Sequence[Block]) -> Iterator[tuple[int, Runs]]:
    start = 0
    for block in found:
        if isinstance(block, Item):
            start += len(block.sign)
        for runs in rich.parts(block):
            yield start, runs
            start += len(rich.words_of(runs)) + 1


def _words_of(document: QTextDocument, found: Sequence[Block]) -> Iterator[QTextBlock]:
    every = list(_parts(document.rootFrame()))
    # What reading leaves out before a table at the beginning.
    skipped = 0
    if found and isinstance(found[0], Table):
        skipped = next(place for place, part in enumerate(every) if isinstance(part, QTextTable))
    for part in every[skipped:]:
        if isinstance(part, QTextTable):
            for row in range(part.rows()):
                for column in range(part.columns()):
                    yield part.cellAt(row, column).firstCursorPosition().block()
        else:
            yield part


def _parts(frame: QTextFrame) -> Iterator[QTextBlock | QTextTable]:
    at = frame.begin()
    while not at.atEnd():
        inner = at.currentFrame()
        if isinstance(inner, QTextTable):
            yield inner
        elif inner is not None:
            yield from _parts(inner)
        else:
            block = at.currentBlock()
            if block.isValid():
                yield block
        at += 1


def _runs(block: QTextBlock, start: int = 0, end: int | None = None) -> Runs:
    """The words of a paragraph, as far as they lie between two places of the document."""
    found: list[Run] = []
    at = block.begin()
    while not at.atEnd():
        piece = at.fragment()
        if piece.isValid():
            bold = piece.charFormat().fontWeight() >= _SEMIBOLD
            words = clean_text(_within(piece, start, end))
            if found and found[-1].bold == bold:
                found[-1] = Run(found[-1].text + words, bold)
            elif words:
                found.append(Run(words, bold))
        at += 1
    return tuple(found)


def _within(piece: QTextFragment, start: int, end: int | None) -> str:
    at = piece.position()
    if start <= at and (end is None or at + piece.length() <= end):
        return piece.text()
    coded = piece.text().encode("utf-16-le", "surrogatepass")
    until = len(coded) if end is None else 2 * max(0, end - at)
    return coded[2 * max(0, start - at) : until].decode("utf-16-le", "ignore")


def _table(table: QTextTable) -> Table:
    return Table(
        tuple(
            tuple(_cell(table.cellAt(row, column)) for column in range(min(table.columns(), rich.MOST_COLUMNS)))
            for row in range(table.rows())
        )
    )


def _cell(cell: QTextTableCell) -> Runs:
    """The words of a cell; were there several paragraphs, blanks would stand between them."""
    found: list[Run] = []
    for block in _blocks_of(cell):
        if found:
            found.append(Run(" "))
        found += (Run(run.text.replace("\n", " "), run.bold) for run in _runs(block))
    return tuple(found)


def _blocks_of(cell: QTextTableCell) -> Iterator[QTextBlock]:
    block, last = cell.firstCursorPosition().block(), cell.lastCursorPosition().block()
    while block.isValid():
        yield block
        if block == last:
            break
        block = block.next()


def _write_table(cursor: QTextCursor, table: Table) -> None:
    columns = len(table.rows[0])
    if cursor.block().textList() is None:
        cursor.setBlockFormat(line())
    made = cursor.insertTable(len(table.rows), columns, table_format(columns))
    for row, cells in enumerate(table.rows):
        for column, runs in enumerate(cells):
            inner = made.cellAt(row, column).firstCursorPosition()
            inner.setBlockFormat(line())
            write_runs(inner, runs)
    cursor.setPosition(made.lastPosition() + 1)
    if cursor.block().textList() is not None and cursor.block().length() == 1:
        cursor.setBlockFormat(line())


def _tidy_cells(table: QTextTable) -> None:
    for row in range(table.rows()):
        for column in range(table.columns()):
            for block in _blocks_of(table.cellAt(row, column)):
                if block.textList() is not None or block.blockFormat().indent():
                    QTextCursor(block).setBlockFormat(line())


def _together(above: QTextBlock, block: QTextBlock) -> bool:
    return QTextCursor(above).currentTable() is None and QTextCursor(block).currentTable() is None
