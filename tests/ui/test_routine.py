"""Backups the program makes by itself: half an hour after the last one, whatever was locked meanwhile."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.support.journal_rows import new_paper, tamper
from ui.context import Context
from ui.routine import Routine
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store import backup
from xuncha_desktop.store.backup_list import STAMP


@pytest.fixture
def routine(context: Context) -> Iterator[Routine]:
    made = Routine(context)
    yield made
    made.stop()


def aged(context: Context, minutes: int) -> None:
    """A backup of now, as if made so long ago."""
    made = backup.make(context.store.folder, context.store.keys, "close", Progress())
    made.rename(made.with_name(f"{datetime.now() - timedelta(minutes=minutes):{STAMP}}-close"))


def reasons(context: Context) -> list[str]:
    """Why the backups there are were made."""
    return [made.reason for made in backup.listing(context.store.folder)]


def test_a_case_just_opened_is_backed_up_when_the_last_backup_is_half_an_hour_old(
    context: Context, routine: Routine, qtbot: QtBot
) -> None:
    aged(context, 31)
    new_paper(context.store)
    routine.back_up_if_due()
    qtbot.waitUntil(lambda: reasons(context) == ["timed", "close"])


def test_backups_whose_time_is_over_go_when_another_is_made(context: Context, routine: Routine, qtbot: QtBot) -> None:
    for minutes in (31, 4 * 24 * 60, 4 * 24 * 60 + 5):
        aged(context, minutes)
    new_paper(context.store)
    routine.back_up_if_due()
    qtbot.waitUntil(lambda: reasons(context) == ["timed", "close", "close"])


def test_a_younger_backup_is_enough(context: Context, routine: Routine) -> None:
    aged(context, 29)
    new_paper(context.store)
    routine.back_up_if_due()
    assert not context.jobs.busy


def test_an_unchanged_case_is_not_backed_up_again(context: Context, routine: Routine) -> None:
    aged(context, 31)
    routine.back_up_if_due()
    assert not context.jobs.busy


def test_a_clock_put_back_does_not_stop_backups(context: Context, routine: Routine, qtbot: QtBot) -> None:
    aged(context, -600)
    new_paper(context.store)
    routine.back_up_if_due()
    qtbot.waitUntil(lambda: "timed" in reasons(context))


def test_a_backup_that_cannot_be_made_is_said_and_not_tried_again_at_once(
    context: Context, routine: Routine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> Path:
        raise UserError("磁盘已满")

    monkeypatch.setattr(backup, "make", full)
    with qtbot.waitSignal(routine.warned) as said:
        routine.back_up_if_due()
    assert said.args is not None
    assert said.args[0] == "磁盘已满"
    routine.back_up_if_due()
    assert not context.jobs.busy


def test_whatever_goes_wrong_with_the_last_backup_the_case_is_closed_first(
    context: Context, routine: Routine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> Path:
        raise RuntimeError("a bug")

    monkeypatch.setattr(backup, "make", broken)
    went_on: list[bool] = []
    with qtbot.captureExceptions() as bugs:
        routine.back_up_and_then(lambda: went_on.append(True))
        qtbot.waitUntil(lambda: went_on == [True])
    assert [str(bug[1]) for bug in bugs] == ["a bug"]


def test_a_cancelled_last_backup_does_not_hold_the_window(
    context: Context, routine: Routine, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def waiting(folder: object, keys: object, reason: str, progress: Progress) -> Path:
        while True:
            progress.step(0, 1, "备份")

    monkeypatch.setattr(backup, "make", waiting)
    went_on: list[bool] = []
    routine.back_up_and_then(lambda: went_on.append(True))
    context.jobs.cancel()
    qtbot.waitUntil(lambda: went_on == [True])


@pytest.mark.parametrize("unclean", [True, False])
def test_after_a_session_that_did_not_end_tables_are_compared_with_the_journal(
    context: Context, routine: Routine, qtbot: QtBot, unclean: bool
) -> None:
    paper = new_paper(context.store)
    tamper(context.store.folder, context.store.keys, "UPDATE paper SET title = '假' WHERE id = ?", paper)
    context.case = replace(context.case, unclean=unclean)
    with qtbot.waitSignal(routine.warned, timeout=20_000) as said:
        routine._check()
    assert said.args is not None
    assert said.args[0] == (f"案卷检查不合格：问题底稿 {paper} 与修改记录不符；请立即从备份恢复" if unclean else "")
