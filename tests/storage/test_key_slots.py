import json
import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.errors import KeysDamaged, NewerVault, UnknownSlot, WrongPassphrase
from tac_desktop.storage import key_file, key_slots
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
