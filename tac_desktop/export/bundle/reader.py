"""Reads a bundle: verifies first, then understands, then gives what it holds, and stops at the first thing amiss.

The order of the checks is that of docs/formats/bundle.md. Everything given before `finish` is provisional: the caller
keeps it in one transaction and commits after `finish`. Version 1 is the first version of the format.
"""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self, TypeAlias

from tac_desktop.casework.journal import Entry, b64, incarnation_id
from tac_desktop.errors import (
    BundleDamaged,
    BundleMalformed,
    BundleTooLarge,
    MediumUnreadable,
    NotABundle,
    SenderNotAllowed,
    SenderUnknown,
    SignedForSomebodyElse,
)
from tac_desktop.export import sshsig
from tac_desktop.export.bundle import manifest as form
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import HEADER_LIMIT, Opening, recipients_in
from tac_desktop.export.bundle.rows import START, Histories, Position, decode_rows, expanded
from tac_desktop.export.bundle.writer import MANIFEST, MAX_TOTAL, SIGNATURE, Incarnation, Stretch, head_text
from tac_desktop.export.card import Trusted, is_sound
from tac_desktop.export.identity import Identity, device_id

MAX_FILE = MAX_TOTAL + (64 << 20)
_MAX_SIGNATURE = 1000
_CHUNK = 256 << 10


@dataclass(frozen=True)
class Outline:
    """What can be told about a bundle without opening it."""

    size: int
    """Bytes of the file."""
    recipients: int
    """For how many it is sealed, the sender and an escrow among them."""


@dataclass(frozen=True)
class Rows:
    """The entries of one file of rows, in their order."""

    entries: list[Entry]
    forms: frozenset[str]
    """The names of the forms that they fill in."""


@dataclass(frozen=True)
class Blob:
    """An attachment; `chunks` must be used up before the next part is asked for."""

    sha256: str
    size: int
    chunks: Iterator[bytes]


Part: TypeAlias = Rows | Blob


def outline(path: Path) -> Outline:
    """Say whether a file has the form of a bundle, which needs no vault; what is inside stays sealed.

    Raises:
        NotABundle, BundleTooLarge, MediumUnreadable: It has not, or cannot be read.
    """
    with _file(path) as file:
        try:
            return Outline(_size(file), recipients_in(file.read(HEADER_LIMIT)))
        except OSError as trouble:
            raise MediumUnreadable from trouble


class BundleReader:
    """An opened bundle whose signature, recipients and manifest have been accepted."""

    def __init__(self, path: Path, identity: Identity, trusted: Mapping[bytes, Trusted]) -> None:
        """Take the file, the keys of the vault that opens it, and by device id whom that vault trusts (itself, too)."""
        self._path = path
        self._identity = identity
        self._trusted = trusted

    def __enter__(self) -> Self:
        """Open it and check everything up to and with the manifest.

        Raises:
            MediumUnreadable, NotABundle, BundleTooLarge, BundleNotForUs, BundleDamaged: It cannot be opened.
            SenderUnknown, SenderNotAllowed, SignedForSomebodyElse: It is not accepted.
            MadeByNewerProgram, BundleMalformed: It cannot be understood.
        """
        self._file = _file(self._path)
        try:
            _size(self._file)
            self._opening = Opening(self._file, self._identity.opening_key).__enter__()
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
        return sum(stretch.rows for stretch in self.stretches)

    def parts(self) -> Iterator[Part]:
        """Yield what the bundle holds. When this ends without an error, the bundle is whole and holds what it promised.

        Raises:
            MediumUnreadable, BundleDamaged: It ends too early or was altered.
            BundleMalformed, NewerEntries: It holds what the format does not allow.
        """
        after = {(s.incarnation, s.stream): s.after for s in self.stretches}
        histories = Histories(after, {(s.incarnation, s.stream): s.end for s in self.stretches})
        for file in self.manifest.files:
            if self._opening.read(ustar.BLOCK) != ustar.header(file.name, file.size):
                raise BundleDamaged
            if file.is_rows:
                yield self._rows(file, histories)
            else:
                chunks = self._chunks(file)
                yield Blob(file.sha256, file.size, chunks)
                for _ in chunks:  # nobody wanted it: its hash is checked all the same
                    pass
            self._expect(ustar.padding(file.size))
        histories.finish()
        self._expect(ustar.END)
        self._opening.finish()

    def _read_manifest(self) -> None:
        signed = self._named(MANIFEST, form.MAX_BYTES)
        armour = self._named(SIGNATURE, _MAX_SIGNATURE)
        self.sha256 = hashlib.sha256(signed).hexdigest()
        self.signer = self._accepted_signer(signed, armour)
        self.manifest = form.decode(signed)
        me = (b64(self._identity.device_id), self._identity.recipient)
        if form.raw(self.manifest.sender.device) != self.signer.card.device_id:
            raise BundleMalformed
        numbers = [to.n for to in self.manifest.recipients if (to.device, to.age) == me]
        if not numbers:
            raise SignedForSomebodyElse
        self.number = numbers[0]
        self.incarnations = tuple(self._accepted_origin(origin) for origin in self.manifest.origins)
        self.stretches = self._accepted_heads()

    def _named(self, name: str, limit: int) -> bytes:
        size = ustar.announced_size(self._opening.read(ustar.BLOCK), name)
        if size is None:
            raise NotABundle
        if size > limit:
            raise BundleTooLarge
        content = self._opening.read(size)
        self._expect(ustar.padding(size))
        return content

    def _accepted_signer(self, signed: bytes, armour: bytes) -> Trusted:
        try:
            key, signature = sshsig.read_armoured(armour, sshsig.BUNDLE)
            signer = self._trusted.get(device_id(key))
            if signer is None:
                raise SenderUnknown(sshsig.fingerprint(device_id(key)))
            sshsig.verify(key, signature, signed, sshsig.BUNDLE)
        except sshsig.SignatureRefused as refused:
            raise BundleDamaged from refused
        if signer.role == "admin":
            raise SenderNotAllowed
        return signer

    def _accepted_origin(self, origin: form.Origin) -> Incarnation:
        """Accept whose an incarnation is: of a trusted vault, or of one for which a manager vouches by sending it."""
        one = Incarnation(form.raw(origin.incarnation), form.raw(origin.key), form.raw(origin.nonce))
        device = device_id(one.key)
        if incarnation_id(device, one.nonce) != one.id or not is_sound(one.key):
            raise BundleMalformed
        if device not in self._trusted and self.signer.role != "manager":
            raise SenderUnknown(sshsig.fingerprint(device))
        return one

    def _accepted_heads(self) -> tuple[Stretch, ...]:
        keys = {b64(one.id): one.key for one in self.incarnations}
        needs = {(n.incarnation, n.stream): Position(n.sseq, form.raw(n.chain)) for n in self.manifest.needs}
        stretches = list[Stretch]()
        for head in self.manifest.heads:
            place, signature = (head.incarnation, head.stream, head.sseq, head.chain), form.raw(head.signature)
            try:
                sshsig.verify(keys[head.incarnation], signature, head_text(*place), sshsig.HEAD)
            except sshsig.SignatureRefused as refused:
                raise BundleMalformed from refused
            stretches.append(Stretch(
                incarnation=form.raw(head.incarnation), stream=head.stream, signature=signature,
                after=needs.get(place[:2], START), end=Position(head.sseq, form.raw(head.chain)),
            ))  # fmt: skip
        return tuple(stretches)

    def _rows(self, file: form.File, histories: Histories) -> Rows:
        packed = self._opening.read(file.size)
        if hashlib.sha256(packed).hexdigest() != file.sha256:
            raise BundleDamaged
        entries, forms = list[Entry](), set[str]()
        for sem, entry in decode_rows(form.raw(file.incarnation or ""), expanded(packed, file.usize)):
            histories.follow(sem.stream, entry)
            entries.append(entry)
            forms.add(sem.form)
        return Rows(entries, frozenset(forms))

    def _chunks(self, file: form.File) -> Iterator[bytes]:
        digest, left = hashlib.sha256(), file.size
        while left:
            chunk = self._opening.read(min(left, _CHUNK))
            left -= len(chunk)
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != file.sha256:
            raise BundleDamaged

    def _expect(self, exactly: bytes) -> None:
        if self._opening.read(len(exactly)) != exactly:
            raise BundleDamaged


def _file(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except OSError as trouble:
        raise MediumUnreadable from trouble


def _size(file: BinaryIO) -> int:
    try:
        size = file.seek(0, 2)
        file.seek(0)
    except OSError as trouble:
        raise MediumUnreadable from trouble
    if size > MAX_FILE:
        raise BundleTooLarge
    return size
