"""The house keeps its rules: which room may know what, and what never stands in the project."""

import ast
import os
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tac_desktop import errors

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "tac_desktop"
MODULES = sorted(PROGRAM.rglob("*.py"))

HEAVY = (
    "PIL",
    "cryptography.hazmat.primitives.asymmetric",
    "defusedxml",
    "lxml",
    "openpyxl",
    "pikepdf",
    "pypdfium2",
    "pyrage",
    "reportlab",
    "sqlite_utils",
)
"""What the window must not import to open: each costs a noticeable part of the start."""

NETWORK = {"aiohttp", "asyncio", "ftplib", "http", "httpx", "imaplib", "requests", "smtplib", "socket", "ssl", "urllib"}

CLOCKS = {"now", "today", "utcnow", "time", "time_ns", "monotonic", "perf_counter", "gmtime", "localtime"}


def imports(source: Path) -> Iterator[str]:
    """Yield the full dotted name of everything this file imports, wherever in the file."""
    for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def project_files() -> list[Path]:
    """Return every file that belongs to the project: known to git, or new and not ignored."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    """Hold the program in `folder` against the contracts of the pyproject.toml there."""
    words = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    return subprocess.run([sys.executable, "-c", words], cwd=folder, capture_output=True, text=True, check=False)


def test_every_import_goes_down_the_stairs():
    done = lint(ROOT)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("place", "offence", "contract"),
    [
        ("casework/planted.py", "import tac_desktop.storage", "The staircase: every import goes down"),
        ("export/planted.py", "import tac_desktop.storage", "The staircase: every import goes down"),
        ("new_room/__init__.py", "", "The staircase: every import goes down"),
        ("actions/planted.py", "import PySide6.QtCore", "Qt lives in ui only"),
        ("actions/planted.py", "import reportlab", "Paper, workbooks and bundles are made in export only"),
        ("commands/planted.py", "import sqlcipher3", "The database is known to storage only"),
        ("commands/planted.py", "import cryptography", "Keys and ciphers stay in storage and export"),
        ("ui/planted.py", "import tac_desktop.export", "Screens neither store, print nor pack"),
    ],
)
def test_a_planted_offence_is_noticed(tmp_path: Path, place: str, offence: str, contract: str):
    shutil.copytree(PROGRAM, tmp_path / "tac_desktop", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    planted = tmp_path / "tac_desktop" / place
    planted.parent.mkdir(exist_ok=True)
    planted.write_text(f'"""Planted."""\n{offence}\n', encoding="utf-8")
    done = lint(tmp_path)
    assert done.returncode == 1
    assert f"{contract} BROKEN" in done.stdout


def test_casework_needs_nothing_but_the_standard_library():
    foreign = {
        (source.relative_to(PROGRAM).as_posix(), name)
        for source in (PROGRAM / "casework").rglob("*.py")
        for name in imports(source)
        if name.partition(".")[0] not in sys.stdlib_module_names | {"tac_desktop"}
    }
    assert not foreign, foreign


@cache
def taken_from(module: str) -> list[tuple[str, list[str]]]:
    """Return from which modules of casework a module takes which names while it is loaded."""
    place = ROOT / module.replace(".", "/")
    source = place / "__init__.py" if place.is_dir() else place.with_suffix(".py")
    return [
        (str(node.module), [alias.name for alias in node.names])
        for node in ast.parse(source.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("tac_desktop.casework")
    ]


def load(module: str, begun: list[str], loaded: set[str]) -> Iterator[str]:
    """Yield where loading a module, after its packages, would take a name from one that waits for this one."""
    parts = module.split(".")
    for place in (".".join(parts[: length + 1]) for length in range(1, len(parts))):
        if place in loaded or place in begun:
            continue
        for there, names in taken_from(place):
            yield from load(there, [*begun, place], loaded)
            for name in names:
                inside = f"{there}.{name}"
                if (ROOT / inside.replace(".", "/")).with_suffix(".py").exists():
                    yield from load(inside, [*begun, place], loaded)
                elif there in begun:
                    yield f"{place} takes {inside}"
        loaded.add(place)


def test_every_module_of_casework_can_be_loaded_first():
    sources = (PROGRAM / "casework").rglob("*.py")
    modules = [".".join(source.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__") for source in sources]
    stuck = [found for module in modules for found in load(module, [], set())]
    assert not stuck, stuck


def test_casework_reads_no_clock():
    clocks = [
        f"{source.relative_to(PROGRAM)}:{node.lineno}"
        for source in (PROGRAM / "casework").rglob("*.py")
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in CLOCKS
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in {"datetime", "date", "time", "dt"}
    ]
    assert not clocks, clocks


def test_no_part_of_the_program_can_use_a_network():
    reaching = {
        (source.relative_to(PROGRAM).as_posix(), name)
        for source in MODULES
        for name in imports(source)
        if name.partition(".")[0] in NETWORK or name.startswith(("PySide6.QtNetwork", "PySide6.QtWeb"))
    }
    assert not reaching, reaching


def test_no_layout_is_asked_for_its_items_and_no_timer_keeps_what_is_gone():
    asked = [
        f"{source.relative_to(PROGRAM)}:{node.lineno} {node.func.attr}"
        for source in MODULES
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in {"itemAt", "itemAtPosition", "singleShot"}
    ]
    assert not asked, asked


def test_opening_the_window_imports_nothing_heavy():
    look = "import sys, tac_desktop.ui.main_window; print(*sys.modules, sep='\\n')"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    loaded = done.stdout.splitlines()
    assert "PySide6.QtWidgets" in loaded
    heavy = [name for name in loaded if name in HEAVY]
    assert not heavy, heavy


def test_every_module_is_named_in_the_architecture():
    told = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    modules = [module.relative_to(PROGRAM).as_posix() for module in MODULES if module.name != "__init__.py"]
    unnamed = [module for module in modules if module not in told]
    assert not unnamed, "\n".join(unnamed)


def test_colours_are_named_in_the_tokens_only():
    colour = re.compile(r"#(?:[0-9a-fA-F]{3,4}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})\b|\brgba?\(|\bhsla?\(")
    found = [
        f"{source.name}:{node.lineno}"
        for source in (PROGRAM / "ui").rglob("*.py")
        if source.name != "tokens.py"
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and colour.search(node.value)
    ]
    assert not found, "\n".join(found)


@pytest.mark.tool("git")
def test_no_file_knows_the_computer_it_was_written_on():
    homes = re.compile(rb"(?:^|[^\w.~-])/(?:home|Users|root)/\w|[A-Z]:\\Users\\")
    here = [str(place).encode() for place in (ROOT, Path.home()) if len(place.parts) > 1]
    found = [
        file.relative_to(ROOT).as_posix()
        for file in project_files()
        for text in [file.read_bytes()]
        if b"\0" not in text and (homes.search(text) or any(place + b"/" in text for place in here))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("file", sorted(ROOT.glob("requirements*.txt")), ids=lambda file: file.name)
def test_every_requirement_is_pinned_by_hash_and_names_no_index(file: Path):
    text = file.read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]
    assert lines
    assert all(re.match(r"[a-z0-9.-]+==\S+( ; [^#]+?)? +--hash=sha256:[0-9a-f]{64}", line) for line in lines)
    assert "://" not in text


def test_what_the_project_declares_is_what_is_pinned():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    for file, declared in {
        "requirements.txt": project["project"]["dependencies"] + groups["setup"],
        "requirements-test.txt": groups["test"],
        "requirements-freeze.txt": groups["freeze"],
    }.items():
        pinned = set(re.findall(r"^([a-z0-9-]+)==", (ROOT / file).read_text(encoding="utf-8"), flags=re.MULTILINE))
        names = {re.split(r"[\[<>=;]", line)[0].strip().lower().replace(".", "-") for line in declared}
        assert names <= pinned


def troubles(kind: type[errors.TacError] = errors.TacError) -> list[type[errors.TacError]]:
    """Return every class of trouble."""
    return [kind, *(deeper for direct in kind.__subclasses__() for deeper in troubles(direct))]


@pytest.mark.parametrize("trouble", troubles(), ids=lambda trouble: trouble.__name__)
def test_a_trouble_is_told_in_whole_calm_sentences(trouble: type[errors.TacError]):
    sentences = re.split(r"(?<=[.?]) (?=[A-Z])", trouble.text)
    assert trouble.text[0].isupper()
    assert trouble.text.endswith((".", "?"))
    assert 1 <= len(sentences) <= 3
    assert not re.search(r"!|\berror\b|\bfailed\b|\binvalid\b|\bexception\b", trouble.text, flags=re.IGNORECASE)


def test_this_pyside_does_not_destroy_references_to_none(qapp: object):
    del qapp
    from PySide6.QtCore import QStringListModel, Qt

    model = QStringListModel(["a"])
    before = sys.getrefcount(None)
    for _ in range(500):
        model.data(model.index(0), Qt.ItemDataRole.UserRole)
    assert abs(sys.getrefcount(None) - before) < 50


def test_every_decision_is_in_the_index():
    decisions = ROOT / "docs" / "decisions"
    index = (decisions / "README.md").read_text(encoding="utf-8")
    for page in decisions.glob("0*.md"):
        number, title = re.match(r"# (\d+)\. (.+)", page.read_text(encoding="utf-8")).groups()
        assert f"- [{number:0>4}]({page.name}) {title}\n" in index
