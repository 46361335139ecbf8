"""Reads a bundle: verifies first, then understands, then gives what it holds, and stops at the first thing amiss.

The order of the checks is that of docs/formats/bundle.md. Everything given before `parts` has ended is provisional: the
caller keeps it in one transaction and commits after. Version 1 is the first version of the format.
"""

import hashlib
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TypeAlias

from tac_desktop.casework.journal import Entry, b64
from tac_desktop.casework.service import Right
from tac_desktop.errors import (
    BundleDamaged,
    BundleMalformed,
    BundleTooLarge,
    NotABundle,
    SenderNotAllowed,
    SenderUnknown,
    SenderWithdrawn,
    SignedForSomebodyElse,
    TwoHistories,
)
from tac_desktop.export import sshsig
from tac_desktop.export.bundle import manifest as form
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import Opening
from tac_desktop.export.bundle.rows import Histories, History, Position, decode_rows, expanded
from tac_desktop.export.bundle.unopened import MAX_FILE, Outline, bundle_file, outline, size_of
from tac_desktop.export.bundle.vouching import Vouching
from tac_desktop.export.bundle.writer import MANIFEST, SIGNATURE, TRUST
from tac_desktop.export.card import Trusted
from tac_desktop.export.identity import Identity, device_id

_MAX_SIGNATURE = 1000
_RIGHT: Mapping[form.Kind, Right] = {"sync": "sync", "transfer": "transfer"}
"""What a sender must be allowed to sign; what brings no entries, any member may send."""

Judge: TypeAlias = Callable[[bytes], Mapping[bytes, Trusted]]
"""Says, from the bytes of trust.json and what was known before, by device id whom the vault believes (itself, too).

It gets bytes that nobody has vouched for yet: what they say counts by their own signatures, or not at all."""


@dataclass(frozen=True)
class Rows:
    """The entries of one file of rows that count, in their order."""

    entries: list[Entry]
    forms: frozenset[str]
    """The names of the forms that they fill in."""


@dataclass(frozen=True)
class Place:
    """Where in an attachment a piece belongs."""

    attachment: str
    """The SHA-256 of the whole (hexadecimal)."""
    size: int
    """Bytes of the whole."""
    number: int
    """The how-many-eth piece it is, from 0."""
    of: int
    """Of so many."""


@dataclass(frozen=True)
class Piece:
    """A piece of an attachment, its hash checked; the same bytes may belong in several places."""

    sha256: str
    content: bytes
    places: tuple[Place, ...]


Part: TypeAlias = Rows | Piece


class BundleReader:
    """An opened bundle whose signature, recipients and manifest have been accepted.

    Then `manifest` is what it tells, `sha256` the manifest's hash, `signer` who wrote it, `number` its number for this
    vault, `opened_by` the key of this vault for which it was sealed, `trust` the bytes of trust.json, `incarnations`
    whose entries it holds, `told` the histories in it, `stretches` what counts of them, `left_out` how many entries do
    not (their writer was withdrawn before), `without` the histories of which nothing is to count.
    """

    def __init__(self, path: Path, identity: Identity, judge: Judge, without: Collection[History] = ()) -> None:
        """Take the file, the keys of the vault that opens it, and who says whom that vault believes.

        Of the histories in `without` nothing counts: `departures` has told them.
        """
        self._path = path
        self._identity = identity
        self._judge = judge
        self.without = frozenset(without)

    def __enter__(self) -> Self:
        """Open it and check everything up to and with the manifest.

        Raises:
            MediumUnreadable, NotABundle, BundleTooLarge, BundleNotForUs, BundleDamaged: It cannot be opened.
            SenderUnknown, SenderWithdrawn, SenderNotAllowed, SignedForSomebodyElse: It is not accepted.
            MadeByNewerProgram, BundleMalformed: It cannot be understood.
            What the judge raises about trust.json.
        """
        self._file = bundle_file(self._path)
        try:
            size_of(self._file)
            self._opening = Opening(self._file, *self._identity.opening_keys.values()).__enter__()
            try:
                self._read_manifest()
            except BaseException:
                self._opening.__exit__(None, None, None)
                raise
        except BaseException:
            self._file.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self._opening.__exit__(kind, value, trace)
        self._file.close()

    @property
    def progress(self) -> tuple[int, int]:
        """How many bytes of the file were read, and how many it has."""
        return self._opening.progress

    @property
    def row_count(self) -> int:
        """How many entries the bundle tells that it holds."""
        return sum(stretch.rows for stretch in self.told)

    def parts(self) -> Iterator[Part]:
        """Yield what the bundle holds. When this ends without an error, the bundle is whole and holds what it promised.

        Raises:
            MediumUnreadable, BundleDamaged: It ends too early or was altered.
            BundleMalformed, NewerEntries: It holds what the format does not allow.
            SenderNotAllowed: It holds what its writer may not sign.
            TwoHistories: A withdrawn member's history is not the one that the roster names; see `departures`.
        """
        histories = self._histories({})
        for part in self._parts(histories):
            if histories.departed - self.without:
                raise TwoHistories
            yield part

    def departures(self, known: Mapping[History, Position]) -> frozenset[History]:
        """Return the histories of withdrawn members that are not those that the roster, or the reader, knows.

        It may read the bundle to its end, which is done once: open it anew, without them.

        Args:
            known: Of histories in `cuts` a place, with the chain as the reader has it.

        Raises:
            What `parts` raises.
        """
        histories = self._histories(known)
        if histories.may_depart_between:
            for _ in self._parts(histories):
                pass
        return frozenset(histories.departed)

    @property
    def cuts(self) -> Mapping[History, Position]:
        """Where histories of withdrawn members end that the bundle tells of."""
        return self._vouching.cuts

    def _histories(self, known: Mapping[History, Position]) -> Histories:
        after = {stretch.history: stretch.after for stretch in self.told}
        return Histories(after, {stretch.history: stretch.end for stretch in self.told}, self._vouching.cuts, known)

    def _parts(self, histories: Histories) -> Iterator[Part]:
        places = self._places()
        for file in self.manifest.files:
            if self._opening.read(ustar.BLOCK) != ustar.header(file.name, file.size):
                raise BundleDamaged
            content = self._opening.read(file.size)
            if hashlib.sha256(content).hexdigest() != file.sha256:
                raise BundleDamaged
            self._expect(ustar.padding(file.size))
            yield (
                self._rows(file, content, histories)
                if file.is_rows
                else Piece(file.sha256, content, tuple(places[file.sha256]))
            )
        histories.finish()
        self._expect(ustar.END)
        self._opening.finish()

    def _read_manifest(self) -> None:
        signed = self._named(MANIFEST, form.MAX_BYTES)
        armour = self._named(SIGNATURE, _MAX_SIGNATURE)
        self.trust = self._named(TRUST, form.MAX_TRUST)
        self.sha256 = hashlib.sha256(signed).hexdigest()
        trusted = self._judge(self.trust)
        self.signer = self._accepted_signer(trusted, signed, armour)
        self.manifest = form.decode(signed)
        self._check_addresses()
        self._vouching = Vouching(self.manifest, self.signer, trusted, self.without)
        self.incarnations = self._vouching.incarnations
        self.told, self.stretches = self._vouching.told, self._vouching.taken
        self.left_out = self._vouching.left_out

    def _named(self, name: str, limit: int) -> bytes:
        size = ustar.announced_size(self._opening.read(ustar.BLOCK), name)
        if size is None:
            raise NotABundle
        if size > limit:
            raise BundleTooLarge
        content = self._opening.read(size)
        self._expect(ustar.padding(size))
        return content

    def _accepted_signer(self, trusted: Mapping[bytes, Trusted], signed: bytes, armour: bytes) -> Trusted:
        try:
            key, signature = sshsig.read_armoured(armour, sshsig.BUNDLE)
            signer = trusted.get(device_id(key))
            if signer is None:
                raise SenderUnknown(sshsig.fingerprint(device_id(key)))
            sshsig.verify(key, signature, signed, sshsig.BUNDLE)
        except sshsig.SignatureRefused as refused:
            raise BundleDamaged from refused
        if signer.status in {"lost", "compromised"}:
            raise SenderWithdrawn(signer.withdrawn_on)
        return signer

    def _check_addresses(self) -> None:
        """Accept by whom it is written, what is said beside it, for whom, and of what kind."""
        about, keys = self.manifest, self._identity.opening_keys
        us = {(b64(device), age): key for (device, age), key in keys.items()}
        if form.raw(about.sender.device) != self.signer.card.device_id:
            raise BundleMalformed
        if (about.trust.size, about.trust.sha256) != (len(self.trust), hashlib.sha256(self.trust).hexdigest()):
            raise BundleDamaged
        found = [(us[to.device or "", to.age], to.n) for to in about.recipients if (to.device or "", to.age) in us]
        if not found:
            raise SignedForSomebodyElse
        self.opened_by, self.number = found[0]
        needed = _RIGHT.get(about.kind)
        if needed and not self.signer.allows(needed):
            raise SenderNotAllowed

    def _rows(self, file: form.File, packed: bytes, histories: Histories) -> Rows:
        entries, forms, allowed = list[Entry](), set[str](), set[str]()
        incarnation = form.raw(file.incarnation or "")
        for sem, entry in decode_rows(incarnation, expanded(packed, file.usize)):
            if not histories.follow(sem.stream, entry) or (incarnation, sem.stream) in self.without:
                continue
            if sem.op not in allowed:
                self._vouching.allow(incarnation, sem.op)
                allowed.add(sem.op)
            entries.append(entry)
            forms.add(sem.form)
        return Rows(entries, frozenset(forms))

    def _places(self) -> Mapping[str, list[Place]]:
        """Return where each piece belongs."""
        places: dict[str, list[Place]] = {}
        for blob in self.manifest.blobs:
            for number, piece in enumerate(blob.pieces):
                places.setdefault(piece, []).append(Place(blob.sha256, blob.size, number, len(blob.pieces)))
        return places

    def _expect(self, exactly: bytes) -> None:
        if self._opening.read(len(exactly)) != exactly:
            raise BundleDamaged


__all__ = ["MAX_FILE", "BundleReader", "Outline", "Part", "Piece", "Place", "Rows", "outline"]
