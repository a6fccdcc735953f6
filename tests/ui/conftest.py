"""Every widget test begins in the light theme at the base text size; and what a test of screens works with."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ui import style
from ui.context import Context
from ui.job_runner import JobRunner
from xuncha_desktop.services import lists
from xuncha_desktop.settings import Settings
from xuncha_desktop.store.opening import OpenCase


@pytest.fixture(autouse=True)
def looks(qapp: QApplication) -> Iterator[None]:
    """The light theme at 14 px, whatever a test chose before."""
    style.apply(qapp, "light", 14)
    yield


@pytest.fixture
def context(qapp: QApplication, case: OpenCase) -> Iterator[Context]:
    """What a screen is given: the small case, its only inspection chosen."""
    jobs = JobRunner()
    made = Context(case, Settings(), jobs)
    made.choose_inspection(lists.ids(case.store, lists.Query("inspection"))[0])
    yield made
    assert jobs.wait_all(5000)
    made.end()
