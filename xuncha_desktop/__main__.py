"""`xuncha`: a known subcommand is done without a window, anything else opens one; `--decode` is the program's own."""

import gc
import io
import sys

from xuncha_desktop import cli, decoding


def main() -> int:
    """The program's one entry, for the console script, `python -m xuncha_desktop` and the frozen program."""
    arguments = sys.argv[1:]
    if arguments and (arguments[0] in cli.COMMANDS or arguments[0] in ("-h", "--help")):
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                # A Windows console may not know every character; the content of a case must come out whole.
                stream.reconfigure(encoding="utf-8", errors="backslashreplace")
        return cli.main(arguments)
    if arguments == [decoding.FLAG]:
        from xuncha_desktop.decoding.helper import serve

        return serve()
    # Nothing made while starting can be garbage, and looking for it costs a sixth of the time to the first window;
    # once the window is seen it is done in small portions (ui/garbage.py).
    gc.disable()
    from ui.app import main as open_window

    return open_window(arguments)


if __name__ == "__main__":
    sys.exit(main())
