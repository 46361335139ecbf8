"""Writes what is to go to a recipient, in one file or in several, and notes each file as soon as it is whole."""

from collections.abc import Collection, Generator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from tac_desktop.actions.audit import note_event
from tac_desktop.actions.cards import identity_of
from tac_desktop.actions.parcels import Kind, Load, moment, must_tell_all, parcel_of
from tac_desktop.actions.volumes import Cutter
from tac_desktop.casework.audit import Event, Facts
from tac_desktop.casework.journal import b64
from tac_desktop.errors import LimitTooSmall
from tac_desktop.storage.exchange import BundleNote

if TYPE_CHECKING:
    from tac_desktop.export.bundle.writer import Parcel, Written
    from tac_desktop.export.card import Trusted
    from tac_desktop.storage.store import Store
    from tac_desktop.storage.vault import Vault

Progress: TypeAlias = tuple[int, int]
Result = TypeVar("Result")


@dataclass(frozen=True)
class VolumeSet:
    """Files that are written together: how many of them there were before."""

    id: str
    before: int = 0


@dataclass
class Sent:
    """What was written so far."""

    ids: list[str] = field(default_factory=list[str])
    files: list[Path] = field(default_factory=list[Path])
    entries: int = 0
    size: int = 0
    streams: set[str] = field(default_factory=set[str])
    attachments: set[str] = field(default_factory=set[str])
    volume: tuple[int, int] = (1, 1)
    """The number of the last file, and of how many."""

    def add(self, path: Path, written: "Written", load: Load, volume: tuple[int, int]) -> None:
        """Count one more file."""
        self.ids.append(written.id)
        self.files.append(path)
        self.entries += written.rows
        self.size += written.size
        self.streams |= {stretch.stream for stretch in load.stretches}
        self.attachments |= {attachment.sha256 for attachment in load.attachments}
        self.volume = volume


class Sending:
    """One sending to one recipient; `sent` tells what of it is done, also when it could not be finished."""

    def __init__(self, vault: "Vault", store: "Store", to: "Trusted", path: Path, *, kind: Kind, now: datetime) -> None:
        """Take from where, for whom, and where the file shall lie; several are named after it."""
        self._vault, self._store, self._to, self._path = vault, store, to, path
        self._kind: Kind = kind
        self._now = now
        self.sent = Sent()

    def write(self, cutter: Cutter, volumes: VolumeSet, streams: Collection[str]) -> Generator[Progress, None, Sent]:
        """Write everything that the cutter holds; each file that is whole is noted and stays.

        Args:
            cutter: What shall go.
            volumes: The set to which the files belong.
            streams: All streams of the recipient: of these the first file tells how far they are held here, if she is
                to forget what she believed.

        Raises:
            LimitTooSmall: one thing that cannot be cut is larger than a file may be.
            TooMuchForOneBundle, AttachmentDamaged, DiskFull, CannotWrite: the file at work was not left behind.
        """
        from tac_desktop.export.bundle.writer import write_bundle

        tells_all = streams if must_tell_all(self._store, self._to.card.device_id) else None
        total, number = cutter.weight + 1, volumes.before
        while number == volumes.before or not cutter.is_done:
            loads = cutter.loads()
            volume = (number + 1, number + len(loads))
            parcel = self._parcel(loads[0], volumes.id, volume, None if self.sent.files else tells_all)
            path = self._path if volume == (1, 1) else _numbered(self._path, volume[0])
            with closing(write_bundle(path, identity_of(self._vault), parcel)) as steps:
                written = yield from _within(steps, total - 1 - cutter.weight, cutter.first_weight, total)
            if written.size > cutter.limit:
                path.unlink(missing_ok=True)
                if cutter.is_single():
                    raise LimitTooSmall
                cutter.was_too_large(written.size)
                continue
            self._note(path, parcel, written, cutter.to_come())
            self.sent.add(path, written, loads[0], volume)
            cutter.written()
            number += 1
        return self.sent

    def _parcel(self, load: Load, set_id: str, volume: tuple[int, int], tells_all: Collection[str] | None) -> "Parcel":
        from tac_desktop.export.bundle.writer import Volume

        return parcel_of(
            self._vault, self._store, self._to, load, kind=self._kind, volume=Volume(set_id, *volume),
            tells_all=tells_all, now=self._now,
        )  # fmt: skip

    def _note(self, path: Path, parcel: "Parcel", written: "Written", to_come: str) -> None:
        """Note what was sent, so that an acknowledgement can be understood, and who did it; else there is no file."""
        facts: Facts = {
            "bundle": parcel.id, "device": b64(self._to.card.device_id), "entries": written.rows,
            "case_files": len({stretch.stream for stretch in parcel.stretches}), "to_come": to_come,
        }  # fmt: skip
        try:
            with self._store.exchange.at_once():
                self._note_sent(parcel, written)
                note_event(self._store, self._vault.person, Event.BUNDLE_WRITTEN, now=self._now, facts=facts)
        except BaseException:
            path.unlink(missing_ok=True)
            raise

    def _note_sent(self, parcel: "Parcel", written: "Written") -> None:
        ((recipient, number),), volume = parcel.recipients, parcel.volume
        exchange, own = self._store.exchange, {rid for rid, one in self._store.exchange.origins().items() if one.own}
        exchange.sign_origins({one.id: one.signature for one in parcel.incarnations if one.id in own})
        ends = [(s.incarnation, s.stream, s.end.sseq, s.signature) for s in parcel.stretches if s.incarnation in own]
        exchange.sign_heads(ends)
        note = BundleNote(
            id=parcel.id, peer=recipient.device_id, number=number, at=moment(self._now), sha256=written.sha256,
            kind=parcel.kind, set_id=volume.set if volume else "", volume=volume.number if volume else 1,
            volumes=volume.of if volume else 1, entries=written.rows, size=written.size,
        )  # fmt: skip
        exchange.note_sent(note, [(s.incarnation, s.stream, s.end.sseq) for s in parcel.stretches])


def _numbered(path: Path, number: int) -> Path:
    """Return the name of one of several files: 'parcel-2.tacb'."""
    return path.with_name(f"{path.stem}-{number}{path.suffix}")


def _within(
    steps: Generator[Progress, None, Result], begun: int, share: int, total: int
) -> Generator[Progress, None, Result]:
    """Pass on the progress of a part, which is a share of the whole, as progress of the whole."""
    while True:
        try:
            done, of = next(steps)
        except StopIteration as end:
            return end.value
        yield begun + share * done // max(of, 1), total
