"""From a file or the clipboard to the table that is most likely meant."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from xuncha_desktop.decoding.decoder import Decoder
from xuncha_desktop.decoding.decoder import Source as File
from xuncha_desktop.decoding.lists.grid import Source
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.model.ids import new_id
from xuncha_desktop.services.imports import clip, layout, mapping, plan, word_forms
from xuncha_desktop.services.imports.kinds import ImportKind
from xuncha_desktop.services.imports.plan import Plan, Wanted
from xuncha_desktop.store.store import Store

WORD = "paper"  # the kind that Word files may hold
_SMALLER = "请用 Excel 或 WPS 打开它，另存一份，或拆成几份再导入。"


Read = Callable[[Progress], Source]


@dataclass(frozen=True, slots=True)
class Choice:
    """How a person wants a source to be read; nothing of it said is what the program proposes."""

    inspection: str = ""
    sheet: str = ""
    heading: int | None = None  # its last row; 0 for none
    columns: Mapping[int, str] | None = None
    changes: Mapping[str, str] = field(default_factory=dict)  # letter or heading -> target, over what is proposed
    rows: Mapping[int, bool] = field(default_factory=dict)
    cells: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer to the question that was asked as the so manieth."""

    asked: int
    source: Source
    plan: Plan


def read(path: Path, kind: ImportKind, decoder: Decoder, progress: Progress) -> Source:
    """What a file holds for a kind of list; the decoder's process takes it apart."""
    suffix = path.suffix.lower()
    progress.step(0, 1, f"读取“{path.name}”")
    file = File(path.name, new_id(), lambda: path.open("rb"), _SMALLER)
    try:
        if suffix == ".docx" and kind.name == WORD:
            return word_forms.read(decoder.document(file, progress), kind)
        if suffix != ".xlsx":
            raise UserError(
                f"“{path.name}”不是 xlsx 格式；请用 Excel 或 WPS 打开它，另存为 xlsx（Excel 工作簿）后再导入。"
            )
        return decoder.lists(file, progress)
    except OSError as error:
        raise UserError(f"读不出“{path.name}”；请检查文件是否还在、是否正被别的程序打开，再试一次。") from error


def of_clipboard(html: str, text: str) -> Source:
    """What was copied: the table of the HTML, which knows merged cells, else lines with tabs."""
    return (clip.from_html(html) if html else None) or clip.from_text(text)


def preview(store: Store, kind: ImportKind, source: Source, choice: Choice, today: date, progress: Progress) -> Plan:
    """What an import of the source would do."""
    sheets = {sheet.name: sheet for sheet in source.sheets}
    if choice.sheet and choice.sheet not in sheets:
        raise UserError(f"“{source.name}”里没有名为“{choice.sheet}”的工作表，可用：{'、'.join(sheets)}。")
    if choice.sheet:
        table = layout.find(sheets[choice.sheet], kind, choice.heading)
    else:
        table = _best([layout.find(sheet, kind, choice.heading) for sheet in source.sheets], kind)
    columns = choice.columns
    if columns is None:
        columns = mapping.recall(store, kind, table)
    if columns is None:
        columns = mapping.propose(kind, table)
    columns = _changed(kind, table, columns, choice.changes)
    wanted = Wanted(choice.inspection, choice.rows, choice.cells)
    made = plan.make(store, kind, table, columns, wanted, today, progress)
    if others := [name for name in sheets if name != table.sheet.name]:
        made.notes.append(f"其他工作表没有导入：{'、'.join(others)}")
    return made


def _changed(
    kind: ImportKind, table: layout.Table, columns: Mapping[int, str], changes: Mapping[str, str]
) -> Mapping[int, str]:
    """The columns with some of them used otherwise; an empty target leaves a column out."""
    found = dict(columns)
    for name, target in changes.items():
        places = [c.place for c in table.columns if name in (c.letter, c.heading)]
        if not places or (target and target not in kind.targets):
            known = "、".join(c.name for c in table.columns) if not places else "、".join(kind.targets)
            raise UserError(f"没有“{target if places else name}”{'这一项' if places else '这一列'}，可用：{known}。")
        found.pop(places[0], None)
        if target:
            found[places[0]] = target
    return found


def _best(tables: Sequence[layout.Table], kind: ImportKind) -> layout.Table:
    """The one whose headings name the most fields."""
    return max(tables, key=lambda table: layout.known(table, kind))
