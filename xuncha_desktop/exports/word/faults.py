"""What is wrong with a template, in one sentence a user can act on: which part, which paragraph, which name."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from jinja2.exceptions import SecurityError, TemplateNotFound, TemplateSyntaxError, UndefinedError

from xuncha_desktop.exports.templates import TemplateFault

_TAGS = re.compile(r"<[^>]+>")
_NAMELESS = re.compile(r"'([^']+)' is undefined")
_KEYLESS = re.compile(r"has no (?:attribute|element) '?([^']+?)'?$")
_QUOTED = re.compile(r"'([^']+)'")
_MOST_TEXT = 60
_PARTS = {"document": "正文", "header": "页眉", "footer": "页脚", "footnotes": "脚注", "endnotes": "尾注"}


def explain(error: Exception, source: str, part: str, template: str, known: Iterable[str]) -> TemplateFault:
    """Turn what jinja2 raised into a sentence; `source` is the part's XML with one paragraph a line."""
    cause, hint = _cause(error, known)
    return TemplateFault(f"模板“{template}”{_place(error, source, part)}{cause}，{hint}")


def _place(error: Exception, source: str, part: str) -> str:
    name = next((label for key, label in _PARTS.items() if key in part), part)
    number = error.lineno if isinstance(error, TemplateSyntaxError) else _running_line(error)
    lines = source.split("\n")
    if number is None or not 0 < number <= len(lines):
        return f"的{name}中"
    text = _TAGS.sub("", lines[number - 1]).strip()
    if len(text) > _MOST_TEXT:
        text = text[:_MOST_TEXT] + "……"
    return f"的{name}“{text}”一段中" if text else f"的{name}中"


def _running_line(error: Exception) -> int | None:
    """The template line an error rose from: jinja2 puts frames of the template into the traceback."""
    number, step = None, error.__traceback__
    while step is not None:
        if step.tb_frame.f_code.co_filename == "<template>":
            number = step.tb_lineno
        step = step.tb_next
    return number


def _cause(error: Exception, known: Iterable[str]) -> tuple[str, str]:
    words = str(error)
    if isinstance(error, SecurityError):
        return "使用了不允许的写法", "模板只能使用数据名称、循环、判断和说明中列出的过滤器，请删去该标签。"
    if isinstance(error, UndefinedError):
        return _missing_name(words, known)
    if isinstance(error, TemplateNotFound):
        return "引用了别的模板", "模板不能引用其他文件，请把内容直接写在本模板中。"
    if isinstance(error, TemplateSyntaxError):
        return _bad_syntax(words)
    return "有一个标签的值不能这样使用（例如把列表当作文字、把文字当作数字）", "请对照名称表改正该标签。"


def _missing_name(words: str, known: Iterable[str]) -> tuple[str, str]:
    found = _NAMELESS.search(words) or _KEYLESS.search(words)
    if found is None:
        return "用到了不存在的数据", "请对照名称表改正该标签。"
    name = found.group(1)
    close = get_close_matches(name, list(known), 1)
    hint = f"是否为“{close[0]}”？请改正后再导出。" if close else "请对照名称表改正后再导出。"
    return f"没有名为“{name}”的数据", hint


def _bad_syntax(words: str) -> tuple[str, str]:
    quoted = _QUOTED.search(words)
    name = quoted.group(1) if quoted else ""
    if words.startswith(("No filter named", "No test named")):
        return f"用了不存在的过滤器“{name}”", "请删去或改用说明中列出的过滤器。"
    if words.startswith("Encountered unknown tag"):
        return f"有不认识的语句“{name}”", "请检查拼写，以及 if、for 与 endif、endfor 是否成对。"
    if "Unexpected end of template" in words or "expecting 'end" in words:
        return "有没有结束的语句", "请为每个 if 写上 endif，为每个 for 写上 endfor。"
    return "有写法错误的标签", "请检查括号、引号、逗号和百分号是否为半角、是否成对。"
