"""A record another version of the program wrote into: what is unknown is named and stays, the rest can be edited."""

import pytest
from pytestqt.qtbot import QtBot

from tests.support.forms import form_of, notice, stored
from tests.support.journal_rows import new_paper
from tests.support.newer_program import CODE, SHOWN, write_newer_codes
from tests.support.typing import leave_field, type_into
from ui.context import Context
from ui.forms.choices import EnumEditor, EnumsEditor
from ui.forms.record_form import RecordForm

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform


@pytest.fixture
def form(context: Context, qtbot: QtBot) -> RecordForm:
    """A paper with a newer code in every list."""
    paper = new_paper(
        context.store, level="own", sources=("visit",), parties=[{"kind": "", "name": "甲所", "note": ""}]
    )
    write_newer_codes(context.store)
    return form_of(context, qtbot, "paper", paper)


def level(form: RecordForm) -> EnumEditor:
    """The field of one code."""
    editor = form.boxes["level"].editor
    assert isinstance(editor, EnumEditor)
    return editor


def test_unknown_codes_are_named_and_other_fields_are_saved(context: Context, form: RecordForm) -> None:
    sources = form.boxes["sources"].editor
    assert isinstance(sources, EnumsEditor)
    assert (level(form).combo.currentText(), sources.chips[CODE].text()) == (SHOWN, SHOWN)
    type_into(form, "place", "财政所")
    leave_field(form)
    found = stored(context, form)
    assert (notice(form, "place"), found["place"]) == ("", "财政所")
    assert (found["level"], found["sources"], found["parties"][0]["kind"]) == (CODE, ("visit", CODE), CODE)


def test_a_known_code_chosen_instead_is_saved(context: Context, form: RecordForm) -> None:
    combo = level(form).combo
    combo.setCurrentIndex(combo.findData("village"))
    combo.activated.emit(combo.currentIndex())
    assert stored(context, form)["level"] == "village"
    assert combo.findData(CODE) < 0


def test_one_more_code_chosen_beside_it_is_saved(context: Context, form: RecordForm) -> None:
    sources = form.boxes["sources"].editor
    assert isinstance(sources, EnumsEditor)
    sources.chips["survey"].click()
    assert stored(context, form)["sources"] == ("visit", "survey", CODE)
