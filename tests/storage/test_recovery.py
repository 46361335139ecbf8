"""The ways back in when a pass-phrase is forgotten: the recovery code, the organisation's key, a colleague."""

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tac_desktop.casework.age_keys import identity_of, recipient_of
from tac_desktop.casework.people import Person
from tac_desktop.errors import (
    CannotWrite,
    NoSealKey,
    NotAnOrganisationKey,
    PassphraseTooShort,
    UnknownSlot,
    VaultInUse,
    WrongOrganisationKey,
    WrongPassphrase,
    WrongRecoveryCode,
)
from tac_desktop.storage import CHEAPEST, RecoveryNote, open_vault, recover, recover_by_organisation, slots, unlocking
from tac_desktop.storage.key_seals import public_of
from tests.storage.conftest import PASSPHRASE, WORKER

NEW = "amber ladder behind the mill"
OTHER = Person(id="0193-other", name="Plum Anvil", role="manager")
NOW = datetime(2026, 3, 3, 9, 30, tzinfo=UTC)
PRIVATE = bytes(range(1, 33))
IDENTITY = identity_of(PRIVATE)
ORGANISATION = recipient_of(public_of(PRIVATE))


def unlock(folder, passphrase=PASSPHRASE):
    return open_vault(folder, slots(folder)[0].id, passphrase)


def note(by, person=WORKER.id):
    return RecoveryNote(person=person, at="2026-03-03T09:30:00+00:00", by=by)


def test_a_recovery_code_is_really_tried_however_it_is_typed(desk):
    desk.vault.try_recovery_code(desk.code.lower().replace("-", " "))
    for wrong in ("", desk.code[:-1] + ("A" if desk.code[-1] != "A" else "B"), PASSPHRASE):
        with pytest.raises(WrongRecoveryCode):
            desk.vault.try_recovery_code(wrong)
    assert not (desk.vault.folder / "attempts.json").exists()


def test_a_new_recovery_code_takes_the_place_of_the_old_one_in_both_files(desk):
    folder, old = desk.vault.folder, desk.code
    new = desk.vault.new_recovery_code(CHEAPEST)
    desk.vault.try_recovery_code(new)
    with pytest.raises(WrongRecoveryCode):
        desk.vault.try_recovery_code(old)
    desk.close()
    (folder / "keys.json").write_bytes((folder / "keys.json.bak").read_bytes())
    with pytest.raises(WrongRecoveryCode):
        recover(folder, old, slots(folder)[0].id, NEW, profile=CHEAPEST)
    recover(folder, new, slots(folder)[0].id, NEW, profile=CHEAPEST).close()


def test_a_vault_without_a_recovery_code_says_that_none_opens_it(desk):
    desk.vault.remove_slot(next(slot.id for slot in slots(desk.vault.folder) if slot.kind == "recovery"))
    with pytest.raises(WrongRecoveryCode):
        desk.vault.try_recovery_code(desk.code)


@pytest.mark.parametrize("by", ["recovery", "organisation"])
def test_whose_pass_phrase_was_renewed_is_told_at_her_next_unlock_until_she_has_seen_it(desk, by):
    desk.vault.set_organisation(ORGANISATION)
    desk.close()
    folder, slot = desk.vault.folder, slots(desk.vault.folder)[0].id
    way, secret = (recover, desk.code) if by == "recovery" else (recover_by_organisation, IDENTITY)
    vault = way(folder, secret, slot, NEW, profile=CHEAPEST, clock=lambda: NOW)
    assert (vault.person, vault.came_in_by) == (WORKER, by)
    assert vault.recovery_notes() == []
    vault.forget_recovery_notes()
    assert vault.recovery_notes(of_all=True) == [note(by)]
    vault.close()
    with pytest.raises(WrongPassphrase):
        unlock(folder)
    vault = unlock(folder, NEW)
    assert vault.recovery_notes() == [note(by)]
    vault.close()
    vault = unlock(folder, NEW)  # she locked it before she had read it
    assert vault.recovery_notes() == [note(by)]
    vault.forget_recovery_notes()
    assert vault.recovery_notes(of_all=True) == []
    vault.close()


def test_a_note_is_for_its_owner_alone(desk):
    folder, slot = desk.vault.folder, desk.vault.add_person(OTHER, NEW, CHEAPEST)
    desk.vault.give_passphrase(slot, "another " + NEW, CHEAPEST, by="colleague", now=NOW)
    assert desk.vault.recovery_notes() == []
    desk.vault.forget_recovery_notes()
    seal_key = desk.vault.seal_keys()[OTHER.id]
    desk.close()
    with pytest.raises(UnknownSlot):
        open_vault(folder, slot, NEW)
    vault = open_vault(folder, slots(folder)[-1].id, "another " + NEW)
    assert vault.recovery_notes() == [note("colleague", OTHER.id)]
    assert vault.seal_key == seal_key
    vault.close()


def test_who_puts_the_old_key_file_back_after_a_renewal_is_noticed_by_its_owner(desk):
    folder = desk.vault.folder
    desk.vault.add_person(OTHER, NEW, CHEAPEST)
    slot = next(slot for slot in slots(folder) if slot.person == OTHER.id)
    before = (folder / "keys.json").read_bytes()
    desk.vault.give_passphrase(slot.id, "known to somebody else", CHEAPEST, by="colleague", now=NOW)
    desk.close()
    thief = open_vault(folder, slots(folder)[-1].id, "known to somebody else")
    thief.forget_recovery_notes()
    thief.close()
    (folder / "keys.json").write_bytes(before)
    owner = open_vault(folder, slot.id, NEW, clock=lambda: NOW)
    assert owner.recovery_notes() == [note("older_keys", OTHER.id)]
    owner.forget_recovery_notes()
    owner.close()
    owner = open_vault(folder, slot.id, NEW)
    assert owner.recovery_notes() == []
    owner.change_passphrase(slot.id, NEW, "of her own choice", CHEAPEST)
    owner.close()
    owner = open_vault(folder, slots(folder)[-1].id, "of her own choice")
    assert owner.recovery_notes() == []
    owner.close()


def test_a_renewal_that_cannot_be_written_leaves_the_old_pass_phrase(desk):
    folder = desk.vault.folder
    (folder / "keys.json.bak.part").mkdir()
    with pytest.raises(CannotWrite):
        desk.vault.give_passphrase(slots(folder)[0].id, NEW, CHEAPEST, by="colleague", now=NOW)
    (folder / "keys.json.bak.part").rmdir()
    assert desk.vault.recovery_notes(of_all=True) == []
    desk.close()
    unlock(folder).close()


def test_the_organisation_opens_the_vault_and_seals_in_nobodys_name(desk):
    desk.vault.set_organisation(ORGANISATION)
    desk.close()
    vault = unlocking.open_by_organisation(desk.vault.folder, IDENTITY.lower())
    assert vault.person.role == "admin"
    with pytest.raises(NoSealKey):
        vault.seal_seed()
    vault.close()


def test_another_key_of_the_organisation_takes_the_place_of_the_one_before(desk):
    folder = desk.vault.folder
    other = os.urandom(32)
    desk.vault.set_organisation(ORGANISATION)
    desk.vault.set_organisation(recipient_of(public_of(other)))
    assert [slot.kind for slot in slots(folder)].count("organisation") == 1
    desk.close()
    with pytest.raises(WrongOrganisationKey):
        unlocking.open_by_organisation(folder, IDENTITY)
    vault = unlocking.open_by_organisation(folder, identity_of(other))
    vault.set_organisation("")
    vault.close()
    with pytest.raises(WrongOrganisationKey):
        unlocking.open_by_organisation(folder, identity_of(other))
    unlock(folder).close()


def test_the_organisation_comes_in_after_a_new_data_key_too(desk):
    desk.vault.set_organisation(ORGANISATION)
    desk.store.close()
    list(desk.vault.rekey())
    desk.close()
    unlocking.open_by_organisation(desk.vault.folder, IDENTITY).close()


@pytest.mark.parametrize("typed", ["age1", IDENTITY, "words", recipient_of(bytes(32))])
def test_what_is_no_public_key_of_an_organisation_changes_nothing(desk, typed):
    before = (desk.vault.folder / "keys.json").read_bytes()
    with pytest.raises(NotAnOrganisationKey):
        desk.vault.set_organisation(typed)
    assert (desk.vault.folder / "keys.json").read_bytes() == before


def test_a_refused_way_in_changes_nothing_and_keeps_no_lock(desk):
    desk.vault.set_organisation(ORGANISATION)
    folder, first = desk.vault.folder, slots(desk.vault.folder)[0].id
    with pytest.raises(VaultInUse):
        recover_by_organisation(folder, IDENTITY, first, NEW, profile=CHEAPEST)
    desk.close()
    before = (folder / "keys.json").read_bytes()
    for key in ("nonsense", ORGANISATION, identity_of(bytes(range(32)))):
        with pytest.raises(WrongOrganisationKey):
            recover_by_organisation(folder, key, first, NEW, profile=CHEAPEST)
    with pytest.raises(UnknownSlot):
        recover_by_organisation(folder, IDENTITY, slots(folder)[-1].id, NEW, profile=CHEAPEST)
    with pytest.raises(PassphraseTooShort):
        recover_by_organisation(folder, IDENTITY, first, "short", profile=CHEAPEST)
    assert (folder / "keys.json").read_bytes() == before
    unlock(folder).close()


def test_a_role_changes_and_is_that_of_the_next_unlock(desk):
    desk.vault.change_person(replace(WORKER, role="manager", prison=""))
    with pytest.raises(UnknownSlot):
        desk.vault.change_person(OTHER)
    desk.close()
    vault = unlock(desk.vault.folder)
    assert (vault.person.role, vault.person.prison) == ("manager", "")
    vault.close()
