"""核对册: every number of the report has its line and its source, and one that has none is told first."""

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.book import additions_of, lines_of, squeezed, untraced_of
from tests.support.cheap_keys import CHEAP
from tests.support.desk import Desk, text_of
from tests.support.nasty_text import LONG
from xuncha_desktop import paths
from xuncha_desktop.exports import catalog, report, templates
from xuncha_desktop.exports.report_data import Problem
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import dump, field_records, records, reports, sample
from xuncha_desktop.store import opening

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """The text of the sample's report, and its book."""
    folder = tmp_path_factory.mktemp("book")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        case, _ = opening.create(folder / "案卷", sample.PASSWORD, argon=CHEAP)
        with case:
            desk = Desk(case.store, folder, sample.fill(case.store))
            yield text_of(desk.export("report")), desk.export("check_book")


def claimed(book: Path) -> list[str]:
    """The numbers that the lines of a book answer for, in order."""
    found: list[str] = []
    for order, text, many, origin, *_ in lines_of(book):
        numbers = NUMBER.findall(text)
        assert many in ("", str(len(numbers))), (order, text)
        if many:
            assert origin, (order, text)
            found += numbers
    return found


def row_of(book: Path, words: str) -> list[str]:
    """The first line whose text holds these words."""
    return next(row for row in lines_of(book) if words in row[1])


def own_template(home: Path, change: Callable[[str], str]) -> None:
    """A template of the report that a user changed."""
    ours = templates.shipped_word(report.TEMPLATE)
    own = home / templates.OWN / report.TEMPLATE
    own.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(ours) as old, zipfile.ZipFile(own, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)


def test_every_number_of_the_sample_report_has_its_line_and_its_source(shown: tuple[str, Path]) -> None:
    text, book = shown
    numbers = NUMBER.findall(text)
    assert len(numbers) > 250
    assert claimed(book) == numbers
    assert f"全文 {len(numbers)} 个数字，{len(numbers)} 个有出处" in text_of(book)
    assert untraced_of(book) == []


def test_every_sentence_of_a_paper_names_the_paper_and_the_pages_of_its_evidence(shown: tuple[str, Path]) -> None:
    rows = [row for row in lines_of(shown[1]) if row[3].startswith("底稿")]
    assert len(rows) > 90
    assert [row for row in rows if not re.match(r"底稿 〔2026〕\S+-DG-\d{3}", row[3])] == []
    assert [row for row in rows if not re.search(r"\w-[A-Z]{3}-\d{4}.*第\d", row[4], re.DOTALL)] == []


def test_the_lines_of_the_sample_give_the_whole_text_of_the_report_in_its_order(shown: tuple[str, Path]) -> None:
    text, at = squeezed(shown[0]), 0
    for _, words, *_ in lines_of(shown[1]):
        for part in words.split("｜"):
            found = text.find(squeezed(part), at)
            found = text.find(squeezed(part)) if found < 0 else found  # a counted number stands in a sentence above
            assert found >= 0, part
            at = found


def test_what_a_number_was_counted_from_adds_up_to_it(shown: tuple[str, Path]) -> None:
    _, book = shown
    said = additions_of(book)
    for words in ("发放问卷123份", "走访群众135户"):
        addition = said[next(row[0] for row in lines_of(book) if row[1] == words)]
        assert sum(map(int, re.findall(r"计 (\d+)", addition))) == int(re.sub(r"\D", "", words))
    *_, total = (row for row in lines_of(book) if row[1].startswith("合计｜"))  # a problem may have a table, too
    amounts = [float(amount) for amount in re.findall(r"计 ([\d.]+)", said[total[0]])]
    assert sum(amounts) == pytest.approx(float(total[1].partition("｜")[2]))
    papers = next(row[0] for row in lines_of(book) if row[1] == "形成问题底稿26份")
    assert said[papers].endswith("共 26")


def test_a_text_that_lost_its_trace_is_listed_as_having_no_source(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.add_paper(title="标题", overview="共38笔，涉及12.50万元。", amount=12_500_000)
    assert untraced_of(desk.export("check_book")) == []
    monkeypatch.setattr(report, "_problem", lambda line, _: Problem(line.paper["title"], (line.paper["overview"],), ()))
    book = desk.export("check_book")
    order = row_of(book, "共38笔")[0]
    assert [row[:2] for row in untraced_of(book)] == [[order, "38"], [order, "12.50"]]
    assert "2 个没有出处" in text_of(book)


def test_what_a_template_of_the_user_s_own_glues_together_or_says_itself_has_no_source(desk: Desk, home: Path) -> None:
    desk.add_paper(title="标题", overview="共38笔。")
    own_template(
        home,
        lambda body: body.replace("{{ paragraph }}", "{{ paragraph ~ '' }}", 3).replace("发现的主要问题", "共2类问题"),
    )
    book = desk.export("check_book")
    assert [(number, reason) for _, number, _, reason in untraced_of(book)] == [
        (number, "模板里的文字") for number in ("2031", "3", "1", "5", "1", "1", "2", "38")
    ]


def test_numbers_the_program_writes_are_named_as_such(desk: Desk) -> None:
    desk.add_paper(title="2030年的标题")
    book = desk.export("check_book")
    title = row_of(book, "1.2030年的标题")
    assert (title[2], "1：程序编的序号" in title[3]) == ("2", True)
    assert "（其中 2 个是程序编的序号）" in text_of(book)  # and the one of the table's only row


def test_numbers_typed_by_hand_are_listed_with_what_may_be_known_of_them(desk: Desk) -> None:
    desk.add_paper(official_number="DG-007", overview="无公函37笔。", amount=12_500_000)
    desk.add_paper(official_number="DG-008", amount=3_000_000)
    evaluation = "全镇生产总值12.5亿元。另有37笔无公函。发现问题2个，涉及资金15.50万元。"
    desk.set("report", desk.report, evaluation=evaluation, leadership="发现问题3个。")
    book = desk.export("check_book")
    assert [(number, reason) for _, number, _, reason in untraced_of(book)] == [
        ("12.5", "手写，没有注明出处"),
        ("37", "手写，没有注明出处，底稿 DG-007 的文字中有同一数字"),
        ("3", "手写；写了 3 个问题，全部底稿是 2 个，请核对后改正"),
    ]
    row = row_of(book, "发现问题2个")
    assert "2：与底稿算出的一致\n15.50：与底稿算出的一致" in row[3]
    assert additions_of(book)[row[0]] == (
        "由写入报告的底稿逐份计数：DG-007—008（2），共 2\n"
        "由 2 份底稿的涉及金额相加：DG-007 计 12.50＋008 计 3.00＝15.50（万元）"
    )


def test_a_counter_kept_by_hand_has_no_record_to_show(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=12)
    desk.add_paper()
    assert untraced_of(desk.export("check_book"))[0][1:] == [
        "12",
        "驻点期间，累计开展个别谈话12人次，形成问题底稿1份。",
        "在“任务”中手填，没有记录可以逐条核对",
    ]


def test_numbers_of_a_paper_without_evidence_have_no_source(desk: Desk) -> None:
    desk.set("paper", desk.add_paper(official_number="DG-001", title="标题", overview="共38笔。"), citations=[])
    book = desk.export("check_book", draft=True)
    assert [(number, reason) for _, number, _, reason in untraced_of(book)] == [("38", "底稿 DG-001 没有引用支撑材料")]


def test_fields_of_a_paper_and_percentages_are_held_against_its_text(desk: Desk) -> None:
    overview = "2030年1月起，58次会议中24次未议，占41.38%，涉及52人次、12.50万元。"
    more = {"amount": 12_500_000, "people": 52, "pieces": 7, "period_from": "2030-01-05"}
    desk.add_paper(title="标题", overview=overview, **more)
    book = desk.export("check_book")
    said = row_of(book, "58次会议")[3]
    for words in (
        "2030年1月：与“发生时间起”2030年1月5日相合",
        "41.38%：即 24÷58",
        "52人次：与“涉及人次”相同",
        "12.50万元：与“涉及金额（万元）”相同",
    ):
        assert words in said
    assert "报告文字中没有“涉及件数”7" in row_of(book, "1.标题")[3]
    row = next(row for row in lines_of(book) if row[1].startswith("1｜"))
    assert f"12.50：与第 {row_of(book, '58次会议')[0]} 行一致" in row[3]


def test_a_number_that_counts_in_another_measure_is_only_said_to_be_alike(desk: Desk) -> None:
    overview = "中心组学习24次，查阅材料24件，约谈8人，涉及8人次。"
    desk.add_paper(title="标题", overview=overview, pieces=24, people=8)
    said = row_of(desk.export("check_book"), "中心组学习24次")[3].split("\n")
    assert [words for words in said if words[0].isdigit()] == [
        "24次：数值与“涉及件数”相同，请核对含义",
        "24件：与“涉及件数”相同",
        "8人：数值与“涉及人次”相同，请核对含义",
        "8人次：与“涉及人次”相同",
    ]


def test_amounts_that_two_decimals_do_not_hold_are_added_up_to_the_cent(desk: Desk) -> None:
    desk.add_paper(official_number="DG-001", amount=1_004_900)
    desk.add_paper(official_number="DG-002", amount=1_004_950)
    book = desk.export("check_book")
    total = row_of(book, "合计｜")
    assert total[1] == "合计｜2.00985"
    assert additions_of(book)[total[0]].endswith("DG-001 计 1.00490＋002 计 1.00495＝2.00985（万元）")


def test_a_quoted_passage_says_which_numbers_of_the_sentence_it_holds_and_when_it_is_gone(desk: Desk) -> None:
    talk = field_records.create(desk.store, "interview", desk.inspection, {"text": "答：一共37笔没有公函。"})
    cited = {"record_kind": "interview", "record": talk, "record_field": "text", "passage": "一共37笔没有公函"}
    desk.add_paper(official_number="DG-001", title="标题", overview="其中37笔无公函。", citations=[cited])
    book = desk.export("check_book")
    assert row_of(book, "1.标题")[4].endswith("谈话记录　第1页第1行\n引文：“一共37笔没有公函”")
    assert row_of(book, "其中37笔")[4].endswith("第1页第1行（引文中有 37）")
    desk.set("interview", talk, text="答：记不清了。")
    book = desk.export("check_book", draft=True)
    assert "谈话记录　【待核对】" in row_of(book, "1.标题")[4]
    assert "里已没有所引的这段话" in row_of(book, "1.标题")[4]
    assert [row[3] for row in untraced_of(book)] == ["底稿 DG-001 引用的材料都已删改，要重新核对"]


def test_the_book_names_the_exported_report_only_while_the_same_file_would_come_out(desk: Desk) -> None:
    paper = desk.add_paper(overview="概述一。")
    assert "报告还没有导出过" in text_of(desk.export("check_book"))
    desk.export("report")
    record = next(row for row in dump.everything(desk.store)["export_record"] if row["kind"] == "report")
    text = text_of(desk.export("check_book"))
    assert f"导出的“report.docx”\n文件校验值（SHA-256）：{record['file_hash']}" in text
    text = text_of(desk.export("check_book", draft=True))
    assert "导出的“report.docx”是正式稿，本册按草稿编制；案卷内容没有变，请都按草稿导出后一并使用" in text
    assert record["file_hash"] not in text
    desk.set("paper", paper, overview="概述二。")
    assert "已不相同" in text_of(desk.export("check_book", draft=True))
    text = text_of(desk.export("check_book"))
    assert "已不相同" in text and record["file_hash"] not in text


def test_a_changed_template_makes_another_report(desk: Desk, home: Path) -> None:
    desk.add_paper()
    desk.export("report")
    own_template(home, lambda body: body.replace("发现的主要问题", "主要问题"))
    assert "已不相同" in text_of(desk.export("check_book"))


@pytest.mark.parametrize("text", [LONG, "长" * 299 + "1" * 400 + "，" + "后" * 900, "甲。" * 400, "0" * 700])
def test_no_line_grows_beyond_reason_and_none_of_its_words_is_lost(desk: Desk, text: str) -> None:
    desk.add_paper(title="标题", overview=text)
    rows = [row[1] for row in lines_of(desk.export("check_book")) if "问题概述" in row[3]]
    assert "".join(rows) == text
    assert max(map(len, rows)) <= 300 or max(map(len, re.findall(r"\d+", text))) > 300


def test_a_report_without_papers_still_has_its_book(desk: Desk) -> None:
    book = desk.export("check_book", draft=True)
    assert claimed(book) == NUMBER.findall(text_of(desk.export("report", draft=True)))
    assert "【待补】还没有可以写入报告的底稿" in text_of(book)


def test_the_export_says_at_once_how_many_numbers_have_no_source(desk: Desk) -> None:
    desk.add_paper()
    desk.set("report", desk.report, evaluation="班子9人。")
    document = catalog.BY_KIND["check_book"]
    _, notes = catalog.export(
        desk.store, document, desk.inspection, desk.folder / "册.docx", draft=False, progress=Progress()
    )
    assert notes == ("报告有 1 个数字没有出处，列在核对册开头，请逐个核对。",)


def test_the_proofs_of_a_paper_are_told_once_in_full_and_later_by_number_and_page(desk: Desk) -> None:
    pages = [{"evidence": desk.proof, "pages": str(page)} for page in range(1, 12)]
    desk.add_paper(title="标题", overview="概述。", citations=pages)
    number = records.load(desk.store, "evidence", desk.proof).values["number"]
    book = desk.export("check_book")
    assert row_of(book, "1.标题")[4] == f"{number}　虚构台账　{'、'.join(f'第{page}页' for page in range(1, 12))}"
    assert row_of(book, "概述")[4] == f"{number} {'、'.join(f'第{page}页' for page in range(1, 9))}等 11 处"


def test_counted_records_are_those_of_the_counter(desk: Desk) -> None:
    given = {"received_on": "2031-03-05"}
    field_records.create(desk.store, "borrowing", desk.inspection, {"name": "甲", **given})
    field_records.create(desk.store, "borrowing", desk.inspection, {"name": "乙"})
    desk.add_paper()
    assert reports.of_inspection(desk.store, desk.inspection) == desk.report
    book = desk.export("check_book")
    row = next(row for row in lines_of(book) if row[1] == "调阅资料1份")
    assert additions_of(book)[row[0]].endswith("-0001，共 1")
