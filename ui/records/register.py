"""What a register says of itself: its record, its words, how its list reads, and what is its own."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from ui.context import Context
from ui.forms.editor import Editor
from ui.forms.field_box import FieldBox
from ui.record_screen import RecordScreen
from ui.records.record_editor import RecordEditor
from ui.records.standing_line import Words
from ui.tables.list_setup import ListSetup
from ui.tables.two_lines import TwoLines
from xuncha_desktop.model import Field, Kind, entities, fields
from xuncha_desktop.services import field_records, lists
from xuncha_desktop.services.imports.kinds import kinds
from xuncha_desktop.services.record_states import STATE

_LINKS = (Kind.REF, Kind.REFS, Kind.ROWS)


class Register(RecordScreen[RecordEditor]):
    """The declarations a register screen is made from; the screen itself is `RegisterScreen`."""

    STEP: ClassVar[str]  # words of the button where there is none yet
    EMPTY: ClassVar[str]  # what belongs here
    PROOFS: ClassVar[str] = ""  # the field that takes files dropped or pasted anywhere on the record
    WIDE: ClassVar[frozenset[str]] = frozenset()
    # Above the form: has show_record(id, values), and may have a signal values_given(fields to fill).
    PANEL: ClassVar[Callable[[Context], QWidget] | None] = None
    STANDING: ClassVar[Words | None] = None  # one line above the list
    COLUMNS: ClassVar[Sequence[str]]
    ALSO: ClassVar[Sequence[str]] = ()  # fields the two lines need besides the columns
    FILTERS: ClassVar[Sequence[str]] = ()
    GROUPS: ClassVar[Sequence[str]] = ()
    SORTS: ClassVar[Sequence[str]] = ()
    SORT: ClassVar[str] = ""
    COUNTED: ClassVar[str] = STATE
    TOTALS: ClassVar[Sequence[str]] = ()

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if not hasattr(cls, "ENTITY"):
            return
        cls.NOUN = entities()[cls.ENTITY].LABEL
        linked = {described.target for described in fields(cls.ENTITY).values() if described.kind in _LINKS}
        cls.WATCHES = frozenset({cls.ENTITY, "citation", "paper", "quick_fix", "inspector", *linked})
        # With the field a click elsewhere leads to: "interview.text".
        cls.OPENS = frozenset({cls.ENTITY, *(f"{cls.ENTITY}.{name}" for name in fields(cls.ENTITY))})

    @staticmethod
    def describe(cells: Mapping[str, str]) -> TwoLines:
        """A record in two lines, out of its columns, its number and what it lacks."""
        raise NotImplementedError

    def record_tools(self) -> Sequence[QWidget]:
        """What else can be done with the record shown, before 复制 and 删除."""
        return ()

    def special(self, field: Field) -> Editor | None:
        """An editor of this register's own for a field; None: the usual one."""
        return None

    def prepare(self, name: str, box: FieldBox) -> None:
        """Add to a field that was just made."""

    def takes(self, values: Mapping[str, Any]) -> str:
        """The field that files dropped on the record go into, as the record stands."""
        return self.PROOFS

    @classmethod
    def count(cls, context: Context) -> int | None:
        """Records of the inspection."""
        return lists.count(context.store, lists.Query(cls.ENTITY, {"inspection": context.inspection}))

    def list_setup(self) -> ListSetup:
        """What the list shows and offers."""
        return ListSetup(
            name=self.NAME,
            title=self.title,
            entity=self.ENTITY,
            imports=self.ENTITY if self.ENTITY in kinds() else "",
            columns=self.COLUMNS,
            describe=self.describe,
            also=(*self.COLUMNS, *self.ALSO),
            filters=self.FILTERS,
            groups=self.GROUPS,
            sorts=self.SORTS,
            sort=self.SORT,
            counted=self.COUNTED,
            totals=self.TOTALS,
            empty=self.EMPTY,
            first_step=self.STEP,
            extra=lambda ids: field_records.gap_words(self.context.store, self.ENTITY, ids),
            where=lambda: {"inspection": self.context.inspection},
        )
