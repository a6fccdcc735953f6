"""Column types that mean the same in SQLite and PostgreSQL."""

import json
from typing import Any

from sqlalchemy import Dialect, Text
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import TypeDecorator, TypeEngine


class JsonTuple(TypeDecorator[tuple[str, ...]]):
    """Several codes in one text column, as a JSON array; a tuple in Python, so that nobody edits it in place."""

    impl = Text
    cache_ok = True

    def coerce_compared_value(self, op: OperatorType | None, value: Any) -> TypeEngine[Any]:
        """A part of the text is looked for as text."""
        return Text() if isinstance(value, str) else self

    def process_bind_param(self, value: tuple[str, ...] | None, dialect: Dialect) -> str:
        """To JSON text."""
        return json.dumps(list(value or ()), ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> tuple[str, ...]:
        """From JSON text."""
        return tuple(json.loads(value)) if value else ()
