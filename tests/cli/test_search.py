"""`xuncha search`: what is found, in words and as JSON, whatever state the index was left in."""

from pathlib import Path

import pytest

from tests.support.cheap_keys import PASSWORD
from tests.support.commands import Xuncha
from tests.support.journal_rows import new_paper
from xuncha_desktop.services import records
from xuncha_desktop.store import opening
from xuncha_desktop.store.search_file import FILE_NAME


@pytest.fixture
def papers(case_folder: Path) -> list[str]:
    """Three papers and a talk, written by an earlier session."""
    with opening.open_case(case_folder, PASSWORD) as case:
        made = [
            new_paper(case.store, title=f"甲乙{number}", overview="前文写着ＡＢ丙后文", number=f"临-{number}")
            for number in range(3)
        ]
        records.create(case.store, "interview", {"text": "问答", "persons": [{"name": "张某某"}]})
    return made


def test_hits_are_listed_by_kind_with_the_words_marked(xuncha: Xuncha, case_folder: Path, papers: list[str]) -> None:
    outcome = xuncha("search", case_folder, "甲乙", "ab丙", "--limit", "2")
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        "问题底稿　3",
        f"  【甲乙】2　临-2　{papers[2]}",
        "    问题概述：前文写着【ＡＢ丙】后文",
        f"  【甲乙】1　临-1　{papers[1]}",
        "    问题概述：前文写着【ＡＢ丙】后文",
        "  另有 1 条，可用 --limit 列出",
    ]


def test_json_holds_what_a_program_needs(xuncha: Xuncha, case_folder: Path, papers: list[str]) -> None:
    found = xuncha("search", case_folder, "甲乙 ab丙", "--json").json
    assert (found["words"], found["count"]) == (["甲乙", "ab丙"], 3)
    (group,) = found["groups"]
    assert (group["kind"], group["count"]) == ("paper", 3)
    hit = group["hits"][0]
    assert (hit["entity"], hit["record"], hit["title"], hit["title_marks"]) == ("paper", papers[2], "甲乙2", [[0, 2]])
    (passage,) = hit["passages"]
    assert passage["field"] == "overview"
    assert passage["page"] is None
    (start, end) = passage["excerpt"]["marks"][0]
    assert passage["excerpt"]["text"][start:end] == "ＡＢ丙"


def test_nothing_found_is_no_failure(xuncha: Xuncha, case_folder: Path, papers: list[str]) -> None:
    outcome = xuncha("search", case_folder, "没有这个词")
    assert (outcome.code, outcome.out) == (0, "没有找到。\n")
    assert xuncha("search", case_folder, "没有这个词", "--json").json["groups"] == []


def test_kinds_and_identities_are_asked_for(xuncha: Xuncha, case_folder: Path, papers: list[str]) -> None:
    assert xuncha("search", case_folder, "甲乙", "--kind", "unit", "--json").json["count"] == 0
    assert xuncha("search", case_folder, "甲乙", "--kind", "unit", "--kind", "paper", "--json").json["count"] == 3
    assert xuncha("search", case_folder, "张某某", "--json").json["count"] == 0
    assert xuncha("search", case_folder, "张某某", "--with-identities", "--json").json["count"] == 1


def test_a_damaged_index_is_made_again_on_the_way(xuncha: Xuncha, case_folder: Path, papers: list[str]) -> None:
    assert xuncha("search", case_folder, "甲乙", "--json").json["count"] == 3
    index = case_folder / FILE_NAME
    content = bytearray(index.read_bytes())
    for page in range(4, len(content) // 4096):
        content[page * 4096 + 100] ^= 255
    index.write_bytes(content)
    assert xuncha("search", case_folder, "甲乙", "--json").json["count"] == 3


@pytest.mark.parametrize(
    ("arguments", "says"),
    [((), "缺少：CASE, WORDS"), (("案卷",), "缺少：WORDS"), (("案卷", "词", "--limit", "0"), "--limit 的值“0”不对")],
)
def test_wrong_usage_is_told(xuncha: Xuncha, arguments: tuple[str, ...], says: str) -> None:
    outcome = xuncha("search", *arguments)
    assert outcome.code == 2
    assert says in outcome.err


def test_a_case_that_is_not_there_is_a_sentence(xuncha: Xuncha, tmp_path: Path) -> None:
    outcome = xuncha("search", tmp_path / "没有", "词")
    assert outcome.code == 3
    assert "没有" in outcome.err
