"""What the helper takes from itself before it reads the first byte: memory, time, files, network, children.

What holds where, against a decoder that fails:
  Linux    memory, processor time, no file can grow or be cut; where the kernel has seccomp, also: no network, no child,
           no file opened for writing, none removed or renamed (for root as well)
  Windows  memory, no child (a job object)
  macOS    processor time, no file can grow; the helper watches its own memory
"""

import sys
import time
from threading import Thread

MEMORY = 1 << 30
_WATCH_SECONDS = 0.1

if sys.platform == "win32":
    from xuncha_desktop.decoding import windows_job

    def apply() -> None:
        """Take away what decoding does not need; it cannot be had back."""
        windows_job.enter(MEMORY)

    def allow(seconds: int) -> None:
        """Windows counts no time for us; the program's own clock ends what takes too long."""

else:
    import resource

    def apply() -> None:
        """Take away what decoding does not need; it cannot be had back."""
        for kind in (resource.RLIMIT_CORE, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
            resource.setrlimit(kind, (0, 0))
        if sys.platform == "linux":
            from xuncha_desktop.decoding import system_calls

            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
            system_calls.forbid()
        else:
            Thread(target=_watch_memory, daemon=True).start()

    def allow(seconds: int) -> None:
        """So much processor time from now on: whoever asked may be gone and unable to stop us."""
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        resource.setrlimit(resource.RLIMIT_CPU, (int(used.ru_utime + used.ru_stime) + seconds, hard))

    def _watch_memory() -> None:
        import os

        while resource.getrusage(resource.RUSAGE_SELF).ru_maxrss < MEMORY:  # in bytes on macOS
            time.sleep(_WATCH_SECONDS)
        os._exit(1)
