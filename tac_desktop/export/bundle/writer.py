"""Writes a bundle: rows, attachments and a signed manifest, sealed for named recipients, whole or not at all.

The manifest stands first and tells the hashes of what follows, so the rows are gone through twice: once to learn the
hashes, once to write. Nothing is kept in between, and nothing in clear ever lies on the disk.
"""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tac_desktop.casework.journal import Entry, b64
from tac_desktop.errors import AttachmentDamaged, TooMuchForOneBundle
from tac_desktop.export import sshsig
from tac_desktop.export.bundle import manifest as form
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import RECIPIENT_LIMIT, Sealing
from tac_desktop.export.bundle.rows import START, Histories, Position, check_entry, compressed, segments
from tac_desktop.export.card import Card
from tac_desktop.export.identity import Identity
from tac_desktop.export.whole_file import whole_file

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
SEGMENT = 4 << 20
"""Bytes of rows in one file, before compression; the last row may pass it."""
MAX_TOTAL = 5 << 30

Progress: TypeAlias = tuple[int, int]
"""How much of how much is done, in a unit of no further meaning."""


@dataclass(frozen=True)
class Incarnation:
    """Whose an incarnation is."""

    id: bytes
    """16 bytes."""
    key: bytes
    """The device's Ed25519 public key (32 bytes)."""
    nonce: bytes
    """The 16 random bytes of which, with the device id, the incarnation's id is made."""


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A part of the history of one stream by one incarnation."""

    incarnation: bytes
    stream: str
    after: Position = START
    end: Position
    signature: bytes = b""
    """The signature of the end (64 bytes) by the incarnation's device; empty where that is the sender's own."""

    @property
    def rows(self) -> int:
        """How many entries it has."""
        return self.end.sseq - self.after.sseq


@dataclass(frozen=True, kw_only=True)
class Attachment:
    """An attachment that travels along."""

    sha256: str
    size: int
    chunks: Callable[[], Iterable[bytes]]


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """What a bundle shall hold, and for whom."""

    id: str
    """A new UUID."""
    person: str
    """The id of who is at work."""
    app: str
    """The version of the program."""
    incarnation: bytes
    """Under which the sender writes at present; empty if it has not written anything."""
    recipients: tuple[tuple[Card, int], ...]
    """The cards of those who may open it, each with the number of this bundle for her, from 1."""
    escrow: tuple[str, ...] = ()
    """Further age recipients who may open it in an emergency."""
    hlc: int
    wall: str
    """The ISO time of the wall clock."""
    incarnations: tuple[Incarnation, ...]
    stretches: tuple[Stretch, ...]
    rows: Callable[[bytes], Iterable[Entry]]
    """The entries of all stretches of an incarnation, each stream's in its order; asked twice, the same each time."""
    attachments: tuple[Attachment, ...] = ()
    received: tuple[str, ...] = ()
    """Ids of the recipient's bundles that were imported here."""
    have: tuple[tuple[bytes, str, int], ...] | None = None
    """Everything that is held (incarnation, stream, sseq), if the recipient is to forget what she believed."""


@dataclass(frozen=True)
class Written:
    """What was written."""

    id: str
    rows: int
    attachments: int
    size: int
    """Bytes of the file."""
    sha256: str
    """The hash of the signed manifest, by which sender and receiver can compare what they speak of."""


def neutral_name(today: str, random: bytes) -> str:
    """Return a file name that tells nothing about people: 'tac-2026-11-21-7f3a9c.tacb'.

    Args:
        today: The ISO date.
        random: Three random bytes.
    """
    return f"tac-{today}-{random[:3].hex()}.tacb"


def write_bundle(path: Path, identity: Identity, parcel: Parcel) -> Generator[Progress, None, Written]:
    """Write a bundle, telling the progress; closing the generator stops it, and then no file is left.

    Raises:
        BundleMalformed: The rows are not what the format allows or do not end at the stretches' ends.
        AttachmentDamaged: An attachment is not the one that it is called.
        TooMuchForOneBundle, DiskFull, CannotWrite: There is no file.
    """
    total = 2 * sum(stretch.rows for stretch in parcel.stretches) + sum(_weight(a) for a in parcel.attachments)
    files, done = yield from _survey(parcel, total)
    signed = form.encode(_manifest(identity, parcel, files))
    if len(signed) > form.MAX_BYTES or sum(file.size for file in files) > MAX_TOTAL or len(files) > form.MAX_FILES:
        raise TooMuchForOneBundle
    signature = sshsig.armoured(identity.signing_key, identity.sign(signed, sshsig.BUNDLE), sshsig.BUNDLE)
    recipients = [identity.recipient, *(card.recipient for card, _ in parcel.recipients), *parcel.escrow]
    with whole_file(path) as file:
        with Sealing(file, recipients) as seal:
            _put(seal, MANIFEST, signed)
            _put(seal, SIGNATURE, signature)
            for segment, rows in _written_again(parcel, files):
                _put(seal, *segment)
                done += rows
                yield done, total
            for attachment in parcel.attachments:
                _put_attachment(seal, attachment)
                done += _weight(attachment)
                yield done, total
            seal.write(ustar.END)
        size = file.tell()
    rows = sum(stretch.rows for stretch in parcel.stretches)
    return Written(parcel.id, rows, len(parcel.attachments), size, hashlib.sha256(signed).hexdigest())


def _survey(parcel: Parcel, total: int) -> Generator[Progress, None, tuple[list[form.File], int]]:
    """Go through the rows for the first time: check them and learn sizes and hashes."""
    heads = {(s.incarnation, s.stream): s.end for s in parcel.stretches}
    histories = Histories({(s.incarnation, s.stream): s.after for s in parcel.stretches}, heads)
    files, done = list[form.File](), 0
    for incarnation in parcel.incarnations:
        for plain, rows in segments(_followed(parcel.rows(incarnation.id), histories), SEGMENT):
            packed = compressed(plain)
            name, digest = f"changes/{len(files):06d}.tsv.zstd", hashlib.sha256(packed).hexdigest()
            files.append(form.File(name, len(packed), digest, b64(incarnation.id), len(plain)))
            done += rows
            yield done, total
    histories.finish()
    blobs = [form.File(f"blobs/{blob.sha256}", blob.size, blob.sha256) for blob in parcel.attachments]
    if any(blob.size > form.MAX_BLOB for blob in blobs):
        raise TooMuchForOneBundle
    return [*files, *blobs], done


def _followed(entries: Iterable[Entry], histories: Histories) -> Iterator[Entry]:
    for entry in entries:
        histories.follow(check_entry(entry).stream, entry)
        yield entry


def _manifest(identity: Identity, parcel: Parcel, files: list[form.File]) -> form.Manifest:
    own = [form.Addressee(identity.recipient, b64(identity.device_id), 0)]
    others = [form.Addressee(card.recipient, b64(card.device_id), n) for card, n in parcel.recipients]
    escrow = [form.Addressee(recipient, None, 0) for recipient in parcel.escrow]
    addressees = [*own, *(other for other in others if other.device != own[0].device), *escrow]
    if len(addressees) > RECIPIENT_LIMIT:
        raise TooMuchForOneBundle
    begun = [s for s in parcel.stretches if s.after.sseq]
    return form.Manifest(
        type="tac-bundle", v=form.VERSION, min_reader=1, id=parcel.id, kind="sync",
        sender=form.Sender(b64(identity.device_id), b64(parcel.incarnation) or None, parcel.person, parcel.app),
        recipients=addressees,
        created=form.Created(parcel.hlc, parcel.wall),
        origins=[form.Origin(b64(one.id), b64(one.key), b64(one.nonce)) for one in parcel.incarnations],
        needs=[form.Need(b64(s.incarnation), s.stream, s.after.sseq, b64(s.after.chain)) for s in begun],
        heads=[_head(identity, stretch) for stretch in parcel.stretches],
        received=list(parcel.received),
        have=None if parcel.have is None else [form.Held(b64(r), stream, n) for r, stream, n in parcel.have],
        files=files,
    )  # fmt: skip


def head_text(incarnation: str, stream: str, sseq: int, chain: str) -> bytes:
    """Return what an incarnation's device signs about how far one of its histories goes."""
    return f"{incarnation}\n{stream}\n{sseq}\n{chain}\n".encode()


def _head(identity: Identity, stretch: Stretch) -> form.Head:
    place = (b64(stretch.incarnation), stretch.stream, stretch.end.sseq, b64(stretch.end.chain))
    return form.Head(*place, b64(stretch.signature or identity.sign(head_text(*place), sshsig.HEAD)))


def _written_again(parcel: Parcel, files: list[form.File]) -> Iterator[tuple[tuple[str, bytes], int]]:
    """Go through the rows for the second time; they must be the same."""
    expected = iter(files)
    for incarnation in parcel.incarnations:
        for plain, rows in segments(parcel.rows(incarnation.id), SEGMENT):
            packed, file = compressed(plain), next(expected)
            if hashlib.sha256(packed).hexdigest() != file.sha256:
                message = "the rows changed while they were written"
                raise RuntimeError(message)
            yield (file.name, packed), rows


def _put(seal: Sealing, name: str, content: bytes) -> None:
    seal.write(ustar.header(name, len(content)))
    seal.write(content)
    seal.write(ustar.padding(len(content)))


def _put_attachment(seal: Sealing, attachment: Attachment) -> None:
    seal.write(ustar.header(f"blobs/{attachment.sha256}", attachment.size))
    digest, size = hashlib.sha256(), 0
    for chunk in attachment.chunks():
        digest.update(chunk)
        size += len(chunk)
        seal.write(chunk)
    if digest.hexdigest() != attachment.sha256 or size != attachment.size:
        raise AttachmentDamaged
    seal.write(ustar.padding(size))


def _weight(attachment: Attachment) -> int:
    """Return how much of the progress an attachment is: a KiB counts as one row written."""
    return attachment.size // 1024
