"""A case in which documents can be made."""

from pathlib import Path

import pytest

from tests.support.desk import Desk
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import intake, records, reports
from xuncha_desktop.store.store import Store


@pytest.fixture
def desk(store: Store, tmp_path: Path) -> Desk:
    desk = Desk(store, tmp_path, next(iter(records.options(store, "inspection"))))
    desk.report = reports.of_inspection(store, desk.inspection)
    texts = {"evaluation": "总体评价。", "leadership": "班子评价。", "suggestions": "建议甲\n建议乙"}
    desk.set("report", desk.report, **texts)
    given = {"name": "虚构台账", "kind": "ledger", "inspection": desk.inspection, "original": "original"}
    desk.proof = intake.add(store, "evidence", [given], tmp_path, Progress())[0]
    return desk
