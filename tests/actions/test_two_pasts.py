"""A vault that tells one colleague this and another one that parts the two only until it is withdrawn."""

import shutil

import pytest

from tac_desktop.actions import service, vaults
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
