"""A vault gets a new data key: who left learns nothing more, and no instant at which it may end loses anything."""

import base64
import hmac
import json
import os
import shutil
import signal
from contextlib import suppress
from pathlib import Path

import pytest

from tac_desktop.casework.people import Person
from tac_desktop.casework.record import case_file_id
from tac_desktop.errors import (
    CannotWrite,
    KeysDamaged,
    LastSlot,
    SlotsNotRenewed,
    UnknownSlot,
    VaultBusy,
    VaultDamaged,
    WrongPassphrase,
)
from tac_desktop.storage import CHEAPEST, Draft, Drafts, Store, key_slots, open_vault, rekeying, slots
from tac_desktop.storage.binding import open_database
from tac_desktop.storage.key_file import read_keys, to_json
from tac_desktop.storage.key_seals import new_private, public_of, seal, unsealed
from tests.storage.conftest import PASSPHRASE, WORKER
from tests.storage.test_reference_vault import SECRETS, VAULT

HERS = "slate window over nine hills"
LEAVER = Person(id="0193-leaver", name="Slate Window", role="manager")
DAY = "2026-11-20"
WRITTEN = Draft(case_file="c", form="contact", record_id="r", json='{"summary": "half a sentence"}', at="2026-11-20")


@pytest.fixture
def shared(desk):
    """A vault with a record and a draft, in which two people work, closed; and the id of the slot of who leaves."""
    desk.mother()
    drafts = Drafts(desk.vault)
    drafts.write(WORKER.id, WRITTEN)
    drafts.close()
    slot = desk.vault.add_person(LEAVER, HERS, CHEAPEST)
    desk.close()
    return desk.vault.folder, slot


def unlock(folder, passphrase=PASSPHRASE):
    return open_vault(folder, slots(folder)[0].id, passphrase)


def let_go(folder, slot):
    vault = unlock(folder)
    assert list(vault.rekey(without=[slot], day=DAY))[-1] == (100, 100)
    return vault


def files(folder):
    """Return what counts of a folder: an empty journal is none, and the lock's text names the process."""
    return {
        path.name: path.read_bytes()
        for path in folder.iterdir()
        if path.is_file() and not path.name.endswith(("-journal", ".lock"))
    }


def everything_is_there(vault):
    store, drafts = Store(vault), Drafts(vault)
    try:
        assert store.record(case_file_id("EP-1")).answers["name"] == "Ochre Kettle"
        assert drafts.all_of(WORKER.id) == [WRITTEN]
        assert not [finding for step in store.upkeep.check() for finding in step.findings]
    finally:
        store.close()
        drafts.close()


def has_key(path, key):
    with suppress(VaultDamaged):
        open_database(path, key).close()
        return True
    return False


# --- what it does ---


def test_who_stays_goes_on_with_her_pass_phrase_and_who_leaves_is_gone(shared):
    folder, slot = shared
    vault = let_go(folder, slot)
    everything_is_there(vault)
    assert [(one.id, one.left) for one in vault.people()] == [(WORKER.id, ""), (LEAVER.id, DAY)]
    vault.close()
    vault = unlock(folder)
    everything_is_there(vault)
    vault.close()
    with pytest.raises(UnknownSlot):
        open_vault(folder, slot, HERS)
    assert not list(folder.glob("*.next"))


def test_both_databases_have_another_key_and_neither_file_tells_the_old_wrapping(shared):
    folder, slot = shared
    vault = unlock(folder)
    old, old_drafts = bytes(vault.data_key), vault.drafts_key()
    list(vault.rekey(without=[slot]))
    assert has_key(folder / "data.db", vault.data_key)
    assert not has_key(folder / "data.db", old)
    assert has_key(folder / "drafts.db", vault.drafts_key())
    assert not has_key(folder / "drafts.db", old_drafts)
    vault.close()
    for name in ("keys.json", "keys.json.bak"):
        keys = read_keys(folder / name)
        assert key_slots.opened(keys, keys.slots[0].id, PASSPHRASE).data_key != old
        assert not keys.next_mac
        assert slot not in [one.id for one in keys.slots]


def test_a_vault_is_rekeyed_again_and_again_while_somebody_is_away(shared):
    folder, slot = shared
    for _ in range(3):  # she has not unlocked it in between: she still knows the first key alone
        vault = unlock(folder)
        list(vault.rekey())
        vault.close()
    vault = open_vault(folder, slot, HERS)
    assert vault.person == LEAVER
    assert vault.key_file().number == 4
    assert vault.key_file().slot(slot).known == 4
    vault.close()
    open_vault(folder, slot, HERS).close()


def test_the_recovery_code_and_a_changed_pass_phrase_go_through_it(desk):
    folder, code = desk.vault.folder, desk.code
    desk.store.close()
    list(desk.vault.rekey())
    desk.vault.try_recovery_code(code)
    desk.vault.change_passphrase(slots(folder)[0].id, PASSPHRASE, HERS, CHEAPEST)
    seal_key = desk.vault.seal_key
    list(desk.vault.rekey())
    desk.close()
    vault = unlock(folder, HERS)
    assert vault.seal_key == seal_key
    vault.close()


# --- who left plays the attacker: she has a copy of everything, her pass-phrase, and time ---


@pytest.fixture
def stolen(shared, tmp_path):
    """Everything that she could take with her, and the folder after she left, with something new in it."""
    folder, slot = shared
    open_vault(folder, slot, HERS).close()
    shutil.copytree(folder, tmp_path / "hers")
    vault = let_go(folder, slot)
    drafts, store = Drafts(vault), Store(vault)
    drafts.write(WORKER.id, Draft(case_file="c", form="contact", record_id="new", json="{}", at="2026-11-21"))
    store.attach([b"written after she left"])
    drafts.close()
    store.close()
    vault.close()
    return tmp_path / "hers", folder, slot


def what_she_knows(hers, slot):
    """Return every secret that the old copy and her pass-phrase give."""
    keys = read_keys(hers / "keys.json")
    mine = keys.slot(slot)
    opened = key_slots.opened(keys, slot, HERS)
    inner = key_slots._aead(opened.wrapping_key).decrypt(
        mine.nonce, mine.wrapped, key_slots._bound(keys.vault_id, mine)
    )
    connection = open_database(hers / "data.db", opened.data_key)
    meta = [value for (value,) in connection.execute("SELECT value FROM meta") if isinstance(value, bytes)]
    meta = [value for value in meta if len(value) == 32]
    links = [row[0] for row in connection.execute("SELECT link FROM key_link")]
    connection.close()
    link = key_slots.link_of(opened.data_key)
    return {bytes(opened.data_key), opened.wrapping_key, inner[:32], inner[32:], link, *meta, *links}


def test_the_old_copy_gives_the_old_key_and_no_secret_of_it_opens_anything_new(stolen):
    hers, folder, slot = stolen
    secrets = what_she_knows(hers, slot)
    assert any(has_key(hers / "data.db", one) for one in secrets)
    assert any(has_key(hers / "drafts.db", one) for one in secrets)
    for one in secrets:
        assert not has_key(folder / "data.db", one)
        assert not has_key(folder / "drafts.db", one)


@pytest.mark.parametrize("name", ["keys.json", "keys.json.bak"])
def test_no_secret_of_the_old_copy_unseals_the_new_key(stolen, name):
    hers, folder, slot = stolen
    secrets, keys = what_she_knows(hers, slot), read_keys(folder / name)
    for one in keys.slots:
        for private in secrets:
            for link in [*secrets, b""]:
                for number in (1, 2, 3):
                    with pytest.raises(KeysDamaged):
                        unsealed(private, link, one.sealed, key_slots._bound_seal(keys.vault_id, one, number))
        with pytest.raises((WrongPassphrase, KeysDamaged)):
            key_slots.opened(keys, one.id, HERS)


def test_her_slot_put_back_into_the_new_file_opens_nothing(stolen):
    hers, folder, slot = stolen
    old, new = (json.loads((where / "keys.json").read_bytes()) for where in (hers, folder))
    mine = next(one for one in old["slots"] if one["id"] == slot)
    data_key = key_slots.opened(read_keys(hers / "keys.json"), slot, HERS).data_key
    for number in (1, 2):
        forged = new | {"slots": [*new["slots"], mine], "data_key": number}
        (folder / "keys.json").write_bytes(json.dumps(forged).encode())
        keys = key_slots.sealed(read_keys(folder / "keys.json"), data_key)  # sealed with the key that she has
        (folder / "keys.json").write_bytes(to_json(keys))
        for one, passphrase in ((slot, HERS), (slots(folder)[0].id, PASSPHRASE)):
            with pytest.raises((KeysDamaged, VaultDamaged)):
                open_vault(folder, one, passphrase)


def test_the_old_key_file_does_not_open_the_new_database(stolen):
    hers, folder, slot = stolen
    shutil.copyfile(hers / "keys.json", folder / "keys.json")
    before = files(folder)
    for one, passphrase in ((slot, HERS), (slots(folder)[0].id, PASSPHRASE)):
        with pytest.raises(VaultDamaged):
            open_vault(folder, one, passphrase)
    assert files(folder) == before


# --- a stranger who can write into the folder ---


def test_a_stranger_cannot_put_a_key_of_his_own_under_her_public_key(shared):
    folder, _ = shared
    body, his = json.loads((folder / "keys.json").read_bytes()), os.urandom(32)
    keys = read_keys(folder / "keys.json")
    slot = keys.slots[0]
    for link in (b"", key_slots.link_of(his)):
        bound = key_slots._bound_seal(keys.vault_id, slot, keys.number)
        body["slots"][0]["sealed"] = base64.b64encode(seal(slot.public, link, his, bound)).decode()
        (folder / "keys.json").write_bytes(json.dumps(body).encode())
        forged = key_slots.sealed(read_keys(folder / "keys.json"), his)
        (folder / "keys.json").write_bytes(to_json(forged))
        with pytest.raises(KeysDamaged):
            open_vault(folder, slot.id, PASSPHRASE)


def test_a_point_of_low_order_is_no_public_key():
    with pytest.raises(KeysDamaged):
        seal(bytes(32), b"", bytes(32), b"")
    private = new_private()
    with pytest.raises(KeysDamaged):
        unsealed(private, b"", bytes(80), b"")
    sound = seal(public_of(private), b"link", bytes(range(32)), b"bound")
    assert unsealed(private, b"link", sound, b"bound") == bytes(range(32))
    for link, bound in ((b"another", b"bound"), (b"link", b"another")):
        with pytest.raises(KeysDamaged):
            unsealed(private, link, sound, bound)


# --- refused, and nothing is changed ---


def test_an_open_store_or_open_drafts_are_refused_before_anything_is_done(shared):
    folder, slot = shared
    vault = unlock(folder)
    before = files(folder)
    for opened in (Store(vault), Drafts(vault)):
        with pytest.raises(VaultBusy):
            list(vault.rekey(without=[slot]))
        opened.close()
    assert files(folder) == before
    vault.close()


def test_a_store_that_is_opened_meanwhile_takes_it_back(shared):
    folder, slot = shared
    vault = unlock(folder)
    key, keys = bytes(vault.data_key), files(folder)["keys.json"]
    job = vault.rekey(without=[slot])
    next(job)
    next(job)
    store = Store(vault)
    with pytest.raises(VaultBusy):
        list(job)
    assert files(folder)["keys.json"] == keys
    store.close()
    assert vault.data_key == key
    everything_is_there(vault)
    vault.close()


def test_the_last_person_and_an_unknown_slot_are_refused(shared):
    folder, slot = shared
    vault = unlock(folder)
    before = files(folder)
    with pytest.raises(LastSlot):
        list(vault.rekey(without=[slots(folder)[0].id, slot]))
    with pytest.raises(UnknownSlot):
        list(vault.rekey(without=["nobody"]))
    assert files(folder) == before
    vault.close()


def test_who_has_not_opened_it_with_this_program_is_named_and_can_be_left_out(tmp_path):
    folder = Path(shutil.copytree(VAULT, tmp_path / "vault"))
    vault = open_vault(folder, slots(folder)[0].id, SECRETS["passphrase"])
    with pytest.raises(SlotsNotRenewed, match="Recovery code") as refused:
        list(vault.rekey())
    list(vault.rekey(without=refused.value.slot_ids))
    code = vault.new_recovery_code(CHEAPEST)
    vault.try_recovery_code(code)
    list(vault.rekey())
    vault.try_recovery_code(code)
    vault.close()


def test_where_the_copy_cannot_be_written_everything_stays_as_it_was(shared):
    folder, slot = shared
    vault = unlock(folder)
    key, keys = bytes(vault.data_key), files(folder)["keys.json"]
    (folder / "data.db.next").mkdir()
    with pytest.raises(CannotWrite):
        list(vault.rekey(without=[slot]))
    (folder / "data.db.next").rmdir()
    assert (vault.data_key, files(folder)["keys.json"]) == (key, keys)
    everything_is_there(vault)
    vault.close()
    open_vault(folder, slot, HERS).close()


def test_stopping_takes_it_back_as_long_as_it_can_be(shared):
    folder, slot = shared
    vault = unlock(folder)
    key, keys = bytes(vault.data_key), files(folder)["keys.json"]
    for steps in (1, 2):
        job = vault.rekey(without=[slot])
        for _ in range(steps):
            next(job)
        job.close()
        assert (vault.data_key, files(folder)["keys.json"]) == (key, keys)
        assert not list(folder.glob("*.next"))
    vault.close()
    vault = open_vault(folder, slot, HERS)
    assert [one.left for one in vault.people()] == ["", ""]
    everything_is_there(vault)
    vault.close()


def test_damaged_drafts_are_told_before_anything_is_done(shared):
    folder, slot = shared
    content = bytearray((folder / "drafts.db").read_bytes())
    content[-100] ^= 1
    (folder / "drafts.db").write_bytes(content)
    vault = unlock(folder)
    before = files(folder)
    with pytest.raises(VaultDamaged, match="not saved yet"):
        list(vault.rekey(without=[slot]))
    assert files(folder) == before
    vault.close()


# --- it ends at any instant ---


def killed_at(folder, slot, instant, *, after):
    """Let a process of its own re-key the vault, and kill it at one of its steps; say whether it got so far."""
    child = os.fork()
    if not child:
        steps = iter(range(1, 100))

        def fatal(work):
            def stepped(*arguments, **named):
                here = next(steps) == instant
                if here and not after:
                    os.kill(os.getpid(), signal.SIGKILL)
                found = work(*arguments, **named)
                if here:
                    os.kill(os.getpid(), signal.SIGKILL)
                return found

            return stepped

        with suppress(BaseException):
            vault = unlock(folder)
            Path.replace = fatal(Path.replace)
            rekeying._begin = fatal(rekeying._begin)
            rekeying.people.put_meta = fatal(rekeying.people.put_meta)
            rekeying.people.put_left = fatal(rekeying.people.put_left)
            list(vault.rekey(without=[slot], day=DAY))
        os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


STEPS = 11
"""Files replaced (six), and notes in the database (five)."""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
@pytest.mark.parametrize(("instant", "after"), [*((step, False) for step in range(1, STEPS + 1)), (STEPS, True)])
def test_killed_at_any_step_it_opens_with_exactly_one_key_and_all_is_there(shared, instant, after):
    folder, slot = shared
    vault = unlock(folder)
    old, old_drafts = bytes(vault.data_key), vault.drafts_key()
    vault.close()
    assert killed_at(folder, slot, instant, after=after)
    begun = bool(read_keys(folder / "keys.json").next_mac)
    vault = unlock(folder)
    new = vault.data_key != old
    assert new or not begun
    assert has_key(folder / "data.db", old) != new
    assert has_key(folder / "drafts.db", old_drafts) != new
    assert (slot in [one.id for one in vault.key_file().slots]) != new
    assert [one.left for one in vault.people()] == ["", DAY if new else ""]
    everything_is_there(vault)
    vault.close()
    assert not read_keys(folder / "keys.json").next_mac
    assert not list(folder.glob("*.next"))
    vault = let_go(folder, slot) if not new else unlock(folder)  # and it can be done again, or go on
    everything_is_there(vault)
    vault.close()


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_those_are_all_its_steps(shared):
    folder, slot = shared
    assert not killed_at(folder, slot, STEPS + 1, after=False)


@pytest.mark.parametrize("secret", ["code", "passphrase"])
def test_what_was_begun_is_finished_by_whoever_opens_the_vault_next(desk, secret):
    desk.mother()
    folder, code = desk.vault.folder, desk.code
    desk.store.close()
    job = desk.vault.rekey()
    next(job)
    next(job)
    both = (folder / "keys.json").read_bytes()
    job.close()
    old = bytes(desk.vault.data_key)
    desk.close()
    (folder / "keys.json").write_bytes(both)
    which = slots(folder)[0 if secret == "passphrase" else 1]
    vault = open_vault(folder, which.id, PASSPHRASE if secret == "passphrase" else code)
    assert vault.data_key != old
    assert vault.key_file().number == 2
    vault.close()
    unlock(folder).close()


def test_a_file_with_both_keys_that_was_altered_is_refused(desk):
    folder = desk.vault.folder
    desk.store.close()
    job = desk.vault.rekey()
    next(job)
    next(job)
    both = json.loads((folder / "keys.json").read_bytes())
    job.close()
    old = bytes(desk.vault.data_key)
    desk.close()
    mac = base64.b64encode(hmac.digest(old, b"", "sha256")).decode()
    databases = [(folder / name).read_bytes() for name in ("data.db", "drafts.db")]
    for edit in ({"next_mac": mac}, {"mac": mac}, {"generation": 99}):
        (folder / "keys.json").write_bytes(json.dumps(both | edit).encode())
        with pytest.raises(KeysDamaged):
            unlock(folder)
    assert [(folder / name).read_bytes() for name in ("data.db", "drafts.db")] == databases
    for slot in both["slots"]:
        slot.pop("next")
    (folder / "keys.json").write_bytes(json.dumps(both).encode())
    with pytest.raises(KeysDamaged):
        slots(folder)
