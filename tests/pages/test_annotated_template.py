"""Annotated copies opened by LibreOffice: every comment is there, at the paragraph of its fault."""

import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from lxml import etree

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
    opened = list(root.iter(_OFFICE + "annotation"))
    assert len(opened) == len(diagnosis.faults)
    places = {"".join(comment.itertext()): _around(comment) for comment in opened}
    for fault in diagnosis.faults:
        [around] = [text for said, text in places.items() if fault.cause in said and fault.advice in said][:1]
        if fault.place.part == "正文" and fault.place.paragraph and "框内" not in fault.place.text:
            assert "".join(fault.place.text.split()) == around


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
    return "".join("".join(texts).split())
