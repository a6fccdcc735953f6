"""A new case as its form describes it, and the plan the store is filled from."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xuncha_desktop.services import proposals


@dataclass(frozen=True)
class NewCase:
    """Everything a case begins with: one team, one member (whoever makes it), one unit."""

    folder: Path
    name: str
    office: str
    term: int
    round: int
    year: int
    team: str
    member: str
    member_code: str
    role: str
    unit: str
    unit_short: str
    unit_code: str
    unit_kind: str
    party_body: str
    mode: str
    entry_on: str | None
    stay_end_on: str | None

    def plan(self) -> Mapping[str, Any]:
        """What `services.cases.begin` takes."""
        from xuncha_desktop.exports.numerals import chinese

        return {
            "case": {"name": self.name, "office": self.office},
            "round": {
                "name": f"第{chinese(self.term)}届第{chinese(self.round)}轮",
                "term": self.term,
                "number": self.round,
                "year": self.year,
                "mode": self.mode,
            },
            "team": {"name": self.team, "number": proposals.team_number(self.team)},
            "members": [{"name": self.member, "code": self.member_code, "role": self.role}],
            "units": [
                {
                    "name": self.unit,
                    "short_name": self.unit_short,
                    "code": self.unit_code,
                    "kind": self.unit_kind,
                    "party_body": self.party_body,
                }
            ],
            "inspections": [
                {
                    "unit": self.unit_code,
                    "mode": self.mode,
                    "entry_on": self.entry_on,
                    "stay_end_on": self.stay_end_on,
                }
            ],
        }
