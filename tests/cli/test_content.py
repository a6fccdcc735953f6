"""Content put in from outside comes out the same, all of it or nothing."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.support.cheap_keys import PASSWORD
from tests.support.commands import Xuncha, full_paper, written
from tests.support.nasty_text import LONG, NASTY
from tests.support.small_case import PLAN
from xuncha_desktop.model import LONG_TEXTS, Kind, Paper, fields
from xuncha_desktop.model.field import EMPTY
from xuncha_desktop.services import history
from xuncha_desktop.store import opening

TEXTS = (Kind.TEXT, *LONG_TEXTS)
ENTITIES = (
    "check_result", "checklist", "evidence", "heading_set", "inspection", "inspector", "legal_basis", "member", "paper",
    "phrase", "problem_type", "report", "round", "team", "unit",
)  # fmt: skip


def texts(entity: str, *, text: str) -> dict[str, Any]:
    """Every text field of an entity filled with the same text, in its rows too."""
    values: dict[str, Any] = {}
    for described in fields(entity).values():
        if described.kind in TEXTS:
            values[described.name] = text
        elif described.kind is Kind.ROWS:
            values[described.name] = [texts(described.target, text=text)]
    return values


def holds(found: Any, given: Any) -> bool:
    """Whether everything given is found, in rows too."""
    if isinstance(given, dict):
        return all(holds(found[name], item) for name, item in given.items())
    if isinstance(given, list):
        return len(found) == len(given) and all(map(holds, found, given))
    return found == given


@pytest.mark.parametrize("entity", ENTITIES)
def test_every_character_that_is_kept_comes_out_of_every_text_field(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, entity: str
) -> None:
    given = texts(entity, text=NASTY)
    assert given
    added = xuncha("add", entity, case_folder, "--json", written(tmp_path, given))
    assert added.code == 0, added.err
    found = {row["id"]: row for row in xuncha("dump", case_folder).json[entity]}
    assert holds(found[added.json["ids"][0]], given)


def test_every_character_comes_out_of_the_case_itself_once_it_is_set(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path
) -> None:
    record = xuncha("dump", case_folder).json["case"][0]["id"]
    given = texts("case", text=NASTY)
    assert xuncha("set", "case", record, case_folder, "--json", written(tmp_path, given)).code == 0
    assert holds(xuncha("dump", case_folder).json["case"][0], given)


def test_two_hundred_thousand_characters_come_out_of_every_long_field_of_a_paper(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path
) -> None:
    given = {name: LONG for name, described in fields("paper").items() if described.kind in LONG_TEXTS}
    assert xuncha("add", "paper", case_folder, "--json", written(tmp_path, given)).code == 0
    assert holds(xuncha("dump", case_folder).json["paper"][0], given)


def test_values_of_every_kind_come_out_as_they_went_in(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, refs: dict[str, str]
) -> None:
    items = [row["id"] for row in xuncha("dump", case_folder).json["checklist"][0]["items"]]
    given = full_paper(
        refs,
        inspection=refs["inspection"],
        sources=["documents", "visit"],
        amount=128_640_000_01,
        people=0,
        pieces=None,
        period_from="2020-02-29",
        check_items=[items[3], items[1]],
        quick_fix=True,
        parties=[{"kind": "main", "name": "甲", "note": ""}, {"kind": "direct", "name": "乙", "note": "丙"}],
        level="village",
    )
    added = xuncha("add", "paper", case_folder, "--json", written(tmp_path, given))
    assert added.code == 0, added.err
    found = xuncha("dump", case_folder).json["paper"]
    assert [row["id"] for row in found] == added.json["ids"]
    assert holds(found[0], given)
    assert (found[0]["number"], found[0]["state"]) == ("临-JXG-0001", "draft")


def test_a_draft_may_lack_everything(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    added = xuncha("add", "paper", case_folder, "--json", written(tmp_path, {}))
    assert added.code == 0
    paper = xuncha("dump", case_folder).json["paper"][0]
    assert paper["title"] == ""
    assert paper["inspection"] == xuncha("dump", case_folder).json["inspection"][0]["id"]


def test_many_are_one_batch_with_numbers_of_the_member_who_acts(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path
) -> None:
    source = written(tmp_path, [{"title": f"第{number}份"} for number in range(1, 31)])
    added = xuncha("add", "paper", case_folder, "--member", "yxg", "--json", source)
    assert len(added.json["ids"]) == 30
    papers = {row["id"]: row for row in xuncha("dump", case_folder).json["paper"]}
    assert [papers[record]["title"] for record in added.json["ids"]] == [f"第{n}份" for n in range(1, 31)]
    assert papers[added.json["ids"][-1]]["number"] == "临-YXG-0030"
    with opening.open_case(case_folder, PASSWORD) as case:
        events = [event for record in papers for event in history.of_record(case.store, "paper", record)]
        assert {(event.label, event.who) for event in events} == {("录入 30 条问题底稿", "乙虚构")}


@pytest.mark.parametrize(
    ("entity", "given", "says"),
    [
        ("paper", [{"title": "好"}, {"titel": "坏"}], "第 2 条：paper 没有“titel”"),
        ("paper", [{"title": "好"}, {"level": "county"}], "第 2 条：“发生层级”没有“county”"),
        ("paper", {"title": 5}, "“底稿名称”应为文字"),
        ("paper", {"title": ["a"]}, "“底稿名称”应为文字"),
        ("paper", {"amount": 12.5}, "“涉及金额（万元）”应为整数"),
        ("paper", {"amount": 2**60}, "数值太大"),
        ("paper", {"quick_fix": "是"}, "应为是或否"),
        ("paper", {"dated": "2020-02-30"}, "“编制日期”"),
        ("paper", {"dated": "2020年4月1日"}, "应为日期"),
        ("paper", {"sources": "documents"}, "“问题来源”"),
        ("paper", {"sources": [{}]}, "“问题来源”"),
        ("paper", {"handlers": "x"}, "应为编号的列表"),
        ("paper", {"handlers": ["没有"]}, "“承办人”指向的成员“没有”不在案卷里"),
        ("paper", {"inspection": "没有"}, "“巡察任务”指向的巡察任务“没有”不在案卷里"),
        ("paper", {"parties": {"name": "甲"}}, "应为对象的列表"),
        ("paper", {"parties": [5]}, "“责任主体初步分析”第 1 行：应为一个对象"),
        ("paper", {"parties": [{"nmae": "甲"}]}, "paper_party 没有“nmae”"),
        ("paper", {"parties": [{"parent": "x"}]}, "没有“parent”"),
        ("paper", {"parties": [{"id": "x", "name": "甲"}]}, "不带 id"),
        ("paper", {"citations": [{"evidence": "没有"}]}, "“支撑材料”第 1 行：“证据”指向的证据“没有”不在案卷里"),
        ("paper", [5], "第 1 条：应为一个对象"),
        ("paper", "文字", "第 1 条：应为一个对象"),
        ("paper", {"state": "approved"}, "底稿“（未命名）”还缺 9 项：底稿名称、问题分类、问题概述、支撑材料、"),
        ("paper", {"state": "review", "title": "甲"}, "底稿“甲”还缺 8 项：问题分类"),
        ("papers", {}, "没有名为“papers”的记录"),
        ("citation", {}, "写在 paper 的“citations”里"),
        ("link", {}, "没有名为“link”的记录"),
        ("export_record", {}, "由程序自己登记"),
        ("replica", {}, "由程序自己登记"),
        ("case", {}, "由程序自己登记"),
        ("evidence", {"file": "没有.jpg"}, "找不到证据文件"),
        ("evidence", {"file": 5}, "“file”应为文件的路径"),
        ("unit", {"file": "x"}, "unit 没有“file”"),
    ],
)
def test_what_cannot_be_taken_in_is_named_and_nothing_is(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, entity: str, given: Any, says: str
) -> None:
    before = xuncha("info", case_folder, "--json").json["counts"]
    outcome = xuncha("add", entity, case_folder, "--json", written(tmp_path, given))
    assert outcome.code == 3
    assert says in outcome.err
    assert outcome.err.count("\n") == 1
    assert xuncha("info", case_folder, "--json").json["counts"] == before


def test_characters_that_no_record_can_keep_are_named_when_they_are_taken_out(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path
) -> None:
    outcome = xuncha("add", "unit", case_folder, "--json", written(tmp_path, {"name": "甲\x07乙\ufffe丙"}))
    assert outcome.code == 0
    assert "U+0007、U+FFFE" in outcome.err
    names = [row["name"] for row in xuncha("dump", case_folder).json["unit"]]
    assert "甲乙丙" in names


def test_evidence_brings_its_file_which_is_kept_encrypted(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    content = "只有证据里才有的文字".encode() * 100
    (tmp_path / "会议纪要.txt").write_bytes(content)
    source = written(tmp_path, {"file": "会议纪要.txt", "kind": "minutes", "name": "镇党委会议纪要"})
    added = xuncha("add", "evidence", case_folder, "--json", source)
    assert added.code == 0, added.err
    found = xuncha("dump", case_folder).json["evidence"][0]
    assert (found["name"], found["file_name"], found["number"]) == ("镇党委会议纪要", "会议纪要.txt", "证-JXG-0001")
    assert found["file_size"] == len(content)
    with opening.open_case(case_folder, PASSWORD) as case, case.store.blobs.open(found["file_hash"]) as file:
        assert file.read() == content
    assert not any(content[:30] in file.read_bytes() for file in case_folder.rglob("*") if file.is_file())


def test_the_file_of_evidence_is_never_replaced(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    for name in ("原件.txt", "另一份.txt"):
        (tmp_path / name).write_text(f"{name}虚构", encoding="utf-8")
    source = written(tmp_path, {"kind": "document", "file": "原件.txt"})
    [record] = xuncha("add", "evidence", case_folder, "--json", source).json["ids"]
    before = xuncha("dump", case_folder).json["evidence"]
    for given in ({"file": "另一份.txt"}, {"file_hash": "0" * 64}):
        outcome = xuncha("set", "evidence", record, case_folder, "--json", written(tmp_path, given))
        assert outcome.code == 3
        assert "证据“原件”的原件已存入，不能换成别的文件" in outcome.err
    assert xuncha("dump", case_folder).json["evidence"] == before


def test_an_inspection_brings_the_checklist_of_its_unit(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    dump = xuncha("dump", case_folder).json
    village = next(row["id"] for row in dump["unit"] if row["code"] == "WMC")
    given = {"unit": village, "team": dump["team"][0]["id"], "round": dump["round"][0]["id"], "mode": "village"}
    added = xuncha("add", "inspection", case_folder, "--json", written(tmp_path, given))
    after = xuncha("dump", case_folder).json
    results = [row for row in after["check_result"] if row["inspection"] == added.json["ids"][0]]
    assert len(results) == len(next(row for row in after["checklist"] if row["code"] == "CS")["items"]) > 0


def test_a_record_is_changed_field_by_field(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, refs: dict[str, str]
) -> None:
    source = written(tmp_path, full_paper(refs, parties=[{"name": "甲"}, {"name": "乙"}]))
    record = xuncha("add", "paper", case_folder, "--json", source).json["ids"][0]
    before = xuncha("dump", case_folder).json["paper"][0]
    parties = [before["parties"][1], {"name": "丙"}]
    change = written(tmp_path, {"overview": "改过的概述", "handlers": [refs["handler"]], "parties": parties})
    outcome = xuncha("set", "paper", record, case_folder, "--json", change)
    assert outcome.code == 0, outcome.err
    after = xuncha("dump", case_folder).json["paper"][0]
    assert after["overview"] == "改过的概述"
    assert after["handlers"] == [refs["handler"]]
    assert [row["name"] for row in after["parties"]] == ["乙", "丙"]
    assert after["parties"][0]["id"] == before["parties"][1]["id"]
    assert {name for name in before if before[name] != after[name]} == {"overview", "handlers", "parties"}


def test_rows_of_another_record_cannot_be_taken(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, refs: dict[str, str]
) -> None:
    source = written(tmp_path, [full_paper(refs, title="甲"), full_paper(refs, title="乙")])
    first, second = xuncha("add", "paper", case_folder, "--json", source).json["ids"]
    dump = {row["id"]: row for row in xuncha("dump", case_folder).json["paper"]}
    stolen = written(tmp_path, {"parties": dump[first]["parties"]})
    outcome = xuncha("set", "paper", second, case_folder, "--json", stolen)
    assert outcome.code == 3
    assert "没有编号为" in outcome.err
    assert {row["id"]: row for row in xuncha("dump", case_folder).json["paper"]} == dump


def test_setting_what_is_not_there_is_told(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    source = written(tmp_path, {"title": "x"})
    assert "没有编号为 没有 的问题底稿" in xuncha("set", "paper", "没有", case_folder, "--json", source).err
    assert xuncha("set", "paper", "没有", case_folder, "--json", written(tmp_path, [])).code == 3


def test_a_paper_given_as_approved_gets_its_number_and_is_locked(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, refs: dict[str, str]
) -> None:
    source = written(tmp_path, [full_paper(refs, state="approved"), full_paper(refs)])
    first, second = xuncha("add", "paper", case_folder, "--json", source).json["ids"]
    assert xuncha("set", "paper", second, case_folder, "--json", written(tmp_path, {"state": "approved"})).code == 0
    papers = {row["id"]: row for row in xuncha("dump", case_folder).json["paper"]}
    assert papers[first]["official_number"] == "〔2031〕09-01-09-XGZ-DG-001"
    assert papers[second]["official_number"] == "〔2031〕09-01-09-XGZ-DG-002"
    assert all(paper["signed_on"] for paper in papers.values())
    for change in ({"title": "改"}, {"title": "改", "state": "adopted"}):
        locked = xuncha("set", "paper", first, case_folder, "--json", written(tmp_path, change))
        assert locked.code == 3
        assert "退回" in locked.err
    reopened = {"state": "returned", "return_reason": "补证据", "title": "改"}
    assert xuncha("set", "paper", first, case_folder, "--json", written(tmp_path, reopened)).code == 0
    assert {row["title"] for row in xuncha("dump", case_folder).json["paper"]} == {"改", "虚构问题"}


def test_a_state_set_from_outside_asks_for_what_the_window_asks_for(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path, refs: dict[str, str]
) -> None:
    half = {**full_paper(refs), "overview": "{转发日期}转发《{文件名}》。", "basis": ""}
    [record] = xuncha("add", "paper", case_folder, "--json", written(tmp_path, [half])).json["ids"]
    for state in ("review", "approved", "adopted"):
        refused = xuncha("set", "paper", record, case_folder, "--json", written(tmp_path, {"state": state}))
        assert refused.code == 3
        assert "还缺 2 项：定性依据、问题概述句式里的“转发日期、文件名”" in refused.err
    assert xuncha("dump", case_folder).json["paper"][0]["state"] == "draft"
    mended = {"state": "approved", "overview": "概述。", "basis": "《虚构办法》"}
    assert xuncha("set", "paper", record, case_folder, "--json", written(tmp_path, mended)).code == 0
    assert xuncha("dump", case_folder).json["paper"][0]["official_number"]


def test_a_new_case_is_made_of_a_plan_and_shows_its_recovery_key(xuncha: Xuncha, tmp_path: Path) -> None:
    made = xuncha("new", tmp_path / "新案卷", "--json", written(tmp_path, dict(PLAN)))
    assert made.code == 0, made.err
    assert set(made.json["members"]) == {"JXG", "YXG"}
    info = xuncha("info", tmp_path / "新案卷", "--json").json
    assert info["case"] == "虚构案卷"
    assert info["counts"]["unit"] == 2
    assert info["last_backup"] is None
    assert [row["id"] for row in info["inspections"]] == [row["id"] for row in made.json["inspections"]]
    key = made.json["recovery_key"]
    with opening.open_with(tmp_path / "新案卷", lambda vault: vault.unlock_with_recovery(key)) as case:
        assert case.store.meta("schema")


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"round": None}, "round"),
        ({"members": [5]}, "“members”第 1 条"),
        ({"members": [{"nmae": "x"}]}, "“members”第 1 条：member 没有“nmae”"),
        ({"units": [{"code": ["x"]}]}, "“units”第 1 条"),
        ({"inspections": [{"unit": "没有"}]}, "没有简码为“没有”"),
        ({"round": {"name": "x", "heading_set": "九个聚焦"}}, "九个聚焦"),
        ({"extra": []}, "extra"),
    ],
)
def test_a_plan_that_makes_no_case_leaves_no_folder(
    xuncha: Xuncha, tmp_path: Path, change: dict[str, Any], says: str
) -> None:
    outcome = xuncha("new", tmp_path / "新案卷", "--json", written(tmp_path, {**PLAN, **change}))
    assert outcome.code == 3
    assert says in outcome.err
    assert not (tmp_path / "新案卷").exists()


def test_an_occupied_folder_is_left_as_it_is(xuncha: Xuncha, tmp_path: Path) -> None:
    (tmp_path / "新案卷").mkdir()
    (tmp_path / "新案卷" / "照片.jpg").write_bytes(b"x")
    outcome = xuncha("new", tmp_path / "新案卷", "--json", written(tmp_path, dict(PLAN)))
    assert outcome.code == 3
    assert [file.name for file in (tmp_path / "新案卷").iterdir()] == ["照片.jpg"]


def test_a_dump_leaves_out_what_was_deleted_and_names_every_field(
    xuncha: Xuncha, case_folder: Path, tmp_path: Path
) -> None:
    xuncha("add", "paper", case_folder, "--json", written(tmp_path, [{"title": "留"}, {"title": "删"}]))
    with opening.open_case(case_folder, PASSWORD) as case, case.store.write("删") as session:
        next(paper for paper in session.scalars(select(Paper)) if paper.title == "删").deleted = True
    dump = xuncha("dump", case_folder, "--json").json
    assert [row["title"] for row in dump["paper"]] == ["留"]
    assert set(dump["paper"][0]) == {"id", *fields("paper")}
    empties = {name for name, field in fields("paper").items() if dump["paper"][0][name] in (EMPTY[field.kind], [])}
    assert "overview" in empties
    assert "link" not in dump
    assert "citation" not in dump


def test_a_file_the_case_has_already_is_said(xuncha: Xuncha, case_folder: Path, tmp_path: Path) -> None:
    (tmp_path / "现场.txt").write_text("虚构的材料", encoding="utf-8")
    source = written(tmp_path, [{"kind": "document", "file": "现场.txt"}], "evidence.json")
    first = xuncha("add", "evidence", case_folder, "--json", source)
    assert (first.json["duplicates"], first.err) == ([], "")
    again = xuncha("add", "evidence", case_folder, "--json", source)
    assert again.code == 0
    assert again.json["duplicates"] == [{"id": again.json["ids"][0], "same_as": first.json["ids"][0]}]
    assert "“现场”完全相同" in again.err
