"""句式库和依据库: copied into a new case, the team's own from then on, offered by type of problem."""

import pytest

from tests.support.importing import bring_in, look_at, problems
from tests.support.journal_rows import new_paper
from xuncha_desktop import resources
from xuncha_desktop.services import blanks, dump, library, lists, records, search
from xuncha_desktop.services.search import Query
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

RULE = {"name": "青禾市乡镇财务管理暂行办法", "document_number": "青财发〔2021〕15号", "article": "第八条"}


def type_of(store: Store, code: str) -> str:
    """A problem type by its code."""
    [found] = lists.ids(store, lists.Query("problem_type", {"code": code}))
    return found


def test_a_new_case_has_every_shipped_phrase_and_basis_as_they_were_shipped(store: Store) -> None:
    everything = dump.everything(store)
    codes = {row["id"]: row["code"] for row in everything["problem_type"]}
    shipped = resources.phrases().problems
    assert {(row["point"], row["fact"], codes[row["problem_type"]]) for row in everything["phrase"]} == {
        (row.point, row.fact, row.problem_type) for row in shipped
    }
    bases = {row["name"]: row for row in everything["legal_basis"]}
    assert len(bases) == len(everything["legal_basis"]) == len(resources.legal_bases())
    for basis in resources.legal_bases():
        kept = bases[basis.full_name]
        assert [codes[record] for record in kept["problem_types"]] == list(basis.problem_types)
        assert (kept["note"], kept["article"]) == (basis.note, "")
        assert all(f"{row.article}　{row.about}" in kept["text"] for row in basis.articles)
    kind = lists.page(store, "legal_basis", [bases["信访工作条例"]["id"]], ("kind",))
    assert list(kind.values()) == [{"kind": "党内法规"}]


def test_bases_of_the_type_come_first_the_teams_own_before_all_others(store: Store) -> None:
    c102 = type_of(store, "C102")
    of_type = [basis for basis in resources.legal_bases() if "C102" in basis.problem_types]
    shipped = [basis.full_name for basis in sorted(of_type, key=lambda basis: "统称" in basis.note)]
    assert [offered.name for offered in library.usual_bases(store, c102)] == shipped[:3]
    own = records.create(store, "legal_basis", {**RULE, "problem_types": [c102]})
    usual = library.usual_bases(store, c102)
    assert [offered.name for offered in usual] == [f"{RULE['name']}　第八条", *shipped[:2]]
    assert usual[0].text == "《青禾市乡镇财务管理暂行办法》（青财发〔2021〕15号）第八条"
    every = library.bases(store, c102)
    assert len(every) == len(resources.legal_bases()) + 1
    assert [offered.name for offered in every if offered.group == library.USUAL][1:] == shipped
    groups = list(dict.fromkeys(offered.group for offered in every))
    assert groups == [library.USUAL, "党内法规", "法律", "行政法规", "部门规章", "规范性文件", "内部制度"]
    records.edit(store, "legal_basis", own, {"problem_types": []})
    assert [offered.name for offered in library.usual_bases(store, c102)] == shipped[:3]
    assert next(offered.group for offered in library.bases(store, c102) if offered.key == own) == "未分类"


def test_a_name_for_many_documents_leaves_blanks_for_the_one_that_is_meant(store: Store) -> None:
    a202 = type_of(store, "A202")
    many = next(each for each in library.bases(store, a202) if each.name == "机构“三定”规定")
    assert many.text == "《{机构三定规定的全称}》（{发文字号}）"
    assert blanks.unfilled(many.text) == ["机构三定规定的全称", "发文字号"]
    given = {"name": "青禾市机构编制规定", "document_number": "青编〔2021〕3号"}
    records.edit(store, "legal_basis", many.key, given)
    assert next(each for each in library.bases(store, a202) if each.key == many.key).text == (
        "《青禾市机构编制规定》（青编〔2021〕3号）"
    )
    for basis in library.bases(store, ""):
        assert ("统称" in basis.detail and basis.key != many.key) == bool(blanks.unfilled(basis.text)), basis.name


def test_bases_that_name_one_document_are_offered_before_those_that_name_many(store: Store) -> None:
    offered = [bool(blanks.unfilled(each.text)) for each in library.usual_bases(store, type_of(store, "A202"))]
    assert offered == sorted(offered)
    assert not offered[0]


def test_a_type_without_bases_is_offered_those_most_usual_in_its_level(store: Store) -> None:
    own = records.create(store, "problem_type", {"code": "C199", "level1": "C", "name": "本县自定"})
    usual = library.usual_bases(store, own)
    assert len(usual) == 3
    served = {
        basis.full_name: sum(code.startswith("C") for code in basis.problem_types) for basis in resources.legal_bases()
    }
    assert served[usual[0].name] == max(served.values())
    assert library.usual_bases(store, "") == []
    assert library.usual_bases(store, records.create(store, "problem_type", {"code": "Z1", "level1": "Z"})) == []


def test_what_is_deleted_is_offered_no_more_until_it_is_brought_back(store: Store) -> None:
    c102 = type_of(store, "C102")
    first, *_ = library.usual_bases(store, c102)
    records.delete(store, "legal_basis", [first.key])
    assert first.key not in {
        offered.key for offered in (*library.usual_bases(store, c102), *library.bases(store, c102))
    }
    [phrase, *_] = library.phrases(store, c102)
    records.delete(store, "phrase", [phrase.key])
    assert phrase.key not in {offered.key for offered in library.phrases(store, c102)}
    undo.undo(store)
    undo.undo(store)
    assert library.usual_bases(store, c102)[0] == first
    assert library.phrases(store, c102)[0] == phrase


def test_phrases_of_the_type_come_first_then_those_for_every_type(store: Store) -> None:
    b301 = type_of(store, "B301")
    common = records.create(store, "phrase", {"point": "落实不力。", "fact": "{事项}未办结"})
    own = records.create(store, "phrase", {"point": "本县的句式", "problem_type": b301})
    found = library.phrases(store, b301)
    assert [offered.key for offered in found][::2][:2] == [own, common]
    assert [offered.group.split("　")[0] for offered in found[:4]] == ["B301", "B301", "各类通用", "A101"]
    assert (found[0].text, found[2].text) == ("本县的句式。", "落实不力。{事项}未办结。")


@pytest.mark.parametrize(
    ("typed", "values"),
    [
        ("《青禾市乡镇财务管理暂行办法》（青财发〔2021〕15号）第八条", RULE),
        (" 《青禾市乡镇财务管理暂行办法》第八条", {**RULE, "document_number": ""}),
        ("青禾市乡镇财务管理暂行办法", {"name": RULE["name"], "document_number": "", "article": ""}),
        (
            "《关于贯彻〈条例〉的办法》(试行)",
            {"name": "关于贯彻〈条例〉的办法", "document_number": "试行", "article": ""},
        ),
        ("《甲》和《乙》的有关规定", {"name": "《甲》和《乙》的有关规定", "document_number": "", "article": ""}),
    ],
)
def test_what_is_typed_while_writing_is_taken_into_the_library_for_this_type(
    store: Store, typed: str, values: dict[str, str]
) -> None:
    b301 = type_of(store, "B301")
    made = library.add_basis(store, typed, b301)
    kept = records.load(store, "legal_basis", made.key).values
    assert {name: kept[name] for name in values} == values
    assert kept["problem_types"] == (b301,)
    assert library.usual_bases(store, b301)[0] == made
    assert undo.can_undo(store) == "新增依据"
    undo.undo(store)
    assert made not in library.bases(store, b301)


def test_a_name_that_is_a_citation_already_gets_no_second_book_marks() -> None:
    assert library.citation("《虚构办法》", "", "第一条") == "《虚构办法》第一条"
    assert library.citation("关于落实《虚构办法》的通知", "", "") == "《关于落实《虚构办法》的通知》"


def test_long_texts_are_shown_short_and_taken_over_whole(store: Store) -> None:
    name, text = "很长的名称" * 200, "很长的条款\n" * 500
    made = records.create(store, "legal_basis", {"name": name, "text": text})
    offered = next(offered for offered in library.bases(store, "") if offered.key == made)
    assert len(offered.name) < 100
    assert len(offered.detail) < 400
    assert "\n" not in offered.name + offered.detail
    assert offered.text == f"《{name}》"


def test_a_county_s_own_list_of_rules_is_brought_in_from_a_table(store: Store) -> None:
    text = (
        "序号\t依据名称\t文号\t条款\t条款内容\t类别\t对应问题分类\t备注\n"
        "1\t青禾市乡镇财务管理暂行办法\t青财发〔2021〕15号\t第八条\t报销须附清单。\t规范性文件\tB301、C102\t\n"
        "2\t同上\t同上\t第十二条\t公务接待须有公函。\t通知\tB301\t试行\n"
        "3\t青禾市村级议事规则\t\t\t\t\t\t\n"
    )
    plan = look_at(store, "legal_basis", text=text)
    assert problems(plan) == []
    found = bring_in(store, plan)
    assert [row["name"] for row in found] == [RULE["name"], RULE["name"], "青禾市村级议事规则"]
    assert [row["article"] for row in found] == ["第八条", "第十二条", ""]
    assert [row["kind"] for row in found] == ["normative", "normative", ""]
    assert found[0]["problem_types"] == (type_of(store, "B301"), type_of(store, "C102"))
    assert library.usual_bases(store, type_of(store, "B301"))[0].name == f"{RULE['name']}　第十二条"
    again = look_at(store, "legal_basis", text=text)
    assert any("3 行与案卷里已有的依据内容相同" in note for note in again.notes)
    wrong = look_at(store, "legal_basis", text="文件名称\t类别\t适用问题\n甲办法\t村规民约\tX999\n")
    assert ["类别" in words or "适用问题" in words for words in problems(wrong)] == [True, True]


def test_own_rules_are_found_by_their_words_wherever_they_are_used(store: Store) -> None:
    made = records.create(store, "legal_basis", {**RULE, "text": "公务接待须有派出单位公函。"})
    paper = new_paper(store, overview="接待没有派出单位公函。")
    search.catch_up(store)
    found = search.find(store, Query(["派出单位公函"]))
    assert [(group.label, [hit.record for hit in group.hits]) for group in found.groups] == [
        ("问题底稿", [paper]),
        ("依据", [made]),
    ]
