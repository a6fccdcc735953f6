"""The faces a user chose in place of the official ones, put into a template before it is filled.

Only elements that name a face are touched, and only the template: whatever the case's texts say stays as it is.
"""

import re
import zipfile
from collections.abc import Mapping
from html import unescape
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

from xuncha_desktop import paths, settings
from xuncha_desktop.faces import ALSO_CALLED
from xuncha_desktop.settings import OFFICIAL_FACES

_NAMING = rb"<(?:\w+:)?(?:rFonts|rFont|font|latin|ea|cs|sym)\b[^<>]*>"  # Word, rich cells, themes and drawings
_IN_CELL_STYLES = rb"<(?:\w+:)?name\b[^<>]*>"
_ON_MARGINS = rb"<(?:\w+:)?(?:odd|even|first)(?:Header|Footer)\b[^<>]*>[^<]*"  # &"宋体,常规"&P
_ANYWHERE = re.compile(rb"|".join((_NAMING, _ON_MARGINS)))
_CELL_STYLES = re.compile(rb"|".join((_NAMING, _IN_CELL_STYLES)))
_NAME = re.compile(rb"""(?P<before>["']|&quot;)(?P<name>(?:[^"',&<>]|&#\w+;)+)(?=["',]|&quot;)""")
# It tells Word what might stand in for a face it lacks, and may list faces that nothing uses.
_FACE_TABLE = "word/fontTable.xml"


def chosen() -> dict[str, str]:
    """The chosen face by every name of the official one; empty where the user kept them all."""
    faces = settings.load(paths.settings_folder()).font_faces
    taken = {official: faces[name] for name, official in OFFICIAL_FACES.items() if faces[name] != official}
    return taken | {ALSO_CALLED[official]: face for official, face in taken.items()}


def dressed(template: Path) -> bytes:
    """The bytes of a template, naming the chosen faces."""
    faces = chosen()
    return renamed(template.read_bytes(), faces) if faces else template.read_bytes()


def renamed(package: bytes, faces: Mapping[str, str]) -> bytes:
    """A Word or Excel file with faces named otherwise; all its other bytes as they are."""
    dressed = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as source, zipfile.ZipFile(dressed, "w", zipfile.ZIP_DEFLATED) as target:
        for info in source.infolist():
            data = source.read(info)
            if info.filename.endswith(".xml") and info.filename != _FACE_TABLE:
                places = _CELL_STYLES if info.filename == "xl/styles.xml" else _ANYWHERE
                data = places.sub(lambda found: _renamed(found[0], faces), data)
            target.writestr(info, data)
    return dressed.getvalue()


def _renamed(element: bytes, faces: Mapping[str, str]) -> bytes:
    def other(found: re.Match[bytes]) -> bytes:
        face = faces.get(unescape(found["name"].decode("utf-8", "replace")))
        return found["before"] + escape(face, {'"': "&quot;", "'": "&apos;"}).encode() if face else found[0]

    return _NAME.sub(other, element)
