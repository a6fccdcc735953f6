"""Forms as their tests use them: made, filled, and asked what is stored, drafted and said."""

from typing import Any

from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from tests.support.journal_rows import new_paper
from tests.support.typing import made
from ui.context import Context
from ui.forms.record_form import RecordForm
from xuncha_desktop.model import fields
from xuncha_desktop.services import records


def form_of(context: Context, qtbot: QtBot, entity: str = "paper", record: str = "") -> RecordForm:
    """A form on the screen showing a record."""
    form = RecordForm(context, entity)
    qtbot.addWidget(form)
    made(form)
    if record:
        form.load(record)
    return form


def paper_form(context: Context, qtbot: QtBot, **values: Any) -> RecordForm:
    """A form showing a new paper."""
    return form_of(context, qtbot, "paper", new_paper(context.store, **values))


def field_form(context: Context, qtbot: QtBot, entity: str, name: str) -> RecordForm:
    """A form of one field alone, showing an empty record."""
    form = RecordForm(context, entity, leave_out=frozenset(fields(entity)) - {name})
    qtbot.addWidget(form)
    made(form).load(records.create(context.store, entity, {}))
    return form


def stored(context: Context, form: RecordForm) -> dict[str, Any]:
    """The record as the case has it."""
    return records.load(context.store, form.entity, form.record).values


def notice(form: RecordForm, name: str) -> str:
    """The sentence under a field."""
    return form.boxes[name].notice.text()


def buttons(form: RecordForm, name: str) -> dict[str, QToolButton]:
    """The buttons a field offers in place, by their words; the last of each."""
    QApplication.processEvents()  # layouts show what was put into them
    return {b.text(): b for b in form.boxes[name].findChildren(QToolButton) if b.text() and b.isVisible()}


def drafts(context: Context, form: RecordForm) -> dict[str, Any]:
    """What lies on disk for the record."""
    context.flush_drafts()
    return {draft.field: draft.value for draft in context.drafts.of(form.entity, form.record)}
