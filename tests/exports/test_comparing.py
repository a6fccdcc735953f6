"""A report that was edited in Word, or whose case went on: what no longer agrees, and where."""

import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.exports.documents import make_template
from tests.support.desk import Desk
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports.comparing import Comparison, Difference, compare
from xuncha_desktop.jobs import Progress
from xuncha_desktop.untrusted import Unsafe


def edit(file: Path, change: Callable[[str], str]) -> Path:
    """What somebody with Word would do to the body."""
    target = file.with_name(f"改过的{file.name}")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content.decode()).encode() if name == "word/document.xml" else content)
    return target


def compared(desk: Desk, file: Path) -> Comparison:
    return compare(desk.store, file, Progress())


def only(found: Comparison) -> Difference:
    [difference] = found.differences
    return difference


def test_an_untouched_file_agrees_in_every_place(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=12)
    desk.add_paper(typical_case="事例。", amount=1_234_00)
    found = compared(desk, desk.export("report"))
    assert found.differences == ()
    assert found.traced > 15


def test_a_number_changed_by_hand_is_found_with_its_place_and_paper(desk: Desk) -> None:
    paper = desk.add_paper(title="标题一", overview="涉及资金38.20万元。")
    file = edit(desk.export("report"), lambda body: body.replace("38.20", "39.20"))
    found = only(compared(desk, file))
    assert (found.kind, found.paper) == ("edited", paper)
    assert (found.in_file, found.in_case) == ("涉及资金39.20万元。", "涉及资金38.20万元。")
    assert found.heading == "1.标题一"
    assert found.place() == f"“1.标题一”下，全文第 {found.paragraph} 段"
    assert "底稿“标题一”的" in found.words()


def test_of_long_texts_only_the_differing_place_is_said_and_never_half_a_number(desk: Desk) -> None:
    desk.add_paper(overview=f"{'甲' * 60}共1234567元，{'乙' * 60}。")
    file = edit(desk.export("report"), lambda body: body.replace("1234567", "1234568"))
    words = "导出时“…1234567元，乙乙…” → 文件中“…1234568元，乙乙…” → 案卷现在“…1234567元，乙乙…”"
    found = only(compared(desk, file))
    assert found.journey() == words
    told = "文件中是“…1234568元，乙乙…”，案卷中是“…1234567元，乙乙…”"
    assert found.words() == f"{found.place()}：{found.label}，{told}"


def test_a_counted_number_changed_by_hand_is_found(desk: Desk) -> None:
    desk.set("inspection", desk.inspection, talks=12)
    desk.add_paper()
    file = edit(desk.export("report"), lambda body: body.replace("谈话12人次", "谈话13人次"))
    assert (only(compared(desk, file)).kind, only(compared(desk, file)).source.field) == ("edited", "talks")


def test_what_changed_in_the_case_since_is_told_until_the_file_says_it_too(desk: Desk) -> None:
    paper = desk.add_paper(overview="第一句。\n第二句。")
    file = desk.export("report")
    desk.set("paper", paper, overview="第一句。\n另一句。")
    found = only(compared(desk, file))
    assert (found.kind, found.printed, found.in_case, found.paper) == ("changed", "第二句。", "另一句。", paper)
    assert compared(desk, edit(file, lambda body: body.replace("第二句", "另一句"))).differences == ()
    both = only(compared(desk, edit(file, lambda body: body.replace("第二句", "第三句"))))
    assert (both.kind, both.in_file, both.in_case) == ("both", "第三句。", "另一句。")


def test_a_bookmark_that_is_gone_is_told(desk: Desk) -> None:
    paper = desk.add_paper(overview="会被删去的一段。")

    def without(body: str) -> str:
        name = re.search(r"<w:bookmarkStart [^>]*/>(?=(?:(?!<w:bookmarkStart).)*会被删去的一段)", body)
        assert name
        return body.replace(name.group(), "").replace("会被删去的一段。", "")

    found = only(compared(desk, edit(desk.export("report"), without)))
    assert (found.kind, found.paper, found.place()) == ("gone", paper, "")


def test_a_paper_more_or_less_in_the_case_is_told(desk: Desk) -> None:
    desk.add_paper(title="留下的")
    gone = desk.add_paper(title="退回的")
    file = desk.export("report")
    desk.set("paper", gone, state="draft")
    new = desk.add_paper(title="新来的")
    found = compared(desk, file).differences
    kinds = {(each.kind, each.paper) for each in found if each.source.entity == "paper" and each.source.record}
    assert kinds == {("changed", gone), ("added", new)}
    counted = next(each for each in found if each.source.field == "papers")
    assert (counted.printed, counted.in_case) == ("形成问题底稿2份", "形成问题底稿3份")


def test_text_deleted_with_changes_tracked_is_no_text_of_the_file(desk: Desk) -> None:
    desk.add_paper(overview="甲乙")

    def tracked(body: str) -> str:
        return re.sub(
            r"<w:r>((?:(?!</w:r>).)*)甲乙</w:t></w:r>",
            r'<w:r>\1甲</w:t></w:r><w:del w:id="9"><w:r><w:t>乙</w:t></w:r></w:del>',
            body,
        )

    assert only(compared(desk, edit(desk.export("report"), tracked))).in_file == "甲"


_AFTER = "<w:r><w:t>另有999.00万元未入账</w:t></w:r>"


def paragraph_with(body: str, words: str) -> str:
    """The paragraph that says so."""
    every = (found[0] for found in re.finditer(r"<w:p[ >].*?</w:p>", body, re.DOTALL))
    return next(found for found in every if words in found or words in re.sub("<[^>]*>", "", found))


def behind_its_bookmark(body: str) -> str:
    paragraph = paragraph_with(body, "概述一。")
    return body.replace(paragraph, paragraph.replace("</w:p>", f"{_AFTER}</w:p>"))


def before_its_bookmark(body: str) -> str:
    paragraph = paragraph_with(body, "概述一。")
    return body.replace(paragraph, paragraph.replace("<w:bookmarkStart", f"{_AFTER}<w:bookmarkStart", 1))


def as_a_paragraph(body: str) -> str:
    paragraph = paragraph_with(body, "概述一。")
    return body.replace(paragraph, f"{paragraph}<w:p>{_AFTER}</w:p>")


@pytest.mark.parametrize("change", [behind_its_bookmark, before_its_bookmark, as_a_paragraph])
def test_words_added_in_word_outside_of_every_bookmark_are_found(desk: Desk, change: Callable[[str], str]) -> None:
    desk.add_paper(title="标题一", overview="概述一。")
    found = only(compared(desk, edit(desk.export("report"), change)))
    assert (found.kind, found.heading, found.in_file) == ("written", "1.标题一", "另有999.00万元未入账")
    place = f"“1.标题一”下，全文第 {found.paragraph} 段"
    assert found.words() == f"{place}：文件中加上的文字：“另有999.00万元未入账”，案卷里没有出处"


def test_a_changed_heading_of_the_template_is_found(desk: Desk) -> None:
    desk.add_paper()
    file = edit(desk.export("report"), lambda body: body.replace("发现的主要问题", "发现的3个主要问题"))
    found = only(compared(desk, file))
    assert (found.kind, "发现的主要问题" in found.printed) == ("written", True)
    assert "3个" in found.journey()


def test_a_number_of_the_template_that_was_changed_is_found_at_its_place(desk: Desk) -> None:
    for title in ("甲", "乙"):
        desk.add_paper(title=title)

    def renumbered(body: str) -> str:
        paragraph = paragraph_with(body, ">甲<")
        assert "1." in paragraph
        return body.replace(paragraph, paragraph.replace("1.", "2."), 1)

    found = only(compared(desk, edit(desk.export("report"), renumbered)))
    assert (found.kind, found.heading, found.in_file) == ("written", "2.甲", "2.")


def test_of_what_was_added_the_numbers_come_first(desk: Desk) -> None:
    desk.add_paper(overview="概述一。")
    more = "<w:p><w:r><w:t>有关情况</w:t></w:r></w:p><w:p><w:r><w:t>另有9万元</w:t></w:r></w:p>"
    file = edit(desk.export("report"), lambda body: body.replace("<w:body>", f"<w:body>{more}"))
    assert [each.in_file for each in compared(desk, file).differences] == ["另有9万元", "有关情况"]


def test_a_paragraph_that_only_moved_is_no_addition(desk: Desk) -> None:
    desk.add_paper(title="标题一")

    def moved(body: str) -> str:
        heading = paragraph_with(body, "发现的主要问题")
        return body.replace(heading, "", 1).replace("<w:sectPr", f"{heading}<w:sectPr", 1)

    file = edit(desk.export("report"), moved)
    assert compared(desk, file).differences == ()


def test_papers_that_came_and_went_in_the_case_add_nothing_to_the_file(desk: Desk) -> None:
    papers = [desk.add_paper(amount=1_234_00) for _ in range(3)]
    file = desk.export("report")
    for paper in papers[1:]:
        desk.set("paper", paper, state="draft")
    assert "written" not in {each.kind for each in compared(desk, file).differences}


@pytest.mark.skipif(not shutil.which("soffice"), reason="needs LibreOffice")
@pytest.mark.pages
def test_a_file_saved_again_by_libreoffice_agrees_in_every_place(desk: Desk, tmp_path: Path) -> None:
    desk.set("inspection", desk.inspection, talks=12)
    for _ in range(3):
        desk.add_paper(typical_case="事例。", amount=1_234_00)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    again = [tmp_path / "again", desk.export("report")]
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", *map(str, again)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert compared(desk, again[0] / "report.docx").differences == ()


def test_the_newest_of_two_exports_is_not_taken_for_the_older(desk: Desk) -> None:
    paper = desk.add_paper(overview="早先的。")
    old = desk.export("report").rename(desk.folder / "早先.docx")
    desk.set("paper", paper, overview="现在的。")
    new = desk.export("report")
    assert compared(desk, new).differences == ()
    assert only(compared(desk, old)).printed == "早先的。"


def test_a_file_of_another_origin_or_made_to_harm_is_refused(desk: Desk, tmp_path: Path) -> None:
    desk.add_paper()
    desk.export("report")
    with pytest.raises(UserError, match="里没有追溯书签"):
        compared(desk, make_template(tmp_path / "别的.docx", "一段文字"))
    with pytest.raises(Unsafe):
        compared(
            desk,
            edit(
                desk.folder / "report.docx", lambda body: body.replace("<w:document", "<!DOCTYPE x []><w:document", 1)
            ),
        )
    (tmp_path / "不是.docx").write_bytes(b"PK\3\4")
    with pytest.raises(Unsafe):
        compared(desk, tmp_path / "不是.docx")
