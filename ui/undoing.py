"""The last action of the case taken back, or done again, and what the state line says of it."""

from collections.abc import Callable

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store


def take_back(context: Context) -> None:
    """Ctrl+Z."""
    _revert(context, undo.undo, "撤销")


def do_again(context: Context) -> None:
    """Ctrl+Y."""
    _revert(context, undo.redo, "重做")


def _revert(context: Context, act: Callable[[Store], undo.Undone | None], verb: str) -> None:
    try:
        done = act(context.store)
    except UserError as error:
        context.told.emit(str(error))
        return
    if done is None:
        context.told.emit(f"没有可以{verb}的修改")
    elif done.kept:
        context.told.emit(f"已{verb}：{done.label}；{'、'.join(done.kept)}此后已被修改，未{verb}")
    else:
        context.told.emit(f"已{verb}：{done.label}")
