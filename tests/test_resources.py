import json
import re
import sys
from collections import Counter
from dataclasses import FrozenInstanceError
from pathlib import Path
from xml.etree import ElementTree

import pytest

from xuncha_desktop import resources
from xuncha_desktop.model.base import fields
from xuncha_desktop.model.choices import CHECKLIST_OF, DAY_KINDS, EVIDENCE_KINDS, UNIT_KINDS
from xuncha_desktop.model.field import Kind
from xuncha_desktop.model.record_choices import PERSON_KINDS

BASIS_ARTICLE = re.compile(r"(?:、?第[一二三四五六七八九十]+条)+$")
ICONS = (
    "workbench",
    "tasks",
    "checklist",
    "paper",
    "evidence",
    "report",
    "settings",
    "lock",
    "undo",
    "redo",
    "search",
    "plus",
    "trash",
    "copy",
    "history",
    "paperclip",
    "image",
    "file",
    "check",
    "alert",
    "calendar",
    "chevron-down",
    "close",
    "export",
    "sun",
    "moon",
    "book",
    "quote",
)


def test_five_checklists_hold_104_items() -> None:
    counts = {code: len(checklist.items) for code, checklist in resources.checklists().items()}
    assert counts == {"ZJ": 22, "BM": 21, "SY": 20, "CS": 21, "GQ": 20}


def test_must_check_items_are_as_many_as_the_trade_note_counts() -> None:
    must = Counter(code for code, checklist in resources.checklists().items() for item in checklist.items if item.must)
    assert (must["ZJ"], must["BM"], must["SY"]) == (14, 12, 12)


def test_item_codes_are_consecutive_and_carry_the_code_of_their_checklist() -> None:
    for code, checklist in resources.checklists().items():
        wanted = [f"{code}-{number:02d}" for number in range(1, len(checklist.items) + 1)]
        assert [item.code for item in checklist.items] == wanted


def test_each_checklist_belongs_to_a_kind_of_unit_the_program_knows() -> None:
    kinds = {checklist.unit_kind: code for code, checklist in resources.checklists().items()}
    assert kinds == {UNIT_KINDS[kind]: code for kind, code in CHECKLIST_OF.items()}


def test_every_item_names_a_known_focus_and_problem_type() -> None:
    for checklist in resources.checklists().values():
        for item in checklist.items:
            assert item.focus in "一二三四"
            assert item.problem_type in resources.problem_types()
            assert all((item.area, item.item, item.how, item.basis))


def test_every_basis_of_a_checklist_can_be_picked() -> None:
    known = {basis.name: basis for basis in resources.legal_bases()}
    for checklist in resources.checklists().values():
        for item in checklist.items:
            for name in item.basis.split("；"):
                basis = known[BASIS_ARTICLE.sub("", name)]
                assert item.problem_type in basis.problem_types


def test_the_classification_has_51_types_in_four_groups() -> None:
    types = resources.problem_types()
    assert len(types) == 51
    assert Counter(row.level1 for row in types.values()) == {"A": 13, "B": 22, "C": 11, "D": 5}
    assert len({row.name for row in types.values()}) == 51


def test_usual_proofs_are_kinds_of_evidence_the_program_knows() -> None:
    for row in resources.problem_types().values():
        assert len(row.usual_proofs) >= 2
        assert set(row.usual_proofs) <= set(EVIDENCE_KINDS.values())


def test_every_heading_set_takes_each_group_once() -> None:
    sets = resources.heading_sets()
    assert [row.name for row in sets.values()] == ["三个聚焦", "四个聚焦", "四个落实"]
    for row in sets.values():
        assert [heading.order for heading in row.headings] == [*range(1, len(row.headings) + 1)]
        assert sorted(code for heading in row.headings for code in heading.takes) == ["A", "B", "C", "D"]
    assert sets["3J"].headings[2].takes == ("C", "D")


def test_every_problem_type_has_a_phrase_whose_slots_are_its_blanks() -> None:
    phrases = resources.phrases()
    assert [row.problem_type for row in phrases.problems] == list(resources.problem_types())
    for row in phrases.problems:
        assert set(row.slots) == set(re.findall(r"\{([^{}]+)\}", row.point + row.fact))
    for row in phrases.suggestions:
        assert set(row.slots) == set(re.findall(r"\{([^{}]+)\}", row.text))
        assert set(row.level1) <= set("ABCD")


def test_every_problem_type_has_a_legal_basis_to_pick() -> None:
    covered = {code for basis in resources.legal_bases() for code in basis.problem_types}
    assert covered == set(resources.problem_types())


def test_legal_bases_say_that_they_must_be_checked_before_they_are_quoted() -> None:
    kinds = {"党内法规", "法律", "行政法规", "部门规章", "规范性文件", "内部制度"}
    names = [basis.name for basis in resources.legal_bases()]
    assert len(set(names)) == len(names)
    for basis in resources.legal_bases():
        assert basis.kind in kinds
        assert "引用前请核对现行版本和条款" in basis.note
        if basis.kind == "法律":
            assert basis.full_name.startswith("中华人民共和国")


def test_article_numbers_are_given_only_where_the_text_of_the_law_was_read() -> None:
    given = {basis.name: [article.article for article in basis.articles] for basis in resources.legal_bases()}
    assert {name: articles for name, articles in given.items() if articles} == {
        "村民委员会组织法": ["第二十四条", "第二十六条", "第三十条", "第三十二条", "第三十三条"],
        "招标投标法": ["第四条"],
        "政府采购法": ["第二十八条"],
        "信访工作条例": ["第二十二条", "第三十四条"],
    }


def test_the_thirty_base_documents_name_known_checklists_and_types() -> None:
    rows = resources.base_documents()
    assert len(rows) == len({row.name for row in rows}) == 30
    assert {code for row in rows for code in row.checklists} == set(resources.checklists())
    assert {code for row in rows for code in row.problem_types} <= set(resources.problem_types())


def test_each_kind_of_person_is_talked_to_along_an_outline_of_its_own() -> None:
    outlines = resources.talk_outlines().outlines
    assert [outline.person_kind for outline in outlines] == list(PERSON_KINDS)
    assert all(topic.questions for outline in outlines for topic in outline.topics)


def test_deadlines_count_known_days_between_dates_of_an_inspection() -> None:
    dates = {field.label for field in fields("inspection").values() if field.kind is Kind.DATE}
    rows = resources.deadlines()
    assert len({row.code for row in rows}) == len(rows)
    assert {row.count for row in rows} == set(DAY_KINDS)
    assert all(row.days for row in rows)
    taken = [row.target for row in rows if row.default]
    assert len(set(taken)) == len(taken)
    elsewhere = {row.code for row in rows if not {row.base, row.target} <= dates}
    assert elsewhere == {"lead_reply", "quick_fix", "fact_check"}


def test_shipped_data_is_frozen_and_read_once() -> None:
    item = resources.checklists()["ZJ"].items[0]
    with pytest.raises(FrozenInstanceError):
        item.must = False  # pyright: ignore[reportAttributeAccessIssue]
    assert resources.checklists() is resources.checklists()


@pytest.mark.parametrize(
    "raw",
    [
        {"article": "第四条"},
        {"article": "第四条", "about": "规避招标", "extra": "多余"},
        {"article": 4, "about": "规避招标"},
    ],
)
def test_data_of_another_shape_is_refused(raw: object) -> None:
    with pytest.raises(TypeError, match="Article"):
        resources.build(resources.Article, raw)


def test_every_json_file_carries_a_version() -> None:
    files = list(resources.path().rglob("*.json"))
    assert len(files) >= 17
    for file in files:
        assert json.loads(file.read_text(encoding="utf-8"))["version"] == "2026.1"


def test_a_frozen_program_finds_the_data_in_its_bundle(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources.path("icons", "lock.svg") == tmp_path / "resources" / "icons" / "lock.svg"


@pytest.mark.parametrize("name", ICONS)
def test_every_icon_is_a_drawing_in_the_colour_of_its_place(name: str) -> None:
    root = ElementTree.parse(resources.path("icons", f"{name}.svg")).getroot()
    assert root.get("stroke") == "currentColor"
    assert root.get("viewBox") == "0 0 24 24"


def test_the_licence_of_the_icons_names_origin_and_every_file() -> None:
    licence = resources.path("icons", "LICENSE").read_text(encoding="utf-8")
    assert "ISC License" in licence
    assert "lucide-static" in licence
    for icon in resources.path("icons").glob("*.svg"):
        assert f"{icon.name}  <- " in licence
