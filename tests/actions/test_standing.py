"""Who has what up to when: bases, acknowledgements that can be revoked, gaps by their numbers, receipts, forks."""

import shutil
from datetime import timedelta

import pytest

from tac_desktop.actions import cards, exchange, keeping, vaults
from tac_desktop.actions.receipts import type_receipt
from tac_desktop.actions.standing import bundle_history, forks, standing
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import MissingEntries, ReceiptWrong
from tac_desktop.storage.store import Store
from tests.actions.between_vaults import NOW, acquainted, result_of, save
from tests.actions.conftest import PASSPHRASE

DAY = timedelta(days=1)
PUCE = case_file_id("Z-001")


def mother(desk, reference="Z-001"):
    return save(desk, "mother", {"reference": reference, "name": "Puce Anchor", "prison": "EP"})


def contact(desk, summary, **how):
    note = {"at": "2026-11-20T10:00", "kind": "phone", "summary": summary}
    return save(desk, "contact", note, case_file=PUCE, **how)


def write(desk, card, path, now=NOW, **how):
    return result_of(exchange.write_bundle(desk.vault, desk.store, card, path, now=now, **how))


def take(desk, path, now=NOW):
    return result_of(exchange.import_bundle(desk.vault, desk.store, path, now=now))


def with_one(desk, other):
    """Return how a vault stands with another one."""
    return next(one for one in standing(desk.vault, desk.store) if one.device == other.vault.device_id)


@pytest.fixture
def pair(make_desk, tmp_path):
    worker, manager = make_desk("worker"), make_desk("manager")
    mother(worker)
    return worker, manager, *acquainted(tmp_path, worker, manager)


def test_it_is_told_what_went_what_arrived_and_what_waits(pair, tmp_path):
    worker, manager, to_worker, to_manager = pair
    before = with_one(worker, manager)
    assert (before.last_sent, before.acknowledged_up_to, before.waiting_entries) == ("", "", 1)
    write(worker, to_manager, tmp_path / "b")
    sent = with_one(worker, manager)
    assert (sent.last_sent[:10], sent.last_sent_number, sent.acknowledged_up_to) == ("2026-11-21", 1, "")
    assert sent.waiting_entries == 1, "it may still be lost"
    take(manager, tmp_path / "b", NOW + DAY)
    there = with_one(manager, worker)
    assert (there.last_received[:10], there.missing, there.waiting_entries) == ("2026-11-22", (), 0)
    write(manager, to_worker, tmp_path / "back", NOW + DAY)
    take(worker, tmp_path / "back", NOW + DAY)
    after = with_one(worker, manager)
    assert (after.acknowledged_up_to, after.waiting_entries) == (sent.last_sent, 0)
    contact(worker, "Later.", now=NOW + DAY)
    assert with_one(worker, manager).waiting_entries == 1


def test_the_history_of_bundles_tells_both_directions(pair, tmp_path):
    worker, manager, to_worker, to_manager = pair
    first = write(worker, to_manager, tmp_path / "b")
    take(manager, tmp_path / "b", NOW + DAY)
    write(manager, to_worker, tmp_path / "back", NOW + 2 * DAY, kind="receipt")
    take(worker, tmp_path / "back", NOW + 3 * DAY)
    told = [
        (one.direction, one.kind, one.number, one.entries, one.acknowledged) for one in bundle_history(worker.store)
    ]
    assert told == [("in", "receipt", 1, 0, False), ("out", "sync", 1, 1, True)]
    (went, came) = bundle_history(manager.store)
    assert (went.direction, went.acknowledged, came.acknowledged) == ("out", False, True)
    assert (came.id, came.peer_name, came.size, came.volume) == (first.id, "Slate Kettle", first.size, (1, 1))


def test_the_base_is_what_was_acknowledged_or_sent_or_nothing(pair, tmp_path):
    worker, manager, _, to_manager = pair
    write(worker, to_manager, tmp_path / "1")
    contact(worker, "Later.")
    assert write(worker, to_manager, tmp_path / "2", basis="sent").entries == 1
    assert write(worker, to_manager, tmp_path / "3").entries == 2
    assert write(worker, to_manager, tmp_path / "4", basis="sent").entries == 0
    assert write(worker, to_manager, tmp_path / "5", basis="all").entries == 2
    assert take(manager, tmp_path / "5").new == 2


def test_missing_bundles_are_named_and_the_next_bundle_back_says_what_is_held(pair, tmp_path):
    worker, manager, to_worker, to_manager = pair
    for number in range(1, 5):
        contact(worker, f"Call {number}.", now=NOW + number * DAY)
        write(worker, to_manager, tmp_path / str(number), NOW + number * DAY, basis="sent")
    take(manager, tmp_path / "1", NOW + 4 * DAY)
    with pytest.raises(
        MissingEntries, match=r"Bundles 2 and 3 of Slate Kettle’s vault are missing\. Nothing was changed"
    ):
        take(manager, tmp_path / "4", NOW + 4 * DAY)
    assert len(manager.store.records("contact")) == 1
    assert with_one(manager, worker).missing == (2, 3)
    write(manager, to_worker, tmp_path / "back", NOW + 5 * DAY)
    take(worker, tmp_path / "back", NOW + 5 * DAY)
    assert write(worker, to_manager, tmp_path / "5", NOW + 5 * DAY, basis="sent").entries == 3
    assert take(manager, tmp_path / "5", NOW + 5 * DAY).new == 3
    assert with_one(manager, worker).missing == (), "the fifth held what they held"


def test_what_was_acknowledged_is_sent_again_to_a_vault_that_lost_it(pair, tmp_path):
    worker, manager, to_worker, to_manager = pair
    manager.store.close()
    shutil.copytree(manager.vault.folder, tmp_path / "backup")
    manager = manager._replace(store=Store(manager.vault))
    write(worker, to_manager, tmp_path / "b")
    take(manager, tmp_path / "b")
    write(manager, to_worker, tmp_path / "back")
    take(worker, tmp_path / "back")
    contact(worker, "Later.", now=NOW + DAY)
    write(worker, to_manager, tmp_path / "c", NOW + DAY)
    vault = vaults.unlock(tmp_path / "backup", vaults.people_of(tmp_path / "backup")[0].id, PASSPHRASE)
    restored = type(manager)(vault, Store(vault))
    with pytest.raises(MissingEntries, match="Bundle 1 of"):
        take(restored, tmp_path / "c", NOW + DAY)
    write(restored, to_worker, tmp_path / "again", NOW + 2 * DAY)
    take(worker, tmp_path / "again", NOW + 2 * DAY)
    assert with_one(worker, manager).waiting_entries == 2, "what it had acknowledged is taken back"
    assert write(worker, to_manager, tmp_path / "d", NOW + 2 * DAY).entries == 2
    assert take(restored, tmp_path / "d", NOW + 2 * DAY).new == 2
    restored.store.close()
    vault.close()
    manager.store.close()


def test_a_vault_made_of_a_backup_gets_back_what_it_had_taken_in_and_what_it_had_written_itself(pair, tmp_path):
    worker, manager, to_worker, to_manager = pair
    write(worker, to_manager, tmp_path / "a")
    take(manager, tmp_path / "a")
    write(manager, to_worker, tmp_path / "a", NOW)
    take(worker, tmp_path / "a")
    backup = result_of(keeping.back_up(manager.vault, manager.store, tmp_path / "backups", now=NOW))
    contact(manager, "After the backup.", now=NOW + DAY)
    contact(worker, "After it, too.", now=NOW + DAY)
    write(worker, to_manager, tmp_path / "b", NOW + DAY)
    take(manager, tmp_path / "b", NOW + DAY)
    write(manager, to_worker, tmp_path / "c", NOW + DAY)
    take(worker, tmp_path / "c", NOW + DAY)
    assert with_one(worker, manager).waiting_entries == 0
    result_of(keeping.restore(backup, tmp_path / "back"))
    vault = vaults.unlock(tmp_path / "back", vaults.people_of(tmp_path / "back")[0].id, PASSPHRASE)
    restored = type(manager)(vault, Store(vault))
    assert restored.store.records("contact") == []
    write(restored, to_worker, tmp_path / "d", NOW + 2 * DAY)
    take(worker, tmp_path / "d", NOW + 2 * DAY)
    assert with_one(worker, manager).waiting_entries == 3, "all of hers, and what the vault had written itself"
    write(worker, to_manager, tmp_path / "e", NOW + 2 * DAY)
    assert take(restored, tmp_path / "e", NOW + 2 * DAY).new == 2
    assert restored.store.records("contact") == manager.store.records("contact")
    again = write(restored, to_worker, tmp_path / "f", NOW + 3 * DAY)
    assert again.entries == 0
    take(worker, tmp_path / "f", NOW + 3 * DAY)
    assert with_one(worker, manager).waiting_entries == 0
    restored.store.close()
    vault.close()


def test_a_copied_vault_shows_as_a_fork_at_others_and_stops_nobody(pair, tmp_path):
    worker, manager, _, to_manager = pair
    worker.store.close()
    shutil.copytree(worker.vault.folder, tmp_path / "copy")
    vault = vaults.unlock(tmp_path / "copy", vaults.people_of(tmp_path / "copy")[0].id, PASSPHRASE)
    copies = [vault]
    worker.vault.close()
    again = vaults.unlock(worker.vault.folder, vaults.people_of(worker.vault.folder)[0].id, PASSPHRASE)
    copies.append(again)
    for number, one in enumerate(copies):
        desk = type(worker)(one, Store(one))
        contact(desk, f"On copy {number}.")
        write(desk, to_manager, tmp_path / f"{number}")
        desk.store.close()
        assert forks(manager.store) == []
        take(manager, tmp_path / f"{number}")
    (fork,) = forks(manager.store)
    assert (fork.device, fork.name, len(fork.incarnations)) == (worker.vault.device_id, "Slate Kettle", 2)
    assert with_one(manager, worker).restored
    assert len(manager.store.records("contact")) == 2
    for one in copies:
        one.close()


def test_a_receipt_that_was_read_out_is_typed_in_whichever_way(pair, tmp_path):
    worker, manager, _, to_manager = pair
    written = write(worker, to_manager, tmp_path / "b")
    code = take(manager, tmp_path / "b").receipt
    assert len(code.replace("-", "")) == 12
    other = write(worker, to_manager, tmp_path / "c")
    for wrong, bundle in (("", ""), ("0" * 12, ""), (code[:-1], ""), (code, other.id), (code, "no such")):
        with pytest.raises(ReceiptWrong, match="Nothing was changed"):
            type_receipt(worker.vault, worker.store, bundle, wrong, now=NOW)
    assert with_one(worker, manager).waiting_entries == 1
    assert type_receipt(worker.vault, worker.store, "", f" {code.lower().replace('-', ' ')} ", now=NOW).id == written.id
    assert with_one(worker, manager).waiting_entries == 0
    with pytest.raises(ReceiptWrong):
        type_receipt(worker.vault, worker.store, "", code, now=NOW)


def test_a_clock_that_is_years_wrong_loses_nothing_and_decides_nothing_but_what_is_shown(pair, tmp_path):
    worker, manager, to_worker, to_manager = pair
    write(worker, to_manager, tmp_path / "b")
    take(manager, tmp_path / "b")
    past, future = NOW - 5 * 365 * DAY, NOW + 5 * 365 * DAY
    before = manager.store.record(PUCE)
    save(worker, "mother", {**before.answers, "known_as": "Annie"}, record_id=PUCE, now=past)
    save(manager, "mother", {**before.answers, "known_as": "Nan"}, record_id=PUCE, now=future)
    write(worker, to_manager, tmp_path / "b", past)
    take(manager, tmp_path / "b", future)
    write(manager, to_worker, tmp_path / "b", future)
    take(worker, tmp_path / "b", past)
    for desk in (worker, manager):
        (conflict,) = desk.store.contradictions.found(PUCE)
        assert {answer.value for answer in conflict.answers} == {"Annie", "Nan"}
    assert worker.store.record(PUCE) == manager.store.record(PUCE)
    save(worker, "mother", {**before.answers, "known_as": "Anne"}, record_id=PUCE, now=past)
    write(worker, to_manager, tmp_path / "b", past)
    take(manager, tmp_path / "b", future)
    assert manager.store.contradictions.found() == []
    assert manager.store.record(PUCE).text("known_as") == "Anne"


def test_cards_of_whom_nothing_is_known_yet_stand_there_too(make_desk, tmp_path):
    worker, other, admin = make_desk("worker"), make_desk("worker"), make_desk("admin")
    acquainted(tmp_path, worker, other, admin)
    told = standing(worker.vault, worker.store)
    assert {(one.role, one.status, one.waiting_entries, one.restored) for one in told} == {
        ("worker", "active", 0, False), ("admin", "active", 0, False),
    }  # fmt: skip
    assert cards.trusted_cards(worker.store)
    assert bundle_history(worker.store) == []
