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
        "share": found.share,
        "differences": [_described(each) for each in found.differences],
    }
    lines = [f"{number}. 【{KINDS[each.kind]}】{each.words()}" for number, each in enumerate(found.differences, 1)]
    if not lines:
        return Answer(data, [f"{found.sentence()}。"])
    return Answer(data, lines, problem=f"{found.sentence()}。")


def _described(difference: Difference) -> dict[str, object]:
    return {**asdict(difference), "label_of_kind": KINDS[difference.kind], "place": difference.place()}
