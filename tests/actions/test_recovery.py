"""The ways back in: a code that was really tried, and a key of which two of three sheets make one."""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from tac_desktop.actions import cards, recovery, service, vaults
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework.audit import Event
from tac_desktop.casework.people import Person
from tac_desktop.errors import (
    EmergencyWordsWrong,
    NoService,
    NotAnOrganisationKey,
    NotPermitted,
    PassphraseTooWeak,
    RecoveryNotTried,
    WrongOrganisationKey,
    WrongPassphrase,
    WrongRecoveryCode,
)
from tac_desktop.export.escrow import new_emergency_key
from tac_desktop.storage.key_slots import CHEAPEST
from tac_desktop.storage.store import Store
from tests.actions.conftest import NOW, PASSPHRASE, Desk, MakeDesk
from tests.actions.test_people import NEWER, noted


def close(desk: Desk) -> Path:
    desk.store.close()
    desk.vault.close()
    return desk.vault.folder


def slot(folder: Path) -> str:
    return vaults.people_of(folder)[0].id


def test_a_new_code_counts_only_after_it_was_typed_back_and_the_old_one_then_no_more(tmp_path: Path):
    folder = tmp_path / "vault"
    vault, old = vaults.create(
        folder, name="Slate Kettle", role="manager", prison="", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    store = Store(vault)
    prepared = recovery.prepare_code(vault, profile=CHEAPEST)
    recovery.rehearse_code(vault, store, old, now=NOW)  # nothing has changed yet
    with pytest.raises(RecoveryNotTried):
        recovery.keep_code(vault, store, prepared, old, now=NOW)
    recovery.rehearse_code(vault, store, old, now=NOW)
    recovery.keep_code(vault, store, prepared, prepared.code.lower().replace("-", " "), now=NOW)
    with pytest.raises(WrongRecoveryCode):
        recovery.rehearse_code(vault, store, old, now=NOW)
    recovery.rehearse_code(vault, store, prepared.code, now=NOW)
    assert len(noted(store, Event.RECOVERY_CODE_MADE)) == 1
    assert noted(store, Event.RECOVERY_REHEARSED) == [{"by": "recovery"}] * 3
    store.close()
    vault.close()
    with pytest.raises(WrongRecoveryCode):
        recovery.recover_by_code(folder, old, slot(folder), NEWER, now=NOW, profile=CHEAPEST)
    recovery.recover_by_code(folder, prepared.code, slot(folder), NEWER, now=NOW, profile=CHEAPEST).close()


def test_who_comes_in_by_the_code_is_noted_and_told_at_the_next_unlock(tmp_path: Path):
    folder = tmp_path / "vault"
    vault, code = vaults.create(
        folder, name="Slate Kettle", role="worker", prison="EP", passphrase=PASSPHRASE, profile=CHEAPEST
    )
    recovery.try_new_code(vault, code.lower())
    with pytest.raises(WrongRecoveryCode):
        recovery.try_new_code(vault, "0000")
    vault.close()
    with pytest.raises(PassphraseTooWeak):
        recovery.recover_by_code(folder, code, slot(folder), "password1234", now=NOW, profile=CHEAPEST)
    came = recovery.recover_by_code(folder, code, slot(folder), NEWER, now=NOW, profile=CHEAPEST)
    assert came.person.name == "Slate Kettle"
    assert recovery.renewed_for_me(came) == []  # whoever has just done it is not the one who must be told
    came.close()
    with pytest.raises(WrongPassphrase):
        vaults.unlock_as(folder, "", PASSPHRASE)
    opened = vaults.unlock_as(folder, "", NEWER)
    store = Store(opened)
    assert [note.by for note in recovery.renewed_for_me(opened)] == ["recovery"]
    (facts,) = noted(store, Event.RECOVERED)
    assert (facts["by"], facts["person"]) == ("recovery", opened.person.id)
    store.close()
    opened.close()


def test_two_sheets_of_the_service_open_a_vault_that_follows_it_and_no_others(manager: Desk):
    assert not recovery.ways_back(manager.vault, manager.store).organisation
    with pytest.raises(NoService):
        recovery.follow_service(manager.vault, manager.store, now=NOW)
    sheets = service.found_service(manager.vault, manager.store, "Tin Hill", now=NOW).sheets
    ways = recovery.ways_back(manager.vault, manager.store)
    assert (ways.organisation, ways.is_outdated) == (ways.service_key, False)
    words = [" ".join(sheet.escrow_words) for sheet in sheets]
    recovery.rehearse_sheets(manager.vault, manager.store, words[:2], now=NOW)
    others = [" ".join(words) for words in new_emergency_key().sheets]
    with pytest.raises(EmergencyWordsWrong):
        recovery.rehearse_sheets(manager.vault, manager.store, others[:2], now=NOW)
    folder = close(manager)
    assert recovery.ways_into(folder) == (True, True)
    with pytest.raises(EmergencyWordsWrong):
        recovery.recover_by_sheets(folder, [words[0], words[0]], slot(folder), NEWER, now=NOW, profile=CHEAPEST)
    came = recovery.recover_by_sheets(folder, words[1:], slot(folder), NEWER, now=NOW, profile=CHEAPEST)
    store = Store(came)
    assert [facts["by"] for facts in noted(store, Event.RECOVERED)] == ["organisation"]
    store.close()
    came.close()
    opened = vaults.unlock_as(folder, "", NEWER)
    assert [note.by for note in recovery.renewed_for_me(opened)] == ["organisation"]
    opened.close()


def test_who_joins_a_service_lets_its_emergency_key_in_unless_another_key_is_there(make_desk: MakeDesk, tmp_path: Path):
    keeper, joining, own = make_desk("manager"), make_desk("worker"), make_desk("worker")
    found = service.found_service(keeper.vault, keeper.store, "Tin Hill", now=NOW)
    service.hand_out_roster(keeper.store, tmp_path / "service.tacroster")
    key = new_emergency_key().recipient
    recovery.set_organisation(own.vault, own.store, key, now=NOW)
    for desk in (joining, own):
        service.join_service(desk.vault, desk.store, tmp_path / "service.tacroster", found.service_code, now=NOW)
    there = [recovery.ways_back(desk.vault, desk.store) for desk in (joining, own)]
    assert (there[0].organisation, there[0].is_outdated) == (there[0].service_key, False)
    assert (there[1].organisation, there[1].is_outdated) == (key, True)


def test_a_worker_beside_a_manager_joins_no_service_whose_sheets_would_open_the_vault(
    make_desk: MakeDesk, tmp_path: Path
):
    manager, elsewhere = make_desk("manager"), make_desk("manager")
    found = service.found_service(elsewhere.vault, elsewhere.store, "Of her own", now=NOW)
    service.hand_out_roster(elsewhere.store, tmp_path / "service.tacroster")
    card = cards.hand_out_card(elsewhere.vault, tmp_path / "hers.taccard", now=NOW)
    manager.vault.add_person(Person(id="ochre", name="Ochre Saddle", role="worker", prison="EP"), NEWER, CHEAPEST)
    vault = vaults.unlock_as(close(manager), "Ochre Saddle", NEWER)
    store = Store(vault)
    with pytest.raises(NotPermitted):
        service.join_service(vault, store, tmp_path / "service.tacroster", found.service_code, now=NOW)
    with pytest.raises(NotPermitted):  # a manager's card gets every case file
        cards.trust_card(vault, store, tmp_path / "hers.taccard", card, now=NOW)
    recovery.let_emergency_key_in(vault, store, now=NOW)
    ways = recovery.ways_back(vault, store)
    assert (ways.service, ways.organisation, cards.trusted_cards(store)) == ("", "", [])
    store.close()
    vault.close()


def test_new_sheets_of_the_service_make_the_slot_outdated_until_it_follows(manager: Desk):
    sheets = service.found_service(manager.vault, manager.store, "Tin Hill", now=NOW).sheets
    service.new_root(manager.vault, manager.store, [sheet.root_key_code for sheet in sheets[:2]], now=NOW)
    assert recovery.ways_back(manager.vault, manager.store).is_outdated
    recovery.follow_service(manager.vault, manager.store, now=NOW)
    assert not recovery.ways_back(manager.vault, manager.store).is_outdated
    old = [" ".join(sheet.escrow_words) for sheet in sheets[:2]]
    with pytest.raises(EmergencyWordsWrong):
        recovery.rehearse_sheets(manager.vault, manager.store, old, now=NOW)


def test_a_key_of_ones_own_choice_is_taken_if_it_is_one_and_can_be_taken_away(manager: Desk):
    with pytest.raises(NotAnOrganisationKey):
        recovery.set_organisation(manager.vault, manager.store, "age1notakey", now=NOW)
    key = new_emergency_key()
    recovery.set_organisation(manager.vault, manager.store, key.recipient, now=NOW)
    assert recovery.ways_back(manager.vault, manager.store).organisation == key.recipient
    recovery.remove_organisation(manager.vault, manager.store, now=NOW)
    assert not recovery.ways_back(manager.vault, manager.store).organisation
    words = [" ".join(words) for words in key.sheets]
    folder = close(manager)
    with pytest.raises(WrongOrganisationKey):
        recovery.recover_by_sheets(folder, words[:2], slot(folder), NEWER, now=NOW, profile=CHEAPEST)


def test_the_sheet_shows_the_code_in_groups_and_what_to_do_and_is_noted(manager: Desk):
    code = "ABCD-EFGH-JKMN-PQRS-TVWX-YZ01-2345-6789"
    paper = run_to_end(recovery.sheet_paper(manager.vault, manager.store, code, now=NOW))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert all(group in text for group in code.split("-"))
    assert manager.vault.folder.name in text
    assert "I have lost my pass-phrase" in text
    assert "SECRET" in text
    assert len(noted(manager.store, Event.RECOVERY_SHEET_PRINTED)) == 1
