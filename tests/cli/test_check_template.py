"""`xuncha check-template`: every fault with its place, one exit code, a copy with comments."""

from pathlib import Path

from docx import Document

from tests.exports.doctor.planting import ROOT, small
from tests.exports.doctor.seeds import LEDGER
from tests.support.commands import Xuncha

SHIPPED = ROOT / "templates_docx"


def test_a_sound_template_is_told_so_with_code_zero(xuncha: Xuncha) -> None:
    for file, title in (
        (SHIPPED / "report.docx", "巡察情况报告"),
        (SHIPPED / "paper.docx", "问题底稿"),
        (LEDGER, "问题台账"),
    ):
        outcome = xuncha("check-template", file)
        assert (outcome.code, outcome.err) == (0, "")
        assert title in outcome.out


def test_faults_are_listed_with_place_and_repair_and_code_three(xuncha: Xuncha, tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", "{{ titel }}", "{{ date }", "｛｛ signature ｝｝")
    outcome = xuncha("check-template", template, "--kind", "report")
    assert outcome.code == 3
    assert [line.split("】")[0] for line in outcome.out.splitlines()] == [
        "1. 【名称",
        "2. 【括号不成对",
        "3. 【全角标点",
    ]
    assert "是否为 `title`" in outcome.out
    assert "有 3 处错误" in outcome.err


def test_json_gives_each_fault_in_fields(xuncha: Xuncha, tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", "｛｛ title ｝｝")
    outcome = xuncha("check-template", template, "--kind", "report", "--json")
    assert outcome.code == 3
    assert outcome.json["kind"] == "report"
    [fault] = [fault for fault in outcome.json["faults"] if fault["stops"]]
    assert (fault["kind"], fault["part"], fault["paragraph"], fault["mends"]) == ("fullwidth", "正文", 2, True)
    assert fault["text"] == "｛｛ title ｝｝"
    assert fault["heading"] == "虚构的标题"


def test_an_annotated_copy_is_written_beside(xuncha: Xuncha, tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", "{{ titel }}")
    before = template.read_bytes()
    target = tmp_path / "批注.docx"
    outcome = xuncha("check-template", template, "--kind", "report", "--annotate", target)
    assert outcome.code == 3
    assert any("是否为 `title`" in comment.text for comment in Document(str(target)).comments)
    assert template.read_bytes() == before


def test_what_cannot_be_done_is_a_sentence(xuncha: Xuncha, tmp_path: Path) -> None:
    missing = xuncha("check-template", tmp_path / "没有.docx")
    assert missing.code == 3
    assert "没有.docx" in missing.err
    template = small(tmp_path / "模板.docx", "{{ titel }}")
    same = xuncha("check-template", template, "--annotate", template)
    assert same.code == 3
    assert "换一个文件名" in same.err
    ledger = xuncha("check-template", LEDGER, "--annotate", tmp_path / "批注.docx")
    assert ledger.code == 3
    assert "单元格" in ledger.err
    assert not (tmp_path / "批注.docx").exists()
