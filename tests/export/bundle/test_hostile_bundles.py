"""Bundles that a trusted sender signed who means harm, or a faulty program wrote: our sentences, in little memory."""

import hashlib
import io
import json
import os
import tracemalloc
import zlib
from contextlib import nullcontext

import pytest

from tac_desktop import errors
from tac_desktop.casework.journal import b64, incarnation_id
from tac_desktop.errors import (
    BundleDamaged,
    BundleMalformed,
    BundleTooLarge,
    MadeByNewerProgram,
    NotABundle,
    OldRoster,
    SenderNotAllowed,
    SenderUnknown,
)  # fmt: skip
from tac_desktop.export import sshsig
from tac_desktop.export.bundle import reader as bundle_reader
from tac_desktop.export.bundle import ustar
from tac_desktop.export.bundle.age_container import Opening, Sealing
from tac_desktop.export.bundle.manifest import PIECE
from tac_desktop.export.bundle.reader import BundleReader
from tac_desktop.export.bundle.rows import compressed, encode_row, expanded, zstd
from tac_desktop.export.card import Trusted
from tac_desktop.export.identity import device_id
from tests.export.bundle.forging import G, H, Handed, R, S, attempt, told, told_size

ROWS = "changes/000000.tsv.zstd"


def test_an_unchanged_forgery_is_a_proper_bundle(forge, anna, bea):
    attempt(forge.build(), bea, anna)
    attempt(forge.rows(encode_row(forge.history.entries[0])), bea, anna)


# --- the manifest ---


@pytest.mark.parametrize(
    "signed",
    [
        b"", b"{}", b"[]", b"null", b'"x"', b"\xff\xfe", b"[" * 200_000, b'{"a":' * 100_000, b'{"type":NaN}',
        b'{"type":"tac-bundle","type":"x"}', b'{"v":' + b"9" * 5000 + b"}", b'{"v":1e400}', b"\xef\xbb\xbf{}",
        b'{"a":"\\ud800"}', b"{}{}", b"{'v':1}", b'{"v":-Infinity}', b"\0" * 1000, b'{"v":1,}',
    ],
    ids=lambda signed: signed[:20].hex(),
)  # fmt: skip
def test_what_is_no_manifest_is_refused_although_it_is_signed(forge, anna, bea, signed):
    with pytest.raises(BundleMalformed, match="Nothing was changed"):
        attempt(forge.build(signed=signed), bea, anna)


@pytest.mark.parametrize(
    "members",
    [
        {"type": "tac-card"},
        {"v": "1"},
        {"id": 1},
        {"id": "../x"},
        {"kind": "backup"},
        {"kind": ["sync"]},
        {"kind": "roster"},
        {"kind": "receipt"},
        {"service": "x"},
        {"service": 1},
        {"volume": None},
        {"volume": {"set": S, "number": 2, "of": 1}},
        {"volume": {"set": S, "number": 0, "of": 1}},
        {"volume": {"set": S, "number": 1, "of": 10_001}},
        {"volume": {"set": "../x", "number": 1, "of": 1}},
        {"volume": [1, 2]},
        {"trust": None},
        {"trust": {"size": -1, "sha256": "a" * 64}},
        {"blobs": [{"sha256": "a" * 64, "size": 1, "pieces": []}]},
        {"blobs": [{"sha256": "a" * 64, "size": 1, "pieces": ["b" * 64]}]},
        {"blobs": [{"sha256": "a" * 64, "size": 1, "pieces": ["a" * 64, "b" * 64]}]},
        {"blobs": [{"sha256": "a" * 64, "size": PIECE + 1, "pieces": ["a" * 64]}]},
        {"blobs": [{"sha256": "a" * 64, "size": PIECE + 1, "pieces": ["b" * 64, "b" * 64]}]},
        {"blobs": [{"sha256": "a" * 64, "size": 1, "pieces": ["a" * 64]}] * 2},
        {"blobs": [{"sha256": "A" * 64, "size": 1, "pieces": ["A" * 64]}]},
        {"blobs": [{"sha256": "a" * 64, "size": 1.5, "pieces": ["a" * 64]}]},
        {"blobs": {}},
        {"recipients": []},
        {"recipients": "age1"},
        {"sender": None},
        {"created": {"hlc": -1, "wall": ""}},
        {"created": {"hlc": 2**70, "wall": ""}},
        {"heads": [[R, S, 1, H, G]]},
        {"heads": [[R, S, 0, H, G]]},
        {"heads": [[R, S, 1, H]]},
        {"heads": [[R, S, 1, H, G, None]]},
        {"heads": [[R, S, True, H, G]]},
        {"heads": [[R, S, 2**60, H, G]]},
        {"heads": {}},
        {"needs": [[R, S, 1, H]]},
        {"origins": [{"incarnation": R, "key": H, "nonce": R}]},
        {"origins": [{}]},
        {"origins": [{"incarnation": R, "key": H, "nonce": R, "parent": None, "signature": G}]},
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
    loose_end = loose(head[4])
    for wrong in ([*head[:2], 2, *head[3:]], [*head[:4], G], [*head[:3], H, head[4]], [*head[:4], loose_end]):
        with pytest.raises(BundleMalformed):
            attempt(forge.build({"heads": [wrong]}), bea, anna)
    with pytest.raises(BundleMalformed):
        attempt(forge.build({"heads": [head, head]}), bea, anna)
    with pytest.raises(BundleMalformed, match="Nothing was changed"):
        attempt(forge.build({"heads": [head]}), bea, anna)  # promised, but there are no rows


def loose(text: str) -> str:
    """Return base64url text that means the same bytes and is not canonical: a bit is set that means nothing."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    return text[:-1] + alphabet[alphabet.index(text[-1]) | 1]


def test_an_incarnation_and_its_parent_are_signed_by_their_device(forge, anna, bea):
    (origin,) = forge.manifest["origins"]
    attempt(forge.build(), bea, anna)
    for wrong in (
        {"signature": G}, {"parent": R}, {"parent": origin["incarnation"]}, {"nonce": R}, {"key": H},
        {"signature": loose(origin["signature"])}, {"incarnation": R}, {"nonce": loose(origin["nonce"])},
        {"key": loose(origin["key"])}, {"incarnation": loose(origin["incarnation"])},
    ):  # fmt: skip
        with pytest.raises(BundleMalformed):
            attempt(forge.build({"origins": [origin | wrong]}), bea, anna)
    with pytest.raises(BundleMalformed):
        attempt(forge.build({"origins": [origin, origin]}), bea, anna)


def test_an_incarnation_does_not_follow_itself(forge, anna, bea):
    (origin,) = forge.manifest["origins"]
    for parent, passes in ((R, True), (origin["incarnation"], False)):
        signed = anna.identity.sign(f"{origin['incarnation']}\n{parent}\n".encode(), sshsig.ORIGIN)
        bundle = forge.build({"origins": [origin | {"parent": parent, "signature": b64(signed)}]})
        with nullcontext() if passes else pytest.raises(BundleMalformed):
            attempt(bundle, bea, anna)


def test_a_key_that_no_honest_program_makes_owns_no_incarnation(forge, anna, bea):
    """Of the point of order 1 anybody can make a signature under any text; the library accepts it."""
    weak, anything = b"\1" + bytes(31), b"\1" + bytes(31) + bytes(32)
    sshsig.verify(weak, anything, b"any text", sshsig.ORIGIN)
    rid = incarnation_id(device_id(weak), b"n" * 16)
    origin = {"incarnation": b64(rid), "key": b64(weak), "nonce": b64(b"n" * 16), "parent": None}
    with pytest.raises(BundleMalformed):
        attempt(forge.build({"origins": [origin | {"signature": b64(anything)}]}), bea, Trusted(anna.card, "manager"))


def test_the_end_of_a_history_needs_a_signature_unless_the_roster_names_it(forge, anna, bea):
    with pytest.raises(BundleMalformed):
        attempt(forge.build({"heads": [[*forge.head(1)[:4], None]]}), bea, anna)


@pytest.mark.parametrize(
    ("role", "kind", "passes"),
    [("worker", "sync", True), ("worker", "transfer", True), ("manager", "transfer", True), ("admin", "sync", False),
     ("admin", "transfer", False), ("admin", "receipt", True), ("admin", "roster", True)],
)  # fmt: skip
def test_who_may_send_what(forge, anna, bea, role, kind, passes):
    bundle = forge.build({"kind": kind, "origins": []})
    sender = Trusted(anna.card, role)
    if passes:
        attempt(bundle, bea, sender)
    else:
        with pytest.raises(SenderNotAllowed, match="Nothing was changed"):
            attempt(bundle, bea, sender)


def test_a_right_that_was_not_given_is_not_used(forge, anna, bea):
    first = encode_row(forge.history.entries[0])
    attempt(forge.rows(first), bea, Trusted(anna.card, "worker", frozenset({"sync"})))
    with pytest.raises(SenderNotAllowed):
        attempt(forge.rows(first), bea, Trusted(anna.card, "worker", frozenset({"transfer"})))


# --- trust.json ---


def test_trust_json_is_the_one_that_the_manifest_names(forge, anna, bea):
    other = b'{"roots":[]}'
    attempt(forge.build(trust=other), bea, anna)
    for wrong in (told_size(b"{}"), told_size(other) | {"size": 3}, told_size(other) | {"sha256": "0" * 64}):
        with pytest.raises(BundleDamaged):
            attempt(forge.build({"trust": wrong}, trust=other), bea, anna)


def test_the_judge_sees_trust_json_before_anything_is_believed_and_its_trouble_comes_out(forge, bea):
    seen = []

    def judge(trust):
        seen.append(trust)
        raise OldRoster

    with pytest.raises(OldRoster), BundleReader(Handed(forge.build(trust=b"[1]")), bea.identity, judge):
        pass
    assert seen == [b"[1]"]


def test_a_sender_whom_only_trust_json_knows_is_believed_by_it(forge, anna, bea):
    known = bea.trusts(anna)(b"")
    with BundleReader(Handed(forge.build(trust=b"x")), bea.identity, lambda trust: known if trust == b"x" else {}) as b:
        assert b.signer.card == anna.card
        assert b.trust == b"x"
    with pytest.raises(SenderUnknown):
        attempt(forge.build(trust=b"x"), bea)


def test_trust_json_cannot_be_left_out_doubled_or_endless(forge, anna, bea):
    text = json.dumps(forge.manifest).encode()
    identity = anna.identity
    signature = sshsig.armoured(identity.signing_key, identity.sign(text, sshsig.BUNDLE), sshsig.BUNDLE)
    papers = [("manifest.json", text), ("manifest.json.sig", signature), ("trust.json", b"{}")]
    attempt(forge.sealed(papers), bea, anna)
    with pytest.raises(NotABundle):
        attempt(forge.sealed(papers[:2]), bea, anna)
    with pytest.raises(NotABundle):
        attempt(forge.sealed([papers[0], papers[2], papers[1]]), bea, anna)
    with pytest.raises(BundleDamaged):
        attempt(forge.sealed([*papers, papers[2]]), bea, anna)

    def endless(name: str, block: bytes) -> bytes:
        return ustar.header(name, (4 << 20) + 1) if name == "trust.json" else block

    with pytest.raises(BundleTooLarge, match="Nothing was changed"):
        attempt(forge.sealed(papers, endless), bea, anna)


# --- names, headers, sizes ---


@pytest.mark.parametrize(
    "name",
    [
        "../../evil", "blobs/../../etc/passwd", "C:\\Windows\\x", "blobs/" + "a" * 63 + "/", "/abs", "CON", "", "é",
        "changes/000000.tsv.zstd\0", "changes/0.tsv.zstd", "changes/000001.tsv.zstd", "blobs/" + "A" * 64,
        "manifest.json", "trust.json", "manifest.json.sig", "x" * 101, "blobs/" + "a" * 64 + "\0", "NUL", "aux.txt",
        "blobs\\" + "a" * 64, "./changes/000000.tsv.zstd", "changes/000000.tsv.zstd/", "changes/000000.TSV.zstd",
        "changes/00000\u0660.tsv.zstd", "//server/share/x", "blobs/" + "a" * 64 + "\n",
    ],
)  # fmt: skip
def test_a_file_may_have_no_other_name(forge, anna, bea, name):
    with pytest.raises(BundleMalformed, match="Nothing was changed"):
        attempt(forge.build({}, [(name, b"x", {"usize": 1})]), bea, anna)


@pytest.mark.parametrize(
    ("place", "value"),
    [(156, b"2"), (156, b"x"), (156, b"L"), (124, b"77777777777"), (0, b"../x"), (265, b"root"), (100, b"0000777"),
     (148, b"000000"), (345, b"usr"), (257, b"GNU"), (156, b"1"), (156, b"g"), (156, b"S"), (156, b"\0"),
     (157, b"link"), (108, b"0000001"), (116, b"0000001"), (136, b"00000000001"), (297, b"wheel"),
     (329, b"0000001"), (263, b" "), (500, b"x"), (124, b"\x80" + bytes(10))],
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
    for end in (
        b"", ustar.END[:-1], ustar.END + b"\0", ustar.header("x", 0) + ustar.END, ustar.END[:-1] + b"\1", b"x" * 1024,
    ):  # fmt: skip
        with pytest.raises(BundleDamaged):
            attempt(forge.build(end=end), bea, anna)


@pytest.mark.parametrize("place", range(4))
def test_nothing_hides_behind_a_file(forge, anna, bea, place):
    """What fills up to the next 512 bytes is zero: behind each of the first three files, and behind the others."""
    content = b"content"
    text = json.dumps(forge.manifest | told([("blobs/" + told_size(content)["sha256"], content, {})])).encode()
    identity = anna.identity
    signature = sshsig.armoured(identity.signing_key, identity.sign(text, sshsig.BUNDLE), sshsig.BUNDLE)
    names = ["manifest.json", "manifest.json.sig", "trust.json", "blobs/" + told_size(content)["sha256"]]
    files = list(zip(names, [text, signature, b"{}", content], strict=True))
    attempt(forge.sealed(files), bea, anna)
    archive = b""
    for number, (name, inside) in enumerate(files):
        filling = ustar.padding(len(inside))
        archive += ustar.header(name, len(inside)) + inside + (filling[:-1] + b"\1" if number == place else filling)
    sealed = io.BytesIO()
    with Sealing(sealed, [bea.identity.recipient]) as seal:
        seal.write(archive + ustar.END)
    with pytest.raises(BundleDamaged):
        attempt(sealed.getvalue(), bea, anna)


def test_announced_sizes_beyond_the_limits_are_refused_without_reading_on(forge, anna, bea):
    big = {"size": 700 << 20, "sha256": "a" * 64, "pieces": ["a" * 64] * 88}
    rows = {"name": "changes/000000.tsv.zstd", "sha256": "a" * 64, "incarnation": forge.head(1)[0]}
    for members in (
        {"blobs": [big]},
        {"files": [rows | {"size": (17 << 20) + 1, "usize": 1}]},
        {"files": [rows | {"size": 1, "usize": (16 << 20) + 1}]},
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
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(250)) + packer.flush()
    looking_back = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: 27})
    wide = looking_back.compress(os.urandom(1000)) + looking_back.flush()  # of unknown size: the window stays wide
    tracemalloc.start()
    for packed, usize in (
        (bomb, 1000), (bomb, 16 << 20), (bomb, 250 << 20), (wide, 1000), (b"", 0), (compressed(b"x") + b"y", 1),
        (compressed(b"x") * 2, 2), (compressed(b"x")[:-1], 1), (b"no zstd", 7), (zlib.compress(bytes(9999)), 9999),
    ):  # fmt: skip
        more = {"incarnation": b64(forge.history.incarnation.id), "usize": usize}
        with pytest.raises((BundleMalformed, BundleTooLarge), match="Nothing was changed"):
            attempt(forge.build({}, [(ROWS, packed, more)]), bea, anna)
        with pytest.raises(BundleMalformed):
            expanded(packed, usize)  # and not only for what would have come after
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 << 20  # twice what one file of rows may have


# --- attachments ---


def test_a_piece_that_belongs_to_no_attachment_is_refused(forge, anna, bea):
    content = b"content"
    name, whole = "blobs/" + hashlib.sha256(content).hexdigest(), told_size(content)
    attempt(forge.build({}, [(name, content, {})]), bea, anna)
    for blobs in (
        [], [{"sha256": "a" * 64, "size": 1, "pieces": ["a" * 64]}],
        [{"sha256": whole["sha256"], "size": 8, "pieces": [whole["sha256"]]}],
        [{"sha256": "a" * 64, "size": PIECE + 8, "pieces": ["b" * 64, whole["sha256"]]}],
        [{"sha256": "a" * 64, "size": PIECE + 7, "pieces": [whole["sha256"], "b" * 64]}],
    ):  # fmt: skip
        with pytest.raises(BundleMalformed):
            attempt(forge.build({"blobs": blobs}, [(name, content, {})]), bea, anna)
    last = [{"sha256": "a" * 64, "size": PIECE + 7, "pieces": ["b" * 64, whole["sha256"]]}]
    attempt(forge.build({"blobs": last}, [(name, content, {})]), bea, anna)


def test_a_piece_stands_once_and_after_the_rows(forge, anna, bea):
    content = b"content"
    piece = ("blobs/" + hashlib.sha256(content).hexdigest(), content, {})
    rows = (ROWS, compressed(b""), {"incarnation": forge.head(1)[0], "usize": 0})
    one = {"blobs": [{**told_size(content), "pieces": [told_size(content)["sha256"]]}]}
    attempt(forge.build(one, [rows, piece]), bea, anna)
    for files in ([piece, piece], [piece, rows]):
        with pytest.raises(BundleMalformed):
            attempt(forge.build(one, files), bea, anna)


def test_a_file_of_rows_belongs_to_an_incarnation_of_the_bundle(forge, anna, bea):
    for incarnation, passes in ((forge.head(1)[0], True), (R, False)):
        bundle = forge.build({}, [(ROWS, compressed(b""), {"incarnation": incarnation, "usize": 0})])
        with nullcontext() if passes else pytest.raises(BundleMalformed):
            attempt(bundle, bea, anna)


def test_a_hash_that_does_not_fit_is_damage(forge, anna, bea):
    for name, more in (("blobs/" + "a" * 64, {"sha256": "a" * 64}), (ROWS, {"sha256": "a" * 64})):
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
