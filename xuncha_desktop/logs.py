"""The log file in the settings folder: what happened, where in the code and to which id; never what a case says."""

import errno
import logging
import re
import traceback
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType
from typing import Any

FILE_NAME = "xuncha.log"
MASK = "…"

_MAX_BYTES = 1_000_000
_OLD_FILES = 3
_LONGEST_NUMBER = 10**10
_IDENTIFIER = re.compile(r"[A-Za-z0-9_.:-]{1,64}")
# Quoted values, Chinese, and numbers as long as a telephone or identity number.
_CONTENT = re.compile(r"""'[^']*'|"[^"]*"|[^\x00-\x7f]+|(?<![0-9A-Za-z])\d{11,}[0-9Xx]?(?![0-9A-Za-z])""")

_ExcInfo = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class ContentFree(logging.Formatter):
    """Writes ids, numbers and code positions, and masks every value that may come out of a case.

    The message of an exception is never written: database errors carry their parameters, others the
    text they failed on. Its type, error code and the frames it passed are enough to find a bug.
    """

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """Format a masked copy: the record itself belongs to other handlers, too."""
        masked = logging.makeLogRecord(record.__dict__)
        masked.msg, masked.args, masked.exc_text = _message(record), None, None
        return super().format(masked)

    def formatException(self, ei: _ExcInfo) -> str:
        """Name the exceptions of a chain, the first cause first, each with its frames."""
        chain: list[BaseException] = []
        error = ei[1]
        while error is not None and error not in chain:
            chain.insert(0, error)
            error = error.__cause__ or error.__context__
        return "\n".join(_describe(link) for link in chain)


def start_logging(folder: Path) -> logging.Handler:
    """Begin the log in `folder`; whoever started it may remove and close the handler."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    handler = RotatingFileHandler(
        folder / FILE_NAME, maxBytes=_MAX_BYTES, backupCount=_OLD_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(ContentFree())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    # At INFO it writes every statement with its parameters.
    logging.getLogger("sqlalchemy").setLevel(logging.WARNING)
    return handler


def _message(record: logging.LogRecord) -> str:
    template = record.msg if isinstance(record.msg, str) else type(record.msg).__name__
    args = record.args
    try:
        if isinstance(args, dict):
            template %= {name: _shown(value) for name, value in args.items()}
        elif args:
            template %= tuple(_shown(value) for value in args)
    except (TypeError, ValueError, KeyError):
        # A masked value does not fit %d: the template alone still says what happened.
        pass
    return _CONTENT.sub(MASK, template)


def _shown(value: Any) -> Any:
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        return value if abs(value) < _LONGEST_NUMBER else MASK
    if isinstance(value, BaseException):
        return type(value).__name__
    text = str(value)
    return text if _IDENTIFIER.fullmatch(text) else MASK


def _describe(error: BaseException) -> str:
    kind = type(error)
    code = getattr(error, "sqlite_errorname", "")
    if isinstance(error, OSError) and error.errno is not None:
        code = errno.errorcode.get(error.errno, str(error.errno))
    frames = [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    return "\n".join([f"{kind.__module__}.{kind.__qualname__} {code}".rstrip(), *frames])
