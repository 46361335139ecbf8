"""`tac-desktop service` as a script uses it."""

import json
from collections.abc import Callable

import pytest

from tac_desktop.actions import vaults
from tac_desktop.casework.people import Role
from tac_desktop.storage.key_slots import CHEAPEST
from tests.commands.conftest import PASSPHRASE, Command, Said

Call = Callable[..., Said]


@pytest.fixture
def vault_of(tmp_path) -> Callable[[str, Role], str]:
    def make(name: str, role: Role) -> str:
        folder = tmp_path / name.replace(" ", "-")
        vaults.create(
            folder, name=name, role=role, prison="EP" if role == "worker" else "", passphrase=PASSPHRASE,
            profile=CHEAPEST,
        )[0].close()  # fmt: skip
        return str(folder)

    return make


@pytest.fixture
def call(command: Command, passphrase_file) -> Call:
    return lambda *words: command(*words, "--passphrase-file", passphrase_file, "--json")


@pytest.fixture
def service(call: Call, vault_of, tmp_path):
    """Found a service with one member; return the vaults, the sheets and the roster."""
    boss, worker, file = (
        vault_of("Beige Lantern", "manager"),
        vault_of("Puce Anchor", "worker"),
        tmp_path / "m.tacroster",
    )
    founded = call("service", "found", boss, "--name", "Zed Service").json
    card = call("card", worker, "--to", tmp_path / "puce.taccard").json
    assert call("trust", boss, tmp_path / "puce.taccard", "--code", card["code"]).code == 0
    assert call("service", "roster", boss, "--to", file).json == {"file": str(file)}
    return boss, worker, founded, file


def test_a_service_of_two_people_is_set_up_by_five_commands(service, call: Call):
    boss, worker, founded, file = service
    joined = call("service", "join", worker, file, "--code", founded["code"])
    assert joined.code == 0, joined.err
    assert (joined.json["name"], joined.json["member"], joined.json["registrar"]) == ("Zed Service", True, False)
    shown = call("service", "show", boss).json
    assert [(one["name"], one["role"], one["status"]) for one in shown["members"]] == [
        ("Beige Lantern", "manager", "active"), ("Puce Anchor", "worker", "active"),
    ]  # fmt: skip
    assert (shown["roster"], shown["registrar"], shown["old"]) == (2, True, False)


def test_the_sheets_are_told_once_and_in_words(command: Command, vault_of, passphrase_file):
    boss = vault_of("Beige Lantern", "manager")
    said = command("service", "found", boss, "--name", "Zed Service", "--passphrase-file", passphrase_file)
    assert [line for line in said.out.splitlines() if line.startswith("Sheet")] == [
        f"Sheet {number} of 3" for number in (1, 2, 3)
    ]
    again = command("service", "found", boss, "--name", "Zed Service", "--passphrase-file", passphrase_file)
    assert (again.code, again.out) == (1, "")
    assert "already" in again.err
    shown = command("service", "show", boss, "--passphrase-file", passphrase_file).out
    assert "This vault keeps the roster." in shown
    assert "Root key" not in shown


def test_sheets_that_nobody_can_have_read_found_no_service(call: Call, vault_of, monkeypatch, passphrase_file):
    from tac_desktop.commands import console

    boss = vault_of("Beige Lantern", "manager")
    with monkeypatch.context() as patched:
        patched.setattr(console.sys, "stdout", None)
        said = call("service", "found", boss, "--name", "Zed Service")
    assert (said.code, said.out) == (1, "")
    assert "nobody has them" in said.err
    assert "belongs to no service" in call("service", "show", boss).err


def test_a_member_is_withdrawn_by_name_or_by_the_beginning_of_her_vaults_id(service, call: Call):
    boss, _, _, _ = service
    assert call("service", "withdraw", boss, "--member", "Nobody", "--as", "lost").code == 1
    assert call("service", "withdraw", boss, "--member", "", "--as", "lost").code == 1
    said = call("service", "withdraw", boss, "--member", "puce anchor", "--as", "left").json
    assert [one["status"] for one in said["members"]] == ["active", "left"]
    device = said["members"][1]["device"]
    assert call("service", "withdraw", boss, "--member", device[:10], "--as", "lost").json["members"][1]["until"] == []
    assert call("service", "cut-off", boss, "--member", device).json["roster"] == 5
    assert call("service", "withdraw", boss, "--member", "Beige Lantern", "--as", "lost").code == 1
    assert call("service", "withdraw", boss, "--member", "Puce Anchor", "--as", "active").code == 2


def test_rights_are_said_by_name(service, call: Call):
    boss, worker, _, _ = service
    said = call("service", "rights", boss, "--member", "Puce Anchor", "--may", "sync", "seal")
    assert said.json["members"][1]["may"] == ["sync", "seal"]
    assert call("service", "rights", boss, "--member", "Puce Anchor", "--may").json["members"][1]["may"] == []
    assert call("service", "rights", boss, "--member", "Puce Anchor", "--may", "fly").code == 2
    assert "belongs to no service" in call("service", "rights", worker, "--member", "x", "--may").err


def test_a_newer_list_is_taken_in_and_an_older_one_refused(service, call: Call, tmp_path):
    boss, worker, founded, file = service
    call("service", "join", worker, file, "--code", founded["code"])
    call("service", "rights", boss, "--member", "Puce Anchor", "--may", "sync")
    call("service", "roster", boss, "--to", tmp_path / "newer.tacroster")
    assert call("service", "roster", worker, "--take-in", tmp_path / "newer.tacroster").json["roster"] == 3
    said = call("service", "roster", worker, "--take-in", file)
    assert said.code == 1
    assert "older" in said.err
    assert call("service", "roster", boss, "--allowed-signers", tmp_path / "allowed").code == 0
    assert b"Puce_Anchor namespaces=" in (tmp_path / "allowed").read_bytes()
    assert call("service", "roster", boss).code == 2


def test_a_wrong_code_joins_nothing(service, call: Call):
    _, worker, _, file = service
    assert call("service", "join", worker, file, "--code", "F" * 24).code == 1
    assert call("service", "join", worker, file).code == 2, "nobody can be asked"
    assert "belongs to no service" in call("service", "show", worker).err


def test_two_sheets_from_a_file_renew_and_drill_and_give_the_key_for_age(service, call: Call, tmp_path):
    boss, _, founded, _ = service
    sheets, file = founded["sheets"], tmp_path / "sheets.txt"
    file.write_text(f"\ufeff{sheets[0]['escrow_words']}\n\n{sheets[2]['escrow_words']}\r\n", "utf-8")
    assert call("service", "drill", boss, "--sheets", file).json == {"holds": True, "opened": False}
    assert call("service", "escrow", boss, "--sheets", file).json["key"].startswith("AGE-SECRET-KEY-1")
    wrong = call("service", "renew", boss, "--sheets", file)
    assert (wrong.code, "mistyped" in wrong.err) == (1, True)
    file.write_text(f"{sheets[1]['root_key_code']}\n{sheets[2]['root_key_code'].lower()}\n", "utf-8")
    assert call("service", "renew", boss, "--sheets", file).json["roster"] == 3
    renewed = call("service", "renew", boss, "--new-sheets", "--sheets", file).json
    assert (renewed["code"], len(renewed["sheets"])) == (founded["code"], 3)
    assert call("service", "renew", boss, "--sheets", file).code == 1, "the old sheets are worth nothing"


@pytest.mark.parametrize("content", [b"", b"one line\n", b"\xff\xfe"])
def test_a_file_without_two_sheets_changes_nothing(service, call: Call, tmp_path, content):
    boss, _, _, _ = service
    (tmp_path / "sheets.txt").write_bytes(content)
    said = call("service", "drill", boss, "--sheets", tmp_path / "sheets.txt")
    assert said.code in (1, 2)
    assert "Nothing was changed" in said.err or "nothing was changed" in said.err
    assert call("service", "drill", boss, "--sheets", tmp_path / "nowhere").code == 1
    assert call("service", "drill", boss).code == 2


def test_everything_that_is_told_is_json_without_secrets(service, call: Call):
    boss, _, founded, _ = service
    shown = call("service", "show", boss).out
    assert json.loads(shown)["code"] == founded["code"]
    assert founded["sheets"][0]["root_key_code"] not in shown


def test_new_keys_are_made_and_confirmed_by_name(service, call: Call, command: Command, tmp_path, passphrase_file):
    boss, worker, _, _ = service
    made = call("keys", "renew", worker, "--to", tmp_path / "new.taccard")
    assert made.code == 0, made.err
    refused = command("keys", "confirm", boss, tmp_path / "new.taccard", "--passphrase-file", passphrase_file)
    assert refused.code == 2
    assert "nothing was changed" in refused.err
    confirmed = call("keys", "confirm", boss, tmp_path / "new.taccard", "--yes")
    assert confirmed.code == 0, confirmed.err
    assert (confirmed.json["name"], confirmed.json["code"]) == ("Puce Anchor", made.json["code"])
    members = [(one["name"], one["status"]) for one in call("service", "show", boss).json["members"]]
    assert members == [("Beige Lantern", "active"), ("Puce Anchor", "left"), ("Puce Anchor", "active")]
