"""Which of the faces that documents name are installed on this computer, and which could take their place."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtGui import QFontDatabase

from xuncha_desktop.faces import ALSO_CALLED

USES: Mapping[str, str] = {
    "小标宋": "公文标题",
    "仿宋": "正文、三级和四级标题",
    "楷体": "二级标题（一）",
    "黑体": "一级标题一、附件",
    "宋体": "页码、台账",
}
_NEAREST: Mapping[str, Sequence[str]] = {"仿宋": ("仿宋", "FangSong"), "楷体": ("楷体", "KaiTi")}  # Windows brings them


def installed(face: str) -> bool:
    """Whether the computer has a face, under its Chinese or its Latin name."""
    return QFontDatabase.hasFamily(face) or QFontDatabase.hasFamily(ALSO_CALLED.get(face, face))


def chinese() -> list[str]:
    """The installed faces that Chinese can be written in."""
    families = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return sorted(face for face in families if not face.startswith((".", "@")))


def nearest(name: str) -> str:
    """An installed face of the same kind as an official one; empty if there is none."""
    return next((face for face in _NEAREST.get(name, ()) if installed(face)), "")


def missing(faces: Iterable[str]) -> list[str]:
    """Those of some faces that this computer lacks."""
    return [face for face in faces if not installed(face)]
