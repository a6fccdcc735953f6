"""What changed in the report between two exports, or since one: problems, texts, numbers, in the report's order."""

from collections.abc import Sequence

import pytest

from tests.support.desk import Desk
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import report_changes
from xuncha_desktop.exports.report_changes import Change, compare, summary, words
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import export_records, reports


def exported(desk: Desk, *, draft: bool = False) -> str:
    """Export the report; the id of its export record."""
    desk.export("report", draft=draft)
    return export_records.reports(desk.store, desk.inspection)[0].id


def since(desk: Desk, export: str, until: str = "") -> list[Change]:
    return compare(desk.store, desk.inspection, export, until, Progress())


def told(found: Sequence[Change]) -> list[tuple[str, str, str]]:
    return [(change.kind, change.label, change.told) for change in found]


def headings(desk: Desk) -> list[str]:
    return [section.title for section in reports.plan(desk.store, desk.inspection)]


def test_nothing_changed_right_after_an_export_of_a_draft_or_a_final_report(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=12)
    desk.add_paper(typical_case="事例。", amount=1_234_00, overview="一段。\n一段。")
    desk.set("report", desk.report, suggestions="建议甲\n建议乙")
    assert since(desk, exported(desk)) == []
    desk.set("report", desk.report, leadership="")
    assert since(desk, exported(desk, draft=True)) == []
    assert summary([]) == "没有变化"


def test_problems_added_and_taken_out_are_told_once_at_their_place_in_the_report(desk: Desk) -> None:
    desk.add_paper(title="留下的")
    gone = desk.add_paper(title="退回的", amount=1_00)
    desk.add_paper(title="末尾的")
    export = exported(desk)
    desk.set("paper", gone, state="draft")
    new = desk.add_paper(title="新来的", problem_type=desk.type("B101"), amount=2_00)
    found = [change for change in since(desk, export) if change.kind != "number"]
    first, second = headings(desk)[:2]
    assert told(found) == [("removed", "“退回的”", "第 2 个问题"), ("added", "“新来的”", "第 1 个问题")]
    assert [change.part for change in found] == [first, second]
    assert [change.source.record for change in found] == [gone, new]


def test_a_problem_under_another_heading_and_one_in_another_place_have_moved(desk: Desk) -> None:
    papers = [desk.add_paper(title=title) for title in ("甲", "乙", "丙", "丁")]
    export = exported(desk)
    desk.set("paper", papers[0], problem_type=desk.type("B101"))
    reports.arrange(desk.store, desk.inspection, [papers[3], papers[1], papers[2]])
    found = [change for change in since(desk, export) if change.kind == "moved"]
    first, second = headings(desk)[:2]
    assert told(found) == [
        ("moved", "“丁”", "从第 4 个移到第 1 个"),
        ("moved", "“甲”", f"从“{first}”移到“{second}”"),
    ]
    assert [change.part for change in found] == [first, second]


def test_a_papers_changed_text_is_marked_word_by_word_and_its_table_cell_is_not_told_again(desk: Desk) -> None:
    paper = desk.add_paper(title="标题一", overview=f"{'甲' * 80}共12次。\n第二段。")
    export = exported(desk)
    desk.set("paper", paper, title="标题二", overview=f"{'甲' * 80}共14次。\n插入的一段。\n第二段。")
    title, overview = since(desk, export)
    assert (title.label, title.old, title.new) == ("底稿“标题二”的底稿名称", "标题一", "标题二")
    assert (overview.label, overview.source.field) == ("底稿“标题二”的问题概述", "overview")
    assert [(piece.kind, piece.text) for piece in overview.pieces if piece.kind != "same"] == [
        ("taken", "12"),
        ("added", "14"),
        ("added", "插入的一段。\n"),
    ]
    assert overview.pieces[0].text == f"……{'甲' * 19}共"
    assert overview.new.endswith("\n第二段。")


def test_numbers_are_told_from_old_to_new_with_their_unit(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=86, questionnaires=5)
    paper = desk.add_paper(title="标题一", amount=1_286_40_00_00)
    export = exported(desk)
    desk.set("inspection", desk.inspection, talks=92, questionnaires=0, documents=30)
    desk.set("paper", paper, amount=1_301_20_00_00)
    assert told(since(desk, export)) == [
        ("number", "开展个别谈话", "86 → 92 人次"),
        ("number", "发放问卷", "5 → 无 份"),
        ("number", "调阅资料", "无 → 30 份"),
        ("number", "底稿“标题一”的涉及金额", "1,286.40 → 1,301.20 万元"),
        ("number", "涉及金额合计", "1,286.40 → 1,301.20 万元"),
    ]


def test_the_reports_own_texts_stand_before_and_behind_its_problems(desk: Desk) -> None:
    desk.add_paper()
    desk.set("report", desk.report, title="很长的标题" * 6)
    [heading, *_] = [section.heading for section in reports.plan(desk.store, desk.inspection)]
    assert heading
    reports.write_text(desk.store, desk.inspection, heading, "连接的话。")
    export = exported(desk)
    desk.set(
        "report", desk.report, title="很长的题目" * 6, evaluation="总的评价。", suggestions="建议甲\n建议乙\n建议丙"
    )
    reports.write_text(desk.store, desk.inspection, heading, "另外的话。")
    found = since(desk, export)
    assert [(change.part, change.label) for change in found] == [
        ("开头部分", "报告标题"),
        ("开头部分", "总体评价"),
        (headings(desk)[0], "连接文字"),
        ("后面部分", "意见建议"),
    ]
    assert found[0].new == "很长的题目" * 6
    assert (found[2].source.entity, found[2].source.record) == ("report_text", heading)
    assert [piece.text for piece in found[3].pieces if piece.kind == "added"] == ["\n建议丙"]


def test_connecting_texts_are_compared_heading_by_heading(desk: Desk) -> None:
    desk.add_paper()
    desk.add_paper(problem_type=desk.type("B101"))
    one, other = [section.heading for section in reports.plan(desk.store, desk.inspection)][:2]
    assert one and other
    reports.write_text(desk.store, desk.inspection, one, "一的话。")
    reports.write_text(desk.store, desk.inspection, other, "二的话。")
    export = exported(desk)
    reports.write_text(desk.store, desk.inspection, one, "")
    [change] = since(desk, export)
    assert (change.part, change.old, change.new) == (headings(desk)[0], "一的话。", "")


def test_a_heading_that_comes_with_its_problem_is_not_told_by_itself_but_a_new_wording_is(desk: Desk) -> None:
    desk.add_paper()
    export = exported(desk)
    desk.add_paper(problem_type=desk.type("B101"))
    [heading, *_] = [section.heading for section in reports.plan(desk.store, desk.inspection)]
    assert heading
    desk.set("heading", heading, title="另一种写法")
    found = [change for change in since(desk, export) if change.kind != "number"]
    assert [(change.kind, change.label) for change in found] == [
        ("text", "报告标题的标题"),
        ("added", "“虚构问题2”"),
    ]


def test_papers_that_fit_no_heading_are_under_none(desk: Desk) -> None:
    paper = desk.add_paper(title="甲")
    export = exported(desk)
    desk.set("paper", paper, problem_type=None)
    found = [change for change in since(desk, export) if change.kind == "moved"]
    assert told(found) == [("moved", "“甲”", f"从“{headings(desk)[0]}”移到“{reports.UNCLASSED}”")]


def test_two_exports_are_compared_with_each_other(desk: Desk) -> None:
    paper = desk.add_paper(overview="最早的。")
    first = exported(desk)
    desk.set("paper", paper, overview="中间的。")
    second = exported(desk)
    desk.set("paper", paper, overview="现在的。")
    assert [(change.old, change.new) for change in since(desk, first, second)] == [("最早的。", "中间的。")]
    assert [(change.old, change.new) for change in since(desk, first)] == [("最早的。", "现在的。")]
    assert since(desk, first, first) == []


def test_the_summary_counts_and_the_words_can_be_pasted(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=86)
    paper = desk.add_paper(title="留下的", overview="第一句。")
    gone = desk.add_paper(title="退回的")
    export = exported(desk)
    desk.set("paper", paper, overview="第一句话。")
    desk.set("paper", gone, state="rejected")
    desk.add_paper(title="新来的")
    desk.add_paper(title="又来的")
    desk.set("inspection", desk.inspection, talks=92)
    found = since(desk, export)
    assert summary(found) == "新增 2 个问题，删去 1 个，改动 1 处，数字 2 处"
    first = headings(desk)[0]
    assert words(found) == [
        "开头部分",
        "【数字】开展个别谈话：86 → 92 人次",
        "【数字】形成问题底稿：2 → 4 份",
        first,
        "【改动】底稿“留下的”的问题概述",
        "原：第一句。",
        "现：第一句话。",
        "【删去】“退回的”：第 2 个问题",
        "【新增】“新来的”：第 2 个问题",
        "【新增】“又来的”：第 3 个问题",
    ]
    assert summary([change for change in found if change.kind == "text"]) == "改动 1 处"


def test_an_export_without_sources_says_so(desk: Desk) -> None:
    desk.add_paper()
    export = exported(desk)
    with desk.store.write("去掉来源", kind="system") as session:
        from xuncha_desktop.model import ExportTrace

        for row in session.query(ExportTrace):
            row.deleted = True
    with pytest.raises(UserError, match="这次导出没有留下文字的来源"):
        since(desk, export)
    assert set(report_changes.KINDS) == {"added", "removed", "moved", "text", "number"}
