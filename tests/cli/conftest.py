"""The command line with the small case, closed, and its password given."""

from pathlib import Path

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.commands import Xuncha, runner, written


@pytest.fixture
def xuncha(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Xuncha:
    monkeypatch.setenv("XUNCHA_PASSWORD", PASSWORD)
    return runner(capsys)


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
