"""信访登记表 (.docx, form F04); who reports stands in it only where asked for."""

from dataclasses import replace

from xuncha_desktop.exports.record_form import RecordForm
from xuncha_desktop.services.record_data import RecordData


def _nobody(data: RecordData) -> dict[str, object]:
    return {"reporters": []}


def _reporter(data: RecordData) -> dict[str, object]:
    return {"reporters": [{"text": data.values["reporter"]}]}


_FIELDS = (
    "number", "received_on", "channel", "signature", "subject", "accused", "text", "problem_type", "in_scope",
    "repeats", "handling", "leader_note", "handler", "due_on", "done_on", "outcome", "handed_on", "receiver",
    "signed_by", "note",
)  # fmt: skip
_MORE = {"反映人信息": "reporters"}
FORM = RecordForm(
    "petition", "petition", "信访登记表", "petition.docx", _FIELDS,
    by_pen=frozenset({"leader_note", "handling"}), more=_nobody, more_names=_MORE,
    more_specimen={"reporters": [{"text": "反映人·0"}]},
)  # fmt: skip
NAMED = replace(FORM, kind="petition_named", title="信访登记表（含反映人）", more=_reporter)
