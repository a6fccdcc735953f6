import re
from collections import Counter
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image

from xuncha_desktop import resources, rich, sample_content, sample_pictures
from xuncha_desktop.errors import Cancelled
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import choices
from xuncha_desktop.sample_content import SamplePaper
from xuncha_desktop.sample_files import make
from xuncha_desktop.services.field_records import NUMBER_WORDS

PAPERS = sample_content.papers()
FINISHED = [paper for paper in PAPERS if len(paper.overview) >= 100]
APPROVED = [paper for paper in PAPERS if paper.state == "已审签"]
EVIDENCE = {item.number: item for item in sample_content.evidence()}
UNITS = {unit.code: unit for unit in sample_content.case().units}
RECORDS = sample_content.records()
INSPECTIONS = {row.unit: row for row in sample_content.case().inspections}
PERCENTAGES = (
    ("PHZ-01", 24, 58),
    ("PHZ-02", 19, 31),
    ("PHZ-03", 1860, 4200),
    ("PHZ-06", 9, 40),
    ("PHZ-07", 31, 126),
    ("PHZ-07", 17, 126),
    ("PHZ-10", 17, 42),
    ("PHZ-12", 37, 143),
    ("PHZ-20", 7, 60),
    ("PHZ-21", 19, 47),
    ("PHZ-22", 6, 20),
    ("PHZ-23", 3, 9),
    ("PHZ-24", 8, 21),
    ("PHZ-25", 3, 24),
    ("LXC-02", 9, 27),
    ("LXC-04", 23, 40),
    ("LXC-05", 33, 120),
    ("HFC-01", 8.74, 9.2),
    ("HFC-02", 3, 12),
    ("WLJ-06", 7, 20),
    ("WLJ-08", 4, 12),
)


def by_key(papers: list[SamplePaper] | tuple[SamplePaper, ...]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("paper", papers, ids=[paper.key for paper in papers])


def test_the_sample_says_that_it_is_fictitious() -> None:
    case = sample_content.case()
    assert "虚构" in case.name
    assert "虚构" in case.note
    assert all("虚构" in unit.note for unit in case.units)
    for file in resources.path("sample").glob("*.json"):
        assert "虚构" in str(resources.read_json("sample", file.name)["note"])


def test_46_papers_stand_in_the_states_of_a_round_near_its_end() -> None:
    assert len(PAPERS) == 46
    assert Counter(paper.state for paper in PAPERS) == {"已审签": 30, "待复核": 6, "草稿": 8, "退回": 2}
    assert len({paper.key for paper in PAPERS}) == 46
    assert Counter(paper.state for paper in PAPERS if paper not in FINISHED) == {"草稿": 3}


def test_the_papers_cover_every_group_and_at_least_25_problem_types() -> None:
    types = {paper.problem_type for paper in PAPERS}
    assert {code[0] for code in types} == set("ABCD")
    assert len(types) >= 25


def test_every_unit_has_papers_and_an_inspection_with_its_13_dates() -> None:
    assert {paper.unit for paper in PAPERS} == set(UNITS) == set(INSPECTIONS)
    for inspection in INSPECTIONS.values():
        assert len(inspection.dates) == 13
        assert inspection.checklist == choices.CHECKLIST_OF[_code(choices.UNIT_KINDS, UNITS[inspection.unit].kind)]


def test_the_dates_of_the_township_keep_the_shipped_deadlines_in_days() -> None:
    dates = INSPECTIONS["PHZ"].dates
    assert (dates["进驻日"], dates["驻点结束日"]) == (date(2026, 3, 2), date(2026, 4, 30))
    for row in resources.deadlines():
        if row.default and row.count == "calendar" and row.base in dates and row.target in dates:
            gap = (dates[row.target] - dates[row.base]).days
            assert gap <= row.days, row.label


def test_words_of_the_sample_are_those_the_program_offers() -> None:
    case = sample_content.case()
    for member in case.members:
        assert member.role in choices.ROLES.values()
        assert set(member.expertise) <= set(choices.EXPERTISE.values())
    for unit in case.units:
        assert unit.kind in choices.UNIT_KINDS.values()
        assert unit.party_body in choices.PARTY_BODIES.values()
        assert unit.parent is None or unit.parent in UNITS
    assert {row.mode for row in case.inspections} <= set(choices.MODES.values())
    assert case.heading_set in resources.heading_sets()
    assert set(case.deadlines) == {row.code for row in resources.deadlines() if row.default}
    for item in EVIDENCE.values():
        assert item.kind in choices.EVIDENCE_KINDS.values()
        assert item.original in choices.ORIGINALS.values()
        assert item.unit in UNITS


def test_the_team_has_one_leader_two_deputies_a_liaison_and_enough_experience() -> None:
    members = sample_content.case().members
    assert Counter(member.role for member in members) == {"组长": 1, "副组长": 2, "联络员": 1, "组员": 3}
    assert len({member.code for member in members}) == 7
    assert sum(member.rounds_before >= 2 for member in members) / len(members) >= 0.3


@by_key(PAPERS)
def test_every_code_in_a_paper_exists(paper: SamplePaper) -> None:
    items = {item.code for item in resources.checklists()[INSPECTIONS[paper.unit].checklist].items}
    assert paper.problem_type in resources.problem_types()
    assert paper.check_items
    assert set(paper.check_items) <= items
    assert set(paper.handlers) <= {member.code for member in sample_content.case().members}
    assert 1 <= len(paper.handlers) <= 2
    assert set(paper.sources) <= set(choices.SOURCES.values())
    assert paper.level in choices.LEVELS.values()
    assert set(paper.causes) <= set(choices.CAUSES.values())
    assert paper.destination in choices.DESTINATIONS.values()
    assert paper.state in choices.PAPER_STATES.values()
    assert {row.kind for row in paper.responsible} <= set(choices.PARTY_KINDS.values())


@by_key(PAPERS)
def test_every_reference_to_evidence_resolves_to_a_page_with_text(paper: SamplePaper) -> None:
    for citation in paper.evidence:
        item = EVIDENCE[citation.evidence]
        assert 1 <= citation.span[0] <= citation.span[-1] <= item.pages
        written = {page.page for page in item.body}
        assert set(citation.span) <= written, f"{item.name} {citation.pages}"


@by_key(FINISHED)
def test_an_overview_has_the_length_and_the_numbers_of_its_paper(paper: SamplePaper) -> None:
    text = paper.overview
    assert 120 <= len(text) <= 320
    if paper.amount_yuan is not None:
        assert f"{paper.amount_yuan / 10000:.2f}万元" in text
    if paper.people is not None:
        assert re.search(rf"(?<![\d.,]){paper.people}(人次|人|名)", text)
    if paper.pieces is not None:
        assert re.search(rf"(?<![\d.,]){paper.pieces}(件|笔|份|个|处|次|户|项|张|场)", text)


@by_key(FINISHED)
def test_an_amount_in_yuan_agrees_with_the_amount_in_ten_thousands(paper: SamplePaper) -> None:
    for yuan in re.findall(r"合计(\d{4,})元", paper.verified_facts):
        assert int(yuan) == paper.amount_yuan


@by_key(APPROVED)
def test_an_approved_paper_is_complete(paper: SamplePaper) -> None:
    assert all((paper.verified_facts, paper.typical_case, paper.basis, paper.cause, paper.causes, paper.responsible))
    assert all((paper.leader_in_charge, paper.department, paper.communication, paper.suggestion, paper.evidence))
    assert len(paper.handlers) == 2
    assert paper.period_from
    assert paper.period_to
    assert paper.period_from <= paper.period_to <= paper.compiled_on
    assert paper.signed_on
    assert paper.signed_on > paper.compiled_on
    assert "主体责任" in {row.kind for row in paper.responsible}


@by_key(PAPERS)
def test_a_paper_is_compiled_after_entry_and_after_its_evidence(paper: SamplePaper) -> None:
    dates = INSPECTIONS[paper.unit].dates
    assert dates["进驻日"] < paper.compiled_on <= INSPECTIONS["PHZ"].dates["驻点结束日"]
    assert all(EVIDENCE[row.evidence].dated_on < paper.compiled_on for row in paper.evidence)


def test_some_papers_show_what_is_missing() -> None:
    assert any(len(paper.handlers) == 1 for paper in PAPERS)
    assert any(not paper.evidence for paper in PAPERS)
    assert all(bool(paper.return_reason) == (paper.state == "退回") for paper in PAPERS)


def test_no_paper_calls_an_act_a_crime() -> None:
    for paper in PAPERS:
        text = "".join((paper.title, paper.overview, paper.verified_facts, paper.typical_case, paper.cause))
        assert not re.search("违法|犯罪|贪污|受贿", text), paper.key


def test_no_member_and_no_person_is_named_in_a_paper_or_report() -> None:
    names = [member.name for member in sample_content.case().members]
    texts = [paper.overview + paper.verified_facts + paper.communication for paper in PAPERS]
    texts += [report.overall + report.leadership for report in sample_content.reports()]
    assert not [name for name in names for text in texts if name in text]


def test_counters_by_hand_agree_with_the_papers() -> None:
    for unit, inspection in INSPECTIONS.items():
        assert inspection.counters.quick_fixes == sum(paper.quick_fix for paper in PAPERS if paper.unit == unit)
        assert inspection.counters.leads == sum(paper.involves_lead for paper in PAPERS if paper.unit == unit)


def test_counters_by_hand_agree_with_the_records_where_there_are_any() -> None:
    counted = {
        "talks": ("interview", lambda row: 1),
        "questionnaires": ("poll", lambda row: row["issued"]),
        "documents": ("borrowing", lambda row: "received_on" in row),
        "visits": ("visit", lambda row: row.get("households", 0)),
        "petitions": ("petition", lambda row: 1),
        "quick_fixes": ("quick_fix", lambda row: 1),
    }
    for name, (kind, amount) in counted.items():
        for unit, inspection in INSPECTIONS.items():
            if rows := [row for of, row in RECORDS if of == kind and row["unit"] == unit]:
                assert getattr(inspection.counters, name) == sum(amount(row) for row in rows), (unit, name)


def test_every_register_has_a_handful_of_records_and_papers_cite_some() -> None:
    assert set(Counter(kind for kind, _ in RECORDS)) == set(NUMBER_WORDS)
    assert min(Counter(kind for kind, _ in RECORDS).values()) >= 4
    rows = {row["key"]: row for _, row in RECORDS}
    assert len(rows) == len(RECORDS)
    papers = {paper.key: paper for paper in PAPERS}
    for cited in sample_content.record_citations():
        row, paper = rows[cited.record], papers[cited.paper]
        assert cited.passage in (row[cited.field] if cited.field else "")
        held = next((row[day] for day in ("held_on", "visited_on", "received_on", "voucher_on") if day in row), "")
        assert held < paper.compiled_on.isoformat(), (cited.paper, cited.record)
        assert row["unit"] == paper.unit


def test_no_member_is_named_in_a_record_and_whoever_is_named_is_said_to_be_invented() -> None:
    names = [member.name for member in sample_content.case().members]
    for _, row in RECORDS:
        assert not [name for name in names if name in str(row)], row["key"]
        assert all("虚构" in person["name"] for person in row.get("persons", ()))
        assert all("虚构" in row[who] for who in ("who", "reporter") if who in row)


def test_reports_have_every_connecting_text_and_five_suggestions() -> None:
    for report in sample_content.reports():
        assert report.title.startswith("中共青禾市委第一巡察组关于巡察")
        assert UNITS[report.unit].short_name in report.title
        assert len(report.suggestions) == 5
        assert all((report.addressee, report.overall, report.leadership, report.signature))


def test_lists_and_tables_are_set_out_as_a_case_keeps_them_and_agree_with_their_words() -> None:
    set_out = [paper.overview for paper in PAPERS if rich.is_rich(paper.overview)]
    assert all(rich.clean(text) == text for text in set_out)
    found = [block for text in set_out for block in rich.blocks(text)]
    assert {block.number > 0 for block in found if isinstance(block, rich.Item)} == {False, True}
    [table] = [block for block in found if isinstance(block, rich.Table)]
    numbers = [int(rich.words_of(row[-1])) for row in table.rows[1:]]
    assert sum(numbers[:-1]) == numbers[-1]
    assert any(f"其中{numbers[-1]}处" in text for text in set_out)


def test_percentages_in_the_papers_follow_from_their_counts() -> None:
    texts = {paper.key: paper.overview for paper in PAPERS}
    for key, part, whole in PERCENTAGES:
        assert f"{part / whole * 100:.2f}%" in texts[key], key
        assert re.search(rf"(?<![\d.]){part}\D", texts[key]), key
    stated = Counter(key for key, text in texts.items() for _ in re.findall(r"\d%", text))
    assert stated == Counter(key for key, _, _ in PERCENTAGES)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    return make(tmp_path_factory.mktemp("files"), sample_content.evidence(), pictures=2, seed=7)


def test_every_item_gets_a_file_and_extra_photographs_follow(files: dict[str, Path]) -> None:
    assert list(files) == [*EVIDENCE, "照片0001", "照片0002"]
    assert all(path.stat().st_size > 100 for path in files.values())


def test_photographs_are_of_moderate_size_and_differ(files: dict[str, Path]) -> None:
    photographs = [path for path in files.values() if path.suffix == ".jpg"]
    for path in photographs:
        assert 60_000 <= path.stat().st_size <= 250_000, path.name
        with Image.open(path) as image:
            assert image.size == (1440, 1080)
    assert len({path.read_bytes() for path in photographs}) == len(photographs)


def test_a_pdf_has_as_many_pages_as_its_item_says(files: dict[str, Path]) -> None:
    for item in EVIDENCE.values():
        if item.type == "pdf":
            document = pypdfium2.PdfDocument(files[item.number])
            pages = len(document)
            document.close()
            assert pages == item.pages


def test_text_word_and_excel_files_hold_the_body_and_say_that_it_is_invented(files: dict[str, Path]) -> None:
    assert "（示例　虚构）" in files["证011"].read_text(encoding="utf-8")
    assert "代号T004：责任清单每年只改年份，" in [row.text for row in Document(str(files["证015"])).paragraphs]
    rows = list(load_workbook(files["证018"]).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:2] == ("公务接待支出明细账（2024—2025年）", "示例　虚构")
    assert rows[-1] == ("合计", 143, 377100, 37, 86400)
    assert [sum(int(str(row[column])) for row in rows[2:-1]) for column in range(1, 5)] == [143, 377100, 37, 86400]


def test_the_same_seed_gives_the_same_bytes_and_another_seed_others(tmp_path: Path) -> None:
    items = [EVIDENCE[number] for number in ("证010", "证015", "证018", "证024")]
    made = [make(tmp_path / str(run), items, 1, seed) for run, seed in enumerate((1, 1, 2))]
    first, again, other = ([path.read_bytes() for path in run.values()] for run in made)
    assert first == again
    assert first[0] != other[0]


def test_making_files_reports_and_stops_when_asked(tmp_path: Path) -> None:
    steps: list[tuple[int, int, str]] = []
    progress = Progress(lambda done, total, text: (steps.append((done, total, text)), progress.cancel())[0])
    with pytest.raises(Cancelled):
        make(tmp_path, [EVIDENCE["证024"], EVIDENCE["证011"]], 0, 1, progress)
    assert steps == [(0, 2, "生成镇属资产租金收缴台账")]


def test_without_a_chinese_font_pages_still_show_where_text_stands(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample_pictures, "_font", lambda size: None)
    picture = make(tmp_path, [EVIDENCE["证010"]], 0, 1)["证010"]
    with Image.open(picture) as image:
        strip = image.convert("L").crop((36, 968, 36 + 32 * 6, 1000))
        assert max(strip.tobytes()) > 200


def _code(words: choices.Choices, word: str) -> str:
    return next(code for code, known in words.items() if known == word)
