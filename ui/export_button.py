"""导出 where the data lives: one document goes out at a press, several are offered in a menu."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QToolButton

from ui import style
from ui.exporting import Exporter, documents
from ui.forms.opening_keys import MenuKeys

if TYPE_CHECKING:
    from xuncha_desktop.exports.document import Document


def of_record(entity: str) -> "list[Document]":
    """Documents made of one record."""
    return [document for document in documents().DOCUMENTS if document.subject == entity]


def of_list(entity: str) -> "list[Document]":
    """Documents of an inspection that a register's list offers, and those that go out one a record."""
    shown = [document for document in documents().DOCUMENTS if document.shown_at == entity]
    return [*shown, *of_record(entity)]


def all_but(*kinds: str) -> "list[Document]":
    """Every document besides these."""
    return [document for document in documents().DOCUMENTS if document.kind not in kinds]


class ExportButton(QToolButton):
    """Asks for the record's or inspection's id when pressed; an empty id exports nothing."""

    def __init__(
        self,
        exporter: Exporter,
        offered: "Callable[[], Sequence[Document]]",
        subject: Callable[[], str],
        *,
        every: bool = False,
    ) -> None:
        """`every`: the id is an inspection's, and documents of a record are exported for each of its records."""
        super().__init__()
        self._exporter, self._offered, self._subject, self._every = exporter, offered, subject, every
        self.setAccessibleName("导出")
        self.setToolTip("导出")
        style.set_icon(self, "export")
        self.clicked.connect(self._press)
        MenuKeys(self, self._offer)

    def menu_of(self) -> QMenu:
        """Every document that is offered."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for document in self._offered():
            action = menu.addAction(self._words(document))
            action.triggered.connect(lambda _=False, document=document: self.export(document))
        return menu

    def export(self, document: "Document") -> None:
        """Export one of them, or one file for every record."""
        if not (subject := self._subject()):
            return
        if self._every and document.subject != "inspection":
            self._exporter.export_all(document.kind, subject)
        else:
            self._exporter.export(document.kind, subject, draft=False)

    def _press(self) -> None:
        offered = self._offered()
        if len(offered) == 1:
            self.export(offered[0])
        else:
            self._offer()

    def _offer(self) -> None:
        if len(self._offered()) != 1:  # which goes out at a press, not while somebody looks for a menu
            self.menu_of().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _words(self, document: "Document") -> str:
        return (
            f"全部{document.title}，逐份…" if self._every and document.subject != "inspection" else f"{document.title}…"
        )
