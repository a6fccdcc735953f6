"""Exit codes and sentences: wrong usage is 2, what a user can mend is 3, and neither is a traceback."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.commands import Xuncha, written
from xuncha_desktop import __main__, cli


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((), "缺少：命令"),
        (("export", "report", "案卷"), "缺少：--out"),
        (("export", "letter", "案卷"), "KIND 不能是“letter”，可用：report、ledger"),
        (("export", "report", "案卷", "--out", "x.docx"), "要给出其中之一：--inspection --record --paper"),
        (("export", "report", "案卷", "--out", "x", "--paper", "1", "--inspection", "2"), "不能与"),
        (("demo", "文件夹", "--papers", "0"), "--papers 的值“0”不对"),
        (("demo", "文件夹", "--papers", "很多"), "--papers 的值“很多”不对"),
        (("info", "案卷", "--passwd", "x"), "不认识：--passwd x"),
        (("info", "案卷", "--password", "x"), "不认识：--password x"),
        (("info", "案卷", "--member"), "--member 后面缺少内容"),
        (("add", "paper", "案卷"), "缺少：--json"),
        (("new", "案卷"), "缺少：--json"),
        (("dump",), "缺少：CASE"),
    ],
)
def test_wrong_usage_is_told_in_one_chinese_line_with_code_two(
    xuncha: Xuncha, arguments: tuple[str, ...], says: str
) -> None:
    outcome = xuncha(*arguments)
    assert outcome.code == 2
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
    assert outcome.err.count("用法") == 1
    assert outcome.out == ""


@pytest.mark.parametrize("command", cli.COMMANDS)
def test_every_command_explains_itself_in_chinese(xuncha: Xuncha, command: str) -> None:
    outcome = xuncha(command, "--help")
    assert outcome.code == 0
    assert outcome.out.startswith(f"用法：xuncha {command} ")
    assert "usage" not in outcome.out


def test_the_commands_of_the_help_are_those_that_need_no_window(xuncha: Xuncha) -> None:
    listed = [line.split()[0] for line in xuncha("--help").out.splitlines() if line.startswith("    ")]
    assert sorted(listed) == sorted(cli.COMMANDS)


def test_a_case_that_is_not_there_is_a_sentence_with_code_three(xuncha: Xuncha, tmp_path: Path) -> None:
    outcome = xuncha("info", tmp_path / "没有")
    assert outcome.code == 3
    assert "没有" in outcome.err
    assert "Traceback" not in outcome.err
    assert not (tmp_path / "没有").exists()


def test_a_wrong_password_changes_nothing(xuncha: Xuncha, case_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = {file: file.read_bytes() for file in case_folder.glob("*.db")}
    monkeypatch.setenv("XUNCHA_PASSWORD", "不是这个")
    outcome = xuncha("dump", case_folder)
    assert (outcome.code, outcome.out) == (3, "")
    assert "口令不正确" in outcome.err
    assert before
    assert {file: file.read_bytes() for file in case_folder.glob("*.db")} == before


def test_the_password_is_read_from_the_first_line_of_a_file_before_the_environment(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XUNCHA_PASSWORD", "不是这个")
    file = tmp_path / "口令.txt"
    file.write_text(f"{PASSWORD}\n第二行\n", encoding="utf-8")
    assert xuncha("info", case_folder, "--password-file", file).code == 0
    missing = xuncha("info", case_folder, "--password-file", tmp_path / "没有.txt")
    assert missing.code == 3
    assert "没有.txt" in missing.err


def test_without_a_terminal_a_missing_password_is_asked_for_by_name(
    xuncha: Xuncha, case_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XUNCHA_PASSWORD")
    monkeypatch.setattr(sys, "stdin", io.StringIO())
    outcome = xuncha("info", case_folder)
    assert outcome.code == 3
    assert "XUNCHA_PASSWORD" in outcome.err


def test_at_a_terminal_the_password_is_prompted_for(
    xuncha: Xuncha, case_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XUNCHA_PASSWORD")
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    asked: list[str] = []
    monkeypatch.setattr("getpass.getpass", lambda words: asked.append(words) or PASSWORD)
    assert xuncha("info", case_folder).code == 0
    assert asked == ["口令："]


def test_an_unknown_member_is_told_the_codes_there_are(xuncha: Xuncha, case_folder: Path) -> None:
    outcome = xuncha("info", case_folder, "--member", "ABC")
    assert outcome.code == 3
    assert "JXG、YXG" in outcome.err


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('{"title": ', "第 1 行第 11 列"),
        ('{\n  "title": "a" "b"}', "第 2 行第 16 列"),
        ("[1, NaN]", "NaN"),
        ("[" * 100_000, "层次太深"),
    ],
)
def test_broken_json_is_told_with_its_place(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "坏.json"
    file.write_text(text, encoding="utf-8")
    outcome = xuncha("add", "paper", case_folder, "--json", file)
    assert outcome.code == 3
    assert "坏.json" in outcome.err
    assert says in outcome.err


def test_json_that_is_no_utf8_or_not_there_is_told(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    file = tmp_path / "国标.json"
    file.write_bytes('{"title": "标题"}'.encode("gb18030"))
    assert "UTF-8" in xuncha("add", "paper", case_folder, "--json", file).err
    assert "没有.json" in xuncha("add", "paper", case_folder, "--json", tmp_path / "没有.json").err


def test_a_folder_that_cannot_be_written_is_a_sentence(xuncha: Xuncha, tmp_path: Path) -> None:
    file = tmp_path / "文件"
    file.touch()
    outcome = xuncha("demo", file / "里面")
    assert outcome.code == 3
    assert "文件" in outcome.err
    assert "Traceback" not in outcome.err


def test_fields_name_what_every_record_holds(xuncha: Xuncha) -> None:
    outcome = xuncha("fields", "--json")
    assert outcome.code == 0
    known = outcome.json
    assert {"paper", "citation", "evidence", "unit", "report", "check_result"} <= set(known)
    assert "link" not in known
    assert all({"name", "label", "kind", "required", "help"} <= set(row) for rows in known.values() for row in rows)
    by_name = {row["name"]: row for row in known["paper"]}
    assert by_name["overview"]["kind"] == "richtext"
    assert by_name["overview"]["required"] is True
    assert by_name["state"]["choices"]["approved"] == "已审签"
    assert by_name["citations"]["target"] == "citation"
    assert set(xuncha("fields", "paper", "--json").json) == {"paper"}
    assert "底稿名称" in xuncha("fields", "paper").out


def test_fields_of_nothing_known_name_what_is_known(xuncha: Xuncha) -> None:
    outcome = xuncha("fields", "papers")
    assert outcome.code == 3
    assert "papers" in outcome.err
    assert "paper、" in outcome.err


def test_a_command_goes_to_the_command_line_and_all_else_to_the_window(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["xuncha", "fields", "unit"])
    assert __main__.main() == 0
    assert "全称" in capsys.readouterr().out
    opened: list[list[str]] = []
    monkeypatch.setattr("ui.app.main", lambda arguments: opened.append(arguments) or 0)
    monkeypatch.setattr(sys, "argv", ["xuncha", "某案卷"])
    assert __main__.main() == 0
    assert opened == [["某案卷"]]


def test_what_the_command_line_prints_survives_a_narrow_console(tmp_path: Path, case_folder: Path) -> None:
    source = written(tmp_path, {"title": "𠮷😀é"})
    run = [sys.executable, "-m", "xuncha_desktop"]
    environment = {"PYTHONIOENCODING": "ascii", "XUNCHA_PASSWORD": PASSWORD, "XUNCHA_HOME": str(tmp_path / "home")}
    added = subprocess.run(
        [*run, "add", "paper", str(case_folder), "--json", str(source)], env=environment, capture_output=True
    )
    assert added.returncode == 0, added.stderr.decode()
    dumped = subprocess.run([*run, "dump", str(case_folder)], env=environment, capture_output=True)
    assert json.loads(dumped.stdout.decode())["paper"][0]["title"] == "𠮷😀é"


def test_nothing_of_the_window_is_imported_by_the_command_line() -> None:
    code = (
        "import sys; from xuncha_desktop import cli; cli.main(['fields']); "
        "sys.exit(any(name.startswith(('PySide6', 'ui.')) for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0


def test_the_entry_is_light_until_a_command_runs() -> None:
    code = (
        "import sys; from xuncha_desktop import cli; sys.exit('sqlalchemy' in sys.modules or 'argparse' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True).returncode == 0
