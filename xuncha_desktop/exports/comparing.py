"""An edited Word file against the case: what of it is no longer the same, and what has no origin."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xuncha_desktop.differences import excerpts
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import bare_words, traces
from xuncha_desktop.exports.catalog import BY_KIND, Document
from xuncha_desktop.exports.trace_words import label, paper_of
from xuncha_desktop.exports.traces import Source, Trace
from xuncha_desktop.exports.word.marked import Body, Piece, read_edited
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import ExportRecord
from xuncha_desktop.services import export_records, records
from xuncha_desktop.store.store import Store

KINDS: Mapping[str, str] = {
    "written": "没有出处",
    "edited": "文件中改过",
    "changed": "案卷后来改过",
    "both": "两处都改过",
    "gone": "文件中已不在",
    "added": "案卷中新增",
}
_MOST_SHOWN = 40
_MOST_OF_IT = 40  # percent
_AROUND, _MOST_EXCERPT = 4, 24  # characters beside what differs, and of it


@dataclass(frozen=True, slots=True)
class Difference:
    """One text or number on which file and case do not agree."""

    kind: str  # a key of KINDS
    source: Source
    label: str  # 底稿“…”的涉及金额
    paper: str  # id of the paper to look at; "" where there is none
    heading: str  # the last one above in the file; "" where it stands nowhere in it
    paragraph: int  # 0 where it stands nowhere
    printed: str  # at the export; "" for what is new
    in_file: str
    in_case: str

    def place(self) -> str:
        """Where in the file."""
        where = f"“{self.heading}”下，" if self.heading else ""
        return f"{where}全文第 {self.paragraph} 段" if self.paragraph else ""

    def journey(self) -> str:
        """What was printed, what the file says, what the case says now; of long texts only where they differ."""
        if self.kind == "written":
            before, written = excerpts((self.printed, self.in_file), _AROUND, _MOST_SHOWN)
            return (f"导出时“{before}” → 文件中" if before else "") + f"“{written}”，案卷里没有出处"
        printed, in_file, in_case = excerpts((self.printed, self.in_file, self.in_case), _AROUND, _MOST_EXCERPT)
        gone = {"gone": "书签已不在", "added": "没有"}.get(self.kind, f"“{in_file}”")
        steps = (
            f"导出时“{printed}”" if printed else "导出时没有",
            f"文件中{gone}",
            f"案卷现在“{in_case}”" if in_case else "案卷现在没有",
        )
        return " → ".join(steps)

    def words(self) -> str:
        """The whole finding as a sentence; of long texts only where they differ."""
        if self.kind == "written":
            return "：".join(filter(None, (self.place(), self.label, self.journey())))
        said = excerpts((self.printed, self.in_file, self.in_case), _AROUND, _MOST_SHOWN)
        printed, in_file, in_case = (f"“{text}”" for text in said)
        now = f"是{in_case}" if self.in_case else "已没有这一处"
        told = {
            "edited": f"文件中是{in_file}，案卷中是{in_case}",
            "changed": f"文件中仍是{in_file}，案卷中现在{now}",
            "both": f"导出时是{printed}，文件中改为{in_file}，案卷现在{now}",
            "gone": f"{printed}的书签已不在文件中，该处被删去或整段重写，请人工对照",
            "added": f"文件中没有{in_case}，是导出以后才有的",
        }[self.kind]
        return "：".join(filter(None, (self.place(), f"{self.label}，{told}")))


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came out for one file."""

    file: str
    title: str
    exported_at: int
    traced: int  # texts and numbers that were compared with the case
    share: int  # percent of the file's words that they are
    differences: tuple[Difference, ...]

    @property
    def is_partial(self) -> bool:
        """Whether most of the file has no source: that it agrees says little then."""
        return self.share < _MOST_OF_IT

    def sentence(self) -> str:
        """What came out, and what was not compared: no document agrees whose words mostly have no source."""
        compared = f"{self.traced:,} 处有出处的文字和数字（约占全文的 {self.share}%）"
        scope, rest = f"共核对 {compared}", ""
        if self.is_partial:
            scope, rest = f"只核对了 {compared}", "；其余没有出处，没有与案卷核对，请人工核对"
        if self.differences:
            return f"“{self.file}”有 {len(self.differences):,} 处与案卷不一致，{scope}{rest}"
        if self.is_partial:
            return f"“{self.file}”{scope}，这些地方没有发现不一致{rest}"
        return f"“{self.file}”与案卷一致，{scope}，正文里没有另外加上的文字"


def compare(store: Store, file: Path, progress: Progress) -> Comparison:
    """Compare a file of ours that others may have edited with the case as it is now (a job)."""
    progress.step(0, 3, "正在读取文件")
    body = read_edited(file)
    document, export, rows = _export_of(store, file, body.pieces)
    printed, bare = traces.unpacked(rows), traces.bare(rows)
    body.mend({trace.token: trace.text for trace in printed})
    progress.step(1, 3, "正在读取案卷")
    subject = _subject(document, export, printed)
    if subject is None:
        raise UserError(f"“{file.name}”的导出记录没有写明巡察任务，无法与案卷对照；请重新导出后再核对。")
    now = list(traces.of_content(document.collected(store, subject, draft=export.draft).content))
    progress.step(2, 3, "正在逐处对照")
    raw = _differences(printed, now, body.pieces, bare)
    named = records.titles(store, "paper", {paper for source, *_ in raw if (paper := paper_of(source))})
    changed = [
        Difference(
            kind,
            source,
            label(source, named),
            paper_of(source),
            piece.heading if piece else "",
            piece.paragraph if piece else 0,
            text,
            piece.text if piece else "",
            current,
        )
        for source, kind, text, current, piece in raw
    ]
    differences = (*_written(body, printed, bare, now), *changed)
    return Comparison(file.name, document.title, export.exported_at or 0, len(printed), body.share(), differences)


def _subject(document: Document, export: ExportRecord, printed: Iterable[Trace]) -> str | None:
    """The record the document is made of: the inspection, or the one its first words come from."""
    if document.subject == "inspection":
        return export.inspection
    sources = (trace.source for trace in printed)
    return next((source.record for source in sources if source.entity == document.subject and source.record), None)


def _written(body: Body, printed: Sequence[Trace], bare: Sequence[str], now: Collection[Trace]) -> list[Difference]:
    """What neither the case nor the template said."""
    return [
        Difference(
            "written",
            Source(""),
            "文件中加上的文字",
            "",
            each.at.heading,
            each.at.paragraph,
            each.printed,
            each.text,
            "",
        )
        for each in bare_words.written(body, printed, bare, now)
    ]


def _export_of(store: Store, file: Path, found: Iterable[Piece]) -> tuple[Document, ExportRecord, list[dict[str, Any]]]:
    """The export the file comes from, the one most of its bookmarks are of, with what its record keeps of it."""
    tokens = {piece.token for piece in found}
    if not tokens:
        raise UserError(
            f"“{file.name}”里没有追溯书签，无法核对；请选由这份案卷导出的报告、汇报材料、反馈意见、"
            "谈话情况报告、测评统计、底稿或底稿汇编（docx），在 Word 里改过的也可以，其他文书没有书签。"
        )
    most = 0
    best: tuple[Document, ExportRecord, list[dict[str, Any]]] | None = None
    for export, rows in export_records.traced(store):
        common = len(tokens & {trace.token for trace in traces.unpacked(rows)})
        if common > most:
            most, best = common, (BY_KIND[export.kind], export, rows)
        if common == len(tokens):
            break
    if best is None:
        raise UserError(f"“{file.name}”是从别的案卷导出的，这份案卷里没有它的导出记录；请在导出它的案卷里核对。")
    return best


_Raw = tuple[Source, str, str, str, Piece | None]  # source, kind, text at the export, text now, place


def _differences(
    printed: Sequence[Trace], now: Sequence[Trace], found: Iterable[Piece], bare: Iterable[str]
) -> list[_Raw]:
    """In the order of the file's export; what is new in the case comes last."""
    standing: dict[str, Piece] = {}
    for piece in found:
        standing.setdefault(piece.token, piece)
    after = _texts(_by_source(now))
    replaced, added = _replacements(printed, now)
    raw: list[_Raw] = []
    for trace in printed:
        current = after.get(_key(trace.source), [])
        piece = standing.get(trace.token)
        same = trace.text in current
        text_now = trace.text if same else replaced.get(trace.token, "")
        if piece is None:
            raw.append((trace.source, "gone", trace.text, text_now, None))
        elif piece.says(trace.text):
            if not same:
                raw.append((trace.source, "changed", trace.text, text_now, piece))
        elif piece.text not in current:
            raw.append((trace.source, "edited" if same else "both", trace.text, text_now, piece))
    new = [trace for trace in now if trace.token in added]
    return raw + [(trace.source, "added", "", trace.text, None) for trace in _unsaid(new, printed, bare)]


def _unsaid(new: Iterable[Trace], printed: Iterable[Trace], bare: Iterable[str]) -> Iterator[Trace]:
    """Without what the file said under no bookmark: a template may, and the exports of earlier versions did."""
    known = {_key(trace.source) for trace in printed}
    said = "\n".join(bare)
    return (trace for trace in new if _key(trace.source) in known or trace.text not in said)


_Key = tuple[str, str, str, str]


def _key(source: Source) -> _Key:
    return source.entity, source.record, source.field, source.part


def _by_source(every: Iterable[Trace]) -> dict[_Key, list[Trace]]:
    found: dict[_Key, list[Trace]] = {}
    for trace in every:
        found.setdefault(_key(trace.source), []).append(trace)
    return found


def _texts(every: Mapping[_Key, list[Trace]]) -> dict[_Key, set[str]]:
    return {key: {trace.text for trace in of} for key, of in every.items()}


def _replacements(printed: Sequence[Trace], now: Sequence[Trace]) -> tuple[dict[str, str], set[str]]:
    """What stands in the case now for a text that changed, by token, and the tokens of what is new in it.

    A field has several texts where it has several paragraphs: those that changed are paired in their order.
    """
    before, after = _by_source(printed), _by_source(now)
    texts_before, texts_after = _texts(before), _texts(after)
    replaced: dict[str, str] = {}
    added: set[str] = set()
    for key, current in after.items():
        old = [trace for trace in before.get(key, ()) if trace.text not in texts_after[key]]
        new = [trace for trace in current if trace.text not in texts_before.get(key, ())]
        replaced |= {one.token: other.text for one, other in zip(old, new, strict=False)}
        added |= {trace.token for trace in new[len(old) :]}
    return replaced, added
