"""模板与设置: how the program looks, keeps and locks; what this case's documents and lists are made of."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from ui import style
from ui.context import Context
from ui.reminders import OUTSIDE_COPY, RECOVERY_KEY
from ui.screen import Screen
from ui.settings.about import AboutPage
from ui.settings.backups import BackupPage
from ui.settings.case_list import CaseListPage, HeadingSetsPage, ProblemTypesPage
from ui.settings.checklist_templates import ChecklistTemplatesPage
from ui.settings.faces import FacesPage
from ui.settings.library import LegalBasesPage, PhrasesPage
from ui.settings.looks import LooksPage
from ui.settings.page import SettingsPage
from ui.settings.security import SecurityPage
from ui.settings.shortcuts import ShortcutsPage
from ui.settings.templates import TemplatesPage
from xuncha_desktop.store.journal import Changes

PAGES: tuple[type[SettingsPage], ...] = (
    LooksPage, SecurityPage, BackupPage, FacesPage, TemplatesPage,
    ChecklistTemplatesPage, ProblemTypesPage, HeadingSetsPage, PhrasesPage, LegalBasesPage, ShortcutsPage, AboutPage,
)  # fmt: skip
_LISTS: Mapping[str, type[CaseListPage]] = {
    "problem_type": ProblemTypesPage,
    "heading_set": HeadingSetsPage,
    "phrase": PhrasesPage,
    "legal_basis": LegalBasesPage,
}
_WIDTH = 144


class SettingsScreen(Screen):
    """Pages by name at the left; each is made when first opened."""

    NAME = "settings"
    WATCHES = frozenset(
        {
            "problem_type", "heading_set", "heading", "member", "inspector", "round", "paper",
            "checklist", "check_item", "check_result", "inspection", "phrase", "legal_basis", "link",
        }
    )  # fmt: skip
    OPENS = frozenset({*_LISTS, "checklist", RECOVERY_KEY, OUTSIDE_COPY})

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.names = QListWidget()
        self.names.setObjectName("nav")
        self.names.setAccessibleName("设置的各页")
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for page in PAGES:
            self.names.addItem(QListWidgetItem(page.TITLE))
        style.sized(self.names, _fit)
        self.stack = QStackedWidget()
        self.stack.setObjectName("detail")
        self._pages: dict[type[SettingsPage], SettingsPage] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self.stack, 1)
        self.setFocusProxy(self.names)
        self.names.setCurrentRow(0)
        self.names.currentRowChanged.connect(self._show_row)

    def refresh(self, news: Changes | None) -> None:
        """Only the page now seen; the others are read again when opened."""
        self._show_row(self.names.currentRow())

    def page(self, kind: type[SettingsPage]) -> SettingsPage:
        """Go to a page."""
        self.names.setCurrentRow(PAGES.index(kind))
        self._show_row(self.names.currentRow())
        return self._pages[kind]

    def new_record(self) -> None:
        """Ctrl+N, on the pages that are lists."""
        page = self.stack.currentWidget()
        if isinstance(page, CaseListPage | ChecklistTemplatesPage):
            page.new_record()

    def open_record(self, entity: str, record: str) -> bool:
        """Show a record of one of the lists, a checklist, or what a reminder asks for."""
        if entity == RECOVERY_KEY:
            security = self.page(SecurityPage)
            assert isinstance(security, SecurityPage)
            security.ask_for_key()
            return True
        if entity == OUTSIDE_COPY:
            backups = self.page(BackupPage)
            assert isinstance(backups, BackupPage)
            backups.bring_into_view(backups.copy)
            # The window has just come to this screen and is about to place the focus itself.
            QTimer.singleShot(0, backups.copy.setFocus)
            return True
        if entity == "checklist":
            page = self.page(ChecklistTemplatesPage)
            assert isinstance(page, ChecklistTemplatesPage)
            page.choose(record)
            return True
        if entity not in _LISTS:
            return False
        page = self.page(_LISTS[entity])
        assert isinstance(page, CaseListPage)
        page.panel.select(record)
        return True

    def leave(self) -> None:
        """Save what is being typed; passwords and keys do not stay on the screen."""
        page = self.stack.currentWidget()
        if isinstance(page, SettingsPage):
            page.leave()

    def _show_row(self, row: int) -> None:
        kind = PAGES[max(0, row)]
        if kind not in self._pages:
            self._pages[kind] = kind(self.context)
            self.stack.addWidget(self._pages[kind])
        page: QWidget = self._pages[kind]
        if page is not self.stack.currentWidget():
            self.leave()
            self.stack.setCurrentWidget(page)
        self._pages[kind].refresh()


def _fit(names: QListWidget) -> None:
    names.setFixedWidth(style.metrics.scaled(_WIDTH))
    for row in range(names.count()):
        names.item(row).setSizeHint(QSize(0, style.metrics.scaled(36)))
