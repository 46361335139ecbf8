"""The people of a vault come, change and go; what was done is noted, and who left opens nothing any more."""

import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from tac_desktop.actions import people, recovery, vaults
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.audit import Event
from tac_desktop.errors import (
    NameRefused,
    NotPermitted,
    OneselfNotByOneself,
    PassphraseTooWeak,
    RolePrisonMissing,
    TacError,
    UnknownSlot,
    VaultBusy,
    WrongPassphrase,
)
from tac_desktop.storage.audit_index import AuditFilter
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.actions.conftest import NOW, PASSPHRASE, Desk

HERS = "three brass door handles"
NEWER = "seven tin garden gates"
NEXT = NOW + timedelta(days=1)


def let_in(desk: Desk, name: str = "Fern Cog", role: people.Role = "worker", passphrase: str = HERS) -> people.Person:
    prison = "SEND" if role in ("worker", "engagement_worker") else ""
    new = people.NewPerson(name=name, role=role, prison=prison, passphrase=passphrase)
    return people.add_person(desk.vault, desk.store, new, now=NOW, profile=CHEAPEST)


def noted(store: Store, event: Event) -> list[dict[str, object]]:
    found = store.audit.page(store.audit.numbers(AuditFilter(events=(event,))))
    return [dict(one.facts) for one in found]


def test_who_is_added_opens_the_vault_by_her_own_passphrase_and_it_is_noted(manager: Desk):
    fern = let_in(manager)
    listed = people.people_of(manager.vault, manager.store)
    assert [(one.person.name, one.initials, one.is_me) for one in listed] == [
        ("Slate Kettle", "SK", True), ("Fern Cog", "FC", False)
    ]  # fmt: skip
    (facts,) = noted(manager.store, Event.PERSON_ADDED)
    assert (facts["person"], facts["role"]) == (fern.id, "worker")
    manager.store.close()
    manager.vault.close()
    opened = vaults.unlock_as(manager.vault.folder, "Fern Cog", HERS)
    assert (opened.person.name, opened.person.prison) == ("Fern Cog", "SEND")
    opened.close()


@pytest.mark.parametrize(
    ("new", "trouble"),
    [
        (people.NewPerson(name="Fern Cog", role="worker", prison="EP", passphrase="fern cog fern"), PassphraseTooWeak),
        (people.NewPerson(name="Fern Cog", role="worker", passphrase=HERS), RolePrisonMissing),
    ],
)
def test_who_cannot_be_let_in_is_not_half_in(manager: Desk, new: people.NewPerson, trouble: type[TacError]):
    before = (manager.vault.folder / "keys.json").read_bytes()
    with pytest.raises(trouble):
        people.add_person(manager.vault, manager.store, new, now=NOW, profile=CHEAPEST)
    assert (manager.vault.folder / "keys.json").read_bytes() == before
    assert len(manager.vault.people()) == 1


def test_another_role_counts_from_the_next_unlock_and_nobody_changes_her_own(manager: Desk):
    fern = let_in(manager)
    people.change_role(manager.vault, manager.store, fern.id, "engagement_worker", "EP", now=NEXT)
    changed = people.people_of(manager.vault, manager.store)[1].person
    assert (changed.role, changed.prison) == ("engagement_worker", "EP")
    with pytest.raises(OneselfNotByOneself):
        people.change_role(manager.vault, manager.store, manager.person.id, "admin", "", now=NEXT)
    people.change_role(manager.vault, manager.store, fern.id, "admin", "EP", now=NEXT)
    assert people.people_of(manager.vault, manager.store)[1].person.prison == ""  # an administrator has no prison
    assert [facts["role"] for facts in noted(manager.store, Event.ROLE_CHANGED)] == ["admin", "engagement_worker"]


def test_a_mistyped_name_is_corrected_and_an_empty_one_refused(manager: Desk):
    fern = let_in(manager)
    assert people.correct_name(manager.vault, manager.store, fern.id, "Fern Cogwheel", now=NEXT).name == "Fern Cogwheel"
    people.correct_name(manager.vault, manager.store, manager.person.id, "Tansy Bolt", now=NEXT)
    with pytest.raises(NameRefused):
        people.correct_name(manager.vault, manager.store, fern.id, " ", now=NEXT)
    assert [one.person.name for one in people.people_of(manager.vault, manager.store)] == [
        "Tansy Bolt",
        "Fern Cogwheel",
    ]
    assert len(noted(manager.store, Event.NAME_CORRECTED)) == 2


def test_ones_own_passphrase_is_changed_with_the_old_one_alone_and_the_seal_stays(worker: Desk):
    seal = worker.vault.seal_key
    with pytest.raises(WrongPassphrase):
        people.change_passphrase(worker.vault, worker.store, "not my pass-phrase", NEWER, now=NOW, profile=CHEAPEST)
    people.change_passphrase(worker.vault, worker.store, PASSPHRASE, NEWER, now=NOW, profile=CHEAPEST)
    assert len(noted(worker.store, Event.PASSPHRASE_CHANGED)) == 1
    worker.store.close()
    worker.vault.close()
    with pytest.raises(WrongPassphrase):
        vaults.unlock_as(worker.vault.folder, "", PASSPHRASE)
    opened = vaults.unlock_as(worker.vault.folder, "", NEWER)
    assert opened.seal_key == seal
    opened.close()


def test_who_forgot_hers_gets_a_new_one_and_is_told_once(manager: Desk):
    fern = let_in(manager)
    people.give_passphrase(manager.vault, manager.store, fern.id, NEWER, now=NEXT, profile=CHEAPEST)
    assert people.people_of(manager.vault, manager.store)[1].renewed
    assert noted(manager.store, Event.RECOVERED) == [{"person": fern.id, "by": "colleague"}]
    with pytest.raises(OneselfNotByOneself):
        people.give_passphrase(manager.vault, manager.store, manager.person.id, NEWER, now=NEXT, profile=CHEAPEST)
    assert recovery.renewed_for_me(manager.vault) == []
    manager.store.close()
    manager.vault.close()
    opened = vaults.unlock_as(manager.vault.folder, "Fern Cog", NEWER)
    store = Store(opened)
    assert [(note.by, note.at[:10]) for note in recovery.renewed_for_me(opened)] == [("colleague", "2026-11-22")]
    recovery.seen(opened, store, now=NEXT)
    assert recovery.renewed_for_me(opened) == []
    assert len(noted(store, Event.RECOVERY_SEEN)) == 1
    store.close()
    opened.close()


def test_who_leaves_is_listed_with_her_day_and_the_vault_goes_on(manager: Desk):
    fern = let_in(manager)
    manager.store.close()
    departure = run_to_end(people.let_go(manager.vault, fern.id, now=NEXT))
    assert departure.person.name == "Fern Cog"
    assert (departure.old_backups, departure.in_a_service, departure.code_is_gone) == (1, False, False)
    store = Store(manager.vault)
    gone = people.people_of(manager.vault, store)[1]
    assert (gone.slot, gone.person.left) == ("", "2026-11-22")
    assert [facts["person"] for facts in noted(store, Event.PERSON_LEFT)] == [fern.id]
    assert len(noted(store, Event.REKEYED)) == 1
    store.close()


def test_an_old_key_file_and_her_passphrase_do_not_open_what_is_there_now(manager: Desk, tmp_path: Path):
    fern = let_in(manager)
    folder = manager.vault.folder
    old_keys = (folder / "keys.json").read_bytes()
    manager.store.close()
    run_to_end(people.let_go(manager.vault, fern.id, now=NEXT))
    manager.vault.close()
    with pytest.raises(UnknownSlot):
        vaults.unlock_as(folder, "Fern Cog", HERS)
    stolen = tmp_path / "stolen"
    shutil.copytree(folder, stolen)
    for name in ("keys.json", "keys.json.bak"):
        (stolen / name).write_bytes(old_keys)
    with pytest.raises(TacError):
        vaults.unlock_as(stolen, "Fern Cog", HERS)
    again = vaults.unlock_as(folder, "", PASSPHRASE)
    assert again.person.name == "Slate Kettle"
    again.close()


def test_nobody_takes_her_own_way_in_away_and_nothing_else_may_be_open(manager: Desk):
    fern = let_in(manager)
    with pytest.raises(VaultBusy):
        run_to_end(people.let_go(manager.vault, fern.id, now=NEXT))
    with pytest.raises(OneselfNotByOneself):
        run_to_end(people.let_go(manager.vault, manager.person.id, now=NEXT))
    assert [bool(one.slot) for one in people.people_of(manager.vault, manager.store)] == [True, True]


def test_a_worker_beside_a_manager_sees_the_people_and_changes_nothing(manager: Desk):
    let_in(manager)
    manager.store.close()
    manager.vault.close()
    fern = vaults.unlock_as(manager.vault.folder, "Fern Cog", HERS)
    store = Store(fern)
    assert len(people.people_of(fern, store)) == 2
    new = people.NewPerson(name="Moss Bell", role="admin", passphrase=NEWER)
    with pytest.raises(NotPermitted):
        people.add_person(fern, store, new, now=NOW, profile=CHEAPEST)
    store.close()
    fern.close()
