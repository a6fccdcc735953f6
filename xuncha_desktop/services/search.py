"""查找: every record, paper, name and page of evidence in which words stand, each with the place it stands in."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import Kind, fields
from xuncha_desktop.services import evidence_parts, lists
from xuncha_desktop.services.search_passages import Excerpt, Span, excerpt, spans
from xuncha_desktop.services.search_texts import PAGES, labels
from xuncha_desktop.services.search_upkeep import catch_up, is_behind, missing_evidence_text, put_evidence_text
from xuncha_desktop.store.search_file import IndexLost
from xuncha_desktop.store.search_index import FIRST_RECORD, Indexed, SearchIndex, kind_of
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text, search_key

__all__ = [
    "PAGES",
    "Excerpt",
    "Found",
    "Group",
    "Hit",
    "Passage",
    "Query",
    "catch_up",
    "find",
    "labels",
    "missing_evidence_text",
    "put_evidence_text",
    "read_words",
    "spans",
    "states",
]

_MOST_PASSAGES = 3
_INITIALS = re.compile("[a-z]{2,}")


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched for: records in which every word stands, whatever the width and case of its letters."""

    words: Sequence[str]
    kinds: Sequence[str] = ()  # keys of `search_texts.labels`; none: all
    inspections: Sequence[str] = ()
    members: Sequence[str] = ()
    states: Sequence[str] = ()  # "paper:draft"
    since: str | None = None
    until: str | None = None
    with_identities: bool = False  # also who was talked to, visited, or reported something
    by_initials: bool = False  # a title is also found by the initials of its pinyin
    limit: int = 20  # of each kind


@dataclass(frozen=True, slots=True)
class Passage:
    """A place in a record: the field, or the page of its file, and what stands there."""

    field: str
    label: str
    excerpt: Excerpt
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A record found; of evidence, one of its pages."""

    entity: str
    record: str
    title: str
    title_marks: tuple[Span, ...]
    number: str
    inspection: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """What was found of one kind."""

    kind: str
    label: str
    count: int
    hits: tuple[Hit, ...]  # titles first, then the newest; `limit` of them


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of a search."""

    groups: tuple[Group, ...]
    behind: bool  # the index has not read everything yet

    @property
    def count(self) -> int:
        """How many there are of all kinds."""
        return sum(group.count for group in self.groups)


def read_words(text: str) -> list[str]:
    """The words of a search line, parted by blanks; what stands in straight quotes is one word with its blanks."""
    return [quoted or plain for quoted, plain in re.findall(r'(?<!\S)"([^"]+)"(?!\S)|(\S+)', text)]


def find(store: Store, query: Query, progress: Progress | None = None) -> Found:
    """Search the index (a job); nothing found and `behind` while there is none."""
    keys = [key for word in dict.fromkeys(query.words) if (key := search_key(clean_text(word)))]
    try:
        with SearchIndex.reading(store.folder, store.keys, progress) as index:
            groups = _Search(store, index, query, keys).groups() if keys else ()
            return Found(groups, is_behind(store, index))
    except IndexLost:
        return Found((), behind=True)


class _Search:
    """One search under way: numbers of records and pages, from all to the few that are shown."""

    def __init__(self, store: Store, index: SearchIndex, query: Query, keys: Sequence[str]) -> None:
        self._store = store
        self._index = index
        self._query = query
        self._keys = keys
        self._allowed = self._filtered()

    def groups(self) -> tuple[Group, ...]:
        """What was found, the kinds in order."""
        every = [self._standing(key) for key in self._keys]
        whole = sorted(set.intersection(*map(set, every))) if len(every) > 1 else every[0]
        records = self._by_kind(whole[bisect_left(whole, FIRST_RECORD) :])
        found: list[Group] = []
        for kind, label in labels().items():
            if self._query.kinds and kind not in self._query.kinds:
                continue
            if kind == PAGES:
                found.append(self._page_group(label, every, whole))
            elif numbers := records.get(kind):
                found.append(Group(kind, label, len(numbers), self._record_hits(numbers[: self._query.limit])))
        return tuple(group for group in found if group.count)

    def _standing(self, key: str) -> list[int]:
        """Everything that has a word, in order."""
        found = self._index.match(key, ("body", "name", "private") if self._query.with_identities else ("body", "name"))
        if self._query.by_initials and _INITIALS.fullmatch(key):
            return sorted({*found, *self._index.named_like(key)})
        return found

    def _filtered(self) -> set[int] | None:
        query = self._query
        allowed: set[int] | None = None
        if query.inspections or query.members or query.since or query.until:
            allowed = self._index.kept(
                inspections=query.inspections, members=query.members, since=query.since, until=query.until
            )
        if query.states:
            wanted: dict[str, list[str]] = {}
            for state in query.states:
                entity, _, code = state.partition(":")
                wanted.setdefault(entity, []).append(code)
            standing = set[int]()
            for entity, codes in wanted.items():
                ids = lists.ids(self._store, lists.Query(entity, {"state": tuple(codes)}))
                standing |= self._index.numbers(entity, ids)
            allowed = standing if allowed is None else allowed & standing
        return allowed

    def _by_kind(self, numbers: Sequence[int]) -> dict[str, list[int]]:
        """Records by kind, in the order in which they are shown."""
        kinds = self._index.kinds()
        found: dict[str, list[int]] = {}
        for number in numbers:
            if self._allowed is None or number in self._allowed:
                found.setdefault(kinds[kind_of(number)], []).append(number)
        named = Counter(number for key in self._keys for number in self._index.match(key, ("name",))) if found else {}
        for listed in found.values():
            listed.reverse()
            listed.sort(key=lambda number: named.get(number, 0), reverse=True)  # keeps the order of equals
        return found

    def _page_group(self, label: str, every: Sequence[Sequence[int]], whole: Sequence[int]) -> Group:
        """Pages in which a word stands, and all others there or in what is noted of their evidence."""
        sets = [set(standing) for standing in every] if len(every) > 1 else []
        noted = {number for standing in sets for number in standing if number >= FIRST_RECORD}
        count, shown = 0, list[tuple[int, int, int]]()  # evidence, page, its place in the file
        for evidence, first, last in self._index.page_ranges():
            if self._allowed is not None and evidence not in self._allowed:
                continue
            if evidence in noted:
                there = [standing for standing in sets if evidence not in standing]
                pages = [page for page in range(first, last + 1) if _on_page(page, there, sets)]
            else:
                start = bisect_left(whole, first)
                pages = whole[start : bisect_left(whole, last + 1, start)]
            if pages:
                count += len(pages)
                shown += [(evidence, page, page - first + 1) for page in pages[: self._query.limit - len(shown)]]
        return Group(PAGES, label, count, self._page_hits(shown))

    def _record_hits(self, numbers: Sequence[int]) -> tuple[Hit, ...]:
        found = self._index.records(numbers, private=self._query.with_identities)
        return tuple(self._hit(found[number], self._passages(found[number])) for number in numbers)

    def _page_hits(self, pages: Sequence[tuple[int, int, int]]) -> tuple[Hit, ...]:
        evidence = self._index.records({number for number, _, _ in pages})
        texts = self._index.pages(page for _, page, _ in pages)
        names = {number: dict(found.texts).get("file_name", "") for number, found in evidence.items()}
        return tuple(
            self._hit(evidence[number], [Passage("", label, excerpt(texts[page], self._keys), place)])
            for number, page, place in pages
            if (label := evidence_parts.part(names[number], place, texts[page]))
        )

    def _hit(self, found: Indexed, passages: Iterable[Passage]) -> Hit:
        entry = found.entry
        return Hit(
            entry.entity,
            entry.record,
            entry.title,
            spans(entry.title, self._keys),
            entry.number,
            entry.inspection,
            tuple(islice(passages, _MOST_PASSAGES)),
        )

    def _passages(self, found: Indexed) -> list[Passage]:
        """Texts besides the title in which words stand that the texts before do not have."""
        described = fields(found.entry.entity)
        title = search_key(found.entry.title)
        standing: list[tuple[str, str, set[str]]] = []
        for field, text in found.texts:
            folded = search_key(text)
            here = {key for key in self._keys if key in folded}
            if described[field].kind is Kind.AUTO:  # a file is often called like its evidence
                here -= {key for key in here if key in title}
            if text != found.entry.title:
                standing.append((field, text, here))
        missing, passages = set(self._keys), list[Passage]()
        for field, text, here in sorted(standing, key=lambda place: -len(place[2])):
            if here & missing:
                passages.append(Passage(field, described[field].label, excerpt(text, self._keys)))
                missing -= here
        return passages


def _on_page(page: int, needed: Iterable[set[int]], every: Iterable[set[int]]) -> bool:
    return all(page in standing for standing in needed) and any(page in standing for standing in every)


def states(kinds: Iterable[str]) -> Mapping[str, str]:
    """What `Query.states` may hold for these kinds, with the words for it."""
    found: dict[str, str] = {}
    names = labels()
    for kind in kinds:
        state = lists.listed(kind).get("state") if kind != PAGES else None
        for code, words in (state.choices or {}).items() if state else ():
            found[f"{kind}:{code}"] = f"{words}　{names[kind]}"
    return found
