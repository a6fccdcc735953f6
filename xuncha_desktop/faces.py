"""What else the official faces are called, and which faces this computer has, as far as it says without a window."""

import os
import subprocess
import sys
from collections.abc import Iterable, Mapping

from xuncha_desktop.settings import OFFICIAL_FACES

ALSO_CALLED: Mapping[str, str] = {
    "方正小标宋简体": "FZXiaoBiaoSong-B05S",
    "仿宋_GB2312": "FangSong_GB2312",
    "楷体_GB2312": "KaiTi_GB2312",
    "黑体": "SimHei",
    "宋体": "SimSun",
}
_PATIENCE = 10  # seconds; the first list after an installation is made anew


def lacking(faces: Mapping[str, str]) -> list[str]:
    """The official faces that `faces`, those of the settings, keep and this computer lacks; none where it cannot say.

    A face that a user chose was chosen from what is installed, under a name that only the window may know.
    """
    installed = _installed()
    if not installed:
        return []
    kept = (face for name, face in OFFICIAL_FACES.items() if faces.get(name, face) == face)
    return [face for face in kept if face not in installed and ALSO_CALLED[face] not in installed]


def _installed() -> set[str]:
    if sys.platform == "win32":
        return set(_of_registry())
    try:
        # Of a frozen program the system's programs must not take its libraries.
        clean = {name: value for name, value in os.environ.items() if name != "LD_LIBRARY_PATH"}
        listed = subprocess.run(
            ["fc-list", "--format", "%{family}\n"], capture_output=True, timeout=_PATIENCE, env=clean, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return set()
    return {name for line in listed.stdout.decode("utf-8", "replace").splitlines() for name in line.split(",")}


if sys.platform == "win32":
    import winreg

    def _of_registry() -> Iterable[str]:
        for root in (winreg.HKEY_LOCAL_MACHINE, winreg.HKEY_CURRENT_USER):
            try:
                with winreg.OpenKey(root, r"SOFTWARE\Microsoft\Windows NT\CurrentVersion\Fonts") as key:
                    for place in range(winreg.QueryInfoKey(key)[1]):
                        # "SimSun & NSimSun (TrueType)": a collection names all it has.
                        yield from winreg.EnumValue(key, place)[0].partition(" (")[0].split(" & ")
            except OSError:
                continue  # nobody has installed a face for this user alone
