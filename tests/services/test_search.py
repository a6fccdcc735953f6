"""What is found, in which record and where; and that the index follows everything that happens to a case."""

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.journal_rows import new_paper
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import cases, records, search
from xuncha_desktop.services.search import Found, Hit, Query
from xuncha_desktop.store import backup, opening, undo
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.store.search_file import FILE_NAME
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import search_key

HASH, OTHER_HASH = "a" * 64, "b" * 64
PIECES = [
    *"的，。、；“”（）《》 …",
    "接待费", "未公开竞价", "平湖镇", "租赁合同", "党委会", "１２３", "2019", "12.6万元", "ABC", "PDF", "ｘｙ",
    "𠮷", "𪚥", "😀", "\n", "\"", "'", "*", "%", "_", "NEAR(", "AND", "{", "}", ":", "-", "(", ")", "①", "㎡", "é",
]  # fmt: skip
MANY, WORDS = 10_000, 2000


def look(store: Store, line: str, **given: Any) -> Found:
    """Bring the index up to date, then search for a typed line."""
    search.catch_up(store)
    return search.find(store, Query(search.read_words(line), **given))


def hits(found: Found) -> list[Hit]:
    return [hit for group in found.groups for hit in group.hits]


def found_ids(store: Store, line: str, **given: Any) -> set[str]:
    found = look(store, line, **given)
    assert not found.behind
    return {hit.record for hit in hits(found)}


def marked(found: Found) -> list[str]:
    """Every marked piece of every passage."""
    pieces = [passage.excerpt for hit in hits(found) for passage in hit.passages]
    return [piece.text[start:end] for piece in pieces for start, end in piece.marks]


def first(store: Store, entity: str) -> str:
    return next(iter(records.options(store, entity)))


def test_ten_thousand_records_are_found_as_by_looking_through_all_of_them(store: Store) -> None:
    random = Random(5)
    inspection, texts = first(store, "inspection"), dict[str, str]()
    for _ in range(MANY // 500):
        with store.write("虚构凭证") as session:
            for _ in range(500):
                written = ["".join(random.choices(PIECES, k=random.randrange(1, 12))) for _ in range(3)]
                values = dict(zip(("summary", "attachments", "result"), written, strict=True))
                made = records.add(session, "voucher", {**values, "inspection": inspection})
                texts[made.id] = "\0".join(map(search_key, written))  # no word holds this character
    search.catch_up(store)
    everything = "".join(texts.values()).replace("\0", "")
    for turn in range(WORDS):
        length = 1 + turn % 6
        start = random.randrange(len(everything) - length)
        word = everything[start : start + length] if turn % 3 else "".join(random.choices(PIECES, k=length))[:length]
        key = search_key(word)
        truth = {record for record, text in texts.items() if key in text}
        (group,) = search.find(store, Query([word], kinds=["voucher"], limit=8)).groups or (None,)
        assert (group.count if group else 0) == len(truth), word
        assert {hit.record for hit in group.hits} <= truth if group else not truth, word


def test_all_words_must_stand_in_the_record_wherever(store: Store) -> None:
    both = new_paper(store, title="甲屋出租", overview="乙未竞价")
    new_paper(store, title="甲屋超标", overview="丙面积")
    assert found_ids(store, "甲屋 乙未") == {both}
    assert found_ids(store, "乙未　屋出") == {both}
    assert found_ids(store, "甲屋 乙未 丙面") == set()


def test_what_stands_in_quotes_is_searched_with_its_blanks(store: Store) -> None:
    apart = new_paper(store, title="甲 乙")
    new_paper(store, title="乙 甲")
    assert found_ids(store, '"甲 乙"') == {apart}
    assert search.read_words('a "b c" d"e f" "') == ["a", "b c", 'd"e', 'f"', '"']


def test_the_passage_around_the_word_is_marked_and_its_field_named(store: Store) -> None:
    new_paper(store, title="题目", overview="前" * 200 + "ＡＢＣ的后文" + "后" * 200, note="另一处abc")
    (hit,) = hits(look(store, "abc"))
    (passage,) = hit.passages
    assert (passage.field, passage.label) == ("overview", "问题概述")
    assert marked(look(store, "abc")) == ["ＡＢＣ"]
    assert passage.excerpt.text.startswith("…前")
    assert passage.excerpt.text.endswith("后…")


def test_words_in_different_fields_each_have_their_passage(store: Store) -> None:
    new_paper(store, title="租赁", overview="概述里有甲乙", note="备注里有丙丁")
    (hit,) = hits(look(store, "甲乙 丙丁 租赁"))
    assert hit.title_marks == ((0, 2),)
    assert [passage.field for passage in hit.passages] == ["overview", "note"]


@pytest.mark.parametrize("text", ["前①②③后字", "……㎡面积", "e\u0301té的é", "ﷺ甲乙", "İi的İ", "ｶﾞｷﾞ", "甲\n乙 丙"])
def test_what_is_marked_says_the_word_again(text: str) -> None:
    folded = search_key(text)
    for start in range(len(folded)):
        for end in range(start + 1, len(folded) + 1):
            key = folded[start:end]
            for begin, stop in search.spans(text, [key]):
                assert key in search_key(text[begin:stop])


def test_a_file_called_like_its_evidence_is_no_passage(store: Store) -> None:
    values = {"name": "租赁合同", "file_name": "租赁合同.pdf", "number": "证-1", "note": "备注甲"}
    records.create(store, "evidence", values)
    (hit,) = hits(look(store, "租赁合同", kinds=["evidence"]))
    assert hit.passages == ()
    (hit,) = hits(look(store, "租赁 pdf", kinds=["evidence"]))
    assert [passage.label for passage in hit.passages] == ["文件名"]


def test_titles_come_before_texts_and_the_newest_first(store: Store) -> None:
    old = new_paper(store, title="接待费超标")
    text = new_paper(store, title="别的", overview="接待费")
    new = new_paper(store, title="接待费无公函")
    assert [hit.record for hit in hits(look(store, "接待费"))] == [new, old, text]


def test_a_kind_shows_few_and_counts_all(store: Store) -> None:
    for number in range(7):
        new_paper(store, title=f"接待费{number}")
    (group,) = look(store, "接待费", limit=3).groups
    assert (group.label, group.count, len(group.hits)) == ("问题底稿", 7, 3)


def test_edits_deletions_undo_and_redo_are_followed(store: Store) -> None:
    paper = new_paper(store, title="旧题目", overview="甲乙丙")
    assert found_ids(store, "旧题目") == {paper}
    records.edit(store, "paper", paper, {"title": "新题目"})
    assert found_ids(store, "旧题目") == set()
    assert found_ids(store, "新题 甲乙") == {paper}
    records.delete(store, "paper", [paper])
    assert found_ids(store, "新题目") == set()
    undo.undo(store)
    assert found_ids(store, "新题目") == {paper}
    undo.undo(store)
    assert found_ids(store, "旧题目") == {paper}
    undo.redo(store)
    assert found_ids(store, "旧题目") == set()


def test_a_line_of_a_form_leads_to_its_record(store: Store) -> None:
    paper = new_paper(store, parties=[{"kind": "main", "name": "镇党委甲", "note": ""}])
    fix = records.create(store, "quick_fix", {"title": "事项", "citations": [{"passage": "摘引乙"}]})
    assert found_ids(store, "镇党委甲") == {paper}
    assert found_ids(store, "摘引乙") == {fix}
    (row,) = records.load(store, "paper", paper).values["parties"]
    records.edit(store, "paper", paper, {"parties": [{**row, "name": "镇政府丙"}]})
    assert found_ids(store, "镇党委甲") == set()
    (hit,) = hits(look(store, "镇政府丙"))
    assert (hit.entity, hit.passages[0].field, hit.passages[0].label) == ("paper", "parties", "责任主体初步分析")
    records.edit(store, "paper", paper, {"parties": []})
    assert found_ids(store, "镇政府丙") == set()


def test_a_member_is_found_by_the_persons_name_and_a_task_by_its_units(store: Store) -> None:
    member, _ = cases.members(store)[0]
    assert found_ids(store, "甲虚构", kinds=["member"]) == {member.id}
    records.edit(store, "inspector", member.inspector or "", {"name": "丙改名"})
    assert found_ids(store, "甲虚构", kinds=["member"]) == set()
    (hit,) = hits(look(store, "丙改名"))
    assert (hit.entity, hit.record, hit.title) == ("member", member.id, "丙改名")
    inspection = first(store, "inspection")
    assert inspection in found_ids(store, "虚构镇党委", kinds=["inspection"])
    unit = records.load(store, "inspection", inspection).values["unit"]
    records.edit(store, "unit", unit, {"short_name": "改名镇党委"})
    assert found_ids(store, "改名镇", kinds=["inspection"]) == {inspection}


def test_a_check_result_is_found_by_the_code_and_method_of_its_item(store: Store) -> None:
    result = next(iter(records.options(store, "check_result")))
    item = records.load(store, "check_result", result).values["item"]
    records.edit(store, "check_item", item, {"how": "独一无二的方法"})
    assert found_ids(store, "独一无二的方法") == {result}


def test_identities_are_found_only_when_asked_for(store: Store) -> None:
    talk = records.create(store, "interview", {"number": "T1", "text": "问答", "persons": [{"name": "闫某某"}]})
    letter = records.create(store, "petition", {"subject": "事由", "reporter": "闫某某，电话一三九"})
    visit = records.create(store, "visit", {"place": "青石村", "who": "闫某某家"})
    assert found_ids(store, "闫某某") == set()
    assert found_ids(store, "闫") == set()
    assert found_ids(store, "闫某某", with_identities=True) == {talk, letter, visit}
    (hit,) = hits(look(store, "问答 闫某某", with_identities=True))
    assert [passage.label for passage in hit.passages] == ["问答", "对象身份"]
    (plain,) = hits(look(store, "问答"))
    assert [passage.label for passage in plain.passages] == ["问答"]


def test_filters_keep_to_kind_inspection_member_state_and_days(store: Store) -> None:
    one, other = (member.id for member, _ in cases.members(store))
    here = first(store, "inspection")
    there = records.create(store, "inspection", {"mode": "village"})
    early = new_paper(store, title="甲乙", handlers=[one], dated="2031-03-01", state="draft")
    late = new_paper(store, title="甲乙", handlers=[other], dated="2031-04-01", state="approved", inspection=there)
    talk = records.create(
        store, "interview", {"text": "甲乙", "talkers": [one], "held_on": "2031-04-02", "inspection": here}
    )
    meeting = records.create(store, "meeting", {"name": "甲乙", "decisions": [{"text": "丙", "member": other}]})
    expected: Mapping[str, tuple[dict[str, Any], set[str]]] = {
        "nothing": ({}, {early, late, talk, meeting}),
        "kind": ({"kinds": ["interview", "meeting"]}, {talk, meeting}),
        "inspection": ({"inspections": [there]}, {late}),
        "member": ({"members": [one]}, {early, talk}),
        "member of a line": ({"members": [other]}, {late, meeting}),
        "state": ({"states": ["paper:draft"]}, {early}),
        "states of two kinds": ({"states": ["paper:approved", "interview:confirming"]}, {late, talk}),
        "from a day": ({"since": "2031-04-01"}, {late, talk}),
        "until a day": ({"until": "2031-04-01"}, {early, late}),
        "all together": ({"kinds": ["paper"], "members": [one], "since": "2031-03-01"}, {early}),
    }  # fmt: skip
    for name, (given, wanted) in expected.items():
        assert found_ids(store, "甲乙", **given) == wanted, name
    records.edit(store, "paper", early, {"handlers": [other]})
    assert found_ids(store, "甲乙", members=[one]) == {talk}
    assert "paper:draft" in search.states(["paper"])


def evidence(store: Store, name: str, file_hash: str) -> str:
    values = {"name": name, "file_hash": file_hash, "inspection": first(store, "inspection"), "kind": "contract"}
    return records.create(store, "evidence", values)


def test_a_page_of_evidence_is_found_with_its_number(store: Store) -> None:
    contract = evidence(store, "租赁合同", HASH)
    search.put_evidence_text(store, HASH, ["封面", "第二页\x00写明租金甲乙", "甲乙丙"])
    groups = look(store, "甲乙").groups
    assert [(group.kind, group.label, group.count) for group in groups] == [(search.PAGES, "证据原文", 2)]
    assert [(hit.record, hit.passages[0].page, hit.passages[0].label) for hit in groups[0].hits] == [
        (contract, 2, "第2页"),
        (contract, 3, "第3页"),
    ]
    assert marked(look(store, "页写明租")) == ["页写明租"]


def test_a_part_of_a_text_is_no_page_and_a_sheet_has_its_name(store: Store) -> None:
    for name, file_hash, texts in (
        ("说明.docx", HASH, ["封面", "租金甲乙"]),
        ("台账.xlsx", OTHER_HASH, ["【收入】\n租金甲乙"]),
    ):
        records.edit(store, "evidence", evidence(store, name, file_hash), {"file_name": name})
        search.put_evidence_text(store, file_hash, texts)
    (group,) = look(store, "甲乙").groups
    assert {hit.title: hit.passages[0].label for hit in group.hits} == {
        "说明.docx": "第2段",
        "台账.xlsx": "工作表“收入”",
    }


def test_a_word_may_stand_in_the_name_of_the_evidence_and_another_on_a_page(store: Store) -> None:
    contract = evidence(store, "租赁合同", HASH)
    evidence(store, "会议记录", OTHER_HASH)
    search.put_evidence_text(store, HASH, ["押金", "无"])
    search.put_evidence_text(store, OTHER_HASH, ["押金"])
    (group,) = look(store, "租赁 押金").groups
    assert [(hit.record, hit.passages[0].page) for hit in group.hits] == [(contract, 1)]
    assert look(store, "租赁 会议").groups == ()


def test_pages_follow_their_evidence(store: Store) -> None:
    contract = evidence(store, "合同", HASH)
    search.put_evidence_text(store, HASH, ["甲乙"])
    assert found_ids(store, "甲乙") == {contract}
    records.delete(store, "evidence", [contract])
    assert found_ids(store, "甲乙") == set()
    undo.undo(store)
    assert found_ids(store, "甲乙") == {contract}
    again = evidence(store, "同一文件", HASH)
    assert found_ids(store, "甲乙") == {contract, again}
    assert found_ids(store, "甲乙", inspections=["别的任务"]) == set()


def test_it_is_known_which_files_have_no_text_yet(store: Store) -> None:
    evidence(store, "合同", HASH)
    evidence(store, "照片", OTHER_HASH)
    gone = evidence(store, "删去", "c" * 64)
    records.delete(store, "evidence", [gone])
    assert search.missing_evidence_text(store) == [HASH, OTHER_HASH]
    search.put_evidence_text(store, OTHER_HASH, [])
    assert search.missing_evidence_text(store) == [HASH]


def test_without_an_index_nothing_is_found_and_it_is_said(store: Store) -> None:
    new_paper(store, title="甲乙")
    assert search.find(store, Query(["甲乙"])) == Found((), behind=True)
    search.catch_up(store)
    assert not search.find(store, Query(["甲乙"])).behind
    new_paper(store, title="甲乙")
    later = search.find(store, Query(["甲乙"]))
    assert (later.count, later.behind) == (1, True)


def test_blank_lines_find_nothing(store: Store) -> None:
    new_paper(store, title="甲乙")
    for words in ([], [""], ["\x00"], ["\ud800"]):
        assert look(store, "").groups == () == search.find(store, Query(words)).groups


def spoil(path: Path) -> None:
    path.write_bytes(b"\x00" * 9000)


@pytest.mark.parametrize("harm", [Path.unlink, spoil])
def test_a_lost_or_damaged_index_is_made_again_with_everything_in_it(store: Store, harm: Any) -> None:
    paper = new_paper(store, title="甲乙")
    contract = evidence(store, "合同", HASH)
    search.put_evidence_text(store, HASH, ["甲乙"])
    assert found_ids(store, "甲乙") == {paper, contract}
    harm(store.folder / FILE_NAME)
    assert search.missing_evidence_text(store) == [HASH]
    assert found_ids(store, "甲乙") == {paper}
    search.put_evidence_text(store, HASH, ["甲乙"])
    assert found_ids(store, "甲乙") == {paper, contract}


def test_damage_inside_the_index_does_not_keep_it_from_following(store: Store) -> None:
    papers = {new_paper(store, title=f"甲乙{number}", overview="丙" * 400) for number in range(20)}
    search.catch_up(store)
    index = store.folder / FILE_NAME
    content = bytearray(index.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 + 100] ^= 255
    index.write_bytes(content)
    papers.add(new_paper(store, title="甲乙"))
    assert found_ids(store, "甲乙", limit=50) == papers


def test_an_index_that_was_left_half_way_goes_on(store: Store) -> None:
    papers = {new_paper(store, title=f"甲乙{number}") for number in range(120)}

    class Enough(Exception):
        pass

    class Stopping(Progress):
        def step(self, done: int, total: int, text: str) -> None:
            if done >= 50:
                raise Enough

    with pytest.raises(Enough):
        search.catch_up(store, Stopping())
    assert search.find(store, Query(["甲乙"])).behind
    assert found_ids(store, "甲乙", limit=500) == papers


def test_a_case_put_back_to_an_earlier_day_gets_an_index_of_that_day(case: OpenCase) -> None:
    store, folder = case.store, case.store.folder
    kept = new_paper(store, title="甲乙一")
    contract = evidence(store, "合同", HASH)
    search.put_evidence_text(store, HASH, ["甲乙"])
    database = folder / "case.db"
    case.close()
    shutil.copy(database, folder.parent / "earlier.db")
    with opening.open_case(folder, PASSWORD) as later:
        new_paper(later.store, title="甲乙二")
        assert look(later.store, "甲乙").count == 3
    shutil.copy(folder.parent / "earlier.db", database)
    with opening.open_case(folder, PASSWORD) as again:
        cases.choose_member(again.store)
        new = new_paper(again.store, title="甲乙三")
        assert found_ids(again.store, "甲乙") == {kept, new, contract}


def test_the_index_is_in_no_backup(store: Store) -> None:
    look(store, "甲")
    made = backup.make(store.folder, store.keys, "manual", Progress())
    assert (store.folder / FILE_NAME).exists()
    assert [file.name for file in made.iterdir() if "search" in file.name] == []


def test_saving_does_not_touch_the_index(store: Store) -> None:
    look(store, "甲")
    before = (store.folder / FILE_NAME).stat().st_mtime_ns
    new_paper(store, title="甲乙")
    assert (store.folder / FILE_NAME).stat().st_mtime_ns == before


def test_titles_are_found_by_pinyin_initials_when_asked(store: Store) -> None:
    paper = new_paper(store, title="办公用房出租")
    assert found_ids(store, "bgyf", by_initials=True) == {paper}
    assert found_ids(store, "bgyf 出租", by_initials=True) == {paper}
    assert found_ids(store, "bgyf") == set()


def test_every_kind_that_is_searched_can_be_read(store: Store) -> None:
    wanted: Sequence[str] = [kind for kind in search.labels() if kind != search.PAGES]
    assert {"paper", "evidence", "interview", "unit", "member"} <= set(wanted)
    for kind in wanted:
        records.create(store, kind, {})
    assert not look(store, "的").behind
