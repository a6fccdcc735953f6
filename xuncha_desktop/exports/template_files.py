"""Templates on their way to another laptop: one file with a list of digests.

The list guards against damage and mix-ups. It does not prove who made the file, and nothing here says so.
"""

import hashlib
import json
import tempfile
import zipfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from xuncha_desktop import __version__
from xuncha_desktop.atomic import replaced
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import dangers
from xuncha_desktop.exports.own_templates import SUFFIXES, Template, put_aside
from xuncha_desktop.exports.templates import own_folder
from xuncha_desktop.untrusted import check_package

SUFFIX = ".xcmb"
_LIST = "manifest.json"
_FORMAT = 1


def pack(chosen: Sequence[Template], target: Path) -> None:
    """Write templates with their list into one file."""
    contents = {template.file: template.path.read_bytes() for template in chosen}
    listed = {
        "format": _FORMAT,
        "program": __version__,
        "made": date.today().isoformat(),
        "files": [
            {"file": name, "size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
            for name, data in contents.items()
        ],
    }
    with replaced(target) as part, zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(_LIST, json.dumps(listed, ensure_ascii=False, indent=1))
        for name, data in contents.items():
            package.writestr(name, data)


def unpack(source: Path) -> list[str]:
    """Take all templates of a file, or none; the names taken. Own ones of the same name are put aside."""
    check_package(source)
    with zipfile.ZipFile(source) as package:
        contents = {name: package.read(name) for name in package.namelist()}
    wanted = _listed(contents.pop(_LIST, b""), source)
    if {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()} != wanted:
        raise UserError(f"“{source.name}”里的模板与清单不符，可能已损坏或拿错了文件，没有导入；请对方重新导出一份。")
    with tempfile.TemporaryDirectory(dir=own_folder()) as folder:
        for name, data in contents.items():
            file = Path(folder) / name
            file.write_bytes(data)
            dangers.refuse(file)
        for name in contents:
            own = own_folder() / name
            if own.is_file():
                put_aside(own)
            (Path(folder) / name).replace(own)
    return list(contents)


def _listed(text: bytes, source: Path) -> dict[str, str]:
    """The digests of the list by file name; only plain names of templates are taken."""
    try:
        listed: Any = json.loads(text.decode("utf-8"))
        newer = listed["format"] > _FORMAT
        found = {str(item["file"]): str(item["sha256"]) for item in listed["files"]}
    except (ValueError, KeyError, TypeError) as error:
        raise UserError(f"“{source.name}”不是导出的模板文件（{SUFFIX}）；请选择由本程序导出的文件。") from error
    if newer:
        raise UserError(f"“{source.name}”由更新版本的程序导出；请先更新本程序。")
    if not found or any(Path(name).name != name or not name.lower().endswith(SUFFIXES) for name in found):
        raise UserError(f"“{source.name}”的清单不对，没有导入；请对方重新导出一份。")
    return found
