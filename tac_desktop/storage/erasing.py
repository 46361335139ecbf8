"""Erases what the law wants erased: what entries said goes, that they were written stays (BUNDLES 2.6).

A `redact` entry names others of its stream. It may arrive before them: then they lose what they said as they arrive.
"""

import json
from collections.abc import Collection, Iterable

from tac_desktop.casework.journal import Entry, decode_sem, unb64
from tac_desktop.storage import attachments
from tac_desktop.storage.ledger import Ledger
from tac_desktop.storage.people import put_meta

NAMED = "cid/"
"""The journal field of a redact entry that names an entry: followed by its id, with the value true."""
TO_SWEEP = "to_sweep"
"""The note that something was erased since the database file was last written anew; see `disposal.Disposal.sweep`."""
_HASH = 32


def named_by(fields: Iterable[str]) -> set[bytes]:
    """Return the ids of the entries that a redact entry with these fields erases."""
    found: set[bytes] = set()
    for name in fields:
        if name.startswith(NAMED):
            try:
                found.add(unb64(name.removeprefix(NAMED)))
            except ValueError:
                continue  # it names nothing
    return {cid for cid in found if len(cid) == _HASH}


def note(ledger: Ledger, s: int, cids: Iterable[bytes], j: int) -> None:
    """Note, within a transaction, that the redact entry in row `j` of the journal names these entries of its stream."""
    ledger.connection.executemany("INSERT OR IGNORE INTO redacted VALUES (?, ?, ?)", [(s, cid, j) for cid in cids])


def erase(ledger: Ledger, s: int, cids: Collection[bytes]) -> set[int]:
    """Erase, within a transaction, what entries of a stream said that a redact entry names.

    Returns:
        The records that they were about.
    """
    connection = ledger.connection
    named = json.dumps([cid.hex() for cid in cids])
    rows = connection.execute(
        "SELECT j, eid, payload FROM journal LEFT JOIN content USING (j)"
        " WHERE s = ? AND cid IN (SELECT unhex(value) FROM json_each(?))",
        (s, named),
    ).fetchall()
    connection.executemany("DELETE FROM content WHERE j = ?", [(j,) for j, _, _ in rows])
    if rows:
        put_meta(connection, TO_SWEEP, 1)
    connection.executemany("DELETE FROM head WHERE j = ? AND eid = ?", [(j, eid) for j, eid, _ in rows])
    remove_unnamed(ledger, {name for _, _, payload in rows if payload for name in attachments.named_in(payload)})
    return {eid for _, eid, _ in rows}


def files_of_erased(ledger: Ledger, entries: Iterable[Entry]) -> set[str]:
    """Return the attachments that entries from elsewhere name which are erased here, or will be."""
    told = [(decode_sem(entry.sem), entry) for entry in entries if b"{" in entry.payload] if _any_erased(ledger) else []
    places = {(ledger.stream(sem.stream, sem.form), entry.cid): entry for sem, entry in told}
    erased = erased_among(ledger, places.keys())
    return {name for place in erased for name in attachments.named_in(places[place].payload.decode())}


def remove_unnamed(ledger: Ledger, names: Collection[str]) -> None:
    """Remove, within a transaction, those of these attachments that no entry names any more."""
    unnamed = set(names)
    if unnamed:  # parsed, not searched for: a name may be written with escapes
        for (payload,) in ledger.connection.execute("SELECT payload FROM content WHERE instr(payload, '{')"):
            unnamed.difference_update(attachments.named_in(payload))
    for name in sorted(unnamed):
        attachments.remove(ledger.connection, name)
    if unnamed:
        put_meta(ledger.connection, TO_SWEEP, 1)


def forget_words(ledger: Ledger) -> None:
    """Write the indexes of words anew, within a transaction: of a word that was taken out they keep a trace."""
    for index in ("name_index", "note_index"):
        ledger.connection.execute(f"INSERT INTO {index}({index}) VALUES ('optimize')")


def erased_among(ledger: Ledger, places: Collection[tuple[int, bytes]]) -> set[tuple[int, bytes]]:
    """Return those of these entries (stream, id) that a redact entry names; mostly nothing was ever erased."""
    if not _any_erased(ledger):
        return set()
    asked = json.dumps([(s, cid.hex()) for s, cid in places])
    return set(ledger.connection.execute(
        "SELECT s, cid FROM json_each(?) p CROSS JOIN redacted ON s = p.value ->> 0 AND cid = unhex(p.value ->> 1)",
        (asked,),
    ))  # fmt: skip


def _any_erased(ledger: Ledger) -> bool:
    return bool(ledger.connection.execute("SELECT EXISTS (SELECT 1 FROM redacted)").fetchone()[0])
