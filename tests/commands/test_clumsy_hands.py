"""What a clumsy or hostile person does at the command line ends in a sentence, and harms nothing."""

import json
import os
import re
import signal
import stat
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

from tac_desktop import paths
from tac_desktop.actions import vaults
from tac_desktop.casework.people import Person
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.storage.key_slots import CHEAPEST
from tests.commands.conftest import PASSPHRASE, Command, MakeVault
from tests.export.workbooks import save

ROOT = paths.resources().parent
SAMPLE = paths.resources() / "sample" / "case-tracker-2022.xlsx"
CHEAPLY = "tests.commands.cheaply"
HEARS_SIGNALS = ("env", "--default-signal") if sys.platform == "linux" else ()
"""A program that was itself started in the background hands on what it ignores."""


@pytest.fixture
def key(passphrase_file: Path) -> tuple[str, str]:
    return "--passphrase-file", str(passphrase_file)


@pytest.fixture
def manager(make_vault: MakeVault) -> Path:
    return make_vault("slate", "manager")


def in_shell(words: str, program: str = CHEAPLY, **how) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        ["sh", "-c", words.replace("TAC", f"{sys.executable} -m {program}")], cwd=ROOT, capture_output=True,
        timeout=240, check=False, **how,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["", "  ", "Slate\nKettle", "S" * 201])
def test_a_name_that_no_card_could_show_makes_no_vault(
    command: Command, tmp_path: Path, key: tuple[str, str], name: str
):
    said = command("vault", "create", tmp_path / "v", "--name", name, "--role", "manager", *key)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("A name has to be")
    assert not (tmp_path / "v").exists()


@pytest.mark.skipif(not Path("/dev/zero").is_char_device(), reason="no device without an end")
def test_a_file_without_end_is_not_read_to_its_end(command: Command, manager: Path, key: tuple[str, str]):
    assert "not a workbook" in command("workbook", "import", manager, "/dev/zero", *key).err
    assert command("cases", manager, "--passphrase-file", "/dev/zero").code == 1


def test_a_prison_of_spaces_is_none(command: Command, tmp_path: Path, key: tuple[str, str]):
    words = ("vault", "create", tmp_path / "v", "--name", "Slate Kettle", "--role", "worker", "--prison", " ", *key)
    assert command(*words).code == 2
    assert not (tmp_path / "v").exists()


@pytest.mark.parametrize(("content", "sentence"), [
    (b"", "No pass-phrase stands"), (b"\r\nsecond line", "No pass-phrase stands"), (b"caf\xe9", "is not plain text"),
    ("amber".encode("utf-16"), "is not plain text"),
])  # fmt: skip
def test_a_file_without_a_pass_phrase_is_no_attempt_at_unlocking(
    command: Command, manager: Path, tmp_path: Path, content: bytes, sentence: str
):
    (tmp_path / "odd").write_bytes(content)
    said = command("cases", manager, "--passphrase-file", tmp_path / "odd")
    assert (said.code, said.out) == (1, "")
    assert sentence in said.err
    assert not (manager / "attempts.json").exists()


def test_a_pass_phrase_is_the_same_from_a_file_and_from_standard_input(tmp_path: Path):
    (tmp_path / "pp").write_text("Ŵy â ê î ô lantern\n", "utf-8")
    make = f"TAC vault create {tmp_path}/v --name 'Slate Kettle' --role manager --passphrase-file {tmp_path}/pp"
    assert in_shell(make, "tac_desktop").returncode == 0
    costs = [slot["kdf"] for slot in json.loads((tmp_path / "v" / "keys.json").read_text("utf-8"))["slots"]]
    assert {(cost["memory_kib"], cost["iterations"]) for cost in costs} == {(256 * 1024, 3)}
    latin = os.environ | {"PYTHONIOENCODING": "latin-1"}
    assert in_shell(f"TAC cases {tmp_path}/v --passphrase-file - < {tmp_path}/pp", env=latin).returncode == 0
    assert in_shell(f"printf 'caf\\351\\n' | TAC cases {tmp_path}/v --passphrase-file -").stderr.startswith(b"The file")


@pytest.mark.parametrize("closed", [">&-", "<&-", "2>&-", "<&- >&- 2>&-"])
def test_a_closed_stream_is_no_trouble(manager: Path, key: tuple[str, str], closed: str):
    done = in_shell(f"TAC cases {manager} {' '.join(key)} --json {closed}")
    assert (done.returncode, done.stderr) == (0, b"")
    assert in_shell(f"TAC cases {manager} {closed}").returncode == 2


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
def test_a_result_that_cannot_be_shown_is_not_called_undone(manager: Path, key: tuple[str, str]):
    done = in_shell(f"TAC workbook import {manager} {SAMPLE} {' '.join(key)} > /dev/full")
    assert done.returncode == 1
    assert done.stderr.startswith(b"The work was done")


def test_words_that_are_no_text_are_wrong_usage(command: Command, manager: Path, key: tuple[str, str], tmp_path: Path):
    for words in (("write", "dossier", manager, "\udce9", "--to", tmp_path / "x.pdf"),
                  ("bundle", "write", manager, "--for", "c", "--case", "\udce9", "--to", tmp_path / "x")):  # fmt: skip
        said = command(*words, *key)
        assert (said.code, said.out) == (2, "")
        assert "not readable text" in said.err


@pytest.mark.parametrize("to", ["{folder}", "{pipe}"])
def test_a_file_goes_to_no_folder_and_replaces_no_device(
    command: Command, manager: Path, key: tuple[str, str], tmp_path: Path, to: str
):
    (tmp_path / "folder.xlsx").mkdir()
    os.mkfifo(tmp_path / "pipe.xlsx")
    place = to.format(folder=tmp_path / "folder.xlsx", pipe=tmp_path / "pipe.xlsx")
    said = command("workbook", "export", manager, "--to", place, *key)
    assert (said.code, said.out) == (1, "")
    assert "nothing was changed" in said.err
    assert (tmp_path / "pipe.xlsx").is_fifo()
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("to", ["", ".", "/", "paper", "paper.docx"])
@pytest.mark.parametrize(("words", "ending"), [
    (("workbook", "export", "v"), ".xlsx"), (("write", "dossier", "v", "EP-001"), ".pdf"),
    (("report", "evaluation", "v"), ".xlsx or .pdf"),
])  # fmt: skip
def test_a_file_of_the_wrong_kind_is_wrong_usage(command: Command, words: tuple[str, ...], ending: str, to: str):
    said = command(*words, "--to", to)
    assert (said.code, said.out) == (2, "")
    assert f"the file must end with {ending}; nothing was written" in said.err


@pytest.mark.parametrize(("day", "sentence"), [
    ("1899-12-31", "no date from 1900 on"), ("2199-12-31", "lies in the future"), ("2200-01-01", "no date"),
    ("31/05/2022", "no date"),
])  # fmt: skip
def test_a_day_from_which_nothing_can_be_known_is_wrong_usage(command: Command, day: str, sentence: str):
    said = command("report", "evaluation", "v", "--as-of", day)
    assert (said.code, said.out) == (2, "")
    assert sentence in said.err


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="no device that is always full")
@pytest.mark.parametrize(("out", "there"), [("> /dev/full", True), (">&-", False)])
def test_a_vault_whose_recovery_code_nobody_saw_is_removed(
    tmp_path: Path, passphrase_file: Path, out: str, there: bool
):
    folder = tmp_path / "v"
    if there:
        folder.mkdir()
    make = f"TAC vault create {folder} --name 'Slate Kettle' --role manager --passphrase-file {passphrase_file}"
    done = in_shell(f"{make} {out}")
    assert done.returncode == 1
    assert b"The vault was removed again" in done.stderr
    assert folder.exists() is there
    assert not there or not list(folder.iterdir())
    assert in_shell(make).returncode == 0


def test_a_prison_that_the_list_does_not_hold_is_taken_and_told(command: Command, tmp_path: Path, key: tuple[str, str]):
    words = ("--name", "Slate Kettle", "--role", "worker", *key)
    said = command("vault", "create", tmp_path / "v", *words, "--prison", "EPP")
    assert said.code == 0
    assert "‘EPP’ is not in the list of prisons" in said.err
    assert "Did you mean EP (HMP Eastwood Park)?" in said.err
    told = command("vault", "create", tmp_path / "w", *words, "--prison", "HMP Styal", "--json")
    assert (told.err, told.json["prison"], told.json["new_prison"]) == ("", "HMP Styal", True)
    told = command("vault", "create", tmp_path / "x", *words, "--prison", "EP", "--json")
    assert (told.err, told.json["new_prison"]) == ("", False)


def test_one_s_own_card_is_not_accepted(command: Command, manager: Path, key: tuple[str, str], tmp_path: Path):
    code = command("card", manager, "--to", tmp_path / "own.card", *key, "--json").json["code"]
    said = command("trust", manager, tmp_path / "own.card", "--code", code, *key)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This is this vault’s own card")


def test_damaged_drafts_are_found_and_cost_no_backup(command: Command, manager: Path, key: tuple[str, str]):
    content = bytearray((manager / "drafts.db").read_bytes())
    content[-100] ^= 1
    (manager / "drafts.db").write_bytes(content)
    said = command("vault", "check", manager, *key, "--json")
    assert (said.code, said.json["sound"]) == (1, False)
    assert {found["part"] for found in said.json["findings"]} == {"drafts"}
    assert "all that was saved is safe" in said.err
    assert (manager / "drafts.db").read_bytes() == content
    (manager / "drafts.db").unlink()
    assert command("vault", "check", manager, *key).code == 0


@pytest.mark.parametrize(("name", "sentence"), [("keys.json", "The key file"), ("data.db", "The database")])
def test_a_folder_in_the_place_of_a_file_of_the_vault_is_damage(
    command: Command, manager: Path, key: tuple[str, str], name: str, sentence: str
):
    (manager / name).unlink()
    (manager / name).mkdir()
    said = command("cases", manager, *key)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith(sentence)


def test_one_wrong_cell_is_told_in_the_singular_and_on_one_line(
    command: Command, manager: Path, key: tuple[str, str], tmp_path: Path
):
    rows = [("Case reference", "Name", "Prison", "Prison number"), ("A-1", "Teal Anchor", "EP", "Z1\nZZ")]
    said = command("workbook", "import", manager, save(tmp_path / "one.xlsx", {"Mothers": rows}), *key)
    assert said.out.splitlines()[0] == "1 wrong cell:"
    assert "found ‘Z1 ZZ’; expected: one line" in said.out.splitlines()[1]


def test_an_unknown_reference_is_told_as_such(command: Command, manager: Path, key: tuple[str, str], tmp_path: Path):
    said = command("write", "dossier", manager, "XX-999", "--to", tmp_path / "x.pdf", *key)
    assert said.code == 1
    assert said.err.startswith("There is no case file with this reference")


def test_a_card_without_its_code_is_wrong_usage(command: Command, manager: Path, key: tuple[str, str], tmp_path: Path):
    command("card", manager, "--to", tmp_path / "c.card", *key)
    said = command("trust", manager, tmp_path / "c.card", *key)
    assert (said.code, said.out) == (2, "")
    assert "--code" in said.err


def test_a_file_of_attempts_that_cannot_be_removed_is_a_sentence(command: Command, manager: Path, key: tuple[str, str]):
    (manager / "attempts.json").mkdir()
    said = command("cases", manager, *key)
    assert (said.code, said.out) == (1, "")
    assert said.err.count("\n") == 1


def test_a_check_names_the_damaged_page(command: Command, manager: Path, key: tuple[str, str]):
    assert command("workbook", "import", manager, SAMPLE, *key).code == 0
    sound = (manager / "data.db").read_bytes()
    named = 0
    for number in range(40, len(sound) // 4096, 60):
        content = bytearray(sound)
        content[(number - 1) * 4096 + 100] ^= 1
        (manager / "data.db").write_bytes(content)
        said = command("vault", "check", manager, *key, "--json")
        assert said.code == 1
        if said.out:  # else it is a page without which a vault cannot be opened at all
            assert ("pages", f"page {number}") in [(found["part"], found["where"]) for found in said.json["findings"]]
            named += 1
    assert named


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such permissions")
def test_nobody_else_reads_what_a_command_makes(tmp_path: Path, passphrase_file: Path):
    key = f"--passphrase-file {passphrase_file}"
    make = f"umask 000; TAC vault create {tmp_path}/v --name 'Slate Kettle' --role manager {key}"
    assert in_shell(make).returncode == 0
    assert in_shell(f"umask 000; TAC workbook export {tmp_path}/v --to {tmp_path}/out.xlsx {key}").returncode == 0
    made = [tmp_path / "v", tmp_path / "out.xlsx", *(tmp_path / "v").iterdir()]
    assert {stat.S_IMODE(file.stat().st_mode) & 0o077 for file in made} == {0}


@pytest.mark.skipif(os.name != "posix", reason="Windows ends a process without a signal")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_command_that_is_ended_takes_back_what_it_made(tmp_path: Path, number: signal.Signals):
    with subprocess.Popen(
        [*HEARS_SIGNALS, sys.executable, "-m", CHEAPLY, "demo", "--to", str(tmp_path / "demo")], cwd=ROOT,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as running:  # fmt: skip
        assert running.stdout
        running.stdout.readline()
        running.send_signal(number)
        _, err = running.communicate(timeout=240)
    assert running.returncode == 1
    assert err == b"Stopped. What was not finished was taken back.\n"
    assert not (tmp_path / "demo").exists()


@pytest.mark.skipif(os.name != "posix", reason="Windows ends a process without a signal")
def test_ctrl_c_is_no_traceback_even_while_the_program_begins(tmp_path: Path):
    for wait in (0.08, 0.15, 0.25, 0.35):
        with subprocess.Popen(
            [sys.executable, "-c", "import tac_desktop.__main__ as m, sys; print(1, flush=True); sys.exit(m.main())",
             "cases", str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        ) as running:  # fmt: skip
            assert running.stdout
            running.stdout.readline()
            time.sleep(wait)
            running.send_signal(signal.SIGINT)
            _, err = running.communicate(timeout=240)
        assert b"Traceback" not in err


def test_a_damaged_copy_of_a_bundle_that_is_known_is_refused(
    command: Command, make_vault: MakeVault, manager: Path, key: tuple[str, str], tmp_path: Path
):
    worker = make_vault("lilac", "worker")
    assert command("workbook", "import", worker, SAMPLE, "--prison", "EP", *key).code == 0
    for giver, taker in ((worker, manager), (manager, worker)):
        card = tmp_path / f"{giver.name}.card"
        code = command("card", giver, "--to", card, *key, "--json").json["code"]
        assert command("trust", taker, card, "--code", code, *key).code == 0
    parcel = tmp_path / "parcel.tacb"
    assert command("bundle", "write", worker, "--for", tmp_path / "slate.card", "--to", parcel, *key).code == 0
    assert command("bundle", "import", manager, parcel, *key).code == 0
    sealed = parcel.read_bytes()
    said = command("bundle", "check", parcel, "--vault", manager, *key)
    assert said.code == 0
    day = day_in_words(datetime.now().astimezone().date().isoformat())
    assert re.search(rf"Signed by Lilac Kettle on {day}, \d\d:\d\d, and the signature holds", said.out)
    assert f"It was taken in before, on {day}, " in said.out
    middle = len(sealed) // 2
    for damaged in (sealed[:middle], sealed[:-1], sealed + b"x",
                    sealed[:middle] + bytes([sealed[middle] ^ 1]) + sealed[middle + 1 :]):  # fmt: skip
        parcel.write_bytes(damaged)
        for words in (("check", parcel, "--vault", manager), ("import", manager, parcel)):
            said = command("bundle", *words, *key)
            assert (said.code, said.out) == (1, "")
            assert said.err.startswith("This bundle is damaged or incomplete")


def test_a_pass_phrase_opens_a_vault_only_under_its_owner_s_name(command: Command, manager: Path, key: tuple[str, str]):
    for name in ("Slate Kettle", " slate kettle", "SK"):
        assert command("cases", manager, "--person", name, *key).code == 0
    said = command("cases", manager, "--person", "Silver Kite", *key)
    assert (said.code, said.out) == (1, "")
    assert said.err.startswith("This vault has no such person")


def test_who_shares_initials_with_another_comes_in_without_a_failed_attempt(
    command: Command, manager: Path, key: tuple[str, str], tmp_path: Path
):
    vault = vaults.unlock_as(manager, "", PASSPHRASE)
    vault.add_person(Person(id="p2", name="Silver Kite", role="manager"), "quite another phrase", CHEAPEST)
    vault.close()
    (tmp_path / "other").write_text("quite another phrase", "utf-8")
    assert command("cases", manager, "--person", "Silver Kite", "--passphrase-file", tmp_path / "other").code == 0
    assert command("cases", manager, "--person", "Slate Kettle", *key).code == 0
    said = command("cases", manager, "--person", "Silver Kite", *key)
    assert (said.code, said.err[:33]) == (1, "This vault has no such person. No")
    assert not (manager / "attempts.json").exists()
