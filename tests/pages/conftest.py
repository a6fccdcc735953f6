"""Turning Word and Excel files into pages, for tests that measure what stands on paper.

The faces come from the folder `.ci/fonts.sh` fills, named by XUNCHA_FONTS, or from an installed TeX tree.
"""

import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

_HERE = Path(__file__).parent
_TEX = Path("/usr/share/texlive/texmf-dist/fonts/opentype/public/fandol")
_FONTS = Path(os.environ.get("XUNCHA_FONTS", _TEX))


Convert = Callable[[Sequence[Path], str, Path], None]


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Convert files with one run of LibreOffice under the test's own faces; skips where it is missing."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("未安装 LibreOffice（soffice），不测量版面")
    room = tmp_path_factory.mktemp("office")
    config = room / "fonts.conf"
    text = (_HERE / "fonts.conf").read_text("utf-8")
    config.write_text(text.replace("@FONTS@", str(_FONTS)).replace("@CACHE@", str(room / "cache")), "utf-8")
    environment = os.environ | {"FONTCONFIG_FILE": str(config), "HOME": str(room)}

    def convert(documents: Sequence[Path], kind: str, folder: Path) -> None:
        command = [
            program,
            f"-env:UserInstallation={(room / 'profile').as_uri()}",
            "--headless",
            "--convert-to",
            kind,
            "--outdir",
            str(folder),
            *map(str, documents),
        ]
        subprocess.run(command, env=environment, check=True, capture_output=True, timeout=120 + 10 * len(documents))

    return convert


@pytest.fixture(scope="session")
def all_to_pdf(office: Convert) -> Callable[[Sequence[Path]], list[Path]]:
    """Convert files to pages; skips where the faces are missing."""
    if not (_FONTS / "FandolFang-Regular.otf").is_file():
        pytest.skip("没有测试字体：先运行 .ci/fonts.sh 文件夹，再用环境变量 XUNCHA_FONTS 指向它")

    def convert(documents: Sequence[Path]) -> list[Path]:
        office(documents, "pdf", documents[0].parent)
        return [document.with_suffix(".pdf") for document in documents]

    return convert


@pytest.fixture(scope="session")
def recalculated(office: Convert) -> Callable[[Sequence[Path]], list[Path]]:
    """Workbooks as LibreOffice saves them, with its own values where a formula has none."""

    def convert(workbooks: Sequence[Path]) -> list[Path]:
        folder = workbooks[0].parent / "另存"
        office(workbooks, "xlsx:Calc MS Excel 2007 XML", folder)
        return [folder / workbook.name for workbook in workbooks]

    return convert


@pytest.fixture(scope="session")
def to_pdf(all_to_pdf: Callable[[Sequence[Path]], list[Path]]) -> Callable[[Path], Path]:
    """Convert one file."""
    return lambda document: all_to_pdf([document])[0]
