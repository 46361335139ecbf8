"""`tac-desktop people` and `tac-desktop recovery`, as a person types them."""

from pathlib import Path

import pytest

from tac_desktop.actions import vaults
from tac_desktop.storage.key_slots import CHEAPEST
from tests.commands.conftest import PASSPHRASE, Command, MakeVault

HERS = "three brass door handles"
NEWER = "seven tin garden gates"


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    made = {"mine": PASSPHRASE, "hers": HERS, "newer": NEWER}
    for name, words in made.items():
        (tmp_path / name).write_text(words + "\n", encoding="utf-8")
    return {name: tmp_path / name for name in made}


@pytest.fixture
def two(make_vault: MakeVault, command: Command, files: dict[str, Path]) -> Path:
    folder = make_vault("teal", "manager")
    done = command(
        "people", "add", folder, "--name", "Fern Cog", "--role", "worker", "--prison", "send",
        "--passphrase-file", files["mine"], "--new-passphrase-file", files["hers"], "--json",
    )  # fmt: skip
    assert (done.code, done.json["initials"], done.json["prison"]) == (0, "FC", "SEND")
    return folder


def as_teal(two: Path, files: dict[str, Path]) -> tuple[object, ...]:
    return two, "--person", "TK", "--passphrase-file", files["mine"]


def test_people_are_listed_added_changed_and_let_go(two: Path, command: Command, files: dict[str, Path]):
    changed = command("people", "role", *as_teal(two, files), "--of", "FC", "--role", "manager", "--json")
    assert changed.json["role"] == "manager"
    named = command("people", "name", *as_teal(two, files), "--of", "FC", "--name", "Fern Cogwheel", "--json")
    assert named.json["name"] == "Fern Cogwheel"
    refused = command("people", "name", *as_teal(two, files), "--of", "FC", "--name", " ")
    assert (refused.code, "Nothing was changed" in refused.err) == (2, True)
    command("people", "name", *as_teal(two, files), "--of", "FC", "--name", "Fern Cog")
    refused = command("people", "leave", *as_teal(two, files), "--of", "fern cog")
    assert (refused.code, "not confirmed" in refused.err) == (2, True)
    gone = command("people", "leave", *as_teal(two, files), "--of", "fern cog", "--yes", "--json")
    assert gone.json == {"name": "Fern Cog", "old_backups": 1, "renew_keys": False, "new_code_needed": False}
    listed = command("people", "list", two, "--passphrase-file", files["mine"], "--json").json["people"]
    assert [(one["name"], one["initials"], bool(one["left"])) for one in listed] == [
        ("Teal Kettle", "TK", False), ("Fern Cog", "", True)
    ]  # fmt: skip
    refused = command("people", "list", two, "--person", "FC", "--passphrase-file", files["hers"])
    assert refused.code == 1


def test_a_passphrase_is_changed_or_set_and_a_weak_one_refused(two, command, files, tmp_path):
    weak = tmp_path / "weak"
    weak.write_text("password1234\n", encoding="utf-8")
    done = command("people", "passphrase", *as_teal(two, files), "--of", "FC", "--new-passphrase-file", weak)
    assert (done.code, "common pass-phrases" in done.err) == (1, True)
    done = command("people", "passphrase", *as_teal(two, files), "--of", "FC", "--new-passphrase-file", files["newer"])
    assert done.code == 0
    told = command("people", "list", two, "--person", "FC", "--passphrase-file", files["newer"])
    assert "was renewed by a colleague" in told.err
    own = command("people", "passphrase", *as_teal(two, files), "--new-passphrase-file", files["hers"])
    assert own.code == 0
    assert command("people", "list", two, "--person", "TK", "--passphrase-file", files["hers"]).code == 0


def test_the_code_is_tried_and_used_at_the_command_line(command, tmp_path, files):
    folder, code_file = tmp_path / "vault", tmp_path / "code"
    vault, code = vaults.create(
        folder, name="Slate Kettle", role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    vault.close()
    code_file.write_text(code.lower() + "\n", encoding="utf-8")
    mine = (folder, "--passphrase-file", files["mine"])
    assert command("recovery", "show", *mine, "--json").json == {
        "code": True, "organisation": "", "service": "", "service_key": "", "outdated": False,
    }  # fmt: skip
    assert command("recovery", "try", *mine, "--code-file", code_file).code == 0
    assert command("recovery", "try", *mine, "--code-file", files["hers"]).code == 1
    assert command("recovery", "code", *mine).code == 1  # nobody is there who could type it back
    used = command("recovery", "use", folder, "--code-file", code_file, "--new-passphrase-file", files["newer"])
    assert (used.code, "Slate Kettle" in used.out) == (0, True)
    told = command("recovery", "show", folder, "--passphrase-file", files["newer"])
    assert "was renewed by the recovery code" in told.err
    assert command("recovery", "organisation", folder, "--passphrase-file", files["newer"], "--key", "age1x").code == 1
