"""What a field record lacks: what its form demands, and what its contents demand besides."""

from typing import Any

import pytest

from tests.support.field_desk import KINDS, day, new_record, values_of
from xuncha_desktop.model import Kind, fields
from xuncha_desktop.services import field_records
from xuncha_desktop.services.papers import Gap
from xuncha_desktop.store.store import Store


def gap(entity: str, label: str, **values: Any) -> Gap | None:
    """The line of this label, if it stands in the list."""
    return next((found for found in field_records.gaps(entity, values) if found.label == label), None)


def met(entity: str, label: str, **values: Any) -> bool:
    """Whether what a label stands for is there; it must be asked for."""
    found = gap(entity, label, **values)
    assert found is not None, label
    return found.met


@pytest.mark.parametrize("entity", KINDS)
def test_an_empty_record_lacks_every_required_field_and_each_leads_to_its_place(entity: str) -> None:
    found = field_records.gaps(entity, {})
    required = {f.name for f in fields(entity).values() if f.required} - {"inspection"}
    assert required <= {gap.field for gap in found if not gap.met and gap.blocking}
    assert {gap.field for gap in found} <= set(fields(entity))
    assert len({gap.label for gap in found}) == len(found)


@pytest.mark.parametrize("entity", KINDS)
def test_the_list_says_what_is_missing_until_it_is_there(store: Store, entity: str) -> None:
    record = new_record(store, entity)
    lacking = [found.label for found in field_records.gaps(entity, values_of(store, entity, record))
               if found.blocking and not found.met]  # fmt: skip
    assert field_records.gap_words(store, entity, [record]) == {record: f"缺：{'、'.join(lacking)}"}


@pytest.mark.parametrize(
    ("entity", "name", "label"),
    [
        ("interview", "talkers", "第二谈话人"),
        ("visit", "visitors", "第二走访人"),
        ("fact_check", "handlers", "第二承办人"),
    ],
)
def test_two_people_are_asked_for(entity: str, name: str, label: str) -> None:
    assert not met(entity, label, **{name: ("a",)})
    assert met(entity, label, **{name: ("a", "b")})


def test_all_four_things_must_have_been_told() -> None:
    assert not met("interview", "四项告知", informed=("identity", "purpose", "secrecy"))
    assert met("interview", "四项告知", informed=("truth", "identity", "purpose", "secrecy"))


def test_a_talk_nobody_signed_needs_a_reason() -> None:
    assert gap("interview", "未签说明", confirmation="oral") is None
    assert not met("interview", "未签说明", confirmation="unsigned")
    assert met("interview", "未签说明", confirmation="unsigned", confirmation_note="临时外出")


def test_a_signed_talk_should_say_where_the_paper_is() -> None:
    assert not met("interview", "签字件或存放处", confirmation="signed")
    assert met("interview", "签字件或存放处", confirmation="signed", location="一号柜")
    assert met("interview", "签字件或存放处", confirmation="signed", scans=("x",))


def test_a_document_that_did_not_come_in_time_needs_a_reason() -> None:
    assert gap("borrowing", "缺失说明", due_on=day(0)) is None
    assert not met("borrowing", "缺失说明", due_on=day(-1))
    assert gap("borrowing", "缺失说明", due_on=day(-1), received_on=day(0)) is None


def test_a_document_that_came_needs_how_many_and_who_has_it() -> None:
    assert gap("borrowing", "数量") is None
    assert not met("borrowing", "数量", received_on=day(0))
    assert met("borrowing", "数量", received_on=day(0), quantity="3册")
    assert not met("borrowing", "责任科室", received_on=day(0))
    assert not met("borrowing", "调阅人", received_on=day(0))


def test_a_document_given_back_needs_who_took_it_and_cannot_come_after() -> None:
    assert not met("borrowing", "收回人", received_on=day(-2), returned_on=day(-1))
    assert met("borrowing", "归还不早于提供", received_on=day(-1), returned_on=day(-1))
    assert not met("borrowing", "归还不早于提供", received_on=day(0), returned_on=day(-1))
    assert not met("borrowing", "归还不早于提供", returned_on=day(-1))


def test_a_petition_asks_for_what_its_handling_needs() -> None:
    assert not met("petition", "办理时限", handling="paper", handler="a")
    assert not met("petition", "接收单位", handling="unit", handed_on=day(0))
    assert gap("petition", "接收单位", handling="filed") is None
    assert not met("petition", "办结情况", done_on=day(0))


def test_every_request_needs_a_way_and_an_answered_one_its_answer() -> None:
    asked = {"request": "修桥", "route": "quick_fix", "done_on": day(0), "answer": ""}
    assert met("visit", "诉求去向", requests=[asked])
    assert not met("visit", "诉求去向", requests=[asked, {"request": "装灯", "route": ""}])
    assert not met("visit", "回访结果", requests=[asked])
    assert gap("visit", "诉求去向") is None
    assert gap("visit", "回访结果", requests=[asked | {"done_on": None}]) is None
    assert not met("visit", "走访户数", way="home")


def test_the_votes_must_add_up() -> None:
    poll = {"issued": 10, "returned": 9, "valid": 8, "questions": [{"question": "作风", "first": 8}]}
    assert met("poll", "票数相符", **poll)
    assert not met("poll", "票数相符", **poll | {"valid": 9})
    assert not met("poll", "票数相符", **poll | {"returned": 11})
    assert not met("poll", "票数相符", **poll | {"questions": []})
    assert met("poll", "有效票", valid=0)


def test_a_voucher_is_not_reviewed_by_who_checked_it() -> None:
    assert gap("voucher", "抽查和复核为两人", checker="a", reviewer="b") is None
    assert not met("voucher", "抽查和复核为两人", checker="a", reviewer="a")
    assert met("voucher", "金额", amount=0)


def test_a_notice_closed_needs_what_was_seen() -> None:
    closed = {"issued_on": "2031-03-02", "due_on": "2031-03-09", "closed_on": "2031-03-05"}
    assert not met("quick_fix", "核实结果", **closed)
    assert not met("quick_fix", "销号人", **closed)
    assert met("quick_fix", "期限不早于签发", **closed)
    assert not met("quick_fix", "期限不早于签发", **closed | {"due_on": "2031-03-01"})


@pytest.mark.parametrize(
    ("text", "label"), [("据群众反映，租金偏低。", "不写来源"), ("该单位违规出租办公用房。", "不写定性")]
)
def test_a_fact_sheet_that_shows_its_source_or_judges_is_noticed(text: str, label: str) -> None:
    assert met("fact_check", label, overview="临街用房租给某公司，租期三年。")
    for name in ("overview", "facts"):
        found = gap("fact_check", label, **{name: text})
        assert found is not None
        assert (found.met, found.blocking) == (False, False)


def test_an_objection_needs_its_reasons() -> None:
    assert gap("fact_check", "意见和理由", answer="true") is None
    assert not met("fact_check", "意见和理由", answer="disputed")
    assert not met("fact_check", "核实结论", answer="true")


def test_a_meeting_on_papers_concludes_on_them_and_says_why() -> None:
    agenda = [{"topic": "papers", "subject": "审核"}]
    assert not met("meeting", "逐底稿结论", agenda=agenda)
    rows = [{"paper": "a", "conclusion": "passed", "reason": ""}, {"paper": "b", "conclusion": "more", "reason": ""}]
    assert met("meeting", "未通过的理由", conclusions=rows[:1])
    assert not met("meeting", "未通过的理由", conclusions=rows)
    assert not met("meeting", "全体签名", signed=False)
    assert not met("meeting", "责任人和时限", decisions=[{"text": "补查", "member": "a", "due_on": None}])


@pytest.mark.parametrize("entity", KINDS)
def test_the_values_of_a_form_of_any_shape_can_be_asked(entity: str) -> None:
    empty = {f.name: [] if f.kind in (Kind.REFS, Kind.ROWS) else f.empty for f in fields(entity).values()}
    assert field_records.gaps(entity, empty) == field_records.gaps(entity, {})
