"""Where a case may live: on this computer's own disk, never in a folder that something else rewrites or unplugs."""

import os
from pathlib import Path

from xuncha_desktop.errors import UserError

_SYNCED = ("onedrive", "坚果云", "nutstore", "百度网盘", "baidunetdisk", "baidusyncdisk", "dropbox", "icloud")
_REMOVABLE_MOUNTS = ("/media/", "/run/media/", "/Volumes/")
_DRIVE_REMOVABLE, _DRIVE_REMOTE = 2, 4


def require_local(folder: Path) -> None:
    """Refuse network shares, sticks and sync folders, where a database gets damaged."""
    absolute = folder.absolute()
    if reason := _reason(absolute):
        raise UserError(f"“{folder}”在{reason}上，数据库放在那里容易损坏；请先把案卷复制到本机硬盘再打开。")


def _reason(folder: Path) -> str:
    text = str(folder)
    if any(name in part.lower() for part in folder.parts for name in _SYNCED):
        return "同步文件夹"
    if text.startswith("\\\\"):
        return "网络位置"
    if text.startswith(_REMOVABLE_MOUNTS):
        return "移动存储设备"
    if os.name == "nt":
        import ctypes

        kind = ctypes.windll.kernel32.GetDriveTypeW(folder.anchor)
        return {_DRIVE_REMOVABLE: "移动存储设备", _DRIVE_REMOTE: "网络位置"}.get(kind, "")
    return ""
