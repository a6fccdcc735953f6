"""人才库 (.xlsx): everybody of the talent pool, to be sorted and chosen from in Excel."""

from xuncha_desktop.exports.register_ledger import of_register
from xuncha_desktop.services import record_data

LEDGER = of_register(
    "inspector_ledger", "inspector", "人才库",
    ("name", "unit", "post", "rank", "political_status", "expertise", "rounds_before", "phone", "available", "note"),
    (),
    gather=record_data.of_pool,
)  # fmt: skip
