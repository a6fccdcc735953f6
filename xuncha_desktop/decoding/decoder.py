"""What the program asks of files from outside: pages, thumbnails, texts, and copies with places covered.

All of it is done by a helper process with limits; this side never parses a byte. To be called from jobs: an answer
may take seconds.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from io import SEEK_END
from itertools import accumulate, pairwise
from threading import Lock
from typing import Any, BinaryIO, Self, TypeVar

from xuncha_desktop.decoding.lists import wire
from xuncha_desktop.decoding.lists.grid import Source as Lists
from xuncha_desktop.decoding.lists.word_file import WordFile
from xuncha_desktop.decoding.process import DIED, Lost, Process, Watch
from xuncha_desktop.errors import Cancelled, UserError
from xuncha_desktop.jobs import Progress
from xuncha_desktop.text import clean_text
from xuncha_desktop.untrusted import is_inert

LARGEST_FILE = 200_000_000
_ELSEWHERE = "文件仍原样保存，需要时可另存后用别的程序查看。"
_CAREFULLY = "文件仍原样保存，需要时请另存，到不放案卷的电脑上打开。"
_HEAD = 1024
_LONGEST_CAUSE, _LONGEST_SENTENCE = 200, 500
_WAIT_SECONDS = 0.05
_log = logging.getLogger(__name__)

T = TypeVar("T")
Box = tuple[float, float, float, float]  # left, top, width, height in thousandths of the page as it is seen, turned
Boxes = Mapping[int, Sequence[Box]]  # by page from 1


@dataclass(frozen=True, slots=True)
class Source:
    """A file to look at: its name as the user knows it, its SHA-256, and how to read it."""

    name: str
    key: str
    open: Callable[[], BinaryIO]
    advice: str = ""  # what to do when it cannot be read; "": what can be done with a file of the case


@dataclass(frozen=True, slots=True)
class Picture:
    """A page as rows of red, green and blue bytes; a note says what is missing of it."""

    width: int
    height: int
    pixels: bytes
    note: str


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a file by pages (PDF, docx) or pieces of a readable length; a note says what is missing."""

    parts: tuple[str, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Copy:
    """A new file and the ending its name should have."""

    content: bytes
    suffix: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A picture as a Word file keeps it: no larger than a page needs, with no word of the camera."""

    content: bytes
    suffix: str  # "jpeg" or "png"
    width: int
    height: int


class Decoder:
    """One helper process, started when first needed, replaced when it dies; threads take turns.

    Long work (the texts of many files, covering a thick PDF) takes a Decoder of its own, so that nobody who looks at
    a page waits behind it. Every failure is a UserError that names the file; Cancelled once it is closed.
    """

    def __init__(self, *, silence: float = 20, longest: int = 900) -> None:
        self._silence, self._longest = silence, longest
        self._turn = Lock()
        self._process: Process | None = None
        self._held: tuple[str, str] | None = None  # key and name of the file the helper has
        self._closed = False

    def count(self, source: Source, progress: Progress | None = None) -> int:
        """How many pages can be looked at; 0 for a file that has only text."""
        return self._ask("显示", source, {"do": "count"}, lambda answer, _: int(answer["pages"]), progress)

    def page(
        self,
        source: Source,
        number: int,
        width: int,
        height: int = 0,
        turn: int = 0,
        progress: Progress | None = None,
    ) -> Picture:
        """One page (from 1) as large as fits, turned clockwise; a height of 0 is as high as it takes."""
        request = {"do": "page", "number": number, "width": width, "height": height, "turn": _quarter(turn)}
        return self._ask("显示", source, request, _picture, progress)

    def thumbnail(self, source: Source, size: int, turn: int = 0, progress: Progress | None = None) -> Picture:
        """The first page in a square."""
        return self.page(source, 1, size, size, turn, progress)

    def text(self, source: Source, progress: Progress | None = None) -> Text:
        """All the text of a file; a picture has none."""
        return self._ask("读出文字", source, {"do": "text"}, _text, progress)

    def lists(self, source: Source, progress: Progress | None = None, *, whole: bool = False) -> Lists:
        """The sheets of a workbook, cell by cell; of a ledger of ours the whole of it, hidden sheets included."""
        return self._taken(source, "ledger" if whole else "lists", wire.to_source, progress)

    def document(self, source: Source, progress: Progress | None = None) -> WordFile:
        """The paragraphs and tables of a Word file."""
        return self._taken(source, "document", wire.to_document, progress)

    def printed(self, source: Source, turn: int = 0, progress: Progress | None = None) -> Printed:
        """A picture made ready for a Word file, turned clockwise."""
        return self._ask("导出", source, {"do": "printed", "turn": _quarter(turn)}, _for_print, progress)

    def blacken(
        self,
        source: Source,
        boxes: Boxes,
        turn: int = 0,
        progress: Progress | None = None,
        frames: Boxes | None = None,
    ) -> Copy:
        """A copy, turned, in which boxes of its pages are black and nothing lies beneath, and others framed in red.

        A picture keeps its size and loses what a camera wrote into it; a PDF becomes one of pictures alone.
        """
        request = {"do": "blacken", "boxes": _plain(boxes), "frames": _plain(frames or {}), "turn": _quarter(turn)}
        doing = "标红框" if frames and not boxes else "遮盖"
        report = progress or Progress()
        return self._ask(
            doing, source, request, _copy, report, lambda done, total: report.step(done, total, f"正在{doing}")
        )

    def close(self) -> None:
        """End the helper, also in the middle of its work; whoever waits for it gets Cancelled."""
        self._closed = True
        if process := self._process:
            process.kill()
        with self._turn:
            self._drop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _taken(self, source: Source, what: str, read: Callable[[str, bytes], T], progress: Progress | None) -> T:
        report = progress or Progress()
        return self._ask(
            "导入",
            source,
            {"do": what},
            lambda _, content: read(source.name, content),
            report,
            lambda done, total: report.step(done, total, f"读取“{source.name}”"),
        )

    def _ask(
        self,
        verb: str,
        source: Source,
        request: Mapping[str, Any],
        read: Callable[[Mapping[str, Any], bytes], T],
        progress: Progress | None,
        step: Callable[[int, int], None] | None = None,
    ) -> T:
        """Put a question when it is our turn, and read the answer; a helper that talks nonsense is lost as well."""
        progress = progress or Progress()
        with self._our_turn(progress):
            try:
                answer, content = self._converse(source, request, progress, step)
                if said := answer.get("said"):
                    raise UserError(clean_text(str(said))[:_LONGEST_SENTENCE])
                cause = answer.get("refused")
                if cause is None:
                    return _understood(read, answer, content)
                if answer.get("ends"):
                    self._drop()
            except Lost as error:
                self._drop()
                self._demand_open()
                answer, cause = {"because": "lost"}, error
        _log.info("not decoded: %s", answer.get("because", "refused"))
        advice = source.advice or (_ELSEWHERE if answer.get("harmless") else _CAREFULLY)
        raise UserError(f"“{source.name}”{clean_text(str(cause))[:_LONGEST_CAUSE]}，不能{verb}；{advice}")

    def _converse(
        self, source: Source, request: Mapping[str, Any], progress: Progress, step: Callable[[int, int], None] | None
    ) -> tuple[dict[str, Any], bytes]:
        if self._process and not self._process.runs:
            self._drop()
        with _opened(source) if self._held != (source.key, source.name) else nullcontext() as file:
            process = self._process = self._process or Process()
            self._demand_open()  # closed meanwhile, it would outlive us
            whole = False
            try:
                with Watch(process, progress, self._silence, self._longest) as watch:
                    if file:
                        self._held = None
                        process.take(source.name, file, watch)
                        self._held = (source.key, source.name)
                    answer = process.ask(request, watch, step)
                    whole = True
                return answer
            finally:
                if not whole:  # in the middle of a sentence: nothing said now would be understood
                    self._drop()

    @contextmanager
    def _our_turn(self, progress: Progress) -> Iterator[None]:
        while not self._turn.acquire(timeout=_WAIT_SECONDS):
            if self._closed or progress.cancelled:
                raise Cancelled
        try:
            self._demand_open()
            yield
        finally:
            self._turn.release()

    def _demand_open(self) -> None:
        if self._closed:
            self._drop()
            raise Cancelled

    def _drop(self) -> None:
        if self._process:
            self._process.bury()
        self._process = self._held = None


@contextmanager
def _opened(source: Source) -> Iterator[BinaryIO]:
    """The file, unless it is one that is never opened."""
    with source.open() as file:
        if why_not := is_inert(source.name, file.read(_HEAD)):
            raise UserError(why_not)
        if file.seek(0, SEEK_END) > LARGEST_FILE:
            raise UserError(
                f"“{source.name}”超过 {LARGEST_FILE // 1_000_000} MB，程序里不打开；{source.advice or _ELSEWHERE}"
            )
        yield file


def _understood(read: Callable[[Mapping[str, Any], bytes], T], answer: Mapping[str, Any], content: bytes) -> T:
    """What an answer says; a helper that talks nonsense is as good as lost."""
    try:
        return read(answer, content)
    except (LookupError, ValueError, TypeError, AttributeError, ArithmeticError, StopIteration) as error:
        raise Lost(DIED) from error


def _picture(answer: Mapping[str, Any], pixels: bytes) -> Picture:
    picture = Picture(int(answer["width"]), int(answer["height"]), pixels, clean_text(answer["note"]))
    if len(pixels) != picture.width * picture.height * 3:
        raise ValueError("not that many pixels")
    return picture


def _text(answer: Mapping[str, Any], content: bytes) -> Text:
    ends = accumulate(map(int, answer["lengths"]), initial=0)
    parts = tuple(clean_text(content[start:end].decode("utf-8", "replace")) for start, end in pairwise(ends))
    return Text(parts, clean_text(answer["note"]))


def _copy(answer: Mapping[str, Any], content: bytes) -> Copy:
    if answer["suffix"] not in (".png", ".jpg", ".pdf"):
        raise ValueError("no such kind of copy")
    return Copy(content, answer["suffix"])


def _for_print(answer: Mapping[str, Any], content: bytes) -> Printed:
    picture = Printed(content, answer["suffix"], int(answer["width"]), int(answer["height"]))
    if picture.suffix not in ("jpeg", "png") or picture.width < 1 or picture.height < 1:
        raise ValueError("no such picture")
    return picture


def _plain(boxes: Boxes) -> dict[str, list[list[float]]]:
    return {str(number): [list(box) for box in of] for number, of in boxes.items()}


def _quarter(turn: int) -> int:
    if turn % 90:
        raise ValueError(f"not a quarter turn: {turn}")
    return turn % 360
