"""抽凭记录 (.docx, form F11): one voucher, what is doubtful about it, who looked and who looked again."""

from xuncha_desktop.exports.record_form import RecordForm

FORM = RecordForm(
    "voucher", "voucher", "财务抽凭记录", "voucher.docx",
    ("number", "book", "period", "voucher_on", "voucher_no", "account", "summary", "amount", "doubts", "attachments",
     "result", "checker", "reviewer", "scans", "note"),
)  # fmt: skip
