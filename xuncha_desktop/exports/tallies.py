"""Counts that are printed without pointing at anybody: small groups are named without a number."""

from collections.abc import Mapping


def guarded(counts: Mapping[str, int], smallest: int) -> tuple[dict[str, int], tuple[str, ...]]:
    """What may be shown, and the labels that may not.

    A hidden group must not come out by subtraction from the total, so the smallest shown ones are hidden with it
    until what is hidden is a large enough group itself.
    """
    given = {label: number for label, number in counts.items() if number}
    hidden = [label for label, number in given.items() if number < smallest]
    while hidden and sum(given[label] for label in hidden) < smallest and len(hidden) < len(given):
        hidden.append(min((label for label in given if label not in hidden), key=lambda label: given[label]))
    return (
        {label: number for label, number in given.items() if label not in hidden},
        tuple(label for label in given if label in hidden),
    )


def percent(number: int, total: int) -> str:
    """A share with two decimals, half up."""
    if total <= 0:
        return "—"
    hundredths = (number * 20_000 + total) // (2 * total)
    return f"{hundredths // 100}.{hundredths % 100:02}%"
