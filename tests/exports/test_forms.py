"""Every document of the catalog: what it prints, what it keeps to itself, and any text whole."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import docx
import pytest

from tests.exports.test_templates import names
from tests.support.desk import Desk, desk_of_its_own, text_of
from tests.support.full_records import fill
from tests.support.nasty_text import NASTY
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import catalog
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.exports.document import Document, WordFile
from xuncha_desktop.exports.record_form import RecordForm
from xuncha_desktop.exports.register_table import RegisterTable
from xuncha_desktop.exports.tallies import guarded, percent
from xuncha_desktop.exports.word import marked
from xuncha_desktop.exports.word.check import faults
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import LONG_TEXTS, Kind, fields
from xuncha_desktop.services import dump, field_records, lists, records

README = (Path(__file__).parents[2] / "templates_docx" / "README.md").read_text("utf-8")
WORD = [document for document in catalog.DOCUMENTS if document.suffix == ".docx"]
FORMS = [each for document in WORD if isinstance(each := getattr(document.check, "__self__", None), RecordForm)]
TABLES = [each for document in WORD if isinstance(each := getattr(document.check, "__self__", None), RegisterTable)]
TEXTS = (Kind.TEXT, *LONG_TEXTS)
EASY = "一段虚构的文字"
MADE_OF_MANY = {
    "briefing": "题主",
    "feedback": "题概例",
    "feedback_head": "题概例",
    "volume": "题概例主",
    "poll_report": "问",
}
DAYS = dict.fromkeys(("feedback_on", "plan_due_on", "rectify_until"), "2031-06-01")


@dataclass
class Filled:
    """A case with one record of every kind, and its documents: each is made once and only read."""

    desk: Desk
    made: Mapping[str, str]  # ids by entity
    files: dict[str, Path] = field(default_factory=dict)

    def export(self, kind: str) -> Path:
        """The document's file."""
        if kind not in self.files:
            self.files[kind] = self.desk.export(kind, self.made[catalog.BY_KIND[kind].subject])
        return self.files[kind]


@pytest.fixture(scope="module")
def odd(small_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """Filled with text that goes wrong somewhere."""
    with desk_of_its_own(small_case, tmp_path_factory.mktemp("odd")) as desk:
        yield Filled(desk, fill_desk(desk, NASTY))


@pytest.fixture(scope="module")
def easy(small_case: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Filled]:
    """The same with a text that is read easily."""
    with desk_of_its_own(small_case, tmp_path_factory.mktemp("easy")) as desk:
        yield Filled(desk, fill_desk(desk, EASY))


@pytest.fixture
def plain(desk: Desk) -> Mapping[str, str]:
    """The same in a case that the test may change; ids by entity."""
    return fill_desk(desk, EASY)


def fill_desk(desk: Desk, text: str) -> dict[str, str]:
    everything = dump.everything(desk.store)
    unit = next(row["id"] for row in everything["unit"] if row["code"] == "XGZ")
    desk.set("unit", unit, secretary="丙虚构")
    desk.set("inspection", desk.inspection, **DAYS)
    for row in everything["inspector"]:
        desk.set("inspector", row["id"], name=f"人{text}", unit=f"位{text}", post=f"职{text}")
    for row in everything["member"]:
        desk.set("member", row["id"], duty=f"duty{text}")
    parties = [{"kind": "first", "name": f"主{text}"}]
    paper = desk.add_paper(title=f"题{text}", overview=f"概{text}", typical_case=f"例{text}", parties=parties)
    refs = {
        "member": [row["id"] for row in everything["member"]],
        "unit": [unit],
        "paper": [paper],
        "evidence": [desk.proof],
        "problem_type": [desk.type("A101")],
    }
    made = fill(desk.store, desk.inspection, lambda name: f"{name}{text}", refs=refs)
    votes = {"question": f"问{text}", "first": 12, "second": 0, "third": 0, "fourth": 0, "unknown": 0}
    desk.set("poll", made["poll"], questions=[votes])
    return {**made, "paper": paper, "member": refs["member"][0], "inspection": desk.inspection}


@pytest.mark.parametrize("document", WORD, ids=lambda document: document.kind)
def test_every_document_goes_out_whole_and_sound_whatever_the_text(odd: Filled, document: Document) -> None:
    file = odd.export(document.kind)
    assert faults(file) == []
    assert GAP not in text_of(file)


@pytest.mark.parametrize("document", WORD, ids=lambda document: document.kind)
def test_what_is_noted_of_a_file_is_what_reading_it_finds(odd: Filled, document: Document) -> None:
    tokens, bare = marked.borne(odd.export(document.kind))
    body = marked.read(odd.export(document.kind))
    assert tokens == {piece.token for piece in body.pieces}
    assert bare == [piece.text for piece in body.bare]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.kind)
def test_every_character_of_every_printed_field_comes_out_of_its_form(odd: Filled, form: RecordForm) -> None:
    text = text_of(odd.export(form.kind))
    described = fields(form.entity)
    wanted = {name: f"{name}{NASTY}" for name in form.fields if described[name].kind in TEXTS}
    for name in form.fields:
        if described[name].kind is Kind.ROWS:
            columns = fields(described[name].target).values()
            wanted |= {f"{name}.{c.name}": f"{c.name}{NASTY}" for c in columns if c.kind in TEXTS}
    wanted = {name: value for name, value in wanted.items() if name != "requests.done_on"}
    assert [name for name, value in wanted.items() if value not in text] == []


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.kind)
def test_every_character_of_every_column_comes_out_of_its_table(odd: Filled, table: RegisterTable) -> None:
    text = text_of(odd.export(table.kind))
    described = fields(table.entity)
    people = table.entity in ("member", "inspector")  # made without odd characters in every field
    wanted = [name for name in table.columns if described[name].kind in TEXTS and not people]
    assert [name for name in wanted if f"{name}{NASTY}" not in text] == []
    assert not people or text.count(NASTY) >= 6


def test_every_character_comes_out_of_documents_made_of_many(desk: Desk) -> None:
    fill_desk(desk, NASTY)
    desk.set("round", next(iter(records.options(desk.store, "round"))), name_persons=True)
    for kind, marks in MADE_OF_MANY.items():
        text = text_of(desk.export(kind))
        assert [mark for mark in marks if f"{mark}{NASTY}" not in text] == [], kind


@pytest.mark.parametrize("document", WORD, ids=lambda document: document.kind)
def test_the_readme_lists_every_name_of_every_document(easy: Filled, document: Document) -> None:
    file = catalog.prepare(easy.desk.store, document, easy.made[document.subject], draft=False).data
    assert isinstance(file, WordFile)
    listed = {word for cell in re.findall(r"`([^`]+)`", README) for word in [*re.findall(r"[A-Za-z_]+", cell), cell]}
    assert f"`{file.template.name}`" in README
    assert {name for name in names(dict(file.content)) if name.isascii()} <= listed
    for alias in (name for name in file.content if not name.isascii()):
        said = re.findall(rf"\| `(\w+)` \| {alias} \|", README)
        assert any(name in file.content and file.content[name] == file.content[alias] for name in said), alias


@pytest.mark.parametrize("document", WORD, ids=lambda document: document.kind)
def test_who_somebody_is_stands_only_in_the_document_that_was_asked_to_name_them(
    easy: Filled, document: Document
) -> None:
    private = {
        "interview": "post一段虚构的文字",
        "petition": "reporter一段虚构的文字",
        "visit": "who一段虚构的文字",
    }
    text = text_of(easy.export(document.kind))
    found = [entity for entity, words in private.items() if words in text]
    assert found == ([document.subject] if document.kind.endswith("_named") else [])


@pytest.mark.parametrize("document", WORD, ids=lambda document: document.kind)
def test_an_empty_case_gives_drafts_and_refuses_final_documents(desk: Desk, document: Document) -> None:
    record = desk.inspection
    if document.subject in field_records.NUMBER_WORDS:
        record = field_records.create(desk.store, document.subject, desk.inspection, {})
    elif document.subject == "member":
        record = next(iter(records.options(desk.store, "member")))
    elif document.subject == "paper":
        record = desk.add_paper(state="draft", overview="")
    file = desk.export(document.kind, record, draft=True)
    assert faults(file) == []
    if desk.check(document.kind, record).stops:
        assert GAP in text_of(file) or document.kind == "report"
        with pytest.raises(UserError, match="还不能正式导出"):
            desk.export(document.kind, record)
    else:
        # These print what every case has: its members, and evidence to be filed.
        assert document.kind in ("team", "inspectors", "recusal", "archive_index")


def test_questions_are_told_from_answers_and_every_page_bears_the_speaker_s_line(
    desk: Desk, plain: Mapping[str, str]
) -> None:
    desk.set("interview", plain["interview"], text="问：您的职务？\n答：出纳。\n\n问：还有吗？")
    document = docx.Document(str(desk.export("interview", plain["interview"])))
    turns = [(p.style.name if p.style else "", p.text) for p in document.paragraphs if p.text[:2] in ("问：", "答：")]
    assert turns == [("问话", "问：您的职务？"), ("答话", "答：出纳。"), ("问话", "问：还有吗？")]
    foot = document.sections[0].footer.paragraphs[0]._p.xml
    assert "谈话对象（签名）" in foot and "NUMPAGES" in foot and " PAGE " in foot


def test_everybody_who_asked_signs_a_talk_and_room_is_left_for_a_second(desk: Desk, plain: Mapping[str, str]) -> None:
    members = list(records.options(desk.store, "member"))

    def signed(talkers: list[str]) -> list[str]:
        desk.set("interview", plain["interview"], talkers=talkers, recorder=members[1])
        document = docx.Document(str(desk.export("interview", plain["interview"], draft=True)))
        held = document.tables[-1].rows[0].cells[0].paragraphs
        return [p.text.split("：")[0] for p in held if "签名：" in p.text]

    names = records.titles(desk.store, "member", members)
    first, second = (names[member] for member in members[:2])
    ours = [f"谈话人（{first}）签名", f"谈话人（{second}）签名"]
    assert signed(members[:2]) == ["谈话对象签名", *ours, f"记录人（{second}）签名"]
    assert signed(members[:1]) == ["谈话对象签名", ours[0], "谈话人签名", f"记录人（{second}）签名"]
    assert signed([]) == ["谈话对象签名", "谈话人签名", "谈话人签名", f"记录人（{second}）签名"]


def test_a_member_declares_for_every_unit_the_team_inspects(desk: Desk) -> None:
    member = next(iter(records.options(desk.store, "member")))
    team, around = (records.load(desk.store, "member", member).values["team"], desk.inspection)
    units = [
        records.create(desk.store, "unit", {"name": name, "code": code, "kind": "village"})
        for name, code in (("中共虚构镇甲村支部委员会", "JCV"), ("中共虚构镇乙村支部委员会", "YCV"))
    ]
    taken = {"round": records.load(desk.store, "inspection", around).values["round"], "mode": "routine"}
    begun = [records.create(desk.store, "inspection", {"team": team, "unit": unit, **taken}) for unit in units]
    other = records.create(desk.store, "unit", {"name": "别组的单位", "code": "BZU", "kind": "village"})
    records.create(desk.store, "inspection", {"unit": other, **taken})

    def declared() -> list[str]:
        table = docx.Document(str(desk.export("recusal", member))).tables[0]
        [cell] = {
            row.cells[-1]._tc: row.cells[-1] for row in table.rows if row.cells[0].text == "被巡察\n党组织"
        }.values()
        return cell.text.split("\n")

    assert declared() == ["中共虚构镇委员会", "中共虚构镇甲村支部委员会", "中共虚构镇乙村支部委员会"]
    records.delete(desk.store, "inspection", begun[:1])
    assert declared() == ["中共虚构镇委员会", "中共虚构镇乙村支部委员会"]


def test_a_fact_sheet_shows_neither_papers_nor_the_team_s_conclusion(desk: Desk, plain: Mapping[str, str]) -> None:
    text = text_of(desk.export("fact_check", plain["fact_check"]))
    assert "facts一段虚构的文字" in text
    for hidden in ("conclusion一段", "note一段", "题一段", "DG-001"):
        assert hidden not in text


def test_a_sheet_to_be_written_by_hand_is_not_refused(desk: Desk, plain: Mapping[str, str]) -> None:
    desk.set("petition", plain["petition"], leader_note="", handling="")
    assert desk.check("petition", plain["petition"]).stops == ()
    assert any("组长批示" in finding.text for finding in desk.check("petition", plain["petition"]).findings)


def test_persons_are_listed_only_where_the_round_names_them(desk: Desk, plain: Mapping[str, str]) -> None:
    assert "主一段" not in text_of(desk.export("briefing"))
    desk.set("round", next(iter(records.options(desk.store, "round"))), name_persons=True)
    text = text_of(desk.export("briefing"))
    assert "点人点事清单" in text and "主一段" in text


@pytest.mark.parametrize(
    ("counts", "shown", "hidden"),
    [
        ({"甲": 10, "乙": 7}, {"甲": 10, "乙": 7}, ()),
        ({"甲": 10, "乙": 7, "丙": 1}, {"甲": 10}, ("乙", "丙")),
        ({"甲": 10, "乙": 3, "丙": 3, "丁": 0}, {"甲": 10}, ("乙", "丙")),
        ({"甲": 2}, {}, ("甲",)),
        ({"甲": 5, "乙": 4}, {}, ("甲", "乙")),
        ({}, {}, ()),
    ],
)
def test_a_small_group_cannot_be_told_from_the_counts(
    counts: dict[str, int], shown: dict[str, int], hidden: tuple[str, ...]
) -> None:
    assert guarded(counts, 5) == (shown, hidden)


def test_shares_are_rounded_half_up() -> None:
    assert [percent(1, 8), percent(1, 3), percent(0, 5), percent(1, 0)] == ["12.50%", "33.33%", "0.00%", "—"]


@pytest.mark.parametrize(("valid", "told"), [(4, False), (5, True)])
def test_a_poll_under_the_smallest_group_is_not_told_apart(
    desk: Desk, plain: Mapping[str, str], valid: int, told: bool
) -> None:
    votes = {"question": "总体评价", "first": valid, "second": 0, "third": 0, "fourth": 0, "unknown": 0}
    desk.set("poll", plain["poll"], issued=9, returned=9, valid=valid, questions=[votes])
    text = text_of(desk.export("poll_report"))
    assert ("100.00%" in text) is told
    assert ("不出分项统计" in text) is not told


def test_a_lead_and_what_only_the_leader_reads_stay_out_of_the_talk_report(
    desk: Desk, plain: Mapping[str, str]
) -> None:
    rows = [
        {"topic": "style", "summary": "作风意见。", "goes_to": "paper"},
        {"topic": "facts", "summary": "线索内容。", "goes_to": "lead"},
    ]
    desk.set("interview", plain["interview"], summaries=rows)
    secret = field_records.create(
        desk.store,
        "interview",
        desk.inspection,
        {"secrecy": "leader", "summaries": [{"topic": "style", "summary": "只给组长。"}]},
    )
    assert secret
    text = text_of(desk.export("talk_report"))
    assert "作风意见。" in text
    assert "线索内容" not in text and "只给组长" not in text
    assert "2人次" in text


def test_one_file_a_record_goes_into_a_folder_and_those_that_lack_something_are_named(
    desk: Desk, tmp_path: Path
) -> None:
    desk.add_paper(title="甲")
    desk.add_paper(title="乙")
    lacking = desk.add_paper(title="丙")
    desk.set("paper", lacking, basis="")
    desk.add_paper(title="丁", state="draft")
    folder = tmp_path / "逐份"
    folder.mkdir()
    paper = catalog.BY_KIND["paper"]
    written, left = catalog.write_all(desk.store, paper, desk.inspection, folder, draft=False, progress=Progress())
    assert [each.prepared.draft for each in written] == [False, False]
    assert len(list(folder.iterdir())) == 2
    assert len(left) == 1 and "丙" in left[0] and "定性依据" in left[0]
    assert lists.count(desk.store, lists.Query("export_record")) == 0
