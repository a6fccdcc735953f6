"""A Word file from a template: the data comes out as it went in, and nothing else happens."""

import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import docxtpl
import pytest
from docx import Document
from docx.parts.image import ImagePart
from jinja2.defaults import DEFAULT_NAMESPACE
from jinja2.filters import FILTERS
from PIL import Image
from PIL.ImageFile import ImageFile

from tests.exports.documents import make_template
from tests.exports.sample_documents import sample_paper, sample_picture, sample_report
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.exports.paper_data import ALIASES
from xuncha_desktop.exports.report_data import ALIASES as REPORT_ALIASES
from xuncha_desktop.exports.word.check import Places, check, faults, read_text
from xuncha_desktop.exports.word.pictures import Original
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress
from xuncha_desktop.text import clean_text

SHIPPED = Path(__file__).parents[3] / "templates_docx"

ODD_TEXTS = (
    "a<b & c>d",
    "{{x}}",
    "{{ 7*7 }}",
    "{% raw %}",
    "{%p if x %}",
    "{# 注释 #}",
    "{_{ }_} {_% %_}",
    "{",
    "}",
    "%}",
    "]]>",
    "<w:br/>",
    "</w:t></w:r></w:p>",
    "<!-- x -->",
    "&amp;lt;&#10;",
    "_x0041_",
    "=1+1",
    "\t缩进\t两次\t",
    "  前后空格  中间  ",
    "第一行\n第二行\n\n第四行",
    "\n",
    "表情😀👨‍👩‍👧 与扩展B𠮷𡘙",
    "兼容字\uf900\ufa0e\ufaff不被改写",
    "\U0010fffd标记字符\U0010fffdn\U0010fffde",
    "\ue000\uf8ff私用区",
    "换行\u0085不断",
    "“引号”——破折号……",
    "\\n \\t %s {0} {x}",
)


def fill(folder: Path, data: dict[str, object], *paragraphs: str, **more: object) -> Path:
    template = make_template(folder / "模板.docx", *paragraphs)
    target = folder / "结果.docx"
    render(template, data, target, Progress(), **more)  # pyright: ignore[reportArgumentType] pictures only
    return target


def body(path: Path) -> list[str]:
    return [paragraph.text for paragraph in Document(str(path)).paragraphs]


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_text_comes_out_as_it_went_in(tmp_path: Path, text: str) -> None:
    result = fill(tmp_path, {"x": text}, "前{{ x }}后")
    assert "\n".join(body(result)) == f"前{text}后"
    assert faults(result) == []


@pytest.mark.parametrize("text", ODD_TEXTS)
def test_odd_text_survives_in_header_and_table(tmp_path: Path, text: str) -> None:
    template = make_template(tmp_path / "模板.docx", header="眉{{ x }}脚", rows=[["甲{{ x }}乙"]])
    target = tmp_path / "结果.docx"
    render(template, {"x": text}, target, Progress())
    written = read_text(target)
    assert f"眉{text}脚" in written
    assert f"甲{text}乙" in written
    assert faults(target) == []


def test_every_character_that_cleaning_keeps_comes_out(tmp_path: Path) -> None:
    text = clean_text("".join(chr(code) for code in range(0x20, 0x10000) if not 0xD800 <= code < 0xE000))
    assert len(text) > 63_000
    result = fill(tmp_path, {"x": text}, "前{{ x }}后")
    written, expected = "\n".join(body(result)), f"前{text}后"
    assert [pair for pair in zip(written, expected, strict=True) if pair[0] != pair[1]] == []


def test_every_text_of_a_paper_may_be_odd_or_long(tmp_path: Path) -> None:
    long = ("".join(ODD_TEXTS) * 20).ljust(200_000, "汉")
    data = sample_paper(1, 0).to_template()
    filled = {name: data[name] for name in data if name not in ALIASES}
    filled |= {name: f"{long}{name}" for name, value in filled.items() if isinstance(value, str)}
    target = tmp_path / "底稿.docx"
    render(SHIPPED / "paper.docx", filled, target, Progress())
    check(Places(read_text(target)), filled)


def test_every_text_of_a_report_may_be_odd(tmp_path: Path) -> None:
    def spoil(value: object) -> object:
        if isinstance(value, dict):
            return {name: spoil(item) for name, item in value.items()}
        if isinstance(value, list):
            return [spoil(item) for item in value]
        return value + "".join(ODD_TEXTS) if isinstance(value, str) and value else value

    filled = spoil(sample_report(3, mark="内部资料").to_template())
    assert isinstance(filled, dict)
    target = tmp_path / "报告.docx"
    render(SHIPPED / "report.docx", filled, target, Progress())
    check(Places(read_text(target)), filled, REPORT_ALIASES)
    assert faults(target) == []


def test_a_line_break_makes_a_paragraph_of_the_same_style(tmp_path: Path) -> None:
    template = tmp_path / "模板.docx"
    document = Document()
    document.add_paragraph("题：{{ x }}。", style="Heading 1").runs[0].italic = True
    document.save(str(template))
    target = tmp_path / "结果.docx"
    render(template, {"x": "甲\n乙\n丙"}, target, Progress())
    paragraphs = Document(str(target)).paragraphs
    assert [paragraph.text for paragraph in paragraphs] == ["题：甲", "乙", "丙。"]
    assert {paragraph.style.name for paragraph in paragraphs if paragraph.style} == {"Heading 1"}
    assert all(run.italic for paragraph in paragraphs for run in paragraph.runs if run.text)


def test_the_lines_filter_gives_line_by_line(tmp_path: Path) -> None:
    result = fill(tmp_path, {"x": "甲\n乙"}, "{%p for line in x|lines %}", "· {{ line }}", "{%p endfor %}")
    assert body(result) == ["· 甲", "· 乙"]


def test_a_key_named_like_a_method_is_the_key(tmp_path: Path) -> None:
    result = fill(tmp_path, {"row": {"items": "甲", "values": "乙"}}, "{{ row.items }}{{ row.values }}")
    assert body(result) == ["甲乙"]


def test_chinese_names_work_in_templates(tmp_path: Path) -> None:
    assert body(fill(tmp_path, {"单位": {"名称": "平湖镇"}}, "{{ 单位.名称 }}")) == ["平湖镇"]


def test_printed_data_in_footnotes_is_never_read_as_a_template(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "正文")
    _add_footnotes(template, "{{ x }}")
    target = tmp_path / "结果.docx"
    render(template, {"x": "{{ y }}"}, target, Progress())
    assert "{{ y }}" in read_text(target)


MALICIOUS = (
    "{{ cycler.__init__.__globals__.os.system(command) }}",
    "{{ lipsum.__globals__['os'].system(command) }}",
    "{{ joiner.__init__.__globals__.os.popen(command).read() }}",
    "{{ namespace.__init__.__globals__.os.system(command) }}",
    "{{ self.__init__.__globals__ }}",
    "{{ self._TemplateReference__context.cycler.__init__.__globals__.os.system(command) }}",
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ x.__class__.__base__.__subclasses__() }}",
    "{{ x|attr('__class__') }}",
    "{{ x['__class__'] }}",
    "{{ '{0.__class__}'.format(x) }}",
    "{{ '%s'|format(x) }}",
    "{{ x.format(1) }}",
    "{{ [x]|map(attribute='__class__')|join }}",
    "{{ rows.append(1) }}",
    "{{ loop.__init__.__globals__ }}",
    "{% for a in rows %}{{ loop._iterable.__class__ }}{% endfor %}",
    "{{ range(100000000)|list|length }}",
    "{{ 'a' * 1000000000 }}",
    "{{ 9 ** 999999999 }}",
    "{% include command %}",
    "{% import '/etc/passwd' as x %}{{ x }}",
    "{{ dict.__class__ }}",
    "{% macro m() %}{{ caller.__globals__ }}{% endmacro %}{{ m() }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
)


@pytest.mark.parametrize("payload", MALICIOUS)
def test_a_malicious_template_does_nothing_and_is_told_of(tmp_path: Path, payload: str) -> None:
    canary = tmp_path / "canary"
    data: dict[str, object] = {"x": "文字", "rows": ["甲"], "command": f"touch {canary}"}
    with pytest.raises(UserError, match=r"模板“模板\.docx”"):
        fill(tmp_path, data, payload)
    assert not canary.exists()
    assert not (tmp_path / "结果.docx").exists()


FAULTY = (
    ("单位：{{ unit.nmae }}", "正文“单位：{{ unit.nmae }}”一段中没有名为“nmae”的数据，是否为“name”"),
    ("{{ titel }}", "没有名为“titel”的数据，是否为“title”"),
    ("题目 {{ title", "正文“题目 {{ title”一段中"),
    ("{% for a in rows %}{{ a }}", "没有结束的语句"),
    ("{{ title|hidden }}", "不存在的过滤器“hidden”"),
    ("{% whlie x %}", "不认识的语句“whlie”"),
    ("{{ title，unit }}", "请检查括号、引号、逗号"),
    ("{{ rows }}", "不能这样使用"),
    ("{{ title|picture }}", "没有图片"),
)


@pytest.mark.parametrize(("paragraph", "words"), FAULTY)
def test_a_faulty_template_is_told_with_its_place(tmp_path: Path, paragraph: str, words: str) -> None:
    data: dict[str, object] = {"title": "题", "unit": {"name": "镇"}, "rows": ["甲"]}
    with pytest.raises(UserError) as caught:
        fill(tmp_path, data, "完好的一段", paragraph)
    assert words in str(caught.value)


def test_a_fault_in_a_header_is_placed_there(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "正文", header="{{ nobody }}")
    with pytest.raises(UserError, match=r"的页眉“\{\{ nobody }}”一段中"):
        render(template, {}, tmp_path / "结果.docx", Progress())


def test_a_loop_over_rows_closed_in_a_paragraph_is_told(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", rows=[["{%tr for a in rows %}"], ["{{ a }}"], ["{% endfor %}"]])
    with pytest.raises(UserError, match="结构不完整"):
        render(template, {"rows": ["甲", "乙"]}, tmp_path / "结果.docx", Progress())


def test_a_missing_template_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"找不到模板“没有\.docx”"):
        render(tmp_path / "没有.docx", {}, tmp_path / "结果.docx", Progress())


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x05\x06" + b"\0" * 18])
def test_a_template_that_is_no_word_file_is_told(tmp_path: Path, content: bytes) -> None:
    template = tmp_path / "模板.docx"
    template.write_bytes(content)
    with pytest.raises(UserError, match="不是完好的 Word 文档"):
        render(template, {}, tmp_path / "结果.docx", Progress())


def test_a_template_with_a_dtd_is_refused(tmp_path: Path) -> None:
    template = make_template(tmp_path / "模板.docx", "正文")
    _replace_part(template, "word/document.xml", lambda xml: b'<!DOCTYPE x [<!ENTITY e "1">]>' + xml.split(b"?>", 1)[1])
    with pytest.raises(UserError, match="外部实体"):
        render(template, {}, tmp_path / "结果.docx", Progress())


@pytest.mark.parametrize("char", ["\x00", "\x0b", "\x0c", "\a", "\r", "\x1f", "\x7f", "\ud800", "\uffff"])
def test_a_character_that_no_word_file_holds_is_refused_with_its_field(tmp_path: Path, char: str) -> None:
    with pytest.raises(UserError, match=rf"“papers\[1\]\.overview”的第 3 个字符（U\+{ord(char):04X}）"):
        fill(tmp_path, {"papers": [{}, {"overview": f"甲乙{char}丙"}]}, "正文")


def test_a_failure_leaves_the_old_file_and_no_part_behind(tmp_path: Path) -> None:
    (tmp_path / "结果.docx").write_text("旧文件", "utf-8")
    with pytest.raises(UserError):
        fill(tmp_path, {}, "{{ nothing }}")
    assert (tmp_path / "结果.docx").read_text("utf-8") == "旧文件"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["模板.docx", "结果.docx"]


def test_a_cancel_leaves_nothing_behind(tmp_path: Path) -> None:
    progress = Progress()
    progress.cancel()
    with pytest.raises(Cancelled):
        render(make_template(tmp_path / "模板.docx", "正文"), {}, tmp_path / "结果.docx", progress)
    assert not (tmp_path / "结果.docx").exists()


def test_the_same_data_gives_the_same_file(tmp_path: Path) -> None:
    data = sample_paper(3, 2).to_template()
    contents = []
    for name in ("一.docx", "二.docx"):
        render(SHIPPED / "paper.docx", data, tmp_path / name, Progress(), sample_picture)
        contents.append((tmp_path / name).read_bytes())
    assert contents[0] == contents[1]


def test_rendering_leaves_no_trace_in_the_libraries(tmp_path: Path) -> None:
    def state() -> list[object]:
        return [
            Image.MAX_IMAGE_PIXELS,
            ImagePart.sha1,
            docxtpl.DocxTemplate.render_xml_part,
            dict(FILTERS),
            dict(DEFAULT_NAMESPACE),
        ]

    before = state()
    render(SHIPPED / "paper.docx", sample_paper(2, 1).to_template(), tmp_path / "底稿.docx", Progress(), sample_picture)
    assert state() == before


def test_importing_the_module_loads_no_word_library() -> None:
    heavy = {"docx", "docxtpl", "jinja2", "openpyxl", "python_calamine", "PIL"}
    code = f"import sys, xuncha_desktop.exports.catalog; print(sorted({heavy!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def _jpeg(size: tuple[int, int] = (800, 600), **options: object) -> bytes:
    target = BytesIO()
    Image.new("RGB", size, "navy").save(target, "JPEG", **options)
    return target.getvalue()


def _with_exif(size: tuple[int, int], orientation: int) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    return _jpeg(size, exif=exif)


def _pictures(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist() if name.startswith("word/media/")}


def _picture_template(folder: Path, content: Callable[[str], bytes], *keys: str) -> Path:
    tags = ("{%p for key in keys %}", "{{ key|picture(100, 80) }}", "{%p endfor %}")
    return fill(folder, {"keys": list(keys)}, *tags, pictures=lambda key: Original(content(key), key))


def _open(content: bytes) -> ImageFile:
    return Image.open(BytesIO(content))


def test_a_picture_is_scaled_and_fits_its_box(tmp_path: Path) -> None:
    result = _picture_template(tmp_path, lambda _: _jpeg((4000, 2000)), "a")
    (content,) = _pictures(result).values()
    assert _open(content).size == (1600, 800)
    shape = Document(str(result)).inline_shapes[0]
    assert (shape.width.mm, shape.height.mm) == pytest.approx((100, 50), abs=0.1)
    assert faults(result) == []


@pytest.mark.parametrize("size", [(400, 200), (3000, 1500)])
def test_a_picture_is_turned_upright_and_loses_what_the_camera_wrote(tmp_path: Path, size: tuple[int, int]) -> None:
    (content,) = _pictures(_picture_template(tmp_path, lambda _: _with_exif(size, 6), "a")).values()
    picture = _open(content)
    assert picture.height == 2 * picture.width
    assert b"SecretCamera" not in content
    assert not picture.getexif()


def test_a_picture_that_needs_no_change_loses_only_its_notes(tmp_path: Path) -> None:
    original = _with_exif((400, 300), 1)
    hidden = original + b"PK hidden archive"
    (content,) = _pictures(_picture_template(tmp_path, lambda _: hidden, "a")).values()
    assert b"SecretCamera" not in content
    assert b"hidden" not in content
    assert _open(content).tobytes() == _open(original).tobytes()


def test_the_same_picture_is_stored_once(tmp_path: Path) -> None:
    result = _picture_template(tmp_path, lambda _: _jpeg(), "a", "b", "a")
    assert len(_pictures(result)) == 1
    assert len(Document(str(result)).inline_shapes) == 3
    assert faults(result) == []


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16", "CMYK"])
def test_pictures_of_all_modes_are_taken(tmp_path: Path, mode: str) -> None:
    target = BytesIO()
    Image.new(mode, (60, 40)).save(target, "TIFF" if mode in ("CMYK", "I;16") else "PNG")
    (content,) = _pictures(_picture_template(tmp_path, lambda _: target.getvalue(), "a")).values()
    assert _open(content).size == (60, 40)


@pytest.mark.parametrize(
    "content",
    [b"", b"no picture", b"<svg xmlns='http://www.w3.org/2000/svg'/>", _jpeg()[:400], b"GIF89a" + b"\0" * 20],
    ids=["empty", "text", "svg", "truncated", "gif"],
)
def test_a_broken_picture_is_told_with_its_place(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(UserError, match="“a”不能读取"):
        _picture_template(tmp_path, lambda _: content, "a")
    assert not (tmp_path / "结果.docx").exists()


@pytest.mark.parametrize("side", [7100, 9500, 60_000])
def test_a_decompression_bomb_is_refused_unopened(tmp_path: Path, side: int) -> None:
    header = BytesIO()
    Image.new("1", (1, 1)).save(header, "PNG")
    bomb = bytearray(header.getvalue())
    bomb[16:24] = side.to_bytes(4) * 2
    bomb[29:33] = zlib.crc32(bomb[12:29]).to_bytes(4)
    with pytest.raises(UserError, match="超过 5000 万像素"):
        _picture_template(tmp_path, lambda _: bytes(bomb), "a")


def test_cancelling_between_pictures_leaves_nothing(tmp_path: Path) -> None:
    progress = Progress()

    def source(key: str) -> Original:
        progress.cancel()
        return Original(_jpeg(), key)

    template = make_template(tmp_path / "模板.docx", "{{ a|picture }}", "{{ b|picture }}")
    with pytest.raises(Cancelled):
        render(template, {"a": "1", "b": "2"}, tmp_path / "结果.docx", progress, source)
    assert [path.name for path in tmp_path.iterdir()] == ["模板.docx"]


def _replace_part(package: Path, name: str, change: Callable[[bytes], bytes]) -> None:
    with zipfile.ZipFile(package) as source:
        parts = {item: source.read(item) for item in source.namelist()}
    parts[name] = change(parts[name])
    with zipfile.ZipFile(package, "w") as target:
        for item, content in parts.items():
            target.writestr(item, content)


def _add_footnotes(template: Path, text: str) -> None:
    """Give a template two sections and a footnote part, which python-docx cannot make."""
    document = Document(str(template))
    document.add_section()
    document.save(str(template))
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    typed = f'<Override PartName="/word/footnotes.xml" ContentType="{kind}"/></Types>'.encode()
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    _replace_part(
        template,
        "[Content_Types].xml",
        lambda xml: xml.replace(b"</Types>", typed),
    )
    _replace_part(
        template,
        "word/_rels/document.xml.rels",
        lambda xml: xml.replace(
            b"</Relationships>",
            f'<Relationship Id="rIdNotes" Type="{relation}" Target="footnotes.xml"/></Relationships>'.encode(),
        ),
    )
    note = f'<w:footnote w:id="1"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:footnote>'
    with zipfile.ZipFile(template, "a") as package:
        package.writestr("word/footnotes.xml", f'<w:footnotes xmlns:w="{space}">{note}</w:footnotes>')
