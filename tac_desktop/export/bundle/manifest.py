"""The manifest of a bundle: what it holds, from whom, for whom, and from where to where each history goes.

It is the first thing in the archive, and the only thing that is signed as a whole: everything behind it is named in
it with size and hash. Nothing in it is looked at before its signature has been accepted. The members are explained
in docs/formats/bundle.md.
"""

import re
from collections.abc import Sequence
from typing import Annotated, Literal, TypeAlias

import msgspec

from tac_desktop.casework.journal import b64, unb64
from tac_desktop.errors import BundleMalformed, BundleTooLarge, MadeByNewerProgram
from tac_desktop.export.strict_json import strict_json

VERSION = 1
MAX_BYTES = 16 << 20
MAX_FILES = 20_000
MAX_SEGMENT = 17 << 20
"""Bytes of one file of rows, compressed."""
MAX_PLAIN = 16 << 20
"""Bytes of one file of rows, uncompressed: a reader holds it three times over while it takes it apart."""
MAX_TRUST = 4 << 20
"""Bytes of trust.json."""
MAX_BLOB = 600 << 20
"""Bytes of one attachment."""
PIECE = 8 << 20
"""Bytes of each piece of an attachment but the last."""
MAX_VOLUMES = 10_000

Kind: TypeAlias = Literal["sync", "transfer", "receipt", "roster"]
"""What a bundle is for: entries, a case file handed over, an acknowledgement, the service's papers alone."""

Bytes16 = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{22}\Z")]
Bytes32 = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{43}\Z")]
Bytes64 = Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{86}\Z")]
Hex32 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{64}\Z")]
StreamId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f-]{36}\Z")]
Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Clock = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
Line = Annotated[str, msgspec.Meta(max_length=200)]
BundleId = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\Z")]
AgeKey = Annotated[str, msgspec.Meta(pattern=r"^age1[qpzry9x8gf2tvdw0s3jn54khce6mua7l]{58}\Z")]

_CHANGES = re.compile(r"changes/\d{6}\.tsv\.zstd", re.ASCII)


class Sender(msgspec.Struct, frozen=True):
    """The vault that wrote the bundle, and who was at work."""

    device: Bytes32
    incarnation: Bytes16 | None
    """Under which the sender writes at present; null if nothing was written since the program started."""
    person: Line
    app: Line


class Addressee(msgspec.Struct, frozen=True):
    """One for whom the bundle is sealed; an escrow key has no device."""

    age: AgeKey
    device: Bytes32 | None
    n: Count
    """The how-many-eth bundle of this sender for this recipient it is, from 1; 0 for escrow and the sender itself."""


class Created(msgspec.Struct, frozen=True):
    """When it was written, by the sender's clocks."""

    hlc: Clock
    wall: Line


class Volume(msgspec.Struct, frozen=True):
    """Which of several bundles that were written together this is."""

    set: BundleId
    number: Annotated[int, msgspec.Meta(ge=1, le=MAX_VOLUMES)]
    of: Annotated[int, msgspec.Meta(ge=1, le=MAX_VOLUMES)]


class Trust(msgspec.Struct, frozen=True):
    """Size and hash of trust.json."""

    size: Count
    sha256: Hex32


class Origin(msgspec.Struct, frozen=True):
    """Whose an incarnation is: it is the hash of the device and of `nonce`, so nobody else can claim it."""

    incarnation: Bytes16
    key: Bytes32
    """The device's Ed25519 public key."""
    nonce: Bytes16
    parent: Bytes16 | None
    """The incarnation that it follows: two with one parent show a vault that was copied or restored."""
    signature: Bytes64
    """By the device, over incarnation and parent."""


class Head(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """Up to where a bundle tells the history of one stream by one incarnation, signed by the incarnation's device."""

    incarnation: Bytes16
    stream: StreamId
    sseq: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    chain: Bytes32
    signature: Bytes64 | None
    """Null where the history was cut off: then the roster names this very place."""


class Need(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """After which entry a bundle continues such a history, where it does not begin at the first."""

    incarnation: Bytes16
    stream: StreamId
    sseq: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    chain: Bytes32


class Held(msgspec.Struct, frozen=True, array_like=True, forbid_unknown_fields=True):
    """How far the sender holds the history of one stream by one incarnation."""

    incarnation: Bytes16
    stream: StreamId
    sseq: Annotated[int, msgspec.Meta(ge=1, le=2**53)]


class Blob(msgspec.Struct, frozen=True):
    """Of which pieces an attachment is made; some of them may lie in other bundles."""

    sha256: Hex32
    size: Count
    pieces: Annotated[list[Hex32], msgspec.Meta(min_length=1)]

    def piece_size(self, number: int) -> int:
        """Return the bytes of a piece, by its number from 0."""
        return min(PIECE, self.size - number * PIECE)


class File(msgspec.Struct, frozen=True, omit_defaults=True):
    """One file behind the manifest: rows of one incarnation, or one piece of an attachment."""

    name: Line
    size: Count
    sha256: Hex32
    incarnation: Bytes16 | None = None
    usize: Count = 0
    """Bytes of the rows, uncompressed."""

    @property
    def is_rows(self) -> bool:
        """Whether it holds rows, not a piece of an attachment."""
        return self.name.startswith("changes/")


class _Format(msgspec.Struct, frozen=True):
    type: Literal["tac-bundle"]
    v: Annotated[int, msgspec.Meta(ge=1)]
    min_reader: Annotated[int, msgspec.Meta(ge=1)]


class Manifest(_Format, frozen=True):
    """The members of the manifest, version 1. Members that are not known here are passed over."""

    id: BundleId
    kind: Kind
    service: Bytes32 | None
    """The service in which it was written; null for a vault by itself."""
    sender: Sender
    recipients: Annotated[list[Addressee], msgspec.Meta(min_length=1, max_length=64)]
    created: Created
    volume: Volume
    trust: Trust
    origins: Annotated[list[Origin], msgspec.Meta(max_length=MAX_FILES)]
    needs: list[Need]
    heads: list[Head]
    received: Annotated[list[BundleId], msgspec.Meta(max_length=1000)]
    """Bundles of the recipient that have been imported here."""
    have: list[Held] | None
    """All that is held here of what the recipient sends, if she is to forget what she believed about it."""
    blobs: Annotated[list[Blob], msgspec.Meta(max_length=MAX_FILES)]
    files: Annotated[list[File], msgspec.Meta(max_length=MAX_FILES)]


def encode(manifest: Manifest) -> bytes:
    """Return the bytes that are signed and sent."""
    return msgspec.json.encode(manifest)


def decode(signed: bytes) -> Manifest:
    """Return the manifest of these signed bytes.

    Raises:
        MadeByNewerProgram: It needs a later version of the program.
        BundleTooLarge: A file passes a limit.
        BundleMalformed: It does not follow the format.
    """
    try:
        if strict_json(signed, _Format).min_reader > VERSION:
            raise MadeByNewerProgram
        manifest = msgspec.json.decode(signed, type=Manifest)
    except ValueError as trouble:
        raise BundleMalformed from trouble
    _check_kind(manifest)
    _check_files(manifest)
    _check_histories(manifest)
    return manifest


def raw(text: str) -> bytes:
    """Return the bytes of base64url text in its one proper form.

    Raises:
        BundleMalformed: Its last character has bits that mean nothing.
    """
    found = unb64(text)
    if b64(found) != text:
        raise BundleMalformed
    return found


def piece_count(size: int) -> int:
    """Return of how many pieces an attachment of `size` bytes is made; an empty one is one empty piece."""
    return max(1, -(-size // PIECE))


def _check_kind(manifest: Manifest) -> None:
    """Let only bundles that are for entries hold any."""
    if manifest.volume.number > manifest.volume.of:
        raise BundleMalformed
    parts = (manifest.origins, manifest.heads, manifest.needs, manifest.blobs, manifest.files)
    if manifest.kind in {"receipt", "roster"} and any(parts):
        raise BundleMalformed


def _check_files(manifest: Manifest) -> None:
    """Let only the one order and naming pass in which files may stand."""
    known = {origin.incarnation for origin in manifest.origins}
    sizes = _sizes_of_pieces(manifest)
    blobs = False
    for place, file in enumerate(manifest.files):
        if file.is_rows:
            if blobs or not _CHANGES.fullmatch(file.name) or int(file.name[8:14]) != place:
                raise BundleMalformed
            if file.incarnation not in known:
                raise BundleMalformed
            if file.size > MAX_SEGMENT or file.usize > MAX_PLAIN:
                raise BundleTooLarge
        else:
            blobs = True
            if file.name != f"blobs/{file.sha256}" or sizes.get(file.sha256) != file.size:
                raise BundleMalformed
    _distinct([file.name for file in manifest.files])


def _sizes_of_pieces(manifest: Manifest) -> dict[str, int]:
    """Return the size of each piece of the attachments, by its hash; one that would have two sizes is refused."""
    sizes: dict[str, int] = {}
    for blob in manifest.blobs:
        if blob.size > MAX_BLOB:
            raise BundleTooLarge
        if len(blob.pieces) != piece_count(blob.size) or (len(blob.pieces) == 1 and blob.pieces[0] != blob.sha256):
            raise BundleMalformed
        for number, piece in enumerate(blob.pieces):
            if sizes.setdefault(piece, blob.piece_size(number)) != blob.piece_size(number):
                raise BundleMalformed
    _distinct([blob.sha256 for blob in manifest.blobs])
    return sizes


def _check_histories(manifest: Manifest) -> None:
    known = {origin.incarnation for origin in manifest.origins}
    ends = {(head.incarnation, head.stream): head.sseq for head in manifest.heads}
    _distinct([origin.incarnation for origin in manifest.origins])
    _distinct([(head.incarnation, head.stream) for head in manifest.heads])
    _distinct([(need.incarnation, need.stream) for need in manifest.needs])
    if any(head.incarnation not in known for head in manifest.heads):
        raise BundleMalformed
    if any(need.sseq >= ends.get((need.incarnation, need.stream), 0) for need in manifest.needs):
        raise BundleMalformed


def _distinct(several: Sequence[object]) -> None:
    if len(set(several)) != len(several):
        raise BundleMalformed
