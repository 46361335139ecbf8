"""Three vaults that write to each other: worker Anna, manager Bea, and Clara, whom nobody invited."""

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tac_desktop.casework.journal import (
    Entry,
    Sem,
    b64,
    change_id,
    commitment,
    encode_sem,
    incarnation_id,
    json_bytes,
    stream_chain,
)  # fmt: skip
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.export.bundle.attachment_pieces import Attachment
from tac_desktop.export.bundle.manifest import PIECE
from tac_desktop.export.bundle.rows import START, Position
from tac_desktop.export.bundle.vouching import Incarnation, Stretch
from tac_desktop.export.bundle.writer import Parcel, write_bundle
from tac_desktop.export.card import Card, Trusted, read_card, write_card
from tac_desktop.export.identity import Identity

BUNDLE_ID = "01930000-0000-7000-8000-000000000001"


@dataclass(frozen=True)
class Party:
    """A vault and its card."""

    identity: Identity
    card: Card

    def trusts(self, *others: "Party | Trusted") -> Callable[[bytes], dict[bytes, Trusted]]:
        """Return who says whom it trusts: itself and these, each in the role on the card."""
        known = [one if isinstance(one, Trusted) else Trusted(one.card, one.card.role) for one in (self, *others)]
        return lambda _trust: {one.card.device_id: one for one in known}


@dataclass(frozen=True)
class History:
    """Some entries of one stream by one incarnation."""

    incarnation: Incarnation
    stream: str
    entries: list[Entry]

    def chain(self, sseq: int) -> bytes:
        """Return the chain's value after so many entries."""
        value = b""
        for entry in self.entries[:sseq]:
            value = stream_chain(value, change_id(entry.sem), entry.sseq)
        return value

    def stretch(self, after: int = 0) -> Stretch:
        """Return it as a bundle tells it, from an entry on."""
        last = len(self.entries)
        begin = Position(after, self.chain(after)) if after else START
        return Stretch(
            incarnation=self.incarnation.id, stream=self.stream, after=begin, end=Position(last, self.chain(last))
        )


def an_entry(incarnation: bytes, stream: str, n: int, values: dict[str, object]) -> Entry:
    """Return the nth entry of a stream, with its values."""
    salt, payload = hashlib.sha256(f"{n}".encode()).digest()[:16], json_bytes(list(values.values()))
    sem = Sem(
        form="contact", record_id=derived_id("test", f"{n}"), stream=stream, op="set", fields=tuple(values),
        supersedes={}, author="program", hlc=(1_780_000_000_000 + n) << 16, version=1,
        commitment=b64(commitment(salt, payload)), known_on="2026-11-21",
    )  # fmt: skip
    return Entry(incarnation, n, n, encode_sem(sem), salt, payload)


def a_history(party: Party, rows: int, *, reference: str = "Z0001ZZ/1") -> History:
    """Return a history of contact notes in one case file."""
    nonce, stream = b"n" * 16, case_file_id(reference)
    rid = incarnation_id(party.identity.device_id, nonce)
    notes = (
        {"narrative": f"Note {n}: Puce Anchor saw her child é\t\n{'.' * (n % 50)}", "minutes": n}
        for n in range(1, rows + 1)
    )
    entries = [an_entry(rid, stream, n, values) for n, values in enumerate(notes, start=1)]
    return History(Incarnation(rid, party.identity.signing_key, nonce), stream, entries)


def a_parcel(sender: Party, recipient: Party, *histories: History, **changes: object) -> Parcel:
    """Return a parcel of whole histories, each of another incarnation."""
    parcel = Parcel(
        id=BUNDLE_ID, person="program", app="0.1", incarnation=histories[0].incarnation.id if histories else b"",
        recipients=((recipient.card, 1),), hlc=1_780_000_000_000 << 16, wall="2026-11-21T20:15:03+01:00",
        incarnations=tuple(history.incarnation for history in histories),
        stretches=tuple(history.stretch() for history in histories),
        rows=lambda rid: [e for history in histories for e in history.entries if e.incarnation == rid],
    )  # fmt: skip
    return replace(parcel, **changes)


def an_attachment(content: bytes) -> Attachment:
    """Return an attachment with this content, handed over in small chunks."""

    def chunks(number: int) -> list[bytes]:
        piece = content[number * PIECE : (number + 1) * PIECE]
        return [piece[start : start + 100_000] for start in range(0, len(piece), 100_000)]

    return Attachment(sha256=hashlib.sha256(content).hexdigest(), size=len(content), chunks=chunks)


def written(path: Path, sender: Party, parcel: Parcel) -> Path:
    """Write a bundle to its end."""
    for done, total in write_bundle(path, sender.identity, parcel):
        assert 0 <= done <= total
    return path


def a_party(name: str, role: str) -> Party:
    """Return a new vault of a fictitious person."""
    identity = Identity.create()
    file = write_card(
        identity, os.urandom(32), name=name, role=role, prison="Zedhall" if role == "worker" else "",
        person=derived_id("person", name), made="2026-11-21",
    )  # fmt: skip
    return Party(identity, read_card(file))


@pytest.fixture(scope="session")
def anna() -> Party:
    return a_party("Amber Teapot", "worker")


@pytest.fixture(scope="session")
def bea() -> Party:
    return a_party("Beige Lantern", "manager")


@pytest.fixture(scope="session")
def clara() -> Party:
    return a_party("Copper Button", "worker")


@pytest.fixture(scope="session")
def parcel_of() -> Callable[..., Parcel]:
    return a_parcel


@pytest.fixture(scope="session")
def history_of() -> Callable[..., History]:
    return a_history


@pytest.fixture(scope="session")
def entry_of() -> Callable[..., Entry]:
    return an_entry


@pytest.fixture(scope="session")
def attachment_of() -> Callable[[bytes], Attachment]:
    return an_attachment


@pytest.fixture(scope="session")
def party_of() -> Callable[[str, str], Party]:
    return a_party


@pytest.fixture
def write(tmp_path: Path) -> Iterator[Callable[[Party, Parcel], Path]]:
    return lambda sender, parcel: written(tmp_path / "parcel.tacb", sender, parcel)
