"""What changed in the report between two of its exports, or since one of them, in the order of the report."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher
from itertools import groupby

from xuncha_desktop import differences
from xuncha_desktop.differences import Piece
from xuncha_desktop.errors import UserError
from xuncha_desktop.exports import report, traces
from xuncha_desktop.exports.check_sheet import GAP
from xuncha_desktop.exports.trace_words import is_number, label, number_change
from xuncha_desktop.exports.traces import Source, Trace
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model import fields
from xuncha_desktop.services import export_records
from xuncha_desktop.store.store import Store

KINDS: Mapping[str, str] = {
    "added": "新增",
    "removed": "删去",
    "moved": "移动",
    "text": "改动",
    "number": "数字",
}
NEVER = "这项任务的报告还没有导出过，没有可比的一版；请先导出一次报告，以后就能看出改了什么。"
_BEFORE, _AFTER = "开头部分", "后面部分"  # of the report, around its problems
_SHOWN_ELSEWHERE = frozenset({("paper", "heading")})  # the table's name of a heading follows from where a paper stands
_AROUND = 20

_Key = tuple[str, str, str]  # entity, record, field


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is no longer as it was."""

    kind: str  # a key of KINDS
    part: str  # the heading it stands under, or the part of the report
    label: str  # what changed: a problem's title, 底稿“…”的问题概述, 开展个别谈话
    source: Source  # where to look at it
    told: str = ""  # how, in a few words; "" for a text
    old: str = ""  # whole texts
    new: str = ""
    pieces: tuple[Piece, ...] = ()  # of a text, as far as it changed


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a problem stands."""

    heading: str
    title: str  # of the heading
    number: int  # under it, from 1


@dataclass(slots=True)
class _Side:
    """One of the two reports: each field's text by unit (a paper with all its fields, or a field), in order."""

    units: dict[_Key, dict[_Key, str]] = field(default_factory=dict)
    sources: dict[_Key, Source] = field(default_factory=dict)
    parts: dict[_Key, str] = field(default_factory=dict)  # of units
    places: dict[_Key, _Place] = field(default_factory=dict)  # of papers


def compare(store: Store, inspection: str, since: str, until: str, progress: Progress) -> list[Change]:
    """What changed from one export of the report to another, or to the report as it is now where `until` is ""."""
    progress.step(0, 3, "正在读取以前的报告")
    before = _exported(store, since)
    progress.step(1, 3, "正在读取要比的报告")
    after = _exported(store, until) if until else _now(store, inspection)
    progress.step(2, 3, "正在逐处对照")
    return list(changes(before, after))


def changes(before: Iterable[Trace], after: Iterable[Trace]) -> Iterator[Change]:
    """Like `compare`, of traces."""
    old, new = _side(before), _side(after)
    moved = _moved(old, new)
    for unit in _in_order(list(old.units), list(new.units)):
        if unit in old.places and unit not in new.places:
            yield _problem("removed", unit, old)
        elif unit in new.places and unit not in old.places:
            yield _problem("added", unit, new)
        else:
            if unit in moved:
                change = _problem("moved", unit, new)
                yield replace(change, told=_journey(old.places[unit], new.places[unit]))
            yield from _in_unit(unit, old, new)


def summary(found: Sequence[Change]) -> str:
    """新增 2 个问题，删去 1 个，改动 5 处，数字 7 处."""
    counts = {kind: sum(change.kind == kind for change in found) for kind in KINDS}
    said: list[str] = []
    for kind, count in counts.items():
        if count:
            measure = "处" if kind in ("text", "number") else "个" if said else "个问题"
            said.append(f"{KINDS[kind]} {count:,} {measure}")
    return "，".join(said) or "没有变化"


def words(found: Sequence[Change]) -> list[str]:
    """Every change in plain text, part by part, to be pasted."""
    lines: list[str] = []
    for part, under in groupby(found, lambda change: change.part):
        lines.append(part)
        for change in under:
            lines.append(f"【{KINDS[change.kind]}】{'：'.join(filter(None, (change.label, change.told)))}")
            if change.kind == "text":
                lines.append(f"原：{_without(change.pieces, 'added') or '（没有）'}")
                lines.append(f"现：{_without(change.pieces, 'taken') or '（没有）'}")
    return lines


def _exported(store: Store, record: str) -> tuple[Trace, ...]:
    rows = export_records.traces_of(store, record)
    if not rows:
        raise UserError("这次导出没有留下文字的来源（模板里没有打印它们），无法比较；请选另一次导出。")
    return traces.unpacked(rows)


def _now(store: Store, inspection: str) -> list[Trace]:
    return list(traces.of_content(report.DOCUMENT.collected(store, inspection, draft=True).content))


def _side(every: Iterable[Trace]) -> _Side:
    """Each field as it is first printed: the table behind the report repeats some."""
    side = _Side()
    heading, title, number, part = "", "", 0, _BEFORE
    for (entity, record, name), run in groupby(every, lambda trace: _key(trace.source)):
        lines = list(run)
        source = lines[0].source
        if (entity, name) == ("heading", "title"):
            heading, title, number, part = record, lines[0].text, 0, lines[0].text
        elif (entity, name) == ("report", "texts"):  # connecting text: of the heading it stands under
            source = Source("report_text", heading, "text")
        elif part not in (_BEFORE, _AFTER) and not (entity == "paper" and record):
            part = _AFTER
        key = _key(source)
        is_paper = entity == "paper" and bool(record)
        unit = ("paper", record, "") if is_paper else key
        if is_paper and unit not in side.places:
            number += 1
            side.places[unit] = _Place(heading, title, number)
        texts = side.units.setdefault(unit, {})
        side.parts.setdefault(unit, part)
        if key not in texts and (entity, name) not in _SHOWN_ELSEWHERE:
            texts[key] = _text(lines, "" if (entity, name) == ("report", "title") else "\n")
            side.sources[key] = source
    return side


def _key(source: Source) -> _Key:
    return source.entity, source.record, source.field


def _text(lines: Sequence[Trace], between: str) -> str:
    """A gap that a draft marks is as empty as one that a final report leaves."""
    return between.join(trace.text for trace in lines if trace.text != GAP)


def _in_order(old: Sequence[_Key], new: Sequence[_Key]) -> Iterator[_Key]:
    """The new order, with what is gone behind what it stood behind."""
    known = set(new)
    behind: dict[_Key | None, list[_Key]] = {}
    last: _Key | None = None
    for unit in old:
        if unit in known:
            last = unit
        else:
            behind.setdefault(last, []).append(unit)
    yield from behind.get(None, ())
    for unit in new:
        yield unit
        yield from behind.get(unit, ())


def _moved(old: _Side, new: _Side) -> set[_Key]:
    """Problems under another heading, and as few as explain the order under each."""
    both = [unit for unit in new.places if unit in old.places]
    moved = {unit for unit in both if old.places[unit].heading != new.places[unit].heading}
    for heading in {new.places[unit].heading for unit in both}:
        after = [unit for unit in both if new.places[unit].heading == heading and unit not in moved]
        before = sorted(after, key=lambda unit: old.places[unit].number)
        kept = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
        moved |= set(after) - {unit for block in kept for unit in after[block.b : block.b + block.size]}
    return moved


def _problem(kind: str, unit: _Key, side: _Side) -> Change:
    place = side.places[unit]
    title = side.units[unit].get(("paper", unit[1], "title"), "") or "（未命名）"
    told = f"第 {place.number} 个问题"
    return Change(kind, side.parts[unit], f"“{title}”", Source("paper", unit[1], "title"), told)


def _journey(old: _Place, new: _Place) -> str:
    if old.heading != new.heading:
        return f"从“{old.title}”移到“{new.title}”"
    return f"从第 {old.number} 个移到第 {new.number} 个" if old.number != new.number else "与前后的问题换了次序"


def _in_unit(unit: _Key, old: _Side, new: _Side) -> Iterator[Change]:
    before, after = old.units.get(unit, {}), new.units.get(unit, {})
    side = new if unit in new.units else old
    named = {unit[1]: after.get(("paper", unit[1], "title"), "") or "（未命名）"}
    for key in dict.fromkeys((*after, *before)):
        source = new.sources.get(key) or old.sources[key]
        one, other = before.get(key, ""), after.get(key, "")
        if one == other or (source.entity == "heading" and not (one and other)):
            continue  # a heading comes and goes with its problems
        if is_number(source):
            what, how = number_change(source, one, other, named)
            yield Change("number", side.parts[unit], what, source, how, one, other)
        else:
            found = tuple(differences.excerpt(differences.pieces(one, other), _AROUND))
            yield Change("text", side.parts[unit], _called(source, named), source, "", one, other, found)


def _called(source: Source, named: Mapping[str, str]) -> str:
    if source.entity in ("report", "report_text"):
        return fields(source.entity)[source.field].label if source.entity == "report" else "连接文字"
    return label(source, named)


def _without(pieces: Iterable[Piece], kind: str) -> str:
    return "".join(piece.text for piece in pieces if piece.kind != kind)
