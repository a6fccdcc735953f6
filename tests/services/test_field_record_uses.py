"""现场记录: what rests on a record and keeps it, what its evidence is, and whom its lists never name."""

import pytest

from tests.support.field_desk import NAMES, members, named, new_record, values_of
from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import citing, evidence, field_records, lists, records, removal
from xuncha_desktop.services.citing import Place
from xuncha_desktop.services.evidence import Stored
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def cited_talk(store: Store, *papers: str) -> str:
    """A talk of which papers cite a passage."""
    record = new_record(store, "interview", text="问：谁管？\n答：出纳一人保管印章。")
    place = Place(record_kind="interview", record=record, record_field="text", start=9, passage="出纳一人保管印章")
    for paper in papers:
        citing.cite(store, paper, place)
    return record


def test_a_cited_record_stays_and_the_refusal_says_where_it_is_cited(store: Store) -> None:
    record = cited_talk(store, add_paper(store, "印章由一人保管"), add_paper(store, "乙"))
    with pytest.raises(
        UserError, match="“T-JXG-0001”被问题底稿“印章由一人保管”等 2 处引用，不能删除；请先在那里去掉引用。"
    ):
        field_records.delete(store, "interview", [record])
    with pytest.raises(UserError, match="还有2 条引用，不能删除"):
        removal.delete(store, "interview", [record])
    assert not records.load(store, "interview", record).deleted


def test_a_record_goes_once_the_paper_that_cited_it_has_gone_and_undo_brings_it_back(store: Store) -> None:
    paper = add_paper(store, "甲", state="draft")
    record = cited_talk(store, paper)
    records.delete(store, "paper", [paper])
    field_records.delete(store, "interview", [record])
    assert lists.count(store, lists.Query("interview")) == 0
    undo.undo(store)
    assert lists.ids(store, lists.Query("interview")) == [record]


def test_one_of_several_that_cannot_go_keeps_all(store: Store) -> None:
    free, cited = new_record(store, "interview"), cited_talk(store, add_paper(store, "甲"))
    with pytest.raises(UserError, match="不能删除"):
        field_records.delete(store, "interview", [free, cited])
    assert lists.count(store, lists.Query("interview")) == 2


def test_a_petition_stays_while_another_names_it_as_its_double(store: Store) -> None:
    first = new_record(store, "petition", subject="甲")
    second = new_record(store, "petition", subject="乙", repeats=first)
    with pytest.raises(UserError, match="“甲”还有1 条信访件，不能删除"):
        field_records.delete(store, "petition", [first])
    field_records.delete(store, "petition", [second])
    field_records.delete(store, "petition", [first])


def test_a_member_stays_while_records_name_him_but_not_for_deleted_ones(store: Store) -> None:
    handler = members(store)[1]
    talk = new_record(store, "interview", talkers=[handler])
    meeting = new_record(store, "meeting", present=[], decisions=[{"text": "补查", "member": handler}])
    with store.read() as session:
        assert removal.users(session, "member", handler) == {"决定事项": 1, "谈话记录": 1}
    field_records.delete(store, "interview", [talk])
    field_records.delete(store, "meeting", [meeting])
    with store.read() as session:
        assert removal.users(session, "member", handler) == {}


def test_an_inspection_with_field_records_stays(store: Store) -> None:
    new_record(store, "visit", place="青石村")
    with pytest.raises(UserError, match="还有1 条走访记录，不能删除"):
        removal.delete(store, "inspection", [the_inspection(store)])


def test_where_a_record_is_used_names_every_place(store: Store) -> None:
    paper = add_paper(store, "印章由一人保管")
    record = cited_talk(store, paper)
    fix = new_record(store, "quick_fix", title="分开保管", papers=[paper])
    citing.cite(store, fix, Place(record_kind="interview", record=record), of="quick_fix")
    found = field_records.used_in(store, "interview", record)
    assert [(use.entity, use.record, use.title, use.place) for use in found] == [
        ("paper", paper, "印章由一人保管", "第1页第2行"),
        ("quick_fix", fix, "分开保管", ""),
    ]
    assert [use.record for use in field_records.used_in(store, "quick_fix", fix)] == [paper]
    meeting = new_record(store, "meeting", conclusions=[{"paper": paper, "conclusion": "more"}])
    assert [(use.record, use.place) for use in field_records.used_in(store, "meeting", meeting)] == [(paper, "退补")]
    assert field_records.used_in(store, "visit", new_record(store, "visit")) == []


FILES = [Stored(f"虚构{n}.png", "image/png", 1, str(n) * 64, None) for n in (1, 2)]


@pytest.mark.parametrize(("entity", "name"), [("interview", "scans"), ("visit", "photos"), ("quick_fix", "citations")])
def test_files_become_evidence_of_the_record_in_one_step(store: Store, entity: str, name: str) -> None:
    record = new_record(store, entity)
    evidence.register(store, FILES[:1], the_inspection(store))
    for file in FILES:
        field_records.attach(store, entity, record, name, [file, file])
    held = values_of(store, entity, record)[name]
    ids = [row["evidence"] for row in held] if name == "citations" else list(held)
    assert list(records.titles(store, "evidence", ids).values()) == ["虚构1", "虚构2"]
    assert lists.count(store, lists.Query("evidence")) == 2
    undo.undo(store)
    assert len(values_of(store, entity, record)[name]) == 1
    assert lists.count(store, lists.Query("evidence")) == 1


def test_no_list_says_who_somebody_is(store: Store) -> None:
    for entity, record in named(store).items():
        known = lists.listed(entity)
        assert {"persons", "who", "reporter"}.isdisjoint(known)
        cells = lists.page(store, entity, [record], list(known))[record]
        words = " ".join(cells.values())
        assert not any(name in words for name in NAMES)
        for name in NAMES:
            assert lists.ids(store, lists.Query(entity, text=name)) == []


def test_a_private_field_cannot_be_asked_for(store: Store) -> None:
    with pytest.raises(KeyError):
        lists.page(store, "petition", [named(store)["petition"]], ["reporter"])
