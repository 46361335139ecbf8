"""Pass-phrases are judged by what a guesser would try, offline, and the judgement is said in words."""

import subprocess
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.actions.passphrases import SHORTEST_PASSPHRASE, judged, refuse_weak
from tac_desktop.errors import PassphraseTooShort, PassphraseTooWeak

ABOUT_HER = ("Puce Anchor", "SEND", "HMP Send", "Team vault")


@pytest.mark.parametrize(
    ("passphrase", "why"),
    [
        ("short", "Too short: 7 more characters needed"),
        ("elevenchars", "Too short: 1 more character needed"),
        ("aaaaaaaaaaaaaaaa", "repeats itself"),
        ("tulip tulip tulip", "repeats itself"),
        ("abcdefghijklmnop", "in their order"),
        ("qwertyuiop[]", "side by side"),
        ("password1234", "common pass-phrases"),
        ("Puce Anchor Send", "your name"),
        ("puce anchor send team vault", "your name"),
        ("Puce Anchor 2026!", "your name"),
        ("monday 12/03/90", "dates and years"),
    ],
)
def test_what_would_be_guessed_is_refused_with_the_reason_and_what_helps(passphrase, why):
    strength = judged(passphrase, ABOUT_HER)
    assert strength.refused
    assert why in strength.sentence
    assert "Four words" in strength.sentence


@pytest.mark.parametrize("passphrase", ["copper lantern under the bridge", "Grünes Nilpferd im Säbel", "x7Kq!mR2wZ9p"])
def test_what_nobody_expects_is_taken_without_rules_about_signs(passphrase):
    strength = judged(passphrase, ABOUT_HER)
    assert not strength.refused
    refuse_weak(passphrase, ABOUT_HER)


def test_the_same_words_are_weaker_for_the_person_whose_name_they_are():
    assert judged("magenta harpsichord", ("Magenta Harpsichord",)).score < judged("magenta harpsichord").score


def test_each_refusal_is_a_trouble_of_its_own():
    with pytest.raises(PassphraseTooShort):
        refuse_weak("copper tin")
    with pytest.raises(PassphraseTooWeak, match="repeats itself"):
        refuse_weak("aaaaaaaaaaaaaaaa")


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_judged_and_what_is_too_short_is_never_taken(text):
    strength = judged(text, ("Puce Anchor", ""))
    assert 0 <= strength.score <= 4
    assert strength.sentence.endswith(".")
    assert strength.refused or len(text) >= SHORTEST_PASSPHRASE


def test_the_lists_are_loaded_only_when_something_is_judged():
    words = (
        "import sys; from tac_desktop.actions import passphrases, vaults, recovery, people; "
        "assert 'zxcvbn' not in sys.modules; passphrases.judged('long enough to look'); assert 'zxcvbn' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", words], check=True)
