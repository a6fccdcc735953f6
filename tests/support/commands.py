"""Running the command line as a test: its exit code and what it prints, with JSON read."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.support.cheap_keys import CHEAP
from xuncha_desktop import cli, paths


@dataclass(frozen=True)
class Outcome:
    """What a command left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object on stdout."""
        return json.loads(self.out)


Xuncha = Callable[..., Outcome]


def runner(capsys: pytest.CaptureFixture[str]) -> Xuncha:
    """Something to call with the arguments of a command."""

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        code = cli.main([str(argument) for argument in arguments], argon=CHEAP)
        printed = capsys.readouterr()
        return Outcome(code, printed.out, printed.err)

    return run


def make_demo(folder: Path, *arguments: str) -> Path:
    """A folder in which `demo` ran once, beside the home it ran with; copy what is changed."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(paths.HOME_VARIABLE, str(folder / "home"))
        assert cli.main(["demo", str(folder / "sample"), *arguments], argon=CHEAP) == 0
    return folder


def written(folder: Path, content: Any, name: str = "content.json") -> Path:
    """A JSON file with this content."""
    file = folder / name
    file.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return file


def full_paper(refs: Mapping[str, str], **values: Any) -> dict[str, Any]:
    """A paper that lacks nothing; `refs` are ids of problem_type, evidence and two members."""
    return {
        "title": "虚构问题",
        "problem_type": refs["problem_type"],
        "overview": "虚构的概述。",
        "sources": ["documents"],
        "verified_facts": "虚构的事实。",
        "basis": "《虚构办法》第一条",
        "parties": [{"kind": "main", "name": "虚构镇党委"}],
        "citations": [{"evidence": refs["evidence"], "pages": "1"}],
        "handlers": [refs["leader"], refs["handler"]],
        "communication": "已沟通。",
        **values,
    }
