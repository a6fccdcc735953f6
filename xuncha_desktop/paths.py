"""Where this user's own things lie: settings, logs, private temporary files; nothing of a case. Light to import."""

import os
from collections.abc import Callable
from pathlib import Path

HOME_VARIABLE = "XUNCHA_HOME"


def settings_folder() -> Path:
    """The user's settings folder, made if missing and closed to other users; XUNCHA_HOME moves it."""
    if home := os.environ.get(HOME_VARIABLE):
        return _own(Path(home).absolute())
    # 40 ms, and not needed by anyone who names a home of their own.
    from platformdirs import user_config_dir

    return _own(Path(user_config_dir("xuncha-desktop", appauthor=False)))


def private_folder() -> Path:
    """Where files may lie for a moment while another program shows them; emptied by whoever fills it."""
    return _own(settings_folder() / "private")


def device_id() -> str:
    """The random name of this installation, minted once; it tells two laptops of the same host name apart."""
    import uuid

    file = settings_folder() / "device-id"
    if known := _read_id(file):
        return known
    minted = file.with_name(f"{file.name}.{uuid.uuid4().hex}")
    minted.write_text(str(uuid.uuid4()), encoding="ascii")
    try:
        claim(minted, file, _read_id)
    finally:
        minted.unlink(missing_ok=True)
    return _read_id(file)


def claim(minted: Path, file: Path, read: Callable[[Path], object]) -> None:
    """Give something minted its place unless another process was first: both must then read the same one."""
    try:
        os.link(minted, file)
    except OSError:
        # Another process was first; or the file is broken, or the file system has no hard links: replace it.
        if not read(file):
            minted.replace(file)


def _read_id(file: Path) -> str:
    import uuid  # 5 ms, and not needed before a case is opened

    try:
        return str(uuid.UUID(file.read_text(encoding="ascii").strip()))
    except (OSError, ValueError):
        return ""


def _own(folder: Path) -> Path:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
