"""Each trial is made with two runs; and each would tell if something were wrong."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


def trial(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "trials", *words], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    "name",
    [
        "kills",
        "rekey",
        "key_files",
        pytest.param("power_cuts", marks=pytest.mark.tool("strace")),
        "damage",
        "salvage",
        "full_disk",
        "hostile",
        pytest.param("cut_short", marks=pytest.mark.tool("strace")),
    ],
)
def test_a_trial_of_two_runs_goes_well(name: str):
    made = trial(name, "--count", "2", "--seed", "7")
    assert made.returncode == 0, made.stdout + made.stderr
    assert made.stdout.splitlines()[0] == "seed 7"
    assert made.stdout.splitlines()[1].startswith(f"{name}: 2 of 2 well (")


@pytest.mark.tool("strace")
def test_nothing_of_a_case_is_written_in_clear():
    made = trial("leaks", "--count", "1", "--seed", "7")
    assert made.returncode == 0, made.stdout + made.stderr
    assert made.stdout.splitlines()[1].startswith("leaks: 1 of 1 well (writes ")


def test_a_locked_program_keeps_neither_key_nor_pass_phrase():
    made = trial("memory", "--count", "1", "--seed", "7")
    assert made.returncode == 0, made.stdout + made.stderr
    assert made.stdout.splitlines()[1].startswith(("memory: 1 of 1 well (the data key left 0, ", "memory: skipped"))


def test_five_terminals_live_through_a_story():
    made = trial("weeks", "--count", "1", "--seed", "3")
    assert made.returncode == 0, made.stdout + made.stderr
    assert made.stdout.splitlines()[1].startswith("weeks: 1 of 1 well (")
    # what every story meets; which of the rarer acts it has depends on the ids, which are new each time
    for met in ("answers standing", "answers replaced", "taken in", "forms", "contacts", "quiet after"):
        assert met in made.stdout


ACCOUNT = """
from pathlib import Path
from tempfile import TemporaryDirectory
from tac_desktop.actions import exchange
from trials.accounts import Account
from trials.damage import acquaint
from trials.desks import NOW, new_desk, write_contact, write_mother
from trials.terminals import result_of
account = Account(frozenset({"Indigo"}))
with TemporaryDirectory() as place:
    at = Path(place)
    with new_desk(at / "slate") as slate, new_desk(at / "indigo", "manager") as indigo, new_desk(at / "teal") as teal:
        write_mother(slate, 0)
        write_contact(slate, 0, "She called.")
        card = acquaint(slate, indigo, at)
        account.note("Slate", "Slate", slate.store)
        alive = set(account.saved)
        print("before:", *account.gone("Indigo", indigo.store, alive))
        print("hers:", *account.gone("Slate", slate.store, alive))
        print("not Teal's:", *account.gone("Teal", teal.store, alive))
        result_of(exchange.write_bundle(slate.vault, slate.store, card, at / "bundle", now=NOW))
        result_of(exchange.import_bundle(indigo.vault, indigo.store, at / "bundle", now=NOW))
        print("unknown:", *set(account.wrong_places("Indigo", indigo.store)))
        account.note("Indigo", "Indigo", indigo.store)
        print("after:", *account.gone("Indigo", indigo.store, alive), *account.wrong_places("Indigo", indigo.store))
        print("elsewhere:", *sorted(set(account.wrong_places("Teal", indigo.store))), sep="\\n")
"""


def test_the_account_tells_what_is_gone_and_what_lies_where_it_must_not():
    said = subprocess.run([sys.executable, "-c", ACCOUNT], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    before, *others = said.splitlines()
    for form in ("mother", "contact"):
        assert f"an answer in a {form} of Slate has not come to Indigo" in before
    assert others == [
        "hers:",
        "not Teal's:",
        "unknown: Indigo holds an entry that nobody wrote",
        "after:",
        "elsewhere:",
        "Teal holds a contact of Slate, who never let her have it",
        "Teal holds a mother of Slate, who never let her have it",
        "Teal holds what is Indigo's alone",
    ]


def test_a_trial_that_does_not_exist_is_wrong_usage():
    assert trial("nothing").returncode == 2


CODE = """
import sys
from trials import leaks
from trials.outcome import Outcome
from trials.session import DONE
print(leaks.found(sys.stdin.read().replace("DONE", DONE).splitlines(), ["Zqword"], Outcome("leaks")))
"""


@pytest.mark.parametrize(
    ("trace", "told"),
    [
        ('1 write(3, "..", 2) = 2\n1 write(1, "DONE")', ""),
        ('1 pwrite64(3, "in the Zqword is", 9) = 9\n1 write(1, "DONE")', "a word of the case was written"),
        ('1 write(3, "Z\\0q\\0w\\0o\\0r\\0d\\0", 9) = 9\n1 write(1, "DONE")', "a word of the case was written"),
        ('1 write(3, "..", 2) = 2', "the trace has not seen the writing"),
    ],
)
def test_a_word_in_a_trace_is_found_and_a_blind_trace_is_told(trace: str, told: str):
    said = subprocess.run(
        [sys.executable, "-c", CODE], cwd=ROOT, input=trace, capture_output=True, text=True, check=True
    ).stdout.strip()
    assert said.startswith(told)
    assert bool(said) == bool(told)


LOST = """
from pathlib import Path
from tempfile import TemporaryDirectory
from trials import kills
from trials.desks import new_desk, write_contact, write_mother
with TemporaryDirectory() as place, new_desk(Path(place) / "vault") as desk:
    write_mother(desk, 0)
    told = kills.Told()
    told.saved.add(write_contact(desk, 0, "She called."))
    print(kills.lost(desk, told))
    told.saved.add("another contact")
    print(kills.lost(desk, told))
    told = kills.Told()
    print(kills.lost(desk, told))
"""


def test_a_contact_that_is_gone_or_comes_from_nowhere_is_told():
    said = subprocess.run([sys.executable, "-c", LOST], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == ["", "1 saved contacts are gone", "contacts are there that nobody wrote"]
