"""Opens a bundle and puts another together of its parts, as somebody does who has keys and bad intentions."""

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyrage
from backports import zstd

from tac_desktop.casework.journal import b64, change_id, commitment, stream_chain, unb64
from tac_desktop.export import sshsig
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.writer import head_text
from tac_desktop.export.identity import Identity

MANIFEST, SIGNATURE = "manifest.json", "manifest.json.sig"
SEM, SALT, PAYLOAD = 2, 3, 4
"""The columns of a row."""


@dataclass
class Archive:
    """What is inside a bundle, to be changed at will."""

    parts: list[tuple[str, bytes]]
    """Names and contents, the manifest and its signature first."""
    tail: bytes = ustar.END
    headers: dict[int, bytes] = field(default_factory=dict)
    """Headers that are put in place of the right ones, by the number of the part."""

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest, as it stands."""
        return json.loads(self.parts[0][1])

    def put(self, name: str, content: bytes) -> None:
        """Put other bytes in place of a part's."""
        self.parts = [(other, content if other == name else bytes_) for other, bytes_ in self.parts]

    def sign(self, signer: Identity, manifest: bytes) -> None:
        """Put a manifest in, signed."""
        self.put(MANIFEST, manifest)
        signature = signer.sign(manifest, sshsig.BUNDLE)
        self.put(SIGNATURE, sshsig.armoured(signer.signing_key, signature, sshsig.BUNDLE))

    def seal(self, path: Path, recipients: list[str]) -> None:
        """Write the bundle's file."""
        plain = b"".join(
            self.headers.get(number, _header(name, content)) + content + ustar.padding(len(content))
            for number, (name, content) in enumerate(self.parts)
        )
        keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
        path.write_bytes(pyrage.encrypt(plain + self.tail, keys))


def archive_of(path: Path, opening_key: str) -> Archive:
    """Open a sound bundle."""
    plain = pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(opening_key)])
    parts, place = list[tuple[str, bytes]](), 0
    while plain[place]:
        name = plain[place : place + 100].rstrip(b"\0").decode()
        size = int(plain[place + 124 : place + 135], 8)
        place += ustar.BLOCK
        parts.append((name, plain[place : place + size]))
        place += size + len(ustar.padding(size))
    return Archive(parts)


def rows_of(archive: Archive) -> dict[str, list[list[bytes]]]:
    """Return the rows, split into their columns, of each file of rows."""
    return {
        name: [line.split(b"\t") for line in zstd.decompress(content).split(b"\n")[:-1]]
        for name, content in archive.parts
        if name.startswith("changes/")
    }


def with_rows(archive: Archive, rows: dict[str, list[list[bytes]]], signer: Identity) -> None:
    """Put rows in, and make everything that depends on them right again: hashes, chains, heads, signatures."""
    for name, lines in rows.items():
        plain = b"".join(b"\t".join(line) + b"\n" for line in lines)
        with_packed(archive, name, zstd.compress(plain, 3), len(plain))
    manifest = archive.manifest
    _follow(manifest, rows, signer)
    archive.sign(signer, json.dumps(manifest).encode())


def with_packed(archive: Archive, name: str, packed: bytes, usize: int) -> None:
    """Put a compressed file of rows in, with its sizes and hash in the manifest; it is still to be signed."""
    manifest = archive.manifest
    for file in manifest["files"]:
        if file["name"] == name:
            file |= {"size": len(packed), "usize": usize, "sha256": hashlib.sha256(packed).hexdigest()}
    archive.put(name, packed)
    archive.put(MANIFEST, json.dumps(manifest).encode())


def bound(row: list[bytes]) -> None:
    """Let a row's meaning speak of the payload that it has now, if it can be understood at all."""
    try:
        sem = json.loads(row[SEM])
        sem[10] = b64(commitment(unb64(row[SALT].decode()), row[PAYLOAD]))
        row[SEM] = json.dumps(sem, separators=(",", ":"), ensure_ascii=False).encode()
    except (ValueError, LookupError, TypeError, RecursionError):
        return


def _follow(manifest: dict[str, Any], rows: dict[str, list[list[bytes]]], signer: Identity) -> None:
    """Let the heads tell where the rows end, signed where the signer may sign."""
    ends = {(need[0], need[1]): (need[2], unb64(need[3])) for need in manifest["needs"]}
    for file in manifest["files"]:
        for row in rows.get(file["name"], ()):
            try:
                key = file["incarnation"], str(json.loads(row[SEM])[3])
            except (ValueError, LookupError, TypeError, RecursionError):
                continue
            sseq, chain = ends.get(key, (0, b""))
            ends[key] = sseq + 1, stream_chain(chain, change_id(row[SEM]), sseq + 1)
    keys = {origin["incarnation"]: origin["key"] for origin in manifest["origins"]}
    known = {(head[0], head[1]): head for head in manifest["heads"]}
    manifest["heads"] = [
        [*place, sseq, b64(chain), _signature(place, sseq, chain, signer, keys.get(place[0]), known.get(place))]
        for place, (sseq, chain) in sorted(ends.items())
    ]


def _signature(
    place: tuple[str, str], sseq: int, chain: bytes, signer: Identity, key: str | None, before: list[Any] | None
) -> str:
    if key == b64(signer.signing_key) or before is None:
        return b64(signer.sign(head_text(*place, sseq, b64(chain)), sshsig.HEAD))
    return before[4]


def _header(name: str, content: bytes) -> bytes:
    return ustar.header(name, len(content))
