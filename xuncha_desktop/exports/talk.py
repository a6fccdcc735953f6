"""谈话记录 (.docx, form F02): questions and answers, to be signed page by page; the speaker is a code unless asked."""

from dataclasses import replace

from xuncha_desktop.exports.record_form import RecordForm
from xuncha_desktop.services.record_data import RecordData

_PERSON = ("name", "unit", "post", "political_status", "since")
_TALKERS = 2  # at least: a line to sign for each, whoever it will be


def _turns(data: RecordData) -> dict[str, object]:
    lines = data.values["text"].split("\n") if data.values["text"] else []
    talkers = [data.names.get(member, "") for member in data.values["talkers"]]
    return {
        "turns": [{"text": line, "asked": line.startswith(("问：", "问:"))} for line in lines],
        "speakers": [],
        "signers": [{"name": name} for name in talkers + [""] * (_TALKERS - len(talkers))],
    }


def _named_turns(data: RecordData) -> dict[str, object]:
    return {**_turns(data), "speakers": [{name: row[name] for name in _PERSON} for row in data.values["persons"]]}


_FIELDS = (
    "number", "person_kind", "held_on", "from_time", "to_time", "place", "talkers", "recorder", "informed",
)  # fmt: skip
_MORE = {"问答": "turns", "对象身份": "speakers", "签名的谈话人": "signers"}
FORM = RecordForm(
    "interview",
    "interview",
    "谈话记录",
    "interview.docx",
    _FIELDS,
    more=_turns,
    more_names=_MORE,
    more_specimen={
        "turns": [{"text": "问答·0", "asked": True}],
        "speakers": [{name: f"对象{name}·0" for name in _PERSON}],
        "signers": [{"name": "签名的谈话人·0"}],
    },
)
NAMED = replace(FORM, kind="interview_named", title="谈话记录（含对象身份）", more=_named_turns)
