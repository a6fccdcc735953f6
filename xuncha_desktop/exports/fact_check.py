"""事实确认单 (.docx, form F08): facts for the unit without judgement and source, and room for its answer."""

from xuncha_desktop.exports.record_form import RecordForm

# Papers, conclusion and note stay with the team: the sheet goes to the unit.
FORM = RecordForm(
    "fact_check", "fact_check", "事实确认单", "fact_check.docx",
    ("title", "number", "overview", "facts", "sent_on", "due_on", "answer", "opinion", "answered_on", "handlers"),
    by_pen=frozenset({"answered_on", "opinion"}),
)  # fmt: skip
