"""What every screen is given: the open case, its news, jobs, settings, and the inspection now worked on."""

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtCore import QObject, Signal

from ui.bus import Bus
from ui.draft_writer import DraftWriter
from ui.job_runner import JobRunner
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase


class Context(QObject):
    """One per open case; made by the main window, handed to constructors, never global."""

    inspection_changed = Signal(str)
    told = Signal(str)  # one sentence for the state line
    undo_offered = Signal(str)  # "已删除 1 份底稿": shown with 撤销 beside it
    open_record = Signal(str, str)  # entity or entity.field, id (empty: a new one): whoever shows it should
    open_list = Signal(str, str, object)  # entity, words for these records, their ids (None: all of the inspection)
    edit_asked = Signal(str, str)  # entity, id: the form that shows this record should take the keyboard
    new_paper = Signal(dict)  # values a new paper begins with
    begin_record = Signal(str, dict)  # entity, values a new record begins with
    open_place = Signal(object)  # citing.Place: whoever shows its evidence or record should mark it there
    recovery_noted = Signal()  # the recovery key was copied down and proven
    copied_out = Signal()  # the case was backed up outside this computer
    ending = Signal()  # the case is about to be closed: nothing may ask it any more
    locked_out = Signal(bool)  # True: saving waits for another writer
    drafts_stuck = Signal(str)  # why drafts cannot be written and what to do; empty: they are again

    def __init__(self, case: OpenCase, settings: Settings, jobs: JobRunner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.case = case
        self.store = case.store
        self.drafts = case.drafts
        self.settings = settings
        self.jobs = jobs
        self.bus = Bus(case.store, self)
        self._inspection = ""
        self._quiet: list[JobRunner] = []
        self._draft_writer = DraftWriter(case.drafts, self)
        self._draft_writer.stuck.connect(self.drafts_stuck)

    @property
    def inspection(self) -> str:
        """Id of the inspection now worked on; empty while there is none."""
        return self._inspection

    def choose_inspection(self, inspection: str) -> None:
        """Work on this inspection; every screen follows."""
        if inspection != self._inspection:
            self._inspection = inspection
            self.inspection_changed.emit(inspection)

    def quiet_runner(self, owner: QObject) -> JobRunner:
        """Runs what no bar shows, since it follows what is done in the window; it ends with the case."""
        self._quiet = [runner for runner in self._quiet if shiboken6.isValid(runner)]
        self._quiet.append(JobRunner(owner))
        return self._quiet[-1]

    def write_draft(self, write: Callable[..., None], *args: Any) -> None:
        """Run a call on the drafts file behind the window's back, in order."""
        self._draft_writer.run(write, *args)

    def flush_drafts(self) -> bool:
        """Wait until every draft was written, before lock, export and close; False if typed text is in memory only."""
        return self._draft_writer.wait()

    def end(self) -> None:
        """Nothing asks the case any more; what runs quietly and the draft writer come to rest."""
        self.ending.emit()
        for runner in filter(shiboken6.isValid, self._quiet):
            runner.end()
        self.bus.blockSignals(True)
        self._draft_writer.end()
