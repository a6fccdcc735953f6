"""Where a document's words come from: texts that carry their source, each under a token the file will bear."""

import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any, Self

from xuncha_desktop import rich
from xuncha_desktop.model import fields
from xuncha_desktop.rich import Block
from xuncha_desktop.services import export_records
from xuncha_desktop.services.export_data import Counted
from xuncha_desktop.store.journal import NEW
from xuncha_desktop.store.store import Store

PREFIX = "_x"  # a bookmark whose name begins with _ is hidden in Word
TOKEN_LENGTH = 10
_BARE = "bare"  # in a record of an export: words under no token


@dataclass(frozen=True, slots=True)
class Source:
    """The field of a record a text was taken from, or the records a number was counted from."""

    entity: str
    record: str = ""  # "" where there is none but those counted
    field: str = ""
    counted: Counted | None = None
    part: str = ""  # which of the field's values, where it has several: a row and its column, an answer


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of a text, its source, and the token of its bookmark."""

    start: int
    end: int
    token: str
    source: Source

    def moved(self, by: int) -> "Span":
        """The same in a text that begins elsewhere."""
        return Span(self.start + by, self.end + by, self.token, self.source)


class Sourced(str):
    """A text in plain words that knows which pieces of it came from which record, and how it is set."""

    spans: tuple[Span, ...]
    blocks: tuple[Block, ...]  # () where there is nothing but words

    def __new__(cls, text: str, spans: tuple[Span, ...], blocks: tuple[Block, ...] = ()) -> Self:
        """Mark `text` with the sources of its pieces."""
        sourced = super().__new__(cls, text)
        sourced.spans = spans
        sourced.blocks = blocks
        return sourced


@dataclass(frozen=True, slots=True)
class Trace:
    """What an export record keeps of one bookmark."""

    token: str
    source: Source
    text: str  # as printed
    heads: tuple[str, ...] = ()  # of the field, when it was printed


def sourced(
    text: str, entity: str, record: str = "", field: str = "", counted: Counted | None = None, part: str = ""
) -> Sourced:
    """A text of one field; each paragraph, point and cell of it is traced by itself."""
    source = Source(entity, record, field, counted, part)
    spans = tuple(Span(start, start + len(words), fresh_token(), source) for start, words in rich.pieces(text) if words)
    return Sourced(rich.plain(text), spans, _blocks(text))


def fresh_token() -> str:
    """What another bookmark will be called."""
    return secrets.token_hex(TOKEN_LENGTH // 2)


def formatted(text: str) -> str:
    """A text without a source, set as it was written."""
    return Sourced(rich.plain(text), (), blocks) if (blocks := _blocks(text)) else text


def _blocks(text: str) -> tuple[Block, ...]:
    return tuple(rich.blocks(text)) if rich.is_rich(text) else ()


def joined(*pieces: str) -> Sourced:
    """Pieces put together; those with a source keep it."""
    spans: list[Span] = []
    length = 0
    for piece in pieces:
        if isinstance(piece, Sourced):
            spans += (span.moved(length) for span in piece.spans)
        length += len(piece)
    return Sourced("".join(pieces), tuple(spans))


def of_content(content: object) -> Iterator[Trace]:
    """Every traced piece of a document's data, in its order and each once."""
    seen: set[str] = set()
    for text in _sourced_texts(content):
        for span in text.spans:
            if span.token not in seen:
                seen.add(span.token)
                yield Trace(span.token, span.source, text[span.start : span.end])


def rewritten(content: object, change: Callable[[str, str], str], path: str = "") -> Any:
    """A document's data with each text changed, given the text and its place in the data."""
    if isinstance(content, str):
        return change(content, path)
    if isinstance(content, Mapping):
        dot = f"{path}." if path else ""
        return {name: rewritten(item, change, f"{dot}{name}") for name, item in content.items()}
    if isinstance(content, list | tuple):
        return [rewritten(item, change, f"{path}[{number}]") for number, item in enumerate(content)]
    return content


def covered(text: str) -> Sourced:
    """The text with a token of its own for each piece that no record gave."""
    if isinstance(text, Sourced) and text.blocks:  # each paragraph, point and cell has one, or none
        known = {span.start for span in text.spans}
        whole = [
            Span(start, start + len(words), fresh_token(), Source("")) for start, words in rich.pieces_of(text.blocks)
        ]
        more = (span for span in whole if span.end > span.start and span.start not in known)
        return Sourced(text, tuple(sorted((*text.spans, *more), key=lambda span: span.start)), text.blocks)
    found: list[Span] = []
    end = 0
    for span in text.spans if isinstance(text, Sourced) else ():
        found += (*_unsourced(text, end, span.start), span)
        end = span.end
    return Sourced(text, (*found, *_unsourced(text, end, len(text))))


def _unsourced(text: str, start: int, end: int) -> Iterator[Span]:
    return (span.moved(start) for span in sourced(text[start:end], "").spans)


def bearing(content: object, kept: Sequence[Trace]) -> Any:
    """The data under the tokens of an earlier export; None where it does not say what that export said, in order."""
    old = iter(kept)
    waited = next(old, None)
    again: dict[str, str] = {}
    for trace in of_content(content):
        if waited and (waited.source, waited.text) == (trace.source, trace.text):
            again[trace.token] = waited.token
            waited = next(old, None)
    if waited:
        return None

    def change(text: str, _: str) -> str:
        if not isinstance(text, Sourced):
            return text
        spans = tuple(replace(span, token=again.get(span.token, span.token)) for span in text.spans)
        return Sourced(text, spans, text.blocks)

    return rewritten(content, change)


def with_heads(store: Store, traces: Iterable[Trace]) -> tuple[Trace, ...]:
    """The same with the heads of their fields."""
    every = list(traces)
    heads = export_records.heads(store, {(trace.source.entity, trace.source.record) for trace in every})

    @cache
    def of(entity: str, record: str, field: str) -> tuple[str, ...]:
        described = fields(entity).get(field)
        if described is None or not described.column:
            return ()
        return heads.get((entity, record, described.column)) or heads.get((entity, record, NEW), ())

    return tuple(replace(each, heads=of(each.source.entity, each.source.record, each.source.field)) for each in every)


def packed(traces: Sequence[Trace], file: Path) -> list[str]:
    """As the export record keeps them: those whose token the file bears, and the words of the file outside of them."""
    if not traces:
        return []
    from xuncha_desktop.exports.word.marked import borne  # lxml only where a document is made

    tokens, bare = borne(file)
    kept = [_row(trace) for trace in traces if trace.token in tokens]
    return export_records.packed([*kept, *({_BARE: words} for words in bare)]) if kept else []


def _row(trace: Trace) -> dict[str, Any]:
    """A trace by the names of its fields; `asdict` takes ten times as long, and there are thousands."""
    source, counted = trace.source, trace.source.counted
    return {
        "token": trace.token,
        "source": {
            "entity": source.entity,
            "record": source.record,
            "field": source.field,
            "counted": {"entity": counted.entity, "records": counted.records} if counted else None,
            **({"part": source.part} if source.part else {}),
        },
        "text": trace.text,
        "heads": trace.heads,
    }


def unpacked(rows: Sequence[Mapping[str, Any]]) -> tuple[Trace, ...]:
    """The other way round."""
    return tuple(
        Trace(row["token"], _source(row["source"]), row["text"], tuple(row["heads"]))
        for row in rows
        if _BARE not in row
    )


def bare(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """What the file said outside of its bookmarks, which is what the template prints."""
    return [row[_BARE] for row in rows if _BARE in row]


def _source(row: Mapping[str, Any]) -> Source:
    counted = row["counted"]
    if counted is not None:
        counted = Counted(counted["entity"], tuple(counted["records"]))
    return Source(row["entity"], row["record"], row["field"], counted, row.get("part", ""))


def _sourced_texts(content: object) -> Iterator[Sourced]:
    if isinstance(content, Sourced):
        yield content
    elif isinstance(content, Mapping):
        for item in content.values():
            yield from _sourced_texts(item)
    elif isinstance(content, list | tuple):
        for item in content:
            yield from _sourced_texts(item)
