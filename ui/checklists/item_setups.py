"""What the list of items says of itself; which columns it begins with depends on what the inspection goes through."""

from collections.abc import Mapping
from dataclasses import replace

from ui.checklists.item_model import FIELDS
from ui.tables.list_setup import ListSetup
from xuncha_desktop.services import checklist_groups
from xuncha_desktop.services.checklists import Tally

# No columns of its own: those of `USUAL` that leave room for the text.
ROUTINE = ListSetup(
    "checklist",
    "清单",
    "check_result",
    (),
    groups=checklist_groups.GROUPS,
    sorts=tuple(FIELDS),
    unsorted="按清单次序",
    fields=FIELDS,
)
_LOOKBACK, _MOBILE = replace(ROUTINE, name="checklist-lookback"), replace(ROUTINE, name="checklist-mobile")
USUAL: Mapping[str, tuple[str, ...]] = {
    ROUTINE.name: ("must", "code", "area", "text", "state", "papers"),
    _LOOKBACK.name: ("must", "code", "text", "state", "verdict", "papers"),
    _MOBILE.name: ("must", "code", "suspicion", "text", "state", "papers"),
}


def setup_of(tally: Tally) -> ListSetup:
    """The list's setup for what is among the items."""
    return _LOOKBACK if tally.verdicts else _MOBILE if tally.suspicions else ROUTINE
