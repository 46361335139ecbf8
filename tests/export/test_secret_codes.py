"""The codes of root keys: written for paper, read however they are typed, and never taken for another key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.errors import RootCodeMistyped
from tac_desktop.export.secret_codes import code_of_seed, seed_of_code
from tac_desktop.export.typed_codes import CROCKFORD

SEED = bytes(range(32))
CODE = code_of_seed(SEED)


@given(st.binary(min_size=32, max_size=32))
def test_a_key_comes_back_from_its_code(seed):
    code = code_of_seed(seed)
    assert [len(group) for group in code.split("-")] == [4] * 14
    assert seed_of_code(code) == seed
    assert seed_of_code(" " + code.lower().replace("-", "  ").replace("0", "o").replace("1", "l") + "\n") == seed


def test_the_code_of_a_key_is_always_the_same():
    assert CODE == "000G-40R4-0M30-E209-185G-R38E-1W81-24GK-2GAH-C5RR-34D1-P70X-3RFS-DZR3"


@given(st.integers(0, 55), st.integers(1, 31))
def test_one_wrong_character_is_noticed(place, offset):
    letters = list(CODE.replace("-", ""))
    letters[place] = CROCKFORD[(CROCKFORD.index(letters[place]) + offset) % 32]
    with pytest.raises(RootCodeMistyped, match="Nothing was changed"):
        seed_of_code("".join(letters))


@given(st.text(max_size=80))
def test_only_our_own_error_leaves_the_reader_of_codes(typed):
    with pytest.raises(RootCodeMistyped):
        seed_of_code(typed)


@pytest.mark.parametrize("typed", ["", CODE[:-1], CODE + "0", CODE.replace("0", "U", 1), "0" * 56, "٣" * 56])
def test_what_is_no_code_is_mistyped(typed):
    with pytest.raises(RootCodeMistyped):
        seed_of_code(typed)
