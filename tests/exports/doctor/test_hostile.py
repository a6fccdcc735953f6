"""Templates made to do harm: nothing is run, each gets a sentence, from the doctor and from an export."""

import builtins
import os
import socket
import subprocess
import time
from pathlib import Path

import pytest

from tests.exports.doctor.hostile import CLOSED, OPENED, SHEETS, WORD, field, with_formula
from tests.exports.doctor.planting import changed, small
from tests.exports.sample_documents import sample_report
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import dangers
from xuncha_desktop.exports.catalog import BY_KIND
from xuncha_desktop.exports.declared import SheetsDeclared
from xuncha_desktop.exports.doctor.annotating import annotate
from xuncha_desktop.exports.doctor.doctor import examine
from xuncha_desktop.exports.excel.fill import SheetRows, fill
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

_SECONDS = 10  # a busy machine; none takes one


@pytest.fixture(autouse=True)
def closed_world(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Notes what no template may reach."""
    reached: list[str] = []
    real_open = builtins.open

    def opened(file: object, *rest: object, **named: object) -> object:
        if str(file).startswith(("/etc/passwd", "\\\\")):
            reached.append(str(file))
        return real_open(file, *rest, **named)  # pyright: ignore

    monkeypatch.setattr(builtins, "open", opened)
    monkeypatch.setattr(os, "popen", lambda *_: reached.append("popen"))
    monkeypatch.setattr(os, "system", lambda *_: reached.append("system"))
    monkeypatch.setattr(subprocess, "Popen", lambda *_, **__: reached.append("Popen"))
    monkeypatch.setattr(socket, "create_connection", lambda *_, **__: reached.append("socket"))
    return reached


def test_there_are_more_than_twenty() -> None:
    assert len(WORD) + len(SHEETS) >= 20


@pytest.mark.parametrize("name", WORD)
def test_the_doctor_names_what_a_hostile_template_holds(tmp_path: Path, name: str, closed_world: list[str]) -> None:
    template = WORD[name](tmp_path / "模板.docx")
    begun = time.monotonic()
    diagnosis = examine(template, BY_KIND["report"])
    assert time.monotonic() - begun < _SECONDS
    assert diagnosis.serious
    assert all(fault.cause and fault.advice for fault in diagnosis.faults)
    assert closed_world == []
    assert sorted(file.name for file in tmp_path.iterdir()) == ["模板.docx"]


@pytest.mark.parametrize("name", WORD)
def test_an_export_from_a_hostile_template_is_refused_with_a_sentence(
    tmp_path: Path, name: str, closed_world: list[str]
) -> None:
    template = WORD[name](tmp_path / "模板.docx")
    begun = time.monotonic()
    with pytest.raises(UserError) as refused:
        render(template, sample_report(2).to_template(), tmp_path / "出.docx", Progress())
    assert time.monotonic() - begun < _SECONDS
    assert "模板" in str(refused.value)
    assert "Traceback" not in str(refused.value)
    assert closed_world == []
    assert sorted(file.name for file in tmp_path.iterdir()) == ["模板.docx"]


@pytest.mark.parametrize("name", SHEETS)
def test_a_hostile_ledger_is_named_and_refused(tmp_path: Path, name: str) -> None:
    template = SHEETS[name](tmp_path / "模板.xlsx")
    assert {fault.kind for fault in examine(template, BY_KIND["ledger"]).serious} == {"danger"}
    declared = BY_KIND["ledger"].template
    assert isinstance(declared, SheetsDeclared)
    titles = declared.sheets()["问题台账"].titles
    with pytest.raises(UserError):
        fill(template, tmp_path / "出.xlsx", [SheetRows("问题台账", titles, ())], Progress())
    assert sorted(file.name for file in tmp_path.iterdir()) == ["模板.xlsx"]


@pytest.mark.parametrize(
    "words",
    [" PAGE ", " NUMPAGES \\* MERGEFORMAT", "=SUM(ABOVE)", 'HYPERLINK "https://a.invalid"', "TOC 1-3", ""],
)
def test_a_harmless_field_is_no_danger(tmp_path: Path, words: str) -> None:
    template = small(tmp_path / "模板.docx", "这里", "{{ title }}")
    changed(template, {"word/document.xml": lambda old: old.replace("这里".encode(), field(words).encode())})
    assert list(dangers.search(template)) == []


def test_a_field_inside_another_is_no_danger_as_such(tmp_path: Path) -> None:
    inner = f"IF {CLOSED}{field('PAGE')}{OPENED} = 1 一 二"
    template = small(tmp_path / "模板.docx", "这里")
    changed(template, {"word/document.xml": lambda old: old.replace("这里".encode(), field(inner).encode())})
    assert list(dangers.search(template)) == []


@pytest.mark.parametrize("formula", ['="甲|乙"', '=HYPERLINK("#问题台账!A1","回到开头")', "=SUM(A1:A2)", '="IMAGE("'])
def test_a_harmless_formula_is_no_danger(tmp_path: Path, formula: str) -> None:
    assert list(dangers.search(with_formula(formula)(tmp_path / "模板.xlsx"))) == []


def test_a_name_that_is_no_formula_is_told_and_refused_in_words(tmp_path: Path) -> None:
    declared = BY_KIND["ledger"].template
    assert isinstance(declared, SheetsDeclared)
    template = tmp_path / "模板.xlsx"
    template.write_bytes(declared.shipped().read_bytes())
    name = "</sheets><definedNames><definedName name='甲'>甲'乙'!A1</definedName>"
    ours, plain = b"</sheets><definedNames>", b"</sheets>"
    changed(
        template,
        {"xl/workbook.xml": lambda old: old.replace(ours if ours in old else plain, name.encode())},
    )
    told = [fault.words() for fault in examine(template, BY_KIND["ledger"]).serious]
    assert len(told) == 1
    assert "不能读取的公式" in told[0]


@pytest.mark.parametrize("name", ["dde-field", "macro", "ole", "xxe"])
def test_no_annotated_copy_carries_harm_on(tmp_path: Path, name: str) -> None:
    template = WORD[name](tmp_path / "模板.docx")
    with pytest.raises(UserError, match="没有写批注"):
        annotate(template, examine(template, BY_KIND["report"]), tmp_path / "批注.docx")
    assert not (tmp_path / "批注.docx").exists()
