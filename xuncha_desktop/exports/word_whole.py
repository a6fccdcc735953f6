"""A Word document of which nothing may be missing: what its template leaves out refuses the export, by name."""

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from xuncha_desktop.atomic import replaced
from xuncha_desktop.exports import word
from xuncha_desktop.jobs import Progress


def render(
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
    from xuncha_desktop.exports import word_check

    with replaced(target) as part:
        word.render(template, content, part, progress, pictures)
        progress.step(4, 4, "正在核对有无遗漏")
        word_check.check(part, {name: value for name, value in content.items() if name not in unprinted}, unprinted)
