"""Work beside the window: results, failures, progress, cancelling, closing."""

import sys
import threading
import time
from collections.abc import Iterator
from types import TracebackType
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ui.context import Context
from ui.job_bar import JobBar
from ui.job_runner import JobRunner
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase


@pytest.fixture
def runner(qtbot: QtBot) -> Iterator[JobRunner]:
    made = JobRunner()
    yield made
    assert made.wait_all(5000)


def test_a_result_comes_back_on_the_window_s_thread(qtbot: QtBot, runner: JobRunner) -> None:
    came: list[tuple[int, int, threading.Thread]] = []

    def job(_: Progress) -> int:
        return threading.get_ident()

    with qtbot.waitSignal(runner.finished):
        runner.start("测量", job, lambda result: came.append((1, result, threading.current_thread())))
        assert runner.busy
    assert not runner.busy
    [(_, worker, told_on)] = came
    assert told_on is threading.main_thread()
    assert worker != threading.main_thread().ident


def test_a_mendable_failure_goes_to_its_own_callback(qtbot: QtBot, runner: JobRunner) -> None:
    told: list[str] = []
    with qtbot.assertNotEmitted(runner.failed), qtbot.waitSignal(runner.finished):
        runner.start("导出", _fail, _never, lambda error: told.append(str(error)))
    assert told == ["磁盘空间不足，请腾出空间。"]


def test_a_mendable_failure_without_a_callback_is_told_as_a_sentence(qtbot: QtBot, runner: JobRunner) -> None:
    with qtbot.waitSignal(runner.failed) as told:
        runner.start("导出", _fail, _never)
    assert told.args == ["磁盘空间不足，请腾出空间。"]


def test_a_cancelled_job_stops_at_its_next_step_and_says_so(qtbot: QtBot, runner: JobRunner) -> None:
    stopped_at: list[int] = []

    def job(progress: Progress) -> None:
        for step in range(1_000):
            stopped_at[:] = [step]
            progress.step(step, 1_000, "")
            time.sleep(0.01)

    with qtbot.waitSignal(runner.failed, timeout=3000) as told:
        runner.start("导出报告", job, _never)
        qtbot.waitUntil(lambda: bool(stopped_at and stopped_at[0] > 2))
        runner.cancel()
    assert told.args == ["已取消：导出报告。"]
    assert stopped_at[0] < 900


def test_a_bug_goes_to_the_crash_hook_and_the_next_job_still_runs(
    qtbot: QtBot, runner: JobRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    crashes: list[type[BaseException]] = []

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        crashes.append(kind)

    monkeypatch.setattr(sys, "excepthook", hook)
    came: list[int] = []
    runner.start("一", lambda _: 1 // 0, _never)
    runner.start("二", lambda _: 2, came.append)
    qtbot.waitUntil(lambda: not runner.busy)
    assert (crashes, came) == ([ZeroDivisionError], [2])


def test_jobs_wait_for_each_other(qtbot: QtBot, runner: JobRunner) -> None:
    at_once: list[int] = []
    most: list[int] = []

    def job(_: Progress) -> None:
        at_once.append(1)
        most.append(len(at_once))
        time.sleep(0.02)
        at_once.pop()

    ended: list[None] = []
    for number in range(4):
        runner.start(str(number), job, ended.append)
    qtbot.waitUntil(lambda: len(ended) == 4)
    assert most == [1, 1, 1, 1]


def test_progress_comes_at_most_twenty_times_a_second_and_ends_with_the_last(qtbot: QtBot, runner: JobRunner) -> None:
    told: list[tuple[int, float]] = []
    runner.progressed.connect(lambda _title, done, _total, _text: told.append((done, time.monotonic())))

    def job(progress: Progress) -> None:
        until = time.monotonic() + 0.5
        step = 0
        while time.monotonic() < until:
            step += 1
            progress.step(step, 10**6, "")
            time.sleep(0.0005)
        progress.step(10**6, 10**6, "")

    with qtbot.waitSignal(runner.finished):
        runner.start("计数", job, lambda _: None)
    assert 3 <= len(told) <= 13
    assert told[-1][0] == 10**6


def test_a_closed_widget_is_told_nothing(qtbot: QtBot, runner: JobRunner) -> None:
    class View(QObject):
        shown: list[Any] = []  # noqa: RUF012

        def show_result(self, result: int) -> None:
            self.shown.append(result)

    import shiboken6

    view = View()
    with qtbot.waitSignal(runner.finished):
        runner.start("测量", lambda _: 1, view.show_result)
        shiboken6.delete(view)
    assert View.shown == []


def test_waiting_for_the_end_stops_the_running_and_drops_the_waiting(qtbot: QtBot, runner: JobRunner) -> None:
    begun: list[str] = []

    def job(progress: Progress) -> None:
        begun.append("一")
        while True:
            progress.step(0, 0, "")
            time.sleep(0.005)

    runner.start("一", job, _never)
    runner.start("二", lambda _: begun.append("二"), _never)
    qtbot.waitUntil(lambda: begun == ["一"])
    assert runner.wait_all(2000)
    assert begun == ["一"]


def test_waiting_for_the_end_gives_up_on_a_job_that_does_not_listen(qtbot: QtBot, runner: JobRunner) -> None:
    release = threading.Event()
    runner.start("不听", lambda _: release.wait(5), lambda _: None)
    began = time.monotonic()
    assert not runner.wait_all(100)
    assert time.monotonic() - began < 1
    release.set()


def test_after_the_end_no_job_begins(qtbot: QtBot, case: OpenCase) -> None:
    context = Context(case, Settings(), JobRunner())
    runner, begun = context.quiet_runner(context), list[str]()

    def job(progress: Progress) -> None:
        begun.append("第一件")
        while not progress.cancelled:
            time.sleep(0.005)

    # What is told of the end of one job, or a timer that goes off meanwhile, may ask for the next.
    runner.finished.connect(lambda: runner.start("更新", lambda _: begun.append("第二件"), lambda _: None))
    runner.start("更新", job, lambda _: None)
    qtbot.waitUntil(lambda: bool(begun))
    context.end()
    assert not runner.busy
    runner.start("更新", lambda _: begun.append("第三件"), lambda _: None)
    assert not runner.busy
    assert begun == ["第一件"], "the case is closed next"


def test_the_bar_shows_what_how_far_and_cancels(qtbot: QtBot, runner: JobRunner) -> None:
    bar = JobBar(runner)
    qtbot.addWidget(bar)
    assert bar.isHidden()

    def job(progress: Progress) -> None:
        while True:
            progress.step(3, 8, "第 3 份")
            time.sleep(0.01)

    runner.start("导出报告", job, _never)
    qtbot.waitUntil(lambda: "导出报告：第 3 份" in _words(bar))
    qtbot.waitUntil(bar.isVisible)
    qtbot.waitUntil(lambda: any("3 / 8，约还需" in words for words in _words(bar)), timeout=6000)
    bar.findChildren(QPushButton)[0].click()
    qtbot.waitUntil(bar.isHidden)
    assert not runner.busy


def test_the_bar_stays_away_from_a_job_too_short_to_read_about(qtbot: QtBot, runner: JobRunner) -> None:
    bar = JobBar(runner)
    qtbot.addWidget(bar)
    with qtbot.waitSignal(runner.finished):
        runner.start("快", lambda _: time.sleep(0.05), lambda _: None)
    qtbot.wait(400)
    assert bar.isHidden()


def _words(bar: JobBar) -> list[str]:
    return [label.text() for label in bar.findChildren(QLabel)]


def _fail(_: Progress) -> None:
    raise UserError("磁盘空间不足，请腾出空间。")


def _never(_: object) -> None:
    pytest.fail("done was called for a job that gave no result")
