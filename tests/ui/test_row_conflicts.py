"""Rows of a form that two sides changed: each conflict stands under its row, and nobody's row or cell is lost."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from tests.support.forms import form_of, notice, paper_form, stored
from tests.support.journal_rows import batches, new_paper
from tests.support.typing import commit, go_into, leave_field
from ui.context import Context
from ui.forms.record_form import RecordForm
from ui.forms.rows import RowsEditor
from ui.papers.editor import PaperEditor
from xuncha_desktop.services import conflicts, records
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

TWO = [{"kind": "main", "name": "甲所", "note": ""}, {"kind": "", "name": "乙所", "note": "原注"}]


@pytest.fixture
def store(context: Context) -> Store:
    """The store the context works on."""
    return context.store


def parties(form: RecordForm) -> RowsEditor:
    """The rows of responsible parties."""
    editor = form.boxes["parties"].editor
    assert isinstance(editor, RowsEditor)
    return editor


def cell(form: RecordForm, row: int, column: str) -> Any:
    """The line of one cell."""
    editor = parties(form)
    place = [described.name for described in editor._columns].index(column)
    return editor._rows[row][1][place].focus_widget()


def write(form: RecordForm, row: int, column: str, text: str) -> None:
    """Type at the end of a cell and stay there."""
    line = cell(form, row, column)
    go_into(form, "title")
    line.setFocus()
    line.end(False)
    commit(line, text)


def in_conflict(context: Context, qtbot: QtBot, row: int = 1, column: str = "note") -> RecordForm:
    """A form over a paper one of whose rows was changed here and elsewhere at the same time."""
    form = paper_form(context, qtbot, parties=TWO)
    before = stored(context, form)["parties"]
    write(form, row, column, "（本机写的）")
    elsewhere = [dict(line) for line in before]
    elsewhere[row][column] = "别处写的"
    records.edit(context.store, "paper", form.record, {"parties": elsewhere})
    leave_field(form)
    return form


def said(form: RecordForm) -> str:
    """All words that stand in the field."""
    QApplication.processEvents()
    return "\n".join(label.text() for label in form.boxes["parties"].findChildren(QLabel) if label.isVisible())


def choices(form: RecordForm, name: str = "parties") -> list[QToolButton]:
    """The buttons that choose a version, from top to bottom."""
    QApplication.processEvents()
    found = [b for b in form.boxes[name].findChildren(QToolButton) if b.text() == "用这一版" and b.isVisible()]
    return sorted(found, key=lambda button: top(form, button))


def top(form: RecordForm, widget: QWidget) -> int:
    """How far down a widget stands."""
    return widget.mapTo(form, QPoint(0, 0)).y()


def choose(form: RecordForm, words: str, name: str = "parties") -> None:
    """Choose the version that says this."""
    for button in choices(form, name):
        row = button.parentWidget()
        assert row is not None
        if any(label.text().endswith(f"\n{words}") for label in _beside(button)):
            button.click()
            return
    pytest.fail(f"no version says {words}")


def _beside(button: QToolButton) -> list[QLabel]:
    panel = button.parentWidget()
    assert panel is not None
    middle = button.mapTo(panel, button.rect().center()).y()
    return [label for label in panel.findChildren(QLabel) if label.y() <= middle <= label.y() + label.height()]


def test_both_versions_of_a_cell_stand_under_its_row_with_who_and_when(context: Context, qtbot: QtBot) -> None:
    form = in_conflict(context, qtbot, row=0, column="name")
    words = said(form)
    assert "第 1 行“责任主体”有两个版本" in words
    assert "甲所（本机写的）" in words
    assert "别处写的" in words
    assert words.count("甲虚构　20") == 2
    assert conflicts.count(context.store) == 1
    assert top(form, cell(form, 0, "name")) < top(form, choices(form)[0]) < top(form, cell(form, 1, "name"))


def test_a_version_of_a_cell_is_chosen_by_one_click_and_the_choice_can_be_undone(
    context: Context, qtbot: QtBot
) -> None:
    form = in_conflict(context, qtbot)
    before = len(batches(context.store))
    shown = stored(context, form)["parties"][1]["note"]
    other = "别处写的" if shown != "别处写的" else "原注（本机写的）"
    choose(form, other)
    assert stored(context, form)["parties"][1]["note"] == cell(form, 1, "note").text() == other
    assert conflicts.count(context.store) == 0
    assert choices(form) == []
    assert [batch.label for batch in batches(context.store)[before:]] == ["确定说明"]
    undo.undo(context.store)
    assert stored(context, form)["parties"][1]["note"] == cell(form, 1, "note").text() == shown


def test_the_version_already_shown_can_be_chosen_as_well(context: Context, qtbot: QtBot) -> None:
    form = in_conflict(context, qtbot)
    shown = cell(form, 1, "note").text()
    choose(form, shown)
    assert conflicts.count(context.store) == 0
    assert cell(form, 1, "note").text() == shown


def test_a_choice_in_one_window_is_seen_in_the_other(context: Context, qtbot: QtBot) -> None:
    form = in_conflict(context, qtbot)
    other = form_of(context, qtbot, "paper", form.record)
    assert len(choices(other)) == 2
    choose(other, "别处写的")
    assert choices(form) == []
    assert cell(form, 1, "note").text() == "别处写的"


def test_writing_a_third_version_into_the_cell_settles_it(context: Context, qtbot: QtBot) -> None:
    form = in_conflict(context, qtbot)
    write(form, 1, "note", "，核对过")
    leave_field(form)
    assert conflicts.count(context.store) == 0
    assert choices(form) == []
    assert stored(context, form)["parties"][1]["note"].endswith("，核对过")


def test_choosing_a_version_costs_nothing_that_is_being_typed_in_the_rows(context: Context, qtbot: QtBot) -> None:
    form = in_conflict(context, qtbot)
    write(form, 0, "name", "（正写着）")
    choose(form, "别处写的")
    rows = stored(context, form)["parties"]
    assert (rows[0]["name"], rows[1]["note"]) == ("甲所（正写着）", "别处写的")
    assert conflicts.count(context.store) == 0


def test_two_rows_in_conflict_are_settled_one_by_one(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=TWO)
    before = records.load(context.store, "paper", form.record)
    write(form, 0, "note", "本一")
    write(form, 1, "note", "本二")
    leave_field(form)
    elsewhere = [{**line, "note": f"别{place}"} for place, line in enumerate(before.values["parties"], 1)]
    records.edit(context.store, "paper", form.record, {"parties": elsewhere}, seen=before.heads)
    assert conflicts.count(context.store) == 2
    assert len(choices(form)) == 4
    choose(form, "别2")
    assert conflicts.count(context.store) == 1
    assert "第 1 行“说明”有两个版本" in said(form)
    assert "第 2 行“说明”" not in said(form)
    choose(form, "本一")
    assert conflicts.count(context.store) == 0


def test_a_conflict_stays_at_its_row_when_another_row_is_removed(context: Context, qtbot: QtBot) -> None:
    form = in_conflict(context, qtbot)
    parties(form)._removers[0].click()
    assert len(choices(form)) == 2
    assert "第 1 行“说明”有两个版本" in said(form)
    choose(form, "别处写的")
    assert [row["note"] for row in stored(context, form)["parties"]] == ["别处写的"]


def test_another_record_shown_takes_the_conflict_away(context: Context, qtbot: QtBot) -> None:
    form = in_conflict(context, qtbot)
    record = form.record
    form.load(new_paper(context.store, parties=TWO))
    assert choices(form) == []
    form.load(record)
    assert len(choices(form)) == 2


def test_tab_comes_to_the_versions_of_a_row_before_the_next_row(context: Context, qtbot: QtBot) -> None:
    form = in_conflict(context, qtbot, row=0)
    remove = parties(form)._removers[0]
    first, second = choices(form)
    assert remove.nextInFocusChain() is first
    assert first.nextInFocusChain() is second


def test_pages_of_a_citation_in_conflict_are_shown_and_settled(context: Context, qtbot: QtBot) -> None:
    proof = records.create(context.store, "evidence", {"name": "合同", "inspection": context.inspection})
    paper = new_paper(context.store, citations=[{"evidence": proof, "pages": "3"}])
    editor = PaperEditor(context)
    qtbot.addWidget(editor)
    form = editor.form
    form.finish()
    editor.resize(900, 700)
    editor.show()
    form.load(paper)
    [row] = stored(context, form)["citations"]
    line = editor.citations._lines[0]
    line.setFocus()
    commit(line, "0")
    records.edit(context.store, "paper", paper, {"citations": [{**row, "pages": "7"}]})
    form.leave()
    assert conflicts.count(context.store) == 1
    assert len(choices(form, "citations")) == 2
    choose(form, "7", "citations")
    assert conflicts.count(context.store) == 0
    assert stored(context, form)["citations"][0]["pages"] == "7"


def test_news_in_another_cell_is_no_conflict_with_what_is_typed_here(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=TWO)
    before = stored(context, form)["parties"]
    write(form, 0, "name", "（本机）")
    records.edit(context.store, "paper", form.record, {"parties": [before[0], {**before[1], "note": "别处写的"}]})
    leave_field(form)
    rows = stored(context, form)["parties"]
    assert (rows[0]["name"], rows[1]["note"]) == ("甲所（本机）", "别处写的")
    assert conflicts.count(context.store) == 0
    assert cell(form, 1, "note").text() == "别处写的"


def test_a_row_added_elsewhere_while_one_types_is_not_lost(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=TWO)
    before = stored(context, form)["parties"]
    write(form, 0, "name", "（本机）")
    records.edit(context.store, "paper", form.record, {"parties": [*before, {"kind": "", "name": "丙所", "note": ""}]})
    leave_field(form)
    assert [row["name"] for row in stored(context, form)["parties"]] == ["甲所（本机）", "乙所", "丙所"]


def test_a_row_removed_elsewhere_stays_removed_unless_one_writes_in_it(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=[*TWO, {"kind": "", "name": "丙所", "note": ""}])
    before = stored(context, form)["parties"]
    write(form, 0, "name", "（本机）")
    records.edit(context.store, "paper", form.record, {"parties": before[2:]})
    leave_field(form)
    assert [row["name"] for row in stored(context, form)["parties"]] == ["甲所（本机）", "丙所"]
    assert "乙所" not in said(form)


def test_the_same_rows_written_on_both_sides_are_no_conflict(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, parties=TWO)
    before = stored(context, form)["parties"]
    write(form, 0, "note", "同")
    records.edit(context.store, "paper", form.record, {"parties": [{**before[0], "note": "同"}, before[1]]})
    count = len(batches(context.store))
    leave_field(form)
    assert len(batches(context.store)) == count
    assert (conflicts.count(context.store), notice(form, "parties")) == (0, "")
