"""Runs one command and turns what goes wrong into a sentence and an exit code."""

import errno
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence

from xuncha_desktop.cli import (
    check_document,
    check_template,
    content,
    documents,
    imports,
    report_changes,
    search,
    upkeep,
)
from xuncha_desktop.cli.answer import Answer, complain, say
from xuncha_desktop.cli.arguments import parse
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.store.slots import ArgonCost

DONE, REFUSED = 0, 3
_REASONS = {
    errno.ENOENT: "找不到该位置",
    errno.EACCES: "没有权限读写",
    errno.EPERM: "没有权限读写",
    errno.EROFS: "该位置只读",
    errno.EISDIR: "该位置是文件夹",
    errno.ENOTDIR: "上级不是文件夹",
    errno.EEXIST: "该位置已被占用",
    errno.ENOSPC: "磁盘空间不足",
    errno.ENAMETOOLONG: "文件名太长",
}

_RUNNERS: Mapping[str, Callable[[Namespace], Answer]] = {
    "info": upkeep.info,
    "verify": upkeep.verify,
    "backup": upkeep.backup,
    "restore": upkeep.restore,
    "export": documents.export,
    "fields": content.describe,
    "add": content.add,
    "set": content.change,
    "dump": content.dump,
    "search": search.find,
    "import": imports.bring_in,
    "check-template": check_template.check,
    "check-document": check_document.check,
    "report-changes": report_changes.tell,
}
_MAKERS: Mapping[str, Callable[[Namespace, ArgonCost | None], Answer]] = {"demo": documents.demo, "new": upkeep.new}


def run(argv: Sequence[str], argon: ArgonCost | None) -> int:
    """Parse, do, answer."""
    try:
        arguments = parse(argv)
    except SystemExit as stop:
        return int(stop.code or 0)
    try:
        answer = _do(arguments, argon)
        say(answer, bool(getattr(arguments, "json", False)) or hasattr(arguments, "source") or _is_dump(arguments))
        sys.stdout.flush()
    except UserError as error:
        complain(str(error))
        return REFUSED
    except (Cancelled, KeyboardInterrupt):
        complain("已取消，没有留下未做完的内容。")
        return REFUSED
    except BrokenPipeError:
        # Whoever read our output had enough of it; the interpreter's own last flush must not complain.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except OSError as error:
        complain(f"{_REASONS.get(error.errno or 0, '读写失败')}：{error.filename or '磁盘'}；请检查该位置后再试。")
        return REFUSED
    if answer.problem:
        complain(answer.problem)
        return REFUSED
    return DONE


def _do(arguments: Namespace, argon: ArgonCost | None) -> Answer:
    if arguments.command in _MAKERS:
        return _MAKERS[arguments.command](arguments, argon)
    return _RUNNERS[arguments.command](arguments)


def _is_dump(arguments: Namespace) -> bool:
    return arguments.command == "dump"
