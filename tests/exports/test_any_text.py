"""Ten thousand strings nobody would think of come out of the documents as they went in, and do nothing there."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from tests.support.book import lines_of, squeezed
from tests.support.desk import Desk
from tests.support.full_records import fill
from tests.support.random_text import RandomTexts, altered, rich_form
from tests.support.sound_files import unsound
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.catalog import Prepared
from xuncha_desktop.exports.document import WordFile
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Kind, fields
from xuncha_desktop.services import checklists, dump, intake, records, reports

FEWEST, PAPERS, ROUNDS = 10_000, 120, 27
FIELDS = (
    "title", "place", "overview", "typical_case", "verified_facts", "basis", "cause", "leader_in_charge", "department",
    "communication", "suggestion", "deputy_opinion", "meeting_conclusion", "leader_opinion", "office_note", "note",
)  # fmt: skip
# What a document prints of a text only in part: the first sentence of a paper's overview.
SHORTENED = {"briefing": "overview"}


@dataclass(frozen=True)
class Filled:
    """A case full of such strings: one record of each kind to print, and the strings by number and by field."""

    texts: RandomTexts
    records: dict[str, str]
    by_field: dict[str, set[str]]


def test_ten_thousand_strings_come_out_of_all_documents_unchanged(desk: Desk) -> None:
    filled = _fill(desk)
    shown = set[str]()
    wrong = list[str]()
    for document in catalog.DOCUMENTS:
        prepared = catalog.prepare(desk.store, document, filled.records[document.subject], draft=False)
        file = desk.folder / f"{document.kind}{document.suffix}"
        prepared.write(file, Progress())
        wrong += [f"{document.kind}：{fault}" for fault in unsound(file)]
        texts = list(_word_texts(file) if isinstance(prepared.data, WordFile) else _cells(file))
        found, broken = set[str](), list[str]()
        for text in texts:
            numbers, cut = altered(text, filled.texts.given)
            found |= numbers
            broken += cut
        if document.kind == "check_book":
            broken = _not_rejoined(broken, file)
        partly = {filled.texts.given[number] for number in filled.by_field.get(SHORTENED.get(document.kind, ""), ())}
        wrong += [f"{document.kind}：{text!r}" for text in broken if text not in partly]
        missing = _collected(prepared, filled.texts.given) - found
        wrong += [f"{document.kind} 没有 {filled.texts.given[number]!r}" for number in missing]
        shown |= found
    assert wrong == []
    assert len({filled.texts.given[number] for number in shown}) >= FEWEST, len(shown)


def _collected(prepared: Prepared, given: dict[str, str]) -> set[str]:
    """The strings that a document is made of."""
    data = prepared.data
    if isinstance(data, WordFile):
        printed: Any = data.content
    else:  # a row offers further columns to templates that have them
        printed = [[row.get(title) for title in sheet.titles] for sheet in data.sheets for row in sheet.rows]
    return {number for text in _strings(printed) for number in altered(text, given)[0]}


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _strings(one)


def _word_texts(file: Path) -> Iterator[str]:
    """Each story of a file as python-docx reads it, a line a paragraph."""
    document = docx.Document(str(file))
    stories: list[Any] = [document.element.body]
    for section in document.sections:
        stories += [section.header._element, section.footer._element]
    for story in stories:
        yield "\n".join(Paragraph(found, document).text for found in story.iter(qn("w:p")))


def _not_rejoined(broken: list[str], file: Path) -> list[str]:
    """Those that are not whole either where the report's sentences, a row each, are put together again."""
    said = squeezed("".join(row[1] for row in lines_of(file)))
    return [string for string in broken if squeezed(string) not in said]


def _cells(file: Path) -> Iterator[str]:
    """The texts of a workbook as openpyxl reads it; none may be a formula, now or when somebody edits it."""
    workbook = load_workbook(file)
    for sheet in workbook:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    assert cell.data_type in "sf", cell.coordinate
                    assert cell.data_type == "s" or "№" not in cell.value, cell.value
                    assert cell.data_type == "f" or cell.value[0] not in "=+-@" or cell.quotePrefix, cell.value
                    yield unescape(cell.value)


def _fill(desk: Desk) -> Filled:
    texts, random = RandomTexts(20310406), Random(20310406)
    rich = {name for name, field in fields("paper").items() if field.kind is Kind.RICHTEXT}
    by_field: dict[str, set[str]] = {}

    def say(name: str, most: int = 3, make: Callable[[], str] | None = None) -> str:
        before = len(texts.given)
        text = make() if make else texts.some(most)
        by_field.setdefault(name, set()).update(f"{number:06}" for number in range(before, len(texts.given)))
        return text

    def set_out(name: str, most: int = 3) -> str:
        """The same with bold words, lists and tables: each of the strings stands in one line of them."""
        return rich_form(random, [say(name, make=texts.line) for _ in range(random.randrange(1, most + 1))])

    everything = dump.everything(desk.store)
    unit = next(row["id"] for row in everything["unit"] if row["code"] == "XGZ")
    members = [row["id"] for row in everything["member"]]
    desk.set("unit", unit, name=texts.one(), secretary=texts.one(), short_name=texts.one())
    desk.set("team", everything["team"][0]["id"], name=texts.one())
    days = dict.fromkeys(("feedback_on", "plan_due_on", "rectify_until"), "2031-06-01")
    desk.set("inspection", desk.inspection, **days)
    desk.set("round", everything["round"][0]["id"], name=texts.one(), name_persons=True)
    for row in everything["inspector"]:
        desk.set("inspector", row["id"], name=say("name"), unit=say("unit"), post=say("post"))
    for member in members:
        desk.set("member", member, duty=say("duty"))
    # The lines of these are paragraphs that the program numbers.
    desk.set("report", desk.report, suggestions="\n".join(texts.line() for _ in range(9)))
    for name in ("title", "addressee", "signature"):
        desk.set("report", desk.report, **{name: texts.one()})
    for name in ("opening", "evaluation", "leadership"):
        desk.set("report", desk.report, **{name: set_out(name, 20)})
    given = [
        {"name": say("name"), "source": say("source"), "kind": "ledger", "inspection": desk.inspection,
         "original": "original"}
        for _ in range(40)
    ]  # fmt: skip
    proofs = intake.add(desk.store, "evidence", given, desk.folder, Progress())
    for line in checklists.lines(desk.store, desk.inspection)[:60]:
        desk.set("check_result", line.result, note=say("check_note"))
    papers = [
        desk.add_paper(
            **{name: (set_out if name in rich else say)(name) for name in FIELDS},
            parties=[{"kind": "first", "name": say("name"), "note": say("note")} for _ in range(2)],
            citations=[{"evidence": proofs[(at + by) % len(proofs)], "pages": say("pages")} for by in range(2)],
        )
        for at in range(PAPERS)
    ]
    for section in reports.plan(desk.store, desk.inspection):
        if section.heading:
            reports.write_text(desk.store, desk.inspection, section.heading, set_out("heading", 6))
    refs = {
        "member": members,
        "unit": [unit],
        "paper": papers[:1],
        "evidence": proofs,
        "problem_type": [desk.type("A101")],
    }
    for _ in range(ROUNDS):
        fill(desk.store, desk.inspection, say, refs=refs)
    made = fill(desk.store, desk.inspection, lambda name: say(name, 12), refs=refs, rows=30)
    for poll in records.options(desk.store, "poll"):
        votes = {"first": 12, "second": 0, "third": 0, "fourth": 0, "unknown": 0}
        desk.set("poll", poll, questions=[{"question": say("question"), **votes} for _ in range(3)], valid=12)
    return Filled(texts, {**made, "paper": papers[0], "member": members[0], "inspection": desk.inspection}, by_field)
