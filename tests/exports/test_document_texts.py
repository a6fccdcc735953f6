"""Every text of a case comes out of its documents whole, whatever it holds."""

from tests.support.desk import Desk, text_of
from tests.support.nasty_text import LONG, NASTY
from xuncha_desktop.exports import ledger
from xuncha_desktop.exports.excel.check import read_rows
from xuncha_desktop.model import LONG_TEXTS, Kind, fields
from xuncha_desktop.services import dump, records

DATA, BRIEFING = "问题台账", "书记专题会汇报表"


def test_every_character_comes_out_of_the_report(desk: Desk) -> None:
    desk.set("report", desk.report, **dict.fromkeys(("opening", "evaluation", "leadership", "signature"), NASTY))
    desk.add_paper(title=f"题{NASTY}", overview=f"概{NASTY}", typical_case=f"例{NASTY}")
    text = text_of(desk.export("report"))
    assert f"1.题{NASTY}\n概{NASTY}\n例{NASTY}\n" in text
    assert text.count(NASTY) >= 8


def test_every_character_comes_out_of_both_forms_of_the_ledger(desk: Desk) -> None:
    names = [n for n, f in fields("paper").items() if f.kind in (Kind.TEXT, *LONG_TEXTS) and n != "return_reason"]
    desk.add_paper(**{name: f"{name}{NASTY}" for name in names}, parties=[{"name": f"甲{NASTY}"}])
    file = desk.export("ledger")
    for sheet, columns in ((DATA, ledger.COLUMNS), (BRIEFING, ledger.BRIEFING)):
        rows = read_rows(file, sheet)
        assert len(rows) == 1
        checked = 0
        for title, source in columns:
            if isinstance(source, str) and source.removeprefix("paper.") in names:
                assert rows[0][title] == f"{source.removeprefix('paper.')}{NASTY}"
                checked += 1
        assert checked >= 4
        assert rows[0]["责任主体"] == f"甲{NASTY}"


def test_every_character_comes_out_of_the_printed_paper(desk: Desk) -> None:
    printed = (
        "title", "place", "overview", "typical_case", "verified_facts", "basis", "cause", "communication",
        "deputy_opinion", "meeting_conclusion", "leader_opinion", "note", "leader_in_charge", "department",
        "suggestion", "office_note",
    )  # fmt: skip
    parties = [{"kind": "main", "name": f"名{NASTY}", "note": f"说{NASTY}"}]
    citations = [{"evidence": desk.proof, "pages": f"页{NASTY}"}]
    desk.set("evidence", desk.proof, name=f"件{NASTY}", source=f"源{NASTY}")
    desk.set("round", next(iter(records.options(desk.store, "round"))), name=f"轮{NASTY}")
    unit = next(row["id"] for row in dump.everything(desk.store)["unit"] if row["code"] == "XGZ")
    desk.set("unit", unit, name=f"全{NASTY}")
    paper = desk.add_paper(
        **{name: f"{name}{NASTY}" for name in printed}, parties=parties, citations=citations, state="draft"
    )
    text = text_of(desk.export("paper", paper))
    missing = [mark for mark in (*printed, "名", "说", "页", "件", "源", "轮", "全") if f"{mark}{NASTY}" not in text]
    assert missing == []


def test_two_hundred_thousand_characters_come_out_of_every_document(desk: Desk) -> None:
    paper = desk.add_paper(overview=f"概{LONG}尾", typical_case=f"例{LONG}尾")
    assert f"概{LONG}尾\n例{LONG}尾" in text_of(desk.export("report"))
    assert f"概{LONG}尾" in text_of(desk.export("paper", paper))
    rows = read_rows(desk.export("ledger"), DATA)
    assert len(rows) == 1
    assert rows[0]["问题表述（与报告一致）"] == f"概{LONG}尾"
    assert any("长文本" in finding.text for finding in desk.check("ledger").findings)
