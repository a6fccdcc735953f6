"""Kind of field -> editor. A new kind is one line here (a test demands it)."""

from collections.abc import Callable, Mapping

from ui.forms.choices import BoolEditor, EnumEditor, EnumsEditor
from ui.forms.editor import Editor
from ui.forms.lines import AutoEditor, DateEditor, IntEditor, LineEditor, MoneyEditor, YuanEditor
from ui.forms.long_text import LongTextEditor
from ui.forms.moments import MomentEditor
from ui.forms.refs import Makers, Options, RefEditor, RefsEditor
from ui.forms.rich_text import RichTextEditor
from ui.forms.rows import RowsEditor
from xuncha_desktop.model import Field, Kind

_PLAIN: Mapping[Kind, Callable[[Field], Editor]] = {
    Kind.TEXT: LineEditor,
    Kind.LONGTEXT: LongTextEditor,
    Kind.RICHTEXT: RichTextEditor,
    Kind.INT: IntEditor,
    Kind.MONEY: MoneyEditor,
    Kind.YUAN: YuanEditor,
    Kind.DATE: DateEditor,
    Kind.MOMENT: MomentEditor,
    Kind.BOOL: BoolEditor,
    Kind.ENUM: EnumEditor,
    Kind.ENUMS: EnumsEditor,
    Kind.AUTO: AutoEditor,
}


def make_editor(field: Field, options: Options, makers: Makers | None = None) -> Editor:
    """The editor of a field; `options` gives the records it may point at, `makers` add one more."""
    makers = makers or {}
    if field.kind is Kind.REF:
        return RefEditor(field, options, makers)
    if field.kind is Kind.REFS:
        return RefsEditor(field, options, makers)
    if field.kind is Kind.ROWS:
        return RowsEditor(field, lambda column: make_editor(column, options, makers))
    return _PLAIN[field.kind](field)
