"""Texts with their sources put together and cut: what documents do with the values they print."""

from collections.abc import Iterator
from itertools import chain

from xuncha_desktop import rich
from xuncha_desktop.exports.traces import Sourced, Span, formatted, fresh_token, joined, sourced


def of_field(text: str, entity: str, record: str | None, field: str, part: str = "") -> str:
    """A text with its source; without a record there is nothing to trace it to."""
    return sourced(text, entity, record, field, part=part) if record else formatted(text)


def listed(between: str, *texts: str) -> Sourced:
    """Those that say something, with a sign between them."""
    pieces = [piece for text in texts if text for piece in (between, text)]
    return joined(*pieces[1:])


def stacked(*texts: str) -> Sourced:
    """Those that say something, one below the other, each set as it was written."""
    said = [text for text in texts if text]
    whole = listed("\n", *said)
    if not any(isinstance(text, Sourced) and text.blocks for text in said):
        return whole
    blocks = chain.from_iterable(
        text.blocks if isinstance(text, Sourced) and text.blocks else rich.blocks(text) for text in said
    )
    return Sourced(whole, whole.spans, tuple(blocks))


def cut(text: str, start: int, end: int) -> str:
    """A part of a text in plain words; what it has of each piece keeps the source, under a token of its own."""
    if not isinstance(text, Sourced):
        return text[start:end]
    return Sourced(text[start:end], tuple(_within(text, start, end)))


def _within(text: Sourced, start: int, end: int) -> Iterator[Span]:
    for span in text.spans:
        begin, finish = max(span.start, start), min(span.end, end)
        if (begin, finish) == (span.start, span.end):
            yield span.moved(-start)
        elif begin < finish:
            yield Span(begin - start, finish - start, fresh_token(), span.source)
