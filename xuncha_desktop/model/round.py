"""轮次: what is the same for all inspections of a round, kept as data and not in code."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity, Row
from xuncha_desktop.model.choices import DAY_KINDS, MODES
from xuncha_desktop.model.field import Kind, field


class Round(Entity):
    """A round of a term."""

    __tablename__ = "round"
    LABEL = "轮次"
    TITLE = "name"

    name: Mapped[str] = field("轮次名称", Kind.TEXT, required=True, in_table=True, help="如“第十五届第六轮”。")
    term: Mapped[int | None] = field("届次", Kind.INT, required=True, in_table=True)
    number: Mapped[int | None] = field("轮次", Kind.INT, required=True, in_table=True)
    year: Mapped[int | None] = field("年度", Kind.INT, required=True, in_table=True, help="编号里〔〕内的年份。")
    mode: Mapped[str] = field("默认巡察方式", Kind.ENUM, choices=MODES)
    heading_set: Mapped[str | None] = field("报告框架", Kind.REF, target="heading_set", required=True)
    number_pattern: Mapped[str] = field(
        "编号规则",
        Kind.TEXT,
        help="可用 {year} {term} {round} {team} {unit} {kind} {seq}，"
        "如 〔{year}〕{term}-{round}-{team}-{unit}-{kind}-{seq}。",
    )
    smallest_group: Mapped[int | None] = field("测评最小票数", Kind.INT, help="有效票少于此数时不出分项。")
    name_persons: Mapped[bool] = field("报告可点人点事", Kind.BOOL)
    long_term_counts: Mapped[bool] = field("长期坚持计入完成率", Kind.BOOL)
    village_variant: Mapped[bool] = field("村（社区）用简表", Kind.BOOL)
    deadlines = field("期限规则", Kind.ROWS, target="deadline")


class Deadline(Row):
    """One deadline rule of a round."""

    __tablename__ = "deadline"
    LABEL = "期限"
    TITLE = "label"

    parent: Mapped[str | None] = field("轮次", Kind.REF, target="round")
    code: Mapped[str] = field("代码", Kind.TEXT)
    label: Mapped[str] = field("事项", Kind.TEXT, required=True, in_table=True)
    days: Mapped[int | None] = field("天数", Kind.INT, required=True, in_table=True)
    day_kind: Mapped[str] = field("按", Kind.ENUM, choices=DAY_KINDS, in_table=True)
    rule: Mapped[str] = field("规则名称", Kind.TEXT, in_table=True)


class HeadingSet(Entity):
    """A set of report headings (三个聚焦, 四个聚焦, 四个落实, or the user's own)."""

    __tablename__ = "heading_set"
    LABEL = "报告框架"
    TITLE = "name"

    name: Mapped[str] = field("名称", Kind.TEXT, required=True, in_table=True)
    code: Mapped[str] = field("代码", Kind.TEXT)
    headings = field("标题", Kind.ROWS, target="heading")


class Heading(Row):
    """One heading of a set and the problem types that fall under it."""

    __tablename__ = "heading"
    LABEL = "报告标题"
    TITLE = "title"

    parent: Mapped[str | None] = field("报告框架", Kind.REF, target="heading_set")
    title: Mapped[str] = field("标题", Kind.TEXT, required=True, in_table=True)
    level1_codes: Mapped[str] = field("一级分类代码", Kind.TEXT, in_table=True, help="如 A，或 C D。")
