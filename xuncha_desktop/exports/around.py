"""Unit, team and round of an inspection as documents name them, each with its source."""

from collections.abc import Mapping

from xuncha_desktop.exports.sourced_texts import listed, of_field
from xuncha_desktop.services.export_data import Values

Around = Mapping[str, Values]  # inspection, unit, team, round


def unit(around: Around, gap: str = "") -> str:
    """The whole name of the inspected unit."""
    return _of(around, "unit", "name", gap)


def unit_in_sentence(around: Around) -> str:
    """What the unit is called in a sentence."""
    return _of(around, "unit", "short_name" if around["unit"]["short_name"] else "name")


def team(around: Around) -> str:
    """The name of the team."""
    return _of(around, "team", "name")


def round_and_team(around: Around) -> str:
    """The line above forms."""
    return listed("　", _of(around, "round", "name"), team(around))


def _of(around: Around, entity: str, field: str, gap: str = "") -> str:
    return of_field(around[entity][field] or gap, entity, around["inspection"][entity], field)
