"""批量新增村（社区）: from a pasted list to units and inspections in one step."""

import pytest

from tests.support.journal_rows import batches
from tests.support.ready_papers import the_inspection
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import checklists, inspections, lists, records, villages
from xuncha_desktop.services.villages import Verdict, Village
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def town(store: Store) -> str:
    return lists.ids(store, lists.Query("unit", {"code": "XGZ"}))[0]


def previewed(store: Store, text: str, body: str = "branch") -> list[Village]:
    return villages.preview(store, text, town(store), inspections.defaults(store)["round"], body)


@pytest.mark.parametrize(
    ("pasted", "names"),
    [
        ("东山村\n河西社区", ["东山村", "河西社区"]),
        ("\r\n  东山村  \r\n\r\n", ["东山村"]),
        (
            "1、东山村\n2. 河西社区\n（3）南岙村\n④北屿村\n五、中洲村",
            ["东山村", "河西社区", "南岙村", "北屿村", "中洲村"],
        ),
        ("1\t东山村\t230\n2\t河西社区\t410", ["东山村", "河西社区"]),
        ("东山村、河西社区；南岙村，北屿村。", ["东山村", "河西社区", "南岙村", "北屿村"]),
        ("三里村\n八一社区", ["三里村", "八一社区"]),
        ("\x07东山村\x00", ["东山村"]),
        (" \n\t\n", []),
    ],
)
def test_names_are_read_out_of_whatever_was_pasted(pasted: str, names: list[str]) -> None:
    assert villages.split(pasted) == names


@pytest.mark.parametrize(
    ("pasted", "name", "short", "body"),
    [
        ("东山村", "中共虚构镇东山村支部委员会", "东山村党支部", "branch"),
        ("虚构镇东山村", "中共虚构镇东山村支部委员会", "东山村党支部", "branch"),
        ("东山村党总支", "中共虚构镇东山村总支部委员会", "东山村党总支", "general_branch"),
        ("东山村党委", "中共虚构镇东山村委员会", "东山村党委", "committee"),
        ("中共虚构镇东山村支部委员会", "中共虚构镇东山村支部委员会", "东山村党支部", "branch"),
        ("东山村村民委员会", "中共虚构镇东山村支部委员会", "东山村党支部", "branch"),
        ("东山村委会", "中共虚构镇东山村支部委员会", "东山村党支部", "branch"),
        ("河西社区居委会", "中共虚构镇河西社区支部委员会", "河西社区党支部", "branch"),
    ],
)
def test_a_name_becomes_a_full_name_under_its_town(store: Store, pasted: str, name: str, short: str, body: str) -> None:
    found = previewed(store, pasted)[0]
    assert (found.verdict, found.name, found.short_name, found.party_body) == (Verdict.NEW, name, short, body)


def test_the_form_chosen_holds_where_a_name_says_none(store: Store) -> None:
    found = previewed(store, "东山村\n南岙村党支部", "general_branch")
    assert [village.party_body for village in found] == ["general_branch", "branch"]


def test_codes_are_initials_made_unique_among_old_and_new_units(store: Store) -> None:
    found = previewed(store, "五马村\n吴梅村\n东山村\n丁山村")
    assert [village.code for village in found] == ["WMC2", "WMC3", "DSC", "DSC2"]


def test_repeated_known_started_and_unreadable_names_are_told_apart(store: Store) -> None:
    inspections.start(store, [lists.ids(store, lists.Query("unit", {"code": "WMC"}))[0]], inspections.defaults(store))
    records.create(
        store,
        "unit",
        {"name": "中共虚构镇老村支部委员会", "short_name": "老村党支部", "code": "LC", "parent_unit": town(store)},
    )
    found = previewed(store, f"东山村\n东山村党支部\n无名村\n老村\n12345\n{'长' * 41}村")
    assert [village.verdict for village in found] == [
        Verdict.NEW,
        Verdict.REPEATED,
        Verdict.STARTED,
        Verdict.KNOWN,
        Verdict.UNREADABLE,
        Verdict.UNREADABLE,
    ]
    assert found[3].code == "LC"


def test_the_same_village_name_under_another_town_is_another_village(store: Store) -> None:
    other = records.create(store, "unit", {"name": "中共另一镇委员会", "short_name": "另一镇党委", "code": "LYZ"})
    found = villages.preview(store, "无名村", other, "")[0]
    assert (found.verdict, found.name) == (Verdict.NEW, "中共另一镇无名村支部委员会")


def test_units_inspections_and_checklists_come_in_one_step_and_go_in_one(store: Store) -> None:
    before = len(batches(store))
    given = {**inspections.defaults(store), "entry_on": "2031-04-01"}
    made = villages.start(store, previewed(store, "东山村\n东山村\n无名村"), town(store), given)
    assert [batch.label for batch in batches(store)[before:]] == ["批量新增 2 个村（社区）"]
    values = [records.load(store, "inspection", record).values for record in made]
    assert [(v["mode"], v["entry_on"], v["team"]) for v in values] == [("village", "2031-04-01", given["team"])] * 2
    unit = records.load(store, "unit", values[0]["unit"]).values
    assert (unit["name"], unit["kind"], unit["parent_unit"]) == ("中共虚构镇东山村支部委员会", "village", town(store))
    assert {line.code[:2] for line in checklists.lines(store, made[0])} == {"CS"}
    undo.undo(store)
    assert lists.count(store, lists.Query("inspection")) == 1
    assert lists.count(store, lists.Query("unit")) == 2


def test_a_list_with_nothing_to_make_is_refused(store: Store) -> None:
    with pytest.raises(UserError, match="没有可以新增的村"):
        villages.start(store, previewed(store, "12345"), town(store), {})


def test_the_unit_above_is_the_town_whether_one_works_on_it_or_on_its_village(store: Store) -> None:
    village = inspections.start(
        store, [lists.ids(store, lists.Query("unit", {"code": "WMC"}))[0]], inspections.defaults(store)
    )[0]
    assert villages.usual_parent(store, the_inspection(store)) == town(store)
    assert villages.usual_parent(store, village) == town(store)
    assert villages.usual_parent(store, "") is None
