"""One sheet on its way: its rows are made first, and written once the formulas of all sheets have their values."""

import re
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence, Sized
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import IO

from xuncha_desktop.exports.excel.calculation import Calculation, Data
from xuncha_desktop.exports.excel.cells import FORMULAS, RowWriter
from xuncha_desktop.exports.excel.check import Written
from xuncha_desktop.exports.excel.fill import SheetReport, SheetRows
from xuncha_desktop.exports.excel.layout import Layout
from xuncha_desktop.exports.excel.long import LongTexts
from xuncha_desktop.exports.excel.package import Package
from xuncha_desktop.exports.excel.ranges import Stretch, filled_down
from xuncha_desktop.exports.excel.sheet import Place, Value, fixed_row, head, tail
from xuncha_desktop.exports.excel.values import written
from xuncha_desktop.jobs import Progress

_CHUNK = 256
_PIECE = 1 << 20
_SPOOL = 8 * 1024 * 1024


@dataclass(frozen=True)
class Around:
    """What a sheet needs of the others: the formulas that stand beside its rows, their values, and what has moved."""

    texts: Mapping[Place, str]
    values: Mapping[Place, Value]
    moves: Sequence[Stretch]


@dataclass(frozen=True)
class Draft:
    """A sheet whose rows are made."""

    layout: Layout
    writer: RowWriter
    spool: IO[bytes]
    stretch: Stretch
    long_texts: int
    left_out: int  # groups without a row

    @property
    def data(self) -> Data:
        """Its rows for formulas."""
        return Data(self.stretch, self.writer.kept, self.writer.count)

    def put(
        self,
        package: Package,
        archive: zipfile.ZipFile,
        around: Around,
        calculation: Calculation,
        progress: Progress,
    ) -> None:
        """Write the sheet into the file."""
        above, below = (
            "".join(fixed_row(row, self.stretch, around.texts, around.values, around.moves) for row in rows)
            for rows in (self.layout.rows_above, self.layout.rows_below)
        )
        with package.open_part(archive, self.layout.part) as stream:
            stream.write((head(self.layout, self.stretch) + "<sheetData>" + above).encode())
            for piece in self._rows(calculation, around.moves):
                progress.step(self.writer.count, self.writer.count, f"正在保存“{self.layout.sheet}”")
                stream.write(piece)
            stream.write((below + "</sheetData>" + tail(self.layout, self.stretch, around.moves)).encode())

    def _rows(self, calculation: Calculation, moves: Sequence[Stretch]) -> Iterator[bytes]:
        self.spool.seek(0)
        if not self.layout.formulas:
            while piece := self.spool.read(_PIECE):
                yield piece
            return
        values = calculation.columns(self.layout.sheet)
        texts = {column: filled_down(text, moves, self.stretch) for column, text in self.layout.formulas.items()}

        def cell(match: re.Match[bytes]) -> bytes:
            column, row = int(match[1]), int(match[2])
            value = written(values[column][row - self.layout.first])
            return self.writer.formula_cell(column, row, texts[column](row), value).encode()

        yield FORMULAS.sub(cell, self.spool.read())

    def report(self, *, is_grouped: bool) -> SheetReport:
        """What a user should hear of it."""
        layout, writer = self.layout, self.writer
        unknown = tuple(title for title in layout.unknown if title not in writer.filled_unknown)
        absent = () if is_grouped else layout.absent
        return SheetReport(layout.sheet, writer.count, unknown, absent, self.long_texts, writer.cut, self.left_out)

    def written(self, values: Mapping[Place, Value], epoch: date) -> Written:
        """What reading back must find."""
        layout, marks = self.layout, self.writer.marks
        titled = {column.number: column.key for column in layout.columns if column.number in marks}
        totals = {(self.stretch.moved(row), column): value for (row, column), value in values.items()}
        return Written(layout.sheet, layout.first, self.writer.count, titled, marks, totals, epoch)


def drafted(
    rows: SheetRows, writer: RowWriter, layout: Layout, long: LongTexts, folder: Path, progress: Progress, left_out: int
) -> Draft:
    """Make the rows of a sheet; whoever asks closes the spool."""
    long_before = len(long)
    # What stands above the rows depends on them, and they can be read only once. The folder is the user's
    # choice for this content, unlike the system's temporary folder.
    spool: IO[bytes] = tempfile.SpooledTemporaryFile(_SPOOL, dir=str(folder))  # noqa: SIM115
    try:
        _stream(spool, rows, writer, progress)
    except BaseException:
        spool.close()
        raise
    stretch = Stretch(layout.sheet, layout.header, layout.first, layout.last, max(1, writer.count))
    return Draft(layout, writer, spool, stretch, len(long) - long_before, left_out)


def _stream(spool: IO[bytes], rows: SheetRows, writer: RowWriter, progress: Progress) -> None:
    total = len(rows.rows) if isinstance(rows.rows, Sized) else 0
    chunk = list[str]()
    for values in rows.rows:
        if writer.count % _CHUNK == 0:
            progress.step(writer.count, total, f"正在写“{rows.name}”第 {writer.count + 1} 条")
            spool.write("".join(chunk).encode())
            chunk.clear()
        chunk.append(writer.write(values))
    progress.step(writer.count, total, f"已写完“{rows.name}”{writer.count} 条")
    spool.write("".join(chunk or ([] if writer.count else [writer.empty_row()])).encode())
