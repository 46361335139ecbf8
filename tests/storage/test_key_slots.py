import json
import os
import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.errors import KeysDamaged, NewerVault, UnknownSlot, WrongPassphrase
from tac_desktop.storage import key_file, key_slots, next_key
from tac_desktop.storage.key_slots import CHEAPEST, STANDARD, Owner, Profile
from tac_desktop.storage.recovery_code import new_recovery_code, read_recovery_code

KEY = bytes(range(32))
SECRET = "teal lantern under four bridges"


@pytest.fixture(scope="module")
def keys():
    one, _ = key_slots.with_slot(key_slots.new_key_file(), KEY, Owner("PA", "person-1"), SECRET, CHEAPEST)
    return key_slots.with_slot(one, KEY, Owner("OB", "person-2"), SECRET + " two", CHEAPEST)[0]


def data_key(keys, slot_id, secret):
    return key_slots.opened(keys, slot_id, secret).data_key


def test_each_pass_phrase_opens_its_own_slot_only(keys):
    first, second = keys.slots
    assert data_key(keys, first.id, SECRET) == KEY
    assert data_key(keys, second.id, SECRET + " two") == KEY
    with pytest.raises(WrongPassphrase):
        data_key(keys, second.id, SECRET)


def test_a_key_file_is_read_as_it_was_written(keys):
    assert key_file.from_json(key_file.to_json(keys)) == keys


def edited(keys, edit):
    body = json.loads(key_file.to_json(keys))
    edit(body)
    return key_file.from_json(json.dumps(body).encode())


EDITS = {
    "label": lambda body: body["slots"][0].update(label="ZZ"),
    "a slot taken out": lambda body: body["slots"].pop(),
    "generation": lambda body: body.update(generation=body["generation"] - 1),
    "order": lambda body: body["slots"].reverse(),
    "vault": lambda body: body.update(vault="0" * 32),
    "person": lambda body: body["slots"][0].update(person="person-2"),
    "weaker costs": lambda body: body["slots"][0]["kdf"].update(memory_kib=16),
    "slots exchanged": lambda body: body["slots"][0].update(wrapped=body["slots"][1]["wrapped"]),
    "public key": lambda body: body["slots"][0].update(public=body["slots"][1]["public"]),
    "a link of another time": lambda body: body.update(data_key=2) or body["slots"][0].update(known=2),
    "another data key": lambda body: body["slots"][0].update(sealed=body["slots"][1]["sealed"]),
    "number of the data key": lambda body: body.update(data_key=2),
    "another seal": lambda body: body.update(mac="A" * 43 + "="),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS.keys())
def test_an_altered_key_file_opens_nothing(keys, edit):
    with pytest.raises((KeysDamaged, WrongPassphrase)):
        data_key(edited(keys, edit), keys.slots[0].id, SECRET)


@pytest.mark.parametrize(
    "costs",
    [
        {"memory_kib": 64 << 20}, {"iterations": 10**9}, {"lanes": 10**6}, {"memory_kib": 0}, {"memory_kib": "8"},
        {"memory_kib": True}, {"memory_kib": 1 << 20, "iterations": 20}, {"name": "md5"},
    ],
)  # fmt: skip
def test_absurd_costs_are_refused_before_any_memory_is_taken(keys, costs):
    with pytest.raises(KeysDamaged):
        edited(keys, lambda body: body["slots"][0]["kdf"].update(costs))


def test_any_flipped_bit_is_noticed(keys):
    whole, chance = key_file.to_json(keys), random.Random(7)
    for _ in range(80):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        if json_equal(damaged, whole):
            continue  # white space, or the case of an escape
        with pytest.raises((KeysDamaged, WrongPassphrase, NewerVault, UnknownSlot)):
            data_key(key_file.from_json(bytes(damaged)), keys.slots[0].id, SECRET)


def json_equal(one, other):
    try:
        return json.loads(bytes(one)) == json.loads(other)
    except ValueError:
        return False


def test_the_standard_costs_are_above_the_second_choice_of_the_rfc():
    assert STANDARD.within_limits()
    assert STANDARD.memory_kib >= 64 * 1024
    assert STANDARD.iterations >= 3
    assert not Profile(memory_kib=8 << 20, iterations=3).within_limits()


def test_a_new_pass_phrase_takes_the_place_of_the_old_one(keys):
    renewed, _ = key_slots.with_new_secret(keys, KEY, keys.slots[0].id, "a new one", CHEAPEST)
    assert [(slot.label, slot.person) for slot in renewed.slots] == [("PA", "person-1"), ("OB", "person-2")]
    assert data_key(renewed, renewed.slots[0].id, "a new one") == KEY
    # an old copy of the file still opens with the old one: this is not revocation
    assert data_key(keys, keys.slots[0].id, SECRET) == KEY


@given(st.randoms(use_true_random=False))
def test_a_recovery_code_is_read_however_it_is_typed(chance):
    code = new_recovery_code()
    typed = code.replace("0", chance.choice("0oO")).replace("1", chance.choice("1iIlL"))
    typed = chance.choice([str.lower, str.upper])(typed).replace("-", chance.choice(["", " ", "-", " - "]))
    assert read_recovery_code(typed) == code
    assert len(code.replace("-", "")) * 5 == 160
    assert unicodedata.normalize("NFC", code) == code


# --- version 2: a key pair for each slot ---


class _Vault:
    """A key file with what its owners know, and what data.db would keep."""

    def __init__(self):
        self.key, self.links, self.secrets = bytearray(os.urandom(32)), {}, {}
        self.keys = key_slots.new_key_file()
        self.count = 0
        self.add()

    def add(self):
        self.count += 1
        secret = f"secret {self.count}"
        self.keys, _ = key_slots.with_slot(
            self.keys, self.key, Owner(f"P{self.count}", f"p{self.count}"), secret, CHEAPEST
        )
        self.secrets[self.keys.slots[-1].id] = secret

    def remove(self, chance):
        if len(self.secrets) > 1:
            gone = chance.choice(list(self.secrets))
            self.keys = key_slots.without_slots(self.keys, self.key, (gone,))
            del self.secrets[gone]

    def change(self, chance):
        old = chance.choice(list(self.secrets))
        del self.secrets[old]
        self.count += 1
        before = {slot.id for slot in self.keys.slots}
        self.keys, _ = key_slots.with_new_secret(self.keys, self.key, old, f"secret {self.count}", CHEAPEST)
        (new,) = {slot.id for slot in self.keys.slots} - before
        self.secrets[new] = f"secret {self.count}"

    def unlock(self, chance):
        opened = key_slots.opened(self.keys, *chance.choice(list(self.secrets.items())))
        self.keys = key_slots.with_new_pair(opened, opened.data_key) or self.keys

    def rekey(self, chance):
        gone = chance.sample(list(self.secrets), chance.randrange(len(self.secrets)))
        kept, coming = next_key.kept_slots(self.keys, gone), bytearray(os.urandom(32))
        both = next_key.with_next(self.keys, kept, self.key, coming, self.links)
        self.secrets = {slot: secret for slot, secret in self.secrets.items() if slot not in gone}
        for slot, secret in self.secrets.items():
            opened = key_slots.opened(key_file.from_json(key_file.to_json(both)), slot, secret)
            assert (opened.data_key, opened.next_key) == (self.key, coming)
        if chance.random() < 0.3:  # taken back
            self.keys = next_key.settled(both, self.key)
        else:
            self.links[self.keys.number] = key_slots.link_of(self.key)
            self.keys, self.key = next_key.settled(both, coming), coming


@given(st.randoms(use_true_random=False))
@settings(max_examples=25, deadline=None)
def test_whatever_happens_to_a_key_file_its_people_get_in_and_nobody_else(chance):
    vault = _Vault()
    for _ in range(12):
        match chance.choice(["add", "remove", "change", "unlock", "rekey"]):
            case "add":
                vault.add()
            case name:
                getattr(vault, name)(chance)
    written = key_file.from_json(key_file.to_json(vault.keys))
    assert {slot.id for slot in written.slots} == vault.secrets.keys()
    for slot, secret in vault.secrets.items():
        assert data_key(written, slot, secret) == vault.key
        with pytest.raises(WrongPassphrase):
            data_key(written, slot, secret + "x")


def test_a_slot_that_was_made_before_a_new_data_key_needs_the_link_of_its_time():
    vault = _Vault()
    kept = next_key.kept_slots(vault.keys, ())
    second, third = bytearray(os.urandom(32)), bytearray(os.urandom(32))
    once = next_key.settled(next_key.with_next(vault.keys, kept, vault.key, second, {}), second)
    with pytest.raises(KeysDamaged):
        next_key.with_next(once, once.slots, second, third, {})
    wrong = next_key.with_next(once, once.slots, second, third, {1: bytes(32)})
    with pytest.raises(KeysDamaged):
        key_slots.opened(wrong, *next(iter(vault.secrets.items())))


ODD = {
    "no number": lambda body: body.update(data_key=0),
    "a number that is none": lambda body: body.update(generation=float("inf")),
    "yes for a number": lambda body: body.update(data_key=True),
    "a huge number": lambda body: body.update(generation=1 << 60),
    "half a surrogate": lambda body: body["slots"][0].update(label="\ud800"),
    "a label of two lines": lambda body: body["slots"][0].update(label="P\nA"),
    "a link of the future": lambda body: body["slots"][0].update(known=2),
    "no link": lambda body: body["slots"][0].update(known=0),
    "nobody's pass-phrase": lambda body: body["slots"][0].update(person=""),
    "a key without an owner": lambda body: body["slots"][0].update(kind="organisation", person="x"),
    "another kind": lambda body: body["slots"][0].update(kind=["passphrase"]),
    "the next key for one": lambda body: body["slots"][0].update(next=body["slots"][0]["sealed"]),
    "the next seal alone": lambda body: body.update(next_mac=body["mac"]),
    "short key": lambda body: body["slots"][0].update(public="AAAA"),
    "slots in one": lambda body: body.update(slots={"0": body["slots"][0]}),
    "too many slots": lambda body: body.update(slots=body["slots"] * 51),
}


@pytest.mark.parametrize("edit", ODD.values(), ids=ODD.keys())
def test_a_key_file_that_contradicts_its_format_is_refused_before_anything_is_tried(keys, edit):
    with pytest.raises(KeysDamaged):
        edited(keys, edit)


def test_a_slot_of_version_2_is_not_read_as_one_of_version_1(keys):
    def downgrade(body):
        for member in ("public", "known", "sealed"):
            del body["slots"][0][member]

    with pytest.raises(KeysDamaged):
        edited(keys, downgrade)  # what is wrapped in it has another length
