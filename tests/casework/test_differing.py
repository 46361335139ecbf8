"""What differs between two long texts is found, whatever they are, and nothing of either is lost."""

import random

from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.differing import Stretch, differing, differing_words, shortened

WORDS = st.lists(st.sampled_from(["she", "rang", "her", "son", "on", "Monday.", "He", "was\n", "well.\n\n", "  ", "’"]))
TEXTS = WORDS.map(" ".join)


def whole(stretches: tuple[Stretch, ...]) -> str:
    return "".join(stretch.text for stretch in stretches)


def shared(stretches: tuple[Stretch, ...]) -> list[str]:
    return [word for stretch in stretches if not stretch.differs for word in stretch.text.split()]


@given(TEXTS | st.text(), TEXTS | st.text())
def test_nothing_of_either_text_is_lost_and_what_is_called_the_same_is_the_same(one, other):
    ours, theirs = differing(one, other)
    assert (whole(ours), whole(theirs)) == (one, other)
    assert shared(ours) == shared(theirs)


@given(TEXTS)
def test_a_text_does_not_differ_from_itself_nor_by_its_line_ends(text):
    for other in (text, "\n".join(text.split(" ")), f"{text}\n"):
        ours, theirs = differing(text, other)
        assert differing_words(ours) == differing_words(theirs) == []


def test_the_words_that_differ_are_named_not_the_sentences_around_them():
    ours, theirs = differing(
        "She rang her son on Monday. He was well. They spoke of school.",
        "She rang her son on Tuesday. He was well. They spoke of his school.",
    )
    assert differing_words(ours) == ["Monday."]
    assert differing_words(theirs) == ["Tuesday.", "his"]


def test_a_paragraph_that_stands_in_one_text_alone_is_found_between_those_of_both():
    ours, theirs = differing("One.\n\nTwo.\n\nThree.", "One.\n\nThree.")
    assert (differing_words(ours), differing_words(theirs)) == (["Two."], [])


def test_a_long_text_is_shortened_to_what_differs_and_says_how_much_was_left_out():
    same = " ".join(f"word{number}" for number in range(300))
    ours, _ = differing(f"{same} Monday {same}", f"{same} Tuesday {same}")
    short = shortened(ours)
    assert [stretch.left_out for stretch in short if stretch.left_out] == [288, 288]
    assert len(whole(short).split()) == 25
    assert "word299 Monday word0" in whole(short)


@given(TEXTS, TEXTS)
def test_shortening_leaves_out_only_what_stands_in_both(one, other):
    ours, _ = differing(one, other)
    short = shortened(ours)
    assert differing_words(short) == differing_words(ours)
    assert len(whole(short).split()) + sum(stretch.left_out for stretch in short) >= len(one.split())


def test_the_longest_narratives_can_be_compared():
    chance = random.Random(7)
    long = ["".join(chance.choice("abcdefgh") for _ in range(4)) for _ in range(60_000)]
    other = [word if chance.random() > 0.3 else "zz" for word in long]
    ours, theirs = differing(" ".join(long), " ".join(other))
    assert (whole(ours), whole(theirs)) == (" ".join(long), " ".join(other))
    assert sum(stretch.differs for stretch in ours) < 60_000
