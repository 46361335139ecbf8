"""The bundles of version 1 lie in tests/reference/bundles and are read for ever."""

import hashlib
import json
from pathlib import Path

import msgspec
import pytest

from tac_desktop.actions.service_file import believed
from tac_desktop.casework.journal import b64, decode_sem
from tac_desktop.casework.sealing import sealed_by
from tac_desktop.errors import BundleNotForUs, SenderUnknown
from tac_desktop.export.bundle.age_container import Opening
from tac_desktop.export.bundle.reader import BundleReader, Piece, Rows
from tac_desktop.export.bundle.rows import encode_row
from tac_desktop.export.bundle.writer import write_bundle
from tac_desktop.export.card import Trusted
from tac_desktop.export.roster import read_service_file
from tac_desktop.export.seal import check_seal
from tests.reference import make_bundles

REFERENCE = Path(__file__).resolve().parents[2] / "reference"
PARTIES = make_bundles.parties()
SENT = {name: (sender, recipient) for name, _, sender, recipient in make_bundles.MADE}
ROWS = {
    "01-plain": (5, "b959da96b0634f2d2f27a937e72cb1fa55d2891d3205558c3d1ca12b532428fa"),
    "02-pieces": (1, "ffb07368af9413d4f564f28444db41130e71f75607197ef18a965bab22ab6ec3"),
    "03-volume-2-of-3": (1, "3e8615c179fc73aad92b8b198ff5088ab547b921c05267ca17271d438261c8c2"),
    "04-forwarded": (4, "8bc6019b781ff58d4f10b85ee6c94d52db8dc3010c77b188e47d4f7ccbeb067a"),
    "05-transfer": (3, "6a20970ee18c0d3bc57f82f1ee283df8be976742277eb9fd044c7c958e4a99cf"),
    "06-seal-and-comment": (3, "40a14faf601500794904cc38b87fe1152172f449c7cad95bae0c14353506b4a3"),
    "07-erased": (2, "d90342b4a3473e1bf84a873091e9e6c358884c5d668ff200bbf3a95d95b1282c"),
    "08-roster-and-escrow": (5, "e90a5353645f1c8e6ae3ebc2ba8dac873b44849d0fd415fb739858c8369096a5"),
    "09-receipt-after-a-restore": (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    "10-newer": (2, "79a44824366fb32a038372812f55f34e85c34c72f8a3f19983f048d04b868afc"),
    "11-joined": (5, "6cebcdd8312838b53254298c48275b69235e453020734d66181906b312f9c93d"),
    "12-member-who-left": (2, "fbfac4e14c05ff35a70b0b75de4fffe9f6ec394af97b6eb02ecf4fc0c2fd269e"),
    "13-roster-alone": (0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    "14-deleted": (5, "c1638000047d85caf65eb43860bba330eca7da8111de1a7fa0321b52c009ba0b"),
    "15-decision-taken-back": (5, "a2a550851b38162cee95fb2fe6f1202099fe06ce5059143d239eed9c8c72d305"),
}
"""How many entries count in each, and the SHA-256 of their rows."""


def trust(trust_json):
    """Return whom everybody trusts: the service's members, or without one the cards of all three."""
    if trust_json != b"{}":
        return believed(read_service_file(trust_json))
    return {one.card.device_id: Trusted(one.card, one.card.role) for one in PARTIES.values() if one.card.name}


def opened(name, judge=trust, by=None):
    """Open a bundle with the keys of whom it is for."""
    path = REFERENCE / "bundles" / f"{name}.tacb"
    return BundleReader(path, PARTIES[by or SENT[name][1]].identity, judge)


def read(name):
    """Return a bundle that was read to its end, its entries and its pieces."""
    entries, pieces = [], []
    with opened(name) as bundle:
        for part in bundle.parts():
            match part:
                case Rows(some):
                    entries += some
                case Piece():
                    pieces.append(part)
    return bundle, entries, pieces


@pytest.mark.parametrize("name", ROWS)
def test_a_bundle_of_version_1_is_read_to_its_last_byte(name):
    bundle, entries, _ = read(name)
    count, digest = ROWS[name]
    assert len(entries) == count
    assert hashlib.sha256(b"".join(map(encode_row, entries))).hexdigest() == digest
    assert bundle.signer.card.signing_key == PARTIES[SENT[name][0]].identity.signing_key
    assert bundle.row_count == count + bundle.left_out


@pytest.mark.parametrize("name", ROWS)
def test_its_sender_opens_it_too_and_a_stranger_does_not(name):
    with opened(name, by=SENT[name][0]) as bundle:
        assert bundle.number == 0
    stranger = ({"anna", "bea", "clara"} - set(SENT[name])).pop()
    with pytest.raises(BundleNotForUs), opened(name, by=stranger):
        pass
    with pytest.raises(SenderUnknown), opened(name, judge=lambda _: {}):
        pass


def test_no_other_lies_there():
    assert sorted(path.stem for path in (REFERENCE / "bundles").glob("*.tacb")) == list(ROWS) == list(SENT)


@pytest.mark.parametrize("name", [name for name in ROWS if name != "10-newer"])
def test_the_writer_still_writes_version_1(name, tmp_path):
    make = {made: how for made, how, *_ in make_bundles.MADE}[name]
    sender, recipient = (PARTIES[one] for one in SENT[name])
    path = tmp_path / "again.tacb"
    for _ in write_bundle(path, sender.identity, make(make_bundles.Makers(PARTIES))):
        pass
    with BundleReader(path, recipient.identity, trust) as again, opened(name) as bundle:
        told, now = (msgspec.to_builtins(one.manifest) for one in (bundle, again))
    for file in (*told["files"], *now["files"]):
        if file["name"].startswith("changes/"):
            del file["size"], file["sha256"]  # another zstd may pack in another way
    assert now == told


def test_plain_holds_every_kind_of_answer_and_a_whole_attachment():
    bundle, entries, pieces = read("01-plain")
    scan = hashlib.sha256(make_bundles.SCAN).hexdigest()
    assert json.loads(entries[3].payload) == [
        "é 女 😀 \t\n", -3, True, False, None, {"not_known": "asked on the wing"}, {"declined": True}, {"blob": scan},
        None,
    ]  # fmt: skip
    assert [(p.content, [(q.attachment, q.number, q.of) for q in p.places]) for p in pieces] == [
        (make_bundles.SCAN, [(scan, 0, 1)])
    ]
    first, second = bundle.incarnations
    assert (first.parent, second.parent) == (b"", first.id)
    assert bundle.manifest.have == []


def test_a_piece_of_another_volume_fits_to_the_attachment():
    bundle, entries, (piece,) = read("02-pieces")
    (place,) = piece.places
    assert (place.number, place.of, place.size) == (1, 2, make_bundles.PIECE + len(make_bundles.LAST_PIECE))
    whole = make_bundles.FIRST_PIECE + piece.content
    assert hashlib.sha256(whole).hexdigest() == place.attachment
    assert json.loads(entries[0].payload) == [{"blob": place.attachment}]
    assert (bundle.manifest.volume.number, bundle.manifest.volume.of) == (2, 2)


def test_a_volume_goes_on_where_another_bundle_ended():
    bundle, (entry,), _ = read("03-volume-2-of-3")
    (stretch,) = bundle.stretches
    assert (stretch.after.sseq, stretch.end.sseq, entry.sseq) == (1, 2, 2)
    assert bundle.manifest.volume.of == 3
    assert bundle.manifest.received == [make_bundles.bundle_id(9)]


def test_forwarded_entries_are_their_writers():
    bundle, entries, _ = read("04-forwarded")
    devices = {one.id: one.key for one in bundle.incarnations}
    wrote = [devices[entry.incarnation] for entry in entries]
    anna, bea = (PARTIES[name].identity.signing_key for name in ("anna", "bea"))
    assert wrote == [anna, anna, anna, bea]


def test_a_transfer_names_who_takes_over():
    bundle, entries, _ = read("05-transfer")
    sem = decode_sem(entries[-1].sem)
    assert (bundle.manifest.kind, sem.form, sem.op) == ("transfer", "handover", "grant")
    assert json.loads(entries[-1].payload)[0] == b64(PARTIES["clara"].identity.device_id)


def test_a_seal_holds():
    _, entries, _ = read("06-seal-and-comment")
    sem, values = decode_sem(entries[1].sem), json.loads(entries[1].payload)
    said = dict(zip(sem.fields, values, strict=True))
    assert sealed_by(sem, said).entries == (b64(entries[0].cid),)
    assert check_seal(said["text"], said["signature"]) == PARTIES["bea"].card.seal_key
    assert decode_sem(entries[2].sem).form == "comment"


def test_an_erased_entry_is_named_by_a_decision():
    _, (gone, decision), _ = read("07-erased")
    assert (gone.salt, gone.payload) == (b"", b"")
    assert decode_sem(decision.sem).op == "redact"
    assert f"cid/{b64(gone.cid)}" in decode_sem(decision.sem).fields


def test_a_roster_that_travels_along_says_who_is_believed_and_how_far():
    bundle, entries, _ = read("08-roster-and-escrow")
    assert b64(read_service_file(bundle.trust).id) == bundle.manifest.service
    assert bundle.left_out == 1
    clara = [entry for entry in entries if entry.incarnation != bundle.incarnations[0].id]
    assert [entry.sseq for entry in clara] == [1, 1, 2, 2]
    cut, gone_on = (head for head in bundle.manifest.heads if head.incarnation == b64(clara[0].incarnation))
    assert (cut.signature, cut.sseq, gone_on.sseq) == (None, 2, 3)


def test_the_emergency_key_opens_it():
    path = REFERENCE / "bundles" / "08-roster-and-escrow.tacb"
    with path.open("rb") as file, Opening(file, PARTIES["escrow"].identity.opening_key) as opening:
        assert opening.read(13) == b"manifest.json"


def test_a_receipt_says_what_is_held():
    bundle, entries, pieces = read("09-receipt-after-a-restore")
    assert (entries, pieces, bundle.manifest.kind) == ([], [], "receipt")
    assert bundle.manifest.received == [make_bundles.bundle_id(1), make_bundles.bundle_id(3)]
    assert bundle.manifest.have is not None
    assert [one.sseq for one in bundle.manifest.have] == [1, 1]


def test_what_a_later_version_wrote_passes():
    bundle, entries, _ = read("10-newer")
    assert (bundle.manifest.v, bundle.manifest.min_reader) == (3, 1)
    assert [decode_sem(entry.sem).form for entry in entries] == ["kinship_meeting", "contact"]
    assert decode_sem(entries[1].sem).fields == ("smell", "minutes")


def test_records_are_said_to_be_one_and_not_any_more():
    _, entries, _ = read("11-joined")
    sems = [decode_sem(entry.sem) for entry in entries]
    assert [sem.op for sem in sems] == ["set", "set", "set", "merge", "unmerge"]
    one, other, third = (sem.record_id for sem in sems[:3])
    assert [(sem.record_id, sem.fields) for sem in sems[3:]] == [
        (other, (f"_same/{one}", f"_same/{third}")), (other, (f"_same/{third}",)),
    ]  # fmt: skip


def test_who_has_left_is_read_up_to_the_end_of_her_work():
    bundle, entries, _ = read("12-member-who-left")
    assert (bundle.signer.status, bundle.left_out) == ("left", 4)
    assert [(decode_sem(entry.sem).stream, entry.sseq) for entry in entries] == [
        (make_bundles.ASH, 1), (make_bundles.ASH, 2),
    ]  # fmt: skip


def test_a_roster_travels_alone():
    bundle, entries, pieces = read("13-roster-alone")
    assert (bundle.manifest.kind, bundle.told, entries, pieces) == ("roster", (), [], [])
    assert read_service_file(bundle.trust).roster.version == 3


def test_a_deletion_says_what_was_seen():
    _, entries, _ = read("14-deleted")
    first, gone, *_ = entries
    assert decode_sem(gone.sem).op == "del"
    assert json.loads(gone.payload) == [{"reason": "Entered twice.", "seen": [b64(first.cid)]}]


def test_a_decision_that_was_taken_back_is_replaced_by_each_side_again():
    _, (*sides, decision, one, other), _ = read("15-decision-taken-back")
    for side, again in zip(sides, (one, other), strict=True):
        sem = decode_sem(again.sem)
        assert sem.supersedes == {b64(decision.cid): ("sessions",)}
        assert sem.fields == ("sessions", f"_again/{b64(side.cid)}")
        assert json.loads(again.payload) == [*json.loads(side.payload), True]
