"""Whose entries a bundle may bring: withdrawn members up to their cut-off, others through who may pass them on."""

from dataclasses import replace

import pytest

from tac_desktop.casework.journal import b64, decode_sem, encode_sem
from tac_desktop.casework.service import Place
from tac_desktop.errors import BundleMalformed, SenderNotAllowed, SenderUnknown, SenderWithdrawn, TwoHistories
from tac_desktop.export import sshsig
from tac_desktop.export.bundle.reader import BundleReader, Rows
from tac_desktop.export.bundle.vouching import origin_text
from tac_desktop.export.card import Trusted


@pytest.fixture
def passed_on(anna, bea, clara, history_of, parcel_of, write):
    """Write a bundle in which Bea passes on to Clara a part of Anna's history."""

    def write_it(after=0, end=10, *, signed=True, history=None):
        whole = history or history_of(anna, 10)
        told = replace(whole, entries=whole.entries[:end])
        stretch, one = told.stretch(after), told.incarnation
        place = (b64(stretch.incarnation), stretch.stream, stretch.end.sseq, b64(stretch.end.chain))
        head = anna.identity.sign("\n".join(map(str, (*place, ""))).encode(), sshsig.HEAD) if signed else b""
        begin = anna.identity.sign(origin_text(b64(one.id), ""), sshsig.ORIGIN)
        return write(bea, parcel_of(
            bea, clara, told, stretches=(replace(stretch, signature=head),),
            incarnations=(replace(one, signature=begin),), rows=lambda _: told.entries[after:],
        ))  # fmt: skip

    return write_it


def read(path, clara, *trusted):
    """Return the numbers of the entries that count, and how many were left out."""
    with BundleReader(path, clara.identity, clara.trusts(*trusted)) as bundle:
        found = [e.sseq for part in bundle.parts() if isinstance(part, Rows) for e in part.entries]
        assert len(found) == sum(stretch.rows for stretch in bundle.stretches) == bundle.row_count - bundle.left_out
        assert [stretch.rows for stretch in bundle.stretches] == ([len(found)] if found else [])
        return found, bundle.left_out


def withdrawn(anna, history, status, *places):
    """Return Anna as a roster names her that withdrew her at these places of her history."""
    until = tuple(Place(history.incarnation.id, history.stream, sseq, history.chain(sseq)) for sseq in places)
    return Trusted(anna.card, "worker", status=status, until=until, withdrawn_on="2026-11-20")


@pytest.mark.parametrize("status", ["left", "lost", "compromised"])
def test_rows_beyond_the_cut_off_are_left_out_and_the_rest_is_taken_in(anna, bea, clara, history_of, passed_on, status):
    history = history_of(anna, 10)
    assert read(passed_on(), clara, bea, withdrawn(anna, history, status, 7)) == ([1, 2, 3, 4, 5, 6, 7], 3)
    assert read(passed_on(after=3), clara, bea, withdrawn(anna, history, status, 7)) == ([4, 5, 6, 7], 3)
    assert read(passed_on(end=7), clara, bea, withdrawn(anna, history, status, 7)) == ([1, 2, 3, 4, 5, 6, 7], 0)


def test_a_history_that_goes_on_behind_the_cut_off_is_no_gap(anna, bea, clara, history_of, passed_on):
    history = history_of(anna, 10)
    for after in (7, 9):
        path = passed_on(after=after)
        assert read(path, clara, bea, withdrawn(anna, history, "lost", 7)) == ([], 10 - after)


def test_a_history_that_the_roster_does_not_name_counts_for_nothing(anna, bea, clara, history_of, passed_on):
    assert read(passed_on(), clara, bea, withdrawn(anna, history_of(anna, 10), "left")) == ([], 10)
    assert read(passed_on(), clara, bea, Trusted(anna.card, "worker", status="lost")) == ([], 10)


def test_who_has_left_without_an_end_is_believed_in_all(anna, bea, clara, passed_on):
    assert read(passed_on(), clara, bea, Trusted(anna.card, "worker", status="left"))[1] == 0


def test_a_lost_vault_s_history_counts_only_if_it_reaches_the_place_that_the_roster_names(
    anna, bea, clara, history_of, passed_on
):
    history = history_of(anna, 10)
    assert read(passed_on(end=5), clara, bea, withdrawn(anna, history, "lost", 7)) == ([], 5)
    assert read(passed_on(end=5), clara, bea, withdrawn(anna, history, "left", 7)) == ([1, 2, 3, 4, 5], 0)


def test_another_history_under_a_stolen_key_is_refused_at_the_cut_off(
    anna, bea, clara, history_of, entry_of, passed_on
):
    true = history_of(anna, 10)
    forged = replace(true, entries=[
        entry_of(true.incarnation.id, true.stream, n, {"narrative": "never written"}) for n in range(1, 11)
    ])  # fmt: skip
    with pytest.raises(TwoHistories, match="Nothing was changed"):
        read(passed_on(history=forged), clara, bea, withdrawn(anna, true, "compromised", 7))


def test_the_roster_vouches_for_the_end_of_a_cut_history_in_place_of_its_device(
    anna, bea, clara, history_of, passed_on
):
    history = history_of(anna, 10)
    path = passed_on(end=7, signed=False)
    assert read(path, clara, bea, withdrawn(anna, history, "lost", 7)) == ([1, 2, 3, 4, 5, 6, 7], 0)
    for other in (withdrawn(anna, history, "lost", 6), withdrawn(anna, history, "lost"), anna):
        with pytest.raises(BundleMalformed):
            read(path, clara, bea, other)


# --- a withdrawn sender ---


@pytest.mark.parametrize("status", ["lost", "compromised"])
def test_what_a_lost_vault_signs_is_not_read_at_all(anna, bea, history_of, parcel_of, write, status):
    history = history_of(anna, 10)
    path = write(anna, parcel_of(anna, bea, history))
    with pytest.raises(SenderWithdrawn, match=r"withdrawn from the service on 2026-11-20\. Nothing was changed"):
        read(path, bea, withdrawn(anna, history, status, 7))


def test_what_a_member_signed_who_has_left_is_read_up_to_the_end_of_her_work(anna, bea, history_of, parcel_of, write):
    history = history_of(anna, 10)
    path = write(anna, parcel_of(anna, bea, history))
    assert read(path, bea, withdrawn(anna, history, "left", 7)) == ([1, 2, 3, 4, 5, 6, 7], 3)


# --- passing on ---


def test_entries_of_a_vault_that_is_not_known_come_through_who_may_pass_them_on_only(anna, bea, clara, passed_on):
    path = passed_on()
    assert read(path, clara, bea)[1] == 0
    assert read(path, clara, Trusted(bea.card, "worker", frozenset({"sync", "forward"})))[1] == 0
    for others in ([Trusted(bea.card, "worker")], [Trusted(bea.card, "manager", frozenset({"sync"}))]):
        with pytest.raises(SenderUnknown, match="Nothing was changed"):
            read(path, clara, *others)
    assert read(path, clara, Trusted(bea.card, "worker"), anna)[1] == 0


def test_a_vault_that_is_known_only_through_who_passes_on_has_a_worker_s_rights(
    anna, bea, clara, history_of, passed_on
):
    plain = history_of(anna, 1)
    for op, passes in (("grant", True), ("seal", True), ("redact", False)):
        sem = encode_sem(replace(decode_sem(plain.entries[0].sem), op=op))
        path = passed_on(history=replace(plain, entries=[replace(plain.entries[0], sem=sem)]))
        assert read(path, clara, bea, Trusted(anna.card, "manager")) == ([1], 0)
        if passes:
            assert read(path, clara, bea) == ([1], 0)
        else:
            with pytest.raises(SenderNotAllowed, match="Nothing was changed"):
                read(path, clara, bea)


def test_a_carrier_cannot_leave_out_the_last_entries_unnoticed(anna, bea, clara, history_of, parcel_of, write):
    """She can pass on less only with an older end that the writer has signed; a new end she cannot sign."""
    history = history_of(anna, 10)
    shorter = replace(history, entries=history.entries[:7])
    one = replace(history.incarnation, signature=anna.identity.sign(
        origin_text(b64(history.incarnation.id), ""), sshsig.ORIGIN
    ))  # fmt: skip
    stretch = shorter.stretch()
    place = (b64(stretch.incarnation), stretch.stream, stretch.end.sseq, b64(stretch.end.chain))
    signed_by_bea = bea.identity.sign("\n".join(map(str, (*place, ""))).encode(), sshsig.HEAD)
    path = write(bea, parcel_of(
        bea, clara, shorter, incarnations=(one,), stretches=(replace(stretch, signature=signed_by_bea),)
    ))  # fmt: skip
    with pytest.raises(BundleMalformed):
        read(path, clara, bea, anna)
