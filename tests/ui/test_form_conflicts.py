"""A record's form never overwrites what somebody is typing: news, other windows, an input method, a busy case."""

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton
from pytestqt.qtbot import QtBot

from tests.support.forms import buttons, drafts, field_form, form_of, notice, paper_form, stored
from tests.support.journal_rows import batches, new_paper
from tests.support.typing import (
    another_writer,
    commit,
    compose,
    go_into,
    leave_field,
    text_of,
    type_beside,
    type_into,
)
from ui.context import Context
from ui.forms.record_form import RecordForm
from xuncha_desktop.model import Kind, entities, fields
from xuncha_desktop.model.base import Row
from xuncha_desktop.services import conflicts, history, records
from xuncha_desktop.store.store import Store

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # popups of the offscreen platform

TYPED = {
    Kind.TEXT: "写",
    Kind.LONGTEXT: "写",
    Kind.RICHTEXT: "写",
    Kind.INT: "7",
    Kind.MONEY: "7.25",
    Kind.DATE: "2031-03-07",
}
NEWS = {
    Kind.TEXT: "他处",
    Kind.LONGTEXT: "他处",
    Kind.RICHTEXT: "\x1c他\x02处\x03",
    Kind.INT: 4,
    Kind.MONEY: 4_000_000,
    Kind.DATE: "2031-02-04",
}
WITHOUT_FORM = {"link", "replica", "export_record"}


@pytest.fixture
def store(context: Context) -> Store:
    """The store the context works on."""
    return context.store


def _text_fields() -> list[tuple[str, str]]:
    """One field of each kind that is typed into, of every entity that has a form."""
    found: list[tuple[str, str]] = []
    for entity, cls in entities().items():
        if issubclass(cls, Row) or entity in WITHOUT_FORM:
            continue
        kinds: dict[Kind, str] = {}
        for described in fields(entity).values():
            if described.kind in TYPED:
                kinds.setdefault(described.kind, described.name)
        found += [(entity, name) for name in kinds.values()]
    return found


every_text = pytest.mark.parametrize(("entity", "name"), _text_fields())


def in_conflict(first: RecordForm, second: RecordForm, name: str, one: str, other: str) -> None:
    """Two windows that change a field without seeing each other."""
    type_beside(first, name, one)
    type_beside(second, name, other)
    first.leave()
    second.leave()


def test_two_windows_on_one_record_keep_both_versions_until_somebody_decides(context: Context, qtbot: QtBot) -> None:
    first = paper_form(context, qtbot, overview="原")
    second = form_of(context, qtbot, "paper", first.record)
    type_beside(first, "overview", "，甲写的")
    type_beside(second, "overview", "，乙写的")
    first.leave()
    assert text_of(second, "overview") == "原，乙写的"
    assert "他处已改" in notice(second, "overview")
    second.leave()
    [conflict] = conflicts.of_record(context.store, "paper", first.record)
    assert {version.value for version in conflict.versions} == {"原，甲写的", "原，乙写的"}
    QApplication.processEvents()
    for form in (first, second):
        shown = " ".join(label.text() for label in form.boxes["overview"].findChildren(QLabel) if label.isVisible())
        assert "原，甲写的" in shown
        assert "原，乙写的" in shown
        assert {"用这一版", "以上面文字为准"} <= buttons(form, "overview").keys()
    use = [b for b in second.boxes["overview"].findChildren(QToolButton) if b.text() == "用这一版" and b.isVisible()]
    wanted = conflict.versions[1].value
    use[1].click()
    assert conflicts.count(context.store) == 0
    for form in (first, second):
        assert text_of(form, "overview") == wanted
        assert "用这一版" not in buttons(form, "overview")
    values = {event.value for event in history.of_field(context.store, "paper", first.record, "overview")}
    assert {"原，甲写的", "原，乙写的"} <= values


def test_a_conflict_can_be_settled_with_words_of_one_s_own(context: Context, qtbot: QtBot) -> None:
    first = paper_form(context, qtbot, overview="原")
    second = form_of(context, qtbot, "paper", first.record)
    in_conflict(first, second, "overview", "甲", "乙")
    type_beside(second, "overview", "，合并")
    typed = text_of(second, "overview")
    buttons(second, "overview")["以上面文字为准"].click()
    assert conflicts.count(context.store) == 0
    assert stored(context, second)["overview"] == typed
    second.leave()
    assert conflicts.count(context.store) == 0


def test_choosing_a_version_gives_up_what_was_typed_over_the_conflict(context: Context, qtbot: QtBot) -> None:
    first = paper_form(context, qtbot, overview="原")
    second = form_of(context, qtbot, "paper", first.record)
    in_conflict(first, second, "overview", "甲", "乙")
    type_beside(second, "overview", "？")
    use = next(b for b in second.boxes["overview"].findChildren(QToolButton) if b.text() == "用这一版")
    use.click()
    second.leave()
    assert conflicts.count(context.store) == 0
    assert stored(context, second)["overview"] == text_of(second, "overview")
    assert "？" not in text_of(second, "overview")


def test_a_conflict_cannot_be_settled_with_what_cannot_be_read(context: Context, qtbot: QtBot) -> None:
    first = paper_form(context, qtbot)
    second = form_of(context, qtbot, "paper", first.record)
    in_conflict(first, second, "amount", "1", "2")
    type_beside(second, "amount", "多")
    buttons(second, "amount")["以上面文字为准"].click()
    assert "应为金额" in notice(second, "amount")
    assert conflicts.count(context.store) == 1


def test_going_back_to_what_the_field_said_before_makes_no_conflict(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot, place="财政所")
    line = type_into(form, "place", "？")
    records.edit(context.store, "paper", form.record, {"place": "农业中心"})
    assert isinstance(line, QLineEdit)
    line.backspace()
    line.textEdited.emit(line.text())
    leave_field(form)
    assert conflicts.count(context.store) == 0
    assert (text_of(form, "place"), notice(form, "place")) == ("农业中心", "")
    type_into(form, "place", "（村）")
    leave_field(form)
    assert conflicts.count(context.store) == 0
    assert stored(context, form)["place"] == "农业中心（村）"


@every_text
def test_news_never_overwrites_typing_and_both_versions_stay(
    context: Context, qtbot: QtBot, entity: str, name: str
) -> None:
    form = field_form(context, qtbot, entity, name)
    record = form.record
    kind = fields(entity)[name].kind
    type_into(form, name, TYPED[kind])
    records.edit(context.store, entity, record, {name: NEWS[kind]})
    assert text_of(form, name) == TYPED[kind]
    assert "他处已改" in notice(form, name)
    leave_field(form)
    [conflict] = conflicts.of_record(context.store, entity, record)
    assert NEWS[kind] in {version.value for version in conflict.versions}
    assert len({repr(version.value) for version in conflict.versions}) == 2
    assert "用这一版" in buttons(form, name)


@every_text
def test_news_during_a_composed_word_costs_no_keystroke(context: Context, qtbot: QtBot, entity: str, name: str) -> None:
    form = field_form(context, qtbot, entity, name)
    record = form.record
    kind = fields(entity)[name].kind
    widget = go_into(form, name)
    compose(widget, "xie")
    records.edit(context.store, entity, record, {name: NEWS[kind]})
    assert text_of(form, name) == ""
    assert form.boxes[name].editor.composing
    before = len(batches(context.store))
    compose(widget, "xiez")
    assert len(batches(context.store)) == before
    commit(widget, TYPED[kind])
    assert text_of(form, name) == TYPED[kind]
    leave_field(form)
    versions = {repr(v.value) for c in conflicts.of_record(context.store, entity, record) for v in c.versions}
    assert repr(NEWS[kind]) in versions
    assert len(versions) == 2


@every_text
def test_news_is_shown_once_a_composed_word_is_given_up(context: Context, qtbot: QtBot, entity: str, name: str) -> None:
    form = field_form(context, qtbot, entity, name)
    record = form.record
    kind = fields(entity)[name].kind
    widget = go_into(form, name)
    compose(widget, "xie")
    records.edit(context.store, entity, record, {name: NEWS[kind]})
    compose(widget, "")
    assert form.boxes[name].editor.value() == NEWS[kind]
    assert notice(form, name) == ""
    leave_field(form)
    assert conflicts.count(context.store) == 0


@every_text
def test_a_field_left_in_the_middle_of_a_word_keeps_the_word(
    context: Context, qtbot: QtBot, entity: str, name: str
) -> None:
    form = field_form(context, qtbot, entity, name)
    kind = fields(entity)[name].kind
    widget = go_into(form, name)
    compose(widget, TYPED[kind])
    leave_field(form)
    assert stored(context, form)[name] == form.boxes[name].editor.value() != fields(entity)[name].empty


@every_text
def test_a_busy_case_keeps_the_text_and_takes_it_when_it_is_free(
    context: Context, qtbot: QtBot, entity: str, name: str
) -> None:
    form = field_form(context, qtbot, entity, name)
    waits: list[bool] = []
    context.locked_out.connect(waits.append)
    kind = fields(entity)[name].kind
    with another_writer(context.store):
        type_into(form, name, TYPED[kind])
        leave_field(form)
        assert waits[-1] is True
        assert text_of(form, name) == TYPED[kind]
        assert stored(context, form)[name] == fields(entity)[name].empty
    qtbot.waitUntil(lambda: waits[-1] is False, timeout=3000)
    assert stored(context, form)[name] == form.boxes[name].editor.value()
    assert drafts(context, form) == {}


def test_the_draft_of_a_composed_word_waits_for_its_end(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    widget = type_into(form, "overview", "已有")
    compose(widget, "de zi")
    form._drafts.write()
    assert drafts(context, form) == {}
    assert form.boxes["overview"].editor.composing
    commit(widget, "的字")
    qtbot.waitUntil(lambda: drafts(context, form) == {"overview": "已有的字"}, timeout=2500)


def test_locking_in_the_middle_of_a_word_keeps_the_word(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    compose(go_into(form, "overview"), "未完")
    form.leave()
    assert stored(context, form)["overview"] == "未完"


def test_a_retry_does_not_save_the_field_one_is_still_in(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    with another_writer(context.store):
        type_into(form, "place", "财政所")
        leave_field(form)
        type_into(form, "overview", "正写着")
    qtbot.waitUntil(lambda: stored(context, form)["place"] == "财政所", timeout=3000)
    assert stored(context, form)["overview"] == ""
    assert text_of(form, "overview") == "正写着"


def test_another_record_shown_while_the_case_is_busy_loses_nothing(context: Context, qtbot: QtBot) -> None:
    form = paper_form(context, qtbot)
    first, second = form.record, new_paper(context.store)
    with another_writer(context.store):
        type_into(form, "overview", "还没存")
        form.load(second)
        assert text_of(form, "overview") == ""
        assert records.load(context.store, "paper", first).values["overview"] == ""
    qtbot.waitUntil(lambda: records.load(context.store, "paper", first).values["overview"] == "还没存", timeout=3000)
    context.flush_drafts()
    assert context.drafts.every() == []


def test_a_new_record_begun_while_the_case_is_busy_is_made_later(context: Context, qtbot: QtBot) -> None:
    form = form_of(context, qtbot)
    form.begin({"inspection": context.inspection})
    first = form.record
    with another_writer(context.store):
        type_into(form, "title", "忙时写的")
        leave_field(form)
        form.begin({"inspection": context.inspection})
    qtbot.waitUntil(lambda: first in records.options(context.store, "paper"), timeout=3000)
    assert records.load(context.store, "paper", first).values["title"] == "忙时写的"
