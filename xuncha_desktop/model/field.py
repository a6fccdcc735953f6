"""A field of a record, described once: form row, table column, Word name and merge policy follow from it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import count
from typing import Any

from sqlalchemy import BigInteger, Boolean, Text
from sqlalchemy.orm import mapped_column

from xuncha_desktop.model.types import JsonTuple


class Kind(StrEnum):
    """What a field holds, which decides its editor, its column and its plain value."""

    TEXT = "text"
    LONGTEXT = "longtext"
    RICHTEXT = "richtext"  # long text with bold words, lists and tables, see rich.py
    INT = "int"
    MONEY = "money"  # integer 分, shown in 万元
    YUAN = "yuan"  # integer 分, shown in 元
    DATE = "date"  # ISO text, "2020-04-16"
    MOMENT = "moment"  # epoch milliseconds
    BOOL = "bool"
    ENUM = "enum"  # one stable code
    ENUMS = "enums"  # several stable codes
    REF = "ref"  # id of another record
    REFS = "refs"  # links to other records, a set merged by its members
    ROWS = "rows"  # child records in order
    AUTO = "auto"  # text the program writes


LONG_TEXTS = (Kind.LONGTEXT, Kind.RICHTEXT)  # several paragraphs, compared word by word


class Policy(StrEnum):
    """What happens when two laptops changed the same field (reliability: field policies)."""

    DECIDE = "decide"
    LONGTEXT = "longtext"
    MEMBER = "member"
    AUTO = "auto"


@dataclass(frozen=True, slots=True)
class Field:
    """All that is said of one field."""

    label: str
    kind: Kind
    name: str = ""
    column: str = ""  # name in the journal and the table; "" for refs and rows
    required: bool = False
    in_table: bool = False
    help: str = ""
    group: str = ""
    policy: Policy = Policy.DECIDE
    choices: Mapping[str, str] | None = None
    target: str = ""  # entity a ref, refs or rows field points at
    private: bool = False  # who somebody is: seen in the record's own form, in no list, search or document
    order: int = 0

    @property
    def stored(self) -> bool:
        """Whether the value is a column of the record itself."""
        return self.kind not in (Kind.REFS, Kind.ROWS)

    @property
    def empty(self) -> Any:
        """The value of a field nobody has filled."""
        return EMPTY[self.kind]

    def named(self, name: str, column: str) -> "Field":
        """The same field under its attribute's and column's name."""
        return replace(self, name=name, column=column)


EMPTY: Mapping[Kind, Any] = {
    Kind.TEXT: "",
    Kind.LONGTEXT: "",
    Kind.RICHTEXT: "",
    Kind.INT: None,
    Kind.MONEY: None,
    Kind.YUAN: None,
    Kind.DATE: None,
    Kind.MOMENT: None,
    Kind.BOOL: False,
    Kind.ENUM: "",
    Kind.ENUMS: (),
    Kind.REF: None,
    Kind.REFS: (),
    Kind.ROWS: (),
    Kind.AUTO: "",
}
_NULLABLE = {kind for kind, empty in EMPTY.items() if empty is None}
_SQL = {
    Kind.INT: BigInteger,
    Kind.MONEY: BigInteger,
    Kind.YUAN: BigInteger,
    Kind.MOMENT: BigInteger,
    Kind.BOOL: Boolean,
    Kind.ENUMS: JsonTuple,
}
_POLICY = {
    Kind.LONGTEXT: Policy.LONGTEXT,
    Kind.RICHTEXT: Policy.LONGTEXT,
    Kind.REFS: Policy.MEMBER,
    Kind.ROWS: Policy.MEMBER,
}
_order = count()


@dataclass(frozen=True, slots=True)
class Plural:
    """Stands in a class body for a field kept in other tables (refs, rows)."""

    field: Field


def field(
    label: str,
    kind: Kind,
    *,
    required: bool = False,
    in_table: bool = False,
    help: str = "",  # noqa: A002 -- the word every form uses
    group: str = "",
    policy: Policy | None = None,
    choices: Mapping[str, str] | None = None,
    target: str = "",
    private: bool = False,
    index: bool = False,
    column: str | None = None,
) -> Any:
    """Describe one field of an entity; gives the mapped column, or a marker for refs and rows."""
    described = Field(
        label=label,
        kind=kind,
        required=required,
        in_table=in_table,
        help=help,
        group=group,
        policy=policy or _POLICY.get(kind, Policy.DECIDE),
        choices=choices,
        target=target,
        private=private,
        order=next(_order),
    )
    if not described.stored:
        return Plural(described)
    return mapped_column(
        column,
        _SQL.get(kind, Text),
        nullable=kind in _NULLABLE,
        index=index or kind is Kind.REF,
        active_history=True,
        info={"field": described},
    )
