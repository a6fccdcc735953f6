"""How a table names a heading of the report: by its number there, with the short words of a known framework."""

from functools import cache

from xuncha_desktop import resources
from xuncha_desktop.exports.numerals import chinese
from xuncha_desktop.services.export_data import Place

_LONGEST = 12  # characters of a user's own heading that a narrow column still takes


def brief(place: Place | None) -> str:
    """（二）群众身边腐败和不正之风; a long heading of the user's own is named by its number alone."""
    if place is None:
        return ""
    words = _short_words().get(place.title, place.title)
    number = f"（{chinese(place.section)}）"
    return number + words if len(words) <= _LONGEST else f"第{number}方面"


@cache
def _short_words() -> dict[str, str]:
    return {heading.title: heading.short for known in resources.heading_sets().values() for heading in known.headings}
