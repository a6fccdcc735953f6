"""Word files from templates: filled in a sandbox, read back before they replace anything."""

import io
from collections.abc import Callable, Collection, Mapping
from functools import cache
from pathlib import Path

from xuncha_desktop.atomic import replaced
from xuncha_desktop.exports.word.pictures import Original
from xuncha_desktop.jobs import Progress


def render(
    template: Path,
    data: Mapping[str, object],
    target: Path,
    progress: Progress,
    pictures: Callable[[str], Original] | None = None,
    unprinted: Collection[str] | None = None,
    aliases: Mapping[str, str] | None = None,
) -> tuple[str, ...]:
    """Fill `template` with plain `data` into `target`; every text the template prints is read back from the file.

    `pictures` gives a picture by its key, when `{{ key|picture(150, 95) }}` asks for it; it is called in
    threads. Where `unprinted` is given, the template must leave out nothing but what these names say, and what it says
    itself that it leaves out: that is given back, by name. `aliases` are Chinese names of the data. A fault of the
    template, the data or a picture is a UserError and leaves an old target as it was.
    """
    # Imported here: the start of the program must not pay for what only a job needs.
    from xuncha_desktop.exports.word.check import Places, check, read_text, verify
    from xuncha_desktop.exports.word.engine import Engine
    from xuncha_desktop.exports.word.naming import Naming
    from xuncha_desktop.exports.word.text import freeze

    progress.step(0, 4, "正在读取模板")
    frozen = freeze(data)
    assert isinstance(frozen, dict)
    engine = Engine(template, frozen, pictures, progress)
    left_out: tuple[str, ...] = ()
    naming = cache(lambda: Naming(read_text(template), aliases or {}, data))
    with replaced(target) as part:
        progress.step(1, 4, "正在填写模板")
        engine.write(part)
        progress.step(3, 4, "正在核对导出的文件")
        places = Places(read_text(part))
        verify(places, engine.printed, naming)
        if unprinted is not None:
            progress.step(3, 4, "正在核对有无遗漏")
            left_out = check(places, data, unprinted, engine.printed, naming)
        progress.step(4, 4, "导出完成")  # the last moment to cancel: behind it the file is there
    return left_out


def rendered(template: Path, data: Mapping[str, object], progress: Progress) -> bytes:
    """The same file in memory, for those who only read it; pictures are left out."""
    from xuncha_desktop.exports.word.engine import Engine
    from xuncha_desktop.exports.word.text import freeze

    frozen = freeze(data)
    assert isinstance(frozen, dict)
    file = io.BytesIO()
    Engine(template, frozen, None, progress).write(file)
    return file.getvalue()
