"""Whether every name, filter and use of a value in a template is one the document's declaration knows."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from jinja2 import Environment, nodes
from jinja2.exceptions import TemplateSyntaxError
from jinja2.tests import TESTS

from xuncha_desktop.exports.doctor.blocks import FORBIDDEN, Step
from xuncha_desktop.exports.doctor.findings import Fault, shortened
from xuncha_desktop.exports.doctor.syntax import said
from xuncha_desktop.exports.doctor.tags import Tag
from xuncha_desktop.exports.word.limits import MOST_ROWS
from xuncha_desktop.exports.word.sandbox import Sandbox

UNKNOWN = object()  # a value of which nothing is known: nothing is said of it
_COUNTS = ("index", "index0", "revindex", "revindex0", "length", "depth", "depth0")
_LOOP: dict[str, object] = {
    **dict.fromkeys(_COUNTS, 1), "first": True, "last": True, "previtem": UNKNOWN, "nextitem": UNKNOWN
}  # fmt: skip
_CALLED = ("range", "loop.cycle", "loop.changed")  # the only programs a template may call
_SAME = ("sort", "unique", "reverse", "list", "select", "reject", "selectattr", "rejectattr")
_FRAMES = {
    "for": "{{% {} %}}{{% endfor %}}",
    "if": "{{% {} %}}{{% endif %}}",
    "elif": "{{% if x %}}{{% {} %}}{{% endif %}}",
    "with": "{{% {} %}}{{% endwith %}}",
    "filter": "{{% {} %}}{{% endfilter %}}",
    "set": "{{% {} %}}",
}
_HARM = "模板只能使用数据名称、循环、判断和说明中列出的过滤器，请删去该标签。"
_TOO_DEEP = ("标签里的括号或过滤器套得太多，不能读取", "请改短这个标签。")
Scope = dict[str, object]


class Names:
    """Follows the tags of one part in order, with the names that are known at each."""

    def __init__(self, data: Mapping[str, object] | None, faults: list[Fault]) -> None:
        """`data` has one of everything; without it only filters and forbidden things are judged."""
        sandbox = Sandbox(lambda _: None)
        self._filters = {*sandbox.filters, "picture"}
        self._open = data is None
        self._faults = faults
        self._scopes: list[tuple[Tag | None, Scope]] = [(None, dict(data or {}))]
        self._gone: dict[str, str] = {}
        self._tag: Tag | None = None

    def follow(self, steps: Iterable[Step]) -> None:
        """Judge every tag."""
        for step in steps:
            self._tag = step.tag
            if step.closes is not None:
                self._leave(step.closes)
            elif step.keyword in FORBIDDEN:
                self._say("danger", f"用了模板不允许的语句“{step.keyword}”", _HARM)
            else:
                self._judge(step)

    def _judge(self, step: Step) -> None:
        tag = step.tag
        if tag.opener == "{{":
            source = f"{{{{ {tag.body} }}}}"
        elif step.keyword in _FRAMES:
            source = _FRAMES[step.keyword].format(tag.body)
        else:
            return
        scope: Scope = {}
        try:
            # The tree alone: filters and tests are looked up below, so that one unknown name does not hide another.
            tree = Environment().parse(source)
        except TemplateSyntaxError as error:
            if tag.sound:
                cause, advice = said(error, tag.body)
                self._say("syntax", f"`{shortened(tag.raw)}` {cause}", advice)
            tree = None
            if step.keyword == "for":
                scope = dict.fromkeys((word for word in tag.body.split() if word.isidentifier()), UNKNOWN)
        except RecursionError:
            tree = None
            self._say("syntax", *_TOO_DEEP)
        try:
            for node in tree.body if tree is not None else ():
                self._statement(node, scope)
        except RecursionError:
            self._say("syntax", *_TOO_DEEP)
        if step.opens:
            self._scopes.append((tag, scope))

    def _statement(self, node: nodes.Node, scope: Scope) -> None:
        match node:
            case nodes.Output():
                for child in node.nodes:
                    if not isinstance(child, nodes.TemplateData):
                        self._print(child)
            case nodes.For():
                if node.recursive:
                    self._say("danger", "循环调用自己", _HARM)
                item = self._item(node.iter)
                self._bind(node.target, item, scope)
                scope["loop"] = _LOOP
                if node.test is not None:
                    self._scopes.append((None, scope))
                    self._value(node.test)
                    self._scopes.pop()
            case nodes.If():
                for test in [node.test, *(branch.test for branch in node.elif_)]:
                    if not (isinstance(test, nodes.Name) and test.name == "x" and node.elif_):
                        self._value(test)
            case nodes.Assign():
                self._bind(node.target, self._value(node.node), self._scopes[-1][1])
            case nodes.With():
                for target, value in zip(node.targets, node.values, strict=True):
                    self._bind(target, self._value(value), scope)
            case nodes.FilterBlock():
                self._filter_known(node.filter.name)
            case nodes.AssignBlock():
                self._bind(node.target, UNKNOWN, self._scopes[-1][1])
            case _:
                self._say("danger", "用了模板不允许的语句", _HARM)

    def _leave(self, opened: Tag) -> None:
        at = next((place for place, (tag, _) in enumerate(self._scopes) if tag is opened), None)
        if at is not None:
            for _, scope in self._scopes[at:]:
                self._gone |= dict.fromkeys(scope, opened.raw)
            del self._scopes[at:]

    def _bind(self, target: nodes.Node, value: object, scope: Scope) -> None:
        for name in target.find_all(nodes.Name) if not isinstance(target, nodes.Name) else [target]:
            scope[name.name] = value if name is target else UNKNOWN

    def _print(self, node: nodes.Node) -> None:
        value = self._value(node)
        if isinstance(value, dict | list | bool | tuple):
            what = (
                "“是”或“否”" if isinstance(value, bool) else "列表" if isinstance(value, list | tuple) else "一组内容"
            )
            advice = {
                "“是”或“否”": "请用 if 判断后打印文字。",
                "列表": "请用 for 逐项打印。",
                "一组内容": f"请写明打印其中哪一项{_some(value)}。",
            }[what]
            self._say("use", f"`{_path(node) or self._raw()}` 是{what}，不能直接打印", advice)

    def _item(self, node: nodes.Node) -> object:
        """What a loop over this gives."""
        value = self._value(node)
        if isinstance(value, list | tuple):
            return value[0] if value else UNKNOWN
        if value is not UNKNOWN:
            what = "一组内容" if isinstance(value, dict) else "一段文字或一个数"
            self._say(
                "use", f"`{_path(node) or self._raw()}` 是{what}，不是列表，不能用 for 重复", "请改为一个列表的名称。"
            )
        return UNKNOWN

    def _value(self, node: nodes.Node) -> object:
        """What an expression gives, judged on the way; UNKNOWN where that cannot be told."""
        match node:
            case nodes.Name():
                return self._lookup(node.name)
            case nodes.Getattr():
                return self._part(node, self._value(node.node), node.attr)
            case nodes.Getitem():
                return self._element(node)
            case nodes.Filter():
                return self._filtered(node)
            case nodes.Test():
                if node.name not in TESTS:
                    close = get_close_matches(node.name, TESTS, 1, 0.5)
                    self._say("filter", f"没有名为“{node.name}”的判断", _is_it(node.name, close))
                self._children(node)
                return True
            case nodes.Call():
                return self._call(node)
            case nodes.Const():
                return node.value
            case nodes.List() | nodes.Tuple():
                values = [self._value(item) for item in node.items]
                return values or [UNKNOWN]
            case nodes.CondExpr():
                self._value(node.test)
                values = [self._value(part) for part in (node.expr1, node.expr2) if part is not None]
                return values[0]
            case nodes.Pow():
                self._say("danger", "用了乘方", _HARM)
            case nodes.Add() | nodes.Sub() | nodes.Mul() | nodes.Div() | nodes.FloorDiv() | nodes.Mod():
                return self._computed(node)
            case nodes.Compare() | nodes.Not():
                self._children(node)
                return True
            case nodes.Concat():
                self._children(node)
                return ""
        self._children(node)
        return UNKNOWN

    def _computed(self, node: nodes.BinExpr) -> object:
        """What arithmetic gives: numbers are reckoned with, texts and lists only joined to their like."""
        left, right = self._value(node.left), self._value(node.right)
        if left is UNKNOWN or right is UNKNOWN:
            return UNKNOWN
        if isinstance(left, int | float) and isinstance(right, int | float):
            divides = isinstance(node, nodes.Div | nodes.FloorDiv | nodes.Mod)
            if divides and right == 0 and isinstance(node.right, nodes.Const):
                self._say("use", f"`{self._raw()}` 除以了零", "请改正除数。")
            return 1
        joins = any(isinstance(left, kind) and isinstance(right, kind) for kind in (str, list))
        if not (isinstance(node, nodes.Add) and joins):
            cause = f"`{shortened(self._raw())}` 里的“{node.operator}”两边不都是数"
            self._say("use", cause, "文字请用 `~` 连接，或分别写成两个标签。")
            return UNKNOWN
        return left

    def _children(self, node: nodes.Node) -> None:
        for child in node.iter_child_nodes():
            self._value(child)

    def _lookup(self, name: str) -> object:
        for _, scope in reversed(self._scopes):
            if name in scope:
                return scope[name]
        if name.startswith("_"):
            self._say("danger", f"用了程序内部的名称“{name}”", _HARM)
        elif name in self._gone:
            self._say("name", f"`{name}` 只在循环 `{self._gone[name]}` 里面有", "请移到循环里面，或改用别的名称。")
        elif not self._open and name != "range":
            self._say("name", f"没有名为“{name}”的数据", _is_it(name, self._meant(name)))
        return UNKNOWN

    def _meant(self, name: str) -> list[str]:
        """Names near to this one: those known here, or a part of a loop's item that has this very name."""
        known = [word for _, scope in reversed(self._scopes) for word in scope]
        if close := get_close_matches(name, known, 1, 0.6):
            return close
        for _, scope in reversed(self._scopes):
            for owner, value in scope.items():
                if isinstance(value, dict) and name in value and value is not _LOOP:
                    return [f"{owner}.{name}"]
        return []

    def _part(self, node: nodes.Getattr | nodes.Getitem, value: object, name: str) -> object:
        if name.startswith("_"):
            self._say("danger", f"用了程序内部的名称“{name}”", _HARM)
        elif isinstance(value, dict):
            if name in value:
                return value[name]
            owner = _path(node.node)
            close = [f"{owner}.{found}" for found in get_close_matches(name, list(map(str, value)), 1, 0.5)]
            advice = _is_it(f"{owner}.{name}", close) if close else f"“{owner}”里有{_some(value)}。"
            self._say("name", f"“{owner}”里没有名为“{name}”的数据", advice)
        elif isinstance(value, list | tuple):
            self._say(
                "use", f"`{_path(node.node)}` 是列表，没有“{name}”这一项", "请用 for 逐项打印，再写每一项的名称。"
            )
        elif value is not UNKNOWN:
            self._say(
                "use", f"`{_path(node.node)}` 是一段文字或一个数，没有“{name}”这一项", f"应写成 `{_path(node.node)}`。"
            )
        return UNKNOWN

    def _element(self, node: nodes.Getitem) -> object:
        value = self._value(node.node)
        if isinstance(node.arg, nodes.Const) and isinstance(node.arg.value, str):
            return self._part(node, value, node.arg.value)
        self._value(node.arg)
        if isinstance(value, list | tuple):
            return value[0] if value and not isinstance(node.arg, nodes.Slice) else value
        return UNKNOWN

    def _filter_known(self, name: str) -> None:
        if name not in self._filters:
            close = get_close_matches(name, self._filters, 1, 0.5)
            self._say("filter", f"没有名为“{name}”的过滤器", _is_it(name, close))

    def _filtered(self, node: nodes.Filter) -> object:
        self._filter_known(node.name)
        value = self._value(node.node) if node.node is not None else UNKNOWN
        for argument in (*node.args, *node.kwargs):
            self._children(argument) if isinstance(argument, nodes.Keyword) else self._value(argument)
        item = value[0] if isinstance(value, list | tuple) and value else UNKNOWN
        match node.name:
            case name if name in _SAME:
                return value if isinstance(value, list | tuple) else [UNKNOWN]
            case "first" | "last" | "min" | "max":
                return item
            case "batch" | "slice":
                return [[item]]
            case "lines":
                return [""]
            case "map":
                return [UNKNOWN]
            case "length" | "count":
                return 1
            case "join" | "upper" | "lower" | "trim" | "replace" | "truncate" | "string":
                return ""
        return UNKNOWN

    def _call(self, node: nodes.Call) -> object:
        """What the few programs give that a template may call; any other is told."""
        name = _path(node.node)
        if name not in _CALLED or (name != "range" and self._lookup("loop") not in (_LOOP, UNKNOWN)):
            called = node.node
            advice = _HARM
            if isinstance(called, nodes.Getattr) and called.attr in self._filters and not node.args:
                advice = f"应写成 `{{{{ {_path(called.node)}|{called.attr} }}}}`。"
            self._say("danger", f"调用了程序“{name or self._raw()}”", advice)
        values = [self._value(child) for child in node.args]
        if name == "range" and any(isinstance(value, int) and abs(value) > MOST_ROWS for value in values):
            self._say("danger", f"重复次数太多（最多 {MOST_ROWS} 次）", "请减少 range 的次数。")
        if name == "range":
            return [1]
        return values[0] if name == "loop.cycle" and values else UNKNOWN

    def _raw(self) -> str:
        return self._tag.raw if self._tag else ""

    def _say(self, kind: str, cause: str, advice: str) -> None:
        assert self._tag is not None
        fault = Fault(kind, self._tag.paragraph.place, cause, advice, self._tag.raw)
        if fault not in self._faults:
            self._faults.append(fault)


def _path(node: nodes.Node) -> str:
    """The name as people write it: unit.name, rows[0].title."""
    match node:
        case nodes.Name():
            return node.name
        case nodes.Getattr():
            return f"{_path(node.node)}.{node.attr}"
        case nodes.Getitem():
            argument = node.arg.value if isinstance(node.arg, nodes.Const) else "…"
            return f"{_path(node.node)}[{argument}]"
        case nodes.Filter():
            return _path(node.node) if node.node is not None else ""
    return ""


def _is_it(name: str, close: list[str]) -> str:
    return f"`{name}`：是否为 `{close[0]}`？" if close else "请对照模板说明中的名称表改正。"


def _some(value: Any) -> str:
    return "、".join(f"`{name}`" for name in list(value)[:6]) if isinstance(value, dict) else ""
