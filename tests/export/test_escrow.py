"""The emergency key on paper: any two sheets give it, one tells nothing, and it opens what was sealed for it."""

import random
import subprocess

import pyrage
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tac_desktop.errors import (
    BundleDamaged,
    BundleNotForUs,
    EmergencyWordsMistyped,
    EmergencyWordsWrong,
    MediumUnreadable,
    NotABundle,
)
from tac_desktop.export.escrow import WORDS, joined, new_emergency_key, try_opening
from tac_desktop.export.identity import Identity


@pytest.fixture(scope="module")
def key():
    return new_emergency_key()


@pytest.fixture(scope="module")
def sheets(key):
    return [" ".join(words) for words in key.sheets]


@pytest.mark.parametrize("two", [(0, 1), (1, 2), (2, 0)])
def test_any_two_sheets_give_the_key(key, sheets, two):
    secret = joined([sheets[place] for place in two], [key.recipient])
    assert str(pyrage.x25519.Identity.from_str(secret).to_public()) == key.recipient
    assert all(len(words) == WORDS for words in key.sheets)


def test_all_three_sheets_give_it_too(key, sheets):
    assert joined(sheets, [key.recipient]) == joined(sheets[:2], [key.recipient])


def test_words_are_read_however_they_are_typed(key, sheets):
    typed = "\n".join(f"{number}. {word.upper()}" for number, word in enumerate(sheets[0].split(), 1))
    assert joined([typed, sheets[2]], ["age1other", key.recipient])


def test_one_sheet_or_the_same_twice_is_not_enough(key, sheets):
    for shares in ([], sheets[:1], [sheets[1], sheets[1]]):
        with pytest.raises(EmergencyWordsWrong, match="Nothing was changed"):
            joined(shares, [key.recipient])


def test_sheets_of_two_services_do_not_belong_together(key, sheets):
    other = new_emergency_key()
    with pytest.raises(EmergencyWordsWrong):
        joined([sheets[0], " ".join(other.sheets[1])], [key.recipient])
    with pytest.raises(EmergencyWordsWrong):
        joined([" ".join(words) for words in other.sheets[:2]], [key.recipient])


@given(chance=st.randoms(use_true_random=False), which=st.integers(0, 1))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_wrong_word_is_told_with_the_sheet_that_it_stands_on(key, sheets, chance: random.Random, which):
    words = sheets[which].split()
    place = chance.randrange(WORDS)
    words[place] = chance.choice([word for word in [*words, "academic", "zero", "quux"] if word != words[place]])
    shares = [sheets[0], sheets[1]]
    shares[which] = " ".join(words)
    with pytest.raises(EmergencyWordsMistyped, match=f"number {which + 1}"):
        joined(shares, [key.recipient])


@given(st.lists(st.text(max_size=300), min_size=1, max_size=3))
def test_only_our_own_errors_leave_the_reader_of_words(shares):
    with pytest.raises((EmergencyWordsMistyped, EmergencyWordsWrong)):
        joined(shares, ["age1"])


def test_words_that_ask_for_hours_of_work_or_are_of_another_kind_are_refused_at_once(key):
    from shamir_mnemonic import generate_mnemonics

    costly = generate_mnemonics(1, [(2, 3)], b"m" * 16)[0]
    with pytest.raises(EmergencyWordsMistyped):
        joined(costly[:2], [key.recipient])
    several = generate_mnemonics(2, [(1, 1), (2, 3)], b"m" * 32)
    with pytest.raises(EmergencyWordsMistyped):
        joined([several[0][0], several[1][0]], [key.recipient])
    from shamir_mnemonic.share import Share

    endless = [
        Share(7, True, 15, 0, 1, 1, index, 2, bytes(32)).mnemonic()  # 327 million rounds
        for index in range(2)
    ]
    with pytest.raises(EmergencyWordsMistyped):
        joined(endless, [key.recipient])


@pytest.fixture
def bundle(key, anna, bea, history_of, parcel_of, write):
    return write(anna, parcel_of(anna, bea, history_of(anna, 5), escrow=(key.recipient,)))


def test_two_sheets_open_a_bundle_to_its_last_byte_and_a_card_does_not(key, sheets, bundle, clara):
    assert try_opening(bundle, joined(sheets[:2], [key.recipient])) == 1
    with pytest.raises(BundleNotForUs):
        try_opening(bundle, clara.identity.opening_key)


def test_a_bundle_that_is_cut_off_is_not_called_open(key, sheets, bundle):
    secret = joined(sheets[:2], [key.recipient])
    bundle.write_bytes(bundle.read_bytes()[:-1])
    with pytest.raises(BundleDamaged):
        try_opening(bundle, secret)
    with pytest.raises(MediumUnreadable):
        try_opening(bundle.with_name("nowhere"), secret)
    bundle.write_bytes(pyrage.encrypt(b"x" * 5000, [pyrage.x25519.Recipient.from_str(key.recipient)]))
    with pytest.raises(NotABundle):
        try_opening(bundle, secret)


def test_a_bundle_whose_files_are_not_those_of_its_manifest_is_not_called_open(key, sheets, bundle):
    secret = joined(sheets[:2], [key.recipient])
    plain = bytearray(pyrage.decrypt(bundle.read_bytes(), [pyrage.x25519.Identity.from_str(secret)]))
    plain[plain.index(b"changes/000000.tsv.zstd\0") + 512 + 40] ^= 1
    bundle.write_bytes(pyrage.encrypt(bytes(plain), [pyrage.x25519.Recipient.from_str(key.recipient)]))
    with pytest.raises(BundleDamaged):
        try_opening(bundle, secret)


@pytest.mark.tool("age")
def test_the_age_command_opens_it_with_the_key_of_two_sheets(key, sheets, bundle, tmp_path):
    (tmp_path / "escrow.key").write_text(joined(sheets[1:], [key.recipient]) + "\n")
    opened = subprocess.run(
        ["age", "-d", "-i", "escrow.key", bundle], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    assert opened.startswith(b"manifest.json\0")


def test_keys_are_never_made_twice_and_never_shown_by_accident():
    one, other = new_emergency_key(), new_emergency_key()
    assert one.recipient != other.recipient
    assert one.sheets[0][0] not in repr(one)
    assert Identity.create() != Identity.create()
