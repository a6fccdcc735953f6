"""All checks of a report in one go."""

from collections.abc import Callable, Iterator

from xuncha_desktop.services.report_checks import (
    accusations,
    guide_length,
    house_style,
    numbers,
    own_fields,
    persons,
    unit_names,
)
from xuncha_desktop.services.report_checks.passages import Draft, Fault

_CHECKS: tuple[Callable[[Draft], Iterator[Fault]], ...] = (
    numbers.faults,
    own_fields.faults,
    house_style.faults,
    accusations.faults,
    persons.faults,
    unit_names.faults,
    guide_length.faults,
)


def examine(draft: Draft) -> list[Fault]:
    """Everything found, in the order of the texts."""
    places = {passage: place for place, passage in enumerate(draft.passages)}

    def place(fault: Fault) -> tuple[int, int]:
        return (places[fault.passage] if fault.passage else -1, fault.start)

    return sorted((fault for check in _CHECKS for fault in check(draft)), key=place)
