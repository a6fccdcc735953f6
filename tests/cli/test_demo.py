"""The sample from end to end: made, exported, checked, backed up, restored, exported again."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

from tests.support.commands import Xuncha, make_demo, written
from xuncha_desktop import rich
from xuncha_desktop.exports.catalog import DOCUMENTS
from xuncha_desktop.exports.word.check import read_text

PASSWORD = "demo-password"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which `demo` ran once; copy what you change."""
    return make_demo(tmp_path_factory.mktemp("demo"), "--pictures", "3")


@pytest.fixture
def sample(made: Path, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The sample case, a copy for one test."""
    monkeypatch.setenv("XUNCHA_PASSWORD", PASSWORD)
    shutil.copytree(made / "home", home, dirs_exist_ok=True)
    yield shutil.copytree(made / "sample" / "case", tmp_path / "case")


def main_inspection(xuncha: Xuncha, case: Path) -> str:
    listed = xuncha("info", case, "--json").json["inspections"]
    return next(row["id"] for row in listed if "平湖镇" in row["name"])


def paragraphs(file: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(file)).paragraphs)


def test_the_demo_lies_where_the_readme_says_and_says_it_is_fictitious(made: Path) -> None:
    folder = made / "sample"
    assert sorted(file.name for file in folder.iterdir()) == ["case", "ledger.xlsx", "report.docx"]
    note = (folder / "case" / "案卷说明.txt").read_text(encoding="utf-8")
    assert "虚构" in note
    assert f"\nsample-password: {PASSWORD}\n" in note


def test_the_start_page_reads_the_password_from_the_note(made: Path) -> None:
    from ui.start import sample_note

    found = sample_note.read(made / "sample" / "case")
    assert found is not None
    assert found.password == PASSWORD


def test_the_demo_is_sound_and_counts_what_it_was_asked_for(xuncha: Xuncha, sample: Path) -> None:
    info = xuncha("info", sample, "--json").json
    assert info["sample"] is True
    assert info["counts"]["paper"] == 46
    assert info["counts"]["evidence"] == 53
    assert info["counts"]["export_record"] == 2
    checked = xuncha("verify", sample, "--json")
    assert (checked.code, checked.json) == (0, {"sound": True, "findings": []})


def test_the_report_holds_every_approved_problem_word_for_word(xuncha: Xuncha, sample: Path, made: Path) -> None:
    dump = xuncha("dump", sample).json
    inspection = main_inspection(xuncha, sample)
    ours = [paper for paper in dump["paper"] if paper["inspection"] == inspection]
    counted = [p for p in ours if p["state"] == "approved" and p["destination"] == "report"]
    text = read_text(made / "sample" / "report.docx")
    assert len(counted) == 18
    for paper in counted:
        blocks = [*rich.blocks(paper["overview"]), *rich.blocks(paper["typical_case"])]
        said = [rich.words_of(runs) for block in blocks for runs in rich.parts(block)]
        assert re.search("\\s+".join(map(re.escape, filter(None, said))), text), paper["title"]
    for paper in ours:
        assert (paper in counted) == (paper["title"] in text)
    assert "驻点期间，累计开展个别谈话8人次，发放问卷123份，调阅资料6份，走访群众135户，" in text
    assert "2026年3月2日至4月30日，市委第一巡察组对平湖镇党委开展了常规巡察。" in text


def test_the_ledger_sums_what_the_papers_say(xuncha: Xuncha, sample: Path, made: Path) -> None:
    dump = xuncha("dump", sample).json
    inspection = main_inspection(xuncha, sample)
    counted = [
        p
        for p in dump["paper"]
        if p["inspection"] == inspection and p["state"] == "approved" and p["destination"] == "report"
    ]
    sheet = load_workbook(made / "sample" / "ledger.xlsx", data_only=True)["问题台账"]
    rows = [row for row in sheet.iter_rows(min_row=4, values_only=True) if isinstance(row[0], int)]
    assert [row[0] for row in rows] == list(range(1, 19))
    assert sorted(str(row[1]) for row in rows) == sorted(paper["official_number"] for paper in counted)
    total = next(row for row in sheet.iter_rows(min_row=4, values_only=True) if row[0] == "合计")
    assert total[16] == pytest.approx(sum(paper["amount"] or 0 for paper in counted) / 1_000_000)


def test_a_backup_carried_away_comes_back_as_an_equal_case(xuncha: Xuncha, sample: Path, tmp_path: Path) -> None:
    (tmp_path / "U盘").mkdir()
    away = xuncha("backup", sample, "--to", tmp_path / "U盘", "--json")
    assert away.code == 0, away.err
    shutil.copytree(sample, tmp_path / "before")
    restored = xuncha("restore", away.json["backup"], tmp_path / "恢复", "--json")
    assert (restored.code, restored.json["lacking"]) == (0, [])
    there, here = xuncha("dump", tmp_path / "恢复").json, xuncha("dump", sample).json
    assert {entity: rows for entity, rows in there.items() if entity != "replica"} == {
        entity: rows for entity, rows in here.items() if entity != "replica"
    }
    assert len(there["replica"]) == len(here["replica"]) + 1
    assert xuncha("verify", tmp_path / "恢复").code == 0


def test_a_backup_at_home_is_the_last_one_that_info_names(xuncha: Xuncha, sample: Path) -> None:
    made = xuncha("backup", sample, "--json").json["backup"]
    assert Path(made).is_dir()
    assert xuncha("info", sample, "--json").json["last_backup"] is not None


def test_lost_evidence_is_found_and_named_with_code_three(xuncha: Xuncha, sample: Path) -> None:
    lost = next(file for file in sorted((sample / "blobs").rglob("*")) if file.is_file())
    lost.unlink()
    outcome = xuncha("verify", sample, "--json")
    assert outcome.code == 3
    assert len(outcome.json["findings"]) == 1
    assert "1 处问题" in outcome.err


def test_an_unfinished_restore_leaves_nothing(xuncha: Xuncha, sample: Path, tmp_path: Path) -> None:
    assert xuncha("restore", tmp_path / "没有", tmp_path / "恢复").code == 3
    made = xuncha("backup", sample, "--json").json["backup"]
    outcome = xuncha("restore", made, sample)
    assert outcome.code == 3
    assert "不是空的" in outcome.err
    assert not (tmp_path / "恢复").exists()


def test_exports_need_the_id_that_fits_and_a_file_name_that_fits(xuncha: Xuncha, sample: Path, tmp_path: Path) -> None:
    inspection = main_inspection(xuncha, sample)
    for kind, option, record, name, says in (
        ("report", "--paper", inspection, "a.docx", "--inspection"),
        ("paper", "--inspection", inspection, "a.docx", "--paper"),
        ("report", "--inspection", "没有", "a.docx", "没有编号为 没有 的巡察任务"),
        ("paper", "--paper", "没有", "a.docx", "没有编号为 没有 的问题底稿"),
        ("ledger", "--inspection", inspection, "a.docx", ".xlsx"),
        ("report", "--inspection", inspection, "没有/a.docx", "没有"),
    ):
        outcome = xuncha("export", kind, sample, option, record, "--out", tmp_path / name)
        assert outcome.code == 3
        assert says in outcome.err
    assert not list(tmp_path.glob("a.*"))


def test_a_paper_is_exported_with_its_pictures_and_the_export_is_recorded(
    xuncha: Xuncha, sample: Path, tmp_path: Path
) -> None:
    dump = xuncha("dump", sample).json
    photos = {row["id"] for row in dump["evidence"] if row["kind"] == "photo"}
    paper = next(
        p for p in dump["paper"] if p["official_number"] and any(c["evidence"] in photos for c in p["citations"])
    )
    outcome = xuncha("export", "paper", sample, "--paper", paper["id"], "--out", tmp_path / "底稿.docx", "--json")
    assert outcome.code == 0, outcome.err
    shown = {c["evidence"] for c in paper["citations"]} & photos
    assert len(Document(str(tmp_path / "底稿.docx")).inline_shapes) == len(shown)
    record = xuncha("dump", sample).json["export_record"][-1]
    assert (record["kind"], record["name"], record["papers"]) == ("paper", "底稿.docx", 1)
    assert record["member"] == next(row["id"] for row in dump["member"] if row["role"] == "leader")


def test_documents_are_listed_and_papers_go_out_one_by_one(xuncha: Xuncha, sample: Path, tmp_path: Path) -> None:
    listed = xuncha("export", "--list")
    assert listed.code == 0
    assert [line.split()[0] for line in listed.out.splitlines()] == [document.kind for document in DOCUMENTS]
    as_json = xuncha("export", "--list", "--json").json["documents"]
    assert [each["kind"] for each in as_json] == [document.kind for document in DOCUMENTS]
    assert all(each["title"] and each["suffix"] in (".docx", ".xlsx") for each in as_json)
    inspection, folder = main_inspection(xuncha, sample), tmp_path / "逐份"
    outcome = xuncha("export", "papers", sample, "--inspection", inspection, "--out", folder, "--json")
    assert outcome.code == 0, outcome.err
    approved = [
        row
        for row in xuncha("dump", sample).json["paper"]
        if row["inspection"] == inspection and row["state"] in ("approved", "adopted")
    ]
    assert len(outcome.json["files"]) == len(approved) == len(list(folder.glob("*.docx")))
    assert sum(row["kind"] == "paper" for row in xuncha("dump", sample).json["export_record"]) == len(approved)


def test_a_second_demo_does_not_touch_the_first(xuncha: Xuncha, made: Path) -> None:
    before = {file: file.stat().st_mtime_ns for file in (made / "sample").rglob("*")}
    outcome = xuncha("demo", made / "sample")
    assert outcome.code == 3
    assert "不是空的" in outcome.err
    assert {file: file.stat().st_mtime_ns for file in (made / "sample").rglob("*")} == before


def test_a_new_report_text_is_in_the_next_export(xuncha: Xuncha, sample: Path, tmp_path: Path) -> None:
    dump = xuncha("dump", sample).json
    inspection = main_inspection(xuncha, sample)
    report = next(row["id"] for row in dump["report"] if row["inspection"] == inspection)
    change = written(tmp_path, {"opening": "巡察期间另有说明。", "suggestions": "甲\n乙"})
    assert xuncha("set", "report", report, sample, "--json", change).code == 0
    target = tmp_path / "报告.docx"
    assert xuncha("export", "report", sample, "--inspection", inspection, "--out", target).code == 0
    text = paragraphs(target)
    assert "\n巡察期间另有说明。\n" in text
    assert "\n（一）甲\n（二）乙\n" in text
