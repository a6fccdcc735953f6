"""证据是否够: the proofs a type normally has."""

from sqlalchemy import select

from tests.support.ready_papers import add_paper, the_inspection
from xuncha_desktop.model import ProblemType
from xuncha_desktop.services import citing, proofs, records
from xuncha_desktop.services.citing import Place
from xuncha_desktop.store.store import Store


def lacking(store: Store, paper: str) -> tuple[str, ...]:
    values = records.load(store, "paper", paper).values
    with store.read() as session:
        return proofs.lacking(session, {paper: values}).get(paper, ())


def evidence(store: Store, kind: str) -> str:
    return records.create(store, "evidence", {"name": kind, "kind": kind, "inspection": the_inspection(store)})


def test_a_paper_is_told_which_usual_proofs_it_does_not_cite(store: Store) -> None:
    paper = add_paper(store, "决策不规范", citations=())
    assert lacking(store, paper) == ("会议记录", "文件", "合同")
    citing.cite(store, paper, Place(evidence=evidence(store, "minutes"), pages="1"))
    citing.cite(store, paper, Place(evidence=evidence(store, "contract"), pages="2"))
    assert lacking(store, paper) == ("文件",)


def test_a_talk_that_is_cited_is_a_proof(store: Store) -> None:
    with store.read() as session:
        rule = session.scalars(select(ProblemType.id).where(ProblemType.code == "A101")).one()
    paper = add_paper(store, "学习不实", citations=(), problem_type=rule)
    assert lacking(store, paper) == ("会议记录", "文件", "谈话记录")
    talk = records.create(store, "interview", {"number": "T-1", "text": "没有开会"})
    citing.cite(store, paper, Place(record_kind="interview", record=talk))
    assert lacking(store, paper) == ("会议记录", "文件")


def test_the_team_s_own_meeting_is_no_minutes_of_the_unit(store: Store) -> None:
    paper = add_paper(store, "决策不规范", citations=())
    meeting = records.create(store, "meeting", {"number": "会-1", "name": "第1次组务会"})
    citing.cite(store, paper, Place(record_kind="meeting", record=meeting))
    assert "会议记录" in lacking(store, paper)


def test_a_paper_without_a_type_lacks_no_kind_of_proof(store: Store) -> None:
    assert lacking(store, add_paper(store, "甲", problem_type=None)) == ()
