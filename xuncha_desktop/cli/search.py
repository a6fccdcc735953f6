"""Finding words in a case."""

from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict

from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.cli.given import opened
from xuncha_desktop.services import search
from xuncha_desktop.services.search import Excerpt, Found, Hit


def find(arguments: Namespace) -> Answer:
    """Records and pages in which all the words stand, by kind, each with the passage."""
    words = [word for argument in arguments.words for word in search.read_words(argument)]
    query = search.Query(
        words, kinds=arguments.kind or (), with_identities=arguments.with_identities, limit=arguments.limit
    )
    with opened(arguments) as case:
        search.catch_up(case.store, progress())
        found = search.find(case.store, query)
        if found.behind:  # the index turned out to be damaged and was taken away
            search.catch_up(case.store, progress())
            found = search.find(case.store, query)
    data = {"words": words, "count": found.count, "groups": [asdict(group) for group in found.groups]}
    return Answer(data, list(_lines(found)) or ["没有找到。"])


def _lines(found: Found) -> Iterator[str]:
    for group in found.groups:
        yield f"{group.label}　{group.count:,}"
        for hit in group.hits:
            yield f"  {'　'.join(part for part in (_marked(hit), hit.number, hit.record) if part)}"
            for passage in hit.passages:
                yield f"    {passage.label}：{_with_marks(passage.excerpt)}"
        if group.count > len(group.hits):
            yield f"  另有 {group.count - len(group.hits):,} 条，可用 --limit 列出"


def _marked(hit: Hit) -> str:
    return _with_marks(Excerpt(hit.title, hit.title_marks))


def _with_marks(piece: Excerpt) -> str:
    text = piece.text
    for start, end in reversed(piece.marks):
        text = f"{text[:start]}【{text[start:end]}】{text[end:]}"
    return text
