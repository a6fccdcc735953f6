"""清单: the items of an inspection with what came of each, and the papers each one led to."""

from dataclasses import dataclass

from sqlalchemy import select

from xuncha_desktop.model import CheckItem, CheckResult, Link, Paper
from xuncha_desktop.store.store import Store


@dataclass(frozen=True, slots=True)
class Line:
    """One item of an inspection's checklist."""

    result: str
    item: str
    code: str
    focus: str
    area: str
    text: str
    how: str
    basis: str
    must: bool
    state: str
    note: str
    papers: tuple[str, ...]  # titles of papers that name the item


def lines(store: Store, inspection: str) -> list[Line]:
    """All items of an inspection in the order of the checklist."""
    with store.read() as session:
        query = (
            select(CheckResult, CheckItem)
            .join(CheckItem, CheckItem.id == CheckResult.item)
            .where(CheckResult.inspection == inspection, CheckResult.deleted.is_(False))
            .order_by(CheckItem.position, CheckItem.id)
        )
        rows = [(row[0], row[1]) for row in session.execute(query)]
        linked = (
            select(Link.target, Paper.title)
            .join(Paper, Paper.id == Link.source)
            .where(
                Link.field == "paper.check_items",
                Link.deleted.is_(False),
                Paper.deleted.is_(False),
                Paper.inspection == inspection,
            )
            .order_by(Paper.id)
        )
        titles: dict[str, list[str]] = {}
        for target, title in session.execute(linked):
            titles.setdefault(target, []).append(title or "（未命名）")
    return [
        Line(
            result.id,
            item.id,
            item.code,
            item.focus,
            item.area,
            result.text,
            item.how,
            item.basis,
            item.must,
            result.state,
            result.note,
            tuple(titles.get(item.id, ())),
        )
        for result, item in rows
    ]
