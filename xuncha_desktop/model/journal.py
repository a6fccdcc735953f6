"""The journal's own tables: batches, change rows, heads. Written by the store alone (journal.md)."""

from sqlalchemy import BigInteger, Index, LargeBinary, Text
from sqlalchemy.orm import Mapped, mapped_column

from xuncha_desktop.model.base import Base


class Meta(Base):
    """What this copy of the case knows of itself; never merged."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(Text, primary_key=True)
    value: Mapped[str] = mapped_column(Text)


class Batch(Base):
    """One user action."""

    __tablename__ = "batch"
    __table_args__ = (Index("ix_batch_replica_hlc", "replica", "hlc"), Index("ix_batch_hlc", "hlc"))

    id: Mapped[str] = mapped_column(Text, primary_key=True)
    replica: Mapped[str] = mapped_column(Text)
    label: Mapped[str] = mapped_column(Text)
    actor: Mapped[str | None] = mapped_column(Text)
    kind: Mapped[str] = mapped_column(Text)  # edit, undo, redo, system
    undoes_batch: Mapped[str | None] = mapped_column(Text)
    hlc: Mapped[int] = mapped_column(BigInteger)
    wall_ms: Mapped[int] = mapped_column(BigInteger)
    tz_min: Mapped[int] = mapped_column(BigInteger)


class Change(Base):
    """One field of one record got one value; immutable."""

    __tablename__ = "change"
    __table_args__ = (Index("ix_change_record", "entity", "record", "field"), Index("ix_change_batch", "batch"))

    replica: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    batch: Mapped[str] = mapped_column(Text)
    hlc: Mapped[int] = mapped_column(BigInteger)
    entity: Mapped[str] = mapped_column(Text)
    record: Mapped[str] = mapped_column(Text)
    field: Mapped[str] = mapped_column(Text)
    value: Mapped[str | None] = mapped_column(Text)  # canonical JSON; NULL once sealed away
    salt: Mapped[bytes | None] = mapped_column(LargeBinary)
    digest: Mapped[bytes] = mapped_column(LargeBinary)  # SHA-256(salt ‖ value), stays when the value goes
    parents: Mapped[str] = mapped_column(Text)  # sorted JSON array of "replica:seq"
    chain: Mapped[bytes] = mapped_column(LargeBinary)


class Head(Base):
    """A change nobody has superseded. A field without heads of its own has the record's `_new` as head."""

    __tablename__ = "head"

    entity: Mapped[str] = mapped_column(Text, primary_key=True)
    record: Mapped[str] = mapped_column(Text, primary_key=True)
    field: Mapped[str] = mapped_column(Text, primary_key=True)
    replica: Mapped[str] = mapped_column(Text, primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger, primary_key=True)
