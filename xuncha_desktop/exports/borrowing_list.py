"""资料调阅清单 (.docx, form F03): what was asked for by batch, with room to sign for taking and giving back."""

from xuncha_desktop.exports.register_table import RegisterTable

TABLE = RegisterTable(
    "borrowings", "borrowing", "资料调阅清单", "borrowings.docx",
    ("batch", "name", "period", "quantity", "department", "due_on", "received_on", "borrower",
     "returned_on", "taker", "missing"),
    order=("batch", "due_on", "number"),
)  # fmt: skip
