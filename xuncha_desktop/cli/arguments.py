"""What each command takes, and every complaint about it in Chinese."""

import argparse
import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from xuncha_desktop.cli.ledger_back import KIND as LEDGER_BACK
from xuncha_desktop.cli.ledger_back import TITLE
from xuncha_desktop.exports.catalog import DOCUMENTS
from xuncha_desktop.model import entities
from xuncha_desktop.services.imports.kinds import kinds
from xuncha_desktop.services.search_texts import labels

_COMPLAINTS = (
    (r"the following arguments are required: (.+)", r"缺少：\1"),
    (r"one of the arguments (.+) is required", r"要给出其中之一：\1"),
    (r"unrecognized arguments: (.+)", r"不认识：\1"),
    (r"argument (.+?): invalid choice: '?(.+?)'? \(choose from (.+)\)", r"\1 不能是“\2”，可用：\3"),
    (r"argument (.+?): invalid \w+ value: '?(.+?)'?$", r"\1 的值“\2”不对"),
    (r"argument (.+?): expected (?:one argument|\d+ arguments?|at least one argument)", r"\1 后面缺少内容"),
    (r"argument (.+?): not allowed with argument (.+)", r"\1 不能与 \2 同用"),
    (r"argument (.+?): ignored explicit argument (.+)", r"\1 不带内容"),
    (r"ambiguous option: (.+?) could match (.+)", r"\1 不明确，可能是 \2"),
)


class _List(argparse.Action):
    """Says which documents there are, as --help says how to write a command."""

    AS_JSON = False

    def __init__(self, option_strings: Sequence[str], dest: str, help: str) -> None:  # noqa: A002 -- argparse's word
        super().__init__(option_strings, dest, nargs=0, help=help)

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        """Print them and end."""
        if self.AS_JSON:
            listed = [
                {"kind": each.kind, "title": each.title, "made_of": each.subject, "suffix": each.suffix}
                for each in DOCUMENTS
            ]
            print(json.dumps({"documents": listed}, ensure_ascii=False))
            raise SystemExit(0)
        for document in DOCUMENTS:
            made_of = (
                "一项任务一份" if document.subject == "inspection" else f"一条{entities()[document.subject].LABEL}一份"
            )
            print(f"{document.kind:18}{document.title}　{made_of}，{document.suffix}")
        raise SystemExit(0)


class _JsonList(_List):
    """The same as one JSON object."""

    AS_JSON = True


class _Formatter(argparse.HelpFormatter):
    """Help with a Chinese beginning."""

    def add_usage(self, usage: str | None, actions: object, groups: object, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)  # pyright: ignore[reportArgumentType]

    def add_argument(self, action: argparse.Action) -> None:
        super().add_argument(action)
        if action.nargs == argparse.PARSER:  # argparse forgets that the commands are indented once more
            self._action_max_length += self._indent_increment


class _Parser(argparse.ArgumentParser):
    """A parser whose words are Chinese; a complaint is one sentence and exit code 2."""

    def __init__(self, *, description: str = "", prog: str | None = None, **_: object) -> None:
        super().__init__(
            prog=prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_Formatter
        )
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这些说明")

    def error(self, message: str) -> NoReturn:
        for english, chinese in _COMPLAINTS:
            if re.fullmatch(english, message):
                message = re.sub(english, chinese, message)
                told, found, choices = message.partition("可用：")
                message = told + found + choices.replace("'", "").replace(", ", "、")
                break
        print(f"用法不对：{message}；写法见 {self.prog} --help。", file=sys.stderr)
        raise SystemExit(2)


def parse(argv: Sequence[str]) -> argparse.Namespace:
    """The command and its arguments; SystemExit with 2 after a complaint, with 0 after help."""
    return _parser(as_json="--json" in argv).parse_args(argv)


def _parser(*, as_json: bool) -> _Parser:
    parser = _Parser(
        prog="xuncha",
        description="巡察桌面的命令行。口令取自环境变量 XUNCHA_PASSWORD 或 --password-file，否则当场询问。",
    )
    commands = parser.add_subparsers(dest="command", metavar="命令", required=True, parser_class=_Parser)

    demo = commands.add_parser("demo", help="建示例案卷（内容虚构），并导出报告和台账")
    demo.add_argument("folder", type=Path, metavar="DIR", help="放 case、report.docx、ledger.xlsx 的文件夹")
    demo.add_argument("--papers", type=_at_least(1), default=46, metavar="N", help="底稿份数，默认 46")
    demo.add_argument("--pictures", type=_at_least(0), default=0, metavar="N", help="另加的照片张数，默认 0")
    demo.add_argument("--seed", type=int, default=1, metavar="S", help="同一个数得到同样的内容，默认 1")
    _json_flag(demo)

    new = commands.add_parser("new", help="新建案卷")
    new.add_argument("folder", type=Path, metavar="DIR", help="案卷文件夹，须为空或不存在")
    _json_file(new, "案卷内容：case、round、team、members、units、inspections")
    _password(new)

    for name, words in (
        ("info", "案卷概况：各类记录的数量、结构版本、副本、最近备份"),
        ("verify", "检查案卷：完整性、修改链、按记录重建、证据文件"),
        ("dump", "以 JSON 输出案卷的全部内容"),
    ):
        command = commands.add_parser(name, help=words)
        _case(command)
        _json_flag(command)

    backup = commands.add_parser("backup", help="备份案卷")
    _case(backup)
    backup.add_argument("--to", type=Path, metavar="DIR", help="连同证据文件备份到这个文件夹（如U盘）")
    _json_flag(backup)

    restore = commands.add_parser("restore", help="从备份恢复成另一个案卷")
    restore.add_argument("backup", type=Path, metavar="BACKUP", help="一次备份的文件夹")
    restore.add_argument("folder", type=Path, metavar="DIR", help="恢复到这个文件夹，须为空或不存在")
    _password(restore)
    _json_flag(restore)

    export = commands.add_parser("export", help="导出文书：报告、台账、底稿和各种表单")
    export.add_argument("--list", action=_JsonList if as_json else _List, help="列出能导出的文书")
    kinds_of = [document.kind for document in DOCUMENTS]
    export.add_argument(
        "kind", choices=[*kinds_of, "papers"], metavar="KIND", help="导出哪一种，见 --list；papers 为逐份导出全部底稿"
    )
    _case(export)
    subject = export.add_mutually_exclusive_group(required=True)
    subject.add_argument(
        "--inspection", metavar="ID", help="巡察任务的编号；一条记录一份的文书，把任务里的全部导出到 --out 文件夹"
    )
    subject.add_argument("--record", metavar="ID", help="记录的编号（一条记录一份的文书）")
    subject.add_argument("--paper", metavar="ID", dest="record", help="底稿的编号，同 --record")
    export.add_argument("--out", type=Path, required=True, metavar="FILE", help="存为这个文件，或存到这个文件夹")
    export.add_argument("--draft", action="store_true", help="导出草稿，必填的空缺标【待补】")
    _json_flag(export)

    check = commands.add_parser("check-template", help="检查 Word 模板或台账模板，一次列出全部错误")
    check.add_argument("file", type=Path, metavar="FILE", help="docx 或 xlsx 模板")
    kinds_of_documents = "、".join(f"{document.kind} {document.title}" for document in DOCUMENTS)
    check.add_argument(
        "--kind",
        choices=[document.kind for document in DOCUMENTS],
        metavar="KIND",
        help=f"作为哪种文书的模板检查：{kinds_of_documents}；默认按文件名和内容判断",
    )
    check.add_argument("--annotate", type=Path, metavar="OUT.docx", help="另存一份，在每处错误写上批注")
    _json_flag(check)

    against = commands.add_parser("check-document", help="对照案卷核对改过的报告：哪些文字和数字不再一致")
    against.add_argument("file", type=Path, metavar="FILE", help="本程序导出、后来改过的 docx 文件")
    _case(against)
    _json_flag(against)

    changed = commands.add_parser("report-changes", help="报告从上次听取或某次导出以来改了什么")
    _case(changed)
    changed.add_argument("--inspection", required=True, metavar="ID", help="巡察任务的编号")
    changed.add_argument(
        "--since",
        metavar="ID",
        help="与这次导出（export_record 的编号）相比；默认上次听取用的一次，没有则最近一次",
    )
    changed.add_argument("--until", metavar="ID", help="比较到这次导出；默认比较到现在的报告")
    _json_flag(changed)

    search = commands.add_parser("search", help="在全部记录、底稿、证据原文和名称里查找")
    _case(search)
    search.add_argument("words", nargs="+", metavar="WORDS", help="要同时出现的词；英文双引号里的空格也算在内")
    search.add_argument(
        "--kind",
        action="append",
        choices=list(labels()),
        metavar="KIND",
        help=f"只找这一类，可重复：{'、'.join(labels())}",
    )
    search.add_argument("--limit", type=_at_least(1), default=20, metavar="N", help="每类最多列出几条，默认 20")
    search.add_argument("--with-identities", action="store_true", help="也在谈话对象、反映人、走访对象的身份里找")
    _json_flag(search)

    described = commands.add_parser("fields", help="各类记录有哪些项")
    described.add_argument("entity", nargs="?", metavar="ENTITY", help="只说这一类，如 paper")
    _json_flag(described)

    add = commands.add_parser("add", help="录入记录（一次全部录入或全部不录）")
    add.add_argument("entity", metavar="ENTITY", help="哪一类，如 paper")
    _case(add)
    _json_file(add, "一个对象或一个列表；证据另可用 file 指明文件")

    imports = commands.add_parser("import", help="从 Excel 名单、台账或表格式 Word 底稿导入（一次全部导入或全部不导）")
    names = "、".join([*(f"{name} {kind.title}" for name, kind in kinds().items()), f"{LEDGER_BACK} {TITLE}"])
    imports.add_argument("kind", choices=[*kinds(), LEDGER_BACK], metavar="KIND", help=f"导入成哪一类：{names}")
    _case(imports)
    imports.add_argument("file", type=Path, metavar="FILE", help="xlsx 文件；底稿也可以是 docx")
    imports.add_argument("--inspection", metavar="ID", help="属于哪项巡察任务；只有一项时不必写")
    imports.add_argument("--sheet", metavar="NAME", help="哪个工作表；默认取栏目认得最多的")
    imports.add_argument(
        "--column",
        action="append",
        metavar="COL=FIELD",
        help="改一列的用途，可重复：列名或字母=项的名称，如 承办人=note；等号后空着为不导入",
    )
    imports.add_argument("--dry-run", action="store_true", help="只说会怎样，不写入案卷")
    _json_flag(imports)

    change = commands.add_parser("set", help="修改一条记录")
    change.add_argument("entity", metavar="ENTITY", help="哪一类，如 paper")
    change.add_argument("record", metavar="ID", help="记录的编号")
    _case(change)
    _json_file(change, "要改的项")
    return parser


def _at_least(least: int) -> type:
    class Number(int):
        def __new__(cls, text: str) -> "Number":
            number = super().__new__(cls, text)
            if number < least:
                raise ValueError(text)
            return number

    return Number


def _case(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("case", type=Path, metavar="CASE", help="案卷文件夹")
    parser.add_argument("--member", metavar="CODE", help="以哪位成员的身份，默认组长")
    _password(parser)


def _password(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--password-file", type=Path, metavar="FILE", help="第一行写有口令的文件")


def _json_flag(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="只输出一个 JSON 对象")


def _json_file(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument("--json", dest="source", required=True, metavar="FILE", help=f"{words}；- 为标准输入")
