"""What Word, WPS, Excel and browsers put on the clipboard: bold words, lists and simple tables are kept, no more."""

from pathlib import Path
from random import Random

import pytest

from tests.support.random_text import RandomTexts, rich_form
from tests.support.set_texts import RICH
from xuncha_desktop import rich
from xuncha_desktop.rich_html import from_html, to_html

PASTED = Path(__file__).parent / "data" / "pasted"
WORD = (PASTED / "word.html").read_text(encoding="utf-8")
FROM_WORD = (
    "经核查，\x02多付\x03补助8.50万元，具体如下：\n\x1d未到场抽查；\n\x1d签收单\x02印章\x03为同一枚。\n\x1c甲项\n\x1c乙项\n"
    "\x1e\x02年度\x03\x1f金额（万元）\n\x1e2024\x1f3.50 （估）\n见附件"
)
WPS = (PASTED / "wps.html").read_text(encoding="utf-8")
FROM_WPS = "\x02问题突出\x03。\n\x1d监管缺位\n\x1d整改不实\n\x1e合计\x1f\n\x1e甲\x1f12"


@pytest.mark.parametrize(("html", "kept"), [(WORD, FROM_WORD), (WPS, FROM_WPS)], ids=["word", "wps"])
def test_what_a_word_processor_gives_is_kept_as_bold_words_lists_and_tables(html: str, kept: str) -> None:
    assert from_html(html) == kept
    assert from_html(html.replace("\n", "\r\n")) == kept


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<p>一</p><p>二</p>", "一\n二"),
        ("一<br>二", "一\n二"),
        ("<ul><li>甲</li><li><p>乙</p></li></ul>", "\x1c甲\n\x1c乙"),
        ("<ol><li>甲<ul><li>子</li></ul></li><li>乙</li></ol>", "\x1d甲\n\x1c子\n\x1d乙"),
        ("<ol><li>甲</ol>后", "\x1d甲\n后"),
        ("<strong>粗</strong><i style='font-weight:600'>也</i><b style='font-weight:normal'>不</b>", "\x02粗也\x03不"),
        ("<h1>题</h1><script>x()</script><style>a{}</style><p style='display:none'>藏</p>文", "题\n文"),
        ("a<b & c>d 1 &lt; 2 &amp;lt; &nbsp;", "a\x02d 1 < 2 &lt;\x03"),
        ("<p>a &lt; b &amp; c &#x1d; d</p>", "a < b & c d"),
        ("<table><tr><td>独</td></tr></table>", "独"),
        ("<table><tr><td rowspan=2>甲</td><td>乙</td></tr><tr><td>丙</td></tr></table>", "\x1e甲\x1f乙\n\x1e\x1f丙"),
        ("<table><tr><td>甲<table><tr><td>内</td></tr></table></td><td>乙</td></tr></table>", "\x1e甲内\x1f乙"),
        ("<table><tr><th>甲</th><td><ul><li>一<li>二</ul></td></tr></table>", "\x1e甲\x1f一 二"),
        ("<table><tr><td>甲</td><td>乙</td></tr></table><table><tr><td>丙</td><td>丁</td></tr></table>",
         "\x1e甲\x1f乙\n\n\x1e丙\x1f丁"),
        ("<p>1. 手写的序号</p><p>• 手写的点</p>", "1. 手写的序号\n• 手写的点"),
        ("<td>没有表</td>", "没有表"),
        ("<p>没完<b>粗", "没完\x02粗\x03"),
        ("</p></b></td></tr>后", "后"),
        ("<![CDATA[x]]><!-- --><?xml?><p>文</p>", "文"),
        ("", ""),
    ],
)  # fmt: skip
def test_other_html_becomes_words_as_people_see_them(html: str, kept: str) -> None:
    assert from_html(html) == kept


@pytest.mark.parametrize(
    "html",
    [
        "<b>" * 400_000 + "粗" + "</i>" * 400_000,
        "<table>" + "<tr><td rowspan=60 colspan=60>甲</td></tr>" * 100_000,
        "<table>" + "<tr>" * 900_000 + "<td>甲</td><td>乙</td>" * 900,
        "<b>粗</b>" + "字" * 5_000_000,
    ],
    ids=["deep", "spans", "cells", "long"],
)
def test_html_made_to_keep_the_window_busy_is_left_to_the_plain_text(html: str) -> None:
    assert from_html(html) == ""


@pytest.mark.parametrize("text", [RICH, "一\n二", "\x1d甲 & <b>\n\x1c“乙”\n\x1e\x02丙\x03\x1f\n\x1e{{x}}\x1f1  2"])
def test_our_own_html_is_read_as_what_it_was(text: str) -> None:
    assert from_html(to_html(text)) == text


def test_random_texts_as_html_are_html_and_lose_no_word() -> None:
    chance, texts = Random(5), RandomTexts(5)
    for _ in range(200):
        kept = rich.clean(rich_form(chance, [texts.one() for _ in range(chance.randrange(1, 4))]))
        again = from_html(to_html(kept))
        assert rich.clean(again) == again
        words = ["".join(piece.split()) for _, piece in rich.pieces(kept)]
        assert [w for w in words if w] == [w for _, p in rich.pieces(again) if (w := "".join(p.split()))]
