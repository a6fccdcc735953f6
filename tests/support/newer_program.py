"""A case in which a newer program has written: every closed list has a code this program does not know."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import select

from xuncha_desktop.model import Field, Kind, entities, fields
from xuncha_desktop.store.store import Store

CODE, WORDS = "newer", "新程序的选项"
SHOWN = f"未知（{CODE}）"


def closed_lists(entity: str) -> list[Field]:
    """The fields of an entity that hold codes."""
    return [described for described in fields(entity).values() if described.kind in (Kind.ENUM, Kind.ENUMS)]


@contextmanager
def newer_program() -> Iterator[None]:
    """The program as it will be: one code more in every closed list."""
    lists: list[dict[str, str]] = []
    for entity in entities():
        for described in closed_lists(entity):
            assert isinstance(described.choices, dict)
            lists.append(described.choices)
    for choices in lists:
        choices[CODE] = WORDS
    try:
        yield
    finally:
        for choices in lists:
            choices.pop(CODE, None)


def write_newer_codes(store: Store, *, but: frozenset[str] = frozenset()) -> int:
    """Let the newer program put its code into every closed list of every record; how many values it wrote.

    A field named in `but` ("paper.state") keeps what it has; a field of several codes gets one more.
    """
    count = 0
    with newer_program(), store.write("新程序写的") as session:
        for entity, cls in entities().items():
            named = [described for described in closed_lists(entity) if f"{entity}.{described.name}" not in but]
            for record in session.scalars(select(cls)):
                for described in named:
                    several = described.kind is Kind.ENUMS
                    before = getattr(record, described.name)
                    setattr(record, described.name, (*before, CODE) if several else CODE)
                    count += 1
    return count
