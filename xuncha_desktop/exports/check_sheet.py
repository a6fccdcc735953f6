"""核对单: what a user learns before an export: what is missing, left out, in conflict or too long."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import fields
from xuncha_desktop.services import papers
from xuncha_desktop.services.export_data import PaperLine

GAP = "【待补】"  # stands in a draft where a final export would have been refused
KINDS: Mapping[str, str] = {
    "missing": "缺少必填内容",
    "cited": "引用失效或原文有修改",
    "conflict": "两处修改不一致",
    "unapproved": "未审签，不写入",
    "left_out": "不写入",
    "unprinted": "印不出",
    "chain": "未经审签链",
    "empty": "将为空",
    "length": "过长",
    "wording": "用语不规范",
    "number": "与底稿的数字不一致",
}
_MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of the check sheet, and the record and field where it can be mended."""

    kind: str  # a key of KINDS
    text: str
    stops: bool = False  # a final export is refused
    entity: str = ""
    record: str = ""
    field: str = ""


@dataclass(frozen=True, slots=True)
class CheckSheet:
    """Everything found before an export of one document."""

    title: str
    papers: int | None  # None where it is not made of papers
    findings: tuple[Finding, ...]

    @property
    def stops(self) -> tuple[Finding, ...]:
        """What refuses a final export."""
        return tuple(finding for finding in self.findings if finding.stops)

    def refuse_gaps(self) -> None:
        """Raise the sentence that refuses a final export, if anything does."""
        if not self.stops:
            return
        named = "；".join(finding.text.rstrip("。") for finding in self.stops[:_MOST_NAMED])
        more = f"等 {len(self.stops)} 处" if len(self.stops) > _MOST_NAMED else ""
        raise UserError(f"{self.title}还不能正式导出：{named}{more}；请补齐后再导出，或先导出草稿。")


def paper_findings(line: PaperLine, *, stops_only: bool = False) -> list[Finding]:
    """What one paper lacks, and what it cites that has to be looked at."""
    values = line.paper
    called = values["title"] or values["number"] or "（未命名）"
    return [
        Finding(
            "cited" if gap.of_citations else "missing" if gap.blocking else "empty",
            f"底稿“{called}”{gap.missing}",
            gap.blocking,
            "paper",
            line.id,
            gap.field,
        )
        for gap in papers.gaps(values, line.cited)
        if not gap.met and (gap.blocking or gap.of_citations or not stops_only)
    ]


def conflict_findings(disputed: Mapping[str, Sequence[str]], called: Mapping[str, tuple[str, str]]) -> list[Finding]:
    """Fields with two versions; `called` gives entity and title of each record."""
    return [
        Finding(
            "conflict",
            f"“{called[record][1]}”的{'、'.join(labels)}有两种改法，还没有确定",
            True,
            called[record][0],
            record,
        )
        for record, labels in disputed.items()
    ]


def required_findings(entity: str, record: str, values: Mapping[str, Any], names: Iterable[str]) -> list[Finding]:
    """Mandatory fields of a record that nobody filled."""
    described = fields(entity)
    return [
        Finding("missing", f"没有填写{described[name].label}", True, entity, record, name)
        for name in names
        if values[name] == described[name].empty
    ]
