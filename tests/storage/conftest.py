"""A real encrypted vault with the cheapest key parameters, and short ways to write into it."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Answer
from tac_desktop.casework.journal import Change, Entry, to_journal
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.storage import CHEAPEST, Store, Vault, create_vault, open_vault, slots

PASSPHRASE = "teal lantern under four bridges"
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
WORKER = Person(id="0193-worker", name="Puce Anchor", role="worker", prison="eastwood_park")


@dataclass
class Desk:
    """A vault, open, with its store, and what one types."""

    vault: Vault
    store: Store
    code: str

    def write(
        self, form: str, record_id: str, case: str, known_on: str = "2026-11-20", **answers: Answer
    ) -> list[Entry]:
        """Save answers to one record of the case file with this reference."""
        return self.store.save([self.change(form, record_id, case, known_on, **answers)], author=WORKER.id, now=NOW)

    @staticmethod
    def change(form: str, record_id: str, case: str, known_on: str = "2026-11-20", **answers: Answer) -> Change:
        stream = case_file_id(case)
        return Change(
            record_id=record_id or stream, form=form, version=1, stream=stream,
            values=to_journal(forms.ALL[form], answers), known_on=known_on,
        )  # fmt: skip

    def mother(self, case: str = "EP-1", name: str = "Ochre Kettle", **answers: Answer) -> str:
        self.write("mother", "", case, reference=case, name=name, prison="eastwood_park", **answers)
        return case_file_id(case)

    def derived(self) -> dict[str, list[tuple[object, ...]]]:
        """Everything that is made from the journal, for comparing."""
        connection = self.store._ledger.connection
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table'"
            " AND (name LIKE 'form\\_%' ESCAPE '\\' OR name IN ('head', 'pending', 'caseload'))"
        ).fetchall()
        found = {name: connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2, 3").fetchall() for (name,) in tables}
        due = "SELECT eid, by_day, task, form, record_id FROM due_list ORDER BY 1, 2, 3, 4, 5"
        found["due_list"] = connection.execute(due).fetchall()
        for index in ("name_index", "note_index"):
            words = f"temp.{index}_words"
            connection.execute(f"CREATE VIRTUAL TABLE IF NOT EXISTS {words} USING fts5vocab(main, {index}, instance)")
            found[index] = connection.execute(f"SELECT term, doc, offset FROM {words} ORDER BY 1, 2, 3").fetchall()
        return found

    def close(self) -> None:
        self.store.close()
        self.vault.close()


@pytest.fixture(scope="session")
def new_vaults(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], tuple[Path, str]]:
    """Give the folder and recovery code of a new vault to copy; making one takes much longer than copying it."""
    home, made = tmp_path_factory.mktemp("new-vaults"), dict[int, tuple[Path, str]]()

    def new(number: int) -> tuple[Path, str]:
        if number not in made:
            vault, code = create_vault(
                home / str(number), WORKER, PASSPHRASE, device_id=bytes([number]) * 32, identity=b"secret keys",
                profile=CHEAPEST,
            )  # fmt: skip
            Store(vault).close()
            vault.close()
            made[number] = (home / str(number), code)
        return made[number]

    return new


@pytest.fixture
def make_desk(tmp_path: Path, new_vaults: Callable[[int], tuple[Path, str]]) -> Iterator[Callable[[], Desk]]:
    """Make as many vaults as a test needs."""
    made: list[Desk] = []
    numbers = itertools.count(1)

    def make() -> Desk:
        number = next(numbers)
        new, code = new_vaults(number)
        folder = tmp_path / f"vault-{number}"
        shutil.copytree(new, folder)
        vault = open_vault(folder, slots(folder)[0].id, PASSPHRASE)
        made.append(Desk(vault, Store(vault), code))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


@pytest.fixture
def desk(make_desk: Callable[[], Desk]) -> Desk:
    return make_desk()
