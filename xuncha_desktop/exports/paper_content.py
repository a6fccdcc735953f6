"""What of a paper its form prints: each text and number with the field it comes from."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from xuncha_desktop.exports import around
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.exports.declared import named
from xuncha_desktop.exports.paper_data import ALIASES, FEWEST_HANDLERS, Duty, Evidence, Paper, PaperPicture
from xuncha_desktop.exports.sourced_texts import stacked
from xuncha_desktop.exports.traces import sourced
from xuncha_desktop.model import fields
from xuncha_desktop.model.show import words
from xuncha_desktop.services.evidence import PICTURES
from xuncha_desktop.services.export_data import PaperLine

_FEN_IN_WAN = 1_000_000
# What the form prints as it stands in a field of the paper, by the template's name of it.
_FIELDS: Mapping[str, str] = {
    "date": "dated",
    "place": "place",
    "title": "title",
    "problem_type": "problem_type",
    "heading": "heading",
    "check_items": "check_items",
    "sources": "sources",
    "amount": "amount",
    "persons": "people",
    "items": "pieces",
    "basis": "basis",
    "leader": "leader_in_charge",
    "department": "department",
    "communication": "communication",
    "suggestion": "suggestion",
    "quick_fix": "quick_fix",
    "lead": "has_lead",
    "destination": "destination",
    "deputy_opinion": "deputy_opinion",
    "meeting": "meeting_conclusion",
    "leader_opinion": "leader_opinion",
    "office_note": "office_note",
    "note": "note",
}


def content(line: PaperLine, draft: bool, lost: Collection[str]) -> Mapping[str, object]:
    """What the form of one paper prints, each text with its source; pictures in `lost` are left out."""
    values, gap = line.paper, GAP if draft else ""

    def written(field: str, text: str, part: str = "") -> str:
        return sourced(text, "paper", line.id, field, part=part)

    pictures = [proof for proof in pictures_of(line) if proof["file_hash"] not in lost]
    handlers = [written("handlers", line.names.get(member, ""), member) for member in values["handlers"]]
    number = "official_number" if values["official_number"] else "number"
    printed = Paper(
        number=values[number],
        round=around.round_and_team(line.values),
        unit=around.unit(line.values, gap),
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
        overview=written("overview", values["overview"] or gap),
        facts=stacked(
            written("verified_facts", values["verified_facts"] or gap), written("typical_case", values["typical_case"])
        ),
        basis=values["basis"] or gap,
        causes=stacked(written("cause", values["cause"]), written("causes", _causes(values))),
        duties=tuple(_duty(line.id, row) for row in values["parties"]) or tuple(Duty(gap, gap) for _ in _if_any(gap)),
        leader=values["leader_in_charge"],
        department=values["department"],
        evidence=tuple(_proof(line.id, proof) for proof in line.evidence)
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
        pictures=tuple(_picture(line.id, proof) for proof in pictures),
    ).to_template()
    if not values["dated"]:
        printed["date"] = gap
    printed |= {name: written(field, str(printed[name])) for name, field in {**_FIELDS, "number": number}.items()}
    return named(printed, ALIASES)


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
    return f"（{kinds}）" if kinds else ""


def _note(values: Mapping[str, Any]) -> str:
    """The note, and which papers became part of this one."""
    taken = values["earlier_numbers"]
    return "\n".join(filter(None, (values["note"], f"并入底稿编号：{taken}" if taken else "")))


def _duty(paper: str, row: Mapping[str, Any]) -> Duty:
    kind = words(fields("paper_party")["kind"], row["kind"]) if row["kind"] else ""

    def written(column: str, text: str) -> str:
        return sourced(text, "paper", paper, "parties", part=f"{row['id']}.{column}")

    return Duty(written("kind", kind), written("name", row["name"]), written("note", row["note"]))


def _proof(paper: str, proof: Mapping[str, Any]) -> Evidence:
    described = fields("evidence")

    def chosen(column: str) -> str:
        return _cited(paper, proof, column, words(described[column], proof[column]) if proof[column] else "")

    return Evidence(
        _cited(paper, proof, "number", proof["number"]),
        _cited(paper, proof, "name", proof["name"]),
        chosen("kind"),
        _cited(paper, proof, "pages", proof["pages"]),
        _cited(paper, proof, "source", proof["source"]),
        chosen("original"),
    )


def _picture(paper: str, proof: Mapping[str, Any]) -> PaperPicture:
    number, name = (_cited(paper, proof, column, proof[column]) for column in ("number", "name"))
    return PaperPicture(proof["id"], number, name)


def _cited(paper: str, proof: Mapping[str, Any], column: str, text: str) -> str:
    """What is said of a piece that a paper cites."""
    return sourced(text, "paper", paper, "citations", part=f"{proof['id']}.{column}")


def _words(name: str, code: str) -> str:
    return words(fields("paper")[name], code)


def _if_any(gap: str) -> tuple[str, ...]:
    return (gap,) if gap else ()
