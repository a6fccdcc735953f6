"""Templates on their way to another laptop: one file with a list of digests that its maker signs.

The digests prove that the templates are those of the list, the signature that the list is the maker's. Files of
format 1 have no signature: they are taken, and said to be without one.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from xuncha_desktop import __version__
from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import dangers, signers
from xuncha_desktop.exports.own_templates import SUFFIXES, Template, put_aside
from xuncha_desktop.exports.signers import Signer
from xuncha_desktop.exports.templates import own_folder
from xuncha_desktop.untrusted import Unsafe, check_package

SUFFIX = ".xcmb"
_LIST, _SIGNATURE = "manifest.json", "manifest.sig"
_FORMAT, _UNSIGNED = 2, 1


@dataclass(frozen=True, slots=True)
class Parcel:
    """A template file that was read and found whole: what it holds, and who signed it if anybody did."""

    file: str
    contents: Mapping[str, bytes]
    signer: Signer | None


def pack(chosen: Sequence[Template], target: Path, name: str) -> None:
    """Write templates with their list into one file, signed by this installation under a name."""
    contents = {template.file: template.path.read_bytes() for template in chosen}
    signer = signers.own(name)
    listed = {
        "format": _FORMAT,
        "program": __version__,
        "made": date.today().isoformat(),
        "signer": {"name": signer.name, "key": signer.key.hex()},
        "files": [
            {"file": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in contents.items()
        ],
    }
    text = json.dumps(listed, ensure_ascii=False, indent=1).encode()
    with replaced(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_LIST, text)
        package.writestr(_SIGNATURE, signers.sign(text))
        for name, data in contents.items():
            package.writestr(name, data)


def read(source: Path) -> Parcel:
    """What a file holds; one that is damaged, was changed after it was signed, or could do harm is refused."""
    try:
        check_package(source)
    except Unsafe as error:  # which would say to save it anew in Word
        raise UserError(
            f"“{source.name}”已损坏，或不是导出的模板文件（{SUFFIX}），没有导入；请对方重新导出一份。"
        ) from error
    with zipfile.ZipFile(source) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    text = contents.pop(_LIST, b"")
    wanted, signer = _listed(text, source)
    if signer and not signers.signed(signer, text, contents.pop(_SIGNATURE, b"")):
        raise UserError(
            f"“{source.name}”的签名不对，签名以后被改动过，或是冒名的，没有导入；请对方重新导出一份，当面交给你。"
        )
    if {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()} != wanted:
        raise UserError(
            f"“{source.name}”里的模板与清单不符，可能已损坏、被改动或拿错了文件，没有导入；请对方重新导出一份。"
        )
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        for file in _written(contents, Path(folder)):
            dangers.refuse(file)
    return Parcel(source.name, contents, signer)


def take(parcel: Parcel) -> list[str]:
    """Take all templates of a file, and know its signer from now on; the names of own ones that were put aside."""
    gone: list[str] = []
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        for file in _written(parcel.contents, Path(folder)):
            own = own_folder() / file.name
            if own.is_file():
                put_aside(own)
                gone.append(own.name)
            file.replace(own)
    if parcel.signer:
        signers.remember(parcel.signer)
    return gone


def _written(contents: Mapping[str, bytes], folder: Path) -> list[Path]:
    """All of them, before anything is done with one."""
    for name, data in contents.items():
        (folder / name).write_bytes(data)
    return [folder / name for name in contents]


def _listed(text: bytes, source: Path) -> tuple[dict[str, str], Signer | None]:
    """The digests of the list by file name, and whom it names as signer; only plain names of templates are taken."""
    signer = None
    try:
        listed: Any = json.loads(text.decode("utf-8"))
        newer = listed["format"] > _FORMAT
        found = {str(item["file"]): str(item["sha256"]) for item in listed["files"]}
        if listed["format"] != _UNSIGNED and not newer:
            signer = Signer(signers.proper_name(str(listed["signer"]["name"])), bytes.fromhex(listed["signer"]["key"]))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise UserError(f"“{source.name}”不是导出的模板文件（{SUFFIX}）；请选择由本程序导出的文件。") from error
    if newer:
        raise UserError(f"“{source.name}”由更新版本的程序导出；请先更新本程序。")
    if (
        not found
        or (signer and not signer.name)
        or any(Path(name).name != name or not name.lower().endswith(SUFFIXES) for name in found)
    ):
        raise UserError(f"“{source.name}”的清单不对，没有导入；请对方重新导出一份。")
    return found, signer
