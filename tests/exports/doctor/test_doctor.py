"""What the doctor says where: places in words, documents guessed, findings in place of a failed export's error."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.exports.doctor.planting import ours, small, table
from tests.exports.doctor.seeds import LEDGER
from tests.support.desk import Desk
from xuncha_desktop import paths
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import catalog, templates
from xuncha_desktop.exports.catalog import BY_KIND, DOCUMENTS
from xuncha_desktop.exports.declared import WordDeclared
from xuncha_desktop.exports.doctor.doctor import examine, meant_for
from xuncha_desktop.exports.word.check import read_text
from xuncha_desktop.jobs import Progress


def words(path: Path, kind: str = "report") -> list[str]:
    """What is wrong with what stands there; the small templates of these tests print next to nothing."""
    return [fault.words() for fault in examine(path, BY_KIND[kind]).serious if fault.kind != "unprinted"]


def test_a_place_names_part_heading_table_row_and_column(tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", then=lambda document: table(document, ("甲", "乙"), ("丙", "{{ titel }}")))
    assert words(template) == [
        "正文“虚构的标题”之下第 1 个表格第 2 行第 2 列“{{ titel }}”：没有名为“titel”的数据。`titel`：是否为 `title`？"
    ]


def test_a_nested_name_is_suggested_with_its_owner(tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", "{{ problem_list.titel }}")
    assert words(template)[0].endswith("`problem_list.titel`：是否为 `problem_list.title`？")


def test_chinese_names_are_known_and_suggested(tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", "{{ 标题 }}{{ 成文日 }}")
    assert [line.split("。")[-1] for line in words(template)] == ["`成文日`：是否为 `成文日期`？"]


def test_words_behind_an_end_are_told_at_their_place(tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", "{%p if draft %}", "{%p endif| %}")
    assert words(template) == ["正文“虚构的标题”之下第 3 段“{%p endif| %}”：`endif` 后面多了“|”。请删去多余的部分。"]


def test_a_name_that_belongs_to_the_loops_item_is_suggested_so(tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", "{%p for row in problem_list.rows %}", "{{ focus }}", "{%p endfor %}")
    assert words(template)[0].endswith("是否为 `row.focus`？")


def test_what_works_in_an_export_is_no_fault(tmp_path: Path) -> None:
    lines = (
        "{{ title|replace('甲', '乙')|truncate(10) }}{{ 标题 }}“引号”｛说明｝",
        "{% for line in title|lines %}{{ loop.index }}{{ line }}{% endfor %}",
        "{% set first = attachments|first %}{{ first.name }}{{ attachments[0]['name'] }}",
        "{% for item in attachments|selectattr('number') if item.name %}{{ item.name }}{% else %}无{% endfor %}",
        "{% if draft and title == “甲” %}是{% elif not draft %}否{% else %}无{% endif %}",
        "{{ attachments|map(attribute='name')|join('、') }}{# 说明 {{ titel }} #}",
        "{% raw %}{{ titel }}{% endraw %}{{ 1 + 2 * attachments|length }}",
        "{{ '草稿' if draft else '' }}{{ title ~ '：' ~ date }}",
        "{% for item in attachments %}{{ loop.cycle('甲', '乙') }}{% if loop.changed(item) %}{% endif %}{% endfor %}",
        "{ {{ date }} } {字}{% raw %}}{{% endraw %}{# 说明 #}",
    )
    assert words(small(tmp_path / "模板.docx", *lines)) == []


@pytest.mark.parametrize("tag", ["{{ draft }}", "{{ not draft }}", "{{ title is defined }}", '{{ title == "a" }}'])
def test_a_yes_or_no_that_is_printed_is_told(tmp_path: Path, tag: str) -> None:
    told = words(small(tmp_path / "模板.docx", tag))
    assert len(told) == 1
    assert told[0].endswith("是“是”或“否”，不能直接打印。请用 if 判断后打印文字。")


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        ("{{ title.upper() }}", "调用了程序“title.upper”。应写成 `{{ title|upper }}`。"),
        ("{{ loop.cycle('甲') }}", "没有名为“loop”的数据。请对照模板说明中的名称表改正。"),
        ("{{ ti\u200btle }}", "里有看不见的零宽字符。请把整个标签删去，重新输入一遍。"),
        ("{{ title＄ }}", "里有不能用的符号“$”。请删去这个符号。"),
    ],
)
def test_one_mistake_is_told_once_in_words_of_the_user(tmp_path: Path, tag: str, told: str) -> None:
    found = [line for line in words(small(tmp_path / "模板.docx", tag)) if "全角" not in line]
    assert len(found) == 1
    assert found[0].endswith(told)


@pytest.mark.parametrize("tag", [f"{{{{ {'(' * 3000}title{')' * 3000} }}}}", f"{{{{ title{'|trim' * 9000} }}}}"])
def test_a_tag_nested_too_deep_is_told(tmp_path: Path, tag: str) -> None:
    told = words(small(tmp_path / "模板.docx", tag))
    assert len(told) == 1
    assert "套得太多" in told[0]


def test_what_fails_only_when_it_runs_is_told_at_its_place_all_in_one_pass(tmp_path: Path) -> None:
    lines = ("{{ 1/0 }}", "{{ title + 1 }}", "{{ attachments + title }}", "{% title %}", "{# 没有写完")
    told = words(small(tmp_path / "模板.docx", *lines))
    assert [line.split("“")[2].split("”")[0] for line in told] == list(lines)
    assert "应写成 `{{ title }}`" in told[3]


def test_a_fault_of_the_trial_alone_has_its_place_too(tmp_path: Path) -> None:
    told = words(small(tmp_path / "模板.docx", "{{ attachments[99].name }}"))
    assert len(told) == 1
    assert told[0].startswith("正文“虚构的标题”之下第 2 段")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda document: document.kind)
def test_every_document_declares_its_template_so_that_the_doctor_covers_it(document: catalog.Document) -> None:
    assert document.template is not None
    assert document.template.path().is_file()
    if isinstance(document.template, WordDeclared):
        assert document.template.specimen()


@pytest.mark.parametrize("kind", ["report", "paper", "ledger"])
def test_a_template_under_another_name_is_known_by_what_it_prints(tmp_path: Path, kind: str) -> None:
    declared = BY_KIND[kind].template
    assert declared is not None
    copy = tmp_path / f"另一个名字{declared.shipped().suffix}"
    copy.write_bytes(declared.shipped().read_bytes())
    assert meant_for(copy) is BY_KIND[kind]


def test_a_ledger_offered_as_report_is_refused_in_words() -> None:
    assert "docx" in words(LEDGER)[0]


def test_a_failed_export_tells_all_that_the_doctor_finds(desk: Desk, tmp_path: Path) -> None:
    own = templates.own_folder() / "report.docx"
    ours(
        "report.docx",
        {"{{ title }}": "{{ titel }}", "{{ date }}": "｛｛ date ｝｝", "{{ signature }}": "{{ signature }"},
        own,
    )
    prepared = catalog.prepare(desk.store, BY_KIND["report"], desk.inspection, draft=True)
    target = tmp_path / "报告.docx"
    with pytest.raises(UserError) as refused:
        prepared.write(target, Progress())
    said = str(refused.value)
    assert "有 3 处错误" in said
    assert "是否为 `title`" in said
    assert "全角" in said
    assert "没有用 `}}` 结束" in said
    assert not target.exists()


def refused(desk: Desk, target: Path) -> str:
    """What is said when the report of the desk cannot be exported."""
    with pytest.raises(UserError) as error:
        catalog.export(desk.store, BY_KIND["report"], desk.inspection, target, draft=True, progress=Progress())
    assert not target.exists()
    return str(error.value)


def test_a_text_lost_on_the_way_is_told_with_place_and_repair(desk: Desk, tmp_path: Path) -> None:
    ours("report.docx", {"{{ title }}": "{{r title }}"}, templates.own_folder() / "report.docx")
    said = refused(desk, tmp_path / "报告.docx")
    assert said.startswith("导出的文件中找不到“标题”的文字“")
    assert "应写成 `{{ title }}`" in said


def test_what_the_template_does_not_print_is_refused_by_export_and_doctor_alike(desk: Desk, tmp_path: Path) -> None:
    own = ours("report.docx", {"{{ signature }}": "虚构的落款"}, templates.own_folder() / "report.docx")
    [fault] = examine(own, BY_KIND["report"]).serious
    assert fault.words() in refused(desk, tmp_path / "报告.docx")


def test_a_loss_the_doctor_does_not_find_keeps_its_own_sentence(desk: Desk, tmp_path: Path) -> None:
    own = templates.own_folder() / "report.docx"
    ours("report.docx", {"{{ title }}": "{% if title|length < 12 %}{{ title }}{% endif %}"}, own)
    assert examine(own, BY_KIND["report"]).faults == ()
    said = refused(desk, tmp_path / "报告.docx")
    assert said.startswith("导出的文件中找不到“标题”的文字“")
    assert said.endswith("请检查模板中打印该项的标签后再导出。")


@pytest.mark.parametrize("names", ["署名、row.amount", "signature, 问题清单.rows.amount", "署名　problem_list"])
def test_what_a_template_leaves_out_by_name_is_no_fault_and_told_after_the_export(
    desk: Desk, tmp_path: Path, names: str
) -> None:
    desk.add_paper(amount=12800)
    own = templates.own_folder() / "report.docx"
    ours("report.docx", {"{{ signature }}": f"{{#p 不打印：{names} #}}", "{{ row.amount }}": ""}, own)
    assert examine(own, BY_KIND["report"]).faults == ()
    target = tmp_path / "报告.docx"
    _, notes = catalog.export(desk.store, BY_KIND["report"], desk.inspection, target, draft=True, progress=Progress())
    assert notes == ("按模板“report.docx”里写明的“不打印”，没有印：署名、row.amount。",)
    assert "不打印" not in read_text(target)


def test_a_part_that_is_not_printed_at_all_is_told_once(tmp_path: Path) -> None:
    found = examine(small(tmp_path / "模板.docx", "{{ title }}"), BY_KIND["report"]).serious
    assert [fault.cause.split("”")[0].split("“")[1] for fault in found].count("问题清单") == 1
    assert not [fault for fault in found if "rows" in fault.cause]


def test_the_doctor_is_not_asked_when_all_goes_well(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr("xuncha_desktop.exports.doctor.consulting.consult", lambda *given: asked.append(given))
    prepared = catalog.prepare(desk.store, BY_KIND["report"], desk.inspection, draft=True)
    prepared.write(tmp_path / "报告.docx", Progress())
    assert asked == []
    assert (tmp_path / "报告.docx").is_file()


def test_a_document_without_declaration_still_has_its_signs_checked(tmp_path: Path) -> None:
    template = small(tmp_path / "模板.docx", "{{ 任何名称 }}", "{{ 未结束", "{%p for x in y %}")
    undeclared = replace(BY_KIND["report"], template=None)
    assert {fault.kind for fault in examine(template, undeclared).faults} == {"brackets", "unclosed"}


def test_no_settings_folder_is_touched_by_an_examination(tmp_path: Path) -> None:
    before = sorted(paths.settings_folder().iterdir())
    examine(small(tmp_path / "模板.docx", "{{ title }}"), BY_KIND["report"])
    assert sorted(paths.settings_folder().iterdir()) == before
