"""A person at a form: types, composes with an input method, goes elsewhere; and another writer in the way."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from ui.forms.record_form import RecordForm
from xuncha_desktop.store.connection import connect
from xuncha_desktop.store.store import DATABASE, Store


def made(form: RecordForm) -> RecordForm:
    """A form on the screen with all its fields and a place beside it where the focus can go."""
    form.finish()
    form.resize(900, 700)
    elsewhere = QLineEdit(form)
    elsewhere.setObjectName("elsewhere")
    form.show()
    QTest.qWaitForWindowActive(form)
    return form


def text_of(form: RecordForm, name: str) -> str:
    """What the text widget of a field shows, an open word left out."""
    return str(form.boxes[name].editor.draft())


def go_into(form: RecordForm, name: str) -> QWidget:
    """Put the cursor at the end of a field's text."""
    _come_forward(form)
    widget = form.boxes[name].editor.focus_widget()
    widget.setFocus()
    QTest.keyClick(widget, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    return widget


def type_into(form: RecordForm, name: str, text: str) -> QWidget:
    """Type at the end of a field, as committed by an input method, and stay there."""
    widget = go_into(form, name)
    commit(widget, text)
    return widget


def type_beside(form: RecordForm, name: str, text: str) -> None:
    """Type at the end of a field in a window that does not take the focus from another one."""
    widget = form.boxes[name].editor.focus_widget()
    QTest.keyClick(widget, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    commit(widget, text)


def leave_field(form: RecordForm) -> None:
    """Go to another place of the form."""
    _come_forward(form)
    elsewhere = form.findChild(QLineEdit, "elsewhere")
    assert isinstance(elsewhere, QLineEdit)
    elsewhere.setFocus()


def press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """A key into whatever has the focus."""
    focus = QApplication.focusWidget()
    assert focus is not None
    QTest.keyClick(focus, key, modifier)


def compose(widget: QObject, word: str) -> None:
    """The input method shows a word that is not committed yet."""
    QApplication.sendEvent(widget, QInputMethodEvent(word, []))


def commit(widget: QObject, text: str) -> None:
    """The input method ends its word with this text."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text)
    QApplication.sendEvent(widget, event)


def _come_forward(form: RecordForm) -> None:
    if not form.isActiveWindow():
        form.window().activateWindow()
        QTest.qWaitForWindowActive(form.window())


@contextmanager
def another_writer(store: Store) -> Iterator[None]:
    """Someone else holds the write lock of the case."""
    conn = connect(store.folder / DATABASE, store.keys)
    conn.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")
        conn.close()
