"""Sealing 100 MB, from a plain file and from data.db, against the `age` command; and opening them again."""

import hashlib
import os
import random
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

from benchmarks.bundles import acquainted, whole
from benchmarks.measure import Comparison, in_turns
from benchmarks.vaults import NOW, a_store, a_vault, fill, mothers
from tac_desktop.actions import exchange
from tac_desktop.casework.journal import Change
from tac_desktop.casework.record import case_file_id, derived_id
from tac_desktop.export.bundle.attachment_pieces import PIECE, Attachment
from tac_desktop.export.bundle.reader import BundleReader, Piece
from tac_desktop.export.bundle.writer import Parcel, write_bundle
from tac_desktop.export.card import Card, Trusted
from tac_desktop.export.identity import Identity

MEBI = 1 << 20
AIM = 1 / 0.8
"""At least 0.8 times the speed of the peer."""
_CHUNK = 256 << 10


def run(quick: bool) -> list[Comparison]:
    """Compare one attachment, sealed for one recipient."""
    if not shutil.which("age"):
        return []
    size, rounds = (2 if quick else 100) * MEBI, 3 if quick else 9
    with tempfile.TemporaryDirectory(prefix="tac-bench-") as place:
        folder = Path(place)
        plain = folder / "plain"
        plain.write_bytes(os.urandom(size))
        return [
            _from_a_file(plain, folder, rounds),
            _opened(plain, folder, rounds),
            _from_a_vault(plain, folder, rounds),
        ]


def _from_a_file(plain: Path, folder: Path, rounds: int) -> Comparison:
    sender, receiver = Identity.create(), Identity.create()
    parcel = _parcel(plain, receiver)
    comparison = Comparison(f"seal {_size(plain)} from a plain file", "write_bundle", "age", AIM)
    return in_turns(
        comparison, lambda: whole(write_bundle(folder / "bundle", sender, parcel)), _age(plain, folder), rounds
    )


def _opened(plain: Path, folder: Path, rounds: int) -> Comparison:
    sender, receiver = Identity.create(), Identity.create()
    whole(write_bundle(folder / "bundle", sender, _parcel(plain, receiver)))
    key = folder / "key"
    key.write_text(receiver.opening_key)
    sealed = folder / "sealed.age"
    subprocess.run(["age", "-r", receiver.recipient, "-o", sealed, plain], check=True)
    out = folder / "out"

    def ours() -> None:
        opening = BundleReader(folder / "bundle", receiver, lambda _: {sender.device_id: _trusted(sender)})
        with opening as bundle, out.open("wb") as file:
            for part in bundle.parts():
                if isinstance(part, Piece):
                    file.write(part.content)
            file.flush()
            os.fsync(file.fileno())

    def peer() -> None:
        subprocess.run(["age", "-d", "-i", key, "-o", out, sealed], check=True)
        _flush(out)

    return in_turns(Comparison(f"open {_size(plain)} into a plain file", "BundleReader", "age"), ours, peer, rounds)


def _from_a_vault(plain: Path, folder: Path, rounds: int) -> Comparison:
    with ExitStack() as stack:
        worker, _ = stack.enter_context(a_vault())
        store = stack.enter_context(a_store(worker))
        manager, _ = stack.enter_context(a_vault())
        card = acquainted(worker, store, manager, folder)
        _keep(store, worker.person.id, plain)
        comparison = Comparison(f"seal {_size(plain)} from data.db", "exchange", "age")
        number = iter(range(1000))

        def ours() -> None:
            path = folder / f"{next(number)}.tacb"
            whole(exchange.write_bundle(worker, store, card, path, now=NOW))
            path.unlink()

        return in_turns(comparison, ours, _age(plain, folder), rounds)


def _keep(store, author: str, plain: Path) -> None:
    """Keep the file as a paper of one mother."""
    case = case_file_id("BM-00000")
    fill(store, author, mothers(1, random.Random(1)))
    with plain.open("rb") as file:
        sha256 = store.attach(iter(lambda: file.read(_CHUNK), b""))
    store.save([Change(
        record_id=derived_id("paper", "1"), form="paper", version=1, stream=case,
        values={"title": "Statement", "file": {"blob": sha256}}, known_on="2026-03-12",
    )], author=author, now=NOW)  # fmt: skip


def _parcel(plain: Path, receiver: Identity) -> Parcel:
    """Return a bundle of one attachment whose hashes are known, as those of a kept file are."""
    digest, pieces = hashlib.sha256(), list[str]()
    with plain.open("rb") as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            pieces.append(hashlib.sha256(piece).hexdigest())

    def chunks(number: int) -> Iterator[bytes]:
        with plain.open("rb") as file:
            file.seek(number * PIECE)
            for _ in range(PIECE // _CHUNK):
                yield file.read(_CHUNK)

    attachment = Attachment(
        sha256=digest.hexdigest(), size=plain.stat().st_size, chunks=chunks, pieces=tuple(pieces)
    )  # fmt: skip
    return Parcel(
        id="01a200ef-2fed-7597-972e-23abcde2b858", person="", app="", incarnation=b"",
        recipients=((_card(receiver), 1),), hlc=0, wall="", incarnations=(), stretches=(), rows=lambda _: (),
        attachments=(attachment,),
    )  # fmt: skip


def _card(identity: Identity) -> Card:
    return Card(
        name="Bench Marker", role="manager", prison="", signing_key=identity.signing_key,
        recipient=identity.recipient, person=derived_id("person"), seal_key=bytes(32),
    )  # fmt: skip


def _trusted(identity: Identity) -> Trusted:
    return Trusted(_card(identity), "manager")


def _age(plain: Path, folder: Path) -> Callable[[], None]:
    receiver = Identity.create()
    sealed = folder / "sealed"

    def peer() -> None:
        subprocess.run(["age", "-r", receiver.recipient, "-o", sealed, plain], check=True)
        _flush(sealed)

    return peer


def _flush(path: Path) -> None:
    """Make a peer's file as durable as ours is."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _size(plain: Path) -> str:
    return f"{plain.stat().st_size // MEBI} MiB"
