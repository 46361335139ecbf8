"""`tac-desktop conflicts` as a script uses it: two vaults that exchanged bundles and then disagree."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from tac_desktop.actions import vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.casework import forms
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage.store import Store
from tests.commands.conftest import PASSPHRASE, Command, MakeVault

CASE = case_file_id("Z-001")


def put(folder: Path, **answers) -> None:
    vault = vaults.unlock(folder, vaults.people_of(folder)[0].id, PASSPHRASE)
    store = Store(vault)
    before = store.record(CASE)
    save_answers(
        store, vault.person, forms.ALL["mother"], answers={**(before.answers if before else {}), **answers},
        now=datetime.now(UTC), record_id=CASE if before else "",
    )  # fmt: skip
    store.close()
    vault.close()


@pytest.fixture
def disagreeing(make_vault: MakeVault, command: Command, passphrase_file: Path, tmp_path: Path) -> Path:
    """The vault of a manager, to whom a worker's other answer has come."""
    key = ("--passphrase-file", passphrase_file)
    worker, manager = make_vault("slate", "worker"), make_vault("copper", "manager")
    cards = {}
    for folder in (worker, manager):
        cards[folder] = tmp_path / f"{folder.name}.taccard"
        code = command("card", folder, "--to", cards[folder], *key, "--json").json["code"]
        other = manager if folder is worker else worker
        assert command("trust", other, cards[folder], "--code", code, *key).code == 0
    put(worker, reference="Z-001", name="Puce Anchor", prison="EP")
    for number, name in ((1, ""), (2, "Pip")):
        if name:
            put(worker, known_as=name)
            put(manager, known_as="Puss")
        bundle = tmp_path / f"{number}.tacb"
        assert command("bundle", "write", worker, "--for", cards[manager], "--to", bundle, *key).code == 0
        said = command("bundle", "import", manager, bundle, *key)
        assert said.code == 0, said.err
    return manager


@pytest.fixture
def key(passphrase_file: Path) -> tuple[str, str]:
    return "--passphrase-file", str(passphrase_file)


def test_each_contradiction_is_listed_with_all_its_answers(disagreeing: Path, command: Command, key):
    (found,) = command("conflicts", disagreeing, *key, "--json").json["conflicts"]
    assert (found["name"], found["question"]) == ("Puce Anchor", "Likes to be called")
    assert (found["open"], found["form"], found["field"]) == (True, "mother", "known_as")
    told = {(one["words"], one["author"], one["vault"], one["clock_uncertain"]) for one in found["answers"]}
    assert told == {("Pip", "Slate Kettle", "Slate Kettle", False), ("Puss", "Copper Kettle", "", False)}
    said = command("conflicts", disagreeing, "--case", "Z-001", *key)
    assert "1 question waits for a decision." in said.out
    assert "Puce Anchor: Likes to be called" in said.out
    assert "  Pip\n    Slate Kettle, " in said.out


def test_a_vault_without_contradictions_says_so(make_vault: MakeVault, command: Command, key):
    folder = make_vault("slate", "worker")
    assert command("conflicts", folder, *key).out == "No answers contradict each other.\n"
    assert command("conflicts", folder, *key, "--json").json == {"conflicts": []}


def test_a_case_that_is_not_there_and_an_administrator_get_a_sentence(make_vault: MakeVault, command: Command, key):
    said = command("conflicts", make_vault("slate", "worker"), "--case", "Z-404", *key)
    assert (said.code, said.out) == (1, "")
    assert "no such case file" in said.err
    assert command("conflicts", make_vault("ash", "admin"), *key).code == 1
