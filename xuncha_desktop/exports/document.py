"""What every kind of document is: whom it is made of, and its steps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xuncha_desktop.exports.check_sheet import CheckSheet
from xuncha_desktop.exports.declared import Declared
from xuncha_desktop.exports.templates import word_template
from xuncha_desktop.exports.word.pictures import Original
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store.store import Store

WORD = ".docx"


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document: what it is made of, and its steps. Check and collect go by one reading of the case."""

    kind: str  # a code of EXPORT_KINDS
    subject: str  # the entity whose id `read` takes
    title: str
    suffix: str
    check: Callable[[Store, Any], CheckSheet]
    collect: Callable[[Store, Any, bool], Any]
    write: Callable[[Any, Path, Progress], tuple[str, ...]]
    template: Declared | None = None  # what the template doctor goes by
    shown_at: str = ""  # the entity of the register whose list offers it, beside the report screen
    read: Callable[[Store, str], Any] = lambda _, record: record  # what `check` and `collect` take

    def sheet(self, store: Store, record: str) -> CheckSheet:
        """What is missing, left out or in conflict."""
        return self.check(store, self.read(store, record))

    def collected(self, store: Store, record: str, *, draft: bool) -> Any:
        """What it would print now."""
        return self.collect(store, self.read(store, record), draft)


@dataclass(frozen=True, slots=True)
class WordFile:
    """A Word document ready to be written; pictures are read one by one while it is."""

    inspection: str | None
    papers: int | None  # how many papers went in; None where it is not made of papers
    template: Path
    content: Mapping[str, object]
    unprinted: frozenset[str]  # names that repeat others, or choose something, and are not looked for in the file
    read_picture: Callable[[str], Original] | None = None
    aliases: Mapping[str, str] = field(default_factory=dict[str, str])  # Chinese names of the content
    attest: Callable[[Progress], tuple[str, ...]] | None = None  # looks at what is cited first; sentences on it


def word_file(
    inspection: str | None, papers: int | None, template: str, content: Mapping[str, object], aliases: Mapping[str, str]
) -> WordFile:
    """A document without pictures; `aliases` are the Chinese names of its content."""
    named = {**content, **{alias: content[name] for alias, name in aliases.items()}}
    return WordFile(inspection, papers, word_template(template), named, frozenset(aliases), aliases=aliases)


def write(file: WordFile, target: Path, progress: Progress) -> tuple[str, ...]:
    """Write the document and read it back: what its template loses refuses the export, what it leaves out is told."""
    told = file.attest(progress) if file.attest else ()
    left_out = render(file.template, file.content, target, progress, file.read_picture, file.unprinted, file.aliases)
    if left_out:
        told = (*told, f"按模板“{file.template.name}”里写明的“不打印”，没有印：{'、'.join(left_out)}。")
    return told
