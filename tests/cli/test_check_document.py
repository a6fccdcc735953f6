"""`xuncha check-document`: an edited report against its case."""

import zipfile
from pathlib import Path

from tests.support.commands import Xuncha


def test_an_edited_report_is_told_from_the_case(xuncha: Xuncha, demo: Path, tmp_path: Path) -> None:
    report, case = demo / "report.docx", demo / "case"
    same = xuncha("check-document", report, case)
    assert (same.code, same.err) == (0, "")
    assert "与案卷一致，共核对 " in same.out
    edited = tmp_path / "改过的.docx"
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(edited, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                content = content.replace("形成问题底稿".encode(), "形成底稿".encode())
            new.writestr(name, content)
    told = xuncha("check-document", edited, case)
    assert told.code == 3
    assert told.out.startswith("1. 【文件中改过】")
    assert "有 1 处与案卷不一致" in told.err
    [difference] = xuncha("check-document", edited, case, "--json").json["differences"]
    assert difference["kind"] == "edited"
    assert difference["paragraph"] > 0
    assert difference["source"]["counted"]["entity"] == "paper"
    with zipfile.ZipFile(report) as old, zipfile.ZipFile(edited, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "word/document.xml":
                more = "<w:body><w:p><w:r><w:t>另有999.00万元未入账</w:t></w:r></w:p>"
                content = content.replace(b"<w:body>", more.encode(), 1)
            new.writestr(name, content)
    added = xuncha("check-document", edited, case)
    assert added.code == 3
    assert added.out.startswith("1. 【没有出处】全文第 1 段：文件中加上的文字：“另有999.00万元未入账”")
