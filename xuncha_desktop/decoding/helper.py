"""The helper process: reads requests from standard input, takes files apart, answers on standard output.

It never opens a file of the case: what it decodes comes through the pipe and stays in its memory.
"""

import logging
import os
import signal
import sys
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, BinaryIO

from xuncha_desktop.decoding import limits, protocol
from xuncha_desktop.decoding.kinds import Kind, NotShown, Refused, kind_of
from xuncha_desktop.errors import UserError
from xuncha_desktop.jobs import Progress

MOST_CHARACTERS = 5_000_000
_NEWS_SECONDS = 0.1
_LONGEST_SIDE = 65_500
_Answer = tuple[dict[str, Any], bytes]


def serve() -> int:
    """Answer until the program closes its end of the pipe."""
    out = _take_standard_output()
    if sys.platform != "win32":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C in a terminal is meant for the program
    logging.disable()
    limits.apply()
    desk = _Desk(out)
    while True:
        try:
            request = protocol.receive(sys.stdin.buffer)
        except EOFError:
            return 0
        limits.allow(request["seconds"])
        if not desk.answer(request):
            return 1


def _take_standard_output() -> BinaryIO:
    """The pipe to the program; what libraries print goes nowhere."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


@dataclass
class _File:
    """What is being looked at, with what was found out about it."""

    name: str
    content: bytes

    @cached_property
    def kind(self) -> Kind:
        return kind_of(self.name, self.content)

    @cached_property
    def document(self) -> Any:
        from xuncha_desktop.decoding import pdf

        return pdf.opened(self.content)


class _Desk:
    """Does what is asked with the file sent last."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._file = _File("", b"")
        self._told = 0.0

    def answer(self, request: Mapping[str, Any]) -> bool:
        """Take a file or answer a question; False when this process had better end."""
        try:
            if request["do"] == "take":
                self._file = _File(request["name"], b"")  # the one before is let go first
                self._file.content = protocol.read(sys.stdin.buffer, request["size"])
                return True
            header, payload = getattr(self, f"_{request['do']}")(request)
        except Refused as error:
            header, payload = {"refused": str(error), "harmless": isinstance(error, NotShown)}, b""
        except UserError as error:
            header, payload = {"said": str(error)}, b""
        except MemoryError:
            protocol.send(self._out, {"refused": "解开时所需的内存超过限度", "ends": True})
            return False
        except Exception as error:  # noqa: BLE001  parsers fail on bad files in every way there is
            header, payload = {"refused": "已损坏或格式不合规范", "because": _place(error)}, b""
        protocol.send(self._out, {**header, "size": len(payload)}, payload)
        return True

    def _count(self, _: Mapping[str, Any]) -> _Answer:
        if self._file.kind is Kind.PDF:
            return {"pages": len(self._file.document)}, b""
        if self._file.kind is Kind.PICTURE:
            from xuncha_desktop.decoding import pictures

            return {"pages": pictures.count(self._file.content)}, b""
        return {"pages": 0}, b""

    def _page(self, request: Mapping[str, Any]) -> _Answer:
        number, turn = request["number"], request["turn"]
        box = (request["width"], request["height"] or _LONGEST_SIDE)
        note = ""
        if self._file.kind is Kind.PDF:
            from xuncha_desktop.decoding import pdf

            image = pdf.render(self._file.document, number, turn, box)
        elif self._file.kind is Kind.PICTURE:
            from xuncha_desktop.decoding import pictures

            image, note = pictures.render(self._file.content, number, turn, box)
        else:
            raise NotShown("没有可以看的页面，只有文字")
        image = image.convert("RGB")
        return {"width": image.width, "height": image.height, "note": note}, image.tobytes()

    def _text(self, _: Mapping[str, Any]) -> _Answer:
        notes: list[str] = []
        parts: list[bytes] = []
        characters = 0
        for part in self._parts(notes):
            characters += len(part)
            if characters > MOST_CHARACTERS:
                notes.append(f"文字太长，只读出前 {MOST_CHARACTERS // 10_000} 万字。")
                break
            parts.append(part.encode("utf-8", "replace"))
        return {"lengths": [len(part) for part in parts], "note": "".join(notes)}, b"".join(parts)

    def _parts(self, notes: list[str]) -> Iterator[str]:
        """The text of the file part by part; what was left out is noted."""
        content = self._file.content
        if self._file.kind is Kind.PDF:
            from xuncha_desktop.decoding import pdf

            if (pages := len(self._file.document)) > pdf.MOST_PAGES:
                notes.append(f"共 {pages} 页，只读出前 {pdf.MOST_PAGES} 页的文字。")
            yield from pdf.texts(self._file.document, self._step)
        elif self._file.kind is Kind.WORD:
            from xuncha_desktop.decoding import word

            yield from word.texts(content, self._step)
        elif self._file.kind is Kind.SHEETS:
            from xuncha_desktop.decoding.sheets import Workbook

            book = Workbook(content)
            yield from book.texts(self._step)
            notes += book.notes
        elif self._file.kind is Kind.TEXT:
            from xuncha_desktop.decoding import plain

            text, note = plain.text_of(content)
            notes += [note] * bool(note)
            yield from plain.parts_of(text.splitlines())

    def _lists(self, _: Mapping[str, Any]) -> _Answer:
        from xuncha_desktop.decoding.lists import wire, xlsx

        return {}, wire.of_source(xlsx.read(self._file.content, self._file.name, self._news()))

    def _ledger(self, _: Mapping[str, Any]) -> _Answer:
        from xuncha_desktop.decoding.lists import wire, xlsx

        return {}, wire.of_source(xlsx.read(self._file.content, self._file.name, self._news(), whole=True))

    def _document(self, _: Mapping[str, Any]) -> _Answer:
        from xuncha_desktop.decoding.lists import docx, wire

        return {}, wire.of_document(docx.read(self._file.content, self._file.name))

    def _news(self) -> Progress:
        return Progress(lambda done, total, _: self._step(done, total))

    def _blacken(self, request: Mapping[str, Any]) -> _Answer:
        from xuncha_desktop.decoding import blacken

        make = blacken.BY_KIND.get(self._file.kind)
        if make is None:
            raise NotShown("不是图片或 PDF")
        covers, frames = (_by_page(request[name]) for name in ("boxes", "frames"))
        content, suffix = make(self._file.content, blacken.Marks(covers, frames), request["turn"], self._step)
        return {"suffix": suffix}, content

    def _printed(self, request: Mapping[str, Any]) -> _Answer:
        from xuncha_desktop.decoding import printed

        content, suffix, width, height = printed.prepare(self._file.content, request["turn"])
        return {"suffix": suffix, "width": width, "height": height}, content

    def _step(self, done: int, total: int) -> None:
        """Tell the program that work goes on, not too often."""
        if time.monotonic() - self._told > _NEWS_SECONDS:
            self._told = time.monotonic()
            protocol.send(self._out, {"step": [done, total]})


def _by_page(boxes: Mapping[str, Any]) -> dict[int, Any]:
    """Boxes as they were before JSON made words of the pages' numbers."""
    return {int(number): of for number, of in boxes.items()}


def _place(error: Exception) -> str:
    """Where in the code a failure arose; nothing of the file."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}:{Path(frame.filename).name}:{frame.lineno}"
