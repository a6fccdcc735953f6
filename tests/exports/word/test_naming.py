"""The names of a template: items of loops, Chinese names, what it leaves out on purpose."""

import pytest

from xuncha_desktop.exports.word.naming import Naming, left_out

LOOPS = (
    "{%p for heading in 主要问题.headings %}{%p for problem in heading.problems %}{{ problem.title }}"
    "{%p for line in title|lines %}{% for row in rows if row.number %}"
)
ALIASES = {"标题": "title", "主要问题": "findings", "各行": "rows"}
DATA = {"title", "findings", "rows", "heading", *ALIASES}


def naming(*names: str) -> Naming:
    return Naming(f"{LOOPS}{{#p 不打印：{'、'.join(names)} #}}", ALIASES, DATA)


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("title", "标题"),
        ("findings.headings[0].problems[12].title", "problem.title"),
        ("findings.headings[3].number", "heading.number"),
        ("findings.headings[3].paragraphs[1]", "heading.paragraphs"),
        ("rows[1].parts[0].name", "row.parts.name"),
        ("findings.leads[0].name", "主要问题.leads.name"),
        ("unit", "unit"),
    ],
)
def test_a_place_is_called_as_the_template_calls_it(path: str, name: str) -> None:
    assert naming().called(path) == name


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("标题", "title"),
        ("problem.title", "findings.headings[0].problems[12].title"),
        ("heading.problems", "findings.headings[0].problems[12].title"),
        ("findings.headings.problems.title", "findings.headings[0].problems[12].title"),
        ("主要问题", "findings.headings[0].number"),
        ("各行", "rows[1].number"),
        ("row.number", "rows[1].number"),
        ("heading", "heading"),
    ],
)
def test_what_is_left_out_by_any_of_its_names_is_left_out(name: str, path: str) -> None:
    assert naming(name).leaves_out(path)
    assert naming("x", name, "y").leaves_out(path)


@pytest.mark.parametrize("name", ["problem.number", "title", "heading", "row.title", "problem.titles", "finding"])
def test_nothing_else_is_left_out(name: str) -> None:
    assert not naming(name).leaves_out("findings.headings[0].problems[0].title")


@pytest.mark.parametrize(
    ("comment", "names"),
    [
        ("{# 不打印：署名，date；row.amount。#}", ["署名", "date", "row.amount"]),
        ("{#tr 不打印: 署名 date #}", ["署名", "date"]),
        ("{#- 不打印：署名 -#}", ["署名"]),
        ("{# 不打印的说明 #}{# 署名不打印：见说明 #}{{ 不打印：署名 }}", []),
    ],
)
def test_only_a_comment_that_says_so_leaves_out(comment: str, names: list[str]) -> None:
    assert list(left_out(comment)) == names


def test_loops_that_name_each_other_come_to_an_end() -> None:
    text = "".join(f"{{% for a{n % 3} in a{(n + 1) % 3}.b{n} %}}" for n in range(3000))
    assert not Naming(text, {}, ()).leaves_out("a0")
