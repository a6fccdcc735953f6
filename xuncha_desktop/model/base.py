"""What all records of a case have in common, and the register of entities."""

from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from sqlalchemy import BigInteger, Boolean, MetaData, Text, inspect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from xuncha_desktop.model.field import Field, Plural
from xuncha_desktop.model.ids import new_id


class Base(DeclarativeBase):
    """All tables of a case."""

    metadata = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})


class Entity(Base):
    """A synced record: every change of its columns becomes a change row of the journal."""

    __abstract__ = True

    LABEL: ClassVar[str]
    TITLE: ClassVar[str]  # the field a person knows the record by; "inspector.name" follows a ref

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    deleted: Mapped[bool] = mapped_column("_deleted", Boolean, default=False, active_history=True)
    sort_key: Mapped[str] = mapped_column(Text, default="", index=True, info={"derived": True})

    def __init__(self, **values: Any) -> None:
        """A new record: all fields empty but those given."""
        mapper = inspect(type(self))
        defaults: dict[str, Any] = {"id": new_id(), "deleted": False, "sort_key": ""}
        if "position" in mapper.columns:
            defaults["position"] = 0
        for described in fields(type(self).__tablename__).values():
            if described.stored:
                defaults[described.name] = described.empty
        super().__init__(**defaults | values)


class Row(Entity):
    """A line of a record's form, kept in order; its field `parent` names the record."""

    __abstract__ = True

    position: Mapped[int] = mapped_column("_order", BigInteger, default=0, active_history=True)


@cache
def entities() -> Mapping[str, type[Entity]]:
    """Every entity by its name (= its table)."""
    from xuncha_desktop import model  # the package imports all nouns

    assert model
    classes = (mapper.class_ for mapper in Base.registry.mappers)
    return {cls.__tablename__: cls for cls in sorted(classes, key=lambda c: c.__tablename__) if issubclass(cls, Entity)}


@cache
def fields(entity: str) -> Mapping[str, Field]:
    """The described fields of an entity by attribute name, in the order they are written down."""
    cls = entities()[entity]
    found: list[Field] = []
    for attribute in inspect(cls).column_attrs:
        column = attribute.columns[0]
        if described := column.info.get("field"):
            found.append(described.named(attribute.key, column.name))
    for name, value in vars(cls).items():
        if isinstance(value, Plural):
            found.append(value.field.named(name, ""))
    return {described.name: described for described in sorted(found, key=lambda f: f.order)}


@cache
def journal_columns(entity: str) -> Mapping[str, str]:
    """Attribute by journal name (column) for all that the journal keeps of an entity."""
    return {
        attribute.columns[0].name: attribute.key
        for attribute in inspect(entities()[entity]).column_attrs
        if attribute.key != "id" and not attribute.columns[0].info.get("derived")
    }
