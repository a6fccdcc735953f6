"""The right side of a register: number, state and actions of one record, where it is used, its form, what it lacks."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, SignalInstance
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ui import style
from ui.context import Context
from ui.evidence.choosing import choose_evidence
from ui.forms import tab_order
from ui.forms.editor import Editor
from ui.forms.field_box import FieldBox
from ui.forms.form_layout import scroll_to_top
from ui.forms.incoming import files_of
from ui.forms.next_gap import KEY, to_next_gap
from ui.forms.options import OptionSource
from ui.forms.record_form import MakeEditor, RecordForm
from ui.forms.registry import make_editor
from ui.papers.citations import CitationsEditor
from ui.record_page import RecordPage
from ui.records.attaching import take_files
from ui.records.blocks import BlockRows, suit
from ui.records.cite_button import CiteButton
from ui.records.gauge import RecordGauge
from ui.records.proofs import ProofsEditor
from ui.records.uses_line import UsesLine
from ui.tables.states import marked
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Field, Kind, entities
from xuncha_desktop.model.choices import CITABLE
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services import citing, evidence, field_records
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.services.records import Snapshot

_HIDDEN = frozenset({"number", "inspection"})
_LOW = 600  # height below which the gauge is brief
_PANEL_MS = 150


class RecordEditor(RecordPage):
    """Shows one record; the screen decides which."""

    def __init__(
        self,
        context: Context,
        entity: str,
        *,
        wide: frozenset[str],
        special: MakeEditor,
        prepare: Callable[[str, FieldBox], None],
        takes: Callable[[Mapping[str, Any]], str],
        panel: Callable[[Context], QWidget] | None = None,
    ) -> None:
        super().__init__()
        self.context, self.entity = context, entity
        self._special, self._takes = special, takes
        self._options = OptionSource(context)
        self._shown = ""
        self._into = ""  # the evidence field that files were dropped on; "" anywhere else
        self.form = RecordForm(
            context,
            entity,
            save=lambda record, values, seen: field_records.edit(context.store, entity, record, values, seen),
            create=self._create,
            leave_out=_HIDDEN,
            special=self._make_special,
            wide=wide,
            prepare=prepare,
        )
        self.panel: Any = panel(context) if panel else None
        if isinstance(given := getattr(self.panel, "values_given", None), SignalInstance):
            given.connect(self.take_values)
        self._panel_timer = QTimer(self, singleShot=True, interval=_PANEL_MS)
        self._panel_timer.timeout.connect(self._show_panel)
        self.gauge = RecordGauge()
        self.uses = UsesLine()
        self._build()
        if entity in CITABLE:
            self.add_action(CiteButton(context, entity, self.form, self._make_real))
        self.form.loaded.connect(self._on_loaded)
        self.form.changed.connect(self._on_changed)
        self.form.files_given.connect(self.take_files)
        self.gauge.asked.connect(self.form.focus)
        QShortcut(QKeySequence(KEY), self).activated.connect(self._go_on)
        self.uses.opened.connect(context.open_record)
        self.setAcceptDrops(True)

    def _go_on(self) -> None:
        """F6: to the next field that lacks something needed; where nothing is, something advised."""
        lacking = [gap for gap in field_records.gaps(self.entity, self.form.values()) if not gap.met]
        needed = {gap.field for gap in lacking if gap.blocking}
        to_next_gap(self.form, needed or {gap.field for gap in lacking})

    def add_action(self, widget: QWidget) -> None:
        """Put something that can be done with the record before 复制 and 删除."""
        self._head.insertWidget(self._head.indexOf(self.copy_button), widget)
        tab_order.put_before(self.copy_button, [widget])

    def begin(self, values: Mapping[str, object], record: str = "") -> None:
        """A new record of the inspection now worked on."""
        begun = field_records.defaults(self.context.store, self.entity, self.context.inspection or None)
        self.form.begin(begun | dict(values), record)

    def take_values(self, values: Mapping[str, Any]) -> None:
        """Fill fields as if they had been typed: what the panel proposes."""
        for name, value in values.items():
            self.form.focus(name)
            editor = self.form.boxes[name].editor
            editor.set_value(value)
            editor.edited.emit()
            editor.committed.emit()

    def look_again(self) -> None:
        """Say anew what others do with this record, and what the day makes of it."""
        exists = bool(self.form.record) and not self.form.is_new
        record, store = self.form.record, self.context.store
        word, role = marked(field_records.state(store, self.entity, record) if exists else "")
        self.state.setText(word)
        self.state.setProperty("role", role)
        self.state.style().polish(self.state)
        self.uses.show_uses(field_records.used_in(store, self.entity, record) if exists else ())
        tab_order.put_after(self.delete_button, self.uses.links)

    def take_files(self, files: list[Incoming]) -> None:
        """Encrypt files beside the window, then attach them to this record."""
        name, self._into = self._into or self._takes(self.form.values()), ""
        if files and self._make_real():
            take_files(self.context, self.entity, self.form.record, name, files)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the form its room where the window is low, and the actions theirs where it is narrow."""
        super().resizeEvent(event)
        self.gauge.set_brief(self.height() < style.metrics.scaled(_LOW))
        self._fit_buttons()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome everywhere on a record."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        if files := files_of(event.mimeData()):
            self.take_files(files)
            event.acceptProposedAction()

    def _create(self, values: Mapping[str, Any], record: str) -> None:
        inspection = values.get("inspection") or self.context.inspection
        if not inspection:
            label = entities()[self.entity].LABEL
            raise UserError(f"还没有巡察任务，{label}不知道记在哪个单位名下；请先到“任务”新增一项（Alt+2）。")
        field_records.create(self.context.store, self.entity, inspection, values, record=record)

    def _make_special(self, field: Field) -> Editor | None:
        if (made := self._special(field)) is not None:
            return made
        editor: ProofsEditor | CitationsEditor
        if field.kind is Kind.REFS and field.target == "evidence":
            editor = ProofsEditor(field, self._options)
            editor.opened.connect(lambda record: self.context.open_record.emit("evidence", record))
        elif field.kind is Kind.ROWS and field.target == "citation":
            store = self.context.store
            editor = CitationsEditor(
                field, self._options, partial(citing.described, store), partial(citing.hash_now, store)
            )
            editor.evidence_chosen.connect(lambda key: _cite(editor, evidence.citation(self.context.store, key)))
            editor.opened.connect(self.context.open_place)
        elif field.kind is Kind.ROWS and suit(field):
            return BlockRows(field, lambda column: make_editor(column, self._options, self._options.makers))
        else:
            return None
        editor.files_wanted.connect(lambda: self._choose_files(field.name))
        editor.files_given.connect(lambda _: setattr(self, "_into", field.name))  # before the form hands them on
        return editor

    def _choose_files(self, name: str) -> None:
        chosen = choose_evidence(self, self.context)
        self._into = name
        self.take_files(chosen)

    def _make_real(self) -> bool:
        """Save what is typed, and a new record even without a word: something is to be attached to it."""
        self.form.leave()
        try:
            if self.form.is_new:
                self.form.create_now()
        except UserError as error:
            self.context.told.emit(str(error))
        return not self.form.is_new

    def _on_loaded(self, snapshot: Snapshot | None) -> None:
        if self.form.record != self._shown:
            self._shown = self.form.record
            scroll_to_top(self.form)
        values = snapshot.values if snapshot else {}
        self.number.setText(values.get("number") or f"新{entities()[self.entity].LABEL}")
        for button in (self.copy_button, self.delete_button):
            button.setVisible(snapshot is not None)
        self.look_again()
        self.gauge.show_gaps(field_records.gaps(self.entity, self.form.values()))
        self._show_panel()
        self._fit_buttons()

    def _on_changed(self) -> None:
        self.gauge.show_gaps(field_records.gaps(self.entity, self.form.values()))
        self._panel_timer.start()

    def _show_panel(self) -> None:
        self._panel_timer.stop()
        if self.panel is not None:
            self.panel.show_record(self.form.record, self.form.values())

    def _build(self) -> None:
        gap = style.metrics.gap
        self.state = QLabel()
        self.number = QLabel()
        self.number.setProperty("role", "secondary")
        for label in (self.state, self.number):
            label.setTextFormat(Qt.TextFormat.PlainText)
        style.at_least(self.state, 32)  # as high as the buttons that are not always there
        self.copy_button = self._button("复制", "copy", self.duplicate_asked.emit)
        self.copy_button.setShortcut("Ctrl+D")
        self.delete_button = self._button("删除", "trash", self.delete_asked.emit)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(gap * 2, gap, gap, gap)
        self._head.setSpacing(gap)
        self._head.addWidget(self.state)
        self._head.addWidget(self.number)
        self._head.addStretch(1)
        self._head.addWidget(self.copy_button)
        self._head.addWidget(self.delete_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head)
        column.addWidget(self.uses)
        if self.panel is not None:
            column.addWidget(self.panel)
            tab_order.put_after(self.delete_button, self.panel.findChildren(QAbstractButton))
        column.addWidget(self.form, 1)
        column.addWidget(self.gauge)

    def _fit_buttons(self) -> None:
        """Leave the words of what is seldom pressed out where they would be cut off."""
        for worded in (True, False):
            for button in (self.copy_button, self.delete_button):
                shortcut = button.shortcut()
                button.setText(button.accessibleName() if worded else "")
                button.setShortcut(shortcut)  # Qt forgets it with the text
            if self._head.minimumSize().width() <= self.width():
                return

    def _button(self, text: str, icon: str, action: Any) -> QPushButton:
        button = QPushButton(text)
        button.setAccessibleName(text)
        button.setToolTip(text)
        style.set_icon(button, icon)
        button.clicked.connect(lambda: action())
        return button


def _cite(editor: CitationsEditor, line: Mapping[str, str]) -> None:
    editor.set_value((*editor.value(), {"id": new_id(), **line}))
    editor.edited.emit()
    editor.committed.emit()
