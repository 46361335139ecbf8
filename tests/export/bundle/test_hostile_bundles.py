"""Bundles that were damaged, forged or built to do harm: only our own sentences come out, quickly, in little memory."""

import hashlib
import io
import json
import os
import random
import time
import tracemalloc
from contextlib import suppress
from pathlib import Path

import pytest

from tac_desktop import errors
from tac_desktop.casework.journal import Entry, b64, commitment
from tac_desktop.errors import (
    BundleDamaged,
    BundleMalformed,
    BundleTooLarge,
    MadeByNewerProgram,
    MediumUnreadable,
    NewerEntries,
    NotABundle,
    SignedForSomebodyElse,
    TacError,
)  # fmt: skip
from tac_desktop.export import sshsig
from tac_desktop.export.bundle import reader as bundle_reader
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import Opening, Sealing
from tac_desktop.export.bundle.reader import BundleReader
from tac_desktop.export.bundle.rows import compressed, encode_row, zstd
from tac_desktop.export.bundle.writer import write_bundle

SEED = 20261121


def attempt(content, recipient, *trusted, within: float = 2.0) -> None:
    """Read a bundle (its bytes or its path) to its end, as an import does; whatever is raised comes quickly."""
    path = Handed(content) if isinstance(content, bytes) else content
    started = time.monotonic()
    try:
        with BundleReader(path, recipient.identity, recipient.trusts(*trusted)) as bundle:
            for _ in bundle.parts():
                pass
    finally:
        assert time.monotonic() - started < within


class Handed:
    """A file that lies in memory: `open` is all that a reader asks of its path."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def open(self, mode: str) -> io.BytesIO:
        assert mode == "rb"
        return io.BytesIO(self._content)


class OnPulledStick(Handed):
    """A file on a stick that is pulled out after some bytes."""

    def __init__(self, content: bytes, after: int) -> None:
        super().__init__(content)
        self._after = after

    def open(self, mode: str) -> io.BytesIO:
        file, after = super().open(mode), self._after

        class Stick(io.BytesIO):
            def read(self, size: int | None = -1) -> bytes:
                if self.tell() >= after:
                    raise OSError(5, "gone")
                return super().read(size)

        return Stick(file.getvalue())


@pytest.fixture(scope="module")
def good(anna, bea, history_of, parcel_of, attachment_of, tmp_path_factory) -> bytes:
    """A proper bundle from Anna for Bea with rows and an attachment."""
    path = tmp_path_factory.mktemp("good") / "a.tacb"
    attachments = (attachment_of(random.Random(SEED).randbytes(70_000)),)
    for _ in write_bundle(path, anna.identity, parcel_of(anna, bea, history_of(anna, 200), attachments=attachments)):
        pass
    attempt(path.read_bytes(), bea, anna)
    return path.read_bytes()


# --- damage on the way ---


def test_every_truncation_is_refused(good, anna, bea):
    chance = random.Random(SEED)
    for cut in [*range(0, 700, 7), *(len(good) - n for n in range(1, 60)), *chance.sample(range(len(good)), 60)]:
        with pytest.raises((NotABundle, BundleDamaged, errors.BundleNotForUs), match="Nothing was changed"):
            attempt(good[:cut], bea, anna)


def test_every_flipped_bit_is_refused(good, anna, bea):
    chance = random.Random(SEED)
    for place in [chance.randrange(700) for _ in range(150)] + [chance.randrange(len(good)) for _ in range(150)]:
        altered = bytearray(good)
        altered[place] ^= 1 << chance.randrange(8)
        with pytest.raises((NotABundle, BundleDamaged, errors.BundleNotForUs), match="Nothing was changed"):
            attempt(bytes(altered), bea, anna)


def test_bytes_added_removed_or_exchanged_are_refused(good, anna, bea):
    chance = random.Random(SEED)
    for _ in range(60):
        a, b = sorted(chance.sample(range(len(good) - 200), 2))
        for altered in (good[:a] + good[b:], good[:b] + good[a:], good + good[a:b]):
            with pytest.raises(TacError, match="Nothing was changed"):
                attempt(altered, bea, anna)


def test_a_stick_pulled_out_while_reading_is_told(good, anna, bea):
    for after in (0, 1, 20_000, 60_000):
        with pytest.raises(MediumUnreadable, match="Nothing was changed"):
            attempt(OnPulledStick(good, after), bea, anna)
    with pytest.raises(MediumUnreadable):
        attempt(Path("/nowhere/at/all.tacb"), bea, anna)


# --- bundles built by a trusted sender who means harm, or by a faulty program ---


class Forge:
    """Builds bundles signed by one vault and sealed for another, with any part exchanged."""

    def __init__(self, sender, recipient, history, good: bytes) -> None:
        self.sender, self.recipient, self.history = sender, recipient, history
        with Opening(io.BytesIO(good), recipient.identity.opening_key) as opening:
            size = ustar.announced_size(opening.read(512), "manifest.json")
            self.manifest = json.loads(opening.read(size))
        self.manifest["files"] = self.manifest["blobs"] = []
        self.manifest["heads"] = []

    def build(
        self, manifest=None, files=(), *, signed=None, header=None, key=None, end=ustar.END, trust=b"{}"
    ) -> bytes:
        """Return a bundle: `manifest` changes members, `signed` replaces the bytes, `header` alters a tar header."""
        told = [{"name": n, "size": len(c), "sha256": hashlib.sha256(c).hexdigest(), **more} for n, c, more in files]
        blobs = [
            {"sha256": one["sha256"], "size": one["size"], "pieces": [one["sha256"]]}
            for one in told
            if one["name"].startswith("blobs/")
        ]
        about = self.manifest | {"files": told, "blobs": blobs} | (manifest or {})
        text = signed if signed is not None else json.dumps(about).encode()
        identity = key or self.sender.identity
        signature = sshsig.armoured(identity.signing_key, identity.sign(text, sshsig.BUNDLE), sshsig.BUNDLE)
        sealed = io.BytesIO()
        with Sealing(sealed, [self.recipient.identity.recipient]) as seal:
            papers = [("manifest.json", text), ("manifest.json.sig", signature), ("trust.json", trust)]
            everything = [*papers, *((n, c) for n, c, _ in files)]
            for name, content in everything:
                block = ustar.header(name[:100].encode("ascii", "replace").decode(), len(content))
                seal.write(header(name, block) if header else block)
                seal.write(content + ustar.padding(len(content)))
            seal.write(end)
        return sealed.getvalue()

    def rows(self, plain: bytes, **changes) -> bytes:
        """Return a bundle with these rows, and a head for each entry of the history that it could hold."""
        packed = compressed(plain)
        more = {"incarnation": b64(self.history.incarnation.id), "usize": len(plain)} | changes
        return self.build({"heads": [self.head(1)]}, [("changes/000000.tsv.zstd", packed, more)])

    def head(self, sseq: int) -> list:
        """Return a signed head of the history."""
        place = (b64(self.history.incarnation.id), self.history.stream, sseq, b64(self.history.chain(sseq)))
        signature = self.sender.identity.sign("\n".join(map(str, (*place, ""))).encode(), sshsig.HEAD)
        return [*place, b64(signature)]


@pytest.fixture(scope="module")
def forge(anna, bea, history_of, good) -> Forge:
    return Forge(anna, bea, history_of(anna, 200), good)


def test_an_unchanged_forgery_is_a_proper_bundle(forge, anna, bea):
    attempt(forge.build(), bea, anna)
    attempt(forge.rows(encode_row(forge.history.entries[0])), bea, anna)


def test_a_bundle_passed_on_to_somebody_else_is_refused(good, anna, bea, clara):
    plain = bytearray()
    with Opening(io.BytesIO(good), bea.identity.opening_key) as opening, suppress(BundleDamaged):
        while True:
            plain += opening.read(1)
    sealed = io.BytesIO()
    with Sealing(sealed, [clara.identity.recipient]) as seal:
        seal.write(bytes(plain))
    with pytest.raises(SignedForSomebodyElse, match="Nothing was changed"):
        attempt(sealed.getvalue(), clara, anna)


@pytest.mark.parametrize(
    "signed",
    [
        b"", b"{}", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 200_000, b'{"a":' * 100_000, b'{"type":NaN}',
        b'{"type":"tac-bundle","type":"x"}', b'{"v":' + b"9" * 5000 + b"}",
    ],
    ids=lambda signed: signed[:20].hex(),
)  # fmt: skip
def test_what_is_no_manifest_is_refused_although_it_is_signed(forge, anna, bea, signed):
    with pytest.raises(BundleMalformed, match="Nothing was changed"):
        attempt(forge.build(signed=signed), bea, anna)


R, S, H, G = "A" * 22, "0" * 8 + "-0000" * 3 + "-" + "0" * 12, "A" * 43, "A" * 86


@pytest.mark.parametrize(
    "members",
    [
        {"type": "tac-card"},
        {"v": "1"},
        {"id": 1},
        {"id": "../x"},
        {"kind": "roster"},
        {"recipients": []},
        {"recipients": "age1"},
        {"sender": None},
        {"created": {"hlc": -1, "wall": ""}},
        {"created": {"hlc": 2**70, "wall": ""}},
        {"heads": [[R, S, 1, H, G]]},
        {"heads": [[R, S, 0, H, G]]},
        {"heads": [[R, S, 1, H]]},
        {"heads": {}},
        {"needs": [[R, S, 1, H]]},
        {"origins": [{"incarnation": R, "key": H, "nonce": R}]},
        {"origins": [{}]},
        {"received": ["x"]},
        {"have": 1},
        {"have": [[R, S, -1]]},
        {"files": None},
        {"min_reader": 0},
        {"sender": {"device": H, "incarnation": None, "person": "", "app": ""}},
    ],
    ids=str,
)
def test_a_manifest_with_an_impossible_member_is_refused(forge, anna, bea, members):
    with pytest.raises(BundleMalformed, match="Nothing was changed"):
        attempt(forge.build(members), bea, anna)


def test_a_member_that_stands_twice_is_refused(forge, anna, bea):
    twice = json.dumps(forge.manifest).encode().replace(b'"sender": {', b'"sender": {"person": "x", ')
    with pytest.raises(BundleMalformed):
        attempt(forge.build(signed=twice), bea, anna)


def test_members_of_a_later_version_are_passed_over_unless_it_says_that_they_matter(forge, anna, bea):
    attempt(forge.build({"v": 2, "roster": {"new": [1.5, None]}}), bea, anna)
    with pytest.raises(MadeByNewerProgram, match="Update"):
        attempt(forge.build({"v": 2, "min_reader": 2, "heads": "another shape"}), bea, anna)


def test_a_head_is_believed_only_with_the_signature_of_its_device(forge, anna, bea):
    head = forge.head(1)
    loose_end = head[4][:-1] + "_"
    for wrong in ([*head[:2], 2, *head[3:]], [*head[:4], G], [*head[:3], H, head[4]], [*head[:4], loose_end]):
        with pytest.raises(BundleMalformed):
            attempt(forge.build({"heads": [wrong]}), bea, anna)
    with pytest.raises(BundleMalformed):
        attempt(forge.build({"heads": [head, head]}), bea, anna)
    with pytest.raises(BundleMalformed, match="Nothing was changed"):
        attempt(forge.build({"heads": [head]}), bea, anna)  # promised, but there are no rows


@pytest.mark.parametrize(
    "name",
    [
        "../../evil", "blobs/../../etc/passwd", "C:\\Windows\\x", "blobs/" + "a" * 63 + "/", "/abs", "CON", "", "é",
        "changes/000000.tsv.zstd\0", "changes/0.tsv.zstd", "changes/000001.tsv.zstd", "blobs/" + "A" * 64,
        "manifest.json", "x" * 101,
    ],
)  # fmt: skip
def test_a_file_may_have_no_other_name(forge, anna, bea, name):
    with pytest.raises(BundleMalformed, match="Nothing was changed"):
        attempt(forge.build({}, [(name, b"x", {"usize": 1})]), bea, anna)


@pytest.mark.parametrize(
    ("place", "value"),
    [(156, b"2"), (156, b"x"), (156, b"L"), (124, b"77777777777"), (0, b"../x"), (265, b"root"), (100, b"0000777"),
     (148, b"000000"), (345, b"usr"), (257, b"GNU")],
)  # fmt: skip
def test_a_tar_header_may_say_nothing_else(forge, anna, bea, place, value):
    blob = b"content"

    def altered(name: str, block: bytes) -> bytes:
        return block[:place] + value + block[place + len(value) :] if name.startswith("blobs") else block

    files = [("blobs/" + hashlib.sha256(blob).hexdigest(), blob, {})]
    attempt(forge.build({}, files), bea, anna)
    with pytest.raises(BundleDamaged):
        attempt(forge.build({}, files, header=altered), bea, anna)


def test_an_archive_ends_where_it_ends(forge, anna, bea):
    for end in (b"", ustar.END[:-1], ustar.END + b"\0", ustar.header("x", 0) + ustar.END):
        with pytest.raises(BundleDamaged):
            attempt(forge.build(end=end), bea, anna)


def test_announced_sizes_beyond_the_limits_are_refused_without_reading_on(forge, anna, bea):
    big = {"size": 700 << 20, "sha256": "a" * 64, "pieces": ["a" * 64] * 88}
    rows = {"name": "changes/000000.tsv.zstd", "sha256": "a" * 64, "incarnation": forge.head(1)[0]}
    for members in (
        {"blobs": [big]},
        {"files": [rows | {"size": 33 << 20, "usize": 1}]},
        {"files": [rows | {"size": 1, "usize": 65 << 20}]},
    ):
        with pytest.raises(BundleTooLarge, match="Nothing was changed"):
            attempt(forge.build(members), bea, anna)

    def endless(name: str, block: bytes) -> bytes:
        return ustar.header(name, 8 << 30 - 1) if name == "manifest.json" else block

    with pytest.raises(BundleTooLarge):
        attempt(forge.build(header=endless), bea, anna)


def test_a_file_larger_than_a_bundle_may_be_is_refused(bea, tmp_path):
    with (tmp_path / "huge").open("wb") as file:
        file.truncate(bundle_reader.MAX_FILE + 1)
    with pytest.raises(BundleTooLarge):
        attempt(tmp_path / "huge", bea)


def test_zstd_bombs_are_refused_in_little_memory(forge, anna, bea):
    packer = zstd.ZstdCompressor(level=3)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(200)) + packer.flush()
    window = {zstd.CompressionParameter.window_log: 27, zstd.CompressionParameter.content_size_flag: 0}
    wide = zstd.compress(os.urandom(1000), options=window)
    tracemalloc.start()
    for packed, usize in (
        (bomb, 1000),
        (bomb, 200 << 20),
        (wide, 1000),
        (b"", 0),
        (compressed(b"x") + b"y", 1),
        (b"no zstd", 7),
    ):
        more = {"incarnation": b64(forge.history.incarnation.id), "usize": usize}
        with pytest.raises((BundleMalformed, BundleTooLarge), match="Nothing was changed"):
            attempt(forge.build({}, [("changes/000000.tsv.zstd", packed, more)]), bea, anna)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 8 << 20


def a_row(
    *,
    seq="1",
    sseq="1",
    sem=None,
    salt=b"s" * 16,
    payload=b'["x"]',
    bound=None,
    stream=S,
    record=S,
    fields=("narrative",),
    replaced=None,
    hlc=5,
):
    bound = bound or b64(commitment(salt, payload))
    parts = [
        1,
        "contact",
        record,
        stream,
        "set",
        list(fields),
        {} if replaced is None else replaced,
        "p",
        hlc,
        1,
        bound,
        "2026-11-21",
    ]
    sem = json.dumps(parts, separators=(",", ":")).encode() if sem is None else sem
    return b"%b\t%b\t%b\t%b\t%b\n" % (seq.encode(), sseq.encode(), sem, b64(salt).encode(), payload)


HOSTILE_ROWS = {
    "five columns": b"a\tb\tc\n",
    "no line end": a_row()[:-1],
    "empty": b"\n",
    "wrong commitment": a_row(bound="A" * 43),
    "gap": a_row(seq="5", sseq="5"),
    "negative": a_row(sseq="-1"),
    "zero": a_row(sseq="0"),
    "huge": a_row(seq="9" * 30),
    "leading zero": a_row(seq="01"),
    "arabic digit": a_row(seq="\u0661"),
    "no number": a_row(seq="x"),
    "deep sem": a_row(sem=b"[" * 50_000),
    "deep payload": a_row(payload=b"[" * 100_000),
    "object": a_row(payload=b'{"a":1}'),
    "too few values": a_row(payload=b"[]"),
    "too many": a_row(payload=b"[1,2]"),
    "sem of numbers": a_row(sem=b"[1,2,3]"),
    "null sem": a_row(sem=b"null"),
    "no utf-8": b"\xff\xfe\n",
    "bad utf-8 payload": a_row(payload=b'["\xff"]'),
    "replaced list": a_row(replaced=[]),
    "replaced no id": a_row(replaced={"!": ["narrative"]}),
    "replaced non-canonical": a_row(replaced={"A" * 42: ["narrative"]}),
    "clock too large": a_row(hlc=1 << 80),
    "clock text": a_row(hlc="x"),
    "NaN": a_row(payload=b"[NaN]"),
    "fraction": a_row(payload=b"[1.5]"),
    "lone surrogate": a_row(payload=b'["\\ud800"]'),
    "field no text": a_row(fields=([],)),
    "field sql": a_row(fields=("a;drop",)),
    "field twice": a_row(fields=("a", "a"), payload=b"[1,2]"),
    "record object": a_row(record={}),
    "big number": a_row(payload=b"[" + b"9" * 4000 + b"]"),
    "just too big": a_row(payload=b"[9007199254740993]"),
    "stream": a_row(stream=""),
    "salt": a_row(salt=b"short"),
    "odd answer": a_row(payload=b'[{"other":1}]'),
    "two answers": a_row(payload=b'[{"declined":true,"not_known":""}]'),
    "no answer": a_row(payload=b"[{}]"),
    "not declined": a_row(payload=b'[{"declined":false}]'),
    "no blob": a_row(payload=b'[{"blob":"x"}]'),
    "list": a_row(payload=b"[[]]"),
    "large payload": a_row(payload=b'["' + b"x" * (5 << 20) + b'"]'),
    "large sem": a_row(fields=[f"f{n}/" + "x" * 190 for n in range(400)], payload=b"[" + b"1," * 399 + b"1]"),
    "another stream": a_row(),
}


@pytest.mark.parametrize("plain", HOSTILE_ROWS.values(), ids=HOSTILE_ROWS)
def test_a_hostile_row_is_refused_although_it_is_signed(forge, anna, bea, plain):
    with pytest.raises(BundleMalformed, match="Nothing was changed"):
        attempt(forge.rows(plain), bea, anna)


def test_rows_repeated_exchanged_or_of_another_incarnation_are_refused(forge, anna, bea):
    first, second = map(encode_row, forge.history.entries[:2])
    for plain in (first + first, second, first + second, b""):
        with pytest.raises(BundleMalformed):
            attempt(forge.rows(plain), bea, anna)
    with pytest.raises(BundleMalformed):
        attempt(forge.rows(first, incarnation="A" * 22), bea, anna)


def test_an_erased_row_passes_and_half_an_erased_one_does_not(forge, anna, bea):
    first = forge.history.entries[0]
    attempt(forge.rows(encode_row(Entry(first.incarnation, 1, 1, first.sem, b"", b""))), bea, anna)
    for salt, payload in ((first.salt, b""), (b"", first.payload)):
        with pytest.raises(BundleMalformed):
            attempt(forge.rows(encode_row(Entry(first.incarnation, 1, 1, first.sem, salt, payload))), bea, anna)


@pytest.mark.parametrize("sem", [b'[2,"x"]', b'[17,{"a":[]},null]', b"[999999]"])
def test_a_row_in_a_layout_of_a_later_version_asks_for_the_update(forge, anna, bea, sem):
    with pytest.raises(NewerEntries, match="Update"):
        attempt(forge.rows(a_row(sem=sem)), bea, anna)


def test_a_hash_that_does_not_fit_is_damage(forge, anna, bea):
    for name, more in (("blobs/" + "a" * 64, {"sha256": "a" * 64}), ("changes/000000.tsv.zstd", {"sha256": "a" * 64})):
        rows = {"incarnation": b64(forge.history.incarnation.id), "usize": 5} if name.startswith("ch") else {}
        with pytest.raises(BundleDamaged):
            attempt(forge.build({}, [(name, b"other", more | rows)]), bea, anna)


def test_a_signature_by_another_key_or_for_another_purpose_is_refused(forge, anna, bea, clara, good):
    with pytest.raises(errors.SenderUnknown):
        attempt(forge.build(key=clara.identity), bea, anna)
    with pytest.raises(BundleMalformed):
        attempt(forge.build(key=clara.identity), bea, anna, clara)  # Clara's signature, Anna's name


def test_a_signature_that_does_not_fit_the_manifest_is_damage(forge, anna, bea):
    with Opening(io.BytesIO(forge.build()), bea.identity.opening_key) as opening:
        size = ustar.announced_size(opening.read(512), "manifest.json")
        length = 512 + size + len(ustar.padding(size))
        rest = [opening.read(length - 512), opening.read(512)]
        signature = opening.read(ustar.announced_size(rest[1], "manifest.json.sig"))
    text = rest[0][:size].replace(b'"sync"', b'"Sync"')
    sealed = io.BytesIO()
    with Sealing(sealed, [bea.identity.recipient]) as seal:
        papers = (("manifest.json", text), ("manifest.json.sig", signature), ("trust.json", b"{}"))
        for name, content in papers:
            seal.write(ustar.header(name, len(content)) + content + ustar.padding(len(content)))
        seal.write(ustar.END)
    with pytest.raises(BundleDamaged, match="Nothing was changed"):
        attempt(sealed.getvalue(), bea, anna)


@pytest.mark.parametrize("plain", [b"", b"x", bytes(512), b"just some letter " * 100])
def test_something_else_sealed_for_us_is_no_bundle(anna, bea, plain):
    sealed = io.BytesIO()
    with Sealing(sealed, [bea.identity.recipient]) as seal:
        seal.write(plain)
    with pytest.raises((NotABundle, BundleDamaged), match="Nothing was changed"):
        attempt(sealed.getvalue(), bea, anna)
