"""The command line is a contract: names, JSON, exit codes, sentences instead of tracebacks, no file after a failure."""

import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest

from tac_desktop import paths
from tac_desktop.actions import vaults
from tac_desktop.casework.people import Person
from tac_desktop.storage.key_slots import CHEAPEST
from tests.commands.conftest import PASSPHRASE, Command, MakeVault

SAMPLE = paths.resources() / "sample" / "case-tracker-2022.xlsx"
ROOT = paths.resources().parent


@pytest.fixture
def worker(make_vault: MakeVault) -> Path:
    return make_vault("slate", "worker")


@pytest.fixture
def manager(make_vault: MakeVault) -> Path:
    return make_vault("copper", "manager")


@pytest.fixture
def key(passphrase_file: Path) -> tuple[str, str]:
    return "--passphrase-file", str(passphrase_file)


@pytest.fixture
def full(worker: Path, command: Command, key: tuple[str, str]) -> Path:
    assert command("workbook", "import", worker, SAMPLE, "--prison", "EP", *key).code == 0
    return worker


# --- usage ---


@pytest.mark.parametrize("words", [
    (), ("dance",), ("vault",), ("vault", "create", "x"), ("cases",), ("cases", "x", "--jso"),
    ("workbook", "import", "x"), ("write", "novel", "v", "c", "--to", "f"),
    ("vault", "create", "x", "--name", "n", "--role", "queen"), ("report", "evaluation", "v", "--as-of", "31/05/2022"),
    ("report", "evaluation", "v", "--to", "report.docx"), ("bundle", "write", "v", "--to", "f"),
    ("cases", "v", "--passphrase", "secret"),
])  # fmt: skip
def test_wrong_usage_leaves_with_2_and_says_how(command: Command, words: tuple[str, ...]):
    said = command(*words)
    assert said.code == 2
    assert said.out == ""
    assert "usage: tac-desktop" in said.err


def test_help_names_every_command_of_the_contract(command: Command):
    said = command("--help")
    assert said.code == 0
    for name in ("vault", "workbook", "cases", "write", "card", "trust", "bundle", "report", "demo", "self-test"):
        assert re.search(rf"^    {name}\b", said.out, re.MULTILINE), name


def test_a_worker_s_vault_needs_a_prison(command: Command, tmp_path: Path, key: tuple[str, str]):
    said = command("vault", "create", tmp_path / "v", "--name", "Slate Kettle", "--role", "worker", *key)
    assert (said.code, said.out) == (2, "")
    assert not (tmp_path / "v").exists()


# --- pass-phrase and person ---


def test_a_vault_is_made_with_its_recovery_code_shown_once(command: Command, tmp_path: Path, key: tuple[str, str]):
    words = ("--name", "Slate Kettle", "--role", "worker", "--prison", "hmp send")
    said = command("vault", "create", tmp_path / "v", *words, *key, "--json")
    assert said.code == 0
    assert said.json["prison"] == "SEND"
    assert re.fullmatch(r"([0-9A-Z]{4}-){7}[0-9A-Z]{4}", said.json["recovery_code"])
    assert command("cases", tmp_path / "v", *key, "--json").json == {"cases": []}


def test_the_pass_phrase_comes_from_standard_input(command: Command, worker: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(PASSPHRASE + "\r\nmore\n"))
    assert command("cases", worker, "--passphrase-file", "-").code == 0


def test_nobody_is_asked_where_there_is_no_terminal(command: Command, worker: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    said = command("cases", worker)
    assert said.code == 2
    assert "--passphrase-file" in said.err


def test_a_wrong_pass_phrase_is_a_sentence(command: Command, worker: Path, tmp_path: Path):
    (tmp_path / "wrong").write_text("something else altogether", "utf-8")
    said = command("cases", worker, "--passphrase-file", tmp_path / "wrong")
    assert (said.code, said.out) == (1, "")
    assert "does not open this vault" in said.err


def test_a_missing_pass_phrase_file_is_a_sentence(command: Command, worker: Path, tmp_path: Path):
    said = command("cases", worker, "--passphrase-file", tmp_path / "no such file")
    assert said.code == 1
    assert "could not be read" in said.err


def test_where_several_people_work_one_says_who(
    command: Command, worker: Path, key: tuple[str, str], monkeypatch: pytest.MonkeyPatch
):
    vault = vaults.unlock_as(worker, "", PASSPHRASE)
    vault.add_person(Person(id="p2", name="Plum Anvil", role="manager"), "quite another phrase", CHEAPEST)
    vault.close()
    monkeypatch.setattr(sys, "stdin", io.StringIO(""))
    assert command("cases", worker, *key).code == 2
    assert command("cases", worker, *key, "--person", "Slate Kettle").code == 0
    assert command("cases", worker, *key, "--person", "Plum Anvil").code == 1
    said = command("cases", worker, *key, "--person", "Nobody Here")
    assert said.code == 1
    assert said.err.startswith("This vault has no such person.")


# --- the commands ---


def test_the_caseload_as_the_contract_gives_it(command: Command, full: Path, key: tuple[str, str]):
    cases = command("cases", full, *key, "--json").json["cases"]
    assert len(cases) == 19
    assert {"reference": "EP-001", "name": "Puce Anchor", "prison": "EP", "status": "open"}.items() <= cases[0].items()
    assert "EP-001     Puce Anchor     HMP Eastwood Park  Open" in command("cases", full, *key).out


def test_a_workbook_again_says_that_nothing_changed(command: Command, full: Path, key: tuple[str, str]):
    said = command("workbook", "import", full, SAMPLE, "--prison", "EP", *key)
    assert said.code == 0
    assert "nothing was changed" in said.out
    again = command("workbook", "import", full, SAMPLE, "--prison", "EP", *key, "--json").json
    assert (again["imported"], again["new"], again["known"]) == (False, {}, 308)


def test_wrong_cells_are_listed_and_nothing_is_imported(
    command: Command, worker: Path, key: tuple[str, str], tmp_path: Path
):
    book = openpyxl.load_workbook(SAMPLE)
    book["Mothers"]["F2"], book["Children"]["D5"] = "Martian", "31/02/2019"
    book.save(tmp_path / "wrong.xlsx")
    said = command("workbook", "import", worker, tmp_path / "wrong.xlsx", *key, "--json")
    assert said.code == 1
    assert [(c["sheet"], c["row"], c["column"], c["found"]) for c in said.json["wrong"]] == [
        ("Mothers", 2, "Ethnicity", "Martian"), ("Children", 5, "Date of birth", "31/02/2019"),
    ]  # fmt: skip
    assert "nothing was imported" in said.err
    assert "Mothers, row 2, Ethnicity: found ‘Martian’" in command(
        "workbook", "import", worker, tmp_path / "wrong.xlsx", *key
    ).out  # fmt: skip
    assert command("cases", worker, *key, "--json").json == {"cases": []}


def test_a_dry_run_changes_nothing(command: Command, worker: Path, key: tuple[str, str]):
    said = command("workbook", "import", worker, SAMPLE, "--dry-run", *key, "--json").json
    assert (said["dry_run"], said["imported"], said["new"]["mother"]) == (True, False, 35)
    assert command("cases", worker, *key, "--json").json == {"cases": []}


def test_a_workbook_goes_out_and_comes_back(command: Command, full: Path, key: tuple[str, str], tmp_path: Path):
    assert command("workbook", "export", full, "--to", tmp_path / "out.xlsx", *key, "--json").json["mothers"] == 19
    assert command("workbook", "import", full, tmp_path / "out.xlsx", *key, "--json").json["imported"] is False


def test_a_workbook_for_the_evaluation_is_without_who_has_not_consented(
    command: Command, full: Path, key: tuple[str, str], tmp_path: Path
):
    book = openpyxl.load_workbook(SAMPLE)
    book["Mothers"]["J2"] = "No"
    book.save(tmp_path / "changed.xlsx")
    command("workbook", "import", full, tmp_path / "changed.xlsx", "--prison", "EP", *key)
    written = ("workbook", "export", full, "--to", tmp_path / "some.xlsx", "--for-evaluation", *key, "--json")
    assert command(*written).json["mothers"] == 18
    told = [row[0] for row in openpyxl.load_workbook(tmp_path / "some.xlsx")["Mothers"].values]
    assert "EP-001" not in told


def test_a_vault_is_checked_backed_up_and_brought_back(
    command: Command, full: Path, key: tuple[str, str], tmp_path: Path
):
    assert command("vault", "check", full, *key, "--json").json["sound"] is True
    made = command("vault", "backup", full, "--to", tmp_path / "backups", *key, "--json").json["backup"]
    assert Path(made).parent == tmp_path / "backups"
    assert command("vault", "restore", made, "--to", tmp_path / "back").code == 0
    assert len(command("cases", tmp_path / "back", *key, "--json").json["cases"]) == 19


def test_damage_is_found_and_told(command: Command, full: Path, key: tuple[str, str]):
    database = full / "data.db"
    content = bytearray(database.read_bytes())
    content[len(content) // 2] ^= 1
    database.write_bytes(content)
    said = command("vault", "check", full, *key)
    assert said.code == 1
    assert database.read_bytes() == content
    assert "damaged" in said.err
    assert "Traceback" not in said.err


def test_work_goes_from_a_worker_to_the_manager(
    command: Command, full: Path, manager: Path, key: tuple[str, str], tmp_path: Path
):
    to = {vault: tmp_path / f"{vault.name}.card" for vault in (full, manager)}
    code = {vault: command("card", vault, "--to", card, *key, "--json").json["code"] for vault, card in to.items()}
    assert command("trust", full, to[manager], "--code", code[manager], *key, "--json").json["role"] == "manager"
    assert command("trust", manager, to[full], "--code", code[full], *key).code == 0
    bundle = tmp_path / "parcel.tacb"
    assert command("bundle", "write", full, "--for", to[manager], "--to", bundle, *key, "--json").json["entries"] == 308
    assert command("bundle", "check", bundle, "--json").json["recipients"] == 2
    seen = command("bundle", "check", bundle, "--vault", manager, *key, "--json").json
    assert (seen["holds"], seen["sender"], seen["new"]) == (True, "Slate Kettle", 308)
    told = command("bundle", "import", manager, bundle, *key, "--json").json
    assert [told[k] for k in ("new", "changed", "conflicting", "known")] == [308, 0, 0, 0]
    again = command("workbook", "import", manager, SAMPLE, "--prison", "EP", *key, "--json").json
    assert (again["new"].keys(), again["changed"], again["known"]) == ({"mothers_survey_t2"}, {}, 308)


def test_a_card_with_the_wrong_code_is_not_accepted(
    command: Command, worker: Path, manager: Path, key: tuple[str, str], tmp_path: Path
):
    card = tmp_path / "c.card"
    other = command("card", worker, "--to", tmp_path / "w.card", *key, "--json").json["code"]
    command("card", manager, "--to", card, *key)
    assert command("trust", worker, card, "--code", other, *key).code == 1
    said = command("bundle", "write", worker, "--for", card, "--to", tmp_path / "b.tacb", *key)
    assert said.code == 1
    assert not (tmp_path / "b.tacb").exists()


def test_the_report_as_the_contract_gives_it(command: Command, manager: Path, key: tuple[str, str], tmp_path: Path):
    command("workbook", "import", manager, SAMPLE, *key)
    words = ("report", "evaluation", manager, "--as-of", "2022-05-31", *key)
    report = command(*words, "--json").json
    table = next(table for table in report["tables"] if table["id"] == "R1.T1")
    assert (report["as_of"], table["rows"][0]["cells"]["EP"]) == ("2022-05-31", {"n": 5, "pct": 26})
    cases = next(told for told in report["statements"] if told["id"] == "R1.cases")
    assert cases["n"] == 35
    assert "R1.T1" in command(*words).out
    for ending, begin in (("xlsx", b"PK"), ("pdf", b"%PDF")):
        assert command(*words, "--to", tmp_path / f"r.{ending}").code == 0
        assert (tmp_path / f"r.{ending}").read_bytes().startswith(begin)


def test_a_failed_command_leaves_no_file(command: Command, full: Path, key: tuple[str, str], tmp_path: Path):
    before = {file.name for file in tmp_path.iterdir()}
    assert command("write", "assessment", full, "EP-001", "--to", tmp_path / "a.pdf", *key).code == 1  # there is none
    assert command("write", "dossier", full, "XX-999", "--to", tmp_path / "a.pdf", *key).code == 1
    assert command("workbook", "export", full, "--to", tmp_path / "no" / "a.xlsx", *key).code == 1
    assert command("bundle", "import", full, SAMPLE, *key).code == 1
    assert command("vault", "restore", SAMPLE.parent, "--to", tmp_path / "back").code == 1
    assert {file.name for file in tmp_path.iterdir()} == before


def test_what_the_computer_refuses_is_a_sentence(command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied", "somewhere")

    monkeypatch.setattr(Path, "iterdir", refuse)
    said = command("demo", "--to", tmp_path)
    assert (said.code, said.out) == (1, "")
    assert "could not be read or written" in said.err


def test_what_a_role_does_not_include_is_a_sentence(
    command: Command, make_vault: MakeVault, key: tuple[str, str], tmp_path: Path
):
    grey, ochre = make_vault("grey", "admin"), make_vault("ochre", "engagement_worker")
    refused = {
        ("cases", grey): "read case files",
        ("conflicts", grey): "read case files",
        ("workbook", "export", grey, "--to", tmp_path / "x.xlsx"): "write the case tracker as a workbook",
        ("workbook", "import", grey, SAMPLE): "take in the case tracker",
        ("workbook", "import", ochre, SAMPLE): "take in the case tracker",
        ("report", "evaluation", grey): "count the evaluation",
        ("report", "evaluation", ochre): "count the evaluation",
        ("write", "dossier", ochre, "Z-001", "--to", tmp_path / "x.pdf"): "draw up and issue papers",
    }
    for words, deed in refused.items():
        said = command(*words, *key)
        assert (said.code, said.out) == (1, "")
        assert said.err.startswith(f"Your role does not let you {deed}")
        assert "Nothing was changed." in said.err
    assert command("cases", ochre, *key).code == 0
    assert not list(tmp_path.glob("x.*"))


def test_a_family_engagement_worker_needs_a_prison_as_a_worker_does(
    command: Command, key: tuple[str, str], tmp_path: Path
):
    words = ("vault", "create", tmp_path / "teal", "--name", "Teal Kite", "--role", "engagement_worker", *key)
    assert command(*words).code == 2
    made = command(*words, "--prison", "EP", "--json")
    assert (made.code, made.json["role"]) == (0, "engagement_worker")


@pytest.mark.parametrize("words", [
    ("cases", "{vault}"), ("vault", "check", "{vault}"), ("report", "evaluation", "{vault}"),
    ("workbook", "export", "{vault}", "--to", "{vault}/x.xlsx"), ("card", "{vault}", "--to", "{vault}/x"),
    ("bundle", "import", "{vault}", "{vault}"), ("vault", "restore", "{vault}", "--to", "{vault}/x"),
    ("bundle", "check", "{vault}"),
])  # fmt: skip
@pytest.mark.parametrize("kind", ["missing", "empty", "file"])
def test_what_is_no_vault_is_a_sentence(
    command: Command, tmp_path: Path, key: tuple[str, str], words: tuple[str, ...], kind: str
):
    place = tmp_path / "place"
    if kind == "empty":
        place.mkdir()
    elif kind == "file":
        place.write_bytes(b"something")
    with_key = () if words[:2] in {("vault", "restore"), ("bundle", "check")} else key
    said = command(*(word.format(vault=place) for word in words), *with_key)
    assert (said.code, said.out) == (1, "")
    assert 1 <= said.err.count(". ") + said.err.count(".\n") <= 4
    assert "Traceback" not in said.err


# --- as a script starts it ---


def started(*words: object, **how) -> subprocess.CompletedProcess[str]:
    surroundings = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    return subprocess.run(
        [sys.executable, "-m", "tac_desktop", *map(str, words)], cwd=ROOT, capture_output=True, text=True,
        encoding="utf-8", env=surroundings, timeout=120, check=False, **how,
    )  # fmt: skip


def test_a_script_gets_json_on_one_stream_and_nothing_on_the_other(worker: Path):
    done = started("cases", worker, "--json", "--passphrase-file", "-", input=PASSPHRASE + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout) == {"cases": []}


def test_progress_is_for_terminals_only(worker: Path):
    done = started("vault", "check", worker, "--passphrase-file", "-", input=PASSPHRASE + "\n")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_who_leaves_early_gets_no_traceback(worker: Path):
    words = f"{sys.executable} -m tac_desktop cases {worker} --json --passphrase-file - | true"
    done = subprocess.run(
        ["sh", "-c", words], cwd=ROOT, input=PASSPHRASE + "\n", capture_output=True, text=True, check=False
    )  # fmt: skip
    assert "Traceback" not in done.stderr


def test_a_command_imports_no_window():
    words = (
        "import sys; from tac_desktop.commands.parser import command_line; command_line();"
        "print([name for name in sys.modules if name.startswith(('PySide6', 'openpyxl', 'reportlab', 'sqlcipher3'))])"
    )
    done = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
