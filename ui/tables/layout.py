"""How a list was left the last time: order, grouping, view, columns and their widths."""

import json
from collections.abc import Mapping
from typing import Any

from ui.tables.list_setup import ListSetup
from xuncha_desktop.settings import Settings


def recall(settings: Settings, setup: ListSetup) -> dict[str, Any]:
    """The whole layout of a list: what was left, and the setup's own where nothing was."""
    return {
        "sort": setup.sort,
        "descending": False,
        "group": "",
        "table": setup.describe is None,
        "columns": list(setup.columns),
        "widths": {},
        **_left(settings, setup),
    }


def remember(settings: Settings, setup: ListSetup, layout: Mapping[str, Any]) -> None:
    """Keep a layout for the next time."""
    settings.window_layouts[_key(setup)] = json.dumps(layout)


def _left(settings: Settings, setup: ListSetup) -> dict[str, Any]:
    """The layout left the last time, as far as this version of the program still knows it."""
    try:
        stored = json.loads(settings.window_layouts.get(_key(setup), "{}"))
    except ValueError:
        return {}
    if not isinstance(stored, dict):
        return {}
    known = setup.known
    wanted = stored.get("columns")
    columns = [name for name in wanted if name in known] if isinstance(wanted, list) else []
    sane: dict[str, Any] = {"columns": columns} if columns else {}
    sane |= {key: stored[key] for key in ("descending", "table") if isinstance(stored.get(key), bool)}
    if isinstance(stored.get("widths"), dict):
        sane["widths"] = {n: w for n, w in stored["widths"].items() if n in known and type(w) is int and w > 0}
    if stored.get("sort") in ("", *known):
        sane["sort"] = stored["sort"]
    if stored.get("group") in ("", *setup.groups):
        sane["group"] = stored["group"]
    if setup.describe is None:
        sane["table"] = True
    return sane


def _key(setup: ListSetup) -> str:
    return f"list-{setup.name}"
