"""示例案卷: fills a new case with the fictitious sample through the doors that users' work goes through."""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select

from xuncha_desktop import paths, sample_content, sample_files
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import CheckItem, CheckResult, Evidence, Inspection, Link, Paper, ProblemType, Unit
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.sample_content import SamplePaper
from xuncha_desktop.services import cases, evidence, making, papers, records, sample_records, sample_values
from xuncha_desktop.services.evidence import Incoming
from xuncha_desktop.services.numbers import next_number, next_official
from xuncha_desktop.services.sample_values import Known
from xuncha_desktop.store.slots import ArgonCost
from xuncha_desktop.store.store import Store

PASSWORD = "demo-password"
NOTE = "案卷说明.txt"
PAPERS = 46
_MAIN_UNIT = sample_content.UNITS[0]
_PER_BATCH = 500
_NOTE_WORDS = f"""这是巡察桌面的示例案卷，单位、地点、人员、事项、金额和文书全部虚构，与任何真实单位和个人无关。
可以随意试用，不要写入真实内容；不用时把整个文件夹删除即可。

sample-password: {PASSWORD}
"""
_RESULTS = {"clean": 11, "checking": 4, "open": 4, "not_applicable": 1}  # how often each state is drawn
_WHY_NOT = "该单位无此类事项，经查阅台账确认。"


def write_note(folder: Path) -> None:
    """Mark a folder as the sample's; the unlock page reads the password from this note."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / NOTE).write_text(_NOTE_WORDS, encoding="utf-8")


def build(folder: Path, progress: Progress, *, argon: ArgonCost | None = None) -> None:
    """Make the sample case in an empty folder, its leader at work there; whole or not at all (a job)."""
    with making.new_case(folder, PASSWORD, argon) as (case, _):
        write_note(folder)
        fill(case.store, progress=progress)


def fill(
    store: Store, *, count: int = PAPERS, pictures: int = 0, seed: int = 1, progress: Progress | None = None
) -> str:
    """Fill a new case with `count` papers and `pictures` photographs more than the sample has; the main inspection."""
    progress = progress or Progress()
    cases.begin(store, sample_values.plan())
    cases.remember_member(store, store.actor or "")
    known = _known(store)
    chosen = [_varied(number, seed) for number in range(count)]
    taken = _add_evidence(store, known, chosen, pictures, seed, progress)
    known = replace(known, evidence=taken)
    ids = sorted(new_id() for _ in chosen)
    for start in range(0, count, _PER_BATCH):
        progress.step(start, count, "正在写入示例底稿")
        part = slice(start, start + _PER_BATCH)
        _add_papers(store, known, chosen[part], ids[part], pictures)
    sample_records.add(store, known, dict(zip((paper.key for paper in chosen), ids, strict=True)))
    _mark_results(store, known, seed)
    _add_reports(store, known)
    progress.step(count, count, "示例案卷已写好")
    return known.inspections[_MAIN_UNIT]


def _known(store: Store) -> Known:
    with store.read() as session:
        of_units = select(Unit.code, Inspection.id).join(Inspection, Inspection.unit == Unit.id)
        return Known(
            members={member.code: member.id for member, _ in cases.members(store)},
            inspections=dict(session.execute(of_units).all()),
            types=dict(session.execute(select(ProblemType.code, ProblemType.id)).all()),
            items=dict(session.execute(select(CheckItem.code, CheckItem.id)).all()),
            evidence={},
        )


def _varied(number: int, seed: int) -> SamplePaper:
    """The paper of this number: the 46 written ones, then the same again with other titles, amounts and days."""
    written = sample_content.papers()
    base, again = written[number % len(written)], number // len(written)
    if not again:
        return base
    random = Random(f"{seed}/{number}")
    days = timedelta(days=random.randint(-20, 20))
    amount = base.amount_yuan and 100 * round(base.amount_yuan * random.uniform(0.4, 1.6) / 100)
    people = base.people and base.people + random.randint(0, 9)

    def said(text: str) -> str:
        """The text with the amount and the persons of this paper."""
        if base.amount_yuan and amount:
            text = text.replace(f"{base.amount_yuan / 10000:.2f}万元", f"{amount / 10000:.2f}万元")
        return re.sub(rf"(?<![\d.,]){base.people}(?=人次|人|名)", str(people), text) if base.people else text

    return replace(
        base,
        key=f"{base.key}-{again + 1}",
        title=f"{base.title}（之{again + 1}）",
        overview=said(base.overview),
        verified_facts=said(base.verified_facts),
        typical_case=said(base.typical_case),
        amount_yuan=amount,
        people=people,
        period_from=base.period_from and base.period_from + days,
        period_to=base.period_to and base.period_to + days,
        compiled_on=base.compiled_on + days,
        signed_on=base.signed_on and base.signed_on + days,
    )


def _add_evidence(
    store: Store, known: Known, chosen: Sequence[SamplePaper], pictures: int, seed: int, progress: Progress
) -> dict[str, str]:
    """Make, encrypt and register the files; evidence ids by the sample's own numbers."""
    items = {item.number: item for item in sample_content.evidence()}
    takers = {cited.evidence: paper.handlers[0] for paper in reversed(chosen) for cited in paper.evidence}
    with tempfile.TemporaryDirectory(dir=paths.private_folder()) as folder:
        files = sample_files.make(Path(folder), tuple(items.values()), pictures, seed, progress)
        incoming = [Incoming(file.name, file) for file in files.values()]
        stored = evidence.store_files(store, incoming, progress)
    found: dict[str, str] = {}
    with store.write(f"存入示例证据 {len(stored)} 件", kind="system") as session:
        ids = sorted(new_id() for _ in stored)
        for number, file, record in zip(files, stored, ids, strict=True):
            item = items.get(number)
            taker = known.members[takers[number]] if number in takers else store.actor
            values = sample_values.evidence(file, item, known.inspections[item.unit if item else _MAIN_UNIT])
            values["number"] = next_number(session, Evidence, "证", taker)
            found[number] = records.add(session, "evidence", values, record=record).id
    return found


def _add_papers(store: Store, known: Known, chosen: Sequence[SamplePaper], ids: Sequence[str], pictures: int) -> None:
    photographs = _photographs(chosen, pictures)
    parts: dict[str, dict[str, object]] = {}
    with store.write(f"写入示例底稿 {len(chosen)} 份", kind="system") as session:
        for paper, record in zip(chosen, ids, strict=True):
            values = sample_values.paper(paper, known)
            more = [{"evidence": known.evidence[number]} for number in photographs.get(paper.key, ())]
            values["citations"] = [*values["citations"], *more]
            values["number"] = next_number(session, Paper, "临", known.members[paper.handlers[0]])
            added: Paper = records.add(session, "paper", values, record=record)
            if paper.signed_on:
                if paper.unit not in parts:
                    parts[paper.unit] = papers.number_parts(session, added)
                added.official_number = next_official(session, Paper, parts[paper.unit])


def _photographs(chosen: Sequence[SamplePaper], pictures: int) -> dict[str, list[str]]:
    """The extra photographs dealt out to the approved papers of the main unit."""
    takers = [paper.key for paper in chosen if paper.unit == _MAIN_UNIT and paper.signed_on]
    dealt: dict[str, list[str]] = {}
    for index in range(pictures if takers else 0):
        dealt.setdefault(takers[index % len(takers)], []).append(f"照片{index + 1:04d}")
    return dealt


def _mark_results(store: Store, known: Known, seed: int) -> None:
    """Say of each checklist item what came of it: a problem where a paper names it, else what chance has it."""
    members = list(known.members.values())[1:]
    unit_of = {inspection: code for code, inspection in known.inspections.items()}
    with store.write("填写示例核查结果", kind="system") as session:
        named = (
            select(Paper.inspection, Link.target)
            .join(Link, Link.source == Paper.id)
            .where(Link.field == "paper.check_items")
        )
        found = {(inspection, item) for inspection, item in session.execute(named)}
        results = select(CheckResult, CheckItem.code).join(CheckItem, CheckItem.id == CheckResult.item)
        for result, code in session.execute(results).all():
            random = Random(f"{seed}/{unit_of[str(result.inspection)]}/{code}")
            drawn = random.choices(list(_RESULTS), list(_RESULTS.values()))[0]
            result.state = "found" if (result.inspection, result.item) in found else drawn
            result.member = random.choice(members) if result.state != "open" else None
            result.note = _WHY_NOT if result.state == "not_applicable" else ""


def _add_reports(store: Store, known: Known) -> None:
    with store.write("写入示例报告", kind="system") as session:
        for report in sample_content.reports():
            records.add(session, "report", sample_values.report(report, known.inspections[report.unit]))
