"""What documents made from the approved papers of an inspection share: their check, and problems by heading."""

from collections.abc import Callable, Iterable

from xuncha_desktop.exports import inspection_check
from xuncha_desktop.exports.check_sheet import GAP, CheckSheet, required_findings
from xuncha_desktop.exports.official import Item, Point
from xuncha_desktop.exports.sourced_texts import of_field
from xuncha_desktop.exports.traces import sourced
from xuncha_desktop.services.export_data import InspectionData, PaperLine
from xuncha_desktop.store.store import Store


def sheet(store: Store, data: InspectionData, title: str, texts: Iterable[str], days: Iterable[str] = ()) -> CheckSheet:
    """The check of papers, with the report's `texts` and the inspection's `days` this document prints."""
    found = required_findings("report", data.report_id, data.report, texts)
    found += required_findings("inspection", data.inspection, data.values["inspection"], days)
    return CheckSheet(title, len(data.papers), (*found, *inspection_check.findings(store, data)))


def problems(
    data: InspectionData, said: Callable[[PaperLine], list[str]], *, chosen: Callable[[PaperLine], bool] = bool
) -> list[Point]:
    """The headings with the chosen papers under them."""
    points: list[Point] = []
    for number, (title, _) in enumerate(data.sections, 1):
        lines = [line for line in data.papers if line.place and line.place.section == number and chosen(line)]
        if lines:
            heading = sourced(title, "heading", data.headings[number - 1], "title")
            points.append(Point(heading, items=[Item(_title(line), said(line)) for line in lines]))
    return points


def no_papers(data: InspectionData, draft: bool) -> list[str]:
    """What a draft says where the problems would stand."""
    return [GAP] if draft and not data.papers else []


def written(data: InspectionData, name: str, gap: str) -> str:
    """A text written for the report."""
    return of_field(data.report[name] or gap, "report", data.report_id, name)


def _title(line: PaperLine) -> str:
    return sourced(line.paper["title"] or GAP, "paper", line.id, "title")
