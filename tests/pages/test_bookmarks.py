"""Hidden bookmarks outlive a round trip through an office program."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.exports.sample_documents import sample_report
from tests.exports.test_traces import bookmarked
from xuncha_desktop.exports.traces import sourced
from xuncha_desktop.exports.word.marked import read
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

pytestmark = pytest.mark.pages
REPORT = Path(__file__).parents[2] / "templates_docx" / "report.docx"


def test_libreoffice_keeps_every_bookmark_and_its_text(tmp_path: Path) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("未安装 LibreOffice（soffice），不试书签")
    content = {name: traced(value, name) for name, value in sample_report(12).to_template().items()}
    render(REPORT, content, tmp_path / "报告.docx", Progress())
    before = bookmarked(tmp_path / "报告.docx")
    assert len(before) > 100
    (tmp_path / "后").mkdir()
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "docx", "--outdir", str(tmp_path / "后")]
    subprocess.run([*command, str(tmp_path / "报告.docx")], check=True, capture_output=True, timeout=120)
    after = {piece.token: piece for piece in read(tmp_path / "后" / "报告.docx").pieces}
    assert after.keys() == before.keys()
    assert [text for token, text in before.items() if not after[token].says(text)] == []


def traced(value: object, name: str) -> object:
    """The same data, every text of it from a record."""
    if isinstance(value, str):
        return sourced(value, "paper", "1", name)
    if isinstance(value, dict):
        return {key: traced(item, key) for key, item in value.items()}
    if isinstance(value, list):
        return [traced(item, name) for item in value]
    return value
