"""The main job runs end to end, leaves what it says, and no mother's name where it must not stand."""

import json
import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import openpyxl
import pytest

from tac_desktop import paths
from tac_desktop.actions.demo import PASSPHRASE, run_demo
from tests.commands.conftest import Command

ROOT = paths.resources().parent
SAMPLE = paths.resources() / "sample" / "case-tracker-2022.xlsx"


def started(*words: object, program: str = "tac_desktop") -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        [sys.executable, "-m", program, *map(str, words)], cwd=ROOT, capture_output=True, text=True,
        encoding="utf-8", env=surroundings, timeout=240, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    folder = tmp_path_factory.mktemp("somewhere") / "demo"
    done = started("demo", "--to", folder, "--json", program="tests.commands.cheaply")
    assert (done.returncode, done.stderr) == (0, "")
    return folder, json.loads(done.stdout)


def mothers() -> list[str]:
    with closing(openpyxl.load_workbook(SAMPLE, read_only=True)) as book:
        return [str(row[2]) for row in book["Mothers"].iter_rows(min_row=2, max_col=4, values_only=True)]


def test_it_says_each_step_and_the_pass_phrase(demo: tuple[Path, dict]):
    folder, told = demo
    assert (told["folder"], told["passphrase"]) == (str(folder), PASSPHRASE)
    results = [step["result"] for step in told["steps"]]
    assert results[3].startswith("19 new mothers, 308 new records")
    assert results[4].startswith("16 new mothers, 273 new records")
    assert "0 new mothers, 38 new records, 0 changed, 581 known already" in results
    assert sum("are sound" in result for result in results) == 3


def test_it_leaves_papers_reports_bundles_and_vaults_that_open(
    demo: tuple[Path, dict], command: Command, tmp_path: Path
):
    folder, _ = demo
    for paper in ("court-dossier.pdf", "parenting-assessment.pdf", "evaluation-2022-05-31.pdf"):
        assert (folder / paper).read_bytes().startswith(b"%PDF-")
    (tmp_path / "p").write_text(PASSPHRASE, "utf-8")
    key = ("--passphrase-file", tmp_path / "p", "--json")
    assert len(command("cases", folder / "manager", *key).json["cases"]) == 38
    for bundle in folder.glob("bundles/*.tacb"):
        assert command("bundle", "import", folder / "manager", bundle, *key).json["new"] == 0


def test_no_name_of_a_mother_stands_in_any_file_but_papers_and_reports(demo: tuple[Path, dict]):
    folder, _ = demo
    names = [*mothers(), "Indigo Lantern", "Z9001ZZ", "Jade Thimble", "Lemon Buckle"]
    readable = {".pdf", ".xlsx"}
    files = [file for file in folder.rglob("*") if file.is_file() and file.suffix not in readable]
    assert len(files) > 10
    for file in files:
        content = file.read_bytes()
        found = [name for name in names for code in ("utf-8", "utf-16-le") if name.encode(code) in content]
        assert found == [], file.name


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path, command: Command):
    (tmp_path / "mine.txt").write_text("mine", "utf-8")
    said = command("demo", "--to", tmp_path)
    assert (said.code, [file.name for file in tmp_path.iterdir()]) == (1, ["mine.txt"])
    assert "is not empty" in said.err


def test_stopping_half_way_leaves_nothing(tmp_path: Path):
    for folder in (tmp_path / "new", tmp_path / "empty"):
        if folder.name == "empty":
            folder.mkdir()
        steps = run_demo(folder, now=datetime(2026, 11, 21, 9, tzinfo=UTC))
        next(steps)
        steps.close()
        assert list(folder.rglob("*")) == []


def test_a_computer_is_tried_without_a_display():
    done = started("self-test", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    trials = {trial["name"]: trial["result"] for trial in json.loads(done.stdout)["trials"]}
    assert trials.keys() == {"program", "computer", "libraries", "vault", "check", "names", "paper", "screens"}
    for screen in ("door", "today", "caseload", "conflicts", "case file", "Parenting assessment"):
        assert screen in trials["screens"]
