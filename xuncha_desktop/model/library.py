"""句式 and 依据: what the team's papers are begun from and measured against; shipped ones are copied into each case."""

from sqlalchemy.orm import Mapped

from xuncha_desktop.model.base import Entity
from xuncha_desktop.model.choices import BASIS_KINDS
from xuncha_desktop.model.field import Kind, field


class Phrase(Entity):
    """A sentence pattern for a problem: the point, then the fact, with {blanks} to be filled in each paper."""

    __tablename__ = "phrase"
    LABEL = "句式"
    TITLE = "point"

    point: Mapped[str] = field(
        "观点句",
        Kind.LONGTEXT,
        required=True,
        in_table=True,
        help="一句话点明问题。每份底稿不同的地方写成空，如{单位}，选用后按 Tab 逐个填写。",
    )
    fact: Mapped[str] = field(
        "事实句",
        Kind.LONGTEXT,
        in_table=True,
        help="接在观点句后面的时间、数量、后果，如：{时间段}共召开{会议次数}次会议。",
    )
    problem_type: Mapped[str | None] = field(
        "问题分类",
        Kind.REF,
        target="problem_type",
        in_table=True,
        help="写这一类底稿时排在最前；不选时各类通用。",
    )


class LegalBasis(Entity):
    """A document that problems are measured against, or one article of it, as a paper quotes it."""

    __tablename__ = "legal_basis"
    LABEL = "依据"
    TITLE = "name"

    name: Mapped[str] = field(
        "文件全称", Kind.TEXT, required=True, in_table=True, help="不用写书名号，引用时自动加上。"
    )
    document_number: Mapped[str] = field("发文字号", Kind.TEXT, in_table=True, help="如：青财发〔2021〕15号。")
    article: Mapped[str] = field(
        "条款", Kind.TEXT, in_table=True, help="如：第八条第二款。同一文件常用几条的，每条各写一项。"
    )
    kind: Mapped[str] = field("类别", Kind.ENUM, choices=BASIS_KINDS, in_table=True)
    text: Mapped[str] = field("条款内容", Kind.LONGTEXT, help="原文或要点，选用时供核对，不写进底稿。")
    problem_types = field(
        "常用于", Kind.REFS, target="problem_type", in_table=True, help="写这几类底稿时排在最前，并提议填入。"
    )
    note: Mapped[str] = field("备注", Kind.LONGTEXT)
