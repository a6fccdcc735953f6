"""An export says which official faces this computer lacks and nobody has chosen another one for."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.commands import Xuncha
from xuncha_desktop import faces, paths, settings
from xuncha_desktop.settings import OFFICIAL_FACES, Settings

_CONFIG = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>{folder}</dir><cachedir>{folder}/cache</cachedir>
<match target="scan"><edit name="family" mode="assign"><string>黑体</string><string>SimSun</string></edit></match>
</fontconfig>"""


@pytest.fixture
def two_faces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system lists 黑体 and SimSun, and no other face."""
    if not shutil.which("fc-list"):
        pytest.skip("fc-list, which lists the installed faces, is not here")
    listed = subprocess.run(["fc-list", "--format", "%{file}\n"], capture_output=True, encoding="utf-8", check=True)
    folder = tmp_path / "fonts"
    folder.mkdir()
    shutil.copy(listed.stdout.splitlines()[0], folder)
    (tmp_path / "fonts.conf").write_text(_CONFIG.format(folder=folder), encoding="utf-8")
    monkeypatch.setenv("FONTCONFIG_FILE", str(tmp_path / "fonts.conf"))


@pytest.mark.usefixtures("two_faces")
def test_an_export_names_the_faces_that_are_missing(
    xuncha: Xuncha, case_folder: Path, refs: dict[str, str], tmp_path: Path
) -> None:
    def exported(kind: str, file: str) -> str:
        done = xuncha(
            "export", kind, case_folder, "--inspection", refs["inspection"], "--out", tmp_path / file, "--draft"
        )
        assert done.code == 0
        return done.err

    told = "这台电脑没有方正小标宋简体、仿宋_GB2312、楷体_GB2312；请在装有这些字体的电脑上打印，"
    assert exported("report", "报告.docx").startswith(told)
    assert exported("ledger", "台账.xlsx") == ""
    settings.save(Settings(font_faces={**OFFICIAL_FACES, "仿宋": "某体", "楷体": "某体"}), paths.settings_folder())
    assert exported("report", "报告.docx").startswith("这台电脑没有方正小标宋简体；")


def test_where_the_system_does_not_tell_nothing_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert faces.lacking(OFFICIAL_FACES) == []
