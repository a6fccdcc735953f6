"""资料调阅台账 (.xlsx): every document asked for, until it is given back, and what was found in it."""

from xuncha_desktop.exports.register_ledger import of_register

LEDGER = of_register(
    "borrowing_ledger", "borrowing", "资料调阅台账",
    (
        "number", "batch", "name", "period", "quantity", "department", "due_on", "received_on", "borrower",
        "returned_on", "taker", "missing", "conclusion", "purpose", "check_items", "note",
    ),
    ("batch", "due_on", "number"),
)  # fmt: skip
