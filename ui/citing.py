"""引用到底稿: choose the paper a place is cited in, or begin a paper or a 立行立改 with it."""

from functools import partial

from PySide6.QtWidgets import QTextEdit, QWidget

from ui.context import Context
from ui.forms.picker import Option, pick
from xuncha_desktop.errors import UserError
from xuncha_desktop.services import carrying, citing, papers
from xuncha_desktop.services.citing import Place

_NEW_PAPER, _NEW_FIX = "new paper", "new fix"


def choose_target(context: Context, anchor: QWidget, place: Place, typed: str = "") -> None:
    """Ask below `anchor` where to cite a place; new records begin with its text, source and citation."""
    new = [
        Option(_NEW_PAPER, "新底稿", "带上文字、来源和引用", "xdg"),
        Option(_NEW_FIX, "新立行立改", "带上文字、来源和引用", "xlxlg"),
    ]
    if place.record_kind == "quick_fix":
        new.pop()  # it is one
    elif citing.goes_to(context.store, place) == "quick_fix":
        new.reverse()  # the row says so
    options = [Option(paper, title, "引用到已有底稿", number) for paper, title, number in _open_papers(context)]
    pick(anchor, [*new, *options], (), partial(_take, context, place), typed=typed)


def passage_of(text: QTextEdit) -> tuple[int | None, str]:
    """The passage selected in a text: its first character and its words; None and "" where nothing is selected."""
    cursor = text.textCursor()
    chosen = cursor.selectedText().replace("\u2029", "\n")
    words = chosen.strip()
    if not words:
        return None, ""
    # Qt counts UTF-16 units, the case counts characters.
    before = text.toPlainText().encode("utf-16-le")[: 2 * cursor.selectionStart()].decode("utf-16-le")
    return len(before) + len(chosen) - len(chosen.lstrip()), words


def _open_papers(context: Context) -> list[tuple[str, str, str]]:
    return papers.still_open(context.store, context.inspection)


def _take(context: Context, place: Place, key: str) -> None:
    try:
        if key == _NEW_PAPER:
            context.begin_record.emit("paper", carrying.to_paper(context.store, place))
        elif key == _NEW_FIX:
            context.begin_record.emit("quick_fix", carrying.to_quick_fix(context.store, place))
        else:
            before = context.store.batches
            citing.cite(context.store, key, place)
            if context.store.batches > before:
                context.undo_offered.emit("已引用到底稿")
            else:
                context.told.emit("这份底稿已引用过这一处，没有再引一次")
    except UserError as error:
        context.told.emit(str(error))
