"""听取意见及落实情况 (.docx): every hearing of the report, what was said and what was done about it."""

from xuncha_desktop.exports.register_table import RegisterTable

TABLE = RegisterTable(
    "hearings", "hearing", "听取意见及落实情况", "hearings.docx",
    ("held_on", "layer", "way", "listeners", "opinions", "outcome"),
    order=("held_on",),
)  # fmt: skip
