"""Settings and the user's own folder: read leniently, written whole, never lost to a bad file."""

import json
import os
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from xuncha_desktop import paths, settings
from xuncha_desktop.settings import FILE_NAME, OFFICIAL_FACES, Settings


def stored(folder: Path, **values: Any) -> Settings:
    """What is loaded from a file with these values."""
    (folder / FILE_NAME).write_text(json.dumps(values), encoding="utf-8")
    return settings.load(folder)


def test_without_a_file_all_is_default(tmp_path: Path) -> None:
    loaded = settings.load(tmp_path)
    assert loaded == Settings()
    assert (loaded.theme, loaded.text_size, loaded.idle_lock_minutes) == ("system", 14, 5)
    assert loaded.font_faces["仿宋"] == "仿宋_GB2312"
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    chosen = Settings(theme="dark", text_size=18, idle_lock_minutes=30, export_folder="D:/导出")
    chosen.remember_case(Path("案卷") / "某县")
    chosen.font_faces["小标宋"] = "华文中宋"
    chosen.window_layouts["papers"] = "AAAA"
    settings.save(chosen, tmp_path)
    assert settings.load(tmp_path) == chosen
    assert [path.name for path in tmp_path.iterdir()] == [FILE_NAME]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("theme", "light", "light"),
        ("theme", "pink", "system"),
        ("theme", None, "system"),
        ("theme", ["dark"], "system"),
        ("text_size", 16, 16),
        ("text_size", 15, 14),
        ("text_size", "16", 14),
        ("idle_lock_minutes", 1, 1),
        ("idle_lock_minutes", 30, 30),
        ("idle_lock_minutes", 0, 5),
        ("idle_lock_minutes", 31, 5),
        ("idle_lock_minutes", True, 5),
        ("idle_lock_minutes", 7.5, 5),
        ("last_case", 7, ""),
        ("recent_cases", "C:/x", []),
        ("recent_cases", ["a", 1, "b"], ["a", "b"]),
        ("recent_cases", list("abcdefg"), list("abcde")),
        ("export_folder", None, ""),
        ("font_faces", {"仿宋": "FangSong", "黑体": 3}, OFFICIAL_FACES | {"仿宋": "FangSong"}),
        ("font_faces", {"仿宋": "", "楷体": "a\x00b", "黑体": " ", "圆体": "x"}, OFFICIAL_FACES),
        ("font_faces", "x", OFFICIAL_FACES),
        ("window_layouts", {"papers": "QUJD", "x": None}, {"papers": "QUJD"}),
        ("window_layouts", [1], {}),
    ],
)
def test_a_value_that_makes_no_sense_is_its_default(tmp_path: Path, name: str, value: object, expected: object) -> None:
    loaded = (
        stored(tmp_path, **{name: value}, export_folder="kept")
        if name != "export_folder"
        else stored(tmp_path, export_folder=value)
    )
    assert getattr(loaded, name) == expected
    if name != "export_folder":
        assert loaded.export_folder == "kept"


def test_a_setting_of_another_version_is_ignored(tmp_path: Path) -> None:
    assert stored(tmp_path, colour="red", theme="dark") == Settings(theme="dark")


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b"[" * 100_000])
def test_a_bad_file_is_kept_aside_and_the_program_starts(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert settings.load(tmp_path) == Settings()
    assert (tmp_path / (FILE_NAME + ".bad")).read_bytes() == content
    settings.save(Settings(theme="dark"), tmp_path)
    assert settings.load(tmp_path).theme == "dark"


def test_defaults_are_not_shared() -> None:
    Settings().font_faces["仿宋"] = "changed"
    Settings().recent_cases.append("x")
    assert Settings().font_faces == OFFICIAL_FACES
    assert Settings().recent_cases == []


def test_the_five_latest_cases_are_remembered_once_each(tmp_path: Path) -> None:
    chosen = Settings()
    for name in ["a", "b", "c", "d", "a", "e", "f"]:
        chosen.remember_case(Path(name))
    assert chosen.recent_cases == ["f", "e", "a", "d", "c"]
    assert chosen.last_case == "f"


def test_the_settings_folder_can_be_moved_and_is_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "家" / "巡察"))
    assert paths.settings_folder() == tmp_path / "家" / "巡察"
    assert paths.private_folder().parent == paths.settings_folder()
    if os.name != "nt":
        assert paths.settings_folder().stat().st_mode & 0o077 == 0
        assert paths.private_folder().stat().st_mode & 0o077 == 0


def test_without_the_variable_the_system_says_where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(paths.HOME_VARIABLE, raising=False)
    monkeypatch.setattr("platformdirs.user_config_dir", lambda name, **_: str(tmp_path / name))
    assert paths.settings_folder() == tmp_path / "xuncha-desktop"


def test_the_device_id_is_minted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    with ThreadPoolExecutor(8) as pool:
        minted = set(pool.map(lambda _: paths.device_id(), range(40)))
    assert len(minted) == 1
    assert uuid.UUID(minted.pop()).version == 4
    assert [path.name for path in tmp_path.iterdir()] == ["device-id"]


def test_a_broken_device_id_is_minted_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    (tmp_path / "device-id").write_bytes(b"\0\0\0")
    assert uuid.UUID(paths.device_id())
    assert paths.device_id() == paths.device_id()


def test_settings_paths_and_vault_load_nothing_heavy() -> None:
    """The unlock window paints before any of these is needed."""
    import subprocess

    code = (
        "import sys, xuncha_desktop.paths, xuncha_desktop.settings, xuncha_desktop.logs, xuncha_desktop.store.vault,"
        " xuncha_desktop.store.lock; print(sorted({name.partition('.')[0] for name in sys.modules} &"
        " {'cryptography', 'sqlcipher3', 'sqlalchemy', 'platformdirs'}))"
    )
    root = Path(paths.__file__).parents[1]
    told = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
