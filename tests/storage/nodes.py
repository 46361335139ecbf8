"""Vaults with clocks of their own that send each other what the other lacks, for the trials of merging.

Each is a real encrypted vault. Only its key is known beforehand, so that opening one costs no key derivation.
"""

import hashlib
import itertools
import random
import shutil
import types
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from tac_desktop.casework.journal import Entry
from tac_desktop.casework.people import Person
from tac_desktop.errors import MissingEntries
from tac_desktop.storage import CHEAPEST, Step, Store, Vault, append, create_vault, integrity
from tac_desktop.storage.exchange import BundleNote, End, Origin
from tac_desktop.storage.folder_lock import FolderLock
from tests.storage.by_definition import Row, World, meaning, world

FORM = "child"
WORKER = Person(id="0193-worker", name="Puce Anchor", role="worker", prison="eastwood_park")
MEMORY = Path("/dev/shm")  # noqa: S108 - where there is no disk, each write is at once as durable as it gets
_TABLES = ("journal", "content", "head", "pending", "redacted", "same_edge", "joined", "sv", "bundle", "peer_has",
           "origin", "form_child", "caseload")  # fmt: skip


def count_instead_of_chance() -> None:
    """Let the journal's random bytes be the same in every run, so that a failure can be seen again."""
    numbers = itertools.count()

    def urandom(size: int) -> bytes:
        return hashlib.sha256(b"%d" % next(numbers)).digest()[:size]

    append.os = types.SimpleNamespace(urandom=urandom)  # type: ignore[assignment]


class Template:
    """An empty vault to copy, with its key."""

    def __init__(self, folder: Path) -> None:
        vault, _ = create_vault(
            folder, WORKER, "teal lantern under four bridges", device_id=bytes(32), identity=b"", profile=CHEAPEST
        )
        Store(vault).close()
        self.key, self.data = bytes(vault._key), folder / "data.db"
        vault.close()


@dataclass
class Message:
    """What a bundle holds, as far as storage sees it."""

    sender: bytes
    to: bytes
    note: BundleNote
    rows: list[Row]
    ends: list[End]
    origins: list[Origin]
    arrived: list[str]
    held: list[End] | None


@dataclass
class Node:
    """A vault with a clock of its own."""

    folder: Path
    key: bytes
    device: bytes
    streams: frozenset[str]
    """What it may have."""
    offset: timedelta
    tells_all: set[bytes] = field(default_factory=set)
    """To whom the next bundle must say all that is held here, because theirs did not fit or this vault was restored."""

    def open(self) -> None:
        """Open it, as a program does when it starts."""
        lock = FolderLock(self.folder)
        self.vault = Vault(self.folder, bytearray(self.key), lock, WORKER, device_id=self.device, seal=None)
        self.store = Store(self.vault)

    def close(self) -> None:
        self.store.close()
        self.vault.close()

    def rows(self) -> list[Row]:
        """Return all entries of case files."""
        sql = (
            "SELECT rid, seq, sseq, sem, salt, payload FROM journal JOIN replica USING (r) JOIN stream USING (s)"
            " LEFT JOIN content USING (j) WHERE kind = 'case' ORDER BY j"
        )
        return [
            Row(rid, seq, sseq, sem.encode(), salt or b"", (payload or "").encode())
            for rid, seq, sseq, sem, salt, payload in self.store._ledger.connection.execute(sql)
        ]

    def may(self, stream: str) -> bool:
        return stream in self.streams

    def count(self) -> int:
        """Return how many entries are here."""
        return self.store._ledger.connection.execute("SELECT count(*) FROM journal").fetchone()[0]

    def dump(self) -> list[list[tuple[object, ...]]]:
        """Return every row that an import may write."""
        connection = self.store._ledger.connection
        return [connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall() for table in _TABLES]

    def heads(self) -> dict[tuple[str, str], dict[str, set[str]]]:
        """Return the ids of the live values, by stream, record and field."""
        sql = (
            "SELECT sid, uuid, name, j.sem FROM head h JOIN entity e USING (eid) JOIN stream t ON t.s = e.s"
            " JOIN field USING (fid) JOIN journal j USING (j) WHERE form = ?"
        )
        found: dict[tuple[str, str], dict[str, set[str]]] = {}
        for sid, uuid, name, sem in self.store._ledger.connection.execute(sql, (FORM,)):
            found.setdefault((sid, uuid), {}).setdefault(name, set()).add(meaning(sem.encode())[0])
        return found

    def shown(self) -> dict[tuple[str, str], tuple[dict[str, object], tuple[str, ...]]]:
        """Return the records as the program shows them."""
        return {
            (record.stream, record.id): (dict(record.answers), record.conflicts) for record in self.store.records(FORM)
        }

    def quick_check(self) -> Iterator[Step]:
        """Check entries, chains and records, but not each page: of an hour that would take half."""
        yield from integrity._entries(self.store._ledger)
        yield from integrity._records(self.store._ledger)

    def world(self) -> World:
        """Return what the entries here come to by definition."""
        return world(self.rows(), FORM)

    # --- exchange ---

    def message(self, other: "Node", mode: str, now: datetime, only: str = "", volume: int | None = None) -> Message:
        """Write what the other one is believed to lack, as a bundle would hold it.

        Args:
            other: who it is for.
            mode: what she is believed to hold: 'acknowledged', 'sent', or nothing ('full').
            now: the time here.
            only: the only stream; '' for all.
            volume: which history alone is in it, if it is one volume of many.
        """
        exchange, peer = self.store.exchange, other.device
        base = {"acknowledged": exchange.peer_has, "sent": exchange.sent_up_to, "full": lambda _: {}}[mode](peer)
        here = [one for one in exchange.reaches() if other.may(one.stream)]
        wanted = [one for one in here if only in ("", one.stream)]
        stretches = [one for one in wanted if base.get((one.incarnation, one.stream), 0) < one.sseq]
        if volume is not None and stretches:
            stretches = [stretches[volume % len(stretches)]]
        rows: list[Row] = []
        for one in stretches:
            after = base.get((one.incarnation, one.stream), 0)
            entries = exchange.entries(one.incarnation, {one.stream: (after, one.sseq)})
            rows += [Row(e.incarnation, e.seq, e.sseq, e.sem, e.salt, e.payload) for e in entries]
        number = exchange.next_number(peer)
        tells_all = number == 1 or peer in self.tells_all
        self.tells_all.discard(peer)
        note = BundleNote(id=append.os.urandom(16).hex(), peer=peer, number=number, at=now.isoformat(), sha256="")
        ends = [(one.incarnation, one.stream, one.sseq) for one in stretches]
        exchange.note_sent(note, ends)
        origins = exchange.origins()
        return Message(
            sender=self.device, to=peer, note=note, rows=rows, ends=ends,
            origins=[self._told(origins[rid]) for rid in sorted({rid for rid, _, _ in ends})],
            arrived=[one.id for one in exchange.received_from(peer)[:256]],
            held=[(one.incarnation, one.stream, one.sseq) for one in here] if tells_all else None,
        )  # fmt: skip

    def _told(self, origin: Origin) -> Origin:
        key = origin.key or self.device
        return Origin(incarnation=origin.incarnation, own=False, key=key, nonce=origin.nonce, parent=origin.parent)

    def receive(self, message: Message, now: datetime, seed: int = 0) -> bool:
        """Take a message in, its histories in some order; say whether it fitted."""
        addressed = message.to == self.device and message.sender != self.device
        histories: dict[tuple[bytes, str], list[Entry]] = {}
        for row in message.rows:
            histories.setdefault((row.rid, meaning(row.sem)[1][3]), []).append(Entry(*row))
        several = list(histories.values())
        random.Random(seed).shuffle(several)
        try:
            with self.store.importing(now) as intake:
                intake.introduce(message.origins)
                intake.apply(itertools.chain(*several))
                if addressed and not self.store.exchange.imported(message.note.id):
                    note = replace(message.note, peer=message.sender, at=now.isoformat())
                    intake.note_received(note, message.ends, message.arrived, message.held)
        except MissingEntries:
            if addressed:
                self.tells_all.add(message.sender)
            return False
        return True


def copied(source: Path, folder: Path) -> None:
    """Copy a database into a folder of its own."""
    folder.mkdir(exist_ok=True)
    shutil.copyfile(source, folder / "data.db")
