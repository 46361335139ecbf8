"""New keys for a vault: the old one signs the new card, others confirm it, and everything goes on as before."""

import json
import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from tac_desktop.actions import cards, exchange, handing_over, keeping, receipts, renewal, service, standing, vaults
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import BundleNotForUs, CardsAreEnrolled, NotACard, NotARenewal, SenderUnknown
from tac_desktop.export.card import read_card, write_card
from tac_desktop.export.identity import Identity
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import NOW, acquainted, result_of, save, send
from tests.actions.conftest import PASSPHRASE, Desk

PUCE = case_file_id("Z-001")
LATER = NOW + timedelta(hours=1)


def mother(desk):
    save(desk, "mother", {"reference": "Z-001", "name": "Puce Anchor", "prison": "EP"})


def contact(desk, summary, now=NOW):
    note = {"at": "2026-11-20T10:00", "kind": "phone", "summary": summary}
    return save(desk, "contact", note, case_file=PUCE, now=now)


def said(desk):
    return sorted(record.text("summary") for record in desk.store.records("contact", PUCE))


def renewed(desk, path, now=LATER):
    """Give a vault new keys and return the file of its card."""
    renewal.renew_own_keys(desk.vault, desk.store, now=now)
    cards.hand_out_card(desk.vault, path, now=now)
    return path


def card_of(desk, other):
    return next(one.card for one in cards.trusted_cards(desk.store) if one.card.device_id == other.vault.device_id)


def write(desk, card, path, now=LATER, **how):
    result_of(exchange.write_bundle(desk.vault, desk.store, card, path, now=now, **how))
    return path


def take(desk, path, now=LATER):
    return result_of(exchange.import_bundle(desk.vault, desk.store, path, now=now))


@contextmanager
def unlocked(folder):
    vault = vaults.unlock_as(folder, "Slate Kettle", PASSPHRASE)
    try:
        yield vault
    finally:
        vault.close()


def is_sound(desk):
    return result_of(keeping.check_vault(desk.store)) == ()


@pytest.fixture
def pair(make_desk, tmp_path):
    """A worker and a manager, by themselves, who know each other and have exchanged a case file."""
    worker, manager = make_desk("worker"), make_desk("manager")
    acquainted(tmp_path, worker, manager)
    mother(worker)
    contact(worker, "before")
    send(worker, card_of(worker, manager), manager, tmp_path / "b1")
    return worker, manager


def test_two_vaults_go_on_after_the_card_with_new_keys_was_confirmed(pair, tmp_path):
    worker, manager = pair
    old = worker.vault.device_id
    contact(worker, "not sent yet")
    file = renewed(worker, tmp_path / "new.taccard")
    contact(worker, "under new keys", LATER)
    assert worker.vault.device_id != old
    known, card = renewal.renewal_in(manager.vault, manager.store, file)
    assert (known.card.device_id, card.device_id) == (old, worker.vault.device_id)
    renewal.confirm_renewal(manager.vault, manager.store, file, now=LATER)
    write(worker, card_of(worker, manager), tmp_path / "b2")
    assert take(manager, tmp_path / "b2").new == 2
    assert said(manager) == ["before", "not sent yet", "under new keys"]
    contact(manager, "her answer", LATER)
    write(manager, card_of(manager, worker), tmp_path / "b3")
    assert take(worker, tmp_path / "b3").new == 1
    assert said(worker) == said(manager)
    assert [one.device for one in standing.standing(manager.vault, manager.store)] == [worker.vault.device_id]
    assert standing.forks(manager.store) == standing.forks(worker.store) == []
    assert is_sound(worker)
    assert is_sound(manager)


def test_what_was_known_of_the_old_keys_is_known_of_the_new_ones(pair, tmp_path):
    worker, manager = pair
    contact(manager, "first", NOW)
    write(manager, card_of(manager, worker), tmp_path / "to-old")
    before = {one.number for one in manager.store.exchange.notes("out")}
    file = renewed(worker, tmp_path / "new.taccard")
    renewal.confirm_renewal(manager.vault, manager.store, file, now=LATER)
    assert {one.peer for one in manager.store.exchange.notes("out")} == {worker.vault.device_id}
    imported = take(worker, tmp_path / "to-old")
    assert imported.new == 1
    note = receipts.type_receipt(manager.vault, manager.store, "", imported.receipt, now=LATER)
    assert note.id == imported.id
    assert manager.store.exchange.next_number(worker.vault.device_id) == max(before) + 1
    (one,) = standing.standing(manager.vault, manager.store)
    assert one.waiting_entries == 0


def test_an_acknowledgement_under_new_keys_counts_for_a_bundle_to_the_old_ones(pair, tmp_path):
    worker, manager = pair
    contact(manager, "first")
    write(manager, card_of(manager, worker), tmp_path / "to-old")
    take(worker, tmp_path / "to-old")
    file = renewed(worker, tmp_path / "new.taccard")
    renewal.confirm_renewal(manager.vault, manager.store, file, now=LATER)
    write(worker, card_of(worker, manager), tmp_path / "back")
    take(manager, tmp_path / "back")
    assert all(note.acknowledged for note in manager.store.exchange.notes("out"))


def test_bundles_for_the_last_two_keys_still_open_and_for_earlier_ones_not(pair, tmp_path):
    worker, manager = pair
    files = []
    for number in range(3):
        contact(manager, f"call {number}")
        files.append(write(manager, card_of(manager, worker), tmp_path / f"{number}.tacb", basis="all"))
        card = renewed(worker, tmp_path / f"{number}.taccard", LATER + timedelta(minutes=number))
        renewal.confirm_renewal(manager.vault, manager.store, card, now=LATER)
    assert take(worker, files[2]).sender == "Slate Kettle"
    take(worker, files[1])
    with pytest.raises(BundleNotForUs):
        take(worker, files[0])


def test_a_chain_of_renewals_is_confirmed_at_once(pair, tmp_path):
    worker, manager = pair
    for number in range(3):
        contact(worker, f"under key {number}", LATER + timedelta(minutes=number))
        file = renewed(worker, tmp_path / f"{number}.taccard", LATER + timedelta(minutes=number))
    renewal.confirm_renewal(manager.vault, manager.store, file, now=LATER)
    write(worker, card_of(worker, manager), tmp_path / "b", LATER + timedelta(minutes=9))
    take(manager, tmp_path / "b", LATER + timedelta(minutes=9))
    assert said(manager) == ["before", "under key 0", "under key 1", "under key 2"]


def test_nobody_takes_the_place_of_somebody_else_without_her_key(pair, make_desk, tmp_path):
    worker, manager = pair
    thief = make_desk("worker")
    mine, hers = cards.identity_of(thief.vault), cards.identity_of(worker.vault)
    forged = mine.renewed()
    claimed = replace(forged, former=(replace(forged.former[0], signing_key=hers.signing_key),))
    with pytest.raises(NotACard):
        write_card(claimed, os.urandom(32), name="x", role="worker", prison="EP", person="p", made="2026-11-21")
    plain = tmp_path / "plain.taccard"
    cards.hand_out_card(thief.vault, plain, now=NOW)
    with pytest.raises(NotARenewal):
        renewal.confirm_renewal(manager.vault, manager.store, plain, now=NOW)
    own = renewed(thief, tmp_path / "own.taccard")
    with pytest.raises(NotARenewal):
        renewal.confirm_renewal(manager.vault, manager.store, own, now=NOW)


def test_the_old_key_vouches_for_the_vault_and_not_for_somebody_new_at_it(pair, tmp_path):
    worker, manager = pair
    stranger = write_card(
        cards.identity_of(worker.vault).renewed(), os.urandom(32), name="Somebody Else", role="manager", prison="",
        person=worker.person.id, made="2026-11-21",
    )  # fmt: skip
    (tmp_path / "x").write_bytes(stranger)
    with pytest.raises(NotARenewal):
        renewal.confirm_renewal(manager.vault, manager.store, tmp_path / "x", now=NOW)


def test_a_stolen_card_of_new_keys_opens_nothing_and_the_replaced_key_vouches_for_nobody(pair, tmp_path):
    worker, manager = pair
    stolen = cards.identity_of(worker.vault)
    seed = worker.vault.seal_seed()
    file = renewed(worker, tmp_path / "new.taccard")
    card = renewal.confirm_renewal(manager.vault, manager.store, file, now=LATER)
    with pytest.raises(NotARenewal):
        renewal.confirm_renewal(manager.vault, manager.store, file, now=LATER)
    about = {"name": card.name, "role": card.role, "prison": card.prison, "person": card.person, "made": card.made}
    (tmp_path / "thief").write_bytes(write_card(stolen.renewed(), seed, **about))
    with pytest.raises(NotARenewal):
        renewal.confirm_renewal(manager.vault, manager.store, tmp_path / "thief", now=LATER)
    assert [one.card.device_id for one in cards.trusted_cards(manager.store)] == [worker.vault.device_id]


def test_restricted_records_and_the_audit_stay_the_vaults_own(manager, tmp_path):
    streams = manager.store.restricted_stream, manager.store.terminal_stream
    events = len(manager.store.entries(manager.store.terminal_stream))
    renewed(manager, tmp_path / "c")
    folder = manager.vault.folder
    assert (manager.store.restricted_stream, manager.store.terminal_stream) == streams
    manager.store.close()
    manager.vault.close()
    with unlocked(folder) as vault:
        store = Store(vault)
        assert (store.restricted_stream, store.terminal_stream) == streams
        assert len(store.entries(store.terminal_stream)) > events
        store.close()


def test_the_new_incarnation_names_its_parent_and_the_old_ones_are_signed(pair, tmp_path):
    worker, _ = pair
    last = worker.vault.incarnation.rid
    renewed(worker, tmp_path / "c")
    origins = worker.store.exchange.origins()
    assert origins[worker.vault.incarnation.rid].parent == last
    assert origins[last].signature
    assert origins[last].key
    ends = [one for one in worker.store.exchange.reaches() if one.incarnation == last]
    assert ends
    assert all(one.signature for one in ends)


# --- in a service ---


@pytest.fixture
def three(make_desk, tmp_path):
    """A service: the manager who keeps the roster, a worker, and a colleague who gets everything over the manager."""
    manager, worker, colleague = make_desk("manager"), make_desk("worker"), make_desk("worker")
    acquainted(tmp_path, manager, worker, colleague)
    founded = service.found_service(manager.vault, manager.store, "Two Prisons", now=NOW)
    service.hand_out_roster(manager.store, tmp_path / "r")
    for one in (worker, colleague):
        service.join_service(one.vault, one.store, tmp_path / "r", founded.service_code, now=NOW)
    mother(worker)
    contact(worker, "before")
    take(manager, write(worker, card_of(worker, manager), tmp_path / "s1", NOW), NOW)
    return manager, worker, colleague


def test_the_roster_names_the_new_keys_and_a_third_vault_gets_forwarded_entries_of_both(three, tmp_path):
    manager, worker, colleague = three
    old = worker.vault.device_id
    contact(worker, "not sent yet")
    file = renewed(worker, tmp_path / "new.taccard")
    contact(worker, "under new keys", LATER)
    with pytest.raises(CardsAreEnrolled):
        renewal.confirm_renewal(colleague.vault, colleague.store, file, now=LATER)
    with pytest.raises(SenderUnknown):
        take(manager, write(worker, card_of(worker, manager), tmp_path / "early"))
    renewal.confirm_renewal(manager.vault, manager.store, file, now=LATER)
    members = {one.device_id: one for one in service.service_of(manager.store, now=LATER).members}
    assert (members[old].status, len(members[old].until or ())) == ("left", 1)
    assert members[worker.vault.device_id].replaces == old
    imported = take(manager, write(worker, card_of(worker, manager), tmp_path / "b2"))
    assert (imported.new, imported.left_out) == (2, 0)
    to_colleague = write(manager, card_of(manager, colleague), tmp_path / "b3", cases=[PUCE])
    found = take(colleague, to_colleague)
    assert (found.roster, found.left_out) == (2, 0)
    assert said(colleague) == ["before", "not sent yet", "under new keys"]
    take(worker, write(manager, card_of(manager, worker), tmp_path / "b4"))
    assert service.service_of(worker.store, now=LATER).is_member
    assert is_sound(colleague)


def test_hand_overs_and_the_opener_of_a_case_file_follow_to_the_new_keys(three, tmp_path):
    manager, worker, colleague = three
    take(worker, write(manager, card_of(manager, worker), tmp_path / "b0"))
    handing_over.hand_over(worker.vault, worker.store, PUCE, card_of(worker, colleague), kind="cover", now=NOW)
    take(colleague, write(worker, card_of(worker, colleague), tmp_path / "b1", NOW), NOW)
    for one, name in ((worker, "w"), (colleague, "c")):
        file = renewed(one, tmp_path / name)
        renewal.confirm_renewal(manager.vault, manager.store, file, now=LATER)
    service.hand_out_roster(manager.store, tmp_path / "r3")
    for one in (worker, colleague):
        service.take_in_roster(one.vault, one.store, tmp_path / "r3", now=LATER)
    contact(colleague, "of the colleague", LATER)
    contact(worker, "of the worker", LATER)
    take(colleague, write(worker, card_of(worker, colleague), tmp_path / "b2"))
    take(worker, write(colleague, card_of(colleague, worker), tmp_path / "b3"))
    assert said(worker) == said(colleague) == ["before", "of the colleague", "of the worker"]
    (given,) = handing_over.handovers(worker.vault, worker.store, PUCE)
    (got,) = handing_over.handovers(colleague.vault, colleague.store, PUCE)
    assert (given.device, given.state) == (colleague.vault.device_id, "taken_over")
    assert got.received


def test_whoever_keeps_the_roster_names_her_own_new_keys_in_it(three, tmp_path):
    manager, worker, _ = three
    renewed(manager, tmp_path / "new.taccard")
    assert service.service_of(manager.store, now=LATER).is_member
    contact(manager, "of the manager", LATER)
    file = tmp_path / "b"
    old_card = card_of(manager, worker)
    found = take(worker, write(manager, old_card, file))
    assert found.roster == 2
    assert said(worker) == ["before", "of the manager"]
    assert take(manager, write(worker, card_of(worker, manager), tmp_path / "back")).new == 0


def test_what_a_stolen_copy_writes_under_the_old_key_counts_for_nothing(three, tmp_path):
    manager, worker, _ = three
    result_of(keeping.back_up(worker.vault, worker.store, tmp_path / "copies", now=NOW))
    (copy,) = (tmp_path / "copies").iterdir()
    result_of(keeping.restore(copy, tmp_path / "stolen"))
    renewal.confirm_renewal(manager.vault, manager.store, renewed(worker, tmp_path / "n"), now=LATER)
    with unlocked(tmp_path / "stolen") as vault:
        thief = Desk(vault, Store(vault))
        contact(thief, "forged", LATER)
        imported = take(manager, write(thief, card_of(thief, manager), tmp_path / "forged"))
        assert imported.left_out > 0
        assert said(manager) == ["before"]
        with pytest.raises(NotARenewal):
            renewal.confirm_renewal(manager.vault, manager.store, renewed(thief, tmp_path / "t"), now=LATER)
        thief.store.close()


_KILLED = """
import os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from tac_desktop.actions import renewal, vaults
from tac_desktop.storage.store import Store
step = sys.argv[3]
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
vault = vaults.unlock_as(Path(sys.argv[1]), "Slate Kettle", sys.argv[2])
store = Store(vault)
setattr(renewal, step, die)
renewal.renew_own_keys(vault, store, now=datetime(2026, 11, 21, 11, 0, tzinfo=UTC))
"""


@pytest.mark.parametrize("step", ["_sign_everything", "note_event", "own_code"])
def test_a_vault_that_is_killed_meanwhile_has_its_old_keys_or_its_new_ones(pair, tmp_path, step):
    worker, manager = pair
    folder, old = worker.vault.folder, worker.vault.device_id
    worker.store.close()
    worker.vault.close()
    killed = subprocess.run([sys.executable, "-c", _KILLED, str(folder), PASSPHRASE, step], check=False, timeout=240)
    assert killed.returncode == -signal.SIGKILL
    with unlocked(folder) as vault:
        desk = Desk(vault, Store(vault))
        assert (vault.device_id == old) is (step != "own_code")
        assert cards.identity_of(vault).device_id == vault.device_id
        contact(desk, "afterwards", LATER)
        if step == "own_code":
            cards.hand_out_card(vault, tmp_path / "c", now=LATER)
            renewal.confirm_renewal(manager.vault, manager.store, tmp_path / "c", now=LATER)
        assert take(manager, write(desk, card_of(desk, manager), tmp_path / "b")).new == 1
        assert is_sound(desk)
        desk.store.close()


# --- the card ---


def test_a_card_with_new_keys_is_read_by_who_knows_nothing_of_renewals(pair, tmp_path):
    worker, _ = pair
    told = json.loads(renewed(worker, tmp_path / "c").read_bytes())
    assert sorted(told) == ["card", "seal_signature", "signature"]
    text = json.loads(told["card"])
    assert len(text.pop("replaces")) == 1
    assert sorted(text) == sorted(
        ["type", "v", "name", "role", "prison", "signing_key", "recipient", "person", "seal_key", "made"]
    )


def test_the_old_seed_is_forgotten():
    before = Identity.create()
    stored = before.renewed().to_bytes()
    assert before.to_bytes() not in stored
    assert json.loads(before.to_bytes())["signing_seed"] not in stored.decode()
    assert Identity.from_bytes(stored).to_bytes() == stored


def test_a_card_of_eight_renewals_fits_and_its_latest_ones_stand_on_it():
    identity, keys = Identity.create(), []
    for _ in range(10):
        keys.append(identity.signing_key)
        identity = identity.renewed()
    file = write_card(
        identity, os.urandom(32), name="x", role="worker", prison="EP", person="p", made="2026-11-21"
    )  # fmt: skip
    assert read_card(file).replaces == tuple(keys[2:])
