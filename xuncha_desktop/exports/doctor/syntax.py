"""What jinja2 says of a tag it cannot read, in words for people who write templates."""

import re
from ast import literal_eval
from unicodedata import category

from jinja2.exceptions import TemplateSyntaxError

_SINGLE_EQUALS = re.compile(r"(?<![=!<>])=(?!=)")
_PAIRS = {"(": ")", "[": "]", "{": "}"}


def said(error: TemplateSyntaxError, body: str) -> tuple[str, str]:
    """Cause and advice."""
    words = error.message or ""
    keyword = body.split(None, 1)[0] if body.split() else ""
    if not body.strip():
        return "是空的", "请写上名称，或删去这个标签。"
    if keyword in ("if", "elif") and _SINGLE_EQUALS.search(body):
        return "里的“=”不是比较", "比较是否相等应写两个等号 `==`。"
    if keyword == "for" and not re.search(r"\sin\s", body):
        return "里缺少 in", "循环应写成 `for 名 in 列表`。"
    for opened, closed in _PAIRS.items():
        if body.count(opened) != body.count(closed):
            return f"里的 {opened} 和 {closed} 不成对", "请补上缺少的括号。"
    if body.count("'") % 2 or body.count('"') % 2:
        return "里的引号不成对", "请补上缺少的引号。"
    if found := re.search(r"unexpected char ('.+?'|\".+?\") at", words):
        sign = str(literal_eval(found[1]))
        if category(sign) == "Cf":
            return "里有看不见的零宽字符", "请把整个标签删去，重新输入一遍。"
        if not sign.isprintable():
            return f"里有看不见的字符（U+{ord(sign):04X}）", "请把整个标签删去，重新输入一遍。"
        return f"里有不能用的符号“{sign}”", "请删去这个符号。"
    if "end of" in words:
        return "没有写完，或多出了内容", "请检查运算符号两边是否都有名称、名称之间是否少了符号。"
    return "写法不对", "请检查名称之间的符号、括号和引号。"
