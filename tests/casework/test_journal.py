"""The journal's format and the rule by which answers live: what must hold for every order of arrival."""

import json

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework import forms
from tac_desktop.casework.answers import Declined, NotKnown
from tac_desktop.casework.journal import (
    Entry,
    Sem,
    b64,
    change_id,
    commitment,
    decode_sem,
    device_chain,
    differences,
    encode_sem,
    from_journal,
    json_bytes,
    seen,
    stream_chain,
    tick,
    to_journal,
    unb64,
)
from tests.answers_by_definition import live_answers

STREAM = "00000000-0000-8000-8000-000000000001"


def an_entry(value: object, *, hlc: int = 1, replaces: tuple[str, ...] = (), field: str = "name", n: int = 1) -> Entry:
    """Return an entry that answers one field of one record."""
    payload, salt = json_bytes([value]), bytes(16)
    sem = Sem(
        form="mother", record_id=STREAM, stream=STREAM, op="set", fields=(field,), author="program", hlc=hlc, version=1,
        supersedes=dict.fromkeys(replaces, (field,)), commitment=b64(commitment(salt, payload)), known_on="2026-01-01",
    )  # fmt: skip
    return Entry(bytes([n]) * 16, 1, 1, encode_sem(sem), salt, payload)


def cid(entry: Entry) -> str:
    """Return an entry's id as other entries name it."""
    return b64(entry.cid)


def test_the_meaning_of_an_entry_survives_its_bytes():
    entry = an_entry("Puce Anchor", replaces=(b64(bytes(32)),))
    sem = decode_sem(entry.sem)
    assert encode_sem(sem) == entry.sem
    assert sem.supersedes == {b64(bytes(32)): ("name",)}
    assert sem.known_on == "2026-01-01"


def test_the_format_of_version_1_never_changes():
    entry = an_entry("Puce Anchor")
    assert entry.sem.startswith(b'[1,"mother","00000000-0000-8000-8000-000000000001",')
    assert change_id(entry.sem).hex() == "8c2b5b0badfae7296e1d44b4ee976fc141df6e9c334e222dea31972ff61022e7"
    assert stream_chain(b"", entry.cid, 1).hex() == "5eedb7ac2818442199ec64e19a9fceccc6710d46997a0d02a7b568101cec91ac"
    assert device_chain(b"", bytes(32), 1).hex() == "6710b4c5be06c324885080351e0b5821bf5eb6d80721bcb0f02a90b59666910b"


def test_every_byte_of_an_entry_matters_to_its_id():
    sem = an_entry("Puce Anchor").sem
    ids = {change_id(sem[:i] + bytes([sem[i] ^ 1]) + sem[i + 1 :]) for i in range(len(sem))}
    assert len(ids) == len(sem)
    assert change_id(sem) not in ids


def test_an_entry_that_names_another_replaces_it_whatever_the_clocks_say():
    first = an_entry("Puce Anchor", hlc=99)
    second = an_entry("Saffron Marble", hlc=1, replaces=(cid(first),))
    for order in ((first, second), (second, first)):
        alive = live_answers(order)["name"]
        assert [answer.value for answer in alive] == ["Saffron Marble"]


def test_an_entry_replaces_only_the_field_that_it_names():
    first = an_entry("Puce Anchor")
    other_field = an_entry("Z1000ZZ", field="prison_number", replaces=(cid(first),))
    assert [answer.value for answer in live_answers([first, other_field])["name"]] == ["Puce Anchor"]


@given(st.integers(0, 2**62), st.integers(0, 2**45))
def test_the_clock_never_goes_back(hlc: int, wall: int):
    assert tick(hlc, wall) > hlc


@given(st.integers(0, 2**62), st.integers(0, 2**62), st.integers(0, 2**44))
def test_a_clock_that_is_years_ahead_is_not_followed(hlc: int, remote: int, wall: int):
    after = seen(hlc, remote, wall)
    assert after >= hlc
    assert after == hlc or after <= (wall + 86_400_000) << 16


answers = st.fixed_dictionaries(
    {},
    optional={
        "own_words": st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1),
        "written_by": st.sampled_from(["herself", "dictated"])
        | st.builds(NotKnown, st.text("ab "))
        | st.just(Declined()),
        "self_identified_needs": st.lists(st.sampled_from(["contact", "family_court"]), min_size=1, unique=True).map(
            lambda codes: tuple(sorted(codes))
        )
        | st.just(NotKnown()),
    },
)


@given(answers)
def test_answers_come_back_from_the_journal_as_they_went_in(given_answers: dict):
    written = json.loads(json_bytes(to_journal(forms.ALL["triage"], given_answers)))
    assert from_journal(written) == given_answers


@given(answers, answers)
def test_writing_the_differences_turns_one_state_into_the_other(before: dict, after: dict):
    form = forms.ALL["triage"]
    start, end = to_journal(form, before), to_journal(form, after)
    assert from_journal({**start, **differences(start, end)}) == after
    assert differences(end, end) == {}


def test_two_people_who_tick_different_boxes_do_not_contradict_each_other():
    one = to_journal(forms.ALL["baseline"], {"orders_known": ("care_order",)})
    two = to_journal(forms.ALL["baseline"], {"orders_known": ("placement_order",)})
    assert not set(one) & set(two)


@given(st.binary(max_size=40))
def test_base64_text_gives_back_its_bytes(raw: bytes):
    assert unb64(b64(raw)) == raw
