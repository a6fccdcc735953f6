"""What every test runs under: no screen, no network, a home of its own; and a case to work in."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import gc
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.small_case import build
from xuncha_desktop import paths
from xuncha_desktop.services import cases
from xuncha_desktop.store import opening
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.store import Store


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Kill tests first: they take longest, and forking takes three times as long in a process that has grown."""
    items.sort(key=lambda item: item.get_closest_marker("crash") is None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays, and no collection looks through it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def all_garbage() -> Iterator[None]:
    """What is left of a file's tests goes with them."""
    yield
    gc.collect()


@pytest.fixture(autouse=True)
def garbage() -> Iterator[None]:
    """Collected between tests: left to itself the collector takes a quarter of their time, and on any thread."""
    gc.disable()
    yield
    gc.collect(1)


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A settings folder of the test's own; the laptop, as far as the program can tell."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv(paths.HOME_VARIABLE, str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program talks to no network: any connection, loopback included, fails the test."""

    def refuse(*_: Any) -> NoReturn:
        pytest.fail("a network connection was opened")

    for name in ("connect", "connect_ex", "bind", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.fixture(scope="session")
def small_case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed case with a small plan, made once; copy it, never open it."""
    folder = tmp_path_factory.mktemp("small") / "案卷"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder.parent / "home"))
        build(folder)
    return folder


@pytest.fixture
def case_folder(small_case: Path, home: Path, tmp_path: Path) -> Path:
    """The small case's folder as this laptop left it, closed: a copy for this test alone."""
    shutil.copytree(small_case.parent / "home", home, dirs_exist_ok=True)
    return Path(shutil.copytree(small_case, tmp_path / "案卷"))


@pytest.fixture
def case(case_folder: Path) -> Iterator[OpenCase]:
    """The small case, open, with its leader at work."""
    opened = opening.open_case(case_folder, PASSWORD)
    cases.choose_member(opened.store)
    yield opened
    opened.close()


@pytest.fixture
def store(case: OpenCase) -> Store:
    """The store of the small case."""
    return case.store
