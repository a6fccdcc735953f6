"""The screens in the order of the navigation. A new screen is one file and one name here."""

from ui.screen import Screen
from ui.screens.checklist import ChecklistScreen
from ui.screens.evidence import EvidenceScreen
from ui.screens.papers import PapersScreen
from ui.screens.report import ReportScreen
from ui.screens.settings import SettingsScreen
from ui.screens.tasks import TasksScreen
from ui.screens.workbench import WorkbenchScreen

SCREENS: tuple[type[Screen], ...] = (
    WorkbenchScreen,
    TasksScreen,
    ChecklistScreen,
    PapersScreen,
    EvidenceScreen,
    ReportScreen,
    SettingsScreen,
)
