"""The screens in the order of the navigation. A new screen is one file and one name here."""

from ui.screen import Screen
from ui.screens.borrowings import BorrowingsScreen
from ui.screens.checklist import ChecklistScreen
from ui.screens.evidence import EvidenceScreen
from ui.screens.fact_checks import FactChecksScreen
from ui.screens.imports import ImportsScreen
from ui.screens.interviews import InterviewsScreen
from ui.screens.meetings import MeetingsScreen
from ui.screens.papers import PapersScreen
from ui.screens.petitions import PetitionsScreen
from ui.screens.polls import PollsScreen
from ui.screens.quick_fixes import QuickFixesScreen
from ui.screens.report import ReportScreen
from ui.screens.settings import SettingsScreen
from ui.screens.tasks import TasksScreen
from ui.screens.visits import VisitsScreen
from ui.screens.vouchers import VouchersScreen
from ui.screens.workbench import WorkbenchScreen

SCREENS: tuple[type[Screen], ...] = (
    WorkbenchScreen,
    TasksScreen,
    ChecklistScreen,
    PapersScreen,
    InterviewsScreen,
    BorrowingsScreen,
    PetitionsScreen,
    VisitsScreen,
    PollsScreen,
    VouchersScreen,
    QuickFixesScreen,
    FactChecksScreen,
    MeetingsScreen,
    EvidenceScreen,
    ReportScreen,
    ImportsScreen,
    SettingsScreen,
)
