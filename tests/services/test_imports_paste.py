"""Pasted tables: text with tabs and HTML as Excel and WPS give them."""

import pytest

from tests.support.importing import first, look_at, problems
from xuncha_desktop.decoding.lists.grid import Fault, Sheet
from xuncha_desktop.errors import UserError
from xuncha_desktop.services.imports import clip, sources
from xuncha_desktop.store.store import Store

EXCEL = """<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><style>
<!--table {mso-displayed-decimal-separator:"\\.";} td {mso-number-format:General;}--></style></head>
<body link="#0563C1"><table border=0 cellpadding=0 style='border-collapse:collapse'>
<!--StartFragment--> <col width=72 span=2>
<tr height=19><td rowspan=2 class=xl65>摘要</td><td colspan=2 class=xl66>凭证</td><td rowspan=2>金额<br>
  （元）</td></tr>
<tr height=19><td>日期</td><td>字号</td></tr>
<tr height=19><td>付接待费<span style='mso-spacerun:yes'>&nbsp; </span></td><td align=right>2020/4/16</td>
<td>记-0128</td><td align=right x:num="1286.4">1,286.40</td></tr>
<tr height=0 style='display:none'><td>不应读到</td><td></td><td></td><td></td></tr>
<tr height=19><td>购买
  办公用品</td><td align=right>2020/5/1</td><td>记-0129</td><td align=right>&yen;99.00</td></tr>
<!--EndFragment--></table></body></html>"""
WPS = """<html><head><style>.et2{color:#000000;}</style></head><body><!--StartFragment-->
<table width="288" border="0"><colgroup><col width="72"></colgroup><tbody>
<tr><td class="et2">姓名</td><td class="et2">工作单位</td><td>专长</td></tr>
<tr><td>丙&nbsp;&nbsp;虚</td><td>虚构市<font class="font1">审计局</font></td><td>财务<br/>法律</td></tr>
<tr><td>丁虚构</td><td>虚构市&lt;纪委&gt; &amp; 监委</td><td></td></tr>
</tbody></table><!--EndFragment--></body></html>"""


def cells(sheet: Sheet) -> list[list[object]]:
    return [list(sheet.rows[row]) for row in sorted(sheet.rows)]


def test_a_table_copied_from_excel_comes_in_with_its_merged_headings(store: Store) -> None:
    plan = look_at(store, "voucher", html=EXCEL, text="nothing")
    assert problems(plan) == []
    assert plan.table.heading == (1, 2)
    found = [
        (i.values["summary"], i.values["voucher_on"], i.values["voucher_no"], i.values["amount"]) for i in plan.items
    ]
    assert found == [("付接待费", "2020-04-16", "记-0128", 128640), ("购买办公用品", "2020-05-01", "记-0129", 9900)]
    assert [(row.row, row.why) for row in plan.left_out] == [(4, "隐藏的行")]


def test_a_table_copied_from_wps_comes_in(store: Store) -> None:
    plan = look_at(store, "member", html=WPS)
    assert problems(plan) == []
    assert [item.values["name"] for item in plan.items] == ["丙虚", "丁虚构"]
    assert first(plan, "unit") == "虚构市审计局"
    assert first(plan, "expertise") == ("finance", "law")
    assert plan.items[1].values["unit"] == "虚构市<纪委> & 监委"


def test_text_with_tabs_comes_in_with_quoted_line_breaks_and_bare_quotation_marks(store: Store) -> None:
    text = '资料名称\t备注\r\n"第一议题"制度\t"第一行\n第二行，""引号"""\r\n账簿\t\r\n'
    plan = look_at(store, "borrowing", text=text)
    assert [item.values["name"] for item in plan.items] == ['"第一议题"制度', "账簿"]
    assert first(plan, "note") == '第一行\n第二行，"引号"'


def test_what_our_lists_put_before_a_formula_when_copied_is_taken_away(store: Store) -> None:
    assert first(look_at(store, "borrowing", text="资料名称\t备注\n'=1+1\t'正常'\n"), "name") == "=1+1"


def test_a_column_too_narrow_to_be_copied_is_refused(store: Store) -> None:
    plan = look_at(store, "voucher", text="摘要\t凭证日期\n虚构\t########\n")
    assert problems(plan) == [
        "第2行 B列“凭证日期”：复制出来的只是“###”，因为那一列太窄；请在 Excel 或 WPS 里拉宽该列后再复制"
    ]


def test_names_without_a_heading_are_brought_in_once_their_column_is_named(store: Store) -> None:
    plan = look_at(store, "unit", text="中共甲村支部委员会\n中共乙村支部委员会\n")
    assert problems(plan) == ["没有一列是“全称”；请在列的上方选定哪一列是它"]
    named = look_at(store, "unit", text="中共甲村支部委员会\n中共乙村支部委员会\n", columns={0: "name"})
    assert [item.values["name"] for item in named.items] == ["中共甲村支部委员会", "中共乙村支部委员会"]


def test_html_refers_to_nothing_that_is_loaded_and_runs_nothing() -> None:
    hostile = (
        '<table><tr><td>甲<script>alert(1)</script><img src="http://虚构/x.png" onerror="x()">'
        '<style>@import "http://虚构/y.css"</style><object data="file:///etc/passwd">乙</object></td></tr></table>'
    )
    source = clip.from_html(hostile)
    assert source is not None
    assert cells(source.sheets[0]) == [["甲乙"]]


def test_tables_in_cells_and_several_tables_are_kept_apart() -> None:
    source = clip.from_html(
        "<table><tr><td>甲<table><tr><td>内</td></tr></table></td><td>乙</td></tr></table><table><tr><td>丙</td></tr></table>"
    )
    assert source is not None
    assert [cells(sheet) for sheet in source.sheets] == [[["甲内", "乙"]], [["丙"]]]
    assert [sheet.name for sheet in source.sheets] == ["粘贴的表格1", "粘贴的表格2"]


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td>甲",
        "<table><td>甲</td>",
        "<table></table></table><tr><td>甲</td></tr><table><tr><td>甲</td></tr></table>",
        "<table><tr><td colspan=x rowspan='-3'>甲</td></tr></table>",
        "<table><tr><td>甲</td></table><p>",
    ],
)
def test_broken_html_gives_what_can_be_read(html: str) -> None:
    source = clip.from_html(html)
    assert source is not None
    assert cells(source.sheets[0]) == [["甲"]]


def test_absurd_spans_are_refused_and_no_table_is_none() -> None:
    wide = "<td colspan=200 rowspan=50000>甲</td>"
    with pytest.raises(UserError, match="合并的单元格太多"):
        clip.from_html(f"<table><tr>{wide}</tr></table>")
    assert clip.from_html("<p>没有表格</p>") is None
    assert clip.from_html("<table><tr><td></td></tr></table>") is None
    with pytest.raises(UserError, match="剪贴板里没有文字"):
        sources.of_clipboard("", " \n ")


def test_a_cell_of_number_signs_is_a_fault_in_html_too() -> None:
    source = clip.from_html("<table><tr><td>####</td></tr></table>")
    assert source is not None
    assert isinstance(source.sheets[0].value(1, 0), Fault)
