"""组务会记录 (.docx, form F10): agenda, conclusions paper by paper, decisions, room for everybody's signature."""

from xuncha_desktop.exports.record_form import RecordForm

FORM = RecordForm(
    "meeting", "meeting", "组务会记录", "meeting.docx",
    ("name", "number", "held_on", "time", "place", "chair", "recorder", "present", "absent", "agenda", "conclusions",
     "dissent", "decisions", "note"),
)  # fmt: skip
