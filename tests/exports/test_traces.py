"""Hidden bookmarks: each text and number of the report that came from a record says so, in the file and in the case."""

import zipfile
from pathlib import Path

from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from tests.exports.documents import make_template
from tests.support.desk import Desk, text_of
from xuncha_desktop.exports import traces
from xuncha_desktop.exports.traces import PREFIX, Trace, joined, sourced
from xuncha_desktop.exports.word.check import faults
from xuncha_desktop.exports.word.marked import borne, read
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.exports.word.text import W
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import export_records, records


def kept(desk: Desk) -> list[Trace]:
    """What the newest export record says of its file."""
    [(_, rows), *_] = export_records.traced(desk.store)
    return list(traces.unpacked(rows))


def bookmarked(file: Path) -> dict[str, str]:
    """The text inside each hidden bookmark, by token."""
    with zipfile.ZipFile(file) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    found: dict[str, str] = {}
    names: dict[str, str] = {}
    for element in root.iter(W + "bookmarkStart", W + "bookmarkEnd", W + "t", W + "tab"):
        if element.tag == W + "bookmarkStart" and (element.get(W + "name") or "").startswith(PREFIX):
            names[element.get(W + "id")] = element.get(W + "name").removeprefix(PREFIX)
        elif element.tag == W + "bookmarkEnd":
            names.pop(element.get(W + "id"), None)
        else:
            for token in names.values():
                found[token] = found.get(token, "") + ("\t" if element.tag == W + "tab" else element.text or "")
    return found


def test_every_text_of_the_report_that_came_from_a_record_stands_in_its_bookmark(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=12)
    paper = desk.add_paper(
        title="标题<一>", overview="概述{{一}}。\n第二段。\t又。", typical_case="事例。", amount=38_20_00_00
    )
    file = desk.export("report")
    every = kept(desk)
    pieces = {piece.token: piece for piece in read(file).pieces}
    assert pieces.keys() == {trace.token for trace in every}
    assert [trace.text for trace in every if not pieces[trace.token].says(trace.text)] == []
    assert faults(file) == []
    of = {(trace.source.entity, trace.source.field, trace.text) for trace in every}
    assert of >= {
        ("paper", "title", "标题<一>"),
        ("paper", "overview", "概述{{一}}。"),
        ("paper", "overview", "第二段。\t又。"),
        ("paper", "typical_case", "事例。"),
        ("paper", "amount", "38.20"),
        ("inspection", "talks", "开展个别谈话12人次"),
        ("inspection", "entry_on", "2031年3月1日"),
        ("report", "suggestions", "建议甲"),
        ("report", "evaluation", "总体评价。"),
        ("team", "name", "市委第九巡察组"),
    }
    assert {trace.source.record for trace in every if trace.source.field == "overview"} == {paper}


def test_a_number_that_was_counted_names_the_papers_it_was_counted_from(desk: Desk) -> None:
    shown = [desk.add_paper(amount=1_000_00), desk.add_paper(amount=2_000_00)]
    draft = desk.add_paper(state="draft")
    desk.export("report")
    counted = {trace.text: trace.source.counted for trace in kept(desk) if trace.source.counted}
    sentence, total = counted["形成问题底稿3份"], counted["0.30"]
    assert sentence and sorted(sentence.records) == sorted([*shown, draft])
    assert total and sorted(total.records) == sorted(shown)


def test_the_heads_are_those_of_the_field_when_it_was_printed(desk: Desk) -> None:
    paper = desk.add_paper()
    desk.set("paper", paper, overview="改过的概述。")
    desk.export("report")
    heads = records.load(desk.store, "paper", paper).heads
    overview = next(trace for trace in kept(desk) if trace.source.field == "overview")
    title = next(trace for trace in kept(desk) if trace.source.field == "title" and trace.source.entity == "paper")
    assert overview.heads == heads["paper", paper, "overview"]
    assert title.heads == heads["paper", paper, "_new"]
    assert overview.heads != title.heads


def test_bookmarks_change_no_word_and_no_looks(tmp_path: Path) -> None:
    template = make_template(
        tmp_path / "模板.docx", "前{{ text }}后", "{{ text }}", "{% for one in text|lines %}{{ one }}{% endfor %}"
    )
    words = joined("甲", sourced("乙\n\n丙\U0010fffds0123456789", "paper", "1", "title"), "丁")
    render(template, {"text": words}, tmp_path / "有.docx", Progress())
    render(template, {"text": str.__str__(words)}, tmp_path / "无.docx", Progress())
    assert text_of(tmp_path / "有.docx") == text_of(tmp_path / "无.docx")
    assert faults(tmp_path / "有.docx") == []
    assert len(borne(tmp_path / "有.docx")[0]) == 2
    assert not borne(tmp_path / "无.docx")[0]


def test_a_text_the_template_glues_together_is_not_claimed_to_be_traced(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "{{ text ~ '。' }}{{ other }}")
    data = {"text": sourced("甲", "paper", "1", "title"), "other": sourced("乙", "paper", "1", "basis")}
    render(template, data, tmp_path / "文.docx", Progress())
    assert borne(tmp_path / "文.docx")[0] == {data["other"].spans[0].token}
