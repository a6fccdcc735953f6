"""`xuncha report-changes`: what changed in the report since a hearing, an export, or between two exports."""

from pathlib import Path
from typing import Any

from tests.support.commands import Xuncha, written


def exported(xuncha: Xuncha, demo: Path) -> dict[str, Any]:
    """The export records of the sample by kind."""
    return {row["kind"]: row for row in xuncha("dump", demo / "case").json["export_record"]}


def test_changes_since_the_last_hearing_or_any_export_are_told(xuncha: Xuncha, demo: Path, tmp_path: Path) -> None:
    case, inspection = demo / "case", exported(xuncha, demo)["report"]["inspection"]
    ask = ("report-changes", case, "--inspection", inspection)
    same = xuncha(*ask)
    assert (same.code, same.err) == (0, "")
    assert same.out.endswith("没有变化\n")
    dump = xuncha("dump", case).json
    [first] = [row["id"] for row in dump["export_record"] if row["kind"] == "report"]
    report = next(row for row in dump["report"] if row["inspection"] == inspection)
    hearing = {"layer": "secretary", "way": "meeting", "held_on": "2999-01-01", "listeners": "市委书记"}
    xuncha("add", "hearing", case, "--json", written(tmp_path, {**hearing, "inspection": inspection}))
    [heard] = xuncha("dump", case).json["hearing"]
    assert heard["export"] == first
    xuncha("set", "report", report["id"], case, "--json", written(tmp_path, {"evaluation": "虚构的新评价。"}))
    told = xuncha(*ask)
    assert told.out.startswith("现在的报告与1月1日书记专题会听取")
    assert told.out.splitlines()[1] == "改动 1 处"
    assert "现：虚构的新评价。" in told.out
    assert xuncha("export", "report", case, "--inspection", inspection, "--out", tmp_path / "新.docx").code == 0
    second = next(
        row["id"]
        for row in xuncha("dump", case).json["export_record"]
        if row["kind"] == "report" and row["id"] != first
    )
    assert xuncha(*ask, "--since", second, "--json").json["changes"] == []
    found = xuncha(*ask, "--until", second, "--json").json
    assert (found["since"], found["until"], found["counts"]["text"]) == (first, second, 1)
    [change] = found["changes"]
    assert (change["kind"], change["label"], change["new"]) == ("text", "总体评价", "虚构的新评价。")


def test_what_cannot_be_compared_says_why(xuncha: Xuncha, case_folder: Path) -> None:
    [inspection] = [row["id"] for row in xuncha("dump", case_folder).json["inspection"]]
    never = xuncha("report-changes", case_folder, "--inspection", inspection)
    assert never.code == 3
    assert "还没有导出过" in never.err
    assert xuncha("report-changes", case_folder).code == 2


def test_an_export_of_another_document_is_refused(xuncha: Xuncha, demo: Path) -> None:
    records = exported(xuncha, demo)
    ledger, inspection = records["ledger"]["id"], records["report"]["inspection"]
    refused = xuncha("report-changes", demo / "case", "--inspection", inspection, "--since", ledger)
    assert refused.code == 3
    assert f"没有编号为 {ledger} 的报告导出记录" in refused.err
