"""`tac-desktop audit`: what was done, listed, filtered and saved."""

from pathlib import Path

from tac_desktop.actions import vaults
from tests.commands.conftest import PASSPHRASE, Command, MakeVault


def test_what_was_done_at_the_command_line_is_listed_filtered_and_saved(
    command: Command, make_vault: MakeVault, passphrase_file: Path, tmp_path: Path
):
    folder, key = make_vault("copper", "manager"), ("--passphrase-file", str(passphrase_file))
    assert command("cases", folder, *key).code == 0
    listed = command("audit", folder, "--json", *key).json
    done = ["unlocked", "cases_listed", "locked", "unlocked", "audit_read"]
    assert [entry["event"] for entry in listed["entries"]][::-1] == done
    assert listed["total"] == 5
    few = command("audit", folder, "--group", "keys", "--from", "today", "--most", "1", *key)
    assert "unlocked the vault" in few.out
    assert "These are the latest 1 of 5 events; --most 0 lists all." in few.out
    assert command("audit", folder, "--until", "2020-01-01", *key).out == "Nothing that was noted fits.\n"
    for ending in ("pdf", "xlsx"):
        file = tmp_path / f"audit.{ending}"
        assert command("audit", folder, "--to", file, "--json", *key).json["sealed"]
        assert file.stat().st_size > 5000


def test_who_is_not_of_the_vault_did_nothing_in_it(command: Command, make_vault: MakeVault, passphrase_file: Path):
    folder, key = make_vault("copper", "manager"), ("--passphrase-file", str(passphrase_file))
    said = command("audit", folder, "--by", "Puce Anchor", *key)
    assert (said.code, said.out) == (1, "")
    assert "no such person" in said.err
    assert command("audit", folder, "--from", "moonday", *key).code == 2


def test_a_command_notes_who_came_and_who_left_also_when_it_fails(
    command: Command, make_vault: MakeVault, passphrase_file: Path
):
    folder = make_vault("copper", "manager")
    assert command("audit", folder, "--by", "Nobody Else", "--passphrase-file", str(passphrase_file)).code == 1
    vault = vaults.unlock_as(folder, "", PASSPHRASE)
    store = vaults.store_of(vault)
    found = [entry.values["event"] for entry in store.entries(store.terminal_stream) if entry.sem.form == "audit"]
    store.close()
    vault.close()
    assert found == ["unlocked", "locked"]
