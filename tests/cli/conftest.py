"""The command line with the small case, closed, and its password given."""

import shutil
from pathlib import Path

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.commands import Xuncha, make_demo, runner, written
from xuncha_desktop.services import sample


@pytest.fixture
def xuncha(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Xuncha:
    monkeypatch.setenv("XUNCHA_PASSWORD", PASSWORD)
    return runner(capsys)


@pytest.fixture(scope="session")
def small_demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `demo` made a sample with eight papers, once; copy it, never change it."""
    return make_demo(tmp_path_factory.mktemp("demo"), "--papers", "8")


@pytest.fixture
def demo(small_demo: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample's folder, a copy for one test: `case`, `report.docx` and `ledger.xlsx`; its password is given."""
    monkeypatch.setenv("XUNCHA_PASSWORD", sample.PASSWORD)
    shutil.copytree(small_demo / "home", home, dirs_exist_ok=True)
    return Path(shutil.copytree(small_demo / "sample", tmp_path / "示例"))


@pytest.fixture
def refs(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> dict[str, str]:
    """Ids that a whole paper names; evidence is added for it."""
    dump = xuncha("dump", case_folder).json
    picture = tmp_path / "现场.txt"
    picture.write_text("虚构的材料", encoding="utf-8")
    source = written(tmp_path, {"kind": "document", "file": picture.name}, "evidence.json")
    return {
        "inspection": dump["inspection"][0]["id"],
        "round": dump["round"][0]["id"],
        "problem_type": next(row["id"] for row in dump["problem_type"] if row["code"] == "A101"),
        "evidence": xuncha("add", "evidence", case_folder, "--json", source).json["ids"][0],
        "leader": next(row["id"] for row in dump["member"] if row["code"] == "JXG"),
        "handler": next(row["id"] for row in dump["member"] if row["code"] == "YXG"),
    }
