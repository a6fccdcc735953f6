"""What a screen says about its list before it is made."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ui.tables.record_model import Extra
from ui.tables.two_lines import Describe
from xuncha_desktop.model import Field
from xuncha_desktop.services import lists


@dataclass(frozen=True, slots=True)
class Action:
    """Something that can be done with the chosen records."""

    label: str
    icon: str
    run: Callable[[list[str]], None]


@dataclass(frozen=True, slots=True)
class ListSetup:
    """What a screen says about its list."""

    name: str  # key of the remembered layout
    title: str
    entity: str
    columns: Sequence[str]
    describe: Describe | None = None  # None: columns only
    also: Sequence[str] = ()  # fields the two lines need besides the columns
    filters: Sequence[str] = ()
    groups: Sequence[str] = ()
    sorts: Sequence[str] = ()
    sort: str = ""
    unsorted: str = "按登记先后"  # what the order is called that no field gives
    totals: Sequence[str] = ()
    counted: str = ""  # a closed list whose values are counted in the foot
    empty: str = ""  # what belongs here and how to begin
    first_step: str = ""  # words of the button that begins
    extra: Extra | None = None
    imports: str = ""  # kind of list that can be brought in here from a file or a pasted table
    where: Callable[[], Mapping[str, Any]] = field(default=dict)
    fields: Mapping[str, Field] | None = None  # where a line is put together of several records

    @property
    def known(self) -> Mapping[str, Field]:
        """What the list can show and sort by."""
        return lists.listed(self.entity) if self.fields is None else self.fields
