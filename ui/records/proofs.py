"""The evidence that belongs to a record: files are dropped, pasted or chosen here, each can be opened."""

from functools import partial
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QToolButton, QWidget

from ui import style
from ui.forms.elided_button import ElidedButton
from ui.forms.files_editor import FilesEditor
from ui.forms.opening_keys import OpeningKeys
from ui.forms.picker import pick
from ui.forms.refs import Options
from ui.forms.tab_order import put_before
from xuncha_desktop.model import Field


class ProofsEditor(FilesEditor):
    """One line a piece of evidence: its name opens it, a cross takes it away from the record."""

    opened = Signal(str)

    def __init__(self, field: Field, options: Options) -> None:
        super().__init__(field)
        self._options = options
        self._value: tuple[str, ...] = ()
        holder = QWidget()
        self._grid = QGridLayout(holder)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(style.metrics.grid)
        self._grid.setColumnStretch(0, 1)
        self.choose = self.add_button("选已有证据…", "evidence")
        OpeningKeys(self.choose, self._choose)
        self.body.addWidget(holder)
        self.body.addWidget(self.zone)

    def value(self) -> Any:
        """The ids in order."""
        return self._value

    def set_value(self, value: Any) -> None:
        """Show a line for each id."""
        self._value = tuple(value or ())
        while item := self._grid.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        names = {option.key: option.text for option in self._options("evidence")} if self._value else {}
        order: list[QWidget] = []
        for line, key in enumerate(self._value):
            order += self._draw(line, key, names.get(key, "（证据已删除）"))
        put_before(self.add_files, order)

    def set_read_only(self, locked: bool) -> None:
        """Evidence can still be opened."""
        self.zone.setVisible(not locked)
        if locked != self._locked:
            self._locked = locked
            self.set_value(self._value)

    def _draw(self, line: int, key: str, name: str) -> list[QWidget]:
        see = ElidedButton()
        see.setProperty("kind", "link")
        see.setAccessibleName(f"查看证据：{name}")
        see.show_text(name)
        see.clicked.connect(partial(self.opened.emit, key))
        remove = QToolButton()
        remove.setToolTip("不再附在这里（证据仍在案卷里）")
        remove.setAccessibleName(f"取下 {name}")
        style.set_icon(remove, "close", "secondary")
        remove.clicked.connect(partial(self._toggle, key))
        self._grid.addWidget(see, line, 0)
        self._grid.addWidget(remove, line, 1)
        see.show()  # at once: a hidden widget cannot be given the focus
        remove.setVisible(not self._locked)
        return [see, remove]

    def _choose(self, typed: str) -> None:
        pick(self.choose, self._options("evidence"), self._value, self._toggle, several=True, typed=typed)

    def _toggle(self, key: str) -> None:
        kept = tuple(item for item in self._value if item != key)
        self.set_value(kept if len(kept) < len(self._value) else (*self._value, key))
        self.choose.setFocus()
        self.edited.emit()
        self.committed.emit()
