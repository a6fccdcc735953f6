"""问题底稿 (.docx): one paper as form F01 prints, with boxes to sign in and its pictures behind it."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from xuncha_desktop.exports.check_sheet import (
    GAP,
    CheckSheet,
    Finding,
    conflict_findings,
    paper_findings,
    required_findings,
)
from xuncha_desktop.exports.declared import WordDeclared, specimen
from xuncha_desktop.exports.document import WORD, Document, WordFile, write
from xuncha_desktop.exports.paper_data import ALIASES, FEWEST_HANDLERS, UNPRINTED, Duty, Evidence, Paper, PaperPicture
from xuncha_desktop.exports.templates import word_template
from xuncha_desktop.exports.traces import formatted
from xuncha_desktop.exports.word.pictures import Original
from xuncha_desktop.model import fields
from xuncha_desktop.model.choices import COUNTED_STATES, PAPER_STATES, in_words
from xuncha_desktop.model.show import words
from xuncha_desktop.services import export_checks, export_data
from xuncha_desktop.services.evidence import PICTURES
from xuncha_desktop.services.evidence_copies import quarters
from xuncha_desktop.services.export_data import PaperLine
from xuncha_desktop.store.store import Store

TITLE = "问题底稿"
TEMPLATE = "paper.docx"
DECLARED = WordDeclared(TEMPLATE, lambda: specimen(Paper).to_template(), {*ALIASES, *UNPRINTED})
_FEN_IN_WAN = 1_000_000
_LARGEST_PICTURE = 100_000_000  # bytes


def check(store: Store, paper: str) -> CheckSheet:
    """What the paper lacks, its state, fields in conflict, pictures that are not there."""
    line = export_data.of_paper(store, paper)
    title = line.paper["title"] or line.paper["number"]
    found = paper_findings(line)
    found += required_findings("paper", paper, line.paper, ("inspection", "level", "dated"))
    found += conflict_findings(export_checks.disputed(store, {paper}), {paper: ("paper", title)})
    lost = export_checks.missing_files(store, {proof["file_hash"] for proof in pictures_of(line)})
    found += [lost_picture(proof) for proof in pictures_of(line) if proof["file_hash"] in lost]
    if line.paper["state"] in COUNTED_STATES:
        found.append(Finding("chain", "这份底稿未经审签链：用“标为已审签”直接通过，没有逐级签批记录"))
    else:
        state = in_words(PAPER_STATES, line.paper["state"]) or "草稿"
        found.append(Finding("unapproved", f"这份底稿是“{state}”，还没有正式编号"))
    return CheckSheet(TITLE, 1, tuple(found))


def collect(store: Store, paper: str, draft: bool) -> WordFile:
    """Everything the form prints."""
    line = export_data.of_paper(store, paper)
    pictures = pictures_of(line)
    lost = export_checks.missing_files(store, {proof["file_hash"] for proof in pictures}) if draft else set[str]()
    return WordFile(
        line.paper["inspection"],
        1,
        word_template(TEMPLATE),
        content(line, draft, lost),
        frozenset({*ALIASES, *UNPRINTED}),
        reader(store, pictures),
    )


def content(line: PaperLine, draft: bool, lost: Collection[str]) -> dict[str, object]:
    """What the form of one paper prints; pictures in `lost` are left out."""
    values, gap = line.paper, GAP if draft else ""
    pictures = [proof for proof in pictures_of(line) if proof["file_hash"] not in lost]
    handlers = [line.names.get(member, "") for member in values["handlers"]]
    printed = Paper(
        number=values["official_number"] or values["number"],
        round="　".join(filter(None, (line.values["round"]["name"], line.values["team"]["name"]))),
        unit=line.values["unit"]["name"] or gap,
        title=values["title"] or gap,
        day=date.fromisoformat(values["dated"]) if values["dated"] else None,
        place=_place(line),
        problem_type=_type(line) or gap,
        heading=line.place.title if line.place else "",
        check_items="、".join(line.names[item] for item in values["check_items"] if item in line.names),
        sources=tuple(_words("sources", code) for code in values["sources"]) or _if_any(gap),
        amount=None if values["amount"] is None else Decimal(values["amount"]) / _FEN_IN_WAN,
        persons=values["people"],
        items=values["pieces"],
        overview=formatted(values["overview"]) or gap,
        facts=formatted("\n".join(filter(None, (values["verified_facts"] or gap, values["typical_case"])))),
        basis=values["basis"] or gap,
        causes=_causes(values),
        duties=tuple(_duty(row) for row in values["parties"]) or tuple(Duty(gap, gap) for _ in _if_any(gap)),
        leader=values["leader_in_charge"],
        department=values["department"],
        evidence=tuple(_proof(proof) for proof in line.evidence)
        or tuple(Evidence("", gap, "", "", "", "") for _ in _if_any(gap)),
        communication=values["communication"],
        suggestion=values["suggestion"],
        quick_fix=values["quick_fix"],
        lead=values["has_lead"],
        destination=_words("destination", values["destination"]) if values["destination"] else gap,
        handlers=(*handlers, *[gap] * max(0, FEWEST_HANDLERS - len(handlers))),
        deputy_opinion=values["deputy_opinion"],
        meeting=values["meeting_conclusion"],
        leader_opinion=values["leader_opinion"],
        office_note=values["office_note"],
        note=_note(values),
        pictures=tuple(PaperPicture(proof["id"], proof["number"], proof["name"]) for proof in pictures),
    ).to_template()
    if not values["dated"]:
        printed |= {"date": gap, "编制日期": gap}
    return printed


def reader(store: Store, pictures: Iterable[Mapping[str, Any]]) -> Callable[[str], Original]:
    """Gives a picture by the id of its evidence, turned as it was turned to be looked at."""
    by_id = {proof["id"]: proof for proof in pictures}

    def read(key: str) -> Original:
        proof = by_id[key]
        content = store.blobs.read(proof["file_hash"], _LARGEST_PICTURE)
        return Original(content, f"{proof['number']} {proof['name']}".strip(), quarters(proof["turned"]))

    return read


def lost_picture(proof: Mapping[str, Any]) -> Finding:
    """What is said of a picture whose file is gone."""
    return Finding("missing", f"图片“{proof['name']}”的文件不在案卷里，请从备份恢复", True, "evidence", proof["id"])


def pictures_of(line: PaperLine) -> list[Mapping[str, Any]]:
    """The cited pieces of evidence that are pictures, each once."""
    return list({proof["id"]: proof for proof in line.evidence if proof["file_type"] in PICTURES}.values())


def _place(line: PaperLine) -> str:
    """平湖镇财政所（内设机构）, or the unit itself （本级）."""
    level = _words("level", line.paper["level"]) if line.paper["level"] else ""
    name = line.paper["place"] or line.values["unit"]["short_name"]
    return f"{name}（{level}）" if level else name


def _type(line: PaperLine) -> str:
    kind = line.values["problem_type"]
    return "／".join(filter(None, (kind["level1_name"], kind["level2"], kind["name"])))


def _causes(values: Mapping[str, Any]) -> str:
    kinds = "、".join(_words("causes", code) for code in values["causes"])
    return "\n".join(filter(None, (values["cause"], f"（{kinds}）" if kinds else "")))


def _note(values: Mapping[str, Any]) -> str:
    """The note, and which papers became part of this one."""
    taken = values["earlier_numbers"]
    return "\n".join(filter(None, (values["note"], f"并入底稿编号：{taken}" if taken else "")))


def _duty(row: Mapping[str, Any]) -> Duty:
    kind = words(fields("paper_party")["kind"], row["kind"]) if row["kind"] else ""
    return Duty(kind, row["name"], row["note"])


def _proof(proof: Mapping[str, Any]) -> Evidence:
    described = fields("evidence")
    return Evidence(
        proof["number"],
        proof["name"],
        words(described["kind"], proof["kind"]) if proof["kind"] else "",
        proof["pages"],
        proof["source"],
        words(described["original"], proof["original"]) if proof["original"] else "",
    )


def _words(name: str, code: str) -> str:
    return words(fields("paper")[name], code)


def _if_any(gap: str) -> tuple[str, ...]:
    return (gap,) if gap else ()


DOCUMENT = Document("paper", "paper", TITLE, WORD, check, collect, write, DECLARED)
