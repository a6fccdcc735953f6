"""The whole of a filled workbook: rows drafted, formulas valued, sheets written in order, all else copied."""

import warnings
import zipfile
from collections.abc import Callable, Collection, Sequence
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.atomic import replaced
from xuncha_desktop.exports import dangers, faces
from xuncha_desktop.exports.excel import check
from xuncha_desktop.exports.excel.calculation import Calculation
from xuncha_desktop.exports.excel.cells import RowWriter
from xuncha_desktop.exports.excel.charts import (
    Filled,
    Shown,
    chart_parts,
    charted_columns,
    moved_chart,
    moved_drawing,
    plain,
)
from xuncha_desktop.exports.excel.drafts import Around, Draft, drafted
from xuncha_desktop.exports.excel.fill import SheetReport, SheetRows
from xuncha_desktop.exports.excel.formulas import Formulas, names_of
from xuncha_desktop.exports.excel.grouping import grouped, read_grouped, sources
from xuncha_desktop.exports.excel.layout import Layout, read_layout
from xuncha_desktop.exports.excel.long import LONG_SHEET, LONG_TITLES, LongTexts
from xuncha_desktop.exports.excel.package import WORKBOOK, Package
from xuncha_desktop.exports.excel.parts import marked, moved_chain, moved_names, moved_table, shown_sheet
from xuncha_desktop.exports.excel.ranges import Stretch
from xuncha_desktop.exports.excel.sheet import Place, Value, other_sheet
from xuncha_desktop.exports.excel.styles import Styles
from xuncha_desktop.exports.excel.values import written
from xuncha_desktop.jobs import Progress

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
        self._main = self._jobs[0][1]
        taken = {rows.name for rows in sheets} | {LONG_SHEET}
        known = {*sheets[0].titles, *(column.key for column in self._main.columns if column.title)}
        self._groups = read_grouped(package, workbook, known, taken)
        self._sources = [sources(layout, self._main, package.name) for layout in self._groups]
        layouts = [*(layout for _, layout in self._jobs), *self._groups]
        models = [Stretch(one.sheet, one.header, one.first, one.last, 1) for one in layouts]
        self._formulas = Formulas(package.name, workbook, models, names_of(workbook))
        self._formulas.refuse()
        self._drafts = list[Draft]()
        self._calculation: Calculation | None = None

    def into(self, part: Path) -> tuple[SheetReport, ...]:
        """Write the file, check it, and say what a user should know."""
        with ExitStack() as stack:
            for rows, layout in self._jobs:
                self._draft(rows, layout, part.parent, stack)
            for layout, titles in zip(self._groups, self._sources, strict=True):
                kept = self._drafts[0].writer.kept
                found = grouped(layout, {title: kept[at] for title, at in titles.items()}, self._jobs[0][0].listed)
                self._draft(found.rows, layout, part.parent, stack, found.left_out)
            counted = list(self._drafts)
            if self._long_layout and len(self._long):
                self._draft(SheetRows(LONG_SHEET, LONG_TITLES, self._long), self._long_layout, part.parent, stack)
            data = {draft.layout.sheet: draft.data for draft in counted}
            self._calculation = Calculation(self._formulas, self._workbook, data)
            with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED, compresslevel=4) as archive:
                for draft in self._drafts:
                    around = self._around(draft.layout.sheet)
                    draft.put(self._package, archive, around, self._calculation, self._progress)
                done = {draft.layout.part for draft in self._drafts}
                self._package.copy_rest(archive, self._changed_parts(), done)
        tables = [draft.written(self._values(draft.layout.sheet), self._epoch) for draft in self._drafts]
        check.verify(part, [*tables, *self._written_others()], self._progress)
        self._progress.step(1, 1, "核对完成")
        return tuple(draft.report(is_grouped=any(draft.layout is one for one in self._groups)) for draft in counted)

    def _draft(self, rows: SheetRows, layout: Layout, folder: Path, stack: ExitStack, left_out: int = 0) -> None:
        kept = charted_columns(self._package, layout.sheet)
        if layout.sheet in self._formulas.stretches:
            kept |= self._formulas.columns(layout.sheet)
        if layout is self._main:
            kept |= {at for titles in self._sources for at in titles.values()}
        writer = RowWriter(layout, self._styles, self._long, self._epoch, rows, kept)
        made = drafted(rows, writer, layout, self._long, folder, self._progress, left_out)
        stack.callback(made.spool.close)
        self._drafts.append(made)

    @property
    def _calculated(self) -> Calculation:
        assert self._calculation is not None  # made as soon as all rows are drafted
        return self._calculation

    def _around(self, sheet: str) -> Around:
        return Around(self._texts(sheet), self._values(sheet), self._stretches())

    def _stretches(self) -> list[Stretch]:
        return [draft.stretch for draft in self._drafts]

    def _texts(self, sheet: str) -> dict[Place, str]:
        return {(row, column): text for (name, row, column), text in self._formulas.texts.items() if name == sheet}

    def _values(self, sheet: str) -> dict[Place, Value]:
        return {at: written(value) for at, value in self._calculated.fixed(sheet).items()}

    def _written_others(self) -> list[check.Written]:
        values = {sheet: self._values(sheet) for sheet in self._others()}
        return [check.Written(sheet, 1, 0, {}, {}, found, self._epoch) for sheet, found in values.items() if found]

    def _others(self) -> Collection[str]:
        """The sheets without rows of data."""
        return self._package.sheets.keys() - {draft.layout.sheet for draft in self._drafts}

    def _changed_parts(self) -> dict[str, bytes]:
        """The parts that name cells of the filled sheets, as far as they change."""
        package, stretches = self._package, self._stretches()
        changed = dict[str, bytes]()
        if styles := self._styles.changed():
            changed[_STYLES] = styles
        workbook = moved_names(package.part(WORKBOOK), stretches)
        workbook = shown_sheet(workbook, LONG_SHEET) if len(self._long) else workbook
        changed[WORKBOOK] = marked(workbook, self._jobs[0][0].name, self._mark) if self._mark else workbook
        for sheet in self._others():
            source, nowhere = package.part(package.sheets[sheet]).decode("utf-8"), Stretch.nowhere(sheet)
            made = other_sheet(source, nowhere, self._texts(sheet), self._values(sheet), stretches)
            if made != source:
                changed[package.sheets[sheet]] = made.encode("utf-8")
        for draft in self._drafts:
            part, stretch = draft.layout.part, draft.stretch
            right = max(column.number for column in draft.layout.columns if column.title)
            for table in package.related(part, "table"):
                changed[table] = moved_table(package.part(table), stretch)
            for drawing in package.related(part, "drawing"):
                changed[drawing] = moved_drawing(package.part(drawing), stretch, right)
        filled = [*map(self._filled, self._drafts), *self._filled_others()]
        for chart in chart_parts(package):
            changed[chart] = moved_chart(package.part(chart), filled)
        if package.has(_CHAIN):
            columns = {draft.layout.sheet: (draft.layout.formulas, draft.writer.count) for draft in self._drafts}
            changed[_CHAIN] = moved_chain(package.part(_CHAIN), package.part(WORKBOOK), stretches, columns)
        return changed

    def _filled(self, draft: Draft) -> Filled:
        sheet = draft.layout.sheet
        columns = {**draft.writer.kept, **self._calculated.columns(sheet)}
        return Filled(draft.stretch, columns, self._plain(draft.layout.worksheet), self._values(sheet))

    def _filled_others(self) -> list[Filled]:
        found = list[Filled]()
        for sheet in self._others():
            worksheet, values = self._workbook[sheet], self._values(sheet)
            if values and isinstance(worksheet, Worksheet):
                found.append(Filled(Stretch.nowhere(sheet), {}, self._plain(worksheet), values))
        return found

    def _plain(self, worksheet: Worksheet) -> Callable[[int, int], Shown]:
        """The cells of a template that are no data; of a formula that was not computed the value is not known."""
        texts = self._texts(worksheet.title)
        return lambda row, column: None if (row, column) in texts else plain(worksheet.cell(row, column).value)
