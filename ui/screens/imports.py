"""导入 as a screen: the page, and what other screens open it with."""

from PySide6.QtWidgets import QApplication, QVBoxLayout

from ui.context import Context
from ui.imports.opening import PREFIX
from ui.imports.page import ImportPage
from ui.screen import Screen
from xuncha_desktop.services.imports.kinds import kinds
from xuncha_desktop.store.journal import Changes


class ImportsScreen(Screen):
    """Lists, pasted tables and old papers."""

    NAME = "imports"
    WATCHES = frozenset({"unit", "member", "inspector", "inspection"})  # what cells may name
    OPENS = frozenset(f"{PREFIX}.{kind}" for kind in kinds())

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.page = ImportPage(context)
        self.page.imported.connect(self._go_on)
        self.setFocusProxy(self.page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.page)

    def refresh(self, news: Changes | None) -> None:
        """Look anew at what was read: names may mean something now."""
        self.page.look()

    def open_record(self, entity: str, record: str) -> bool:
        """Begin with a kind of list; with the clipboard if `record` says so."""
        prefix, _, kind = entity.partition(".")
        if prefix != PREFIX or kind not in kinds():
            return False
        if kind != self.page.kind.name:
            self.page.clear()
            self.page.begin(kind)
        if record:
            self.page.paste(QApplication.clipboard().mimeData())
        return True

    def _go_on(self, entity: str, record: str) -> None:
        """To the list that the records are in now."""
        self.context.open_record.emit(entity, record)
