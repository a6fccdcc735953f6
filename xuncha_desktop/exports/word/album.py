"""The pictures of one document: asked for while the template runs, then prepared in helper processes and stored once.

A template's tag leaves a mark where its picture will stand. When the part is filled, the pictures are made ready a few
ahead of the one being written, in the order of the file; never so many that the memory grows with their number.
Pictures come from outside: it is the helper processes that decode them, and their limits that hold.
"""

import os
import re
import zipfile
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, closing
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from queue import LifoQueue

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from markupsafe import Markup

from xuncha_desktop.decoding.decoder import Decoder, Source
from xuncha_desktop.exports.word.pictures import Original, Picture
from xuncha_desktop.jobs import Progress

PictureSource = Callable[[str], Original]

_MARK = re.compile("\U0010fffd[pP]([0-9]+);")  # no text of the data reads so: text.py hides its own U+10FFFD
_MOST_HELPERS, _AHEAD = 2, 2  # processes that may each hold a large picture; pictures under way for each of them
_ADVICE = "请缩小或换一张图片后再导出。"
_PATIENCE = 0.2  # seconds between two looks at whether the user still wants it
_LARGEST_BOX = 1000  # mm
_NAMESPACES = (
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_DRAWING = (
    '</w:t></w:r><w:r><w:drawing><wp:inline {namespaces} distT="0" distB="0" distL="0" distR="0">'
    '<wp:extent cx="{width}" cy="{height}"/><wp:docPr id="{number}" name="Picture {number}"/>'
    '<wp:cNvGraphicFramePr><a:graphicFrameLocks noChangeAspect="1"/></wp:cNvGraphicFramePr>'
    '<a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic>'
    '<pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/><pic:cNvPicPr/></pic:nvPicPr>'
    '<pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
    '</wp:inline></w:drawing></w:r><w:r><w:t xml:space="preserve">'
)


@dataclass(frozen=True)
class _Asked:
    """What a tag of the template wants: a picture inside a box."""

    key: str
    width_mm: float
    height_mm: float


@dataclass(frozen=True)
class _Placed:
    """A picture that is in the file already: its part, and its size for the next place it is shown at."""

    part: Part
    shape: Picture


class Album:
    """Puts pictures straight into the file being written and holds none of them."""

    def __init__(self, source: PictureSource, file: zipfile.ZipFile, progress: Progress) -> None:
        """Take a way to get a picture by its key (called in threads), and the file it goes into."""
        self._source, self._file, self._progress = source, file, progress
        self._asked: list[_Asked] = []
        self._by_key: dict[str, _Placed] = {}
        self._by_digest: dict[str, _Placed] = {}
        self._shown = 0

    def ask(self, key: str, width_mm: float, height_mm: float) -> Markup:
        """Keep a place for a picture."""
        if not (0 < width_mm <= _LARGEST_BOX and 0 < height_mm <= _LARGEST_BOX):
            raise ValueError("no size of a picture")
        self._asked.append(_Asked(str(key), width_mm, height_mm))
        return Markup(f"\U0010fffdp{len(self._asked) - 1};")

    def show(self, filled: str, host: Part) -> str:
        """The XML of a part with its pictures where they were asked for; they are in the file from now on."""
        wanted = [self._asked[int(number)] for number in _MARK.findall(filled)]
        new = {asked.key: asked for asked in wanted if asked.key not in self._by_key}
        # Closed at once on any failure, so that no thread goes on for a document nobody gets.
        with closing(self._prepared(new.values())) as prepared:
            for key, picture in zip(new, prepared, strict=True):
                self._by_key[key] = self._by_digest.get(picture.digest) or self._store(picture)
        return _MARK.sub(lambda found: self._drawing(self._asked[int(found[1])], host), filled)

    def _prepared(self, wanted: Iterable[_Asked]) -> Generator[Picture]:
        workers = min(_MOST_HELPERS, os.cpu_count() or 1)
        idle = LifoQueue[Decoder]()  # the last one used is running already

        def prepare(asked: _Asked) -> Picture:
            original = self._source(asked.key)
            source = Source(original.name, asked.key, lambda: BytesIO(original.content), _ADVICE)
            decoder = idle.get()
            try:
                made = decoder.printed(source, original.turn)
            finally:
                idle.put(decoder)
            return Picture(made.content, made.suffix, made.width, made.height)

        with ExitStack() as stack:
            for _ in range(workers):
                idle.put(stack.enter_context(Decoder()))
            pool = ThreadPoolExecutor(workers, "pictures")
            stack.callback(pool.shutdown, wait=False, cancel_futures=True)
            left = iter(wanted)
            waiting = deque(pool.submit(prepare, asked) for asked in islice(left, workers * _AHEAD))
            while waiting:
                yield self._result(waiting.popleft())
                waiting.extend(pool.submit(prepare, asked) for asked in islice(left, 1))

    def _result(self, picture: Future[Picture]) -> Picture:
        while True:
            self._progress.step(1, 4, f"正在写入第 {len(self._by_key) + 1} 张图片")
            if wait([picture], _PATIENCE).done:
                return picture.result()

    def _store(self, picture: Picture) -> _Placed:
        where = PackURI(f"/word/media/picture{len(self._by_digest) + 1}.{picture.suffix}")
        entry = zipfile.ZipInfo(where.membername, (1980, 1, 1, 0, 0, 0))  # not deflated: it is compressed already
        self._file.writestr(entry, picture.content)
        placed = _Placed(Part(where, f"image/{picture.suffix}", b""), picture.emptied())
        self._by_digest[picture.digest] = placed
        return placed

    def _drawing(self, asked: _Asked, host: Part) -> str:
        placed = self._by_key[asked.key]
        relation = f"rIdPicture{placed.part.partname.idx}"
        if relation not in host.rels:
            host.rels.add_relationship(RELATIONSHIP_TYPE.IMAGE, placed.part, relation)
        width, height = placed.shape.fit(asked.width_mm, asked.height_mm)
        self._shown += 1
        return _DRAWING.format(
            namespaces=_NAMESPACES, width=width, height=height, number=self._shown, relation=relation
        )
