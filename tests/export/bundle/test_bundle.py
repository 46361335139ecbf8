"""Bundles from one vault to another: what is written is read, and nothing is left when writing stops."""

import hashlib
import os
import tracemalloc
from dataclasses import replace
from itertools import repeat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tac_desktop.casework.journal import b64
from tac_desktop.errors import (
    AttachmentDamaged,
    BundleMalformed,
    BundleNotForUs,
    CannotWrite,
    ErasedMeanwhile,
    NotABundle,
    SenderNotAllowed,
    SenderUnknown,
    TooMuchForOneBundle,
)  # fmt: skip
from tac_desktop.export import sshsig
from tac_desktop.export.bundle.manifest import PIECE
from tac_desktop.export.bundle.reader import BundleReader, Piece, Rows, outline
from tac_desktop.export.bundle.writer import neutral_name, write_bundle
from tac_desktop.export.card import Trusted


def read(path, recipient, *trusted):
    """Return the entries and attachments of a bundle, read to its end."""
    entries, blobs = [], {}
    with BundleReader(path, recipient.identity, recipient.trusts(*trusted)) as bundle:
        for part in bundle.parts():
            match part:
                case Rows(some, forms):
                    assert forms == {"contact"}
                    entries += some
                case Piece():
                    assemble(blobs, part)
        done, total = bundle.progress
        assert done == total == path.stat().st_size
    return entries, {name: b"".join(pieces) for name, pieces in blobs.items()}


def assemble(blobs, piece):
    """Put a piece in its places; only a whole attachment has the hash that it is named after."""
    assert hashlib.sha256(piece.content).hexdigest() == piece.sha256
    for place in piece.places:
        pieces = blobs.setdefault(place.attachment, [b""] * place.of)
        pieces[place.number] = piece.content
        if sum(map(len, pieces)) == place.size:
            assert hashlib.sha256(b"".join(pieces)).hexdigest() == place.attachment


def test_what_was_written_arrives_verbatim(anna, bea, history_of, parcel_of, write):
    history = history_of(anna, 300)
    path = write(anna, parcel_of(anna, bea, history))
    assert read(path, bea, anna) == (history.entries, {})


def test_the_sender_can_open_what_she_sent_and_an_escrow_key_too(anna, bea, clara, history_of, parcel_of, write):
    history = history_of(anna, 3)
    path = write(anna, parcel_of(anna, bea, history, escrow=(clara.identity.recipient,)))
    assert read(path, anna)[0] == history.entries
    assert outline(path).recipients == 3
    assert outline(path).size == path.stat().st_size


def test_rows_of_many_segments_and_large_attachments_arrive(
    anna, bea, history_of, parcel_of, attachment_of, write, monkeypatch
):
    monkeypatch.setattr("tac_desktop.export.bundle.writer.SEGMENT", 20_000)
    history, contents = history_of(anna, 1000), [b"", b"x", os.urandom(1_000_003)]
    path = write(anna, parcel_of(anna, bea, history, attachments=tuple(map(attachment_of, contents))))
    entries, blobs = read(path, bea, anna)
    assert entries == history.entries
    assert blobs == {hashlib.sha256(content).hexdigest(): content for content in contents}


def test_a_bundle_may_continue_where_the_last_one_ended(anna, bea, history_of, parcel_of, write):
    history = history_of(anna, 10)
    later = parcel_of(
        anna,
        bea,
        history,
        stretches=(history.stretch(after=7),),
        rows=lambda _: history.entries[7:],
        received=("00000000-0000-7000-8000-000000000009",),
    )
    path = write(anna, later)
    assert read(path, bea, anna)[0] == history.entries[7:]
    with BundleReader(path, bea.identity, bea.trusts(anna)) as bundle:
        assert bundle.stretches[0].after == history.stretch(after=7).after
        assert list(bundle.manifest.received) == list(later.received)
        assert bundle.signer.card == anna.card


@given(rows=st.integers(1, 40), after=st.integers(0, 39), blob=st.binary(max_size=3000))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_part_of_any_history_makes_the_round(
    anna, bea, history_of, parcel_of, attachment_of, write, *, rows, after, blob
):
    history, after = history_of(anna, rows), after % rows
    parcel = parcel_of(
        anna, bea, history, stretches=(history.stretch(after),), rows=lambda _: history.entries[after:],
        attachments=(attachment_of(blob),),
    )  # fmt: skip
    assert read(write(anna, parcel), bea, anna) == (history.entries[after:], {hashlib.sha256(blob).hexdigest(): blob})


def test_a_manager_passes_on_what_a_worker_signed(anna, bea, clara, history_of, parcel_of, write):
    history = history_of(anna, 5)
    with BundleReader(write(anna, parcel_of(anna, bea, history)), bea.identity, bea.trusts(anna)) as bundle:
        onward = parcel_of(bea, clara, history, stretches=bundle.stretches, incarnations=bundle.incarnations)
    assert read(write(bea, onward), clara, bea)[0] == history.entries


def told_by(party, history):
    """Return a history's stretch and incarnation, each with its owner's signature."""
    stretch, one = history.stretch(), history.incarnation
    place = (b64(stretch.incarnation), stretch.stream, stretch.end.sseq, b64(stretch.end.chain))
    end = party.identity.sign("\n".join(map(str, (*place, ""))).encode(), sshsig.HEAD)
    begin = party.identity.sign(f"{b64(one.id)}\n{b64(one.parent)}\n".encode(), sshsig.ORIGIN)
    return {"stretches": (replace(stretch, signature=end),), "incarnations": (replace(one, signature=begin),)}


def test_a_worker_cannot_vouch_for_a_vault_that_is_not_known(anna, bea, clara, history_of, parcel_of, write):
    history = history_of(bea, 5)
    path = write(anna, parcel_of(anna, clara, history, **told_by(bea, history)))
    with pytest.raises(SenderUnknown):
        read(path, clara, anna)
    assert read(path, clara, anna, bea)[0] == history.entries


def test_nobody_signs_for_another_vault(anna, bea, clara, history_of, parcel_of, write):
    history = history_of(anna, 5)
    with pytest.raises(BundleMalformed):
        write(bea, parcel_of(bea, clara, history))
    for signed_by_bea in ("stretches", "incarnations"):
        mixed = told_by(anna, history) | {signed_by_bea: told_by(bea, history)[signed_by_bea]}
        with pytest.raises(BundleMalformed):
            read(write(bea, parcel_of(bea, clara, history, **mixed)), clara, anna, bea)


def test_nobody_claims_the_incarnation_of_another_vault(anna, bea, clara, history_of, parcel_of, write):
    history = history_of(anna, 5)
    claimed = replace(history.incarnation, key=clara.identity.signing_key)
    with pytest.raises(BundleMalformed):
        read(write(clara, parcel_of(clara, bea, history, incarnations=(claimed,))), bea, clara)


def test_an_unknown_sender_is_named_by_the_key(anna, bea, history_of, parcel_of, write):
    path = write(anna, parcel_of(anna, bea, history_of(anna, 1)))
    with pytest.raises(SenderUnknown, match="not known here") as refused:
        read(path, bea)
    assert sshsig.fingerprint(anna.identity.device_id) in str(refused.value)


def test_somebody_else_cannot_open_it(anna, bea, clara, history_of, parcel_of, write):
    with pytest.raises(BundleNotForUs, match="damaged at the beginning"):
        read(write(anna, parcel_of(anna, bea, history_of(anna, 1))), clara, anna)


def test_an_administrator_sends_no_case_files(anna, bea, history_of, parcel_of, write):
    path = write(anna, parcel_of(anna, bea, history_of(anna, 1)))
    with pytest.raises(SenderNotAllowed), BundleReader(path, bea.identity, bea.trusts(Trusted(anna.card, "admin"))):
        pass


def test_what_is_no_bundle_is_told_without_a_vault(tmp_path: Path):
    (tmp_path / "note.tacb").write_bytes(b"just a note")
    with pytest.raises(NotABundle):
        outline(tmp_path / "note.tacb")


# --- writing fails or stops ---


def test_a_stopped_writing_leaves_no_file_and_keeps_the_older_one(anna, bea, history_of, parcel_of, tmp_path: Path):
    path = tmp_path / "parcel.tacb"
    path.write_bytes(b"older")
    for steps in range(1, 4):
        writing = write_bundle(path, anna.identity, parcel_of(anna, bea, history_of(anna, 5), attachments=()))
        for _ in zip(range(steps), writing, strict=False):
            pass
        writing.close()
        assert [p.name for p in tmp_path.iterdir()] == ["parcel.tacb"]


def test_a_stopped_writing_of_an_attachment_leaves_no_file(anna, bea, parcel_of, attachment_of, tmp_path: Path):
    parcel = parcel_of(anna, bea, attachments=tuple(attachment_of(os.urandom(400_000)) for _ in range(5)))
    writing = write_bundle(tmp_path / "parcel.tacb", anna.identity, parcel)
    next(writing)
    assert [p.name for p in tmp_path.iterdir()] == ["parcel.tacb.part"]
    writing.close()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "wrong", [{"size": 3}, {"sha256": "0" * 64}, {"chunks": lambda _: [b"other"]}], ids=["size", "digest", "bytes"]
)
def test_a_damaged_attachment_leaves_no_file(anna, bea, parcel_of, attachment_of, tmp_path: Path, wrong):
    attachment = replace(attachment_of(b"x" * 1000), **wrong)
    with pytest.raises(AttachmentDamaged):
        list(write_bundle(tmp_path / "a", anna.identity, parcel_of(anna, bea, attachments=(attachment,))))
    assert list(tmp_path.iterdir()) == []


def test_rows_that_do_not_end_as_promised_are_not_sent(anna, bea, history_of, parcel_of, tmp_path: Path):
    history = history_of(anna, 5)
    with pytest.raises(BundleMalformed):
        list(
            write_bundle(
                tmp_path / "a", anna.identity, parcel_of(anna, bea, history, rows=lambda _: history.entries[:4])
            )
        )
    assert list(tmp_path.iterdir()) == []


def test_what_is_erased_while_a_bundle_is_written_leaves_no_file(anna, bea, history_of, parcel_of, tmp_path: Path):
    history, asked = history_of(anna, 5), []

    def rows(_):
        asked.append(1)
        return history.entries if len(asked) == 1 else [replace(e, salt=b"", payload=b"") for e in history.entries]

    with pytest.raises(ErasedMeanwhile, match="No bundle was written"):
        list(write_bundle(tmp_path / "a", anna.identity, parcel_of(anna, bea, history, rows=rows)))
    assert list(tmp_path.iterdir()) == []


def test_too_much_is_refused_before_anything_is_written(anna, bea, parcel_of, attachment_of, tmp_path: Path):
    attachment = replace(attachment_of(b""), size=601 << 20)
    with pytest.raises(TooMuchForOneBundle, match="Nothing was written"):
        list(write_bundle(tmp_path / "a", anna.identity, parcel_of(anna, bea, attachments=(attachment,))))


def test_more_than_64_recipients_are_refused(anna, bea, clara, parcel_of, tmp_path: Path):
    parcel = parcel_of(anna, bea, escrow=(clara.identity.recipient,) * 63)
    with pytest.raises(TooMuchForOneBundle):
        list(write_bundle(tmp_path / "a", anna.identity, parcel))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(anna, bea, history_of, parcel_of, tmp_path: Path):
    with pytest.raises(CannotWrite):
        list(write_bundle(tmp_path / "no" / "a", anna.identity, parcel_of(anna, bea, history_of(anna, 1))))


def test_nothing_of_a_case_stands_in_the_file_or_its_name(anna, bea, history_of, parcel_of, write):
    content = write(anna, parcel_of(anna, bea, history_of(anna, 50))).read_bytes()
    for told in (b"Puce", b"contact", b"Amber", b"Beige", b"manifest", b64(anna.identity.device_id).encode()):
        assert told not in content
    assert neutral_name("2026-11-21", b"\x7f\x3a\x9c") == "tac-2026-11-21-7f3a9c.tacb"


def test_a_large_attachment_is_written_and_read_in_little_memory(anna, bea, parcel_of, attachment_of, write):
    chunk, count = os.urandom(1 << 20), 48
    digest = hashlib.sha256()
    for _ in range(count):
        digest.update(chunk)
    large = replace(attachment_of(b""), sha256=digest.hexdigest(), size=count << 20, chunks=lambda _: repeat(chunk, 8))
    tracemalloc.start()
    path = write(anna, parcel_of(anna, bea, attachments=(large,)))
    with BundleReader(path, bea.identity, bea.trusts(anna)) as bundle:
        sizes = [len(part.content) for part in bundle.parts()]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert sizes == [PIECE]  # the same bytes travel once
    assert peak < 40 << 20
