"""The first window. It leads from a choice of case to an open one, and imports nothing heavy before it is seen."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from ui import style
from ui.start import preload
from ui.start.doors import Doors, Opened
from ui.start.footer import Footer
from ui.start.page import Page
from ui.start.unlock_page import UnlockPage
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.settings import Settings

if TYPE_CHECKING:
    from ui.job_runner import JobRunner

SAMPLE_FOLDER = "示例案卷"
_CLOSING_MS = 15_000


class StartWindow(QWidget):
    """Pages one after another; `opened` carries the OpenCase away."""

    opened = Signal(object)  # OpenCase
    settings_changed = Signal()
    looks_changed = Signal()
    left = Signal()
    seen = Signal()  # painted for the first time

    def __init__(self, settings: Settings, doors: Doors | None = None, cases_folder: Path | None = None) -> None:
        super().__init__()
        self._settings = settings
        self._doors = doors or Doors()
        self._cases = cases_folder or Path.home() / "巡察案卷"
        self._runner: JobRunner | None = None
        self._pending: Opened | None = None
        self._closing = False
        self._painted = False
        self.held = False  # the case locked last is still being backed up
        self._waiting: Callable[[], None] | None = None
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._pages = QStackedWidget()
        self.footer = Footer(settings)
        self.footer.changed.connect(self.looks_changed)
        self.footer.changed.connect(self.settings_changed)
        line = QFrame()
        line.setObjectName("line")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._pages, 1)
        column.addWidget(line)
        column.addWidget(self.footer)
        self.setMinimumSize(640, 400)
        self.resize(960, 680)
        style.dress(self)

    @property
    def _jobs(self) -> "JobRunner":
        """Made when the first case is opened, not before the first paint."""
        if self._runner is None:
            from ui.job_runner import JobRunner

            self._runner = JobRunner(self)
            self._runner.progressed.connect(self._show_progress)
            self._runner.finished.connect(lambda: self.page.set_busy(False))
        return self._runner

    @property
    def page(self) -> Page:
        """The page now shown."""
        if self._pages.currentWidget() is None:
            self.show_welcome()
        page = self._pages.currentWidget()
        assert isinstance(page, Page)
        return page

    def show_welcome(self) -> None:
        """Let a case be chosen."""
        from ui.start.welcome_page import WelcomePage

        recent = [Path(path) for path in self._settings.recent_cases]
        known = [folder for folder in recent if (folder / "vault.json").exists()]
        page = WelcomePage(known)
        page.new_wanted.connect(self.show_new_case)
        page.open_wanted.connect(self._choose_case)
        page.sample_wanted.connect(self._open_sample)
        page.case_wanted.connect(self.show_unlock)
        self._show(page)

    def show_unlock(self, folder: Path) -> None:
        """Ask for the password of this case."""
        page = UnlockPage(folder)
        page.password_given.connect(self._open)
        page.forgotten.connect(lambda: self._show_forgotten(folder))
        page.others_wanted.connect(self.show_welcome)
        self._show(page)

    def show_new_case(self) -> None:
        """Ask what a new case begins with."""
        from datetime import date

        from ui.start.new_case_page import NewCasePage

        page = NewCasePage(self._cases, date.today())
        page.made.connect(
            lambda new, password: self._run("建立案卷", lambda: self._doors.create(new, password), self._failed)
        )
        page.back_wanted.connect(self.show_welcome)
        self._show(page)

    def open(self, folder: Path, password: str) -> None:
        """Open a case without typing, for the command line."""
        self.show_unlock(folder)
        self._open(password, False)

    def hold(self) -> None:
        """Let nobody in for now: whoever gives a password waits until `release`."""
        self.held = True

    def release(self) -> None:
        """Let in, and at once who waits."""
        self.held = False
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            waiting()

    def showEvent(self, event: QShowEvent) -> None:
        """Begin with the choice of cases unless one was named."""
        super().showEvent(event)
        if self._pages.currentWidget() is None:
            self.show_welcome()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Begin to load the store as soon as the first page stands on the screen."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, preload.start)
            QTimer.singleShot(0, self.seen.emit)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never leave a case half open."""
        self._closing = True
        self._waiting = None
        if self._runner is not None:
            self._runner.wait_all(_CLOSING_MS)
        if self._pending:
            self._pending.case.close()
            self._pending = None
        super().closeEvent(event)
        self.left.emit()

    def _show(self, page: Page) -> None:
        before = self._pages.currentWidget()
        self._pages.addWidget(page)
        self._pages.setCurrentWidget(page)
        if before is not None:
            self._pages.removeWidget(before)
            before.deleteLater()
        page.start()

    def _show_forgotten(self, folder: Path) -> None:
        from ui.start.forgotten_page import ForgottenPage

        page = ForgottenPage(folder)

        def give(key: str, password: str, take_over: bool) -> None:
            job = self._doors.open_with_recovery
            self._run("打开案卷", lambda: job(folder, key, password, take_over), self._recovery_failed)

        page.key_given.connect(give)
        page.back_wanted.connect(lambda: self.show_unlock(folder))
        self._show(page)

    def _choose_case(self) -> None:
        from ui import ask

        start = self._cases if self._cases.exists() else Path.home()
        folder = ask.choose_folder(self, "选择案卷所在的文件夹", start)
        if folder is None:
            return
        if not any((folder / name).exists() for name in ("vault.json", "vault.json.bak")):
            self.page.say(
                "error", f"“{folder}”不是案卷文件夹：里面没有 vault.json；请选择案卷本身的文件夹，不是它的上级或下级。"
            )
            return
        self.show_unlock(folder)

    def _open_sample(self) -> None:
        folder = self._cases / SAMPLE_FOLDER
        self.page.say("info", "正在准备示例案卷…")
        self.page.set_busy(True)
        preload.hurry()
        job = self._doors.open_sample
        self._start("准备示例案卷", lambda progress: job(folder, progress), self._failed)

    def _open(self, password: str, take_over: bool) -> None:
        page = self.page
        if isinstance(page, UnlockPage):
            folder = page.folder
            self._run("打开案卷", lambda: self._doors.open(folder, password, take_over), self._unlock_failed)

    def _show_progress(self, title: str, done: int, total: int, text: str) -> None:
        self.page.say("info", f"正在{title}：{text}（{done} / {total}）" if total else f"正在{title}：{text}")

    def _run(self, title: str, job: Callable[[], Opened], failed: Callable[[UserError], None]) -> None:
        self.page.set_busy(True)
        preload.hurry()
        self._start(title, lambda _: job(), failed)

    def _start(self, title: str, job: Callable[[Progress], Opened], failed: Callable[[UserError], None]) -> None:
        def start() -> None:
            self._jobs.start(title, job, self._came_in, failed)

        if self.held:
            self._waiting = start
        else:
            start()

    def _unlock_failed(self, error: UserError) -> None:
        from xuncha_desktop.store.vault import WrongPassword

        if isinstance(error, WrongPassword) and isinstance(self.page, UnlockPage):
            self.page.say_wrong_password(str(error))
        else:
            self._in_use_or_failed(error)

    def _recovery_failed(self, error: UserError) -> None:
        from ui.start.forgotten_page import ForgottenPage
        from xuncha_desktop.store.recovery_key import RecoveryKeyMistyped
        from xuncha_desktop.store.vault import WrongRecoveryKey

        if isinstance(error, WrongRecoveryKey | RecoveryKeyMistyped) and isinstance(self.page, ForgottenPage):
            self.page.say_wrong_key(str(error))
        else:
            self._in_use_or_failed(error)

    def _in_use_or_failed(self, error: UserError) -> None:
        from xuncha_desktop.store.lock import CaseInUse

        page: Any = self.page
        if isinstance(error, CaseInUse) and error.may_take_over and hasattr(page, "ask_take_over"):
            page.ask_take_over(str(error), lambda: page.give_again(take_over=True))
        else:
            self._failed(error)

    def _failed(self, error: UserError) -> None:
        self.page.say("error", str(error))

    def _came_in(self, opened: Opened) -> None:
        self._pending = opened
        if self._closing:
            opened.case.close()
            self._pending = None
            return
        self._settings.remember_case(opened.case.store.folder)
        self.settings_changed.emit()
        if opened.recovery:
            self._show_recovery(opened)
        elif opened.members:
            self._show_members(opened)
        else:
            self._hand_over()

    def _show_recovery(self, opened: Opened) -> None:
        from ui.start.recovery_page import RecoveryPage

        folder = opened.case.store.folder
        page = RecoveryPage(folder.name, opened.recovery, folder)

        def settle(skipped: str) -> None:
            opened.case.store.set_meta("recovery_skipped", skipped)
            self._hand_over()

        page.proven.connect(lambda: settle("0"))
        page.skipped.connect(lambda: settle("1"))
        self._show(page)

    def _show_members(self, opened: Opened) -> None:
        from ui.start.member_page import MemberPage
        from xuncha_desktop.services import cases

        page = MemberPage(opened.members)

        def choose(member: str) -> None:
            cases.remember_member(opened.case.store, member)
            self._hand_over()

        page.member_chosen.connect(choose)
        self._show(page)

    def _hand_over(self) -> None:
        opened, self._pending = self._pending, None
        if opened:
            self.opened.emit(opened.case)
