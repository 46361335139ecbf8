"""A vault that tells one colleague this and another one that parts the two only until it is withdrawn."""

import shutil

import pytest

from tac_desktop.actions import service, vaults
from tac_desktop.actions.beyond import beyond_the_end
from tac_desktop.errors import TwoHistories
from tac_desktop.storage.store import Store
from tests.actions.conftest import NOW, PASSPHRASE, Desk
from tests.actions.test_service import LATER, contact, join, mother, rosters_to, send, take, trust


def said(desk):
    return sorted(one.text("summary") for one in desk.store.records("contact"))


@pytest.fixture
def between(make_desk, worker, manager, tmp_path):
    """A worker's vault that was copied while it ran, the registrar and another manager: each was told another past."""
    other = make_desk("manager")
    service.found_service(manager.vault, manager.store, "Zed Service", now=NOW)
    for desk in (worker, other):
        trust(manager, desk, tmp_path)
        join(desk, manager, tmp_path)
    rosters_to(manager, tmp_path, worker)
    mother(worker)
    shutil.copytree(worker.vault.folder, tmp_path / "copy")
    vault = vaults.unlock(tmp_path / "copy", vaults.people_of(tmp_path / "copy")[0].id, PASSPHRASE)
    vault.incarnation.rid = worker.vault.incarnation.rid
    copy = Desk(vault, Store(vault))
    for desk, to, words in ((worker, manager, "To the registrar."), (copy, other, "To the other one.")):
        contact(desk, words)
        send(desk, to, tmp_path / "told")
        take(to, tmp_path / "told")
    yield manager, other, worker
    copy.store.close()
    vault.close()


def exchanged(one, another, tmp_path, now):
    """Let two managers write to each other and take in what came; return what was left out."""
    left = []
    for sender, receiver in ((one, another), (another, one)):
        contact(sender, f"Seen by {sender.vault.folder.name}, {now}.", now)
        path = tmp_path / f"{sender.vault.folder.name}-{now.isoformat().replace(':', '')}"
        send(sender, receiver, path, now)
        left.append(take(receiver, path, now).left_out)
    return left


@pytest.mark.parametrize("status", ["left", "compromised"])
def test_after_the_withdrawal_two_managers_who_were_told_two_pasts_exchange_all_else(between, tmp_path, status):
    registrar, other, worker = between
    with pytest.raises(TwoHistories):
        exchanged(registrar, other, tmp_path, NOW)
    service.withdraw(registrar.vault, registrar.store, worker.vault.device_id, status, now=LATER)
    left = exchanged(registrar, other, tmp_path, LATER)
    assert left[0] > 0, "what the other manager was told otherwise stays as it is there"
    assert "To the registrar." in said(registrar)
    assert "To the other one." not in said(registrar)
    assert exchanged(registrar, other, tmp_path, LATER.replace(hour=12)) == [0, 0], "and is not sent again and again"
    assert {one for one in said(registrar) if "Seen" in one} == {one for one in said(other) if "Seen" in one}


def test_a_third_vault_takes_in_the_past_that_the_roster_names_whoever_comes_first(between, make_desk, tmp_path):
    registrar, other, worker = between
    third = make_desk("manager")
    trust(registrar, third, tmp_path)
    join(third, registrar, tmp_path)
    rosters_to(registrar, tmp_path, other)
    send(other, third, tmp_path / "before")
    service.withdraw(registrar.vault, registrar.store, worker.vault.device_id, "left", now=LATER)
    rosters_to(registrar, tmp_path, third)
    found = take(third, tmp_path / "before")
    assert found.left_out > 0
    assert said(third) == []
    send(registrar, third, tmp_path / "true", LATER)
    take(third, tmp_path / "true", LATER)
    assert said(third) == ["To the registrar."]


def test_what_came_in_beyond_the_end_before_it_was_known_is_shown_to_who_keeps_the_roster(between, tmp_path):
    registrar, other, worker = between
    assert beyond_the_end(registrar.vault, registrar.store) == []
    service.withdraw(registrar.vault, registrar.store, worker.vault.device_id, "left", now=LATER)
    assert beyond_the_end(registrar.vault, registrar.store) == [], "all that is here counts"
    rosters_to(registrar, tmp_path, other)
    send(other, registrar, tmp_path / "back", LATER)
    take(registrar, tmp_path / "back", LATER)
    (found,) = beyond_the_end(other.vault, other.store)
    assert (found.name, found.references) == ("Slate Kettle", ("Z-001",))
    assert [(entry.form, entry.name) for entry in found.entries] == [
        ("Mother", "Puce Anchor"), ("Contact", "Puce Anchor"),
    ]  # fmt: skip


def test_the_registrar_hears_which_colleague_holds_more_than_counts(worker, manager, make_desk, tmp_path):
    other = make_desk("manager")
    service.found_service(manager.vault, manager.store, "Zed Service", now=NOW)
    for desk in (worker, other):
        trust(manager, desk, tmp_path)
        join(desk, manager, tmp_path)
    rosters_to(manager, tmp_path, worker)
    mother(worker)
    send(worker, manager, tmp_path / "first")
    take(manager, tmp_path / "first")
    contact(worker, "After the end.")
    send(worker, other, tmp_path / "late")
    take(other, tmp_path / "late")
    service.withdraw(manager.vault, manager.store, worker.vault.device_id, "compromised", now=LATER)
    send(other, manager, tmp_path / "on", LATER)
    assert take(manager, tmp_path / "on", LATER).left_out == 1
    (found,) = beyond_the_end(manager.vault, manager.store)
    assert (found.entries, found.held_by) == ((), ("Slate Kettle",))
    rosters_to(manager, tmp_path, other)
    (found,) = beyond_the_end(other.vault, other.store)
    assert [entry.form for entry in found.entries] == ["Contact"]
