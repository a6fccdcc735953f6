"""批量新增村（社区）: read pasted names, show what they would become, make units and inspections."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import Inspection, Unit
from xuncha_desktop.services import inspections, records
from xuncha_desktop.store.sort_keys import initials
from xuncha_desktop.store.store import Store
from xuncha_desktop.text import clean_text, search_key

_LONGEST = 40
_NUMBERING = re.compile(r"^\s*(?:[（(]?\d{1,3}[）).．、，,：:\s]|[一二三四五六七八九十]{1,3}、|[①-⑳])\s*")
_SEPARATORS = re.compile(r"[、，,；;\s]+")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_PREFIX = re.compile(r"^(?:中国共产党|中共)")
# Self-government bodies are pasted as often as party bodies; the longer ending first.
_COMMITTEE = re.compile(r"(?:村民委员会|居民委员会|居委会|(?<=村)村委会|(?<=村)委会)$")
_BODIES = (
    ("general_branch", ("总支部委员会", "党总支部", "总支部", "党总支")),
    ("branch", ("支部委员会", "党支部", "支部")),
    ("work_committee", ("工作委员会", "党工委")),
    ("committee", ("委员会", "党委")),
)
_FULL = {"general_branch": "总支部委员会", "branch": "支部委员会", "committee": "委员会"}
_SHORT = {"general_branch": "党总支", "branch": "党支部", "committee": "党委"}


class Verdict(StrEnum):
    """What becomes of a pasted name."""

    NEW = "新增"
    KNOWN = "单位已有，新增任务"
    STARTED = "已有任务，跳过"
    REPEATED = "重复，跳过"
    UNREADABLE = "不像名称，跳过"


@dataclass(frozen=True, slots=True)
class Village:
    """A pasted name and what would be made of it."""

    pasted: str
    verdict: Verdict
    name: str = ""
    short_name: str = ""
    code: str = ""
    party_body: str = "branch"
    unit: str = ""  # id of the unit that is known already

    @property
    def taken(self) -> bool:
        """Whether an inspection would be made."""
        return self.verdict in (Verdict.NEW, Verdict.KNOWN)


def preview(store: Store, text: str, parent: str, round_id: str, body: str = "branch") -> list[Village]:
    """What a pasted list would become, under the unit `parent`; `body` where a name does not say its form."""
    with store.read() as session:
        return _read(session, text, parent, round_id, body)


def usual_parent(store: Store, inspection: str) -> str | None:
    """The unit that villages are most likely under: that of the inspection now worked on, or the one above it."""
    with store.read() as session:
        found = session.get(Inspection, inspection)
        unit = session.get(Unit, found.unit) if found and found.unit else None
    if unit is None:
        return None
    return unit.parent_unit if unit.kind == "village" else unit.id


def start(store: Store, villages: Sequence[Village], parent: str, values: Mapping[str, Any]) -> list[str]:
    """Make the units that are new and an inspection of each (one batch); ids of the inspections."""
    taken = [village for village in villages if village.taken]
    if not taken:
        raise UserError("名单里没有可以新增的村（社区）；请粘贴名称，一行一个。")
    with store.write(f"批量新增 {len(taken)} 个村（社区）") as session:
        return [
            inspections.add(session, {**values, "mode": "village", "unit": _unit(session, village, parent)}).id
            for village in taken
        ]


def split(text: str) -> list[str]:
    """Names out of pasted lines: numbering, table cells without words and separators go."""
    found: list[str] = []
    for line in clean_text(text).splitlines():
        cells = [cell for cell in line.split("\t") if _CHINESE.search(cell)]
        words = _NUMBERING.sub("", cells[0] if cells else line)
        found += [name for name in (part.strip("。.：:“”\"'") for part in _SEPARATORS.split(words)) if name]
    return found


def _read(session: Session, text: str, parent: str, round_id: str, body: str) -> list[Village]:
    units = list(session.scalars(select(Unit).where(Unit.deleted.is_(False))))
    above = next((unit for unit in units if unit.id == parent), None)
    place_above = _parts(above.name, "committee")[0] if above else ""
    started = set(
        session.scalars(select(Inspection.unit).where(Inspection.deleted.is_(False), Inspection.round == round_id))
    )
    codes = {unit.code.upper() for unit in units}
    seen: set[str] = set()
    found: list[Village] = []
    for pasted in split(text):
        place, form = _parts(pasted, body)
        place = place.removeprefix(place_above) or place
        if not _CHINESE.search(place) or len(pasted) > _LONGEST:
            found.append(Village(pasted, Verdict.UNREADABLE))
            continue
        name, short = f"中共{place_above}{place}{_FULL[form]}", f"{place}{_SHORT[form]}"
        known = _known(units, name, short, parent)
        if search_key(place) in seen:
            found.append(Village(pasted, Verdict.REPEATED, name, short))
        elif known:
            verdict = Verdict.STARTED if known.id in started else Verdict.KNOWN
            found.append(Village(pasted, verdict, known.name, known.short_name, known.code, known.party_body, known.id))
        else:
            found.append(Village(pasted, Verdict.NEW, name, short, _code(place, codes), form))
        seen.add(search_key(place))
    return found


def _parts(name: str, body: str) -> tuple[str, str]:
    """The place a name speaks of, and the form of its party organisation."""
    rest = _COMMITTEE.sub("", _PREFIX.sub("", name))
    if rest == _PREFIX.sub("", name):
        for form, endings in _BODIES:
            for ending in endings:
                if rest.endswith(ending) and rest != ending:
                    return rest.removesuffix(ending), form if form in _FULL else body
    return rest, body


def _known(units: Sequence[Unit], name: str, short: str, parent: str) -> Unit | None:
    """The unit meant: the same full name, or the same short name under the same unit."""
    for unit in units:
        same_short = search_key(unit.short_name) == search_key(short) and (unit.parent_unit or "") == parent
        if same_short or search_key(unit.name) == search_key(name):
            return unit
    return None


def _code(place: str, taken: set[str]) -> str:
    """Pinyin initials, numbered where they are taken; notes them as taken."""
    base = re.sub(r"[^A-Z0-9]", "", initials(place).upper())[:4] or "CUN"
    code, number = base, 2
    while code in taken:
        code, number = f"{base}{number}", number + 1
    taken.add(code)
    return code


def _unit(session: Session, village: Village, parent: str) -> str:
    if village.unit:
        return village.unit
    values = {
        "name": village.name,
        "short_name": village.short_name,
        "code": village.code,
        "kind": "village",
        "party_body": village.party_body,
        "parent_unit": parent or None,
    }
    return records.add(session, "unit", values).id
