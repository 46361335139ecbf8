"""The ways in which a bundle is made hostile; each takes what is needed for one and returns the sealed file's trouble.

Those of an insider are signed with a trusted key: everything that depends on the change is made right again, so that it
is met by the innermost check and not by the first.
"""

import json
import random
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from backports import zstd

from tac_desktop.export.bundle import ustar
from tac_desktop.export.identity import Identity
from trials.forging import PAYLOAD, SALT, SEM, Archive, archive_of, bound, rows_of, with_packed, with_rows

ODD: tuple[Any, ...] = (
    None, True, False, -1, 0, 1, 2**53 + 1, 2**63, 2**64, 10**400, 1.5, "", "\0", "a" * 70_000, "../../x", "null", [],
    {}, [[]], {"": ""}, ["x"] * 300, {"blob": "0" * 64}, {"not_known": 3}, {"declined": False}, "\u202etxt", "e\u0301",
)  # fmt: skip
ODD_TEXTS = (
    b"", b"null", b"[]", b"{}", b"\xff\xfe", b"\xef\xbb\xbf{}", b'"\\ud800"', b"NaN", b"[1e999]", b"[" * 50_000,
    b'{"a":1,"a":2}', b"0" * 5_000, b"-0", b"1_0", b"\x00", b" 1", b"+1", b"01", b"9" * 400,
)  # fmt: skip


class Case(NamedTuple):
    """What one hostile file is made of."""

    bundle: Path
    """A sound bundle."""
    card: Path
    """A sound card that the vault has not accepted."""
    roster: Path
    """The sound file of a service to which the vault does not belong."""
    to: Identity
    """For whom it is sealed."""
    insider: Identity
    """Whom she trusts, and whose bundle it is."""
    stranger: Identity
    rng: random.Random

    def archive(self) -> Archive:
        """Open the sound bundle."""
        return archive_of(self.bundle, self.to.opening_key)

    def recipients(self) -> list[str]:
        """Return for whom a bundle is sealed."""
        return [self.insider.recipient, self.to.recipient]


Mutation = Callable[[Case, Path], None]


# --- by whoever finds the stick ---


def damaged(case: Case, path: Path) -> None:
    """Flip, cut, repeat, insert or exchange bytes of the sealed file."""
    rng, raw = case.rng, bytearray(case.bundle.read_bytes())
    at, size = rng.randrange(len(raw)), rng.choice((1, 16, 512, 65_552))
    match rng.randrange(6):
        case 0:
            raw[at] ^= 1 << rng.randrange(8)
        case 1:
            del raw[at:]
        case 2:
            raw[at:at] = raw[at : at + size]
        case 3:
            raw[at:at] = rng.randbytes(size)
        case 4:
            del raw[at : at + size]
        case _:
            raw += rng.randbytes(size)
    path.write_bytes(raw)


def header(case: Case, path: Path) -> None:
    """Change the lines at the start of the age file."""
    rng = case.rng
    head, mac, body = case.bundle.read_bytes().partition(b"\n---")
    lines = head.split(b"\n")
    at = rng.randrange(len(lines))
    lines[at] = rng.choice(
        (b"", lines[at][:-1], lines[at] * 2, b"-> X25519", b"-> scrypt AAAA 22", b"A" * 64, b"-> \xff")
    )
    if rng.random() < 0.3:
        lines += [rng.choice(lines)] * rng.choice((1, 60, 5_000))
    path.write_bytes(b"\n".join(lines) + mac + body)


def junk(case: Case, path: Path) -> None:
    """Write anything, with or without the first line of an age file."""
    rng = case.rng
    start = rng.choice((b"", b"age-encryption.org/v1\n", b"age-encryption.org/v1\n-> X25519 ", b"PK\x03\x04"))
    path.write_bytes(start + rng.randbytes(rng.choice((0, 1, 100, 40_000))))


def card(case: Case, path: Path) -> None:
    """Change a card."""
    _paper(case, case.card, path)


def roster(case: Case, path: Path) -> None:
    """Change a service's file."""
    _paper(case, case.roster, path)


def _paper(case: Case, sound: Path, path: Path) -> None:
    """Change a file of JSON as bytes, as JSON, or in the text that is signed inside it."""
    rng, said = case.rng, json.loads(sound.read_bytes())
    match rng.randrange(4):
        case 0:
            damaged(case._replace(bundle=sound), path)
        case 1:
            path.write_bytes(rng.choice((*ODD_TEXTS, sound.read_bytes() + b"x", sound.read_bytes()[:-1])))
        case 2:
            path.write_text(json.dumps(_changed_json(said, rng)))
        case _:
            path.write_text(json.dumps(_changed_inside(said, rng)))


def _changed_inside(value: Any, rng: random.Random) -> Any:
    """Return JSON in which one of the texts that are JSON themselves says something else."""
    if isinstance(value, dict):
        name = rng.choice(sorted(value))
        return value | {name: _changed_inside(value[name], rng)}
    if isinstance(value, list) and value:
        at = rng.randrange(len(value))
        return [*value[:at], _changed_inside(value[at], rng), *value[at + 1 :]]
    if isinstance(value, str) and value.startswith("{"):
        return json.dumps(_changed_json(json.loads(value), rng))
    return _changed_json(value, rng)


# --- by a stranger, or somebody who forwards what was not meant for her ---


def resealed(case: Case, path: Path) -> None:
    """Seal what somebody else signed anew, for others or with a part exchanged."""
    archive, rng = case.archive(), case.rng
    at = rng.randrange(len(archive.parts))
    name, content = archive.parts[at]
    changed = bytearray(content or b"\0")
    changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    archive.parts[at] = (name, bytes(changed))
    archive.seal(path, case.recipients())


def by_a_stranger(case: Case, path: Path) -> None:
    """Sign a sound bundle with a key that nobody has accepted, with or without saying so."""
    archive, rng = case.archive(), case.rng
    if rng.random() < 0.5:
        archive.sign(case.stranger, archive.parts[0][1])
    else:
        manifest = _changed_json(archive.manifest, rng)
        archive.sign(case.stranger, json.dumps(manifest).encode())
    archive.seal(path, case.recipients())


def misarranged(case: Case, path: Path) -> None:
    """Leave out, repeat, exchange or rename entries of the archive, or change its headers and its end."""
    archive, rng = case.archive(), case.rng
    parts = archive.parts
    at, other = rng.randrange(len(parts)), rng.randrange(len(parts))
    match rng.randrange(7):
        case 0:
            del parts[at]
        case 1:
            parts.insert(other, parts[at])
        case 2 if at != other:
            parts[at], parts[other] = parts[other], parts[at]
        case 3:
            parts[at] = (rng.choice(("../x", "/etc/x", "changes/999999.tsv.zstd", "a" * 99, "blobs/x")), parts[at][1])
        case 4:
            raw = bytearray(ustar.header(parts[at][0], len(parts[at][1])))
            raw[rng.randrange(len(raw))] ^= 1 << rng.randrange(8)
            archive.headers[at] = bytes(raw)
        case 5:
            archive.tail = rng.choice((b"", bytes(512), bytes(4096), b"\1" * 1024))
        case _:
            archive.headers[at] = rng.randbytes(512)
    archive.seal(path, case.recipients())


# --- by an insider ---


def manifest(case: Case, path: Path) -> None:
    """Change the manifest anywhere, and sign it."""
    archive, rng = case.archive(), case.rng
    changed = archive.manifest
    for _ in range(rng.choice((1, 1, 2))):
        changed = _changed_json(changed, rng)
    text = json.dumps(changed).encode()
    if rng.random() < 0.1:
        text = rng.choice((*ODD_TEXTS, b"\xef\xbb\xbf" + text, text + b"x", text.replace(b'"v"', b'"v":9,"v"')))
    archive.sign(case.insider, text)
    archive.seal(path, case.recipients())


def rows(case: Case, path: Path) -> None:
    """Change rows anywhere, and make hashes, chains and signatures right again."""
    archive, rng = case.archive(), case.rng
    files = rows_of(archive)
    lines = files[rng.choice(sorted(files))]
    at, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    match rng.randrange(8):
        case 0:
            del lines[at]
        case 1:
            lines.insert(other, list(lines[at]))
        case 2:
            lines[at], lines[other] = lines[other], lines[at]
        case 3:
            lines[at][rng.randrange(5)] = rng.choice(ODD_TEXTS)
        case 4:
            lines[at] += [b"x"]
        case 5 | 6:
            sem = _changed_json(json.loads(lines[at][SEM]), rng)
            lines[at][SEM] = json.dumps(sem, separators=(",", ":")).encode()
        case _:
            payload = _changed_json(json.loads(lines[at][PAYLOAD]), rng)
            lines[at][PAYLOAD] = json.dumps(payload, separators=(",", ":")).encode()
    if rng.random() < 0.8 and len(lines) > at and len(lines[at]) > SALT:
        bound(lines[at])
    with_rows(archive, files, case.insider)
    archive.seal(path, case.recipients())


def meanings(case: Case, path: Path) -> None:
    """Write well-formed rows that reach for what is not theirs: other streams, records, people's entries."""
    archive, rng = case.archive(), case.rng
    files = rows_of(archive)
    lines = files[rng.choice(sorted(files))]
    row, donor = rng.choice(lines), json.loads(rng.choice(lines)[SEM])
    sem = json.loads(row[SEM])
    match rng.randrange(6):
        case 0:
            sem[1] = rng.choice(("audit", "session", "staff_survey", "handover", "seal", "redaction", "unheard_of"))
        case 1:
            sem[2] = donor[2]
        case 2:
            sem[3] = donor[3]
        case 3:
            sem[4] = rng.choice(("del", "merge", "unmerge", "redact", "grant", "seal", "session", "checkpoint", "x"))
        case 4:
            sem[6] = {donor[10]: donor[5]}
        case _:
            sem[8] = rng.choice((0, 1, 2**62, 2**63 - 1))
    row[SEM] = json.dumps(sem, separators=(",", ":")).encode()
    with_rows(archive, files, case.insider)
    archive.seal(path, case.recipients())


def compression(case: Case, path: Path) -> None:
    """Compress what is not what it seems: bombs, wrong sizes, several frames, a tail, a window that is too large."""
    archive, rng = case.archive(), case.rng
    name = rng.choice(sorted(rows_of(archive)))
    plain = zstd.decompress(dict(archive.parts)[name])
    packed = zstd.compress(plain, 3)
    wide = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.compression_level: 3}
    size = len(plain)
    match rng.randrange(6):
        case 0:
            packed, size = _bomb(), rng.choice((size, 200 << 20, 60 << 20))
        case 1:
            size = rng.choice((size + 1, size - 1, 0, 70_000_000, 2**53))
        case 2:
            packed += rng.choice((packed, b"\0", zstd.compress(b"", 3)))
        case 3:
            packed = packed[: rng.randrange(len(packed))]
        case 4:
            packed = rng.randbytes(rng.choice((0, 1, 50, 5_000)))
        case _:
            packed = zstd.compress(plain + bytes(1 << 20), options=wide)
    with_packed(archive, name, packed, size)
    archive.sign(case.insider, archive.parts[0][1])
    archive.seal(path, case.recipients())


@cache
def _bomb() -> bytes:
    """Return 200 MiB of nothing, made in little memory."""
    maker = zstd.ZstdCompressor(level=3)
    return b"".join(maker.compress(bytes(1 << 20)) for _ in range(200)) + maker.flush()


def _changed_json(value: Any, rng: random.Random) -> Any:
    """Return JSON with something changed, added or taken away at any depth."""
    if isinstance(value, dict) and value and rng.random() < 0.85:
        name = rng.choice(sorted(value))
        match rng.randrange(6):
            case 0:
                return {other: item for other, item in value.items() if other != name}
            case 1:
                return value | {rng.choice(("unheard_of", "", name + "x")): rng.choice(ODD)}
            case _:
                return value | {name: _changed_json(value[name], rng)}
    if isinstance(value, list) and value and rng.random() < 0.85:
        at = rng.randrange(len(value))
        match rng.randrange(8):
            case 0:
                return value[:at] + value[at + 1 :]
            case 1:
                return [*value, rng.choice((value[at], rng.choice(ODD)))]
            case 2:
                return value[::-1]
            case _:
                return [*value[:at], _changed_json(value[at], rng), *value[at + 1 :]]
    if isinstance(value, int) and not isinstance(value, bool) and rng.random() < 0.5:
        return value + rng.choice((-1, 1))
    if isinstance(value, str) and value and rng.random() < 0.5:
        at = rng.randrange(len(value))
        return value[:at] + chr(ord(value[at]) ^ 1) + value[at + 1 :]
    return rng.choice(ODD)


MUTATIONS: Mapping[str, tuple[Mutation, bool]] = MappingProxyType({
    "damaged": (damaged, False), "header": (header, False), "junk": (junk, False), "resealed": (resealed, False),
    "a stranger's": (by_a_stranger, False), "misarranged": (misarranged, False), "manifest": (manifest, True),
    "rows": (rows, True), "meanings": (meanings, True), "compression": (compression, True),
    "card": (card, False), "roster": (roster, False),
})  # fmt: skip
"""Each by its name, with whether it is signed by an insider: then it may be accepted, if it is well-formed."""
