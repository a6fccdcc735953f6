"""Which field of a paper each column of the ledger stands for; which columns only show what is kept elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from xuncha_desktop.exports import ledger
from xuncha_desktop.model import Kind
from xuncha_desktop.services.imports.headings import bare, cents_of_unit, forms
from xuncha_desktop.services.imports.kinds import PERIOD, Target, kinds

ORDER, NUMBER = "序号", "底稿编号"
TYPE, LEVELS = "三级分类", {"一级分类": "level1_name", "二级分类": "level2"}
_SPECIAL = {TYPE: "problem_type", "发生时间段": PERIOD, "责任主体": "parties", "聚焦方面": "heading"}
_PROGRAM = "由程序编定或在办理中记入，不能在台账里改"
_WHY = {
    "支撑材料编号": "由底稿引用的材料得出；请到底稿里改引用",
    "对应报告段落": "由底稿在报告里的位置得出；请到“报告”里调整次序",
    **dict.fromkeys(LEVELS, f"随“{TYPE}”得出；请改“{TYPE}”一列"),
}
_OTHER = "是任务、单位或轮次的内容；请到“任务”“轮次”里改"


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: the ledger's title ("" if it is none of the ledger's), where it stands, its own words."""

    title: str
    place: int
    heading: str

    @property
    def cents(self) -> int | None:
        """How many 分 one of the unit is that its words name."""
        return cents_of_unit(self.heading)


@cache
def known_titles() -> Mapping[str, str]:
    """Every title of the long form and of the fields beyond it, by its bare form."""
    return {bare(title): title for title in (*dict(ledger.COLUMNS), *ledger.extra_columns())}


@cache
def targets() -> Mapping[str, Target]:
    """What a column may change, by title."""
    of_papers = kinds()["paper"].targets
    found: dict[str, Target] = {}
    for title, source in {**ledger.extra_columns(), **dict(ledger.COLUMNS)}.items():
        entity, _, name = source.partition(".") if isinstance(source, str) else ("", "", "")
        name = _SPECIAL.get(title, name if entity == "paper" else "")
        if name in of_papers and name != "inspection":
            found[title] = of_papers[name]
    return found


def why_fixed(title: str) -> str:
    """Why a column cannot be changed here."""
    source = {**ledger.extra_columns(), **dict(ledger.COLUMNS)}.get(title)
    of_paper = isinstance(source, str) and source.startswith("paper.")
    return _WHY.get(title) or (_PROGRAM if of_paper else _OTHER)


def columns_of(titles: Mapping[int, str]) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns of a file that are the ledger's, renamed ones by what they mean, and all others."""
    known = known_titles()
    found: dict[str, Column] = {}
    others: list[Column] = []
    for place, heading in titles.items():
        title = known.get(bare(heading), "")
        if title and title not in found:
            found[title] = Column(title, place, heading)
        else:
            others.append(Column("", place, heading))
    unknown: list[Column] = []
    for column in others:
        title = _meant(column.heading)
        if title and title not in found:
            found[title] = Column(title, column.place, column.heading)
        else:
            unknown.append(column)
    return tuple(sorted(found.values(), key=lambda column: column.place)), tuple(unknown)


def _meant(heading: str) -> str:
    """The title of the form whose field a heading names in other words; remarks have no other words."""
    words = kinds()["paper"].words
    name = next((words[form][0] for form in forms(heading) if form in words), "")
    of_form = dict(ledger.COLUMNS)
    if name in ("", "note"):
        return ""
    return next((title for title, target in targets().items() if target.name == name and title in of_form), "")


@cache
def date_titles() -> tuple[str, ...]:
    """The titles whose values are days."""
    return ledger.of_kind(ledger.COLUMNS, Kind.DATE)


@cache
def money_titles() -> tuple[str, ...]:
    """The titles whose cells are 万元 and whose values are 分."""
    return ledger.of_kind(ledger.COLUMNS, Kind.MONEY)
