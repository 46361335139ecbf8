"""The live answers of a record straight from their definition, to hold the program against (BUNDLES 4.1, P2 and P3)."""

import json
from collections.abc import Iterable

from tac_desktop.casework.journal import Entry, JsonValue, b64, decode_sem
from tac_desktop.casework.live import LiveAnswer


def live_answers(entries: Iterable[Entry]) -> dict[str, list[LiveAnswer]]:
    """Return the live answers of each field of ONE record from its entries, in any order; the one shown stands first.

    An answer is replaced only by an entry of the same record and stream that names it. Of several live answers the
    one with the latest clock is shown until a person decides (BUNDLES 2.4, P2 and P3).
    """
    rows = [(entry, decode_sem(entry.sem)) for entry in entries]
    replaced = {(cid, field, sem.stream) for _, sem in rows for cid, names in sem.supersedes.items() for field in names}
    alive: dict[str, list[LiveAnswer]] = {}
    for entry, sem in rows:
        cid = b64(entry.cid)
        values: list[JsonValue] = json.loads(entry.payload) if entry.payload else []
        for field, value in zip(sem.fields, values, strict=False):
            if (cid, field, sem.stream) not in replaced:
                live = LiveAnswer(cid, value, sem.hlc, entry.incarnation, sem.author, sem.known_on)
                alive.setdefault(field, []).append(live)
    for answers in alive.values():
        answers.sort(key=lambda a: (a.hlc, a.incarnation, a.cid), reverse=True)
    return alive
