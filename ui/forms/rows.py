"""The editor of child rows: one line of small editors per row, with add, remove and move."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QToolButton, QWidget

from ui import style
from ui.forms.editor import Editor
from ui.forms.grids import clear_from
from ui.forms.tab_order import put_before
from xuncha_desktop.model import Field, fields
from xuncha_desktop.model.field import Kind
from xuncha_desktop.model.ids import new_id

MakeEditor = Callable[[Field], Editor]
_STRETCH = {Kind.TEXT: 3, Kind.LONGTEXT: 4, Kind.RICHTEXT: 4, Kind.ENUM: 2, Kind.REF: 3}


def columns_of(entity: str) -> list[Field]:
    """The columns to type into of the entity's rows; none where the program alone writes them."""
    return [field for field in fields(entity).values() if field.name != "parent" and field.in_table]


class RowsEditor(Editor):
    """A short table edited in place."""

    LONG = True

    def __init__(self, field: Field, make: MakeEditor) -> None:
        super().__init__(field)
        self._make = make
        self._columns = columns_of(field.target)
        self._rows: list[tuple[dict[str, Any], list[Editor]]] = []
        self._removers: list[QToolButton] = []
        self._under: Mapping[str, QWidget] = {}
        self._locked = False
        self.holder = QWidget()
        self.grid = QGridLayout(self.holder)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(style.metrics.grid)
        for index, column in enumerate(self._columns):
            self.grid.setColumnStretch(index, _STRETCH.get(column.kind, 1))
        self.add = QToolButton()
        self.add.setText("添加一行")
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        style.set_icon(self.add, "plus", "accent")
        self.add.setProperty("kind", "chip")
        self.add.setAccessibleName(f"{field.label}：添加一行")
        self.add.clicked.connect(self._append)
        self.body.addWidget(self.holder)
        self.body.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self._draw([])

    def focus_widget(self) -> QWidget:
        """The button; no focus proxy, to which Tab would jump over the rows before it."""
        return self.add

    def value(self) -> Any:
        """The rows as mappings with their ids; rows nobody wrote into are left out."""
        found: list[dict[str, Any]] = []
        for base, editors in self._rows:
            values = {column.name: editor.value() for column, editor in zip(self._columns, editors, strict=True)}
            if any(values[column.name] != column.empty for column in self._columns):
                found.append({**base, **values})
        return tuple(found)

    def set_value(self, value: Any) -> None:
        """Show the rows; a new row being begun stays where the others are the same.

        Editors are kept for the rows of another record, which saves a third of the time it takes to show it; but not
        one that somebody is in: the row must not change under the cursor.
        """
        rows = {row["id"]: row for row in value or ()}
        kept = [(base, editors) for base, editors in self._rows if base["id"] in rows]
        begun = [editors for base, editors in self._rows if base["id"] not in rows]
        if [base["id"] for base, _ in kept] != list(rows) or not all(self._is_begun(row) for row in begun):
            writing = any(self._is_in(editors) for _, editors in self._rows)
            self._draw(list(rows.values()), kept=0 if writing else min(len(rows), len(self._rows)))
            return
        for base, editors in kept:
            base.update(rows[base["id"]])
            self._fill(base, editors)

    def draft(self) -> Any:
        """The rows with their raw texts."""
        return self._current()

    def restore(self, draft: Any) -> None:
        """The raw texts again."""
        self._draw(list(draft or ()), raw=True)

    def showEvent(self, event: QShowEvent) -> None:
        """In its window at last: only now the order of Tab lasts."""
        super().showEvent(event)
        self._order_tabs()

    def set_read_only(self, locked: bool) -> None:
        """The rows stay readable."""
        self._locked = locked
        self.add.setVisible(not locked)
        for remove in self._removers:
            remove.setEnabled(not locked)
        for _, editors in self._rows:
            for editor in editors:
                editor.set_read_only(locked)

    def cell_of(self, widget: QWidget) -> tuple[str, str] | None:
        """The row and column whose editor holds it."""
        for base, editors in self._rows:
            for column, editor in zip(self._columns, editors, strict=True):
                if editor.isAncestorOf(widget):
                    return base["id"], column.name
        return None

    def put_under_rows(self, panels: Mapping[str, QWidget]) -> None:
        """Right under the row it is about."""
        self._under = panels
        self._place_under_rows()
        self._order_tabs()

    @property
    def composing(self) -> bool:
        """Whether a word is being composed in one of the rows."""
        return any(editor.composing for _, editors in self._rows for editor in editors)

    def finish_word(self) -> None:
        """Take it as it stands."""
        for _, editors in self._rows:
            for editor in editors:
                editor.finish_word()

    def _is_begun(self, editors: Sequence[Editor]) -> bool:
        """Whether a row is empty still and somebody is in it."""
        return all(e.draft() in ("", e.field.empty) for e in editors) and self._is_in(editors)

    def _is_in(self, editors: Sequence[Editor]) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and any(editor.isAncestorOf(focus) for editor in editors)

    def _fill(self, row: dict[str, Any], editors: Sequence[Editor]) -> None:
        for column, editor in zip(self._columns, editors, strict=True):
            editor.set_value(row.get(column.name, column.empty))

    def _draw(self, rows: Sequence[dict[str, Any]], *, raw: bool = False, kept: int = 0) -> None:
        """Draw these rows; the first `kept` of those drawn take the new contents, the others are made anew."""
        standing, self._rows = self._rows[:kept], []  # first: what loses the focus now has nothing to say any more
        self._removers = self._removers[:kept]
        clear_from(self.grid, self._line_of(kept) if kept else 0, self._under.values())
        if rows and not kept:
            self._add_heads()
        for row, (_, editors) in zip(rows, standing, strict=False):
            self._fill(row, editors)
            self._rows.append((row, editors))
        for row in rows[kept:]:
            self._add_row(row, raw=raw)
        self._place_under_rows()
        self._order_tabs()

    def _line_of(self, row: int) -> int:
        """The first line of the grid that a row takes; the line below is for what is said of the row."""
        return 2 * row + 1

    def _room_under(self, row: int) -> tuple[int, int]:
        """The line for what is said of a row, and how many columns it takes."""
        return self._line_of(row) + 1, len(self._columns)

    def _place_under_rows(self) -> None:
        lines = {base["id"]: line for line, (base, _) in enumerate(self._rows)}
        for row, panel in self._under.items():
            if row in lines:
                line, span = self._room_under(lines[row])
                self.grid.addWidget(panel, line, 0, 1, span)
            panel.setVisible(row in lines)

    def _order_tabs(self) -> None:
        order: list[QWidget] = []
        for (base, editors), remove in zip(self._rows, self._removers, strict=True):
            order += [*(editor.focus_widget() for editor in editors), remove]
            if panel := self._under.get(base["id"]):
                order += panel.findChildren(QToolButton)
        put_before(self.add, order)

    def _add_heads(self) -> None:
        for index, column in enumerate(self._columns):
            head = QLabel(column.label)
            head.setTextFormat(Qt.TextFormat.PlainText)
            head.setProperty("role", "secondary")
            self.grid.addWidget(head, 0, index)

    def _add_row(self, row: dict[str, Any], *, raw: bool = False) -> None:
        place = len(self._rows)
        line = self._line_of(place)
        editors: list[Editor] = []
        for index, column in enumerate(self._columns):
            editor = self._make(column)
            (editor.restore if raw else editor.set_value)(row.get(column.name, column.empty))
            editor.set_read_only(self._locked)
            editor.edited.connect(self.edited)
            editor.committed.connect(self.committed)
            editor.composed.connect(self.composed)
            editor.cleaned.connect(self.cleaned)
            self.grid.addWidget(editor, line, index, Qt.AlignmentFlag.AlignTop)
            editors.append(editor)
        remove = QToolButton()
        remove.setAccessibleName(f"{self.field.label}：删去第 {place + 1} 行")
        remove.setToolTip("删去这一行")
        style.set_icon(remove, "trash", "secondary")
        remove.clicked.connect(lambda: self._remove(self._rows[place][0]["id"]))
        remove.setEnabled(not self._locked)
        self.grid.addWidget(remove, line, len(self._columns), Qt.AlignmentFlag.AlignTop)
        self._rows.append((row, editors))
        self._removers.append(remove)

    def _append(self) -> None:
        if not self._rows:
            self._add_heads()
        self._add_row({"id": new_id()})
        self._order_tabs()
        for editor in self._rows[-1][1]:
            editor.show()  # at once: a hidden editor cannot be given the focus
        self._rows[-1][1][0].focus_widget().setFocus()
        self.edited.emit()

    def _remove(self, record: str) -> None:
        self._draw([row for row in self._current() if row["id"] != record], raw=True)
        self.add.setFocus()
        self.edited.emit()
        self.committed.emit()

    def _current(self) -> list[dict[str, Any]]:
        """The rows as they stand, empty ones included."""
        return [
            {**base, **{column.name: editor.draft() for column, editor in zip(self._columns, editors, strict=True)}}
            for base, editors in self._rows
        ]
