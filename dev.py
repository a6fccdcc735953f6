"""The one door for a newcomer: sets up, runs, tests and builds with Python's standard library alone."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import io
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BUILD = ROOT / "build"
SAMPLE = BUILD / "sample"
STAMP = VENV / "installed.txt"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")

HELP = """巡察桌面：开发与试用的入口（Python 3.11 或更高版本，不需要先安装任何东西）

  python dev.py run            安装依赖，生成虚构示例案卷及其报告和台账，打开窗口
  python dev.py new            安装依赖，不用示例，打开程序的开始页
  python dev.py test [参数]    安装测试所需并检查代码、运行全部测试；带参数时只把参数交给 pytest
  python dev.py check          只做代码检查：格式、写法、类型、导入约定
  python dev.py bench [名称]   测速，结果写入 build/bench.json
  python dev.py tour [参数]    用示例案卷给每个界面拍照（浅色、深色，1366×768），存入 build/tour/
  python dev.py build          打包成独立程序（dist/），并试启动一次
"""

# What Qt loads at run time: shared library -> Debian package. The second table is only for windows on a screen.
QT_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
}
WINDOW_LIBRARIES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
CHINESE_FONT = "fonts-noto-cjk"


class Trouble(Exception):
    """Something the person at the keyboard can mend, told in one sentence."""


def run(_: Sequence[str]) -> int:
    """Make the sample case once and open the window on it."""
    set_up(tests=False)
    make_sample()
    if not has_display():
        say("这里没有图形显示，不打开窗口；示例案卷、报告和台账已经备好。")
        return 0
    say("正在打开窗口……")
    return call("-m", "xuncha_desktop", SAMPLE / "case")


def new(_: Sequence[str]) -> int:
    """Open the program as it greets somebody who has no case yet."""
    set_up(tests=False)
    if not has_display():
        say("这里没有图形显示，不打开窗口。")
        return 0
    say("正在打开窗口……")
    return call("-m", "xuncha_desktop")


def test(arguments: Sequence[str]) -> int:
    """Check the code and run the tests; with arguments only pytest, with these."""
    set_up(tests=True)
    first_failure, failed = (0, []) if arguments else run_checks()
    say("正在运行测试……")
    outcome = call("-m", "pytest", *parallel(arguments), *arguments, env=offscreen())
    # Nothing is printed after pytest's closing line unless it would mislead.
    if failed:
        say(f"未通过的检查：{'、'.join(failed)}")
    return first_failure or outcome


def check(_: Sequence[str]) -> int:
    """Check format, lint, types and import contracts."""
    set_up(tests=True)
    first_failure, failed = run_checks()
    say(f"未通过的检查：{'、'.join(failed)}" if failed else "检查全部通过。")
    return first_failure


def bench(names: Sequence[str]) -> int:
    """Run each measurement in a process of its own; one table and build/bench.json."""
    set_up(tests=True)
    known = sorted(file.stem for file in (ROOT / "tests/bench").glob("[a-z]*.py"))
    if unknown := sorted(set(names) - set(known)):
        raise Trouble(f"没有名为“{'、'.join(unknown)}”的测速；可用的有：{'、'.join(known)}。")
    results: dict[str, Mapping[str, object]] = {}
    failed: list[str] = []
    for name in names or known:
        say(f"正在测速：{name}……")
        done = subprocess.run(
            [PYTHON, "-m", f"tests.bench.{name}"], cwd=ROOT, env=offscreen(), stdout=subprocess.PIPE, encoding="utf-8"
        )
        try:
            results[name] = json.loads(done.stdout.strip().rpartition("\n")[2])
        except ValueError:
            print(done.stdout)
            done.returncode = done.returncode or 1
        if done.returncode:
            failed.append(name)
    for line in table(results):
        print(line)
    write_json(BUILD / "bench.json", {"machine": machine(), "results": results})
    say(f"测速结果已写入 {shown(BUILD / 'bench.json')}")
    if failed:
        raise Trouble(f"没有完成或超出限值的测速：{'、'.join(failed)}。")
    return 0


def tour(arguments: Sequence[str]) -> int:
    """Take a picture of every screen with the sample case."""
    set_up(tests=True)
    return call("-m", "tests.tour", *arguments, env=offscreen())


def build(_: Sequence[str]) -> int:
    """Freeze the program and start the frozen one once."""
    set_up(tests=True)
    if sys.platform == "linux" and not (shutil.which("objdump") and shutil.which("strip")):
        install_on_debian(["binutils"])
    started = time.monotonic()
    dist = ROOT / "dist"
    options = ("--noconfirm", "--log-level=WARN", f"--distpath={dist}", f"--workpath={BUILD / 'pyinstaller'}")
    if failure := call("-m", "PyInstaller", *options, "build.spec"):
        return failure
    program = dist / "xuncha" / ("xuncha.exe" if os.name == "nt" else "xuncha")
    size = sum(file.stat().st_size for file in program.parent.rglob("*") if file.is_file() and not file.is_symlink())
    say(f"已打包：{shown(program)}，共 {size / 1e6:.0f} MB，用时 {time.monotonic() - started:.0f} 秒；正在试启动……")
    return try_frozen(program)


def try_frozen(program: Path) -> int:
    """Let the frozen program make a sample case and walk through its screens, away from the user's own settings."""
    with tempfile.TemporaryDirectory() as home:
        env = {**offscreen(), "XUNCHA_HOME": home}
        sample = Path(home) / "sample"
        made = subprocess.run([program, "demo", sample, "--json"], env=env, stdout=subprocess.PIPE, encoding="utf-8")
        if made.returncode:
            raise Trouble("打包后的程序没能生成示例案卷；请看上面的原因。")
        env["XUNCHA_PASSWORD"] = json.loads(made.stdout)["password"]
        return subprocess.run([program, sample / "case", "--smoke"], env=env).returncode


def set_up(*, tests: bool) -> None:
    """Bring `.venv`, packages and system libraries to what the project's files say; quick when nothing changed."""
    make_venv()
    install_packages(tests=tests)
    if sys.platform == "linux":
        provide_system_packages()


def make_venv() -> None:
    """Make `.venv`, again if its Python no longer starts."""
    if PYTHON.exists() and not quiet(PYTHON, "-c", "import pip"):
        return
    if sys.platform == "linux" and not importlib.util.find_spec("ensurepip"):
        install_on_debian(["python3-venv"])
    say("正在建立 .venv……")
    if subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], cwd=ROOT).returncode:
        raise Trouble("没能建立 .venv；请看上面的原因，并确认磁盘有空间、本文件夹可写。")


def install_packages(*, tests: bool) -> None:
    """Install the pinned packages unless the same ones were installed before."""
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    groups = [project["dependencies"], *([project["optional-dependencies"]["dev"]] if tests else [])]
    pins = (ROOT / "constraints.txt").read_bytes()
    wanted = [hashlib.sha256(pins + json.dumps(group).encode()).hexdigest() for group in groups]
    installed = STAMP.read_text().split() if STAMP.exists() else []
    if set(wanted) <= set(installed):
        return
    say("正在安装依赖（首次约一两分钟）……")
    requirements = [requirement for group in groups for requirement in group]
    options = ("-qq", "--no-input", "--disable-pip-version-check", "--prefer-binary", "-c", "constraints.txt")
    if call("-m", "pip", "install", *options, *requirements):
        raise Trouble("依赖没有装上；请看上面的原因，多半是连不上软件源，接通后再运行一次即可。")
    STAMP.write_text("\n".join(wanted))


def provide_system_packages() -> None:
    """Install what Qt and Chinese text need on Debian as root; elsewhere name what is missing."""
    missing = [package for library, package in QT_LIBRARIES.items() if not loads(library)]
    missing += [package for library, package in WINDOW_LIBRARIES.items() if not loads(library)]
    if not has_chinese_font():
        missing.append(CHINESE_FONT)
    if missing:
        install_on_debian(missing)


def install_on_debian(packages: Sequence[str]) -> None:
    """Install Debian packages as root; whoever cannot is told their names and goes on."""
    names = " ".join(packages)
    apt = shutil.which("apt-get")
    if not apt:
        say(f"系统缺少以下组件（按 Debian 的叫法），窗口可能打不开或汉字显示为方框，请用本系统的软件管理安装：{names}")
        return
    if os.geteuid() != 0:
        say(f"系统缺少以下软件包，请用管理员身份安装：apt-get install {names}")
        return
    say(f"正在安装系统软件包：{names}……")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ("install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *packages)
    for action in (("update", "-qq"), install):  # the lists of a fresh machine may be missing or old
        done = subprocess.run([apt, *action], env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
    if done.returncode:
        sys.stdout.write(done.stdout.decode(errors="replace"))
        say(f"系统软件包没有装上：{names}；请看上面的原因，接通软件源后再运行一次。")


def make_sample() -> None:
    """Make the fictitious case, its report and its ledger the first time; in any case it is said where they lie."""
    made = {"案卷": SAMPLE / "case", "报告": SAMPLE / "report.docx", "台账": SAMPLE / "ledger.xlsx"}
    if not all(place.exists() for place in made.values()):
        if SAMPLE.exists():
            aside = SAMPLE.with_name(f"sample-{time.strftime('%Y%m%d-%H%M%S')}")
            SAMPLE.rename(aside)
            say(f"原来的示例不完整，已移到 {shown(aside)}")
        say("正在生成虚构的示例案卷……")
        SAMPLE.parent.mkdir(exist_ok=True)
        if call("-m", "xuncha_desktop", "demo", SAMPLE):
            raise Trouble("示例案卷没有生成；请看上面的原因。")
        return
    for label, place in made.items():
        say(f"示例{label}：{shown(place)}")


def run_checks() -> tuple[int, list[str]]:
    """Run every check; the first failing exit code and the names of all that failed."""
    scripts = PYTHON.parent
    checks: dict[str, list[str | Path]] = {
        "ruff check": [PYTHON, "-m", "ruff", "check", "."],
        "ruff format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "basedpyright": [PYTHON, "-m", "basedpyright", "--pythonpath", PYTHON],
        "lint-imports": [scripts / "lint-imports", "--no-cache", "--no-logo"],
    }
    first_failure, failed = 0, list[str]()
    for name, command in checks.items():
        say(f"正在检查：{name}……")
        outcome = subprocess.run(command, cwd=ROOT, env=environment()).returncode
        if outcome:
            failed.append(name)
            first_failure = first_failure or outcome
    return first_failure, failed


def parallel(arguments: Sequence[str]) -> list[str]:
    """Three processes, a file's tests all in one of them; one process where the caller wants to look inside.

    A third of the time tests wait, for the disk or for a timer: three keep two cores busy.
    """
    if any(argument in ("-s", "--pdb") or argument.startswith("-n") for argument in arguments):
        return []
    return ["-n", "3", "--dist", "loadfile", "--no-loadscope-reorder"]


def has_display() -> bool:
    """Whether a window would be seen by anyone."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def has_chinese_font() -> bool:
    """Whether Chinese text would show as more than boxes (Linux)."""
    if fc_list := shutil.which("fc-list"):
        return bool(subprocess.run([fc_list, ":lang=zh-cn"], stdout=subprocess.PIPE).stdout.strip())
    fonts = Path("/usr/share/fonts")
    return any(any(fonts.rglob(pattern)) for pattern in ("*CJK*", "*wqy*"))


def loads(library: str) -> bool:
    """Whether the system has a shared library."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def table(results: Mapping[str, Mapping[str, object]]) -> list[str]:
    """One line a measurement: bench, name, value."""
    rows = [(bench, name, str(value)) for bench, values in results.items() for name, value in values.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [f"{bench:<{widths[0]}}  {name:<{widths[1]}}  {value:>{widths[2]}}" for bench, name, value in rows]


def machine() -> dict[str, object]:
    """What the figures were measured on, as far as it explains them."""
    return {"system": platform.platform(), "python": platform.python_version(), "cores": os.cpu_count()}


def write_json(target: Path, content: object) -> None:
    """Write a file people and programs may read."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def call(*arguments: str | Path, env: Mapping[str, str] | None = None) -> int:
    """Run `.venv`'s Python in the project folder; its exit code."""
    return subprocess.run([PYTHON, *arguments], cwd=ROOT, env=env or environment()).returncode


def quiet(*command: str | Path) -> int:
    """Run a command for its exit code alone."""
    try:
        return subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL).returncode
    except OSError:
        return 1


def environment() -> dict[str, str]:
    """The environment of every child: UTF-8 also where Windows would choose otherwise."""
    return {**os.environ, "PYTHONUTF8": "1"}


def offscreen() -> dict[str, str]:
    """An environment in which Qt paints without a screen."""
    return {**environment(), "QT_QPA_PLATFORM": "offscreen"}


def shown(place: Path) -> str:
    """A path as short as it can be pasted."""
    return str(place.relative_to(Path.cwd())) if Path.cwd() in place.parents else str(place)


def say(sentence: str) -> None:
    """Tell the person what happens, before what it prints itself."""
    print(sentence, flush=True)


COMMANDS: dict[str, tuple[Callable[[Sequence[str]], int], bool]] = {
    "run": (run, False),
    "new": (new, False),
    "test": (test, True),
    "check": (check, False),
    "bench": (bench, True),
    "tour": (tour, True),
    "build": (build, False),
}


def main(arguments: Sequence[str]) -> int:
    """Do what the first word says."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not arguments or arguments[0] in ("-h", "--help", "help"):
        print(HELP, end="")
        return 0
    name, *rest = arguments
    command, takes_arguments = COMMANDS.get(name, (None, False))
    if command is None or (rest and not takes_arguments):
        print(HELP, end="", file=sys.stderr)
        return 2
    try:
        if sys.version_info < (3, 11):  # noqa: UP036 -- an older Python must be able to say so itself
            raise Trouble(f"需要 Python 3.11 或更高版本，这里是 {platform.python_version()}；请换一个 Python 再运行。")
        return command(rest)
    except Trouble as trouble:
        print(trouble, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
