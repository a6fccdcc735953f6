"""Linux: a seccomp filter, so that not even code smuggled into a parser reaches the network, the disk or a shell."""

import ctypes
import errno
import platform
from collections.abc import Iterator, Mapping

_SET_DUMPABLE, _SET_SECCOMP, _NO_NEW_PRIVILEGES = 4, 22, 38
_FILTER_MODE = 2
_LOAD, _IF_EQUAL, _IF_LEAST, _IF_ANY, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _FAIL = 0x7FFF0000, 0x00050000
_NUMBER, _ARCHITECTURE, _ARGUMENTS = 0, 4, 16  # where the kernel shows them to the filter
_FIRST_OTHER = 0x40000000  # from here on the numbers of x32
_THREAD = 0x10000  # clone: shares its memory, so no child
_WRITING = 0x1 | 0x2 | 0x40 | 0x200  # open: to write, to create, to cut off
_MISSING = ("io_uring_setup", "clone3", "openat2")  # told to be missing, the C library takes the older ones

_X86_64 = {
    "socket": 41, "socketpair": 53, "connect": 42, "kill": 62, "ptrace": 101, "bpf": 321,
    "execve": 59, "execveat": 322, "fork": 57, "vfork": 58, "process_vm_readv": 310, "process_vm_writev": 311,
    "creat": 85, "truncate": 76, "unlink": 87, "unlinkat": 263, "rmdir": 84, "mkdir": 83, "mkdirat": 258,
    "rename": 82, "renameat": 264, "renameat2": 316, "link": 86, "linkat": 265, "symlink": 88, "symlinkat": 266,
    "io_uring_setup": 425, "clone3": 435, "openat2": 437, "clone": 56, "open": 2, "openat": 257,
}  # fmt: skip
_GENERIC = {
    "socket": 198, "socketpair": 199, "connect": 203, "kill": 129, "ptrace": 117, "bpf": 280,
    "execve": 221, "execveat": 281, "process_vm_readv": 270, "process_vm_writev": 271,
    "truncate": 45, "unlinkat": 35, "mkdirat": 34, "renameat": 38, "renameat2": 276, "linkat": 37, "symlinkat": 36,
    "io_uring_setup": 425, "clone3": 435, "openat2": 437, "clone": 220, "openat": 56,
}  # fmt: skip
_MACHINES = {
    "x86_64": (0xC000003E, _X86_64),
    "aarch64": (0xC00000B7, _GENERIC),
    "loongarch64": (0xC0000102, _GENERIC),
}
_ASKED_FURTHER = {"clone": 0, "open": 1, "openat": 2}  # which argument decides

_Instruction = tuple[int, int, int, int]  # code, steps to skip if so, if not, operand


class _Filter(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def forbid() -> None:
    """Give up sockets, children, writing and looking into other processes, as far as the kernel can refuse them."""
    control = ctypes.CDLL(None, use_errno=True).prctl
    control(_SET_DUMPABLE, 0, 0, 0, 0)
    if platform.machine() not in _MACHINES:
        return
    program = list(_program(*_MACHINES[platform.machine()]))
    packed = b"".join(
        code.to_bytes(2, "little") + bytes((so, not_so)) + operand.to_bytes(4, "little")
        for code, so, not_so, operand in program
    )
    # A kernel without seccomp says no, and the other limits stand alone.
    control(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    control(_SET_SECCOMP, _FILTER_MODE, ctypes.byref(_Filter(len(program), packed)), 0, 0)


def _program(architecture: int, numbers: Mapping[str, int]) -> Iterator[_Instruction]:
    refuse = (_RETURN, 0, 0, _FAIL | errno.EPERM)
    allow = (_RETURN, 0, 0, _ALLOW)
    yield (_LOAD, 0, 0, _ARCHITECTURE)
    yield (_IF_EQUAL, 1, 0, architecture)
    yield refuse
    yield (_LOAD, 0, 0, _NUMBER)
    yield (_IF_LEAST, 0, 1, _FIRST_OTHER)
    yield refuse
    for name, number in numbers.items():
        if name in _MISSING:
            yield (_IF_EQUAL, 0, 1, number)
            yield (_RETURN, 0, 0, _FAIL | errno.ENOSYS)
        elif name in _ASKED_FURTHER:
            yield (_IF_EQUAL, 0, 4, number)
            yield (_LOAD, 0, 0, _ARGUMENTS + 8 * _ASKED_FURTHER[name])
            yield (_IF_ANY, 0, 1, _THREAD if name == "clone" else _WRITING)
            yield allow if name == "clone" else refuse
            yield refuse if name == "clone" else allow
        else:
            yield (_IF_EQUAL, 0, 1, number)
            yield refuse
    yield allow
