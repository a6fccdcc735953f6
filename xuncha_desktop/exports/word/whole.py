"""A Word document of which nothing may be missing: what its template leaves out refuses the export, by name."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from xuncha_desktop.atomic import replaced
from xuncha_desktop.exports.word.render import render
from xuncha_desktop.jobs import Progress


def write(
    template: Path,
    content: Mapping[str, object],
    target: Path,
    progress: Progress,
    *,
    unprinted: Collection[str],
    pictures: Callable[[str], bytes] | None = None,
) -> None:
    """Render, then demand every text of `content` in the file; `unprinted` are names that need not be there.

    On any failure the old target stays.
    """
    from xuncha_desktop.exports.word.check import check

    with replaced(target) as part:
        render(template, content, part, progress, pictures)
        progress.step(4, 4, "正在核对有无遗漏")
        check(part, {name: value for name, value in content.items() if name not in unprinted}, unprinted)
