"""What one user chose on one laptop: typed, read leniently, written all at once. Never anything of a case's content."""

import json
import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from xuncha_desktop.atomic import replaced

FILE_NAME = "settings.json"
RECENT_CASES = 5
OFFICIAL_FACES = {
    "小标宋": "方正小标宋简体",
    "仿宋": "仿宋_GB2312",
    "楷体": "楷体_GB2312",
    "黑体": "黑体",
    "宋体": "宋体",
}

_T = TypeVar("_T")
_log = logging.getLogger(__name__)


def _setting(default: _T, accept: Callable[[Any], _T]) -> _T:
    return field(default=default, metadata={"accept": accept})


def _choice(*options: _T) -> _T:
    return _setting(options[0], lambda value: value if value in options else options[0])


def _between(default: int, low: int, high: int) -> int:
    def accept(value: Any) -> int:
        return value if type(value) is int and low <= value <= high else default

    return _setting(default, accept)


def _text() -> str:
    return _setting("", lambda value: value if isinstance(value, str) else "")


def _texts(value: Any) -> list[str]:
    return [item for item in value if isinstance(item, str)] if isinstance(value, list) else []


def _faces(value: Any) -> dict[str, str]:
    """One for each official face; a name that is none would spoil every document."""
    given = _table(value)
    return {
        name: face if (face := given.get(name, "")).strip() and face.isprintable() else official
        for name, official in OFFICIAL_FACES.items()
    }


def _table(value: Any) -> dict[str, str]:
    given = value.items() if isinstance(value, dict) else ()
    return {name: text for name, text in given if isinstance(text, str)}


@dataclass
class Settings:
    """Every setting, its default and what it may be; a new setting is one line here."""

    theme: str = _choice("system", "light", "dark")
    text_size: int = _choice(14, 16, 18)
    idle_lock_minutes: int = _between(5, 1, 30)
    last_case: str = _text()
    recent_cases: list[str] = field(
        default_factory=list, metadata={"accept": lambda value: _texts(value)[:RECENT_CASES]}
    )
    evidence_folder: str = _text()
    import_folder: str = _text()
    export_folder: str = _text()
    font_faces: dict[str, str] = field(default_factory=OFFICIAL_FACES.copy, metadata={"accept": _faces})
    signer_name: str = _text()  # under which templates are given away
    window_layouts: dict[str, str] = field(default_factory=dict, metadata={"accept": _table})

    def remember_case(self, folder: Path) -> None:
        """Put a case's folder (only its path) at the front of the recent ones."""
        self.last_case = str(folder)
        others = [path for path in self.recent_cases if path != self.last_case]
        self.recent_cases = [self.last_case, *others][:RECENT_CASES]


def load(folder: Path) -> Settings:
    """Read the settings; a value that makes no sense is its default, a file that does is kept as `.bad`."""
    file = folder / FILE_NAME
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
        if not isinstance(stored, dict):
            raise ValueError("settings must be an object")
    except FileNotFoundError:
        return Settings()
    except (ValueError, RecursionError) as error:
        _log.warning("settings unreadable, kept as .bad: %s", type(error).__name__)
        file.replace(file.with_name(FILE_NAME + ".bad"))
        return Settings()
    settings = Settings()
    for known in fields(Settings):
        if known.name in stored:
            setattr(settings, known.name, known.metadata["accept"](stored[known.name]))
    return settings


def save(settings: Settings, folder: Path) -> None:
    """Write the settings; a crash leaves the old file or the new one."""
    with replaced(folder / FILE_NAME) as part:
        part.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), encoding="utf-8")
