"""One line above a register that says how it stands: coverage of visits, documents that have not come."""

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from ui import style
from ui.context import Context
from xuncha_desktop.services import borrowings, interviews, visits

Words = Callable[[Context], tuple[str, bool]]  # the line, and whether it warns


class StandingLine(QLabel):
    """Computed anew when its list is read; empty while there is nothing to say."""

    def __init__(self, context: Context, words: Words) -> None:
        super().__init__()
        self._context = context
        self._words = words
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        gap = style.metrics.gap
        self.setContentsMargins(gap * 2, 0, gap * 2, gap)
        self.hide()

    def refresh(self) -> None:
        """Say how the register stands now."""
        words, warns = self._words(self._context) if self._context.inspection else ("", False)
        self.setText(words)
        self.setVisible(bool(words))
        role = "warning" if warns else "secondary"
        if self.property("role") != role:
            self.setProperty("role", role)
            self.style().polish(self)


def of_visits(context: Context) -> tuple[str, bool]:
    """已走访 31 户，占 312 户的 9.94%（不到 10%）；六类对象还缺 …；诉求 12 条. The six and the part: of villages."""
    found = visits.coverage(context.store, context.inspection, date.today())
    if not (found.visited or found.reached or found.requests):
        return "", False
    parts = [f"已走访 {found.visited} 户"]
    if found.households:
        enough = "" if found.enough or not found.village else f"（不到 {visits.WANTED_PERCENT}%）"
        parts[0] += f"，占 {found.households} 户的 {found.percent}{enough}"
    if found.village:
        parts.append(f"六类对象还缺{'、'.join(found.missing)}" if found.missing else "六类对象都已走访")
    if found.requests:
        late = f"，逾期 {found.overdue} 条" if found.overdue else ""
        parts.append(f"诉求 {found.requests} 条，已办结 {found.answered} 条{late}")
    return "；".join(parts), bool(found.overdue)


def of_interviews(context: Context) -> tuple[str, bool]:
    """摘要转底稿或立行立改 12 条，转线索 1 条."""
    found = interviews.tally_of_all(context.store, context.inspection)
    return (
        f"摘要转底稿或立行立改 {found.problems} 条，转线索 {found.leads} 条"
        if any((found.problems, found.leads))
        else ""
    ), False


def of_borrowings(context: Context) -> tuple[str, bool]:
    """要求提供 30 项，已提供 24 项，逾期 2 项，说明没有 1 项，未归还 20 项."""
    found = borrowings.standing(context.store, context.inspection, date.today())
    if not found.asked:
        return "", False
    counts = [
        (f"要求提供 {found.asked} 项", True),
        (f"已提供 {found.received} 项", True),
        (f"逾期未提供 {found.overdue} 项", bool(found.overdue)),
        (f"书面说明没有 {found.missing} 项", bool(found.missing)),
        (f"未归还 {found.unreturned} 项", bool(found.unreturned)),
    ]
    return "，".join(words for words, said in counts if said), bool(found.overdue)
