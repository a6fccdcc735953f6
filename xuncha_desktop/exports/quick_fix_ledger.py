"""立行立改台账 (.xlsx): every notice, what was done about it, and when it was struck off."""

from xuncha_desktop.exports.register_ledger import of_register

LEDGER = of_register(
    "quick_fix_ledger", "quick_fix", "立行立改台账",
    (
        "number", "title", "to_unit", "facts", "demand", "approval", "signer", "issued_on", "due_on", "received_by",
        "received_on", "progress", "result", "satisfaction", "closed_by", "closed_on", "still_reported", "papers",
        "note",
    ),
    ("issued_on", "number"),
)  # fmt: skip
