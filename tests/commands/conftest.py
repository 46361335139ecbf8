"""The command line as a script uses it: words in, exit code and two streams out."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from inspect import unwrap
from pathlib import Path
from typing import Any

import pytest

from tac_desktop.actions import people, recovery, vaults
from tac_desktop.casework.people import Role
from tac_desktop.commands.main import run
from tac_desktop.storage.key_slots import CHEAPEST
from tests.new_vaults import new_vault

PASSPHRASE = "amber lantern under the bridge"


def no_screens(*_: object) -> list[str]:
    raise AssertionError("a command that is no self-test builds no screen")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Command = Callable[..., Said]


@pytest.fixture
def command(capsys: pytest.CaptureFixture[str]) -> Command:
    """Run one command in this process."""

    def call(*words: object) -> Said:
        capsys.readouterr()
        try:
            code = run([str(word) for word in words], no_screens)
        except SystemExit as left:
            code = int(left.code or 0)
        out, err = capsys.readouterr()
        return Said(code, out, err)

    return call


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands make pass-phrases at the standard cost: a second each, which these tests need not pay.

    That a vault is made at that cost, a test tells that starts the program itself.
    """
    for module in (people, recovery, vaults):
        for verb in map(unwrap, filter(callable, vars(module).values())):
            if "profile" in (getattr(verb, "__kwdefaults__", None) or {}):
                monkeypatch.setitem(verb.__kwdefaults__, "profile", CHEAPEST)


@pytest.fixture
def passphrase_file(tmp_path: Path) -> Path:
    file = tmp_path / "passphrase.txt"
    file.write_text(PASSPHRASE + "\nanything\n", "utf-8")
    return file


MakeVault = Callable[[str, Role], Path]


@pytest.fixture
def make_vault(tmp_path: Path) -> MakeVault:
    """Make a closed vault whose pass-phrase is cheap to guess."""

    def make(name: str, role: Role) -> Path:
        return new_vault(
            tmp_path / name, name=f"{name.title()} Kettle", role=role, prison="EP" if role == "worker" else "",
            passphrase=PASSPHRASE,
        )  # fmt: skip

    return make
