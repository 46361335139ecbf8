"""Whatever stands in a card, a service's file, a seal or a typed code: our own errors, within 50 ms and 64 MB."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.sealing import NotASeal, read_seal_text
from tac_desktop.export.card import read_card
from tac_desktop.export.escrow import joined
from tac_desktop.export.roster import read_service_file
from tac_desktop.export.seal import check_seal
from tac_desktop.export.secret_codes import seed_of_code
from tac_desktop.export.typed_codes import same_code
from tests.export.bounds import altered, exchanged, many, within_bounds

TRUST = Path(__file__).resolve().parents[1] / "reference" / "trust"
CARD = (TRUST / "anna.taccard").read_bytes()
SERVICE = next(TRUST.glob("*.tacroster")).read_bytes()
CODE = "A1EF-KDGV-RY5W-R59K-QY1C-NT9S"
DEEP = st.sampled_from([b"[" * 50_000, b'{"a":' * 20_000, b"9" * 5000, b'{"card":"\\ud800"}', b"\xff" * 9000])


@given(st.one_of(st.binary(max_size=9000), altered(CARD), exchanged(CARD), DEEP))
@many
def test_anything_as_a_card(content):
    within_bounds(read_card, content)


@given(st.one_of(st.binary(max_size=9000), altered(SERVICE), exchanged(SERVICE), DEEP))
@many
def test_anything_as_a_service_s_file(content):
    within_bounds(read_service_file, content)


@given(st.text(max_size=500) | DEEP.map(lambda raw: raw.decode("latin-1")), st.text(max_size=500))
@many
def test_anything_as_a_seal(text, signature):
    def read_it(text: str) -> None:
        with pytest.raises(NotASeal):
            read_seal_text(text)

    within_bounds(read_it, text)
    assert not within_bounds(check_seal, text, signature)


@given(st.one_of(st.text(max_size=3000), altered(CODE.encode()).map(lambda raw: raw.decode("utf-8", "replace"))))
@many
def test_anything_as_a_typed_code(typed):
    within_bounds(same_code, typed, CODE)
    within_bounds(seed_of_code, typed)


@given(st.lists(st.text("abcdefghijklmnopqrstuvwxyz \n", max_size=400), max_size=4))
@many
def test_anything_as_the_words_of_the_emergency_key(sheets):
    assert not within_bounds(joined, sheets, [])
