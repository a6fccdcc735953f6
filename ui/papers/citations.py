"""What a paper cites: evidence with its pages, records with their place; files are dropped, pasted or chosen here."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QGridLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from ui import style
from ui.forms.elided_button import ElidedButton
from ui.forms.files_editor import FilesEditor
from ui.forms.grids import clear_from
from ui.forms.lines import Line
from ui.forms.opening_keys import OpeningKeys
from ui.forms.picker import pick
from ui.forms.refs import Options
from ui.forms.tab_order import put_before
from xuncha_desktop.model import Field
from xuncha_desktop.services import citing
from xuncha_desktop.services.citing import Cited, Row
from xuncha_desktop.store.journal import Changes

Describe = Callable[[Sequence[Row]], Sequence[Cited]]
Renew = Callable[[Row], str]  # the digest of what a row cites, as it stands now
_LOST = "所引的话已不在原文"
_ORDINAL, _NAME, _BEFORE, _PAGES, _AFTER, _REMOVE = range(6)


class CitationsEditor(FilesEditor):
    """One line a citation: its number, what is cited, where, remove. `opened` asks to see the evidence or record."""

    opened = Signal(object)  # citing.Place
    evidence_chosen = Signal(str)

    def __init__(self, field: Field, options: Options, describe: Describe, renew: Renew) -> None:
        super().__init__(field)
        self._options = options
        self._describe, self._renew = describe, renew
        self._rows: list[dict[str, Any]] = []
        self._lines: list[Line] = []  # of the pages, for the rows that cite evidence
        self.cited: list[Cited] = []  # the rows in words
        self.holder = QWidget()
        self.grid = QGridLayout(self.holder)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(style.metrics.grid)
        self.grid.setColumnStretch(_NAME, 1)
        self.cite = self.add_button("引用已有证据…", "evidence")
        OpeningKeys(self.cite, self._choose)
        for keys, step in (("Alt+Up", -1), ("Alt+Down", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._move, step))
        self.body.addWidget(self.holder)
        self.body.addWidget(self.zone)

    def value(self) -> Any:
        """The citations with the pages as typed."""
        typed = {row["id"]: line.text() for row, line in self._paged()}
        return tuple({**row, "pages": typed.get(row["id"], row.get("pages", ""))} for row in self._rows)

    def set_value(self, value: Any) -> None:
        """Show the citations; lines being typed in stay when the evidence is the same."""
        self._show([dict(row) for row in value or ()])
        for row, line in self._paged():
            if line.text() != row["pages"]:
                line.setText(row["pages"])

    def follow(self, news: Changes) -> bool:
        """Something that is cited was changed, deleted or brought back: say anew what is known of it."""
        named = {row.get("record") or row.get("evidence") for row in self._rows}
        if self.composing or not any(named & changed for changed in news.records.values()):
            return False
        typed = {row["id"]: line.text() for row, line in self._paged()}
        self._show(self._rows)
        for row, line in self._paged():
            line.setText(typed.get(row["id"], row["pages"]))
        return True

    def _show(self, rows: list[dict[str, Any]]) -> None:
        words = list(self._describe(rows))
        drawn, before = _drawn(rows, words), _drawn(self._rows, self.cited)
        self._rows, self.cited = rows, words
        if drawn != before:
            self._draw(_alike(drawn, before))

    def showEvent(self, event: QShowEvent) -> None:
        """In its window at last: only now the order of Tab lasts."""
        super().showEvent(event)
        self._order_tabs()

    def set_read_only(self, locked: bool) -> None:
        """Citations can still be opened."""
        if locked != self._locked:
            self._locked = locked
            self._draw()
        self.zone.setVisible(not locked)

    @property
    def composing(self) -> bool:
        """Whether a word is being composed in a page field."""
        return any(line.composing for line in self._lines)

    def finish_word(self) -> None:
        """Take it as it stands."""
        for line in self._lines:
            if line.composing:
                line.finish_word()

    def _draw(self, kept: int = 0) -> None:
        """Draw the citations, all but the first `kept`: those stand."""
        self._lines = self._lines[: sum(map(_takes_pages, self._rows[:kept]))]
        clear_from(self.grid, 2 * kept)
        for line, (row, cited) in enumerate(zip(self._rows, self.cited, strict=True)):
            if line >= kept:
                self._draw_row(2 * line, row, cited)
        self._order_tabs()

    def _order_tabs(self) -> None:
        places = ((2 * line + below, column) for line in range(len(self._rows)) for below, column in _IN_ORDER)
        order = (self.grid.itemAtPosition(*place) for place in places)
        widgets = (cell.widget() for cell in order if cell is not None)
        # The words that say a record's place stand where pages are typed; Qt loses the order at what takes no Tab.
        put_before(self.add_files, [widget for widget in widgets if widget is not None and widget.focusPolicy()])

    def _draw_row(self, line: int, row: dict[str, Any], cited: Cited) -> None:
        see = ElidedButton()
        see.setProperty("kind", "link")
        see.setAccessibleName(f"查看：{cited.words}")
        see.show_text(f"{cited.number} {cited.name}".strip())
        see.clicked.connect(partial(self._open, row["id"]))
        see.setProperty("citation", row["id"])
        self.grid.addWidget(_quiet(f"{line // 2 + 1}."), line, _ORDINAL)
        self.grid.addWidget(see, line, _NAME)
        if not _takes_pages(row):
            place = cited.place or (_LOST if row.get("passage") else "全文")
            self.grid.addWidget(_quiet(place), line, _BEFORE, 1, _AFTER - _BEFORE + 1)
        else:
            self._draw_pages(line, row, cited)
        remove = QToolButton()
        remove.setToolTip("不再引用（原件仍在案卷里）　Alt+↑、Alt+↓ 调整顺序")
        remove.setAccessibleName(f"不再引用 {cited.name}")
        remove.setProperty("citation", row["id"])
        style.set_icon(remove, "close", "secondary")
        remove.clicked.connect(partial(self._remove, row["id"]))
        self.grid.addWidget(remove, line, _REMOVE)
        if self._locked:
            remove.hide()  # and no `show`, which would lay everything out once a row: the layout shows it
        if cited.stale:
            self._draw_warning(line + 1, row, cited)

    def _draw_warning(self, line: int, row: dict[str, Any], cited: Cited) -> None:
        warning = _quiet(cited.stale)
        warning.setWordWrap(True)
        warning.setProperty("role", "warning")
        can_be_settled = not cited.gone and not self._locked
        self.grid.addWidget(warning, line, _NAME, 1, _REMOVE - _NAME if can_be_settled else _REMOVE)
        if can_be_settled:
            settle = QToolButton()
            settle.setText("已核对")
            settle.setProperty("kind", "chip")
            settle.setToolTip("看过修改，底稿里的话仍然成立：不再提示")
            settle.setAccessibleName(f"已核对：{cited.words}")
            settle.setProperty("citation", row["id"])
            settle.clicked.connect(partial(self._settle, row["id"]))
            self.grid.addWidget(settle, line, _REMOVE)

    def _draw_pages(self, line: int, row: dict[str, Any], cited: Cited) -> None:
        pages = Line()
        pages.cleaned.connect(self.cleaned)
        pages.setText(row["pages"])
        pages.setPlaceholderText("如 3 或 3-5")
        pages.setAccessibleName(f"{cited.name}：页码")
        style.sized(pages, lambda pages: pages.setFixedWidth(style.metrics.scaled(96)))
        pages.setReadOnly(self._locked)
        pages.setProperty("citation", row["id"])
        pages.textEdited.connect(lambda _: self.edited.emit())
        pages.editingFinished.connect(self._finish)
        pages.composed.connect(self.composed)
        pages.files_given.connect(self.files_given)
        named = bool(_named(row["pages"]))
        self.grid.addWidget(QLabel("" if named else "第"), line, _BEFORE)
        self.grid.addWidget(pages, line, _PAGES)
        self.grid.addWidget(QLabel("" if named else "页"), line, _AFTER)
        self._lines.append(pages)

    def _paged(self) -> list[tuple[dict[str, Any], Line]]:
        """The rows that cite pages of evidence, with the lines of their pages."""
        return list(zip(filter(_takes_pages, self._rows), self._lines, strict=True))

    def _open(self, record: str) -> None:
        """Show what a citation cites, at its place."""
        place = citing.place_of(next(row for row in self.value() if row["id"] == record))
        if place.record or place.evidence:
            self.opened.emit(place)

    def _settle(self, record: str) -> None:
        """Somebody looked at what was changed: it is cited as it stands now."""
        rows = list(self.value())
        place = next(place for place, row in enumerate(rows) if row["id"] == record)
        rows[place] = {**rows[place], "text_hash": self._renew(rows[place])}
        self._show(rows)
        if (cell := self.grid.itemAtPosition(2 * place, _NAME)) and (again := cell.widget()):
            again.show()  # at once: a hidden button cannot be given the focus
            again.setFocus()
        self.edited.emit()
        self.committed.emit()

    def _move(self, step: int) -> None:
        """Put the citation in which the focus is one place up or down; numbers follow."""
        focus = QApplication.focusWidget()
        record = focus.property("citation") if focus is not None else None
        rows = list(self.value())
        place = next((place for place, row in enumerate(rows) if row["id"] == record), -1)
        if self._locked or place < 0 or not 0 <= place + step < len(rows):
            return
        for each in (rows, self.cited):
            each[place], each[place + step] = each[place + step], each[place]
        self._rows = rows
        self._draw()
        cell = self.grid.itemAtPosition(2 * (place + step), _NAME)
        if cell is not None and (again := cell.widget()) is not None:
            again.show()  # at once: a hidden button cannot be given the focus
            again.setFocus()
        self.edited.emit()
        self.committed.emit()

    def _finish(self) -> None:
        changed = any(row["pages"] != line.text() for row, line in self._paged())
        if changed and not self.composing:
            self.committed.emit()

    def _remove(self, record: str) -> None:
        kept = [(row, cited) for row, cited in zip(self.value(), self.cited, strict=True) if row["id"] != record]
        self._rows, self.cited = [row for row, _ in kept], [cited for _, cited in kept]
        self._draw()
        self.edited.emit()
        self.committed.emit()

    def _choose(self, typed: str) -> None:
        cited = [row["evidence"] for row in self._rows]
        options = [option for option in self._options("evidence") if option.key not in cited]
        pick(self.cite, options, (), self.evidence_chosen.emit, typed=typed)


def _takes_pages(row: Row) -> bool:
    """Whether it is by pages that one finds what is cited, and not by a record's own places or the words cited."""
    return not row.get("record_kind") and bool(row["pages"] or not row.get("passage"))


def _named(pages: str) -> str:
    """What stands in 页码 where it is no number: a sheet, or a part of a text."""
    return "" if pages[:1].isdigit() else pages


def _quiet(words: str) -> QLabel:
    label = QLabel(words)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", "secondary")
    return label


def _alike(one: Sequence[object], other: Sequence[object]) -> int:
    """How many at the beginning of both are the same."""
    pairs = zip(one, other, strict=False)
    return next((place for place, (left, right) in enumerate(pairs) if left != right), min(len(one), len(other)))


def _drawn(rows: Sequence[Row], words: Sequence[Cited]) -> list[tuple[str, ...]]:
    """What has to be drawn anew when it changes; pages are not, they are typed in place."""
    return [
        (row["id"], cited.number, cited.name, cited.stale, "" if _takes_pages(row) else cited.place)
        for row, cited in zip(rows, words, strict=True)
    ]


_IN_ORDER = ((0, _NAME), (0, _PAGES), (0, _REMOVE), (1, _REMOVE))  # the line below warns
