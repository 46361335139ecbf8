"""What is being typed and not saved yet: in a database of its own, so that a long import never stops typing."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, cast

from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import VaultDamaged
from tac_desktop.storage import integrity, schema
from tac_desktop.storage.binding import open_database, sound_reading, transaction, troubles
from tac_desktop.storage.vault import DRAFTS, Vault

DAMAGED: Final = "drafts-damaged.db"
"""Where drafts lie that cannot be read any more."""
_MOTHER: Final = "mother"


@dataclass(frozen=True, kw_only=True)
class Draft:
    """The unsaved content of one form."""

    case_file: str
    form: str
    record_id: str
    """The record that is being changed, or the id that a new one will have."""
    json: str
    """What the form holds, as it wrote it."""
    at: str
    """When it was typed (ISO)."""


def damage_of(vault: Vault) -> tuple[integrity.Finding, ...]:
    """Return what is wrong with drafts.db; nothing where there is none yet, and nothing is changed.

    Raises:
        VaultDamaged: data.db does not give the key of the drafts.
        CannotWrite, VaultBusy: the medium refuses.
    """
    path, key = vault.folder / DRAFTS, vault.drafts_key()
    found: list[integrity.Finding] = []
    if not path.exists():
        return ()
    try:
        connection = open_database(path, key, cache_kib=1000)
        try:
            with troubles():
                found.extend(integrity.check_drafts(connection))
        finally:
            connection.close()
    except VaultDamaged:
        found.append(integrity.Finding("drafts", "drafts.db", "What was typed and not saved yet cannot be read."))
    return tuple(found)


def _words_in(typed: object) -> Iterator[str]:
    """Yield every word that was typed, however the form keeps it."""
    match typed:
        case str():
            yield typed
        case dict() | list():
            several = cast("dict[str, object] | list[object]", typed)
            for one in several.values() if isinstance(several, dict) else several:
                yield from _words_in(one)
        case _:
            pass


class Drafts:
    """The drafts of a vault, over one connection of the calling thread. A draft survives lock, crash and power cut."""

    def __init__(self, vault: Vault) -> None:
        """Open drafts.db of an unlocked vault.

        Raises:
            VaultDamaged: it is damaged; `Drafts.start_anew` makes an empty one, the records are not touched.
        """
        self._connection = vault.connect_to_drafts()
        schema.bring_up_to_date(self._connection, drafts=True)

    @staticmethod
    def start_anew(vault: Vault) -> "Drafts":
        """Put a drafts.db that cannot be read aside and begin with an empty one."""
        path = vault.folder / DRAFTS
        if path.exists():
            path.replace(path.with_name(DAMAGED))
        return Drafts(vault)

    def write(self, person: str, draft: Draft) -> None:
        """Keep a draft in place of the one before it; it is durable when this returns."""
        with transaction(self._connection) as connection:
            connection.execute(
                "INSERT OR REPLACE INTO draft (person, case_file, form, record, at, json) VALUES (?, ?, ?, ?, ?, ?)",
                (person, draft.case_file, draft.form, draft.record_id, draft.at, draft.json),
            )

    def read(self, person: str, form: str, record_id: str) -> Draft | None:
        """Return the draft of one form of one record, or None."""
        return next((d for d in self.all_of(person) if (d.form, d.record_id) == (form, record_id)), None)

    def all_of(self, person: str) -> list[Draft]:
        """Return a person's drafts, the latest first."""
        sql = "SELECT case_file, form, record, json, at FROM draft WHERE person = ? ORDER BY at DESC, record"
        with sound_reading(self._connection) as connection:
            rows = connection.execute(sql, (person,)).fetchall()
        return [Draft(case_file=c, form=f, record_id=r, json=j, at=at) for c, f, r, j, at in rows]

    def delete(self, person: str, form: str, record_id: str) -> None:
        """Forget a draft: it was saved, or thrown away."""
        with transaction(self._connection) as connection:
            connection.execute(
                "DELETE FROM draft WHERE person = ? AND form = ? AND record = ?", (person, form, record_id)
            )

    def forget_case(self, case_file: str) -> int:
        """Forget everything that anybody was typing for a case file, or that names it; return how many drafts went.

        Nothing of it stays in the file when this returns.
        """
        with transaction(self._connection) as connection:
            rows = self._naming(case_file)
            connection.executemany("DELETE FROM draft WHERE (person, case_file, form, record) = (?, ?, ?, ?)", rows)
        with troubles():
            self._connection.execute("VACUUM")
        return len(rows)

    @staticmethod
    def forget_unreadable(vault: Vault) -> None:
        """Remove drafts that were put aside because they could not be read: nobody can tell what is in them."""
        (vault.folder / DAMAGED).unlink(missing_ok=True)

    def count_of_case(self, case_file: str) -> int:
        """Return how many drafts there are for a case file, or that name it."""
        with sound_reading(self._connection):
            return len(self._naming(case_file))

    def _naming(self, case_file: str) -> list[tuple[str, str, str, str]]:
        """Return the keys of what is of a case file, names it, or is of a mother who was to get its reference."""
        named = "case_file = ?1 OR instr(record, ?1) OR instr(json, ?1)"
        sql = f"SELECT person, case_file, form, record, {named}, json FROM draft"
        return [
            (person, of, form, record)
            for person, of, form, record, names_it, text in self._connection.execute(sql, (case_file,)).fetchall()
            if names_it or (form == _MOTHER and case_file in map(case_file_id, _words_in(json.loads(text))))
        ]

    def close(self) -> None:
        """Close the connection; from the thread that opened it."""
        self._connection.close()
