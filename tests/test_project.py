"""The shape of the house: what lies where, what is packed, and what no file may contain."""

import ast
import fnmatch
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import dev
import xuncha_desktop

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
CODE = ("xuncha_desktop", "ui")
DATA = ("resources", "templates_docx")
TOP_LEVEL = {
    *CODE,
    *DATA,
    "tests",
    "docs",
    ".ci",
    ".gitignore",
    "pyproject.toml",
    "constraints.txt",
    "build.spec",
    "dev.py",
    "README.md",
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "LICENSE",
}
LONGEST_FILE = 500

# What is forbidden, in which folder, and the files that are there to do it for all others.
FORBIDDEN = [
    ("print", r"(?<![\w.])print\(", "xuncha_desktop", "xuncha_desktop/cli/*"),
    ("print", r"(?<![\w.])print\(", "ui", ""),
    ("a message box", r"\bQMessageBox\b", "ui", "ui/ask.py"),
    ("a file dialog", r"\bQFileDialog\b", "ui", "ui/ask.py"),
    (
        "a colour",
        r"""["']#[0-9A-Fa-f]{3,8}["']|\bQColor\(["'\d]|\bGlobalColor\.(?!transparent)""",
        "ui",
        "ui/colors.py",
    ),
]


def python_files(*folders: str) -> list[Path]:
    return [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]


def name_of(file: Path) -> str:
    return file.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml", "dev.py", ".ci/run", ".ci/fonts.sh"])
def test_what_is_installed_is_named_without_any_address(name: str) -> None:
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


def test_every_pinned_package_is_pinned_to_one_version_and_its_licence_is_told() -> None:
    pins = re.findall(r"^([\w.-]+)==[\w.]+(?: ; .+)?$", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE)
    lines = [line for line in (ROOT / "constraints.txt").read_text("utf-8").splitlines() if line[0] != "#"]
    told = re.findall(r"^\| ([\w.-]+) \|", (ROOT / "docs/third_party.md").read_text("utf-8"), re.MULTILINE)
    assert len(pins) == len(lines)
    assert set(pins) <= set(told)


def test_every_requirement_of_the_project_is_pinned() -> None:
    pins = set(re.findall(r"^([\w.-]+)==", (ROOT / "constraints.txt").read_text("utf-8"), re.MULTILINE))
    needed = PROJECT["project"]["dependencies"] + PROJECT["project"]["optional-dependencies"]["dev"]
    names = {re.split(r"[<>=!~ ]", requirement)[0].lower().replace("_", "-") for requirement in needed}
    assert names <= pins


def test_every_package_folder_is_named_for_the_wheel() -> None:
    folders = {file.parent.relative_to(ROOT) for file in python_files(*CODE)}
    assert {".".join(folder.parts) for folder in folders} | set(DATA) == set(PROJECT["tool"]["setuptools"]["packages"])


def test_the_top_level_holds_only_what_the_architecture_names() -> None:
    ignored = [".git", *(line.strip("/") for line in (ROOT / ".gitignore").read_text("utf-8").splitlines())]
    names = {place.name for place in ROOT.iterdir()}
    found = {name for name in names if not any(fnmatch.fnmatch(name, pattern) for pattern in ignored)}
    assert found == TOP_LEVEL


def test_the_version_is_the_same_everywhere() -> None:
    version = PROJECT["project"]["version"]
    newest = re.search(r"^## (\S+)", (ROOT / "CHANGELOG.md").read_text("utf-8"), re.MULTILINE)
    assert version == xuncha_desktop.__version__
    assert newest
    assert version == newest[1]


@pytest.mark.parametrize("name", ["README.md", "ARCHITECTURE.md", ".ci/run"])
def test_the_commands_that_the_papers_name_exist(name: str) -> None:
    named = set(re.findall(r"python3? dev\.py (\w+)", (ROOT / name).read_text(encoding="utf-8")))
    assert named
    assert named <= set(dev.COMMANDS)


def test_no_python_file_is_longer_than_a_subject_deserves() -> None:
    files = [*python_files(*CODE, *DATA, "tests"), ROOT / "dev.py"]
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.parametrize(("what", "pattern", "folder", "allowed"), FORBIDDEN, ids=lambda value: value[:20])
def test_one_file_does_for_all_what_no_other_may(what: str, pattern: str, folder: str, allowed: str) -> None:
    guilty = [
        f"{what}: {name_of(file)}:{number}"
        for file in python_files(folder)
        if not fnmatch.fnmatch(name_of(file), allowed)
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search(pattern, line)
    ]
    assert guilty == []


def test_no_case_is_ever_opened_with_the_standard_librarys_sqlite() -> None:
    guilty = [name_of(file) for file in python_files(*CODE) if "sqlite3" in modules_imported_at_run_time(file)]
    assert guilty == []


def modules_imported_at_run_time(file: Path) -> set[str]:
    """The first names of all imports but those for the type checker alone."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            node.body = []
    names = [alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy: a build leaves its traces in the tree."""
    copy, target = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    for name in (*CODE, *DATA):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target), str(copy)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(target.glob("*.whl"))


def test_the_wheel_holds_every_file_of_the_program_and_nothing_else(wheel: Path) -> None:
    files = (file for folder in (*CODE, *DATA) for file in (ROOT / folder).rglob("*") if file.is_file())
    ours = {name_of(file) for file in files if "__pycache__" not in file.parts}
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert packed == ours


def test_the_program_finds_its_data_when_installed_from_the_wheel(wheel: Path, tmp_path: Path) -> None:
    zipfile.ZipFile(wheel).extractall(tmp_path)
    look = "from xuncha_desktop import resources; print(resources.__file__, len(resources.checklists()))"
    done = subprocess.run([sys.executable, "-c", look], cwd=tmp_path, capture_output=True, text=True, check=True)
    file, count = done.stdout.split()
    assert tmp_path in Path(file).parents
    assert count == "5"
