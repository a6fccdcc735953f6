"""人才库名册 (.docx): everybody an inspection team can be made of."""

from xuncha_desktop.exports.register_table import RegisterTable
from xuncha_desktop.services import record_data

TABLE = RegisterTable(
    "inspectors", "inspector", "人才库名册", "inspectors.docx",
    ("name", "unit", "post", "rank", "political_status", "expertise", "rounds_before", "available", "note"),
    gather=record_data.of_pool, of_unit=False,
)  # fmt: skip
