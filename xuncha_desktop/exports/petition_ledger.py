"""信访台账 (.xlsx): every petition and what became of it; who reported stays out."""

from xuncha_desktop.exports.register_ledger import of_register

LEDGER = of_register(
    "petition_ledger", "petition", "信访台账",
    (
        "number", "received_on", "channel", "signature", "subject", "accused", "text", "problem_type", "in_scope",
        "repeats", "check_items", "handling", "leader_note", "handler", "due_on", "done_on", "outcome", "handed_on",
        "receiver", "note",
    ),
    ("received_on", "number"),
)  # fmt: skip
