import pyrage
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.age_keys import IDENTITY, RECIPIENT, identity_of, key_bytes, recipient_of
from tac_desktop.storage.key_seals import public_of


def test_the_keys_are_those_of_age():
    for _ in range(20):
        identity = pyrage.x25519.Identity.generate()
        private = key_bytes(str(identity), IDENTITY)
        assert identity_of(private) == str(identity)
        assert recipient_of(public_of(private)) == str(identity.to_public())
        assert key_bytes(str(identity.to_public()), RECIPIENT) == public_of(private)


@given(st.binary(min_size=32, max_size=32))
def test_a_key_is_read_as_it_was_written_in_small_letters_and_in_capitals(key):
    for text in (recipient_of(key), recipient_of(key).upper(), f"  {recipient_of(key)}\n"):
        assert key_bytes(text, RECIPIENT) == key
    assert key_bytes(identity_of(key), IDENTITY) == key


@given(st.integers(0, 61), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l1b"))
def test_one_mistyped_letter_is_noticed(place, letter):
    text = recipient_of(bytes(range(32)))
    typed = text[:place] + letter + text[place + 1 :]
    assert (key_bytes(typed, RECIPIENT) is None) == (typed != text)


@pytest.mark.parametrize(
    "typed", ["", "age1", "Age1qqqq", "age1" + "q" * 58, recipient_of(bytes(range(32)))[:-1], "é" * 62]
)
def test_what_is_no_key_is_none(typed):
    assert key_bytes(typed, RECIPIENT) is None
    assert key_bytes(recipient_of(bytes(32)), IDENTITY) is None
