"""A small fictitious case: one team of two, a township and one of its villages."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.support.cheap_keys import CHEAP, PASSWORD
from xuncha_desktop.services import cases
from xuncha_desktop.store import opening

PLAN: Mapping[str, Any] = {
    "case": {"name": "虚构案卷", "office": "中共虚构市委", "sample": True},
    "round": {"name": "第九届第一轮", "term": 9, "number": 1, "year": 2031},
    "team": {"name": "市委第九巡察组", "number": 9},
    "members": [
        {"name": "甲虚构", "code": "JXG", "role": "leader", "expertise": ["finance", "law"]},
        {"name": "乙虚构", "code": "YXG", "role": "handler"},
    ],
    "units": [
        {
            "name": "中共虚构镇委员会",
            "short_name": "虚构镇党委",
            "code": "XGZ",
            "kind": "township",
            "party_body": "committee",
        },
        {
            "name": "中共虚构镇无名村支部委员会",
            "short_name": "无名村党支部",
            "code": "WMC",
            "kind": "village",
            "party_body": "branch",
            "parent_unit": "XGZ",
        },
    ],
    "inspections": [{"unit": "XGZ", "entry_on": "2031-03-01", "stay_end_on": "2031-05-01"}],
}


def build(folder: Path) -> None:
    """Make the case in `folder` and close it."""
    opened, _ = opening.create(folder, PASSWORD, argon=CHEAP)
    with opened:
        cases.begin(opened.store, PLAN)
