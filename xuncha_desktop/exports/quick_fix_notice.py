"""立行立改通知书 (.docx, form F07): an official letter on one matter, with the day an answer is due."""

from xuncha_desktop.exports.record_form import RecordForm
from xuncha_desktop.services.record_data import RecordData


def _head(data: RecordData) -> dict[str, object]:
    return {"addressee": data.names.get(data.values["to_unit"], ""), "signature": data.around["team"]["name"]}


FORM = RecordForm(
    "quick_fix", "quick_fix", "立行立改通知书", "quick_fix.docx",
    ("number", "title", "facts", "demand", "due_on", "issued_on"),
    around=frozenset(), more=_head, more_names={"主送": "addressee", "落款": "signature"},
    more_specimen={"addressee": "主送·0", "signature": "落款·0"},
)  # fmt: skip
