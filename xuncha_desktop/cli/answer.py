"""What a command says: one JSON object or lines of text on stdout, progress and complaints on stderr."""

import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xuncha_desktop.jobs import Progress


@dataclass(frozen=True, slots=True)
class Answer:
    """The outcome of a command."""

    data: Mapping[str, Any]
    lines: Sequence[str]
    notes: Sequence[str] = ()  # what a person should hear besides
    problem: str = ""  # the work was done, and found something wrong


def say(answer: Answer, as_json: bool) -> None:
    """Print the outcome."""
    if as_json:
        print(json.dumps(answer.data, ensure_ascii=False))
    else:
        for line in answer.lines:
            print(line)
    for note in answer.notes:
        complain(note)


def complain(sentence: str) -> None:
    """Print one sentence for the user on stderr."""
    print(" ".join(sentence.split("\n")), file=sys.stderr)


def progress() -> Progress:
    """Progress on a terminal's last line; silence where stderr goes into a file."""
    if not sys.stderr.isatty():
        return Progress()

    def report(done: int, total: int, text: str) -> None:
        print(f"\r\x1b[K{text} {done}/{total}", end="" if done < total else "\r\x1b[K", file=sys.stderr, flush=True)

    return Progress(report)
