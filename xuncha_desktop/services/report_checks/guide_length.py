"""The length of the whole report against what guides ask for: about 6,000 characters, 3,000 for a village."""

from collections.abc import Iterator

from xuncha_desktop.services.report_checks.passages import Draft, Fault

_GUIDE, _VILLAGE = 6000, 3000
_TOLERATED = 1.2  # guides say “about”


def faults(draft: Draft) -> Iterator[Fault]:
    """One fault where the report is clearly longer."""
    guide = _VILLAGE if draft.data.values["unit"]["kind"] == "village" else _GUIDE
    length = characters(draft)
    if length > guide * _TOLERATED:
        yield Fault("length", f"全文约 {length:,} 字，一般以 {guide:,} 字左右为宜")


def characters(draft: Draft) -> int:
    """How many characters are written, without spaces and line breaks."""
    return sum(len("".join(passage.text.split())) for passage in draft.passages)
