"""What tells a person that her pass-phrase was renewed without the old one, until she has seen it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from tac_desktop.storage.binding import Connection

Means: TypeAlias = Literal["recovery", "organisation", "colleague", "older_keys"]
"""By the recovery code, by the organisation's key, or by somebody else who had the vault open. `older_keys`: it was
renewed, and then an older keys.json was put back, so that the one before opens again."""


@dataclass(frozen=True, kw_only=True)
class RecoveryNote:
    """Somebody renewed a person's pass-phrase without the old one."""

    person: str
    """Whose, by id."""
    at: str
    """When (ISO, UTC)."""
    by: Means


def put(connection: Connection, note: RecoveryNote) -> int | None:
    """Leave a note for a person; return its number."""
    sql = "INSERT INTO recovery_note (person, at, by_what) VALUES (?, ?, ?)"
    return connection.execute(sql, (note.person, note.at, note.by)).lastrowid


def take_back(connection: Connection, number: int | None) -> None:
    """Take one note away: it did not come to that."""
    connection.execute("DELETE FROM recovery_note WHERE id = ?", (number,))


def kept(connection: Connection) -> list[RecoveryNote]:
    """Return the notes that nobody has seen yet, the oldest first."""
    rows = connection.execute("SELECT person, at, by_what FROM recovery_note ORDER BY id")
    return [RecoveryNote(person=person, at=at, by=by) for person, at, by in rows]


def forget(connection: Connection, person: str) -> None:
    """Take the notes for a person away: she has seen them."""
    connection.execute("DELETE FROM recovery_note WHERE person = ?", (person,))
