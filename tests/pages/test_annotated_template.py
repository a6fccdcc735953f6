"""Annotated copies opened by LibreOffice: every comment is there, at the paragraph of its fault."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from tests.exports.doctor.seeds import SICK, Sick
from xuncha_desktop.exports.catalog import BY_KIND
from xuncha_desktop.exports.doctor.annotating import annotate
from xuncha_desktop.exports.doctor.doctor import examine

pytestmark = pytest.mark.pages
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"


@pytest.mark.parametrize("sick", [sick for sick in SICK if sick.suffix == ".docx"], ids=lambda sick: sick.name)
def test_an_office_program_shows_each_comment_at_its_place(tmp_path: Path, sick: Sick) -> None:
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("未安装 LibreOffice（soffice），不打开批注副本")
    template = sick.make(tmp_path / "模板.docx")
    diagnosis = examine(template, BY_KIND[sick.kind])
    annotate(template, diagnosis, tmp_path / "批注.docx")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        "odt",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "批注.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    with zipfile.ZipFile(tmp_path / "批注.odt") as package:
        root = etree.fromstring(package.read("content.xml"))
    opened = [(_bare("".join(comment.itertext())), _around(comment)) for comment in root.iter(_OFFICE + "annotation")]
    assert len(opened) == len(diagnosis.faults)
    for fault in diagnosis.faults:
        said = _bare(f"{fault.cause}。{fault.advice}")
        # A comment in a text box or a header would be no valid file: those hang elsewhere and name their place.
        in_place = fault.place.part == "正文" and fault.place.paragraph and "框内" not in fault.place.text
        around = _bare(fault.place.text) if in_place else ""
        assert any(said in words and around in where for words, where in opened), (said, around)


def _bare(text: str) -> str:
    return "".join(text.split())


def _around(comment: "etree._Element") -> str:
    """The text of the paragraph a comment hangs on, without the comment."""
    paragraph = next(comment.iterancestors(_TEXT + "p", _TEXT + "h"))
    texts: list[str] = []

    def gather(element: "etree._Element") -> None:
        texts.append(element.text or "")
        for child in element:
            if child.tag != _OFFICE + "annotation":
                gather(child)
            texts.append(child.tail or "")

    gather(paragraph)
    return _bare("".join(texts))
