"""All that a vault's database holds, as one hash: to see that something changed nothing."""

import hashlib
from types import MappingProxyType

from tac_desktop.storage.store import Store

_OWN_NOTES = MappingProxyType({
    "journal": "s IN (SELECT s FROM stream WHERE kind = 'terminal')",
    "sv": "s IN (SELECT s FROM stream WHERE kind = 'terminal')",
    "entity": "s IN (SELECT s FROM stream WHERE kind = 'terminal')",
    "head": "eid IN (SELECT eid FROM entity JOIN stream USING (s) WHERE kind = 'terminal')",
    "audit_event": "j IN (SELECT j FROM journal JOIN stream USING (s) WHERE kind = 'terminal')",
    "content": "j IN (SELECT j FROM journal JOIN stream USING (s) WHERE kind = 'terminal')",
})  # fmt: skip
"""Where the vault's notes lie of what was done with it: a bundle that was refused is noted."""


def dump(store: Store, *, with_notes: bool = True) -> str:
    """Return a hash over every row of every table, those of the indexes of words among them."""
    connection, digest = store._ledger.connection, hashlib.sha256()
    names = connection.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall()
    for name, sql in names:
        if not sql.startswith("CREATE VIRTUAL"):
            digest.update(f"{name}\n{sql}\n".encode())
            left_out = "" if with_notes or name not in _OWN_NOTES else f" WHERE NOT ({_OWN_NOTES[name]})"
            rows = connection.execute(f'SELECT * FROM "{name}"{left_out}').fetchall()  # noqa: S608 - its own tables
            digest.update("\n".join(sorted(map(repr, rows))).encode())
    return digest.hexdigest()
