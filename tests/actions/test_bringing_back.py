"""An older copy that is brought back is noticed: by the vault itself and by colleagues, whose bundles fill the gap."""

from datetime import timedelta

from tac_desktop.actions import standing, vaults
from tac_desktop.actions.backup_schedule import back_up_now
from tac_desktop.actions.exchange import write_bundle
from tac_desktop.actions.keeping import check_vault, restore
from tac_desktop.casework.record import case_file_id
from tests.actions.between_vaults import acquainted, result_of, save, send
from tests.actions.conftest import NOW, PASSPHRASE

CASE = case_file_id("EP-1")
LATER = NOW + timedelta(days=2)


def contact(desk, summary, now):
    answers = {"at": "2026-11-20T10:00", "kind": "phone", "summary": summary}
    return save(desk, "contact", answers, case_file=CASE, now=now)


def summaries(desk):
    return {record.text("summary") for record in desk.store.records("contact")}


def test_what_was_written_since_comes_back_with_a_colleagues_bundle_and_both_sides_see_that_the_history_split(
    worker, manager, tmp_path
):
    to_worker, to_manager = acquainted(tmp_path, worker, manager)
    save(worker, "mother", {"reference": "EP-1", "name": "Ochre Kettle", "prison": "EP"})
    backup = result_of(back_up_now(worker.vault, worker.store, "daily", now=NOW)).path
    contact(worker, "Before the computer broke.", NOW + timedelta(hours=2))
    send(worker, to_manager, manager, tmp_path / "1.tacb", now=NOW + timedelta(hours=3))
    assert not any(one.restored for one in standing.standing(manager.vault, manager.store))

    result_of(restore(backup, tmp_path / "back"))
    vault = vaults.unlock_as(tmp_path / "back", "", PASSPHRASE)
    back = type(worker)(vault, vaults.store_of(vault))
    try:
        assert summaries(back) == set()
        assert back.store.brought_back.made() == NOW.isoformat()
        assert back.store.exchange.was_restored_since(manager.vault.device_id)
        contact(back, "Written after it was brought back.", LATER)
        send(back, to_manager, manager, tmp_path / "2.tacb", now=LATER)
        assert [one.restored for one in standing.standing(manager.vault, manager.store)] == [True]
        send(manager, to_worker, back, tmp_path / "3.tacb", now=LATER)
        assert summaries(back) == summaries(manager) == {
            "Before the computer broke.", "Written after it was brought back."
        }  # fmt: skip
        assert any(fork.device == vault.device_id for fork in standing.forks(back.store))
        assert result_of(check_vault(back.store)) == ()
        assert result_of(check_vault(manager.store)) == ()
    finally:
        back.store.close()
        vault.close()


def test_a_restored_vault_sends_everything_again_that_it_wrote_since(worker, manager, tmp_path):
    _, to_manager = acquainted(tmp_path, worker, manager)
    save(worker, "mother", {"reference": "EP-1", "name": "Ochre Kettle", "prison": "EP"})
    backup = result_of(back_up_now(worker.vault, worker.store, "daily", now=NOW)).path
    result_of(restore(backup, tmp_path / "back"))
    vault = vaults.unlock_as(tmp_path / "back", "", PASSPHRASE)
    store = vaults.store_of(vault)
    written = result_of(write_bundle(vault, store, to_manager, tmp_path / "1.tacb", now=LATER))
    assert written.case_files == 1
    store.close()
    vault.close()
