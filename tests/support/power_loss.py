"""Power loss, replayed: from a recorded run of system calls, the states a disk may be in when the current fails.

A write that was not synced may be there, be missing, or be torn between sectors, each on its own. A new or removed
name is only sure to last once its folder was synced; before that a beginning of such changes has reached the disk.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

SECTOR = 512
_CALLS = (
    "openat,open,creat,write,pwrite64,writev,pwritev,fsync,fdatasync,ftruncate,unlink,unlinkat,rename,renameat,link"
)
_HEX = re.compile(r"(?:\\x[0-9a-f]{2})+")
_CALL = re.compile(r"(\w+)\((.*)\)\s+= (-?\d+)")
_FILE = re.compile(r"\d+<([^>]*)>")
_TEXT = re.compile(r'"([^"]*)"')


@dataclass(frozen=True, slots=True)
class Call:
    """One recorded system call that succeeded: on which file, at which place, with which bytes."""

    kind: str  # create, write, truncate, sync, unlink, told
    path: str
    place: int = 0
    data: bytes = b""


@dataclass(slots=True)
class _File:
    durable: bytearray = field(default_factory=bytearray)
    pending: list[Call] = field(default_factory=list)


class Disk:
    """A folder of a few files, and what of it would survive."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self._names = {path: _File(bytearray(content)) for path, content in files.items()}
        self._lasting = dict(self._names)
        self._moves: list[tuple[str, _File | None]] = []  # names made (with their file) or removed, not yet synced

    def apply(self, call: Call) -> None:
        """Let one call happen."""
        if call.kind == "create":
            if call.path not in self._names:
                self._names[call.path] = _File()
                self._moves.append((call.path, self._names[call.path]))
        elif call.kind == "unlink":
            del self._names[call.path]
            self._moves.append((call.path, None))
        elif call.kind == "sync" and call.path in self._names:
            file = self._names[call.path]
            for write in file.pending:
                _write(file.durable, write, range(len(write.data)))
            file.pending.clear()
        elif call.kind == "sync":  # of the folder
            _move(self._lasting, self._moves)
            self._moves.clear()
        else:
            self._names[call.path].pending.append(call)

    def crash(self, random: Random) -> dict[str, bytes]:
        """One legal state of the files after the current failed now."""
        names = dict(self._lasting)
        _move(names, self._moves[: random.randint(0, len(self._moves))])
        return {path: _survived(file, random) for path, file in names.items()}


def record(folder: Path, names: Sequence[str], command: Sequence[str], trace: Path) -> list[Call]:
    """Run a command under strace; what it did to files of these names in `folder`, and what it told."""
    strace = ["strace", "-y", "-xx", "-s", "1000000", "-qq", "-e", "signal=none", "-e", f"trace={_CALLS}"]
    subprocess.run([*strace, "-o", str(trace), sys.executable, *command], check=True, stdout=subprocess.DEVNULL)
    watched = {str(folder / name) for name in names}
    with trace.open(encoding="ascii") as lines:
        return [call for line in lines for call in _parse(line, str(folder), watched)]


def can_record() -> bool:
    """Whether strace is here and may trace."""
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True).returncode == 0


def states(
    files: dict[str, bytes], calls: Sequence[Call], count: int, seed: int
) -> Iterator[tuple[int, dict[str, bytes]]]:
    """`count` states at random instants: the last number told before the current failed, and the files."""
    random = Random(seed)
    instants = sorted(random.randint(0, len(calls)) for _ in range(count))
    disk, told, done = Disk(files), 0, 0
    for instant in instants:
        for call in calls[done:instant]:
            if call.kind == "told":
                told = call.place
            else:
                disk.apply(call)
        done = instant
        yield told, disk.crash(random)


def _parse(line: str, folder: str, watched: set[str]) -> Iterator[Call]:
    found = _CALL.match(line)
    if not found or int(found.group(3)) < 0:
        return
    name, arguments = found.group(1), found.group(2)
    texts = [_plain(text) for text in _TEXT.findall(arguments)]
    handle = _FILE.match(arguments)
    path = _plain(handle.group(1)).decode() if handle else ""
    if name == "write" and arguments.startswith("1<") and texts[0].startswith(b"ack "):
        yield Call("told", "", int(texts[0].split()[1]))
    elif name.startswith("open") and texts and texts[0].decode() in watched and "O_CREAT" in arguments:
        yield Call("create", texts[0].decode())
    elif name.startswith("unlink") and texts[0].decode() in watched:
        yield Call("unlink", texts[0].decode())
    elif name in ("fsync", "fdatasync") and path in watched | {folder}:
        yield Call("sync", path)
    elif path in watched and name == "pwrite64":
        yield Call("write", path, int(arguments.rsplit(",", 1)[1]), texts[0])
    elif path in watched and name == "ftruncate":
        yield Call("truncate", path, int(arguments.rsplit(",", 1)[1]))
    elif (name.startswith("rename") and watched & {text.decode() for text in texts}) or path in watched:
        raise ValueError(f"a call the replay does not know: {name}")


def _plain(text: str) -> bytes:
    return bytes.fromhex(text.replace("\\x", ""))


def _survived(file: _File, random: Random) -> bytes:
    content = bytearray(file.durable)
    manner = random.choice(("none", "all", "beginning", "any", "torn"))
    last = random.randint(0, len(file.pending))
    for number, call in enumerate(file.pending):
        if manner == "none" or (manner == "beginning" and number >= last):
            break
        if manner in ("any", "torn") and random.random() < 0.5:
            continue
        kept = range(len(call.data))
        if manner == "torn":
            cuts = range(0, len(call.data), SECTOR)
            kept = [byte for cut in cuts if random.random() < 0.5 for byte in kept[cut : cut + SECTOR]]
        _write(content, call, kept)
    return bytes(content)


def _write(content: bytearray, call: Call, kept: Sequence[int]) -> None:
    if call.kind == "truncate":
        del content[call.place :]
        content.extend(bytes(call.place - len(content)))
        return
    if not kept:
        return
    content.extend(bytes(max(0, call.place + kept[-1] + 1 - len(content))))
    if len(kept) == len(call.data):
        content[call.place : call.place + len(call.data)] = call.data
        return
    for byte in kept:
        content[call.place + byte] = call.data[byte]


def _move(names: dict[str, _File], moves: Sequence[tuple[str, _File | None]]) -> None:
    for path, file in moves:
        if file is None:
            names.pop(path, None)
        else:
            names[path] = file
