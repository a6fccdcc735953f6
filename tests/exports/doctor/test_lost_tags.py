"""A printing tag that was lost or has the wrong brackets: told at every tag of every template of ours."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.exports.doctor.planting import small
from xuncha_desktop.exports.catalog import BY_KIND, DOCUMENTS
from xuncha_desktop.exports.declared import WordDeclared
from xuncha_desktop.exports.doctor.doctor import examine
from xuncha_desktop.exports.doctor.findings import Fault
from xuncha_desktop.exports.doctor.paragraphs import read
from xuncha_desktop.exports.doctor.single import single_brackets
from xuncha_desktop.exports.doctor.tags import scan

TEMPLATES = {
    document.template.file: document.template for document in DOCUMENTS if isinstance(document.template, WordDeclared)
}


def serious(path: Path) -> list[Fault]:
    """What is wrong with the signs; the small templates of these tests print next to nothing."""
    return [fault for fault in examine(path, BY_KIND["report"]).serious if fault.kind != "unprinted"]


@pytest.mark.parametrize("declared", TEMPLATES.values(), ids=TEMPLATES)
def test_a_tag_with_single_brackets_is_told_at_its_place_whichever_it_is(declared: WordDeclared) -> None:
    names = declared.specimen()
    tried = 0
    for story in read(declared.shipped()):
        seen = [paragraph for paragraph in story.paragraphs if not paragraph.shadow]
        assert not list(single_brackets(seen, names))
        for tag in scan(seen, []):
            if tag.opener != "{{":
                continue
            tried += 1
            old = tag.paragraph
            text = f"{old.text[: tag.start]}｛{tag.body}｝{old.text[tag.end :]}"
            changed = replace(old, text=text)
            told = list(single_brackets([changed if one is old else one for one in seen], names))
            assert [(fault.place, fault.tag) for fault in told] == [(old.place, f"｛{tag.body}｝")]
    assert tried


@pytest.mark.parametrize(
    "written",
    ["{ title }", "{title}", "｛ title ｝", "（（ title ））", "((title))", "｛title|lines｝", "{ { title } }"],
)
def test_a_known_name_in_wrong_brackets_gets_its_repair(tmp_path: Path, written: str) -> None:
    found = serious(small(tmp_path / "模板.docx", written))
    assert [fault.kind for fault in found] == ["brackets"]
    assert "应写成 `{{ title" in found[0].advice


def test_words_in_braces_that_are_no_name_are_left_alone(tmp_path: Path) -> None:
    lines = ("｛说明｝", "{见附件}", "（（一））", "{{ title }}{% raw %}{title}{% endraw %}", "{# {title} #}")
    assert serious(small(tmp_path / "模板.docx", *lines)) == []
