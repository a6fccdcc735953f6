"""What comes of reading an edited ledger: changes cell by cell, and all that could not be compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from xuncha_desktop.differences import excerpts
from xuncha_desktop.store.journal import Heads

STATES: Mapping[str, str] = {
    "clean": "可以采用",
    "conflict": "案卷后来也改过",
    "unsure": "分不清是哪边改的",
    "locked": "已审签",
    "fixed": "不能在台账里改",
    "unreadable": "认不出",
}
_AROUND, _MOST = 10, 60  # characters beside what differs, and of it
_TAKEN = frozenset({"clean", "conflict", "unsure"})


@dataclass(frozen=True, slots=True)
class Change:
    """A cell that says something other than the case."""

    state: str  # a key of STATES
    row: int
    cell: str  # Q5
    column: str
    paper: str
    number: str
    title: str  # of the paper
    printed: str | None  # at the export; None where that is not known
    now: str
    new: str
    why: str = ""  # what there is to know or to do
    values: Mapping[str, Any] = field(default_factory=dict)

    @property
    def takeable(self) -> bool:
        """Whether a person may take it."""
        return self.state in _TAKEN

    @property
    def sentence(self) -> str:
        """The whole of it in one line; of long texts only where they differ."""
        now, new = (f"“{text}”" if text else "（空）" for text in excerpts((self.now, self.new), _AROUND, _MOST))
        told = f"第{self.row}行“{self.column}”（{self.title}）：{now} → {new}"
        return f"{told}，{self.why}" if self.why else told


@dataclass(frozen=True, slots=True)
class LeftRow:
    """A row that belongs to no paper, and why."""

    row: int
    why: str
    text: str


@dataclass(slots=True)
class Plan:
    """The whole of it; nothing is written yet."""

    file: str
    exported_at: int | None  # None where the export is not known
    compared: int = 0  # papers
    changes: list[Change] = field(default_factory=list)
    left_rows: list[LeftRow] = field(default_factory=list)
    missing: list[tuple[str, str]] = field(default_factory=list)  # number and title of papers without a row
    unknown: list[str] = field(default_factory=list)  # columns
    absent: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    seen: Heads = field(default_factory=dict)

    def of(self, state: str) -> list[Change]:
        """The changes in a state."""
        return [change for change in self.changes if change.state == state]

    def remarks(self) -> list[str]:
        """A sentence for each thing beside the changes."""
        found: list[str] = []
        if self.exported_at is None:
            found.append(
                "这份台账的导出记录不在本案卷里，不知道导出时的内容，只与案卷现在的内容对照；"
                "每一处都分不清是文件里改的还是案卷后来改的，请逐处看过再选"
            )
        if self.unknown:
            found.append(f"这些列没有对应的内容，没有读：{'、'.join(self.unknown)}")
        if self.absent:
            found.append(f"文件里没有这些列，案卷里的内容不变：{'、'.join(self.absent)}")
        found += [f"第{row.row}行没有读（{row.why}）：{short(row.text)}" for row in self.left_rows]
        if self.missing:
            listed = "、".join(f"{number} {title}".strip() for number, title in self.missing)
            found.append(f"文件里没有这 {len(self.missing)} 份底稿的行，案卷里的底稿不变：{listed}")
        return found + self.notes


def short(text: str, most: int = 40) -> str:
    """A text in one line, cut."""
    plain = " ".join(text.split())
    return f"{plain[:most]}…" if len(plain) > most else plain
