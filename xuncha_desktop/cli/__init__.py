"""The command line `xuncha`: work on a case without a window, for scripts and checks. Light to import."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xuncha_desktop.store.slots import ArgonCost

COMMANDS = (
    "demo", "new", "info", "verify", "backup", "restore", "export", "fields", "add", "set", "dump", "search",
    "import", "check-template", "check-document", "report-changes",
)  # fmt: skip


def main(argv: Sequence[str], *, argon: "ArgonCost | None" = None) -> int:
    """Run one command; 0 done, 2 wrong usage, 3 a sentence on stderr. `argon` makes keys cheap for tests."""
    from xuncha_desktop.cli.run import run

    return run(argv, argon)
