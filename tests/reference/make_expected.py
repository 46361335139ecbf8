"""Makes tests/reference/bundles/expected.json: what a reader must find in the reference files, and say of them.

    python -m tests.reference.make_expected

The reports are what a new vault of the recipient says; what the entries come to is told by the definitions alone
(tests/storage/by_definition.py). tests/actions/test_expected.py holds the file against the program of the day.
"""

import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tac_desktop.actions import cards, exchange, service
from tac_desktop.casework.journal import b64, change_id, decode_sem
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.export.roster import ServiceFile, read_service_file
from tac_desktop.storage import founding
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.reference.make_bundles import MADE, Makers, parties
from tests.storage.by_definition import Row, world

FOLDER = Path(__file__).resolve().parent
FILE = FOLDER / "bundles" / "expected.json"
NOW = datetime(2026, 12, 1, 9, 30, tzinfo=UTC)
AFTER = {"03-volume-2-of-3": ("01-plain",)}
"""Which bundles must be taken in before."""
IN_A_SERVICE = ("08-roster-and-escrow", "12-member-who-left", "13-roster-alone")
"""They are for a vault that has joined the service as 08 tells it."""
COUNTED = (
    "kind", "number", "volume", "new", "changed", "conflicting", "known", "attachments", "left_out", "comments",
    "handovers", "roster", "receipt",
)  # fmt: skip


def expected() -> dict[str, Any]:
    """Return what the file says."""
    people, makers = parties(), Makers(parties())
    others = {one.card.name: one.card for one in people.values() if one.card.name}
    files = {
        "bundles/08-roster-and-escrow.tacb": read_service_file(makers.roster().trust),
        "trust/service.tacroster": read_service_file((FOLDER / "trust" / "service.tacroster").read_bytes()),
    }
    return {
        "people": {
            card.name: {"person": card.person, "role": card.role, "device": b64(card.device_id), "code": card.code}
            for card in others.values()
        },
        "streams": {reference: case_file_id(reference) for reference in ("Z0001ZZ/1", "Z0002ZZ/1")},
        "services": {name: _service(file) for name, file in files.items()},
        "bundles": {name: _bundle(name, sender, recipient) for name, _, sender, recipient in MADE},
    }


def _service(file: ServiceFile) -> dict[str, Any]:
    return {
        "name": file.name, "id": b64(file.id), "code": file.code, "root": file.root.version,
        "roster": file.roster.version,
        "members": {one.name: [one.status, len(one.until or ())] for one in file.roster.members},
    }  # fmt: skip


def _bundle(name: str, sender: str, recipient: str) -> dict[str, Any]:
    with at_home(recipient, joined=name in IN_A_SERVICE) as desk:
        for before in AFTER.get(name, ()):
            _take_in(desk, before)
        found = _take_in(desk, name)
        report: dict[str, Any] = {what: getattr(found, what) for what in COUNTED}
        again = _take_in(desk, name)
        return {
            "from": sender, "for": recipient, "after": list(AFTER.get(name, ())),
            "believes": "bundles/08-roster-and-escrow.tacb" if name in IN_A_SERVICE else "the other two cards",
            "report": report | {"volume": list(found.volume)},
            "report_again": {"known": again.known, "left_out": again.left_out},
            **_contents(desk[1]),
        }  # fmt: skip


def _contents(store: Store) -> dict[str, Any]:
    """Return what lies in a vault but its own sessions: the ends of histories, what is shown, what waits."""
    reaches = [reach for reach in store.exchange.reaches() if reach.stream != store.terminal_stream]
    rows = [
        Row(entry.incarnation, entry.seq, entry.sseq, entry.sem, entry.salt, entry.payload)
        for reach in reaches for entry in store.exchange.entries(reach.incarnation, {reach.stream: (0, reach.sseq)})
    ]  # fmt: skip
    meanings = [decode_sem(row.sem) for row in rows]
    here = {b64(change_id(row.sem)) for row in rows}
    waiting = {cid for sem in meanings for cid in sem.supersedes} - here
    return {
        "histories": [[b64(one.incarnation), one.stream, one.sseq, b64(one.chain)] for one in reaches],
        "replaced_but_not_here": sorted(waiting),
        "records": {
            f"{form} {record}": {"stream": stream, "shown": answers, "contradicting": list(contradicting)}
            for form in sorted({sem.form for sem in meanings})
            for (stream, record), (answers, contradicting) in sorted(world(rows, form).shown.items())
        },
        "contradicting": sorted([one.form, one.record_id, one.field] for one in store.contradictions.found()),
        "gone_on_twice": [[b64(split.parent), *map(b64, split.incarnations)] for split in store.exchange.splits()],
    }  # fmt: skip


@contextmanager
def at_home(name: str, *, joined: bool) -> Iterator[tuple[Any, Store]]:
    """Open a new vault whose keys are those of somebody; it believes the two others, or the service of 08."""
    people = parties()
    party = people[name]
    person = Person(id=party.card.person, name=party.card.name, role=party.card.role, prison=party.card.prison)
    with tempfile.TemporaryDirectory() as folder:
        vault, _ = founding.create_vault(
            Path(folder) / "vault", person, "amber lantern under the bridge", device_id=party.identity.device_id,
            identity=party.identity.to_bytes(), profile=CHEAPEST,
        )  # fmt: skip
        store = Store(vault)
        try:
            if joined:
                _join(vault, store, Path(folder) / "service.tacroster")
            for other in () if joined else sorted({"anna", "bea", "clara"} - {name}):
                file = FOLDER / "trust" / f"{other}.taccard"
                cards.trust_card(vault, store, file, people[other].card.code, now=NOW)
            yield vault, store
        finally:
            store.close()
            vault.close()


def _join(vault: Any, store: Store, path: Path) -> None:
    trust = Makers(parties()).roster().trust
    path.write_bytes(trust)
    service.join_service(vault, store, path, read_service_file(trust).code, now=NOW)


def _take_in(desk: tuple[Any, Store], name: str) -> exchange.BundleImported:
    steps = exchange.import_bundle(*desk, FOLDER / "bundles" / f"{name}.tacb", now=NOW)
    while True:
        try:
            next(steps)
        except StopIteration as done:
            return done.value


def as_text(found: dict[str, Any]) -> str:
    """Return what the file holds."""
    return json.dumps(found, indent=1, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    FILE.write_text(as_text(expected()), encoding="utf-8")
