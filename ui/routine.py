"""What the program does by itself while a case is open: checks after opening, backups, reminders."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from PySide6.QtCore import QObject, QTimer, Signal

from ui.context import Context
from ui.reminders import OUTSIDE_COPY, RECOVERY_KEY, Reminder
from ui.screens.catalog import SCREENS
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import conflicts, outside_copies
from xuncha_desktop.store import backup
from xuncha_desktop.store.checks import full_check, quick_check
from xuncha_desktop.store.connection import connect
from xuncha_desktop.store.folders import disk_told
from xuncha_desktop.store.store import DATABASE
from xuncha_desktop.store.verify import against_journal

_BACKUP_EVERY = timedelta(minutes=30)
_LOOK_FOR_BACKUP_MS = 60_000
_CHECK_MS = 1500
_LOOK_MS = 800  # after the last change: whether versions differ is no news for this very moment


class Routine(QObject):
    """Runs in the background; `warned` tells what is wrong, and what waits for the person with the way there."""

    warned = Signal(str, list)  # a sentence, empty when all is well; list[Reminder]

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._context = context
        self._findings: list[str] = []
        self._tried: datetime | None = None
        self._timer = QTimer(self, interval=_LOOK_FOR_BACKUP_MS)
        self._timer.timeout.connect(self.back_up_if_due)
        self._first_check = QTimer(self, singleShot=True, interval=_CHECK_MS)
        self._first_check.timeout.connect(self._check)
        self._looking = QTimer(self, singleShot=True, interval=_LOOK_MS)
        self._looking.timeout.connect(self._say)
        context.bus.changed.connect(lambda _: self._looking.start())
        context.recovery_noted.connect(self._looking.start)
        context.copied_out.connect(self._looking.start)

    def start(self) -> None:
        """Check the database soon after the window stands, then see every minute whether a backup is due."""
        self._timer.start()
        self._first_check.start()
        self._looking.start()

    def stop(self) -> None:
        """No more of it."""
        self._timer.stop()
        self._first_check.stop()
        self._looking.stop()

    def back_up_and_then(self, go_on: Callable[[], None]) -> None:
        """A backup if anything changed since the last one; whatever comes of it, go on."""
        if not backup.changed_since_last(self._context.store):
            go_on()
            return
        make = self._backup_job("close")

        def job(progress: Progress) -> Exception | None:
            try:
                make(progress)
            except Cancelled:
                return None
            except Exception as error:  # noqa: BLE001  the case has to be closed first
                return error
            return None

        def done(error: Exception | None) -> None:
            if isinstance(error, UserError):
                self._note(str(error))
            go_on()
            if error is not None and not isinstance(error, UserError):
                raise error

        self._context.jobs.start("正在备份", job, done)

    def back_up_if_due(self) -> None:
        """A backup half an hour after the last one, however often the case was locked since."""
        last, now = backup.last_backup(self._context.store.folder), datetime.now()
        since = [moment for moment in (last and last.when, self._tried) if moment]
        # The size of the step: a clock that was put back must not stop backups.
        if all(abs(now - moment) >= _BACKUP_EVERY for moment in since) and backup.changed_since_last(
            self._context.store
        ):
            self._tried = now
            self._context.jobs.start("正在备份", self._backup_job("timed"), self._note, lambda e: self._note(str(e)))

    def _backup_job(self, reason: str) -> Callable[[Progress], str]:
        """Make one and remove those whose time is over; what to say if they fill the disk."""
        folder, keys = self._context.store.folder, self._context.store.keys

        def job(progress: Progress) -> str:
            backup.make(folder, keys, reason, progress)
            with disk_told(folder):
                return backup.thin(folder) or ""

        return job

    def _check(self) -> None:
        case, folder, keys = self._context.case, self._context.store.folder, self._context.store.keys

        def job(progress: Progress) -> list[str]:
            conn = connect(folder / DATABASE, keys)
            try:
                findings = full_check(conn) if case.unclean else quick_check(conn)
            finally:
                conn.close()
            return findings or (against_journal(case, progress) if case.unclean else [])

        self._context.jobs.start("正在检查案卷", job, self._take_findings, lambda error: self._note(str(error)))

    def _take_findings(self, findings: list[str]) -> None:
        self._findings = [f"案卷检查不合格：{findings[0]}；请立即从备份恢复"] if findings else []
        self._say()

    def _note(self, sentence: str) -> None:
        self._findings = [sentence] if sentence else []
        self._say()

    def _say(self) -> None:
        store = self._context.store
        reminders: list[Reminder] = []
        if places := conflicts.places(store):
            opened = frozenset[str]().union(*(entry.screen.OPENS for entry in SCREENS))
            place = next((place for place in places if place[0] in opened), ("", ""))
            reminders.append(Reminder(f"有 {len(places)} 处修改冲突待选定", *place))
        if sentence := outside_copies.overdue(store, date.today()):
            reminders.append(Reminder(sentence, OUTSIDE_COPY))
        if store.meta("recovery_skipped") == "1":
            reminders.append(Reminder("恢复密钥还没有抄存", RECOVERY_KEY))
        self.warned.emit("；".join(self._findings), reminders)
