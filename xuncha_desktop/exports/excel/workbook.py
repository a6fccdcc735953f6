"""The whole of a filled workbook: sheets streamed in order, names and tables stretched, all else copied."""

import tempfile
import warnings
import zipfile
from collections.abc import Sequence, Sized
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook

from xuncha_desktop.atomic import replaced
from xuncha_desktop.exports import dangers, faces
from xuncha_desktop.exports.excel import check
from xuncha_desktop.exports.excel.cells import RowWriter
from xuncha_desktop.exports.excel.charts import (
    Filled,
    chart_parts,
    charted_columns,
    moved_chart,
    moved_drawing,
    plain,
)
from xuncha_desktop.exports.excel.fill import SheetReport, SheetRows
from xuncha_desktop.exports.excel.layout import Layout, read_layout
from xuncha_desktop.exports.excel.long import LONG_SHEET, LONG_TITLES, LongTexts
from xuncha_desktop.exports.excel.package import WORKBOOK, Package
from xuncha_desktop.exports.excel.parts import marked, moved_chain, moved_names, moved_table, shown_sheet
from xuncha_desktop.exports.excel.ranges import Stretch
from xuncha_desktop.exports.excel.sheet import fixed_row, head, tail
from xuncha_desktop.exports.excel.styles import Styles
from xuncha_desktop.exports.excel.totals import Totals, formulas_of, refuse_foreign
from xuncha_desktop.jobs import Progress

_CHUNK = 256
_PIECE = 1 << 20
_SPOOL = 8 * 1024 * 1024
_STYLES = "xl/styles.xml"
_CHAIN = "xl/calcChain.xml"


def write(
    template: Path, target: Path, sheets: Sequence[SheetRows], progress: Progress, mark: str
) -> tuple[SheetReport, ...]:
    """Fill a template into a new file and read it back; on any failure the target stays as it was."""
    dangers.refuse(template)
    package = Package(template, faces.dressed(template))
    with replaced(target) as part:
        return _Filling(package, read(package), sheets, progress, mark).into(part)


def read(package: Package) -> Workbook:
    """The template's cells, for looking only."""
    with warnings.catch_warnings():
        # It warns of what it cannot keep; here it only reads, and everything is kept.
        warnings.simplefilter("ignore")
        return load_workbook(BytesIO(package.source), keep_links=False)


class _Filling:
    """One run over one template."""

    def __init__(
        self, package: Package, workbook: Workbook, sheets: Sequence[SheetRows], progress: Progress, mark: str
    ) -> None:
        self._package, self._workbook, self._progress, self._mark = package, workbook, progress, mark
        self._epoch = date(workbook.epoch.year, workbook.epoch.month, workbook.epoch.day)
        self._styles = Styles(package.part(_STYLES))
        self._jobs = [(rows, read_layout(package, workbook, rows.name, rows.titles)) for rows in sheets]
        self._long_layout: Layout | None = None
        if LONG_SHEET in package.sheets:
            self._long_layout = read_layout(package, workbook, LONG_SHEET, LONG_TITLES)
        self._long = LongTexts(package.name, self._long_layout.first if self._long_layout else 0)
        self._names = {
            name.upper(): str(found.attr_text).lstrip("=")
            for scope in (workbook, *workbook.worksheets)
            for name, found in scope.defined_names.items()
            if found.attr_text
        }
        self._stretches = list[Stretch]()
        self._written = list[check.Written]()
        self._filled = list[Filled]()
        self._right = dict[str, int]()

    def into(self, part: Path) -> tuple[SheetReport, ...]:
        """Write the file, check it, and say what a user should know."""
        with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
            reports = [self._sheet(archive, rows, layout, part.parent) for rows, layout in self._jobs]
            done = {layout.part for _, layout in self._jobs}
            if self._long_layout and len(self._long):
                rows = SheetRows(LONG_SHEET, LONG_TITLES, self._long)
                self._sheet(archive, rows, self._long_layout, part.parent)
                done.add(self._long_layout.part)
            self._package.copy_rest(archive, self._changed_parts(), done)
        check.verify(part, self._written, self._progress)
        self._progress.step(1, 1, "核对完成")
        return tuple(reports)

    def _sheet(self, archive: zipfile.ZipFile, rows: SheetRows, layout: Layout, folder: Path) -> SheetReport:
        model = Stretch(layout.sheet, layout.header, layout.first, layout.last, 1)
        totals = Totals(self._package.name, layout.worksheet, model, self._names)
        refuse_foreign(self._package.name, self._workbook, model, self._names)
        charted = charted_columns(self._package, layout.sheet)
        writer = RowWriter(layout, self._styles, self._long, self._epoch, rows, charted)
        long_before = len(self._long)
        # What stands above the rows depends on them, and they can be read only once. The folder is the user's
        # choice for this content, unlike the system's temporary folder.
        with tempfile.SpooledTemporaryFile(_SPOOL, dir=str(folder)) as spool:
            self._stream(spool, rows, writer)
            stretch = Stretch(layout.sheet, layout.header, layout.first, layout.last, max(1, writer.count))
            values = totals.values(writer.tallies, stretch)
            formulas = dict(formulas_of(layout.worksheet))
            above = (fixed_row(row, stretch, formulas, values) for row in layout.rows_above)
            below = (fixed_row(row, stretch, formulas, values) for row in layout.rows_below)
            spool.seek(0)
            with self._package.open_part(archive, layout.part) as stream:
                stream.write((head(layout, stretch) + "<sheetData>" + "".join(above)).encode())
                while piece := spool.read(_PIECE):
                    self._progress.step(writer.count, writer.count, f"正在保存“{rows.name}”")
                    stream.write(piece)
                stream.write(("".join(below) + "</sheetData>" + tail(layout, stretch)).encode())
        self._stretches.append(stretch)
        self._right[layout.sheet] = max(column.number for column in layout.columns if column.title)
        worksheet = layout.worksheet
        self._filled.append(Filled(stretch, writer.kept, lambda row, at: plain(worksheet.cell(row, at).value), values))
        self._written.append(
            check.Written(
                sheet=layout.sheet,
                first=layout.first,
                count=writer.count,
                titles={column.number: column.key for column in layout.columns if column.title},
                marks=writer.marks,
                totals={(stretch.moved(row), column): value for (row, column), value in values.items()},
                epoch=self._epoch,
            )
        )
        unknown = tuple(title for title in layout.unknown if title not in writer.filled_unknown)
        return SheetReport(
            layout.sheet, writer.count, unknown, layout.absent, len(self._long) - long_before, writer.cut
        )

    def _stream(self, spool: "tempfile.SpooledTemporaryFile[bytes]", rows: SheetRows, writer: RowWriter) -> None:
        total = len(rows.rows) if isinstance(rows.rows, Sized) else 0
        chunk = list[str]()
        for values in rows.rows:
            if writer.count % _CHUNK == 0:
                self._progress.step(writer.count, total, f"正在写“{rows.name}”第 {writer.count + 1} 条")
                spool.write("".join(chunk).encode())
                chunk.clear()
            chunk.append(writer.write(values))
        writer.finish()
        self._progress.step(writer.count, total, f"已写完“{rows.name}”{writer.count} 条")
        spool.write("".join(chunk or ([] if writer.count else [writer.empty_row()])).encode())

    def _changed_parts(self) -> dict[str, bytes]:
        """The small parts that name cells of the filled sheets, as far as they change."""
        package = self._package
        changed = dict[str, bytes]()
        if styles := self._styles.changed():
            changed[_STYLES] = styles
        workbook = moved_names(package.part(WORKBOOK), self._stretches)
        workbook = shown_sheet(workbook, LONG_SHEET) if len(self._long) else workbook
        changed[WORKBOOK] = marked(workbook, self._jobs[0][0].name, self._mark) if self._mark else workbook
        for stretch in self._stretches:
            for table in package.related(package.sheets[stretch.sheet], "table"):
                changed[table] = moved_table(package.part(table), stretch)
            for drawing in package.related(package.sheets[stretch.sheet], "drawing"):
                changed[drawing] = moved_drawing(package.part(drawing), stretch, self._right[stretch.sheet])
        for chart in chart_parts(package):
            changed[chart] = moved_chart(package.part(chart), self._filled)
        if package.has(_CHAIN):
            changed[_CHAIN] = moved_chain(package.part(_CHAIN), package.part(WORKBOOK), self._stretches)
        return changed
