"""The evidence a paper cites: which pieces, which pages; files are dropped, pasted or chosen here."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QWidget,
)

from ui import style
from ui.forms.editor import Editor
from ui.forms.elided_button import ElidedButton
from ui.forms.incoming import files_of
from ui.forms.lines import Line
from ui.forms.picker import pick
from ui.forms.refs import Options
from ui.forms.tab_order import put_before
from xuncha_desktop.model import Field


class CitationsEditor(Editor):
    """One line a citation: number and name, pages, remove. `opened` asks to see the evidence."""

    LONG = True
    opened = Signal(str)
    evidence_chosen = Signal(str)
    files_wanted = Signal()

    def __init__(self, field: Field, options: Options) -> None:
        super().__init__(field)
        self._options = options
        self._rows: list[dict[str, Any]] = []
        self._lines: list[Line] = []
        self._locked = False
        self.setAcceptDrops(True)
        self.holder = QWidget()
        self.grid = QGridLayout(self.holder)
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setSpacing(style.metrics.grid)
        self.grid.setColumnStretch(0, 1)
        self.zone = QFrame()
        self.zone.setObjectName("dropzone")
        line = QHBoxLayout(self.zone)
        self.hint = QLabel("把照片、扫描件、PDF 拖到这里，或粘贴（Ctrl+V）")
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.add_files = self._button("添加文件…", "paperclip", self.files_wanted.emit)
        self.cite = self._button("引用已有证据…", "evidence", self._choose)
        line.addWidget(self.hint, 1)
        line.addWidget(self.add_files)
        line.addWidget(self.cite)
        self.setFocusProxy(self.add_files)
        self.body.addWidget(self.holder)
        self.body.addWidget(self.zone)

    def value(self) -> Any:
        """The citations with the pages as typed."""
        return tuple({**row, "pages": line.text()} for row, line in zip(self._rows, self._lines, strict=True))

    def set_value(self, value: Any) -> None:
        """Show the citations; lines being typed in stay when the evidence is the same."""
        rows = [dict(row) for row in value or ()]
        same = [row["id"] for row in rows] == [row["id"] for row in self._rows]
        self._rows = rows
        if same:
            for row, line in zip(rows, self._lines, strict=True):
                if line.text() != row["pages"]:
                    line.setText(row["pages"])
            return
        self._draw()

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

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if event.mimeData().hasUrls() and not self._locked:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        if files := files_of(event.mimeData()):
            self.files_given.emit(files)
            event.acceptProposedAction()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+V takes files and pictures of the clipboard."""
        if event.matches(QKeySequence.StandardKey.Paste) and not self._locked:
            if files := files_of(QApplication.clipboard().mimeData()):
                self.files_given.emit(files)
        else:
            super().keyPressEvent(event)

    def _draw(self) -> None:
        self._lines = []
        while item := self.grid.takeAt(0):
            if widget := item.widget():
                widget.blockSignals(True)
                widget.hide()
                widget.deleteLater()
        names = {option.key: option.text for option in self._options("evidence")}
        for line, row in enumerate(self._rows):
            self._draw_row(line, row, names.get(row["evidence"], "（证据已删除）"))
        cells = (self.grid.itemAtPosition(line, column) for line in range(len(self._rows)) for column in (0, 2, 4))
        put_before(self.add_files, [widget for cell in cells if cell is not None and (widget := cell.widget())])

    def _draw_row(self, line: int, row: dict[str, Any], name: str) -> None:
        see = ElidedButton()
        see.setProperty("kind", "link")
        see.setAccessibleName(f"查看证据：{name}")
        see.show_text(name)
        see.clicked.connect(partial(self.opened.emit, row["evidence"]))
        pages = Line()
        pages.setText(row["pages"])
        pages.setPlaceholderText("如 3 或 3-5")
        pages.setAccessibleName(f"{name}：页码")
        pages.setFixedWidth(style.metrics.scaled(96))
        pages.setReadOnly(self._locked)
        pages.textEdited.connect(lambda _: self.edited.emit())
        pages.editingFinished.connect(self._finish)
        pages.composed.connect(self.composed)
        pages.files_given.connect(self.files_given)
        remove = QToolButton()
        remove.setToolTip("不再引用（证据仍在案卷里）")
        remove.setAccessibleName(f"不再引用 {name}")
        style.set_icon(remove, "close", "secondary")
        remove.clicked.connect(partial(self._remove, row["id"]))
        self.grid.addWidget(see, line, 0)
        self.grid.addWidget(QLabel("第"), line, 1)
        self.grid.addWidget(pages, line, 2)
        self.grid.addWidget(QLabel("页"), line, 3)
        self.grid.addWidget(remove, line, 4)
        remove.setVisible(not self._locked)
        self._lines.append(pages)

    def _finish(self) -> None:
        changed = any(row["pages"] != line.text() for row, line in zip(self._rows, self._lines, strict=False))
        if changed and not self.composing:
            self.committed.emit()

    def _remove(self, record: str) -> None:
        rows = [row for row in self.value() if row["id"] != record]
        self._rows = rows
        self._draw()
        self.edited.emit()
        self.committed.emit()

    def _choose(self) -> None:
        cited = [row["evidence"] for row in self._rows]
        options = [option for option in self._options("evidence") if option.key not in cited]
        pick(self.cite, options, (), self.evidence_chosen.emit)

    def _button(self, text: str, icon: str, action: Callable[[], object]) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setProperty("kind", "chip")
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        style.set_icon(button, icon, "accent")
        button.clicked.connect(action)
        return button
