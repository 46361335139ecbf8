"""What tells a person that her pass-phrase was renewed without the old one, until she has seen it."""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from tac_desktop.storage.binding import Connection

Means: TypeAlias = Literal["recovery", "organisation"]
"""By the recovery code, or by the organisation's key."""


@dataclass(frozen=True)
class RecoveryNote:
    """Somebody renewed a person's pass-phrase without the old one."""

    at: str
    """When (ISO, UTC)."""
    by: Means


def put(connection: Connection, person: str, note: RecoveryNote) -> None:
    """Leave a note for a person."""
    connection.execute("INSERT INTO recovery_note (person, at, by_what) VALUES (?, ?, ?)", (person, note.at, note.by))


def of(connection: Connection, person: str) -> list[RecoveryNote]:
    """Return the notes for a person, the oldest first."""
    rows = connection.execute("SELECT at, by_what FROM recovery_note WHERE person = ? ORDER BY id", (person,))
    return [RecoveryNote(at, by) for at, by in rows]


def forget(connection: Connection, person: str) -> None:
    """Take the notes for a person away: she has seen them."""
    connection.execute("DELETE FROM recovery_note WHERE person = ?", (person,))
