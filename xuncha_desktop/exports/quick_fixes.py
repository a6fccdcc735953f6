"""立行立改情况 (.docx): every notice of the inspection, what was done and what was found on the spot."""

from xuncha_desktop.exports.register_table import RegisterTable

TABLE = RegisterTable(
    "quick_fixes", "quick_fix", "立行立改情况", "quick_fixes.docx",
    ("number", "title", "to_unit", "issued_on", "due_on", "progress", "result", "closed_on"),
    order=("issued_on", "number"),
)  # fmt: skip
