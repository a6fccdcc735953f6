"""走访记录 (.docx, form F06); who was visited stands in it only where asked for."""

from dataclasses import replace

from xuncha_desktop.exports.record_form import RecordForm
from xuncha_desktop.services.record_data import RecordData


def _nobody(data: RecordData) -> dict[str, object]:
    return {"visited": []}


def _visited(data: RecordData) -> dict[str, object]:
    return {"visited": [{"text": data.values["who"]}]}


_FIELDS = (
    "number", "visited_on", "place", "person_group", "way", "households", "visitors", "text", "photos", "requests",
    "note",
)  # fmt: skip
FORM = RecordForm(
    "visit",
    "visit",
    "走访记录",
    "visit.docx",
    _FIELDS,
    more=_nobody,
    more_names={"走访对象": "visited"},
    more_specimen={"visited": [{"text": "走访对象·0"}]},
)
NAMED = replace(FORM, kind="visit_named", title="走访记录（含走访对象）", more=_visited)
