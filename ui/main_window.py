"""The window of an open case: navigation, header, screens, state line; opens nothing itself."""

from collections.abc import Callable, Iterator
from contextlib import suppress

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, SignalInstance
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QApplication,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from ui import ask, enter_key, settling, style, undoing
from ui.context import Context
from ui.counts import Counts
from ui.header import Header
from ui.idle_lock import IdleLock
from ui.job_runner import JobRunner
from ui.jump import Jump
from ui.navigation import Navigation, keys
from ui.routine import Routine
from ui.screen import Screen
from ui.screens.catalog import SCREENS
from ui.status_line import StatusLine
from ui.tables.list_panel import ListPanel
from ui.turns import Turns
from ui.undo_keys import UndoKeys
from ui.ways import Ways
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import inspections
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.journal import Changes
from xuncha_desktop.store.opening import OpenCase

_NARROW = 1156
_SETTLE_MS, _PAUSE_MS = 150, 20
_REST_S = 3.0
_UNKEPT = "草稿写不进去，正在写的文字还没有存下，现在关闭就会丢失。请先处理好磁盘。"
_LAST_SCREEN = "screen"  # key of the remembered layouts


class MainWindow(QMainWindow):
    """One open case. `locking`: its content is out of sight, the backup goes on. `locked`, or `ended` when the user
    is done: the case is closed."""

    locking = Signal()
    locked = Signal()
    ended = Signal()
    settled = Signal()

    def __init__(self, case: OpenCase, settings: Settings) -> None:
        super().__init__()
        self.setWindowTitle("巡察桌面")
        self.setMinimumSize(760, 480)
        self.resize(1366, 728)
        self.jobs = JobRunner(self)
        self.context = Context(case, settings, self.jobs, self)
        self.routine = Routine(self.context)
        self.header = Header(self.context)
        self.navigation = Navigation(SCREENS)
        self.stack = QStackedWidget()
        self.status = StatusLine(self.context)
        self.screens: dict[str, Screen] = {}
        self._pressed: QWidget | None = None  # what had the focus when a key went down
        self._jumper = Jump(self, self.context, SCREENS, self.show_screen)
        self._closing = self._painting = self._locking = False
        self._paint_timer = QTimer(self, singleShot=True, interval=0)
        self._paint_timer.timeout.connect(self._paint)
        self._counts = Counts(self.context, SCREENS, self.navigation.set_count, self)
        self._ways = Ways(self.context, SCREENS, self.show_screen)
        self._build()
        self._make_shortcuts()
        self._undo_keys = UndoKeys(self)
        self.idle = IdleLock(settings.idle_lock_minutes, self)
        self.idle.idle.connect(self.lock)
        self._connect()
        style.dress(self)
        self._choose_first_inspection()
        remembered = settings.window_layouts.get(_LAST_SCREEN, "")
        self.show_screen(remembered if remembered in self.screen_names() else SCREENS[0].name)
        self.routine.start()
        self.settling = Turns(self, _PAUSE_MS)
        # Not before the window stands: it would take the processor from what the person waits for.
        QTimer.singleShot(_SETTLE_MS, self, self._settle)

    def show_screen(self, name: str) -> Screen:
        """Go to a screen, made when first asked for; the one before saves what is being typed."""
        self._leave_screen()
        screen = self._screen(name)
        self.stack.setCurrentWidget(screen)
        screen.setFocus()
        self.navigation.mark(name)
        self.context.settings.window_layouts[_LAST_SCREEN] = name
        return screen

    def _settle(self) -> None:
        if not self._closing:
            self.settling.begin(self._settling_steps())

    def _settling_steps(self) -> Iterator[None]:
        yield from settling.load()
        self._counts.start()
        self._jumper.make()
        yield
        yield from settling.steps(self.context, SCREENS, self._screen, self.stack.size)
        self._jumper.keep_up()
        self.settled.emit()

    def _screen(self, name: str) -> Screen:
        """A screen, made now if it was not yet."""
        if name not in self.screens:
            screen = next(entry for entry in SCREENS if name == entry.name).screen(self.context)
            self.screens[name] = screen
            self.stack.addWidget(screen)
        return self.screens[name]

    def at_rest(self) -> bool:
        """Whether nobody would notice if the window were deaf for a moment."""
        return not self.jobs.busy and not self.settling.busy and self.idle.rested_s() >= _REST_S

    def current(self) -> Screen | None:
        """The screen now seen."""
        widget = self.stack.currentWidget()
        return widget if isinstance(widget, Screen) else None

    def screen_names(self) -> list[str]:
        """Every screen, in the order of the navigation."""
        return [entry.name for entry in SCREENS]

    def rows_of(self, name: str) -> QWidget | None:
        """What a screen paints its rows on, or says on why there are none; None if it has no list."""
        panel = self.screens[name].findChild(ListPanel)
        return panel.painted() if panel else None

    def lock(self) -> None:
        """Save and hide at once; then back up, close the case and forget the keys."""
        if self._locking or self._closing:
            return
        if not self.stack.isEnabled():
            self.hide()  # it is being backed up and closed already
            return
        if (dialog := QApplication.activeModalWidget()) is not None:
            dialog.close()  # whoever waits for its answer goes on first
            QTimer.singleShot(0, self, self.lock)
            return
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        if not self._all_kept():
            self.context.told.emit("草稿写不进去，锁定会丢失正在写的文字，所以没有锁定；请先处理好磁盘")
            return
        self._locking = True
        self.hide()
        self.locking.emit()
        self.settling.stop()
        self.idle.stop()
        if self.jobs.wait_all():
            self.routine.back_up_and_then(lambda: self._leave_case(self.locked))
        else:
            self._leave_case(self.locked)  # keys are not kept for a job that does not end

    def closeEvent(self, event: QCloseEvent) -> None:
        """Save and back up first, then close."""
        if self._closing:
            event.accept()
            return
        event.ignore()
        if self._locking or not self.stack.isEnabled():
            return
        if not self._all_kept() and not ask.confirm(self, _UNKEPT, "仍然关闭"):
            return
        for part in (self.navigation, self.header, self.stack):
            part.setEnabled(False)  # not the line below: what runs can still be cancelled there
        self.context.told.emit("正在保存并备份…")
        self.routine.back_up_and_then(lambda: self._leave_case(self.ended))

    def event(self, event: QEvent) -> bool:
        """Paint in a turn of its own, so that keys come between what was just read and its painting."""
        if event.type() is QEvent.Type.UpdateRequest and not self._painting:
            self._paint_timer.start()
            return True
        if event.type() is QEvent.Type.ShortcutOverride:
            self._pressed = self.focusWidget()
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus."""
        # Not what has the focus now: the same key may have opened a form in a list.
        if not enter_key.press(event, self._pressed):
            super().keyPressEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """From now on there is a window of the system to watch, and a list that can have the focus."""
        super().showEvent(event)
        if not event.spontaneous() and (screen := self.current()) is not None:
            screen.setFocus()  # the one given before went on to the navigation when its list was read
        self.idle.watch(self.windowHandle())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Make room where there is little."""
        super().resizeEvent(event)
        narrow = self.width() < _NARROW
        self.navigation.set_compact(narrow)
        self.header.set_narrow(narrow)

    def _all_kept(self) -> bool:
        """Save what is being typed; False if some of it could be kept nowhere but in this window."""
        self._leave_screen()
        return self.context.flush_drafts()

    def _leave_screen(self) -> None:
        if (screen := self.current()) is not None:
            screen.leave()

    def _paint(self) -> None:
        self._painting = True
        QApplication.sendEvent(self, QEvent(QEvent.Type.UpdateRequest))
        self._painting = False

    def _leave_case(self, told: SignalInstance) -> None:
        if self._closing:
            return
        self._closing = True
        self.settling.stop()
        for screen in self.screens.values():
            screen.leave()
        self.routine.stop()
        self.idle.stop()
        self.jobs.wait_all()
        for screen in self.screens.values():
            screen.leave()  # once more: a job may have kept the case busy
        self._counts.stop()
        self.hide()  # all is saved: nobody need wait for the rest
        self.context.end()
        self.context.case.close()
        self.close()
        told.emit()
        self.deleteLater()

    def _build(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.stack, 1)
        column.addWidget(self.status)
        whole = QWidget()
        row = QHBoxLayout(whole)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.navigation)
        row.addWidget(right, 1)
        self.setCentralWidget(whole)

    def _connect(self) -> None:
        self.navigation.chosen.connect(self.show_screen)
        self.header.search_asked.connect(self._jump)
        self.header.undo_asked.connect(self._undo)
        self.header.redo_asked.connect(self._redo)
        self.header.lock_asked.connect(self.lock)
        self.status.undo_asked.connect(self._undo)
        self.context.inspection_changed.connect(self._remember_inspection)
        self.routine.warned.connect(self.status.warn)
        self.jobs.failed.connect(self.context.told)
        self.context.bus.changed.connect(self._on_news)

    def _make_shortcuts(self) -> None:
        for name, key in keys(SCREENS).items():
            self._key(key, lambda name=name: self.show_screen(name))
        self._key("F1", self._show_keys)
        self._key("Ctrl+K", self._jump)
        self._key("Ctrl+L", self.lock)
        self._key("Ctrl+N", self._new_record)
        self._key(QKeySequence(QKeySequence.StandardKey.Undo), self._undo)
        self._key(QKeySequence(QKeySequence.StandardKey.Redo), self._redo)
        if QKeySequence(QKeySequence.StandardKey.Redo) != QKeySequence("Ctrl+Y"):
            self._key("Ctrl+Y", self._redo)

    def _key(self, keys: str | QKeySequence, action: Callable[[], object]) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(action)

    def _show_keys(self) -> None:
        from ui.screens.settings import SettingsScreen  # its own code is loaded when it is shown
        from ui.settings.shortcuts import ShortcutsPage

        screen = self.show_screen(SettingsScreen.NAME)
        if isinstance(screen, SettingsScreen):
            screen.page(ShortcutsPage)

    def _new_record(self) -> None:
        if (screen := self.current()) is not None:
            screen.new_record()

    def _jump(self) -> None:
        self._jumper.open()

    def _undo(self) -> None:
        self._leave_screen()
        undoing.take_back(self.context)

    def _redo(self) -> None:
        self._leave_screen()
        undoing.do_again(self.context)

    def _choose_first_inspection(self) -> None:
        every = inspections.every(self.context.store)
        remembered = self.context.store.meta("inspection") or ""
        chosen = remembered if remembered in every else next(iter(every), "")
        self.context.choose_inspection(chosen)
        self.header.refresh()

    def _remember_inspection(self, inspection: str) -> None:
        with suppress(UserError):  # no matter for a busy case: the next choice is remembered
            if self.context.store.meta("inspection") != inspection:
                self.context.store.set_meta("inspection", inspection)

    def _on_news(self, news: Changes) -> None:
        if not self.context.inspection and "inspection" in news.records:
            self._choose_first_inspection()
