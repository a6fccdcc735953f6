"""清单模板: versions in the case, and what of them may be edited."""

import pytest
from sqlalchemy import select

from tests.support.checklist_desk import begin, checklist_of, item_of, line, revised
from tests.support.journal_rows import batches
from tests.support.ready_papers import the_inspection
from xuncha_desktop import resources
from xuncha_desktop.errors import UserError
from xuncha_desktop.model import CheckItem
from xuncha_desktop.services import checklist_editing, choosing, records
from xuncha_desktop.services import checklist_versions as versions
from xuncha_desktop.services.checklist_versions import Template
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def of_code(store: Store, code: str) -> list[Template]:
    return [template for template in versions.templates(store) if template.code == code]


def codes_of(store: Store, checklist: str) -> list[str]:
    with store.read() as session:
        query = select(CheckItem.code).where(CheckItem.parent == checklist, ~CheckItem.deleted)
        return list(session.scalars(query.order_by(CheckItem.position)))


def test_shipped_checklists_are_listed_and_brought_in_once(store: Store) -> None:
    assert [(row.code, bool(row.id)) for row in versions.templates(store)] == [
        ("ZJ", True),
        ("BM", False),
        ("SY", False),
        ("CS", False),
        ("GQ", False),
    ]
    brought = checklist_editing.bring_in(store, "BM")
    assert checklist_editing.bring_in(store, "BM") == brought
    [template] = of_code(store, "BM")
    assert (template.id, template.version, template.items, template.must, template.used) == (
        brought,
        "2026.1",
        21,
        12,
        0,
    )
    assert template.title == "市直部门党组（党委）巡察清单　2026.1"
    assert codes_of(store, brought) == [item.code for item in resources.checklists()["BM"].items]


def test_topics_of_special_inspections_name_items_that_ship(store: Store) -> None:
    for code in resources.checklists():
        checklist_editing.bring_in(store, code)
    with store.read() as session:
        tagged = {item.code: item.tags.split() for item in session.scalars(select(CheckItem)) if item.tags}
    assert tagged["ZJ-12"] == ["粮食购销", "营商环境", "工程建设"]
    shipped = resources.read_json("special_topics.json")["topics"]
    assert isinstance(shipped, list)
    assert sum(map(len, tagged.values())) == sum(len(topic["items"]) for topic in shipped)


def test_a_version_in_use_or_shipped_is_revised_not_edited(store: Store) -> None:
    used = checklist_of(store, the_inspection(store)).id
    brought = checklist_editing.bring_in(store, "BM")
    for checklist, why in ((used, "已有任务在用"), (brought, "程序自带")):
        with pytest.raises(UserError, match=f"{why}.*修订时另存为新版本"):
            checklist_editing.edit(store, checklist, {"name": "别的名称"})
        with pytest.raises(UserError, match=why):
            checklist_editing.add_item(store, checklist, {"item": "多查一项"})
    assert of_code(store, "ZJ")[0].locked == "已有任务在用，修订时另存为新版本。"


def test_a_new_version_begins_with_every_item_and_may_be_edited(store: Store) -> None:
    old = checklist_of(store, the_inspection(store))
    new = checklist_editing.revise(store, old.id)
    assert batches(store)[-1].label == "修订清单为 2026.2"
    assert codes_of(store, new) == codes_of(store, old.id)
    assert [(row.version, row.locked) for row in of_code(store, "ZJ")] == [
        ("2026.2", ""),
        ("2026.1", "已有更新的版本，不再改动。"),
    ]
    item = item_of(store, new, "ZJ-02")
    checklist_editing.edit_item(store, item, {"item": "改写的事项", "must": False})
    added = checklist_editing.add_item(store, new, {"item": "新增的事项"})
    checklist_editing.move_item(store, added, -1)
    checklist_editing.remove_items(store, [item_of(store, new, "ZJ-01")])
    assert codes_of(store, new) == [*(f"ZJ-{number:02}" for number in range(2, 22)), "ZJ-23", "ZJ-22"]
    assert codes_of(store, old.id)[0] == "ZJ-01"
    with store.read() as session:
        assert records.find(session, "check_item", item).former == item_of(store, old.id, "ZJ-02")
    undo.undo(store)
    assert codes_of(store, new)[0] == "ZJ-01"


def test_a_new_inspection_takes_the_newest_version_a_running_one_keeps_its_own(store: Store) -> None:
    running = the_inspection(store)
    new = revised(store, running, ZJ_02="改写的事项")
    record = begin(store)
    assert checklist_of(store, record).id == new
    assert line(store, record, "ZJ-02").text == "改写的事项"
    assert line(store, running, "ZJ-02").text == resources.checklists()["ZJ"].items[1].item
    with pytest.raises(UserError, match="已有任务在用"):
        checklist_editing.edit_item(store, item_of(store, new, "ZJ-02"), {"item": "再改"})


def test_a_version_nobody_uses_may_be_discarded_and_the_one_before_is_current_again(store: Store) -> None:
    new = revised(store, the_inspection(store))
    checklist_editing.discard(store, new)
    assert [row.version for row in of_code(store, "ZJ")] == ["2026.1"]
    assert checklist_of(store, begin(store)).version == "2026.1"
    assert checklist_editing.revise(store, of_code(store, "ZJ")[0].id) != new
    assert of_code(store, "ZJ")[0].version == "2026.2"


@pytest.mark.parametrize(
    ("now", "then"), [("2026.1", "2026.2"), ("2026.9", "2026.10"), ("3", "4"), ("试行", "试行.2"), ("", "2")]
)
def test_versions_are_counted_on(store: Store, now: str, then: str) -> None:
    own = checklist_editing.begin(store)
    checklist_editing.edit(store, own, {"name": "自己的清单", "version": now})
    revised_one = checklist_editing.revise(store, own)
    with store.read() as session:
        assert records.find(session, "checklist", revised_one).version == then


def test_a_checklist_of_ones_own_numbers_its_items(store: Store) -> None:
    own = checklist_editing.begin(store)
    checklist_editing.edit(store, own, {"name": "自己的清单", "code": "ZZ"})
    first = checklist_editing.add_item(store, own, {"item": "第一项"})
    checklist_editing.add_item(store, own, {"item": "第二项"})
    assert codes_of(store, own) == ["ZZ-01", "ZZ-02"]
    checklist_editing.move_item(store, first, 1)
    checklist_editing.move_item(store, first, 1)
    assert codes_of(store, own) == ["ZZ-02", "ZZ-01"]


def test_versions_can_be_told_apart_where_one_is_chosen_and_a_teams_own_items_are_none_of_them(store: Store) -> None:
    before = checklist_of(store, the_inspection(store)).id
    later = revised(store, the_inspection(store))
    records.create(store, "checklist", {"name": "专项自拟事项", "mode": "special"})
    found = [choice for choice in choosing.options(store, "checklist") if choice.key in (before, later)]
    assert len({choice.text for choice in found}) == 2
    assert {choice.group for choice in found} == {"镇街道"}
    assert "专项自拟事项" not in {choice.text.split("　")[0] for choice in choosing.options(store, "checklist")}
