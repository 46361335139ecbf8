"""Entries that somebody else carries: whole and unaltered, signed by whom they are of, or not at all."""

import json
from dataclasses import replace

import pytest

from tac_desktop.actions import cards, exchange
from tac_desktop.actions.parcels import held_by, load_for, parcel_of, streams_for
from tac_desktop.casework.journal import change_id, stream_chain
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import BundleMalformed, BundleRefused, SenderUnknown
from tac_desktop.export.bundle.rows import Position
from tac_desktop.export.bundle.writer import Volume, write_bundle
from tests.actions.between_vaults import NOW, acquainted, result_of, save, send

PUCE = case_file_id("Z-001")


def contact(desk, summary):
    note = {"at": "2026-11-20T10:00", "kind": "phone", "summary": summary}
    return save(desk, "contact", note, case_file=PUCE)


def take(desk, path):
    return result_of(exchange.import_bundle(desk.vault, desk.store, path, now=NOW))


@pytest.fixture
def chain(make_desk, tmp_path):
    """A worker, the manager who carries her five entries, a colleague who is to get them, and the colleague's card."""
    worker, manager, colleague = make_desk("worker"), make_desk("manager"), make_desk("worker")
    _, to_manager, to_colleague = acquainted(tmp_path, worker, manager, colleague)
    save(worker, "mother", {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP"})
    for number in range(4):
        contact(worker, f"Call {number}.")
    send(worker, to_manager, manager, tmp_path / "b")
    return worker, manager, colleague, to_colleague


def parcel_from(desk, card):
    """Return what an honest vault would send: the worker's entries and the hand-over."""
    result_of(exchange.write_bundle(desk.vault, desk.store, card, desk.vault.folder / "x.tacb", now=NOW, cases=[PUCE]))
    to = cards.whom_we_trust(desk.vault, desk.store)[card.device_id]
    streams = streams_for(desk.vault, desk.store, to, None, today="2026-11-21").hers
    load = load_for(desk.vault, desk.store, streams, held_by(desk.store.exchange, card.device_id, "all"))
    volume = Volume(case_file_id("a set"), 1, 1)
    return parcel_of(desk.vault, desk.store, to, load, kind="sync", volume=volume, tells_all=None, now=NOW)


def sealed(desk, parcel, path):
    """Seal a parcel as the carrier, who has her own keys and no others."""
    result_of(write_bundle(path, cards.identity_of(desk.vault), parcel))
    return path


def theirs(parcel, desk):
    """Return the one incarnation of another vault in a parcel."""
    own = {rid for rid, one in desk.store.exchange.origins().items() if one.own}
    return next(stretch for stretch in parcel.stretches if stretch.incarnation not in own)


def with_rows(parcel, stretch, rows):
    """Return a parcel in which a history consists of other rows; its chain fits them."""
    position = Position(0, b"")
    for row in rows:
        position = Position(row.sseq, stream_chain(position.chain, change_id(row.sem), row.sseq))
    others = tuple(one for one in parcel.stretches if one is not stretch)
    before = parcel.rows
    return replace(
        parcel, stretches=(*others, replace(stretch, end=position)),
        rows=lambda rid: rows if rid == stretch.incarnation else before(rid),
    )  # fmt: skip


def test_an_honest_carrier_brings_everything(chain, tmp_path):
    _, manager, colleague, to_colleague = chain
    assert take(colleague, sealed(manager, parcel_from(manager, to_colleague), tmp_path / "p")).new == 6
    assert len(colleague.store.records("contact")) == 4


def test_a_carrier_who_alters_one_byte_is_refused(chain, tmp_path):
    _, manager, colleague, to_colleague = chain
    parcel = parcel_from(manager, to_colleague)
    stretch = theirs(parcel, manager)
    rows = list(parcel.rows(stretch.incarnation))
    for place in range(len(rows)):
        sem = json.loads(rows[place].sem)
        sem[8] += 1  # the clock alone
        altered = replace(rows[place], sem=json.dumps(sem, separators=(",", ":"), ensure_ascii=False).encode())
        forged = with_rows(parcel, stretch, [*rows[:place], altered, *rows[place + 1 :]])
        with pytest.raises(BundleRefused, match="Nothing was changed"):
            take(colleague, sealed(manager, forged, tmp_path / "p"))
    assert colleague.store.records("mother") == []


def test_a_carrier_who_leaves_out_the_last_entries_is_refused_without_a_signature_for_it(chain, tmp_path):
    _, manager, colleague, to_colleague = chain
    parcel = parcel_from(manager, to_colleague)
    stretch = theirs(parcel, manager)
    rows = list(parcel.rows(stretch.incarnation))
    with pytest.raises(BundleMalformed):
        take(colleague, sealed(manager, with_rows(parcel, stretch, rows[:-3]), tmp_path / "p"))
    assert colleague.store.records("mother") == []


def test_what_a_carrier_knew_earlier_is_accepted_up_to_where_it_was_signed_then(chain, tmp_path):
    worker, manager, colleague, to_colleague = chain
    earlier = parcel_from(manager, to_colleague)
    for number in range(3):
        contact(worker, f"Later call {number}.")
    to_manager = next(one.card for one in cards.trusted_cards(worker.store) if one.role == "manager")
    send(worker, to_manager, manager, tmp_path / "b")
    take(colleague, sealed(manager, earlier, tmp_path / "p"))
    assert len(colleague.store.records("contact")) == 4, "up to the earlier signature; that more follows is not lost"
    send(manager, to_colleague, colleague, tmp_path / "q")
    assert len(colleague.store.records("contact")) == 7


def test_entries_in_the_name_of_another_vault_need_its_signature(chain, tmp_path):
    _, manager, colleague, to_colleague = chain
    parcel = parcel_from(manager, to_colleague)
    stretch = theirs(parcel, manager)
    unsigned = replace(stretch, signature=b"")
    others = tuple(one for one in parcel.stretches if one is not stretch)
    with pytest.raises(BundleRefused):
        take(colleague, sealed(manager, replace(parcel, stretches=(*others, unsigned)), tmp_path / "p"))
    own = next(one for one in parcel.stretches if one is not stretch)
    stolen = replace(stretch, signature=own.signature)
    with pytest.raises(BundleRefused):
        take(colleague, sealed(manager, replace(parcel, stretches=(own, stolen)), tmp_path / "p"))
    assert colleague.store.records("mother") == []


def test_a_worker_passes_on_entries_of_known_vaults_only(chain, make_desk, tmp_path):
    worker, manager, colleague, to_colleague = chain
    third = make_desk("worker")
    _, to_third = acquainted(tmp_path, colleague, third)
    send(manager, to_colleague, colleague, tmp_path / "b", cases=[PUCE])
    with pytest.raises(SenderUnknown, match="Nothing was changed"):
        send(colleague, to_third, third, tmp_path / "c", cases=[PUCE])
    assert third.store.records("mother") == []
    for other in (worker, manager):
        code = cards.hand_out_card(other.vault, tmp_path / "x", now=NOW)
        cards.trust_card(third.vault, third.store, tmp_path / "x", code, now=NOW)
    assert take(third, tmp_path / "c").new == 7


def test_a_carrier_who_changes_the_order_is_refused(chain, tmp_path):
    _, manager, colleague, to_colleague = chain
    parcel = parcel_from(manager, to_colleague)
    stretch = theirs(parcel, manager)
    rows = list(parcel.rows(stretch.incarnation))
    swapped = [*rows[:2], replace(rows[3], sseq=3, seq=rows[2].seq), replace(rows[2], sseq=4, seq=rows[3].seq), rows[4]]
    with pytest.raises(BundleRefused, match="Nothing was changed"):
        take(colleague, sealed(manager, with_rows(parcel, stretch, swapped), tmp_path / "p"))
    assert colleague.store.records("mother") == []
