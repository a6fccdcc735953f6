"""The last action of the case taken back, or done again, and what the state line says of it."""

from collections.abc import Callable

from ui.context import Context
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.store import undo
from xuncha_desktop.store.store import Store

_MANY = 40  # changes; more would hold the window up (an import, a bulk delete)
Act = Callable[[Store, Progress | None], undo.Undone | None]


def take_back(context: Context) -> None:
    """Ctrl+Z."""
    _revert(context, undo.undo, "撤销", undo.sizes(context.store)[0])


def do_again(context: Context) -> None:
    """Ctrl+Y."""
    _revert(context, undo.redo, "重做", undo.sizes(context.store)[1])


def _revert(context: Context, act: Act, verb: str, changes: int) -> None:
    store = context.store
    if changes > _MANY:
        context.jobs.start(
            f"正在{verb}", lambda progress: act(store, progress), lambda done: _tell(context, done, verb)
        )
        return
    try:
        done = act(store, None)
    except UserError as error:
        context.told.emit(str(error))
    else:
        _tell(context, done, verb)


def _tell(context: Context, done: undo.Undone | None, verb: str) -> None:
    if done is None:
        context.told.emit(f"没有可以{verb}的修改")
    elif done.kept:
        context.told.emit(f"已{verb}：{done.label}；{'、'.join(done.kept)}此后已被修改，未{verb}")
    else:
        context.told.emit(f"已{verb}：{done.label}")
