"""Vaults for the tests of the verbs: real ones, whose pass-phrase is cheap to guess."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import pytest

from tac_desktop.casework.people import Person, Role
from tac_desktop.storage.store import Store
from tac_desktop.storage.vault import Vault
from tests.new_vaults import open_vault

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
PASSPHRASE = "amber lantern under the bridge"


class Desk(NamedTuple):
    """An open vault with its store."""

    vault: Vault
    store: Store

    @property
    def person(self) -> Person:
        return self.vault.person


MakeDesk = Callable[[Role], Desk]


@pytest.fixture
def make_desk(tmp_path: Path) -> Iterator[MakeDesk]:
    yield from made_desks(tmp_path)


def made_desks(place: Path) -> Iterator[MakeDesk]:
    """Yield what makes vaults in a folder; they are closed in the end."""
    made: list[Desk] = []

    def make(role: Role) -> Desk:
        prison = "EP" if role == "worker" else ""
        folder = place / f"{role}-{len(made)}"
        vault = open_vault(
            folder, name="Slate Kettle", role=role, prison=prison, passphrase=PASSPHRASE, number=len(made)
        )
        made.append(Desk(vault, Store(vault)))
        return made[-1]

    yield make
    for desk in made:
        desk.store.close()
        desk.vault.close()


@pytest.fixture
def worker(make_desk: MakeDesk) -> Desk:
    return make_desk("worker")


@pytest.fixture
def manager(make_desk: MakeDesk) -> Desk:
    return make_desk("manager")
