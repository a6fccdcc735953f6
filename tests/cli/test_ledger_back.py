"""`xuncha import ledger-back`: an edited ledger against its case."""

from pathlib import Path

import pytest

from tests.support.commands import Xuncha
from tests.support.returned import FIRST, edited, put


@pytest.fixture
def given_out(demo: Path) -> tuple[Path, Path]:
    """The sample case and its ledger."""
    return demo / "case", demo / "ledger.xlsx"


def test_an_untouched_ledger_has_no_changes(xuncha: Xuncha, given_out: tuple[Path, Path]) -> None:
    case, ledger = given_out
    done = xuncha("import", "ledger-back", case, ledger)
    assert (done.code, done.err) == (0, "")
    assert done.out.splitlines()[0].startswith("没有改动，共对照 ")


def test_clean_changes_are_taken_and_all_others_told(
    xuncha: Xuncha, given_out: tuple[Path, Path], tmp_path: Path
) -> None:
    case, ledger = given_out
    file = edited(ledger, lambda sheet: [put("备注", "请核实")(sheet), put("备注", "也请核实", FIRST + 1)(sheet)])
    dry = xuncha("import", "ledger-back", case, file, "--dry-run", "--json")
    assert dry.code == 3
    assert [change["state"] for change in dry.json["changes"]] == ["locked", "locked"]
    back = tmp_path / "退回.json"
    back.write_text('{"state": "returned", "return_reason": "改"}', encoding="utf-8")
    paper = dry.json["changes"][0]["paper"]
    assert xuncha("set", "paper", paper, case, "--json", back).code == 0
    assert "试读完成：会采用 1 处修改" in xuncha("import", "ledger-back", case, file, "--dry-run").out
    done = xuncha("import", "ledger-back", case, file)
    assert done.code == 3
    assert done.out.splitlines()[0] == "已采用 1 处修改。"
    assert "【已审签】第5行“备注”" in done.out
    assert done.err.startswith("另有 1 处修改不能直接采用")
    notes = {row["id"]: row["note"] for row in xuncha("dump", case).json["paper"]}
    assert notes[paper] == "请核实"
    assert "也请核实" not in notes.values()
