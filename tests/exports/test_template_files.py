"""Templates handed on as one file: what is taken, what is refused, and that nothing is lost on the way."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.exports.doctor.hostile import WORD
from tests.exports.doctor.planting import ours
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.own_templates import listed
from xuncha_desktop.exports.template_files import pack, unpack
from xuncha_desktop.exports.templates import own_folder


def packed(tmp_path: Path) -> Path:
    target = tmp_path / "模板.xcmb"
    pack(listed(), target)
    return target


def rewritten(file: Path, **parts: bytes) -> None:
    with zipfile.ZipFile(file) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(file, "w") as package:
        for name, data in (contents | {name.replace("__", "."): data for name, data in parts.items()}).items():
            package.writestr(name, data)


def test_all_templates_come_back_as_they_were(tmp_path: Path) -> None:
    names = unpack(packed(tmp_path))
    assert sorted(names) == sorted(template.file for template in listed())
    for template in listed():
        assert template.shipped is not None
        assert template.path == own_folder() / template.file
        assert template.path.read_bytes() == template.shipped.read_bytes()


def test_an_own_template_of_the_same_name_is_put_aside(tmp_path: Path) -> None:
    file = packed(tmp_path)
    own = ours("report.docx", {"（草稿）": "（稿）"}, own_folder() / "report.docx")
    content = own.read_bytes()
    unpack(file)
    assert own.read_bytes() != content
    assert [kept.read_bytes() for kept in (own_folder() / "old").iterdir()] == [content]


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"report__docx": b"other"}, "与清单不符"),
        ({"more__docx": b"other"}, "与清单不符"),
        ({"manifest__json": b"{}"}, "不是导出的模板文件"),
        ({"manifest__json": b'{"format": 2, "files": []}'}, "更新版本"),
        (
            {"manifest__json": json.dumps({"format": 1, "files": [{"file": "../x.docx", "sha256": ""}]}).encode()},
            "清单不对",
        ),
    ],
)
def test_what_is_damaged_or_mixed_up_is_refused_whole(tmp_path: Path, parts: dict[str, bytes], says: str) -> None:
    file = packed(tmp_path)
    rewritten(file, **parts)
    with pytest.raises(UserError, match=says):
        unpack(file)
    assert list(own_folder().iterdir()) == []


def test_a_harmful_template_is_not_taken_even_with_a_right_list(tmp_path: Path) -> None:
    WORD["dde-field"](own_folder() / "report.docx")
    file = packed(tmp_path)
    (own_folder() / "report.docx").unlink()
    with pytest.raises(UserError, match="可能有害"):
        unpack(file)
    assert list(own_folder().iterdir()) == []
