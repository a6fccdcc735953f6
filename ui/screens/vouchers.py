"""抽凭: vouchers that were looked at, and what is doubtful about them."""

from collections.abc import Mapping

from ui.records.register_screen import RegisterScreen
from ui.records.words import joined
from ui.tables.record_model import EXTRA
from ui.tables.two_lines import TwoLines


class VouchersScreen(RegisterScreen):
    """The sampled vouchers; the next one begins with the book of the last."""

    NAME = "vouchers"
    ENTITY = "voucher"
    NEW = "新抽凭"
    STEP = "登记第一张凭证"
    EMPTY = "这里记财务抽凭：哪本账、哪张凭证、多少钱、疑点在哪、核查结果。账套和期间随上一张带出。"
    FIRST = "summary"
    PROOFS = "scans"
    WIDE = frozenset({"summary"})
    COLUMNS = (
        "summary", "number", "state", "book", "voucher_on", "voucher_no", "account", "amount", "doubts", "checker",
    )  # fmt: skip
    FILTERS = ("state", "doubts", "checker")
    GROUPS = ("state", "book", "account", "checker")
    SORTS = ("amount", "voucher_on", "voucher_no", "book", "account", "summary", "number")
    TOTALS = ("amount",)

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """Summary and amount; state, voucher, account, doubts and what is missing."""
        parts = ("voucher_no", "account", "doubts", EXTRA)
        second = joined(*(cells.get(name, "") for name in parts))
        amount = cells.get("amount", "")
        return TwoLines(cells.get("summary", ""), cells.get("state", ""), second, f"{amount} 元" if amount else "")
