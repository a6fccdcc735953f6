"""An edited document against its case, at the command line."""

from argparse import Namespace
from dataclasses import asdict

from xuncha_desktop.cli.answer import Answer, progress
from xuncha_desktop.cli.given import opened
from xuncha_desktop.exports.comparing import KINDS, Difference, compare


def check(arguments: Namespace) -> Answer:
    """Every text and number on which file and case do not agree; any of them is a refusal."""
    with opened(arguments) as case:
        found = compare(case.store, arguments.file, progress())
    data = {
        "file": str(arguments.file),
        "title": found.title,
        "traced": found.traced,
        "differences": [_described(each) for each in found.differences],
    }
    lines = [f"{number}. 【{KINDS[each.kind]}】{each.words()}" for number, each in enumerate(found.differences, 1)]
    if not lines:
        lines = [f"{found.traced} 处文字和数字都与案卷一致，正文里没有另外加上的文字。"]
    count = len(found.differences)
    return Answer(data, lines, problem=f"“{found.file}”有 {count} 处与案卷不一致。" if count else "")


def _described(difference: Difference) -> dict[str, object]:
    return {**asdict(difference), "label_of_kind": KINDS[difference.kind], "place": difference.place()}
