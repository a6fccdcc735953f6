"""Bold words, lists and tables in every document that prints such texts, and in what is made of these later."""

from pathlib import Path
from typing import Any

import docx
import pytest
from docx.table import Table

from tests.exports.test_comparing import compared, edit
from tests.exports.test_report_changes import exported, since
from tests.exports.test_report_lines import lines
from tests.exports.test_traces import bookmarked, kept
from tests.support.book import lines_of, untraced_of
from tests.support.desk import Desk, text_of
from tests.support.set_texts import RICH, lists_of, stored_of
from tests.support.sound_files import unsound
from xuncha_desktop import rich
from xuncha_desktop.exports import ledger
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.exports.word.check import faults
from xuncha_desktop.services import records, reports


def fill(desk: Desk) -> str:
    paper = desk.add_paper(title="标题一", overview=RICH, typical_case=f"例：\n{RICH}")
    for name in ("opening", "evaluation", "leadership"):
        desk.set("report", desk.report, **{name: RICH})
    section = next(each for each in reports.plan(desk.store, desk.inspection) if each.entries)
    assert section.heading
    reports.write_text(desk.store, desk.inspection, section.heading, RICH)
    return paper


def set_texts(file: Path) -> str:
    """The whole body with the tables within cells, in the form in which texts are kept."""
    document: Any = docx.Document(str(file))
    found = [stored_of(document, document)]
    for table in document.tables:
        cells = {cell._tc: cell for row in table.rows for cell in row.cells}
        found += [stored_of(cell, document) for cell in cells.values()]
    return "\n".join(found)


@pytest.mark.parametrize(
    ("kind", "times"),
    [("report", 6), ("paper", 2), ("volume", 2), ("feedback", 3), ("feedback_head", 3), ("briefing", 2)],
)
def test_a_document_prints_such_texts_as_they_are_set(desk: Desk, kind: str, times: int) -> None:
    paper = fill(desk)
    desk.set("paper", paper, parties=[{"kind": "first", "name": "虚构镇党委"}])
    days = dict.fromkeys(("feedback_on", "plan_due_on", "rectify_until"), "2031-06-01")
    desk.set("inspection", desk.inspection, **days)
    unit = records.load(desk.store, "inspection", desk.inspection).values["unit"]
    desk.set("unit", unit, secretary="甲虚构")
    file = desk.export(kind, paper if kind == "paper" else "")
    assert set_texts(file).count(RICH) == times
    assert faults(file) == unsound(file) == []
    document: Any = docx.Document(str(file))
    assert len({number for form, number in lists_of(document) if form == "decimal"}) == times


def test_the_first_sentence_in_the_briefing_is_one_of_words(desk: Desk) -> None:
    desk.add_paper(overview="\x1d\x02甲\x03乙。丙。\n\x1d丁")
    desk.add_paper(overview="\x1e\x1f项。\n\x1e数\x1f1")
    shown = text_of(desk.export("briefing")).split("\n")
    assert "甲乙。" in shown
    assert "项。" in shown


def test_the_ledger_has_the_plain_words(desk: Desk) -> None:
    fill(desk)
    [row] = read_rows(desk.export("ledger"), "问题台账")
    titles = {source: title for title, source in ledger.COLUMNS}
    assert row[titles["paper.overview"]] == rich.plain(RICH)
    assert row[titles["paper.typical_case"]] == f"例：\n{rich.plain(RICH)}"


def test_each_paragraph_point_and_cell_of_the_report_stands_in_its_bookmark(desk: Desk) -> None:
    fill(desk)
    file = desk.export("report")
    every = kept(desk)
    assert bookmarked(file) == {trace.token: trace.text for trace in every}
    words = [words for _, words in rich.pieces(RICH)]
    for field in ("overview", "evaluation", "leadership", "opening", "texts"):
        assert [trace.text for trace in every if trace.source.field == field and trace.source.record] == words, field


def test_an_untouched_report_agrees_and_an_edited_cell_is_found(desk: Desk) -> None:
    fill(desk)
    file = desk.export("report")
    assert compared(desk, file).differences == ()
    document: Any = docx.Document(str(file))
    [cell] = [c for t in document.tables for r in t.rows for c in r.cells if c.text == "12"][:1]
    next(run for run in cell.paragraphs[0].runs if run.text).text = "13"
    changed = file.with_name("改过.docx")
    document.save(str(changed))
    [difference, *_] = compared(desk, changed).differences
    assert (difference.kind, difference.in_file, difference.in_case) == ("edited", "13", "12")


def test_bold_alone_is_no_difference_to_the_case(desk: Desk) -> None:
    fill(desk)
    file = edit(desk.export("report"), lambda body: body.replace("<w:b/>", ""))
    assert compared(desk, file).differences == ()


def test_the_live_view_has_the_lines_of_the_file_with_bold_words_and_columns(desk: Desk) -> None:
    fill(desk)
    document: Any = docx.Document(str(desk.export("report", draft=True)))
    exported: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            exported += ["\t".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            exported.append(block.text)
    shown = [line for line in lines(desk) if line.text and line.style != "row"]
    signless = [line.text.removeprefix("• ") if line.text.startswith("• ") else line.text for line in shown]
    signless = [text[3:] if text[:3] in ("1. ", "2. ") else text for text in signless]
    assert [text for text in exported if text][: len(shown)] == signless
    of_table = [line for line in shown if line.style == "cells"]
    assert {line.columns for line in of_table} == {(2, 2)}
    bold = {line.text[start:end] for line in shown for start, end in line.bold}
    assert bold == {"粗", "乙", "合"}
    assert all(line.text[line.prefix :] in rich.plain(RICH) for line in shown if line.source.field == "overview")
    plain = rich.plain(RICH)
    for line in shown:
        if line.source.field == "overview":
            assert plain[line.place(line.prefix) :].startswith(line.text[line.prefix :])


def test_the_check_book_answers_for_numbers_in_lists_and_tables_and_knows_the_report(desk: Desk) -> None:
    text = "多付\x0217场\x03补助8.50万元。\n\x1d有11份同章\n\x1e项\x1f数\n\x1e\x02合计\x03\x1f17"
    desk.add_paper(title="标题一", overview=text, amount=8_500_000, pieces=17)
    desk.export("report")
    book = desk.export("check_book")
    assert "对应" in text_of(book)
    assert untraced_of(book) == []
    rows = lines_of(book)
    assert [row[2] for row in rows if "多付17场" in row[1]] == ["2"]
    assert [row[1] for row in rows if row[1] in ("有11份同章", "合计｜17")] == ["有11份同章", "合计｜17"]
    [paper] = [row for row in rows if "多付17场" in row[1]]
    assert "17场：数值与“涉及件数”相同，请核对含义" in paper[3]


def test_nothing_changed_since_an_export_and_then_one_point_of_a_list(desk: Desk) -> None:
    paper = desk.add_paper(overview=RICH)
    export = exported(desk)
    assert since(desk, export) == []
    desk.set("paper", paper, overview=RICH.replace("\x1d二", "\x1d\x02二改\x03"))
    [change] = since(desk, export)
    assert [(piece.kind, piece.text) for piece in change.pieces if piece.kind != "same"] == [("added", "改")]
    assert not rich.is_rich(f"{change.old}{change.new}")
