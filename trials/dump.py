"""All that a vault's database holds, as one hash: to see that something changed nothing."""

import hashlib

from tac_desktop.storage.store import Store


def dump(store: Store) -> str:
    """Return a hash over every row of every table, those of the indexes of words among them."""
    connection, digest = store._ledger.connection, hashlib.sha256()
    names = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for name, sql in names:
        if not sql.startswith("CREATE VIRTUAL"):
            digest.update(f"{name}\n{sql}\n".encode())
            rows = connection.execute(f'SELECT * FROM "{name}"').fetchall()  # noqa: S608 - its own tables
            digest.update("\n".join(sorted(map(repr, rows))).encode())
    return digest.hexdigest()
