"""Writes a bundle: rows, attachments and a signed manifest, sealed for named recipients, whole or not at all.

The manifest stands first and tells the hashes of what follows, so the rows are gone through twice: once to learn the
hashes, once to write. Nothing is kept in between, and nothing in clear ever lies on the disk.
"""

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from tac_desktop.casework.journal import Entry, b64
from tac_desktop.errors import AttachmentDamaged, BundleMalformed, ErasedMeanwhile, TooMuchForOneBundle
from tac_desktop.export import sshsig
from tac_desktop.export.bundle import manifest as form
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import RECIPIENT_LIMIT, Sealing
from tac_desktop.export.bundle.attachment_pieces import Attachment, pieces_here, told
from tac_desktop.export.bundle.rows import Histories, check_entry, compressed, segments
from tac_desktop.export.bundle.vouching import Incarnation, Stretch, head_text, origin_text
from tac_desktop.export.card import Card
from tac_desktop.export.identity import Identity
from tac_desktop.export.whole_file import whole_file

MANIFEST = "manifest.json"
SIGNATURE = "manifest.json.sig"
TRUST = "trust.json"
NO_SERVICE = b"{}"
"""The trust.json of a vault by itself."""
SEGMENT = 4 << 20
"""Bytes of rows in one file, before compression; the last row may pass it."""
MAX_TOTAL = 5 << 30

Progress: TypeAlias = tuple[int, int]
"""How much of how much is done, in a unit of no further meaning."""


@dataclass(frozen=True)
class Volume:
    """Which of several bundles that are written together one is."""

    set: str
    """A UUID that they have in common."""
    number: int
    """From 1."""
    of: int


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
    kind: form.Kind = "sync"
    service: bytes = b""
    """The id of the service (32 bytes); empty for a vault by itself."""
    trust: bytes = NO_SERVICE
    """The service file that travels along, verbatim."""
    volume: Volume | None = None
    """Which of several it is; None if it stands alone."""


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
        BundleMalformed: The rows are not what the format allows, do not end at the stretches' ends, or nobody has
            signed whose they are.
        AttachmentDamaged: An attachment is not the one that it is called.
        ErasedMeanwhile: The rows are not the same when they are asked for again.
        TooMuchForOneBundle, DiskFull, CannotWrite: There is no file.
    """
    if len(parcel.trust) > form.MAX_TRUST or any(blob.size > form.MAX_BLOB for blob in parcel.attachments):
        raise TooMuchForOneBundle
    blobs = [(attachment, told(attachment)) for attachment in parcel.attachments]
    total = 2 * sum(stretch.rows for stretch in parcel.stretches) + sum(_weight(a.bytes_here) for a, _ in blobs)
    files, done = yield from _survey(parcel, total)
    pieces = pieces_here(blobs)
    files += [form.File(f"blobs/{sha256}", place[0].piece_size(place[1]), sha256) for sha256, place in pieces.items()]
    signed = form.encode(_manifest(identity, parcel, [blob for _, blob in blobs], files))
    if len(signed) > form.MAX_BYTES or sum(file.size for file in files) > MAX_TOTAL or len(files) > form.MAX_FILES:
        raise TooMuchForOneBundle
    form.decode(signed)  # what leaves passes the same door as what enters
    signature = sshsig.armoured(identity.signing_key, identity.sign(signed, sshsig.BUNDLE), sshsig.BUNDLE)
    recipients = [identity.recipient, *(card.recipient for card, _ in parcel.recipients), *parcel.escrow]
    with whole_file(path) as file:
        with Sealing(file, recipients) as seal:
            for name, content in ((MANIFEST, signed), (SIGNATURE, signature), (TRUST, parcel.trust)):
                _put(seal, name, content)
            for step in _written_again(parcel, files, seal):
                done += step
                yield done, total
            for step in _put_pieces(seal, pieces):
                done += step
                yield done, total
            seal.write(ustar.END)
        size = file.tell()
    rows = sum(stretch.rows for stretch in parcel.stretches)
    return Written(parcel.id, rows, len(parcel.attachments), size, hashlib.sha256(signed).hexdigest())


def _survey(parcel: Parcel, total: int) -> Generator[Progress, None, tuple[list[form.File], int]]:
    """Go through the rows for the first time: check them and learn sizes and hashes."""
    heads = {stretch.history: stretch.end for stretch in parcel.stretches}
    histories = Histories({stretch.history: stretch.after for stretch in parcel.stretches}, heads)
    files, done = list[form.File](), 0
    for incarnation in parcel.incarnations:
        for plain, rows in segments(_followed(parcel.rows(incarnation.id), histories), SEGMENT):
            packed = compressed(plain)
            name, digest = f"changes/{len(files):06d}.tsv.zstd", hashlib.sha256(packed).hexdigest()
            files.append(form.File(name, len(packed), digest, b64(incarnation.id), len(plain)))
            done += rows
            yield done, total
    histories.finish()
    return files, done


def _followed(entries: Iterable[Entry], histories: Histories) -> Iterator[Entry]:
    for entry in entries:
        histories.follow(check_entry(entry).stream, entry)
        yield entry


def _manifest(identity: Identity, parcel: Parcel, blobs: list[form.Blob], files: list[form.File]) -> form.Manifest:
    begun = [s for s in parcel.stretches if s.after.sseq]
    volume = parcel.volume or Volume(parcel.id, 1, 1)
    return form.Manifest(
        type="tac-bundle", v=form.VERSION, min_reader=1, id=parcel.id, kind=parcel.kind,
        service=b64(parcel.service) or None,
        sender=form.Sender(b64(identity.device_id), b64(parcel.incarnation) or None, parcel.person, parcel.app),
        recipients=_addressees(identity, parcel),
        created=form.Created(parcel.hlc, parcel.wall),
        volume=form.Volume(volume.set, volume.number, volume.of),
        trust=form.Trust(len(parcel.trust), hashlib.sha256(parcel.trust).hexdigest()),
        origins=[_origin(identity, one) for one in parcel.incarnations],
        needs=[form.Need(b64(s.incarnation), s.stream, s.after.sseq, b64(s.after.chain)) for s in begun],
        heads=_heads(identity, parcel),
        received=list(parcel.received),
        have=None if parcel.have is None else [form.Held(b64(r), stream, n) for r, stream, n in parcel.have],
        blobs=blobs, files=files,
    )  # fmt: skip


def _addressees(identity: Identity, parcel: Parcel) -> list[form.Addressee]:
    own = form.Addressee(identity.recipient, b64(identity.device_id), 0)
    others = [form.Addressee(card.recipient, b64(card.device_id), n) for card, n in parcel.recipients]
    escrow = [form.Addressee(recipient, None, 0) for recipient in parcel.escrow]
    addressees = [own, *(other for other in others if other.device != own.device), *escrow]
    if len(addressees) > RECIPIENT_LIMIT:
        raise TooMuchForOneBundle
    return addressees


def _origin(identity: Identity, one: Incarnation) -> form.Origin:
    """Return whose an incarnation is, signed now if it is the sender's own."""
    rid, parent, signature = b64(one.id), b64(one.parent), one.signature
    if not signature:
        if one.key != identity.signing_key:
            raise BundleMalformed
        signature = identity.sign(origin_text(rid, parent), sshsig.ORIGIN)
    return form.Origin(rid, b64(one.key), b64(one.nonce), parent or None, b64(signature))


def _heads(identity: Identity, parcel: Parcel) -> list[form.Head]:
    """Return where each history ends, the sender's own signed now."""
    own = {one.id for one in parcel.incarnations if one.key == identity.signing_key}
    heads = list[form.Head]()
    for stretch in parcel.stretches:
        place = (b64(stretch.incarnation), stretch.stream, stretch.end.sseq, b64(stretch.end.chain))
        signature = stretch.signature
        if not signature and stretch.incarnation in own:
            signature = identity.sign(head_text(*place), sshsig.HEAD)
        heads.append(form.Head(*place, b64(signature) or None))
    return heads


def _written_again(parcel: Parcel, files: list[form.File], seal: Sealing) -> Iterator[int]:
    """Go through the rows for the second time; they must be the same. Yield how many were written."""
    expected = iter(files)
    for incarnation in parcel.incarnations:
        for plain, rows in segments(parcel.rows(incarnation.id), SEGMENT):
            packed, file = compressed(plain), next(expected)
            if hashlib.sha256(packed).hexdigest() != file.sha256:
                raise ErasedMeanwhile
            _put(seal, file.name, packed)
            yield rows


def _put(seal: Sealing, name: str, content: bytes) -> None:
    seal.write(ustar.header(name, len(content)))
    seal.write(content)
    seal.write(ustar.padding(len(content)))


def _put_pieces(seal: Sealing, pieces: Mapping[str, tuple[Attachment, int]]) -> Iterator[int]:
    """Write the pieces of attachments; yield how much of the progress each was."""
    for sha256, (attachment, number) in pieces.items():
        expected = attachment.piece_size(number)
        seal.write(ustar.header(f"blobs/{sha256}", expected))
        digest, size = hashlib.sha256(), 0
        for chunk in attachment.chunks(number):
            digest.update(chunk)
            size += len(chunk)
            seal.write(chunk)
        if digest.hexdigest() != sha256 or size != expected:
            raise AttachmentDamaged
        seal.write(ustar.padding(size))
        yield _weight(size)


def _weight(size: int) -> int:
    """Return how much of the progress so many bytes of attachments are: a KiB counts as one row written."""
    return size // 1024
