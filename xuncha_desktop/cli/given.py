"""What a command is given besides its arguments: a password, and content as JSON."""

import getpass
import json
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xuncha_desktop.errors import UserError
from xuncha_desktop.services import cases
from xuncha_desktop.store import opening
from xuncha_desktop.store.opening import OpenCase
from xuncha_desktop.text import removed_characters

PASSWORD_VARIABLE = "XUNCHA_PASSWORD"


def password(arguments: Namespace, *, twice: bool = False) -> str:
    """The password from its file, the environment or a prompt; never from an argument."""
    if arguments.password_file:
        return _first_line(arguments.password_file)
    if known := os.environ.get(PASSWORD_VARIABLE):
        return known
    if not sys.stdin.isatty():
        raise UserError(f"没有给出口令；请设环境变量 {PASSWORD_VARIABLE}，或用 --password-file 指明写有口令的文件。")
    typed = getpass.getpass("口令：")
    if twice and getpass.getpass("再输一次：") != typed:
        raise UserError("两次输入的口令不一样，没有新建案卷；请重来一次。")
    return typed


@contextmanager
def opened(arguments: Namespace) -> Iterator[OpenCase]:
    """The case a command names, open for the member who acts; closed properly whatever happens."""
    with opening.open_case(arguments.case, password(arguments)) as case:
        leader = next(iter(cases.members(case.store)), None)
        cases.choose_member(case.store, arguments.member or (leader[0].code if leader else None))
        yield case


def content(source: str) -> Any:
    """The JSON of a file, or of standard input for "-"; what is wrong with it is said with line and column."""
    name = "标准输入" if source == "-" else f"文件“{source}”"
    try:
        raw = sys.stdin.buffer.read() if source == "-" else Path(source).read_bytes()
        return json.loads(raw.decode("utf-8-sig"), parse_constant=_refuse_constant)
    except OSError as error:
        raise UserError(f"读不出{name}；请检查它是否存在、能否读取。") from error
    except UnicodeDecodeError as error:
        raise UserError(
            f"{name}不是 UTF-8 编码的文字（第 {error.start + 1} 字节处）；请另存为 UTF-8 后再试。"
        ) from error
    except json.JSONDecodeError as error:
        where = f"第 {error.lineno} 行第 {error.colno} 列"
        raise UserError(f"{name}{where}不是合法的 JSON（{_words(error.msg)}）；请改正后再试。") from error
    except RecursionError as error:
        raise UserError(f"{name}里的 JSON 层次太深；请改正后再试。") from error
    except ValueError as error:
        raise UserError(f"{name}里有 JSON 不允许的数（{error}）；请改正后再试。") from error


def folder_of(source: str) -> Path:
    """Where relative paths in the content start."""
    return Path() if source == "-" else Path(source).parent


def removed(given: Any) -> list[str]:
    """A sentence on characters that no record can keep and that were taken out at entry, if there were any."""
    found = sorted({name for text in _texts(given) for name in removed_characters(text)})
    return [f"已去掉不能保存的字符：{'、'.join(found)}。"] if found else []


def _texts(given: Any) -> Iterator[str]:
    if isinstance(given, str):
        yield given
    elif isinstance(given, dict):
        for value in given.values():
            yield from _texts(value)
    elif isinstance(given, list):
        for value in given:
            yield from _texts(value)


def _first_line(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"读不出口令文件“{file}”；请检查它是否存在，是不是 UTF-8 文字。") from error


def _refuse_constant(name: str) -> Any:
    raise ValueError(name)


def _words(message: str) -> str:
    known = {
        "Expecting value": "此处应有一个值",
        "Extra data": "后面有多余的内容",
        "Expecting property name enclosed in double quotes": "此处应有双引号括起的名称",
        "Expecting ':' delimiter": "此处应有冒号",
        "Expecting ',' delimiter": "此处应有逗号",
        "Unterminated string starting at": "文字没有结束的引号",
        "Illegal trailing comma before end of array": "列表末尾有多余的逗号",
        "Illegal trailing comma before end of object": "对象末尾有多余的逗号",
    }
    return known.get(message.split(":")[0] if message.startswith("Unterminated") else message, "写法不对")
