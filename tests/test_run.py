"""The script for people: what it takes, what it refuses, and what it never touches."""

import ast
import importlib.machinery
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parent.parent


def loaded(folder: Path) -> ModuleType:
    """Load the script as if the project lay in `folder`."""
    for name in ("run", "debian-packages.txt", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    loader = importlib.machinery.SourceFileLoader("run", str(folder / "run"))
    spec = importlib.util.spec_from_loader("run", loader)
    assert spec
    script = importlib.util.module_from_spec(spec)
    loader.exec_module(script)
    return script


@pytest.fixture
def run(tmp_path: Path) -> ModuleType:
    """The script, in an empty project of its own with an environment that is called ready."""
    script = loaded(tmp_path)
    script.BIN.mkdir(parents=True)
    (script.VENV / "pyvenv.cfg").write_text("version = 3.11.2\n", encoding="utf-8")
    script.PYTHON.symlink_to(sys.executable)
    (script.VENV / "installed-requirements.txt").write_text(script.fingerprint("requirements.txt"), encoding="utf-8")
    return script


def a_program(place: Path, lines: str) -> None:
    """Put a small program where the script expects tac-desktop."""
    place.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    place.chmod(0o755)


@pytest.mark.parametrize("words", [[], ["nonsense"], ["setup", "further"], ["freeze", "--now"]])
def test_wrong_usage_is_told_and_ends_with_2(words: list[str]):
    done = subprocess.run([sys.executable, ROOT / "run", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("usage: run")


def test_it_needs_nothing_but_the_standard_library():
    tree = ast.parse((ROOT / "run").read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in names} <= sys.stdlib_module_names


def test_a_second_call_installs_nothing(run: ModuleType):
    run.set_up()
    assert not run.ACCOUNT.exists()


@pytest.mark.parametrize("changed", ["requirements.txt", ".venv/pyvenv.cfg"])
def test_a_changed_pin_or_another_python_installs_again(run: ModuleType, changed: str):
    before = run.fingerprint("requirements.txt")
    with (run.ROOT / changed).open("a", encoding="utf-8") as file:
        file.write("\n")
    assert run.fingerprint("requirements.txt") != before


def test_a_failed_installation_is_a_sentence_and_is_tried_again(run: ModuleType):
    (run.ROOT / "requirements.txt").write_text("sqlite-utils==4.2.1 --hash=sha256:00\n", encoding="utf-8")
    for _ in range(2):
        with pytest.raises(run.Trouble, match=r"Check the network .* whole account is in build/setup\.log"):
            run.set_up()
    assert not (run.VENV / "installed-requirements.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="the planted program is a shell script")
def test_the_demo_replaces_its_own_folder_only(run: ModuleType):
    a_program(run.PROGRAM, 'test ! -e "$3" && mkdir "$3" && echo made > "$3"/report.txt')
    assert run.demo([]) == 0
    (run.DEMO / "stale.txt").touch()
    assert run.demo([]) == 0
    assert {left.name for left in run.DEMO.iterdir()} == {"report.txt", run.DEMO_NOTE}

    (run.DEMO / run.DEMO_NOTE).unlink()
    with pytest.raises(run.Trouble, match="did not make"):
        run.demo([])
    assert (run.DEMO / "report.txt").exists()


@pytest.mark.skipif(os.name == "nt", reason="the planted program is a shell script")
def test_what_the_program_answers_is_the_answer(run: ModuleType):
    a_program(run.PROGRAM, "exit 7")
    assert run.demo([]) == 7


def test_what_the_computer_refuses_is_told_in_a_sentence(run: ModuleType, capsys: pytest.CaptureFixture[str]):
    assert run.main(["demo"]) == 1  # no program was installed
    told = capsys.readouterr().err
    assert told.startswith("run: The computer refused: No such file or directory (")
    assert told.endswith(". Set that right and try again.\n")


def test_packages_are_read_by_section(run: ModuleType):
    (run.ROOT / "debian-packages.txt").write_text("[runtime]\nlibx # why\n# no\n\n[tests]\nage\n", encoding="utf-8")
    assert run.packages("runtime") == ["libx"]
    assert run.packages("runtime", "tests") == ["libx", "age"]


@pytest.mark.tool("dpkg-query")
def test_a_missing_package_is_told_with_the_command_that_installs_it(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    (run.ROOT / "debian-packages.txt").write_text("[runtime]\ndpkg\nno-such-package\n", encoding="utf-8")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    run.install_packages("runtime")
    assert "sudo apt-get install --no-install-recommends no-such-package" in capsys.readouterr().out
    with pytest.raises(run.Trouble, match="no-such-package"):
        run.install_packages("runtime", needed=True)


def test_the_closing_line_counts_what_ran(run: ModuleType, tmp_path: Path):
    report = tmp_path / "tests.xml"
    report.write_text(
        '<testsuites><testsuite tests="12" failures="1" errors="1" skipped="3"/></testsuites>', encoding="utf-8"
    )
    assert run.tests_told(report) == "9 tests, 2 failed, 3 skipped"
    assert run.tests_told(tmp_path / "none.xml") == "no test ran"


def test_every_tool_a_test_wants_is_among_the_packages():
    on_every_debian = {"dpkg-query", "git", "sha256sum", "tar"}  # git: the project came with it
    package_of = {
        "age": "age",
        "age-keygen": "age",
        "jq": "jq",
        "openssl": "openssl",
        "pdffonts": "poppler-utils",
        "pdfinfo": "poppler-utils",
        "pdftoppm": "poppler-utils",
        "pdftotext": "poppler-utils",
        "qpdf": "qpdf",
        "ssh-keygen": "openssh-client",
        "strace": "strace",
        "xdotool": "xdotool",
        "Xvfb": "xvfb",
        "zstd": "zstd",
    }
    listed = (ROOT / "debian-packages.txt").read_text(encoding="utf-8").split()
    for file in (ROOT / "tests").rglob("test_*.py"):
        for mark in re.findall(r"mark\.tool\(([^)]*)\)", file.read_text(encoding="utf-8")):
            for name in set(re.findall(r'"([^"]+)"', mark)) - on_every_debian:
                assert package_of.get(name, f"the package of {name}") in listed, file.name
