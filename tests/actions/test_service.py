"""A service among real vaults: founded, joined by its code, members enrolled and withdrawn, moved by its sheets."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tac_desktop.actions import cards, exchange, handing_over, keeping, service, service_file, vaults
from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.recovery import recover_by_code
from tac_desktop.casework import forms
from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import (
    AlreadyInAService,
    BundleMalformed,
    CardCodeMistyped,
    CardsAreEnrolled,
    CardWithdrawn,
    EmergencyWordsWrong,
    MediumUnreadable,
    NameRefused,
    NoService,
    NotAllowed,
    NotAServiceFile,
    NotPermitted,
    OldRoster,
    OwnWithdrawal,
    RecipientUnknown,
    RootCodeMistyped,
    RootCodesWrong,
    RosterChanged,
    RosterMayBeBehind,
    RosterTooOld,
    SenderNotAllowed,
    SenderUnknown,
    SenderWithdrawn,
    ServiceCodeWrong,
    TwoRosters,
    UnknownMember,
)
from tac_desktop.export.roster import newer
from tac_desktop.export.roster_signing import with_roster
from tac_desktop.storage.key_slots import CHEAPEST

NOW = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
YEARS_LATER = NOW + timedelta(days=400)
PUCE = case_file_id("Z-001")
PASSPHRASE = "amber lantern under the bridge"
OTHER_PASSPHRASE = "plum ladder behind the mill"


def mother(desk, reference="Z-001", now=NOW):
    answers = {"reference": reference, "name": "Puce Anchor", "prison": "EP"}
    save_answers(desk.store, desk.person, forms.ALL["mother"], answers=answers, now=now)


def contact(desk, summary="She rang her son.", now=NOW):
    answers = {"at": "2026-11-20T10:00", "kind": "phone", "summary": summary}
    save_answers(desk.store, desk.person, forms.ALL["contact"], answers=answers, now=now, case_file=PUCE)


def result_of(job):
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


def send(desk, other, path, now=NOW, **how):
    card = next(one.card for one in cards.trusted_cards(desk.store) if one.card.device_id == other.vault.device_id)
    return result_of(exchange.write_bundle(desk.vault, desk.store, card, path, now=now, **how))


def take(desk, path, now=NOW, *, dry_run=False):
    return result_of(exchange.import_bundle(desk.vault, desk.store, path, now=now, dry_run=dry_run))


def trust(desk, other, tmp_path, now=NOW, **how):
    file = tmp_path / f"{other.vault.device_id.hex()[:8]}.taccard"
    code = cards.hand_out_card(other.vault, file, now=now)
    return cards.trust_card(desk.vault, desk.store, file, code, now=now, **how)


def join(desk, registrar, tmp_path, now=NOW):
    file = tmp_path / "members.tacroster"
    service.hand_out_roster(registrar.store, file)
    return service.join_service(desk.vault, desk.store, file, service.service_of(registrar.store).code, now=now)


def documents(desk):
    return desk.store.trust_documents.named("")


@pytest.fixture
def founded(manager):
    return service.found_service(manager.vault, manager.store, "Zed Service", now=NOW)


@pytest.fixture
def together(founded, manager, worker, tmp_path):
    """The manager keeps the roster; the worker is a member and has joined."""
    trust(manager, worker, tmp_path)
    join(worker, manager, tmp_path)
    return founded


# --- founding and joining ---


def test_a_new_service_has_its_founder_and_those_whose_cards_were_accepted(worker, manager, tmp_path):
    trust(manager, worker, tmp_path)
    founded = service.found_service(manager.vault, manager.store, "  Zed Service ", now=NOW)
    made = service.service_of(manager.store, now=NOW)
    assert (made.name, made.code, made.roster_version) == ("Zed Service", founded.service_code, 1)
    assert (made.is_registrar, made.is_member, made.is_old, made.escrow) == (True, True, False, True)
    assert [(one.device_id, one.role, one.sites) for one in made.members] == [
        (manager.vault.device_id, "manager", ()), (worker.vault.device_id, "worker", ("EP",)),
    ]  # fmt: skip


def test_the_sheets_are_three_different_ones_and_nothing_of_them_stays(manager, founded):
    from tac_desktop.export.secret_codes import seed_of_code

    codes = [sheet.root_key_code for sheet in founded.sheets]
    assert [sheet.number for sheet in founded.sheets] == [1, 2, 3]
    assert len(set(codes)) == 3
    kept = b"".join(documents(manager).values())
    assert all(seed_of_code(code) not in kept for code in codes)
    assert all(" ".join(sheet.escrow_words).encode() not in kept for sheet in founded.sheets)
    assert codes[0] not in repr(founded)


def test_a_worker_founds_no_service_and_nobody_two(worker, manager, founded):
    with pytest.raises(NotAllowed):
        service.found_service(worker.vault, worker.store, "Zed Service", now=NOW)
    with pytest.raises(AlreadyInAService):
        service.found_service(manager.vault, manager.store, "Another", now=NOW)
    assert service.service_of(worker.store) is None


@pytest.mark.parametrize("name", ["", "  ", "two\nlines", "x" * 201])
def test_a_name_that_nobody_can_read_founds_nothing(manager, name):
    with pytest.raises(NameRefused):
        service.found_service(manager.vault, manager.store, name, now=NOW)
    assert documents(manager) == {}


def test_a_service_is_joined_by_its_code_alone(worker, manager, founded, tmp_path):
    file = tmp_path / "members.tacroster"
    service.hand_out_roster(manager.store, file)
    shown = service.read_service_file(file)
    assert (shown.name, shown.code, shown.is_registrar) == ("Zed Service", founded.service_code, False)
    other = cards.hand_out_card(worker.vault, tmp_path / "card", now=NOW)
    for code, trouble in ((other, ServiceCodeWrong), ("F" * 24, CardCodeMistyped), ("", CardCodeMistyped)):
        with pytest.raises(trouble, match="Nothing was changed"):
            service.join_service(worker.vault, worker.store, file, code, now=NOW)
    assert service.service_of(worker.store) is None
    joined = service.join_service(worker.vault, worker.store, file, founded.service_code.lower(), now=NOW)
    assert (joined.is_member, joined.is_registrar) == (False, False)
    with pytest.raises(AlreadyInAService):
        service.join_service(worker.vault, worker.store, file, founded.service_code, now=NOW)


def test_who_was_enrolled_joins_as_a_member(worker, together):
    joined = service.service_of(worker.store)
    assert (joined.is_member, joined.outdated) == (True, ())


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff" * 100])
def test_a_file_that_is_no_list_of_members_is_told_as_such(worker, tmp_path, content):
    file = tmp_path / "members.tacroster"
    with pytest.raises(MediumUnreadable):
        service.read_service_file(file)
    file.write_bytes(content)
    with pytest.raises(NotAServiceFile):
        service.read_service_file(file)


def test_without_a_service_its_verbs_say_so(manager, tmp_path):
    vault, store = manager.vault, manager.store
    with pytest.raises(NoService):
        service.hand_out_roster(store, tmp_path / "members.tacroster")
    with pytest.raises(NoService):
        service.withdraw(vault, store, b"x" * 32, "left", now=NOW)
    with pytest.raises(NoService):
        service.renew_roster_key(vault, store, ["", ""], now=NOW)
    assert list(tmp_path.glob("*.tacroster*")) == []


# --- whom one believes ---


def test_in_a_service_the_roster_decides_and_cards_accepted_before_count_no_more(make_desk, worker, manager, tmp_path):
    stranger = make_desk("manager")
    trust(worker, stranger, tmp_path)
    service.found_service(manager.vault, manager.store, "Zed Service", now=NOW)
    trust(manager, worker, tmp_path)
    join(worker, manager, tmp_path)
    assert cards.whom_we_trust(worker.vault, worker.store).keys() == {worker.vault.device_id, manager.vault.device_id}
    assert [one.card.device_id for one in cards.trusted_cards(worker.store)] == [manager.vault.device_id]
    assert [one.card.device_id for one in cards.accepted_cards(worker.store)] == [stranger.vault.device_id]


def test_a_member_enrols_nobody(make_desk, worker, together, tmp_path):
    with pytest.raises(CardsAreEnrolled, match="Nothing was changed"):
        trust(worker, make_desk("worker"), tmp_path)


def test_a_worker_at_the_registrars_vault_enrols_nobody(make_desk, manager, founded, tmp_path):
    other = make_desk("worker")
    manager.vault.person = Person(id=manager.person.id, name="Teal Bucket", role="worker", prison="EP")
    with pytest.raises(NotAllowed):
        trust(manager, other, tmp_path)
    assert service.service_of(manager.store).roster_version == 1


def test_who_enrols_decides_role_and_prisons(manager, worker, founded, tmp_path):
    trust(manager, worker, tmp_path, role="manager", sites=("EP", "ST"))
    member = service.service_of(manager.store).members[-1]
    assert (member.role, member.sites, "forward" in member.may) == ("manager", ("EP", "ST"), True)
    believed = cards.whom_we_trust(manager.vault, manager.store)[worker.vault.device_id]
    assert (believed.role, believed.sites, believed.allows("redact")) == ("manager", ("EP", "ST"), True)


def test_rights_are_taken_and_given(manager, worker, together, tmp_path):
    mother(worker)
    path = tmp_path / "parcel.tacb"
    send(worker, manager, path)
    service.change_rights(manager.vault, manager.store, worker.vault.device_id, [], now=NOW)
    with pytest.raises(SenderNotAllowed):
        take(manager, path)
    service.change_rights(manager.vault, manager.store, worker.vault.device_id, ["seal", "sync"], now=NOW)
    assert service.service_of(manager.store).members[-1].may == ("sync", "seal")
    assert take(manager, path).new == 1
    with pytest.raises(UnknownMember):
        service.change_rights(manager.vault, manager.store, b"x" * 32, [], now=NOW)
    with pytest.raises(NotPermitted):
        service.change_rights(worker.vault, worker.store, manager.vault.device_id, [], now=NOW)


def test_what_somebody_wrote_before_her_role_changed_is_passed_on_and_nothing_that_she_sends(
    make_desk, manager, worker, together, tmp_path
):
    path, other = tmp_path / "parcel.tacb", make_desk("manager")
    mother(worker)
    send(worker, manager, path)
    take(manager, path)
    trust(manager, worker, tmp_path, role="admin")
    trust(manager, other, tmp_path)
    join(other, manager, tmp_path)
    send(manager, other, tmp_path / "on")
    assert take(other, tmp_path / "on").new == 1
    contact(worker)
    send(worker, manager, path)
    with pytest.raises(SenderNotAllowed):
        take(manager, path)


def test_who_came_in_by_the_recovery_code_needs_a_new_card_in_the_roster(make_desk, founded, manager, tmp_path):
    folder = tmp_path / "recovered"
    vault, code = vaults.create(
        folder, name="Teal Bucket", role="worker", prison="EP", passphrase=OTHER_PASSPHRASE, profile=CHEAPEST
    )
    desk = type(manager)(vault, vaults.store_of(vault))
    trust(manager, desk, tmp_path)
    join(desk, manager, tmp_path)
    desk.store.close()
    vault.close()
    slot = vaults.people_of(folder)[0].id
    vault = recover_by_code(folder, code, slot, "amber " + OTHER_PASSPHRASE, now=NOW, profile=CHEAPEST)
    desk = type(manager)(vault, vaults.store_of(vault))
    assert service.service_of(desk.store).outdated == ("Teal Bucket",)
    trust(manager, desk, tmp_path)
    service.hand_out_roster(manager.store, tmp_path / "members.tacroster")
    service.take_in_roster(vault, desk.store, tmp_path / "members.tacroster", now=NOW)
    assert service.service_of(desk.store).outdated == ()
    desk.store.close()
    vault.close()


def test_the_registrar_enrols_a_new_card_of_her_own(manager, founded, tmp_path):
    trust(manager, manager, tmp_path)
    assert service.service_of(manager.store).roster_version == 2
    assert len(service.service_of(manager.store).members) == 1


def test_everybody_at_a_shared_vault_is_a_member_of_her_own(worker, manager, together, tmp_path):
    teal = Person(id="01930000-0000-7000-8000-0000000000ff", name="Teal Bucket", role="worker", prison="EP")
    slot = worker.vault.add_person(teal, OTHER_PASSPHRASE, CHEAPEST)
    folder = worker.vault.folder
    worker.vault.close()
    vault = vaults.unlock(folder, slot, OTHER_PASSPHRASE)
    code = cards.hand_out_card(vault, tmp_path / "teal.taccard", now=NOW)
    vault.close()
    cards.trust_card(manager.vault, manager.store, tmp_path / "teal.taccard", code, now=NOW)
    believed = cards.whom_we_trust(manager.vault, manager.store)[vault.device_id]
    people = {card.person: card.seal_key for card in (believed.card, *believed.colleagues)}
    assert people.keys() == {worker.person.id, teal.id}
    assert len(set(people.values())) == 2
    withdrawn = service.withdraw(manager.vault, manager.store, vault.device_id, "lost", now=NOW)
    assert [one.status for one in withdrawn.members] == ["active", "lost", "lost"]


def test_by_itself_a_vault_knows_everybody_whose_card_it_accepted_at_a_shared_vault(worker, manager, tmp_path):
    trust(manager, worker, tmp_path)
    first = worker.person
    worker.vault.person = Person(id="01930000-0000-7000-8000-0000000000ff", name="Teal Bucket", role="worker")
    trust(manager, worker, tmp_path)
    (believed,) = cards.trusted_cards(manager.store)
    assert believed.card.name == "Teal Bucket"
    assert [card.person for card in believed.colleagues] == [first.id]


# --- rosters travel ---


def test_a_roster_that_travels_in_a_bundle_enrols_its_own_sender(make_desk, worker, manager, founded, tmp_path):
    other, path = make_desk("manager"), tmp_path / "parcel.tacb"
    trust(manager, other, tmp_path)
    join(other, manager, tmp_path)
    trust(manager, worker, tmp_path)
    join(worker, manager, tmp_path)
    mother(worker)
    send(worker, other, path)
    before = documents(other)
    assert take(other, path, dry_run=True).new == 1
    assert documents(other) == before, "a dry run changes nothing"
    assert worker.vault.device_id not in cards.whom_we_trust(other.vault, other.store)
    found = take(other, path)
    assert (found.new, found.roster) == (1, 3)
    assert service.service_of(other.store).roster_version == 3
    assert worker.vault.device_id in cards.whom_we_trust(other.vault, other.store)


def test_an_older_roster_in_a_bundle_counts_for_nothing(make_desk, worker, manager, together, tmp_path):
    mother(worker)
    send(worker, manager, tmp_path / "parcel.tacb")
    trust(manager, make_desk("worker"), tmp_path)
    found = take(manager, tmp_path / "parcel.tacb")
    assert (found.new, found.roster) == (1, 0)
    assert service.service_of(manager.store).roster_version == 3


def test_a_bundle_with_another_roster_under_the_same_number_is_refused(make_desk, worker, manager, together, tmp_path):
    held = service_file.held_file(manager.store)
    seed = service_file.roster_seed_of(manager.store, held)
    forged = with_roster(held, held.roster.members[:2], seed, "2026-11-22")
    service_file.keep_file(worker.store, forged)
    mother(worker)
    send(worker, manager, tmp_path / "parcel.tacb")
    trust(manager, make_desk("worker"), tmp_path)
    before = documents(manager)
    with pytest.raises(TwoRosters):
        take(manager, tmp_path / "parcel.tacb")
    assert documents(manager) == before
    assert manager.store.records("mother") == []


def test_a_bundle_of_a_vault_by_itself_or_of_another_service_is_of_a_stranger(
    make_desk, worker, manager, founded, tmp_path
):
    path = tmp_path / "parcel.tacb"
    trust(worker, manager, tmp_path)
    mother(worker)
    send(worker, manager, path)
    with pytest.raises(SenderUnknown):
        take(manager, path)
    boss = make_desk("manager")
    trust(boss, worker, tmp_path)
    trust(boss, manager, tmp_path)
    service.found_service(boss.vault, boss.store, "Another Service", now=NOW)
    join(worker, boss, tmp_path)
    send(worker, manager, path)
    with pytest.raises(SenderUnknown):
        take(manager, path)
    assert service.service_of(manager.store).name == "Zed Service"


def test_a_judge_refuses_what_is_no_file_and_believes_nothing_of_it(worker, together):
    judge = cards.judge_of(worker.vault, worker.store)
    for trust_json in (b"", b"null", b"\xff" * 10, b'{"roots":[]}'):
        with pytest.raises(BundleMalformed):
            judge(trust_json)
    assert judge.keep() == 0
    assert judge(b"{}") == cards.whom_we_trust(worker.vault, worker.store)


def test_a_vault_by_itself_never_joins_by_a_bundle(make_desk, worker, manager, together, tmp_path):
    alone = make_desk("manager")
    trust(alone, worker, tmp_path)
    trust(manager, alone, tmp_path)
    service.hand_out_roster(manager.store, tmp_path / "members.tacroster")
    service.take_in_roster(worker.vault, worker.store, tmp_path / "members.tacroster", now=NOW)
    mother(worker)
    send(worker, alone, tmp_path / "parcel.tacb")
    assert take(alone, tmp_path / "parcel.tacb").new == 1
    assert service.service_of(alone.store) is None


def test_a_roster_comes_as_a_file_too_and_an_old_one_is_refused(make_desk, worker, manager, together, tmp_path):
    old, new = tmp_path / "old.tacroster", tmp_path / "new.tacroster"
    service.hand_out_roster(manager.store, old)
    trust(manager, make_desk("worker"), tmp_path)
    service.hand_out_roster(manager.store, new)
    assert service.take_in_roster(worker.vault, worker.store, new, now=NOW).roster_version == 3
    before = documents(worker)
    assert service.take_in_roster(worker.vault, worker.store, new, now=NOW).roster_version == 3
    with pytest.raises(OldRoster):
        service.take_in_roster(worker.vault, worker.store, old, now=NOW)
    assert documents(worker) == before


def test_an_old_roster_warns_and_stops_hand_overs_only(make_desk, worker, manager, together, tmp_path):
    mother(worker)
    assert service.service_of(worker.store, now=YEARS_LATER).is_old
    send(worker, manager, tmp_path / "parcel.tacb", YEARS_LATER)
    assert take(manager, tmp_path / "parcel.tacb", YEARS_LATER).new == 1
    to = cards.trusted_cards(worker.store)[0].card
    with pytest.raises(RosterTooOld, match="Nothing was written"):
        handing_over.hand_over(worker.vault, worker.store, PUCE, to, kind="cover", reason="", until="", now=YEARS_LATER)


@pytest.mark.parametrize("way", ["bundle", "file"])
def test_a_roster_from_a_backup_is_compared_before_it_is_changed(make_desk, worker, manager, together, tmp_path, way):
    backup = result_of(keeping.back_up(manager.vault, manager.store, tmp_path / "backups", now=NOW))
    trust(manager, make_desk("manager"), tmp_path)
    service.hand_out_roster(manager.store, tmp_path / "newest.tacroster")
    service.take_in_roster(worker.vault, worker.store, tmp_path / "newest.tacroster", now=NOW)
    result_of(keeping.restore(backup, tmp_path / "restored"))
    vault = vaults.unlock(tmp_path / "restored", vaults.people_of(tmp_path / "restored")[0].id, PASSPHRASE)
    restored, another = type(manager)(vault, vaults.store_of(vault)), make_desk("worker")
    with pytest.raises(RosterMayBeBehind, match="Nothing was changed"):
        trust(restored, another, tmp_path)
    if way == "bundle":
        mother(worker)
        send(worker, restored, tmp_path / "parcel.tacb")
        take(restored, tmp_path / "parcel.tacb")
    else:
        service.hand_out_roster(worker.store, tmp_path / "from-worker.tacroster")
        service.take_in_roster(vault, restored.store, tmp_path / "from-worker.tacroster", now=NOW)
    trust(restored, another, tmp_path)
    assert service.service_of(restored.store).roster_version == 4
    service.hand_out_roster(restored.store, tmp_path / "next.tacroster")
    service.take_in_roster(worker.vault, worker.store, tmp_path / "next.tacroster", now=NOW)
    restored.store.close()
    vault.close()


# --- withdrawal by position ---


def test_of_somebody_who_left_the_work_up_to_the_cut_off_counts_and_no_more(worker, manager, together, tmp_path):
    paths = [tmp_path / f"{number}.tacb" for number in range(2)]
    mother(worker)
    send(worker, manager, paths[0])
    take(manager, paths[0])
    left = service.withdraw(manager.vault, manager.store, worker.vault.device_id, "left", now=NOW)
    (member,) = [one for one in left.members if one.status == "left"]
    assert [(place.stream, place.sseq) for place in member.until] == [(PUCE, 1)]
    contact(worker)
    send(worker, manager, paths[1], LATER)
    found = take(manager, paths[1], LATER)
    assert (found.new, found.left_out) == (0, 1)
    assert manager.store.records("contact") == []


def test_the_registrar_moves_the_cut_off_and_takes_in_what_was_left_out(worker, manager, together, tmp_path):
    paths = [tmp_path / f"{number}.tacb" for number in range(2)]
    mother(worker)
    send(worker, manager, paths[0])
    take(manager, paths[0])
    device = worker.vault.device_id
    service.withdraw(manager.vault, manager.store, device, "left", now=NOW)
    contact(worker)
    send(worker, manager, paths[1], LATER)
    take(manager, paths[1], LATER)
    moved = service.move_cut_off(manager.vault, manager.store, device, now=LATER, bundle=paths[1])
    assert [place.sseq for place in moved.members[-1].until] == [2]
    again = service.move_cut_off(manager.vault, manager.store, device, now=LATER)
    assert again.members[-1].until == moved.members[-1].until, "an end never moves back"
    assert take(manager, paths[1], LATER).new == 1
    assert [one.text("summary") for one in manager.store.records("contact")] == ["She rang her son."]


def test_what_a_lost_vault_signed_moves_nothing_unless_it_is_said_to_have_left(worker, manager, together, tmp_path):
    path, device = tmp_path / "parcel.tacb", worker.vault.device_id
    mother(worker)
    send(worker, manager, path)
    service.withdraw(manager.vault, manager.store, device, "lost", now=LATER)
    with pytest.raises(SenderWithdrawn, match="2026-11-22"):
        service.move_cut_off(manager.vault, manager.store, device, now=LATER, bundle=path)
    service.withdraw(manager.vault, manager.store, device, "left", now=LATER)
    service.move_cut_off(manager.vault, manager.store, device, now=LATER, bundle=path)
    assert take(manager, path, LATER).new == 1


def test_what_went_through_other_hands_moves_the_end_of_a_lost_vault(make_desk, worker, manager, together, tmp_path):
    first, second, other = tmp_path / "1.tacb", tmp_path / "2.tacb", make_desk("manager")
    trust(manager, other, tmp_path)
    join(other, manager, tmp_path)
    service.hand_out_roster(manager.store, tmp_path / "members.tacroster")
    service.take_in_roster(worker.vault, worker.store, tmp_path / "members.tacroster", now=NOW)
    mother(worker)
    send(worker, other, first)
    take(other, first)
    device = worker.vault.device_id
    service.withdraw(manager.vault, manager.store, device, "compromised", now=LATER)
    send(other, manager, second, LATER)
    found = take(manager, second, LATER)
    assert (found.new, found.left_out) == (0, 1)
    moved = service.move_cut_off(manager.vault, manager.store, device, now=LATER, bundle=second)
    assert [place.sseq for one in moved.members if one.status == "compromised" for place in one.until] == [1]
    assert take(manager, second, LATER).new == 1


@pytest.fixture
def colleagues(make_desk, worker, manager, together, tmp_path):
    """Two more managers; one holds the beginning of the worker's history, the other none of it."""
    first, second = make_desk("manager"), make_desk("manager")
    for desk in (first, second):
        trust(manager, desk, tmp_path)
        join(desk, manager, tmp_path)
    rosters_to(manager, tmp_path, worker, first)
    mother(worker)
    send(worker, first, tmp_path / "begun")
    take(first, tmp_path / "begun")
    contact(worker)
    send(worker, manager, tmp_path / "all")
    take(manager, tmp_path / "all")
    return first, second


def rosters_to(registrar, tmp_path, *desks):
    service.hand_out_roster(registrar.store, tmp_path / "next.tacroster")
    for desk in desks:
        service.take_in_roster(desk.vault, desk.store, tmp_path / "next.tacroster", now=NOW)


def test_what_was_left_out_once_stands_in_the_way_of_nothing_that_comes_later(worker, manager, colleagues, tmp_path):
    first, second = colleagues
    service.withdraw(manager.vault, manager.store, worker.vault.device_id, "lost", now=NOW)
    rosters_to(manager, tmp_path, *colleagues)
    send(first, second, tmp_path / "1")
    found = take(second, tmp_path / "1")
    assert (found.left_out, found.receipt) == (1, ""), "a lost vault's history that does not reach the end"
    send(second, first, tmp_path / "2")
    take(first, tmp_path / "2")
    send(manager, first, tmp_path / "3", LATER)
    take(first, tmp_path / "3", LATER)
    send(first, second, tmp_path / "4", LATER)
    assert take(second, tmp_path / "4", LATER).new == 2, "from its beginning"
    assert len(second.store.records("contact")) == 1


def test_what_was_left_out_is_sent_again_until_the_cut_off_has_moved(worker, manager, colleagues, tmp_path):
    first, second = colleagues
    contact(worker, "She wrote to her son.")
    send(worker, first, tmp_path / "late")
    take(first, tmp_path / "late")
    service.withdraw(manager.vault, manager.store, worker.vault.device_id, "left", now=NOW)
    rosters_to(manager, tmp_path, *colleagues)
    for number, left in ((1, 1), (2, 1)):
        send(first, second, tmp_path / f"there{number}")
        assert take(second, tmp_path / f"there{number}").left_out == left
        send(second, first, tmp_path / f"back{number}")
        take(first, tmp_path / f"back{number}")
    service.move_cut_off(
        manager.vault, manager.store, worker.vault.device_id, now=LATER, bundle=forwarded(first, manager, tmp_path)
    )
    rosters_to(manager, tmp_path, *colleagues)
    send(first, second, tmp_path / "there3", LATER)
    assert take(second, tmp_path / "there3", LATER).left_out == 0
    assert len(second.store.records("contact")) == 2


def forwarded(desk, other, tmp_path):
    send(desk, other, tmp_path / "forwarded", LATER)
    return tmp_path / "forwarded"


def test_a_cut_off_is_moved_for_withdrawn_members_only(worker, manager, together):
    for device in (worker.vault.device_id, b"x" * 32):
        with pytest.raises(UnknownMember):
            service.move_cut_off(manager.vault, manager.store, device, now=NOW)


@pytest.mark.parametrize("status", ["lost", "compromised"])
def test_a_lost_vault_signs_nothing_any_more_and_nothing_is_sealed_for_it(worker, manager, together, tmp_path, status):
    mother(worker)
    send(worker, manager, tmp_path / "parcel.tacb")
    card = next(one.card for one in cards.trusted_cards(manager.store))
    service.withdraw(manager.vault, manager.store, worker.vault.device_id, status, now=LATER)
    with pytest.raises(SenderWithdrawn):
        take(manager, tmp_path / "parcel.tacb")
    assert cards.trusted_cards(manager.store) == []
    with pytest.raises(RecipientUnknown):
        result_of(exchange.write_bundle(manager.vault, manager.store, card, tmp_path / "out", now=NOW))
    with pytest.raises(CardWithdrawn):
        trust(manager, worker, tmp_path)


def test_who_left_can_come_back(worker, manager, together, tmp_path):
    service.withdraw(manager.vault, manager.store, worker.vault.device_id, "left", now=NOW)
    trust(manager, worker, tmp_path)
    member = service.service_of(manager.store).members[-1]
    assert (member.status, member.until) == ("active", None)


def test_only_the_registrar_withdraws_and_never_herself(worker, manager, together):
    with pytest.raises(NotPermitted):
        service.withdraw(worker.vault, worker.store, manager.vault.device_id, "lost", now=NOW)
    with pytest.raises(OwnWithdrawal):
        service.withdraw(manager.vault, manager.store, manager.vault.device_id, "lost", now=NOW)
    with pytest.raises(UnknownMember):
        service.withdraw(manager.vault, manager.store, b"x" * 32, "lost", now=NOW)
    assert service.service_of(manager.store).roster_version == 2


# --- sheets ---


def codes(founded, *numbers):
    return [founded.sheets[number - 1].root_key_code for number in numbers]


def words(founded, *numbers):
    return [" ".join(founded.sheets[number - 1].escrow_words) for number in numbers]


def test_two_sheets_move_the_roster_to_another_vault_and_one_does_not(make_desk, manager, founded, tmp_path):
    other = make_desk("manager")
    trust(manager, other, tmp_path)
    join(other, manager, tmp_path)
    for wrong in (codes(founded, 1), codes(founded, 2, 2), []):
        with pytest.raises(RootCodesWrong, match="Nothing was changed"):
            service.renew_roster_key(other.vault, other.store, wrong, now=NOW)
    with pytest.raises(RootCodeMistyped):
        service.renew_roster_key(other.vault, other.store, [codes(founded, 1)[0], "ABCD"], now=NOW)
    renewed = service.renew_roster_key(other.vault, other.store, codes(founded, 3, 1), now=NOW)
    assert (renewed.is_registrar, renewed.roster_version) == (True, 3)
    service.hand_out_roster(other.store, tmp_path / "members.tacroster")
    taken = service.take_in_roster(manager.vault, manager.store, tmp_path / "members.tacroster", now=NOW)
    assert not taken.is_registrar
    with pytest.raises(CardsAreEnrolled):
        trust(manager, make_desk("worker"), tmp_path)
    trust(other, make_desk("worker"), tmp_path)
    assert service.service_of(other.store).roster_version == 4


def test_a_worker_moves_no_roster(worker, together):
    with pytest.raises(NotAllowed):
        service.renew_roster_key(worker.vault, worker.store, codes(together, 1, 2), now=NOW)


def test_the_sheets_of_another_service_move_nothing(make_desk, manager, founded):
    other = make_desk("manager")
    others = service.found_service(other.vault, other.store, "Another Service", now=NOW)
    with pytest.raises(RootCodesWrong):
        service.renew_roster_key(manager.vault, manager.store, codes(others, 1, 2), now=NOW)
    with pytest.raises(RootCodesWrong):
        service.new_root(manager.vault, manager.store, [*codes(founded, 1), *codes(others, 2)], now=NOW)


def test_new_sheets_replace_the_old_ones_and_everybody_follows(worker, manager, together, tmp_path):
    before = service_file.held_file(manager.store)
    renewed = service.new_root(manager.vault, manager.store, codes(together, 1, 3), now=NOW)
    assert renewed.service_code == together.service_code, "the service is the same"
    with pytest.raises(RootCodesWrong):
        service.new_root(manager.vault, manager.store, codes(together, 1, 2), now=NOW)
    with pytest.raises(EmergencyWordsWrong):
        service.drill(manager.store, words(together, 1, 2), None, now=NOW)
    assert service.drill(manager.store, words(renewed, 2, 3), None, now=NOW).holds
    assert newer(before, service_file.held_file(manager.store))
    service.hand_out_roster(manager.store, tmp_path / "members.tacroster")
    assert service.take_in_roster(worker.vault, worker.store, tmp_path / "members.tacroster", now=NOW).is_member
    service.new_root(manager.vault, manager.store, codes(renewed, 1, 2), now=NOW)


def test_sheets_that_nobody_has_written_down_change_nothing(manager, founded):
    before = documents(manager)
    prepared = service.prepare_root(manager.vault, manager.store, codes(founded, 1, 2), now=NOW)
    assert documents(manager) == before
    service.keep_root(manager.vault, manager.store, prepared, now=NOW)
    assert documents(manager) != before


def test_sheets_that_were_made_over_another_roster_are_worth_nothing(worker, manager, founded, tmp_path):
    prepared = service.prepare_root(manager.vault, manager.store, codes(founded, 1, 2), now=NOW)
    trust(manager, worker, tmp_path)
    before = documents(manager)
    with pytest.raises(RosterChanged, match="Nothing was changed"):
        service.keep_root(manager.vault, manager.store, prepared, now=NOW)
    assert documents(manager) == before


def test_two_sheets_open_every_bundle_and_the_day_of_the_drill_is_kept(worker, manager, together, tmp_path):
    mother(worker)
    send(worker, manager, tmp_path / "parcel.tacb")
    shown = service.drill(manager.store, words(together, 1, 3), tmp_path / "parcel.tacb", now=LATER)
    assert (shown.holds, shown.opened) == (True, True)
    assert service.service_of(manager.store).drilled == "2026-11-22"
    assert service.escrow_key(worker.store, words(together, 2, 3)).startswith("AGE-SECRET-KEY-1")


def test_the_audit_tells_what_was_done_with_the_service(worker, manager, together, tmp_path):
    service.withdraw(manager.vault, manager.store, worker.vault.device_id, "left", now=NOW)
    service.new_root(manager.vault, manager.store, codes(together, 1, 3), now=NOW)
    audit = [
        entry.values.get("event") for entry in manager.store.entries(manager.store.terminal_stream) if entry.values
    ]
    assert [event for event in audit if event] == [
        "service_founded", "organisation_slot_set", "card_accepted", "roster_handed_out", "member_withdrawn",
        "root_renewed",
    ]  # fmt: skip


def test_the_members_for_ssh_keygen_are_a_file(manager, founded, tmp_path: Path):
    service.write_allowed_signers(manager.store, tmp_path / "allowed_signers")
    assert 'Slate_Kettle namespaces="tac-bundle-v1' in (tmp_path / "allowed_signers").read_text()
