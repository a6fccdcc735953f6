"""The door for newcomers: what it installs, when, and what it answers."""

import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest

import dev

PYPROJECT = """
[project]
dependencies = ["needed>=1"]
[project.optional-dependencies]
dev = ["tester>=2"]
"""


class Calls:
    """Notes what would be run, and answers with the exit codes it was given."""

    def __init__(self) -> None:
        self.made: list[tuple[str, ...]] = []
        self.answers: dict[str, int] = {}

    def __call__(self, *command: str | Path, **_: object) -> int:
        self.made.append(tuple(map(str, command)))
        return next((code for word, code in self.answers.items() if word in self.made[-1]), 0)

    def run(self, command: list[str | Path], **options: object) -> SimpleNamespace:
        return SimpleNamespace(returncode=self(*command, **options))


@pytest.fixture
def calls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Calls:
    """A project of its own, in which nothing is really run."""
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    (tmp_path / "constraints.txt").write_text("needed==1.5\n")
    made = Calls()
    for name, value in {
        "ROOT": tmp_path,
        "STAMP": tmp_path / "installed.txt",
        "SAMPLE": tmp_path / "build/sample",
    }.items():
        monkeypatch.setattr(dev, name, value)
    monkeypatch.setattr(dev, "call", made)
    return made


def test_the_same_packages_are_installed_once(calls: Calls) -> None:
    for tests in (True, True, False):
        dev.install_packages(tests=tests)
    assert [command[-2:] for command in calls.made] == [("needed>=1", "tester>=2")]


def test_what_the_tests_need_is_added_to_what_the_program_needs(calls: Calls) -> None:
    for tests in (False, True):
        dev.install_packages(tests=tests)
    assert [command[-1] for command in calls.made] == ["needed>=1", "tester>=2"]


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml"])
def test_a_changed_pin_or_requirement_is_installed(calls: Calls, name: str) -> None:
    dev.install_packages(tests=False)
    file = dev.ROOT / name
    file.write_text(file.read_text().replace("1", "3"))
    dev.install_packages(tests=False)
    assert len(calls.made) == 2


def test_an_installation_that_failed_is_tried_again(calls: Calls) -> None:
    calls.answers["pip"] = 1
    for _ in range(2):
        with pytest.raises(dev.Trouble, match="依赖没有装上"):
            dev.install_packages(tests=False)
    assert len(calls.made) == 2


def test_all_checks_run_and_the_first_failure_is_the_exit_code(calls: Calls, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(subprocess, "run", calls.run)
    calls.answers |= {"basedpyright": 3, "--check": 7}
    assert dev.run_checks() == (7, ["ruff format", "basedpyright"])
    assert len(calls.made) == 4


def test_a_complete_sample_is_kept(calls: Calls) -> None:
    (dev.SAMPLE / "case").mkdir(parents=True)
    for name in ("report.docx", "ledger.xlsx"):
        (dev.SAMPLE / name).touch()
    dev.make_sample()
    assert calls.made == []


def test_an_incomplete_sample_is_moved_aside_and_never_removed(calls: Calls) -> None:
    (dev.SAMPLE / "case").mkdir(parents=True)
    (dev.SAMPLE / "case/mine.txt").write_text("kept")
    dev.make_sample()
    assert [command[1:3] for command in calls.made] == [("xuncha_desktop", "demo")]
    assert [file.read_text() for file in dev.SAMPLE.parent.glob("sample-*/case/mine.txt")] == ["kept"]


@pytest.mark.parametrize(
    ("apt", "user", "told"),
    [(None, 0, "请用本系统的软件管理安装：libegl1 libgl1"), ("apt-get", 1000, "apt-get install libegl1 libgl1")],
)
def test_who_cannot_install_system_packages_is_told_their_names(
    apt: str | None, user: int, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = Calls()
    monkeypatch.setattr(subprocess, "run", ran.run)
    monkeypatch.setattr("shutil.which", lambda _: apt)
    monkeypatch.setattr("os.geteuid", lambda: user, raising=False)
    dev.install_on_debian(["libegl1", "libgl1"])
    assert capsys.readouterr().out.strip().endswith(told)
    assert ran.made == []


@pytest.mark.parametrize(
    ("platform", "environment", "seen"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("linux", {"DISPLAY": ":0", "QT_QPA_PLATFORM": "offscreen"}, False),
        ("win32", {}, True),
    ],
)
def test_a_window_is_opened_only_where_someone_can_see_it(
    platform: str, environment: dict[str, str], seen: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.platform", platform)
    assert dev.has_display() is seen


@pytest.mark.parametrize("words", [["nonsense"], ["run", "fast"], ["check", "-k", "x"]])
def test_a_command_it_does_not_know_is_answered_with_the_help(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert dev.main(words) == 2
    assert capsys.readouterr().err == dev.HELP


def test_the_help_names_every_command_and_asking_for_it_is_no_failure(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 0
    shown = capsys.readouterr().out
    assert all(f"dev.py {name} " in shown for name in dev.COMMANDS)


def test_trouble_is_told_in_one_sentence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def fail(_: object) -> int:
        raise dev.Trouble("没有网络。")

    monkeypatch.setitem(dev.COMMANDS, "run", (fail, False))
    assert dev.main(["run"]) == 1
    assert capsys.readouterr().err == "没有网络。\n"


@pytest.mark.parametrize(("display", "opened"), [(True, [("-m", "xuncha_desktop")]), (False, [])])
def test_a_new_user_comes_to_the_start_page_without_the_sample(
    display: bool, opened: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    called: list[tuple[str, ...]] = []
    monkeypatch.setattr(dev, "set_up", lambda *, tests: None)
    monkeypatch.setattr(dev, "has_display", lambda: display)
    monkeypatch.setattr(dev, "call", lambda *words: called.append(words) or 0)
    assert dev.main(["new"]) == 0
    assert called == opened
