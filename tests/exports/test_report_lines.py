"""The live view's lines are the lines of the exported file, and each knows where it was written."""

from tests.support.desk import Desk, text_of
from xuncha_desktop.exports import report_lines
from xuncha_desktop.services import export_data, records, reports


def fill(desk: Desk) -> None:
    desk.add_paper(title="资金管理不严", typical_case="第一例。\n第二例。", amount=12_500_000)
    desk.add_paper(title="会议记录不全", problem_type=desk.type("C102"))
    section = next(each for each in reports.plan(desk.store, desk.inspection) if each.entries)
    assert section.heading
    reports.write_text(desk.store, desk.inspection, section.heading, "主要是：\n分述如下。")
    desk.set("report", desk.report, opening="另外的话。", evaluation="甲。\n乙。", suggestions="一。\n\n二。")
    desk.set("report", desk.report, dated=None, title="中共虚构市委第九巡察组关于巡察虚构镇党委的情况报告")


def lines(desk: Desk, *, draft: bool = True) -> list[report_lines.Line]:
    return report_lines.of_report(export_data.of_inspection(desk.store, desk.inspection), draft=draft)


def test_the_lines_are_those_of_the_exported_draft(desk: Desk) -> None:
    fill(desk)
    shown = [line.text for line in lines(desk) if line.text and line.style != "row"]
    exported = [line for line in text_of(desk.export("report", draft=True)).split("\n") if line]
    assert exported[: len(shown)] == shown
    rows = [line.text for line in lines(desk) if line.style == "row"]
    cells = exported[len(shown) :]
    assert [cell for row in rows[1:] for cell in row.split("　")] == cells[cells.index("备注") + 1 :]


def test_the_final_report_bears_no_mark_of_a_draft(desk: Desk) -> None:
    fill(desk)
    desk.set("report", desk.report, dated="2031-06-01")
    shown = [line.text for line in lines(desk, draft=False) if line.text and line.style != "row"]
    exported = [line for line in text_of(desk.export("report")).split("\n") if line]
    assert exported[: len(shown)] == shown


def test_an_empty_report_has_the_lines_of_an_exported_empty_one(desk: Desk) -> None:
    shown = [line.text for line in lines(desk) if line.text]
    assert shown == [line for line in text_of(desk.export("report", draft=True)).split("\n") if line]


def test_each_line_leads_to_the_very_place_it_was_written_at(desk: Desk) -> None:
    fill(desk)
    led = [line for line in lines(desk) if line.source.field and line.style not in ("row", "date", "addressee")]
    assert {line.source.entity for line in led} == {"report", "paper", "report_text"}
    texts = {each.heading: each.text for each in reports.plan(desk.store, desk.inspection)}
    for line in led:
        source = line.source
        text = (
            texts[source.record]
            if source.entity == "report_text"
            else records.load(desk.store, source.entity, source.record).values[source.field]
        )
        words = line.text[line.prefix :]
        assert words
        assert text[line.place(line.prefix) :].startswith(words)
