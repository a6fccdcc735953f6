"""导出 where the data lives: one document goes out at a press, several are offered in a menu."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QMenu, QToolButton

from ui import style
from ui.exporting import Exporter
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.document import Document


def of_record(entity: str) -> list[Document]:
    """Documents made of one record."""
    return [document for document in catalog.DOCUMENTS if document.subject == entity]


def of_list(entity: str) -> list[Document]:
    """Documents of an inspection that a register's list offers, and those that go out one a record."""
    shown = [document for document in catalog.DOCUMENTS if document.shown_at == entity]
    return [*shown, *of_record(entity)]


class ExportButton(QToolButton):
    """Asks for the record's or inspection's id when pressed; an empty id exports nothing."""

    def __init__(
        self, exporter: Exporter, documents: Sequence[Document], subject: Callable[[], str], *, every: bool = False
    ) -> None:
        """`every`: the id is an inspection's, and documents of a record are exported for each of its records."""
        super().__init__()
        self._exporter, self._documents, self._subject, self._every = exporter, documents, subject, every
        self.setAccessibleName("导出")
        self.setToolTip("导出")
        style.set_icon(self, "export")
        self.clicked.connect(self._press)

    def menu_of(self) -> QMenu:
        """Every document that is offered."""
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        for document in self._documents:
            action = menu.addAction(self._words(document))
            action.triggered.connect(lambda _=False, document=document: self.export(document))
        return menu

    def export(self, document: Document) -> None:
        """Export one of them, or one file for every record."""
        if not (subject := self._subject()):
            return
        if self._every and document.subject != "inspection":
            self._exporter.export_all(document.kind, subject)
        else:
            self._exporter.export(document.kind, subject, draft=False)

    def _press(self) -> None:
        if len(self._documents) == 1:
            self.export(self._documents[0])
        else:
            self.menu_of().popup(self.mapToGlobal(self.rect().bottomLeft()))

    def _words(self, document: Document) -> str:
        return (
            f"全部{document.title}，逐份…" if self._every and document.subject != "inspection" else f"{document.title}…"
        )
