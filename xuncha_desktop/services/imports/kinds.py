"""What can be brought in: each kind of list with the fields its columns may go to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from xuncha_desktop.errors import UserError
from xuncha_desktop.model import LONG_TEXTS, Field, Kind, entities, fields
from xuncha_desktop.services.field_records import NUMBER_WORDS
from xuncha_desktop.services.imports.headings import SYNONYMS, bare, forms, index

_READABLE = frozenset(Kind) - {Kind.AUTO, Kind.ROWS, Kind.MOMENT}
# Who said something is kept apart from what was said, behind a code that the program gives: talks are not brought in.
_RECORDS = tuple(entity for entity in NUMBER_WORDS if entity != "interview")
_ROWS = frozenset({"parties", "requests"})  # rows that one cell can name
_LEFT = {
    "paper": {"state", "merged_into", "signed_on", "return_reason", "period_from", "period_to"},
    "quick_fix": {"papers"},
    "fact_check": {"papers"},
}
_OF_MEMBER = ("role", "code", "duty", "joined_on", "left_on")
_OF_ITEM = ("code", "item", "focus", "area", "problem_type", "basis", "how")
PERIOD = "from_to"  # fills two fields: from when, until when
_LABELLED = frozenset({"note", "how"})  # hold many columns, each under its heading
_COLLECTS = frozenset({"note", "how", "item"})
_WITHOUT_LABEL = frozenset(map(bare, ("备注", "说明", "备注说明")))
_INSTEAD = {"petition": "text", "quick_fix": "facts", "fact_check": "overview", "paper": "overview"}


@dataclass(frozen=True, slots=True)
class Target:
    """Where a column may go."""

    field: Field
    entity: str  # whose field it is
    collects: bool = False  # takes every column whose heading it knows, not the best one alone
    labelled: bool = False  # what comes from a column stands behind the column's heading

    @property
    def name(self) -> str:
        """Its name among the targets of its kind."""
        return self.field.name

    @property
    def several(self) -> bool:
        """Whether more than one column may go here."""
        return self.field.kind in LONG_TEXTS


@dataclass(frozen=True, slots=True)
class ImportKind:
    """A kind of list."""

    name: str
    title: str
    entity: str  # what a row becomes
    targets: Mapping[str, Target]
    must: str  # what every row has to name
    instead: str  # the text it is taken from where no column names it
    words: Mapping[str, tuple[str, int]]  # what headings mean: target, and how sure

    @property
    def of_inspection(self) -> bool:
        """Whether its records belong to an inspection."""
        return "inspection" in self.targets


@cache
def kinds() -> Mapping[str, ImportKind]:
    """Every kind by name, in the order it is offered."""
    person = _targets("inspector", fields("inspector"))
    found = [
        _kind("unit", "被巡察党组织", "unit", _targets("unit", fields("unit"))),
        _kind("member", "成员", "member", [*person, *_targets("member", _OF_MEMBER)]),
        _kind("inspector", "人才库人员", "inspector", person, words_of="member"),
        *(_kind(name, entities()[name].LABEL, name, _targets(name, fields(name))) for name in _RECORDS),
        _kind("paper", "问题底稿", "paper", [*_targets("paper", fields("paper")), _period()]),
        _kind("previous", "上轮反馈问题", "check_item", _previous()),
        _kind("phrase", "句式", "phrase", _targets("phrase", fields("phrase"))),
        _kind("legal_basis", "依据", "legal_basis", _targets("legal_basis", fields("legal_basis"))),
    ]
    return {kind.name: kind for kind in found}


def kind_of(name: str) -> ImportKind:
    """A kind by its name; UserError where it cannot be brought in."""
    if name in kinds():
        return kinds()[name]
    if name == "interview":
        raise UserError("谈话记录不能从表格导入：对象的身份要与谈话内容分开存放，请逐条登记。")
    raise UserError(f"没有名为“{name}”的导入，可用：{'、'.join(kinds())}。")


def _kind(name: str, title: str, entity: str, targets: Iterable[Target], words_of: str = "") -> ImportKind:
    by_name = {target.name: target for target in targets}
    known = SYNONYMS[words_of or name]
    words = {n: (*forms(target.field.label), *known.get(n, "").split()) for n, target in by_name.items()}
    title_field = entities()[entity].TITLE.rpartition(".")[2]
    return ImportKind(name, title, entity, by_name, title_field, _INSTEAD.get(name, ""), index(words))


def _targets(entity: str, names: Iterable[str]) -> list[Target]:
    described = fields(entity)
    return [_target(entity, described[name]) for name in names if _readable(entity, described[name])]


def _readable(entity: str, field: Field) -> bool:
    if field.name in _LEFT.get(entity, ()) or field.target == "evidence":
        return False
    return field.kind in _READABLE or field.name in _ROWS


def _target(entity: str, field: Field) -> Target:
    return Target(field, entity, collects=field.name in _COLLECTS, labelled=field.name in _LABELLED)


def _period() -> Target:
    """From when to when, in one cell."""
    return Target(Field("发生时间段", Kind.TEXT, name=PERIOD), "paper")


def _previous() -> list[Target]:
    """Last round's problems become items of a look-back's checklist."""
    labels = {"code": "问题编号", "item": "反馈问题", "area": "问题类别", "how": "整改措施和情况"}
    found = _targets("check_item", _OF_ITEM)
    renamed = [replace(t, field=replace(t.field, label=labels.get(t.name, t.field.label))) for t in found]
    return [*renamed, *_targets("check_result", ("inspection",))]


def needs_label(target: Target, kind: ImportKind, heading: str, *, alone: bool) -> bool:
    """Whether a column's texts stand behind its heading in the field they go to."""
    if target.labelled:
        return bare(heading) not in _WITHOUT_LABEL
    return not alone and kind.words.get(bare(heading), ("", 0))[0] != target.name
