"""The parts of an xlsx template as bytes: what is not named for change is copied exactly as it stands."""

import posixpath
import re
import zipfile
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import IO

from xuncha_desktop.exports.templates import TemplateFault

WORKBOOK = "xl/workbook.xml"
_LARGEST = 200 * 1024 * 1024
_SHEET = re.compile(rb"<sheet\b[^>]*/>")
_RELATION = re.compile(rb"<Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb'([\w:]+)\s*=\s*(?:"([^"]*)"|\'([^\']*)\')')


class Package:
    """An xlsx file read part by part; `source` are its bytes where they are not to be those on the disk."""

    def __init__(self, path: Path, source: bytes | None = None) -> None:
        self.name = path.name
        try:
            self.source = path.read_bytes() if source is None else source
            with zipfile.ZipFile(BytesIO(self.source)) as archive:
                self.infos = archive.infolist()
                if sum(info.file_size for info in self.infos) > _LARGEST:
                    raise TemplateFault(f"“{self.name}”解开后超过 200 MB，不能作为台账模板；请删去多余内容后再试。")
                self._parts = {info.filename: archive.read(info) for info in self.infos}
            self.sheets = self._find_sheets()
        except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError) as error:
            raise TemplateFault(
                f"“{self.name}”不是可读的 xlsx 表格（也可能设了打开密码）；请用 Excel 或 WPS 另存为 xlsx 后再试。"
            ) from error

    def part(self, name: str) -> bytes:
        """The bytes of one part; a part with a document type is refused, no office program writes one."""
        data = self._parts[name]
        if b"<!DOCTYPE" in data:
            raise TemplateFault(f"“{self.name}”含外部实体，已拒绝；请用 Excel 或 WPS 重新制作该表格。")
        return data

    def has(self, name: str) -> bool:
        """Whether the file has such a part."""
        return name in self._parts

    def related(self, part: str, kind: str) -> list[str]:
        """The parts of one kind (the last word of the relation's type) that a part refers to."""
        return [target for word, target in self._relations(part).values() if word == kind]

    def _find_sheets(self) -> dict[str, str]:
        relations = self._relations(WORKBOOK)
        sheets = dict[str, str]()
        for tag in _SHEET.findall(self.part(WORKBOOK)):
            found = attributes(tag)
            relation = next(value for key, value in found.items() if key.endswith(":id"))
            if relation in relations and relations[relation][0] == "worksheet":
                sheets[found["name"]] = relations[relation][1]
        return sheets

    def _relations(self, part: str) -> dict[str, tuple[str, str]]:
        folder, name = posixpath.split(part)
        source = f"{folder}/_rels/{name}.rels"
        if source not in self._parts:
            return {}
        found = dict[str, tuple[str, str]]()
        for tag in _RELATION.findall(self.part(source)):
            relation = attributes(tag)
            if relation.get("TargetMode") != "External":
                target = posixpath.normpath(posixpath.join("/" + folder, relation["Target"])).lstrip("/")
                found[relation["Id"]] = (posixpath.basename(relation["Type"]), target)
        return found

    def copy_rest(self, archive: zipfile.ZipFile, changed: Mapping[str, bytes], skip: set[str]) -> None:
        """Copy every part but the skipped ones, byte for byte unless a changed text for it is given."""
        for info in self.infos:
            if info.filename not in skip:
                data = changed.get(info.filename, self._parts[info.filename])
                archive.writestr(_entry(info), data, compress_type=info.compress_type)

    def open_part(self, archive: zipfile.ZipFile, name: str) -> IO[bytes]:
        """Open one part of the result for streaming; it keeps the template's name and date."""
        info = next(info for info in self.infos if info.filename == name)
        return archive.open(_entry(info), "w", force_zip64=False)


def attributes(tag: bytes) -> dict[str, str]:
    """The attributes of one XML start tag."""
    return {
        key.decode(): unescape((double or single).decode("utf-8")) for key, double, single in _ATTRIBUTE.findall(tag)
    }


def _entry(info: zipfile.ZipInfo) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(info.filename, info.date_time)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = info.external_attr
    return entry
