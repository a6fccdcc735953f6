"""Old Word papers in five layouts: labels found, everything else kept under its label, nothing lost."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.document import Document as DocumentObject
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from tests.support.desk import Desk
from tests.support.importing import bring_in, first, inspection, look, problems
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.services import intake, records
from xuncha_desktop.services.imports.plan import Plan
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

TEXT = "2019年至2020年，虚构镇公务接待无公函12次。\n其中3次超标准。"


def table(
    document: DocumentObject, rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int, int, int]] = ()
) -> Any:
    """A table; merged areas as first and last row and column."""
    made = document.add_table(len(rows), max(map(len, rows)))
    for row, texts in enumerate(rows):
        for place, text in enumerate(texts):
            made.cell(row, place).text = text
    for top, left, bottom, right in merged:
        text = made.cell(top, left).text
        made.cell(top, left).merge(made.cell(bottom, right)).text = text
    return made


def save(document: DocumentObject, folder: Path) -> Path:
    path = folder / "旧底稿.docx"
    document.save(str(path))
    return path


def test_labels_at_the_left_with_unknown_ones_kept_in_the_notes(store: Store, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("巡察工作底稿")
    rows = [
        ["底 稿 编 号", "虚巡〔2020〕3号"],
        ["被巡察单位", "虚构镇党委"],
        ["问题名称", "公务接待无公函"],
        ["问\n题\n概\n述", TEXT],
        ["涉及金额（元）", "12,500"],
        ["定性依据：", "《虚构办法》第一条"],
        ["风险等级", "高"],
        ["问题来源", "查阅资料、个别谈话"],
        ["承办人", "甲虚构、乙虚构"],
        ["填写日期", "二〇二〇年四月十六日"],
    ]
    table(document, rows)
    document.add_paragraph("附：接待费报销单三张。")
    plan = look(store, "paper", save(document, tmp_path))
    assert problems(plan) == []
    [item] = plan.items
    assert item.values["title"] == "公务接待无公函"
    assert item.values["overview"] == TEXT
    assert item.values["amount"] == 1_250_000
    assert item.values["basis"] == "《虚构办法》第一条"
    assert item.values["sources"] == ("documents", "interview")
    assert len(item.values["handlers"]) == 2
    assert item.values["dated"] == "2020-04-16"
    assert item.values["inspection"] == inspection(store)
    assert item.values["note"] == "底稿编号：虚巡〔2020〕3号\n风险等级：高\n其他文字：附：接待费报销单三张。"
    went = {column.heading: plan.columns[column.place] for column in plan.table.columns}
    assert went["问题名称"] == "title"
    assert went["风险等级"] == went["其他文字"] == "note"


def test_pairs_side_by_side_with_merged_cells_and_ticked_boxes(store: Store, tmp_path: Path) -> None:
    document = Document()
    rows = [
        ["底稿名称", "违规发放补贴", "", ""],
        ["问题分类", "B302", "编制日期", "2020.4.16"],
        ["涉及金额（万元）", "3.5", "涉及人次", "12"],
        ["是否立行立改", "☑是 □否", "采用去向", "□报告　☑反馈"],
        ["查证事实", "查阅凭证。", "", ""],
        ["", "谈话核实。", "", ""],
    ]
    table(document, rows, [(0, 1, 0, 3), (4, 1, 4, 3), (5, 1, 5, 3), (4, 0, 5, 0)])
    plan = look(store, "paper", save(document, tmp_path))
    assert problems(plan) == []
    assert first(plan, "amount") == 3_500_000
    assert first(plan, "people") == 12
    assert first(plan, "quick_fix") is True
    assert first(plan, "destination") == "feedback"
    assert first(plan, "verified_facts") == "查阅凭证。\n谈话核实。"


def test_label_and_text_in_one_cell_and_in_paragraphs(store: Store, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("编制日期：2020年4月16日")
    rows = [
        ["底稿名称：资产出租未公开", "问题来源：信访"],
        ["问题概述：" + TEXT, ""],
        ["责任主体：主体责任：虚构镇党委", ""],
    ]
    table(document, rows, [(1, 0, 1, 1), (2, 0, 2, 1)])
    plan = look(store, "paper", save(document, tmp_path))
    assert problems(plan) == []
    assert first(plan, "title") == "资产出租未公开"
    assert first(plan, "overview") == TEXT
    assert first(plan, "sources") == ("petition",)
    assert first(plan, "parties") == [{"kind": "main", "name": "虚构镇党委"}]
    assert first(plan, "dated") == "2020-04-16"


def test_bars_over_texts_and_several_papers_in_one_file(store: Store, tmp_path: Path) -> None:
    document = Document()
    for number in (1, 2, 3):
        document.add_paragraph("问题底稿" if number != 3 else "")
        rows = [
            ["底稿编号", f"旧-{number}", "编制日期", f"2020.4.{number}"],
            ["问题标题", f"虚构问题{number}", "", ""],
            ["问题概述", "", "", ""],
            [f"概述{number}。", "", "", ""],
        ]
        table(document, rows, [(1, 1, 1, 3), (2, 0, 2, 3), (3, 0, 3, 3)])
        # The second half of a paper often stands in a table of its own.
        table(document, [["处理建议"], [f"建议{number}。"]])
        document.add_paragraph(f"第{number}份的补充说明。")
    plan = look(store, "paper", save(document, tmp_path))
    assert problems(plan) == []
    found = [(i.values["title"], i.values["overview"], i.values["suggestion"], i.values["dated"]) for i in plan.items]
    assert found == [(f"虚构问题{n}", f"概述{n}。", f"建议{n}。", f"2020-04-0{n}") for n in (1, 2, 3)]
    assert [f"第{n}份的补充说明。" in plan.items[n - 1].values["note"] for n in (1, 2, 3)] == [True] * 3
    assert plan.table.place(3, 1).startswith("第2份底稿“")
    stored = bring_in(store, plan)
    assert [paper["state"] for paper in stored] == ["draft"] * 3
    assert len({paper["number"] for paper in stored}) == 3
    undo.undo(store)
    assert not records.options(store, "paper")


def test_our_own_form_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    (tmp_path / "会议记录.txt").write_text("虚构的会议记录", encoding="utf-8")
    proof = {"kind": "minutes", "file": "会议记录.txt"}
    desk = Desk(store, tmp_path, inspection(store))
    desk.proof = intake.add(store, "evidence", [proof], tmp_path, Progress())[0]
    values = {
        "title": "第一议题执行不严",
        "overview": TEXT,
        "amount": 128_640_000,
        "people": 5,
        "sources": ["documents", "visit"],
        "destination": "feedback",
        "parties": [{"kind": "main", "name": "虚构镇党委"}, {"kind": "direct", "name": "某科员", "note": "经办"}],
        "dated": "2031-03-02",
        "quick_fix": True,
        "suggestion": "修订制度。",
    }
    paper = desk.add_paper(**values)
    plan = look(store, "paper", desk.export("paper", paper))
    assert problems(plan) == []
    [item] = plan.items
    assert {name: item.values[name] for name in ("title", "overview", "amount", "people", "dated", "suggestion")} == {
        name: values[name] for name in ("title", "overview", "amount", "people", "dated", "suggestion")
    }
    assert item.values["sources"] == ("documents", "visit")
    assert item.values["quick_fix"] is True
    assert item.values["parties"] == [{"kind": "main", "name": "虚构镇党委"}, {"kind": "direct", "name": "某科员"}]
    before = records.load(store, "paper", paper).values
    assert item.values["handlers"] == before["handlers"]
    assert item.values["problem_type"] == before["problem_type"]
    assert "会议记录" in item.values["note"]
    assert "某科员：经办" in item.values["note"]
    assert "签名" not in str(item.values)
    assert any(note.startswith("页眉、页脚没有读入") for note in plan.notes)


def test_text_in_content_controls_counts_and_deleted_text_does_not(store: Store, tmp_path: Path) -> None:
    document = Document()
    made = table(document, [["底稿名称", "虚构"], ["问题概述", "原来的"]])
    run = made.cell(1, 1).paragraphs[0].runs[0]._r
    deleted = OxmlElement("w:del")
    run.addprevious(deleted)
    deleted.append(run)
    run.find(qn("w:t")).tag = qn("w:delText")
    control, content = OxmlElement("w:sdt"), OxmlElement("w:sdtContent")
    control.append(content)
    new = made.cell(1, 1).paragraphs[0].add_run("后来的")._r
    new.addprevious(control)
    content.append(new)
    document.add_paragraph().add_run().add_picture(_picture(tmp_path))
    plan = look(store, "paper", save(document, tmp_path))
    assert first(plan, "overview") == "后来的"
    assert "1 张图片没有读入；需要的请另存为证据" in plan.notes


def _picture(folder: Path) -> str:
    from PIL import Image

    Image.new("RGB", (4, 4)).save(folder / "a.png")
    return str(folder / "a.png")


def test_a_label_whose_text_no_field_takes_refuses_until_it_goes_to_the_notes(store: Store, tmp_path: Path) -> None:
    document = Document()
    table(document, [["底稿名称", "虚构"], ["承办人", "外人甲、外人乙"]])
    path = save(document, tmp_path)
    assert problems(look(store, "paper", path)) == ["第1份底稿“承办人”：案卷里没有名为“外人甲”的成员"]
    plan = look(store, "paper", path, changes={"承办人": "note"})
    assert problems(plan) == []
    assert first(plan, "note") == "承办人：外人甲、外人乙"


def test_files_without_tables_or_labels_are_refused(store: Store, tmp_path: Path) -> None:
    document = Document()
    document.add_paragraph("没有表格的文字")
    with pytest.raises(UserError, match="没有表格"):
        look(store, "paper", save(document, tmp_path))
    document = Document()
    table(document, [["甲" * 30, "乙" * 30]])
    with pytest.raises(UserError, match="没有认出底稿的栏目"):
        look(store, "paper", save(document, tmp_path))
    (tmp_path / "旧底稿.docx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")
    with pytest.raises(UserError, match="旧格式"):
        look(store, "paper", tmp_path / "旧底稿.docx")


def one_row(store: Store, folder: Path, label: str, text: str) -> Plan:
    """A paper of two labels and one more."""
    document = Document()
    table(document, [["被巡察单位", "虚构镇党委"], ["问题名称", "公务接待无公函"], [label, text]])
    return look(store, "paper", save(document, folder))


@pytest.mark.parametrize(
    ("written", "expected", "left"),
    [
        ("查阅资料☑ 个别谈话□", ("documents",), "个别谈话"),
        ("查阅资料□个别谈话√", ("interview",), "查阅资料"),
        ("☑ 查阅资料　☑ 个别谈话　□ 信访 ____", ("documents", "interview"), "信访"),
        ("□查阅资料\n☑个别谈话", ("interview",), "查阅资料"),
    ],
)
def test_a_tick_counts_before_or_behind_its_word_and_what_is_not_ticked_is_said(
    store: Store, tmp_path: Path, written: str, expected: tuple[str, ...], left: str
) -> None:
    plan = one_row(store, tmp_path, "问题来源", written)
    assert problems(plan) == []
    assert first(plan, "sources") == expected
    assert f"没有打勾的选项没有读入：{left}" in plan.notes


@pytest.mark.parametrize(
    "text",
    [
        "经查，□□村（地名不清）将鱼塘发包，√为现场核实。",
        "李□某承认收款，张□ 否认。",
        "共查□处，其中√标处已改",
    ],
)
def test_a_box_for_a_lost_character_costs_no_word(store: Store, tmp_path: Path, text: str) -> None:
    assert first(one_row(store, tmp_path, "查证事实", text), "verified_facts") == text


def test_text_around_boxes_stays(store: Store, tmp_path: Path) -> None:
    plan = one_row(store, tmp_path, "查证事实", "先行核对。\n□属实 ☑部分属实 □不属实 见附件三\n当事人认可：□是 ☑否")
    assert first(plan, "verified_facts") == "先行核对。\n部分属实、见附件三\n当事人认可：否"
    assert "没有打勾的选项没有读入：属实、不属实、是" in plan.notes


def element(tag: str, *children: Any, **attributes: str) -> Any:
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def test_form_fields_of_old_word_are_read_and_what_cannot_be_is_said(store: Store, tmp_path: Path) -> None:
    document = Document()
    made = table(document, [["问题名称", "公务接待无公函"], ["问题来源", ""], ["风险等级", ""]])
    sources, level = (made.cell(row, 1).paragraphs[0] for row in (1, 2))
    for word, ticked in (("查阅资料", "0"), ("个别谈话", "1")):
        box = element("w:checkBox", element("w:default", val="0"), element("w:checked", val=ticked))
        sources.add_run()._r.append(element("w:fldChar", element("w:ffData", box), fldCharType="begin"))
        sources.add_run(f"{word}　")
    entries = [element("w:listEntry", val=word) for word in ("低", "高")]
    menu = element("w:ddList", element("w:result", val="1"), *entries)
    level.add_run()._r.append(element("w:fldChar", element("w:ffData", menu), fldCharType="begin"))
    level.add_run()._r.append(element("w:sym", font="Wingdings", char="F0E0"))
    document.element.body.insert(0, element("w:altChunk"))
    plan = look(store, "paper", save(document, tmp_path))
    assert first(plan, "sources") == ("interview",)
    assert first(plan, "note") == "风险等级：高"
    said = "\n".join(plan.notes)
    assert "1 处插入的其他文件没有读入" in said
    assert "1 个特殊符号没有读入" in said
