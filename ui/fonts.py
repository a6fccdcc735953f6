"""Which of the faces that official documents name are installed on this computer."""

from collections.abc import Mapping

from PySide6.QtGui import QFontDatabase

from xuncha_desktop.settings import OFFICIAL_FACES

USES: Mapping[str, str] = {
    "小标宋": "公文标题",
    "仿宋": "正文、三级和四级标题",
    "楷体": "二级标题（一）",
    "黑体": "一级标题一、附件",
    "宋体": "页码",
}
_ALSO_CALLED: Mapping[str, str] = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "仿宋_GB2312": "FangSong_GB2312",
    "楷体_GB2312": "KaiTi_GB2312",
    "黑体": "SimHei",
    "宋体": "SimSun",
}


def installed(face: str) -> bool:
    """Whether the computer has a face, under its Chinese or its Latin name."""
    return QFontDatabase.hasFamily(face) or QFontDatabase.hasFamily(_ALSO_CALLED.get(face, face))


def missing() -> list[str]:
    """The official faces this computer lacks."""
    return [face for face in OFFICIAL_FACES.values() if not installed(face)]
