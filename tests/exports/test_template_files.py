"""Templates handed on as one file: what is taken, what is refused, and that nothing is lost on the way."""

import json
import logging
import os
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.exports.doctor.hostile import WORD
from tests.exports.doctor.planting import ours
from xuncha_desktop import paths
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import signers
from xuncha_desktop.exports.own_templates import listed
from xuncha_desktop.exports.signers import KNOWN, NAMESAKE, NEW, OWN, Signer
from xuncha_desktop.exports.template_files import pack, read, take
from xuncha_desktop.exports.templates import own_folder

KEY, MET = "template-signing.key", "template-signers.json"


def packed(tmp_path: Path, name: str = "虚构县委巡察办") -> Path:
    target = tmp_path / "模板.xcmb"
    pack(listed(), target, name)
    return target


def unpack(file: Path) -> list[str]:
    take(parcel := read(file))
    return list(parcel.contents)


@contextmanager
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, laptop: str) -> Iterator[None]:
    """For a while, another installation."""
    with monkeypatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(tmp_path / laptop))
        yield


def signer_of(file: Path) -> Signer:
    signer = read(file).signer
    assert signer is not None
    return signer


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


def manifest(**changes: object) -> bytes:
    """A list as a file of format 1 has it, changed."""
    return json.dumps({"format": 1, "files": [{"file": "report.docx", "sha256": ""}]} | changes).encode()


@pytest.mark.parametrize(
    ("parts", "says"),
    [
        ({"report__docx": b"other"}, "与清单不符"),
        ({"more__docx": b"other"}, "与清单不符"),
        ({"manifest__json": b"{}"}, "不是导出的模板文件"),
        ({"manifest__json": b"[" * 100_000}, "不是导出的模板文件"),
        ({"manifest__json": manifest(format="2")}, "不是导出的模板文件"),
        ({"manifest__json": manifest(format=3, files=[])}, "更新版本"),
        ({"manifest__json": manifest(files=[{"file": "../x.docx", "sha256": ""}])}, "清单不对"),
        ({"manifest__json": manifest(format=2)}, "不是导出的模板文件"),
        ({"manifest__json": manifest(format=2, signer={"name": "甲", "key": "xy"})}, "不是导出的模板文件"),
        ({"manifest__json": manifest(format=2, signer={"name": " \u200b", "key": "00" * 32})}, "清单不对"),
        ({"manifest__json": manifest(format=2, signer={"name": "甲", "key": "00"})}, "签名不对"),
        ({"manifest__json": manifest(format=2, signer={"name": "甲", "key": "00" * 32})}, "签名不对"),
        ({"manifest__sig": b""}, "签名不对"),
        ({"manifest__sig": bytes(64)}, "签名不对"),
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


def test_another_laptop_is_new_then_known_and_its_renaming_does_not_hide_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert signer_of(packed(tmp_path)) == signers.own("虚构县委巡察办")
    assert signers.standing(signer_of(packed(tmp_path))) == OWN
    with elsewhere(tmp_path, monkeypatch, "乙机"):
        file = packed(tmp_path, "虚构县委巡察办　乙\u202e\n虚构 ")
    signer = signer_of(file)
    assert signer.name == "虚构县委巡察办 乙 虚构"
    assert signers.standing(signer) == NEW
    unpack(file)
    assert signers.standing(signer) == KNOWN
    with elsewhere(tmp_path, monkeypatch, "乙机"):
        again = signer_of(packed(tmp_path, "丙虚构"))
        assert signers.own_fingerprint() == signer.fingerprint == again.fingerprint
    assert signers.standing(again) == KNOWN
    assert signers.met_as(again) == "虚构县委巡察办 乙 虚构"


def test_a_new_key_under_a_known_name_is_told_from_the_known_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with elsewhere(tmp_path, monkeypatch, "乙机"):
        unpack_later = packed(tmp_path)
    unpack(unpack_later)
    with elsewhere(tmp_path, monkeypatch, "丙机"):
        file = packed(tmp_path)
    assert signers.standing(signer_of(file)) == NAMESAKE
    unpack(file)
    assert signers.standing(signer_of(file)) == KNOWN, "accepted once, it is not asked about again"


def test_a_list_signed_by_another_key_than_it_names_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = packed(tmp_path)
    with zipfile.ZipFile(file) as package:
        listed_here = package.read("manifest.json")
    with elsewhere(tmp_path, monkeypatch, "乙机"):
        rewritten(file, manifest__sig=signers.sign(listed_here))
    with pytest.raises(UserError, match="签名不对"):
        read(file)
    changed = listed_here.replace("虚构县委巡察办".encode(), "冒名的".encode())
    rewritten(packed(tmp_path), manifest__json=changed)
    with pytest.raises(UserError, match="签名不对"):
        read(file)


def test_a_file_of_an_older_program_is_read_and_has_no_signer(tmp_path: Path) -> None:
    file = packed(tmp_path)
    with zipfile.ZipFile(file) as package:
        old = json.loads(package.read("manifest.json")) | {"format": 1}
        contents = {name: package.read(name) for name in package.namelist() if not name.startswith("manifest")}
    del old["signer"]
    with zipfile.ZipFile(file, "w") as package:
        for name, data in {"manifest.json": json.dumps(old).encode(), **contents}.items():
            package.writestr(name, data)
    assert read(file).signer is None
    assert sorted(unpack(file)) == sorted(contents)
    assert not (paths.settings_folder() / MET).exists()


def test_the_key_is_made_once_closed_to_others_and_given_to_nobody(
    tmp_path: Path, home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    assert signers.own_fingerprint() == ""
    caplog.set_level(logging.DEBUG)
    with ThreadPoolExecutor(8) as pool:
        assert len({signer.key for signer in pool.map(lambda _: signers.own("甲"), range(40))}) == 1
    file = packed(tmp_path)
    key = (home / KEY).read_bytes()
    if os.name != "nt":
        assert (home / KEY).stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as package:
        given = [package.read(name) for name in package.namelist()]
    others = [path.read_bytes() for path in home.rglob("*") if path.is_file() and path.name != KEY]
    for form in (key, key.hex().encode(), str(key).encode()):
        assert not any(form in content for content in (*given, *others, file.read_bytes(), caplog.text.encode()))


def test_a_spoilt_key_is_made_anew_and_one_that_cannot_be_read_is_left_alone(home: Path) -> None:
    first = signers.own("甲")
    (home / KEY).write_bytes(b"spoilt")
    assert signers.own("甲").key != first.key
    (home / KEY).unlink()
    (home / KEY).mkdir()
    assert signers.own_fingerprint() == ""
    with pytest.raises(UserError, match="读不出这台电脑的签名"):
        signers.own("甲")


def test_known_signers_that_cannot_be_read_are_met_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with elsewhere(tmp_path, monkeypatch, "乙机"):
        file = packed(tmp_path)
    unpack(file)
    (paths.settings_folder() / MET).write_bytes(b"\xff[")
    assert signers.standing(signer_of(file)) == NEW
