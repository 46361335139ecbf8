"""What is sealed has one way to be written; whatever differs from it by a byte is no seal."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.journal import Sem, json_bytes
from tac_desktop.casework.sealing import (
    NotASeal,
    Sealed,
    changed_since,
    not_here,
    read_seal_text,
    seal_text,
    sealed_by,
    state_entries,
)

CIDS = ("A" * 43, "B" * 43)
SEALED = Sealed(
    record="r1", form="baseline", stream="s1", entries=CIDS, person="p1", name="Puce Anchor", role="worker",
    at="2026-03-12T09:30:00+00:00",
)  # fmt: skip
TEXT = seal_text(SEALED)
SEM = Sem(
    form="seal", record_id="r2", stream="s1", op="seal", fields=("record", "name", "at", "text", "signature"),
    supersedes={}, author="p1", hlc=1, version=1, commitment="", known_on="2026-03-12",
)  # fmt: skip
VALUES = {"record": "r1", "name": "Puce Anchor", "at": "2026-03-12T09:30", "text": TEXT, "signature": "-"}


def test_the_text_of_a_seal_is_written_as_the_format_says():
    assert TEXT == (
        '{"type":"tac-seal","v":1,"record":"r1","form":"baseline","stream":"s1","entries":["' + "A" * 43 + '","'
        + "B" * 43 + '"],"person":"p1","name":"Puce Anchor","role":"worker","at":"2026-03-12T09:30:00+00:00"}'
    )  # fmt: skip
    assert read_seal_text(TEXT) == SEALED


@pytest.mark.parametrize("wrong", [
    {"entries": ()}, {"entries": CIDS[::-1]}, {"entries": CIDS[:1] * 2}, {"entries": ("short",)}, {"form": "contact"},
    {"at": "2026-03-12"}, {"at": "yesterday"}, {"at": "2026-03-12T09:30:00.5+00:00"},
])  # fmt: skip
def test_what_cannot_have_been_sealed_is_no_seal(wrong: dict[str, object]):
    with pytest.raises(NotASeal):
        read_seal_text(seal_text(replace(SEALED, **wrong)))


@pytest.mark.parametrize("text", [
    "", "null", "[]", "{}", TEXT + " ", TEXT.replace('"v":1', '"v":2'), TEXT.replace('"v":1', '"v":true'),
    TEXT.replace('"v":1', '"v":1,"v":1'), TEXT.replace('"type":"tac-seal",', ""), TEXT.replace(",", ", ", 1),
    TEXT.replace('"r1"', "1"), TEXT.replace("Puce", "\\u0050uce"), TEXT[:-1] + ',"more":1}', "[" * 100_000,
])  # fmt: skip
def test_a_text_that_is_written_otherwise_is_no_seal(text: str):
    with pytest.raises(NotASeal):
        read_seal_text(text)


@given(st.text() | st.recursive(st.none() | st.integers() | st.text(), st.lists).map(json.dumps))
def test_no_text_of_a_stranger_raises_anything_but_that_it_is_no_seal(text: str):
    with pytest.raises(NotASeal):
        read_seal_text(text)


def test_the_entry_says_the_same_as_the_signed_text():
    assert sealed_by(SEM, VALUES) == SEALED


@pytest.mark.parametrize(("sem", "values"), [
    ({"op": "set"}, {}), ({"form": "comment"}, {}), ({"stream": "s2"}, {}), ({"author": "p2"}, {}),
    ({"supersedes": {"C" * 43: ("text",)}}, {}), ({}, {"record": "r2"}), ({}, {"name": "Teal Ribbon"}),
    ({}, {"at": "2026-03-13T09:30"}), ({}, {"text": None}), ({}, {"more": "x"}),
])  # fmt: skip
def test_an_entry_that_says_something_else_than_its_text_is_no_seal(sem: dict, values: dict):
    with pytest.raises(NotASeal):
        sealed_by(replace(SEM, **sem), VALUES | values)


def test_what_came_after_the_seal_and_what_is_missing_are_counted():
    assert changed_since(SEALED, {*CIDS, "C" * 43, "D" * 43}) == 2
    assert not_here(SEALED, {CIDS[0]}) == 1
    assert json_bytes(json.loads(TEXT)).decode() == TEXT


def test_the_state_of_a_case_consists_of_what_a_return_tells_and_was_known_by_the_day():
    known = {form: replace(SEM, form=form, known_on="2026-03-12") for form in ("child", "order", "contact", "comment")}
    later = replace(SEM, form="child", known_on="2026-03-13")
    entries = [*((form, sem) for form, sem in known.items()), ("later", later)]
    assert state_entries(entries, "2026-03-12") == ("child", "order")
