"""The people of a vault and its few notes about itself, as rows of data.db."""

from collections.abc import Iterable
from typing import Final, cast

from tac_desktop.casework.people import Person, Role
from tac_desktop.errors import VaultDamaged
from tac_desktop.storage.binding import Connection

ROLES_LOST: Final = "roles_lost"
"""The note in a salvaged vault that the roles of some people could not be read any more."""


def put_person(connection: Connection, person: Person) -> None:
    """Add a person; one who is here already is not changed."""
    connection.execute(
        "INSERT OR IGNORE INTO person (id, name, role, prison, place)"
        " VALUES (?, ?, ?, ?, (SELECT count(*) FROM person))",
        (person.id, person.name, person.role, person.prison),
    )


def all_people(connection: Connection) -> list[Person]:
    """Return everybody, in the order in which they came."""
    rows = connection.execute("SELECT id, name, role, prison, left_on FROM person ORDER BY place, id")
    return [_person(row) for row in rows]


def person_of(connection: Connection, person_id: str) -> Person | None:
    """Return the person with this id, or None."""
    sql = "SELECT id, name, role, prison, left_on FROM person WHERE id = ?"
    row = connection.execute(sql, (person_id,)).fetchone()
    return _person(row) if row else None


def change_person(connection: Connection, person: Person) -> None:
    """Give a person the name, the role and the prison that she has here."""
    values = (person.name, person.role, person.prison, person.id)
    connection.execute("UPDATE person SET name = ?, role = ?, prison = ? WHERE id = ?", values)


def put_left(connection: Connection, person_ids: Iterable[str], day: str) -> None:
    """Note on which day (ISO) people have left; who left before keeps her day."""
    sql = "UPDATE person SET left_on = ? WHERE id = ? AND left_on = ''"
    connection.executemany(sql, [(day, person_id) for person_id in person_ids])


def _person(row: tuple[str, str, str, str, str]) -> Person:
    identifier, name, role, prison, left = row
    return Person(id=identifier, name=name, role=cast("Role", role), prison=prison, left=left)


def put_meta(connection: Connection, name: str, value: str | bytes | int) -> None:
    """Keep one note of the vault about itself."""
    connection.execute("INSERT OR REPLACE INTO meta (name, value) VALUES (?, ?)", (name, value))


def meta(connection: Connection, name: str) -> bytes:
    """Return a note of the vault about itself that every vault has; VaultDamaged if it is missing."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    if row is None:
        raise VaultDamaged
    return row[0]


def note(connection: Connection, name: str) -> bytes | None:
    """Return a note of the vault about itself that not every vault has, or None."""
    row = connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
    return row[0] if row else None


def drop_note(connection: Connection, name: str) -> None:
    """Forget a note of the vault about itself."""
    connection.execute("DELETE FROM meta WHERE name = ?", (name,))
