"""What tests of imports do: read a file or a pasted table for a kind of list, and look at what would come of it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import inspections, records
from xuncha_desktop.services.imports import kinds, sources, write
from xuncha_desktop.services.imports.plan import Plan
from xuncha_desktop.services.imports.sources import Choice
from xuncha_desktop.store.store import Store

TODAY = date(2031, 3, 5)


def workbook(path: Path, rows: Sequence[Sequence[Any]], title: str = "名单") -> Worksheet:
    """A file with these rows; save the sheet's `parent` again after changing it."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = title
    for row in rows:
        sheet.append(list(row))
    book.save(path)
    return sheet


def inspection(store: Store) -> str:
    """The case's only inspection."""
    return next(iter(inspections.every(store)))


def look(store: Store, kind: str, path: Path, **choice: Any) -> Plan:
    """What an import of a file would do."""
    of = kinds.kind_of(kind)
    wanted = Choice(**{"inspection": inspection(store), **choice})
    return sources.preview(store, of, sources.read(path, of, store.decoder, Progress()), wanted, TODAY, Progress())


def look_at(store: Store, kind: str, *, text: str = "", html: str = "", **choice: Any) -> Plan:
    """What an import of a pasted table would do."""
    wanted = Choice(**{"inspection": inspection(store), **choice})
    return sources.preview(store, kinds.kind_of(kind), sources.of_clipboard(html, text), wanted, TODAY, Progress())


def bring_in(store: Store, plan: Plan) -> list[dict[str, Any]]:
    """Write a plan; the records as the case has them."""
    ids = write.write(store, plan, Progress())
    return [records.load(store, plan.kind.entity, record).values for record in ids]


def problems(plan: Plan) -> list[str]:
    """What stops a plan."""
    return [found.sentence for found in plan.problems]


def first(plan: Plan, name: str) -> Any:
    """A value of the first record."""
    return plan.items[0].values.get(name)
