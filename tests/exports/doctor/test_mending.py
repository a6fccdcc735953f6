"""Repaired copies are right, annotated ones show each comment where its fault is."""

import zipfile
from pathlib import Path

import pytest
from docx import Document
from lxml import etree  # pyright: ignore[reportAttributeAccessIssue] lxml has no stubs

from tests.exports.doctor.planting import changed, small
from tests.exports.doctor.seeds import SICK, Sick
from tests.exports.sample_documents import sample_paper, sample_picture
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.catalog import BY_KIND
from xuncha_desktop.exports.doctor.annotating import annotate
from xuncha_desktop.exports.doctor.doctor import examine
from xuncha_desktop.exports.doctor.mending import repair
from xuncha_desktop.exports.word.check import read_text
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress

BY_NAME = {sick.name: sick for sick in SICK}
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def made(name: str, folder: Path) -> tuple[Sick, Path]:
    sick = BY_NAME[name]
    return sick, sick.make(folder / f"{name}{sick.suffix}")


def test_a_repaired_form_with_full_width_signs_prints_like_ours(tmp_path: Path) -> None:
    sick, template = made("fullwidth", tmp_path)
    target = tmp_path / "修好.docx"
    assert repair(template, target) == 6
    assert examine(target, BY_KIND[sick.kind]).faults == ()
    render(target, sample_paper().to_template(), tmp_path / "出.docx", Progress(), sample_picture)
    assert "中共青禾市平湖镇委员会" in read_text(tmp_path / "出.docx")


def test_repairing_merges_split_tags_and_keeps_everything_else(tmp_path: Path) -> None:
    sick, template = made("split", tmp_path)
    target = tmp_path / "修好.docx"
    assert repair(template, target) == 3
    assert not [fault for fault in examine(target, BY_KIND[sick.kind]).faults if fault.kind == "split"]
    texts = [paragraph.text for paragraph in Document(str(target)).paragraphs]
    assert texts[1:] == ["甲 {{ title }}", "乙 {{ addressee }}", "丙 {{ date }}"]
    with zipfile.ZipFile(template) as before, zipfile.ZipFile(target) as after:
        assert before.namelist() == after.namelist()
        assert [name for name in before.namelist() if before.read(name) != after.read(name)] == ["word/document.xml"]


@pytest.mark.parametrize("name", [sick.name for sick in SICK if sick.suffix == ".docx"])
def test_after_a_repair_nothing_mendable_is_left_and_nothing_new_is_wrong(tmp_path: Path, name: str) -> None:
    sick, template = made(name, tmp_path)
    before = examine(template, BY_KIND[sick.kind])
    target = tmp_path / "修好.docx"
    repair(template, target)
    after = examine(target, BY_KIND[sick.kind])
    assert after.mendable == ()
    assert len(after.serious) <= len(before.serious) - len({f.tag for f in before.mendable if not f.slight})


def test_quoted_words_keep_their_full_width_signs(tmp_path: Path) -> None:
    template = small(tmp_path / "引.docx", "{{ title|default('（无）') }}，{{ addressee｜default('，') }}")
    target = tmp_path / "修好.docx"
    assert repair(template, target) == 1
    assert Document(str(target)).paragraphs[1].text == "{{ title|default('（无）') }}，{{ addressee|default('，') }}"


@pytest.mark.parametrize("name", [sick.name for sick in SICK if sick.suffix == ".docx"])
def test_each_fault_has_a_comment_in_its_paragraph(tmp_path: Path, name: str) -> None:
    sick, template = made(name, tmp_path)
    diagnosis = examine(template, BY_KIND[sick.kind])
    target = tmp_path / "批注.docx"
    annotate(template, diagnosis, target)
    document = Document(str(target))
    said = {comment.comment_id: comment.text for comment in document.comments}
    assert len(said) == len(diagnosis.faults)
    paragraphs = list(document.element.iter(W + "p"))
    for number, fault in enumerate(diagnosis.faults):
        assert fault.cause in said[number]
        start = next(e for e in document.element.iter(W + "commentRangeStart") if e.get(W + "id") == str(number))
        holder = next(start.iterancestors(W + "p"))
        if fault.place.part == "正文" and "框内" not in fault.place.text:
            assert paragraphs.index(holder) == fault.place.paragraph - 1
        elif fault.place.part != "正文":
            assert fault.place.words() in said[number]


def test_text_boxes_are_repaired_in_both_their_forms(tmp_path: Path) -> None:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        '<mc:Choice Requires="wps"><w:txbxContent>{inner}</w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:pict><w:txbxContent>{inner}</w:txbxContent></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    ).format(inner="<w:p><w:r><w:t>｛｛ title ｝｝</w:t></w:r></w:p>")
    template = small(tmp_path / "框.docx", "框在这里")
    changed(
        template,
        {
            "word/document.xml": lambda old: old.replace(
                "框在这里</w:t></w:r>".encode(), f"框在这里</w:t></w:r>{box}".encode()
            )
        },
    )
    assert len(examine(template, None).faults) == 1
    target = tmp_path / "修好.docx"
    assert repair(template, target) == 1
    with zipfile.ZipFile(target) as package:
        root = etree.fromstring(package.read("word/document.xml"))
    assert "".join(root.itertext()).count("{{ title }}") == 2


def test_a_ledger_gets_no_comments_and_says_so(tmp_path: Path) -> None:
    sick, template = made("small-ledger", tmp_path)
    with pytest.raises(UserError, match="单元格"):
        annotate(template, examine(template, BY_KIND[sick.kind]), tmp_path / "批注.docx")
