"""Papers with everything a final export asks for, made without the way through review."""

from pathlib import Path
from typing import Any

from sqlalchemy import select

from xuncha_desktop.exports import catalog
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import ProblemType
from xuncha_desktop.services import cases, export_records, lists, records
from xuncha_desktop.store.store import Store


def the_inspection(store: Store) -> str:
    """The small case's only inspection."""
    return lists.ids(store, lists.Query("inspection"))[0]


def add_paper(store: Store, title: str, **more: Any) -> str:
    """A complete paper, approved unless said otherwise; its type is C102 unless said otherwise."""
    inspection = the_inspection(store)
    with store.read() as session:
        kind = session.scalars(select(ProblemType.id).where(ProblemType.code == "C102")).one()
    proof = records.create(store, "evidence", {"name": "虚构合同", "kind": "contract", "inspection": inspection})
    count = lists.count(store, lists.Query("paper"))
    values = {
        "inspection": inspection,
        "title": title,
        "state": "approved",
        "official_number": f"〔2031〕09-01-09-XGZ-DG-{count + 1:03}",
        "destination": "report",
        "problem_type": kind,
        "level": "own",
        "dated": "2031-03-20",
        "overview": f"{title}的概述。",
        "verified_facts": "查证的事实。",
        "typical_case": "典型事例。",
        "basis": "《虚构规定》第一条。",
        "sources": ("documents",),
        "parties": ({"kind": "main", "name": "虚构镇党委", "note": ""},),
        "citations": ({"evidence": proof, "pages": "3"},),
        "handlers": tuple(member.id for member, _ in cases.members(store)),
        "amount": 12_500_000,
    }
    return records.create(store, "paper", {**values, **more})


def write_report(store: Store) -> str:
    """A report whose texts are all there."""
    return records.create(
        store,
        "report",
        {
            "inspection": the_inspection(store),
            "title": "关于巡察虚构镇党委情况的报告",
            "addressee": "市委巡察工作领导小组",
            "evaluation": "总体评价。",
            "leadership": "班子评价。",
            "suggestions": "第一条建议。",
            "signature": "市委第九巡察组",
            "dated": "2031-05-10",
        },
    )


def export_report(store: Store, folder: Path) -> str:
    """Export the report of the small case as a draft; its export record."""
    inspection = the_inspection(store)
    document = catalog.BY_KIND["report"]
    catalog.export(store, document, inspection, folder / "报告.docx", draft=True, progress=Progress())
    return export_records.reports(store, inspection)[0].id
