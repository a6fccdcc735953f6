import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from xuncha_desktop import resources
from xuncha_desktop.wording import findings

SHIPPED = sorted(resources.path().rglob("*.json"))


@pytest.mark.parametrize(
    ("text", "position", "length", "message"),
    [
        ("未落实制度,责任不清", 5, 1, "中文里的“,”应写作全角“，”"),
        ("镇(街道)", 1, 1, "中文里的“(”应写作全角“（”"),
        ("情况如下:", 4, 1, "中文里的“:”应写作全角“：”"),
        ("《条例》;", 4, 1, "中文里的“;”应写作全角“；”"),
        ("整改不实.", 4, 1, "中文里的“.”应写作全角“。”"),
        ("市委巡视组进驻", 2, 2, "市县一级应写“巡察”，此处写了“巡视”"),
        ("青政发[2020]15号", 3, 6, "发文字号的年份应写作“〔2020〕”"),
        ("青政发（2020）15号", 3, 6, "发文字号的年份应写作“〔2020〕”"),
        ("2020年04月06日", 0, 11, "日期不补零，应写作“2020年4月6日”"),
        ("10月06日", 0, 6, "日期不补零，应写作“10月6日”"),
        ('执行"三重一大"制度', 2, 6, "中文里的引号应写作“ ”或‘ ’"),
    ],
)
def test_a_broken_rule_is_found_where_it_stands(text: str, position: int, length: int, message: str) -> None:
    first = findings(text)[0]
    assert (first.position, first.length, first.message) == (position, length, message)


@pytest.mark.parametrize(
    "text",
    [
        "调阅资料1,240份，占12.50%。",
        "落实巡视巡察整改，依据《中国共产党巡视工作条例》，对照中央巡视、省委巡视反馈。",
        "青政发〔2020〕15号，2020年4月16日，10月20日印发。",
        "（2020）年度",
        "按 Ctrl+K 搜索 (search: a, b)",
        'the "plain" text',
        "1.公务接待",
    ],
)
def test_correct_wording_is_left_alone(text: str) -> None:
    assert findings(text) == []


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("未落实制度,责任不清.", "未落实制度，责任不清。"),
        ("市委巡视组于2020年04月06日进驻", "市委巡察组于2020年4月6日进驻"),
        ("青政发[2020]15号", "青政发〔2020〕15号"),
        ('执行"三重一大"制度', "执行“三重一大”制度"),
    ],
)
def test_what_a_finding_would_put_there_is_right(text: str, mended: str) -> None:
    for finding in reversed(findings(text)):
        text = text[: finding.position] + finding.repair + text[finding.position + finding.length :]
    assert text == mended
    assert findings(text) == []


def test_every_finding_of_a_text_is_reported_in_order() -> None:
    assert [finding.position for finding in findings("巡视组,于2020年04月06日到村")] == [0, 3, 5]


@pytest.mark.parametrize("file", SHIPPED, ids=[str(file.relative_to(resources.path())) for file in SHIPPED])
def test_every_shipped_text_keeps_the_rules(file: Path) -> None:
    texts = list(_texts(json.loads(file.read_text(encoding="utf-8"))))
    assert texts
    assert [(text, finding) for text in texts for finding in findings(text)] == []


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
