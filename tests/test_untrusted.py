"""Files from outside are looked at with suspicion before any parser sees them."""

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document
from openpyxl import Workbook

from tests.support import hostile_files
from tests.support.hostile_files import EXTERNAL_ENTITY, LAUGHS, docx, package, paragraph
from xuncha_desktop import untrusted
from xuncha_desktop.errors import UserError
from xuncha_desktop.untrusted import Unsafe, check_package, is_inert

HOSTILE: dict[str, tuple[Callable[[], bytes], str]] = {
    "huge part": (hostile_files.huge_part, "的压缩程度异常（像压缩炸弹）"),
    "lying size": (hostile_files.lying_about_its_size, "的压缩程度异常（像压缩炸弹）"),
    "overlap": (hostile_files.overlapping, "内部的部件互相重叠"),
    "encrypted": (hostile_files.locked, "设有打开口令"),
    "same name": (hostile_files.repeated_name, "内含重名的部件"),
    "cut off": (hostile_files.lost_end, "已损坏，或不是真正的 docx、xlsx 文件"),
    "external entity": (lambda: docx(before=EXTERNAL_ENTITY), "含有外部实体（DTD）"),
    "billion laughs": (lambda: docx(before=LAUGHS), "含有外部实体（DTD）"),
    "laughs in UTF-16": (lambda: docx(more={"a.xml": f"{LAUGHS}<a/>".encode("utf-16")}), "含有外部实体（DTD）"),
    "laughs behind blanks": (lambda: docx(more={"a.xml": " " * 65_530 + LAUGHS}), "含有外部实体（DTD）"),
    "odd encoding": (
        lambda: docx(more={"a.xml": '<?xml version="1.0" encoding="UTF-7"?><a/>'}),
        "用了 Office 文件没有的文字编码",
    ),
    "macro": (lambda: docx(more={"word/vbaProject.bin": "x"}), "带有宏"),
    "climbing name": (lambda: docx(more={"../../evil.xml": "x"}), "内含名称可疑的部件"),
    "drive": (lambda: docx(more={"C:\\evil.xml": "x"}), "内含名称可疑的部件"),
    "many parts": (lambda: package({f"{n}.xml": "" for n in range(10_001)}), "内含的部件过多"),
    "old format": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "是旧格式（doc、xls）或设有打开口令的文件",
    ),
    "nothing": (lambda: b"", "已损坏，或不是真正的 docx、xlsx 文件"),
    "something else": (lambda: b"GIF89a" + bytes(100), "已损坏，或不是真正的 docx、xlsx 文件"),
    "program before it": (lambda: b"MZ" + docx(), "已损坏，或不是真正的 docx、xlsx 文件"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_package_is_refused_with_its_cause(case: str) -> None:
    make, cause = HOSTILE[case]
    with pytest.raises(Unsafe) as refused:
        check_package(make(), "坏.docx")
    assert refused.value.cause == cause
    assert str(refused.value).startswith(f"“坏.docx”{cause}，")


def test_a_table_of_contents_that_claims_too_much_is_not_even_read() -> None:
    end = bytearray(docx())
    at = end.rindex(b"PK\5\6")
    end[at + 12 : at + 16] = (5 << 20).to_bytes(4, "little")
    with pytest.raises(Unsafe, match="内含的部件过多"):
        check_package(bytes(end))


def test_parts_are_counted_by_the_bytes_that_are_really_there(monkeypatch: pytest.MonkeyPatch) -> None:
    content = docx("".join(paragraph(f"第{number}段") for number in range(5000)))
    monkeypatch.setattr(untrusted, "_LARGEST_PART", 100_000)
    with pytest.raises(Unsafe, match="一个部件解开后超过"):
        check_package(content)
    monkeypatch.undo()
    monkeypatch.setattr(untrusted, "_LARGEST_PACKAGE", 100_000)
    with pytest.raises(Unsafe, match="解开后超过 1 GB"):
        check_package(content)


def test_content_that_does_not_match_its_checksum_is_damaged() -> None:
    content = bytearray(package({"word/document.xml": "0123456789" * 5}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        crc = archive.infolist()[0].CRC.to_bytes(4, "little")
    content[content.rindex(crc)] ^= 1
    with pytest.raises(Unsafe, match="已损坏"):
        check_package(bytes(content))


def test_what_office_programs_write_is_let_through(tmp_path: Path) -> None:
    document, book = Document(), Workbook()
    document.add_paragraph("巡察工作方案")
    document.save(str(tmp_path / "方案.docx"))
    book.worksheets[0].append(["单位", "金额"])
    book.save(tmp_path / "台账.xlsx")
    check_package(tmp_path / "方案.docx")
    check_package((tmp_path / "台账.xlsx").read_bytes())


def test_a_package_with_the_large_end_record_of_java_programs_is_let_through() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("xl/workbook.xml", "<a/>")
        start = archive.start_dir
    content = out.getvalue()
    directory, end = content[start:-22], content[-22:]
    record = b"PK\6\6" + (44).to_bytes(8, "little") + bytes((45, 0, 45, 0)) + bytes(8)
    record += b"".join(number.to_bytes(8, "little") for number in (1, 1, len(directory), start))
    locator = b"PK\6\7" + bytes(4) + (start + len(directory)).to_bytes(8, "little") + b"\1\0\0\0"
    check_package(content[:start] + directory + record + locator + end)


def test_a_file_that_is_gone_is_told_as_such(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"读不出“没有\.docx”"):
        check_package(tmp_path / "没有.docx")


@pytest.mark.parametrize(
    ("name", "head", "kind"),
    [
        ("工资表.xlsm", b"PK\3\4", "可以带宏"),
        ("通知.DOCM", b"PK\3\4", "可以带宏"),
        ("照片.jpg.exe", b"MZ\x90\0", "程序或脚本"),
        ("照片.jpg", b"MZ\x90\0\3", "程序或脚本"),
        ("说明.txt", b"#!/bin/sh\n", "程序或脚本"),
        ("报告.exe. ", b"", "程序或脚本"),
        ("运行.ps1", b"", "程序或脚本"),
        ("工具", b"\x7fELF\2", "程序或脚本"),
        ("台账.lnk", b"", "快捷方式"),
        ("台账.pdf", b"L\0\0\0\1\x14\2\0\0", "快捷方式"),
        ("网址.url", b"[InternetShortcut]\r\n", "快捷方式"),
        ("图标.svg", b"<svg", "引用外部内容"),
        ("网页.MHT", b"From:", "引用外部内容"),
        ("公告.html", b"<html", "引用外部内容"),
        ("资料.iso", bytes(64), "磁盘映像"),
        ("查询.iqy", b"WEB\r\n1\r\n", "快捷方式"),
    ],
)
def test_programs_macros_links_and_pages_are_kept_and_not_opened(name: str, head: bytes, kind: str) -> None:
    sentence = is_inert(name, head)
    assert sentence is not None
    assert kind in sentence
    assert sentence.startswith(f"“{name}”")


@pytest.mark.parametrize(
    ("name", "head"),
    [("报告.docx", b"PK\3\4"), ("照片.jpg", b"\xff\xd8\xff"), ("MZ说明.txt", b"MZ is a text"), ("无后缀", b"abc")],
)
def test_other_files_are_not_held_back(name: str, head: bytes) -> None:
    assert is_inert(name, head) is None
