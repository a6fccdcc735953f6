"""Makes the case kept in tests/data/old_cases: run once for each released schema, as the last thing before it changes.

`python -m tests.support.old_case tests/data/old_cases/v1`; what a released version wrote is never made again.
"""

import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

from sqlalchemy import select

from tests.support.cheap_keys import CHEAP, PASSWORD
from xuncha_desktop import paths
from xuncha_desktop.model import entities
from xuncha_desktop.services import records
from xuncha_desktop.store import opening, undo
from xuncha_desktop.store.store import Store

CONTENTS = "contents.json"
_KEPT = ("case.db", "vault.json", "vault.json.bak", CONTENTS)


def make(folder: Path) -> None:
    """A small fictitious case with an edit, an undo, links, rows and a deletion; and what it says, as JSON."""
    opened, _ = opening.create(folder, PASSWORD, argon=CHEAP)
    with opened:
        store = opened.store
        records.create(store, "case", {"name": "虚构旧案卷", "sample": True})
        members = [records.create(store, "member", {"code": code, "role": "handler"}) for code in ("JXG", "YXG")]
        rows = [{"kind": "main", "name": "虚构镇党委"}, {"kind": "direct", "name": "虚构办公室", "note": "说明"}]
        values = {
            "title": "虚构问题",
            "overview": "一\n二",
            "amount": 128640000,
            "dated": "2031-04-06",
            "quick_fix": True,
        }
        more = {"sources": ["visit", "survey"], "handlers": members, "parties": rows}
        paper = records.create(store, "paper", {**values, **more})
        records.edit(store, "paper", paper, {"title": "改过的虚构问题", "handlers": members[:1]})
        records.edit(store, "paper", paper, {"overview": "要撤销的"})
        undo.undo(store)
        records.delete(store, "paper", [records.create(store, "paper", {"title": "删去的"})])
        text = json.dumps(contents(store), ensure_ascii=False, indent=1)
    (folder / CONTENTS).write_text(text + "\n", encoding="utf-8")
    for path in folder.iterdir():
        if path.name not in _KEPT:
            path.unlink()


def contents(store: Store) -> dict[str, dict[str, Any]]:
    """What the case says, field by field, as JSON holds it."""
    found: dict[str, dict[str, Any]] = {}
    with store.read() as session:
        for entity in ("case", "member", "paper"):
            cls = entities()[entity]
            for record in session.scalars(select(cls.id).order_by(cls.id)):
                shot = records.snapshot(session, entity, record)
                found[f"{entity} {record}"] = {**shot.values, "deleted": shot.deleted}
    return json.loads(json.dumps(found))


if __name__ == "__main__":
    with TemporaryDirectory() as home, patch("socket.gethostname", lambda: "虚构电脑"):
        os.environ[paths.HOME_VARIABLE] = home
        make(Path(sys.argv[1]))
