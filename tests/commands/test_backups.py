"""`vault backup`, `restore` and `drill`, as IT staff and scripts use them."""

import json
from pathlib import Path

import pytest

from tac_desktop import paths, settings


@pytest.fixture
def vault(make_vault) -> Path:
    return make_vault("ochre", "worker")


@pytest.fixture
def key(passphrase_file):
    return ("--passphrase-file", passphrase_file)


def test_a_backup_without_a_place_goes_where_the_vaults_backups_go(command, vault, key, tmp_path):
    said = command("vault", "backup", vault, *key, "--json")
    assert said.code == 0
    assert Path(said.json["backup"]).parent == vault / "backups"
    assert said.json["instead"] == ""
    (tmp_path / "stick").mkdir()
    settings.save(settings.Settings().with_backup_place(vault, tmp_path / "stick"), paths.settings_file())
    said = command("vault", "backup", vault, *key, "--json")
    assert Path(said.json["backup"]).parent == vault / "backups"
    assert "not connected" in said.json["instead"]  # the folder is there, but nobody chose it: it has no sign
    (tmp_path / "stick" / "tac-backups.txt").write_text("")
    said = command("vault", "backup", vault, *key)
    assert (said.code, said.err) == (0, "")
    assert f"Backed up and checked: {tmp_path / 'stick'}" in said.out


def test_what_a_drill_finds_is_told_in_words_and_as_json(command, vault, key, tmp_path):
    said = command("vault", "drill", vault, *key)
    assert said.code == 1
    assert "no backup" in said.err
    command("vault", "backup", vault, *key)
    said = command("vault", "drill", vault, *key)
    assert said.code == 0
    assert "all of it is sound" in said.out
    said = command("vault", "drill", vault, *key, "--json")
    assert said.json["sound"] is True
    assert said.json["in_backup"]["case_files"] == said.json["in_vault"]["case_files"] == 0
    assert command("vault", "drill", vault, "--backup", tmp_path, *key).code == 1


def test_a_drill_of_a_damaged_backup_fails_in_a_sentence(command, vault, key):
    made = Path(json.loads(command("vault", "backup", vault, *key, "--json").out)["backup"])
    raw = bytearray((made / "data.db").read_bytes())
    raw[5000] ^= 1
    (made / "data.db").write_bytes(raw)
    said = command("vault", "drill", vault, *key)
    assert said.code == 1
    assert "incomplete or damaged" in said.err
    assert {path.name for path in vault.iterdir()} >= {"data.db", "keys.json"}
    assert not list(vault.glob("*.part"))


def test_whoever_opens_what_was_brought_back_hears_of_when_it_is(command, vault, key, tmp_path):
    made = command("vault", "backup", vault, "--to", tmp_path / "stick", *key, "--json").json["backup"]
    back = tmp_path / "back"
    assert command("vault", "restore", made, "--to", back).code == 0
    said = command("cases", back, *key)
    assert said.code == 0
    assert "brought back from a backup of 20" in said.err
    assert "colleagues’ bundles bring back what they hold" in said.err
    assert command("cases", vault, *key).err == ""
