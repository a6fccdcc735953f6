"""What the checks of wording and numbers found, on the report's check sheet."""

from xuncha_desktop.exports.check_sheet import Finding
from xuncha_desktop.services.export_data import InspectionData
from xuncha_desktop.services.report_checks import passages
from xuncha_desktop.services.report_checks.examining import examine
from xuncha_desktop.services.report_checks.passages import Fault
from xuncha_desktop.store.store import Store

_MOST = 30


def of_checks(store: Store, data: InspectionData) -> list[Finding]:
    """A line for each place; the whole report, which the screen shows, names those there is no room for."""
    faults = [fault for fault in examine(passages.of_data(store, data)) if fault.passage]
    found = [_finding(fault) for fault in faults[:_MOST]]
    if len(faults) > _MOST:
        found.append(Finding("wording", f"用语和数字另有 {len(faults) - _MOST:,} 处，请按“看全文”逐处核对、改正"))
    return found


def _finding(fault: Fault) -> Finding:
    place = fault.passage
    assert place is not None
    return Finding(fault.kind, f"{place.part}：{fault.words}", False, place.entity, place.record, place.field)
