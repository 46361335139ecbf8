"""The log seen from one side: by counterpart, child, kind, attempts, words and period."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tac_desktop.casework.contact_thread import ThreadFilter, counterparts, filter_in_words, thread, whom_in_words
from tac_desktop.casework.record import Record


def contact(id_: str, at: str, **answers: Any) -> Record:
    told = {"at": at, "kind": "phone", **answers}
    return Record(id=id_, form="contact", version=1, case_file="c", stream="c", answers=told, known_on="")


LOG = [
    contact("b", "2026-03-02T09:00", who="SLATE  Ledger", with_whom=("childrens_sw",), summary="The plan is late."),
    contact("a", "2026-03-01T09:00", who="Slate Ledger", with_whom=("childrens_sw",), children=("mauve",),
            kind="email", summary="Asked for the plan.", waiting_for="The care plan"),
    contact("c", "2026-03-03T09:00", with_whom=("school", "childrens_sw"), reached=False, summary="Nobody there."),
    contact("d", "2026-04-01T09:00", with_whom=("mother",), kind="contact_attempt", in_prison_record=True,
            summary="She was at court."),
]  # fmt: skip


@pytest.mark.parametrize(("wanted", "found"), [
    (ThreadFilter(), "abcd"), (ThreadFilter(whom="name:slate ledger"), "ab"),
    (ThreadFilter(whom="role:childrens_sw"), "abc"), (ThreadFilter(child="mauve"), "a"),
    (ThreadFilter(kind="phone"), "bc"), (ThreadFilter(attempts=True), "cd"), (ThreadFilter(waiting=True), "a"),
    (ThreadFilter(unrecorded=True), "abc"), (ThreadFilter(words="PLAN"), "ab"),
    (ThreadFilter(words="plan ledger is"), "b"),
    (ThreadFilter(words="care plan"), "a"), (ThreadFilter(first="2026-03-02", last="2026-03-03"), "bc"),
    (ThreadFilter(whom="role:childrens_sw", attempts=True), "c"), (ThreadFilter(whom="name:nobody"), ""),
])  # fmt: skip
def test_a_thread_holds_what_fits_everything_that_was_chosen_the_earliest_first(wanted: ThreadFilter, found: str):
    assert [one.id for one in thread(LOG, wanted)] == list(found)


def test_the_same_name_written_otherwise_is_one_counterpart_and_names_stand_before_professions():
    told = counterparts(LOG)
    assert told[0] == ("name:slate ledger", "SLATE Ledger")
    assert [words for _, words in told[1:]] == [
        "Children's Social Worker",
        "Mother",
        "School / safeguarding lead / teacher",
    ]
    assert whom_in_words("name:slate ledger", LOG) == "SLATE Ledger"


def test_what_was_chosen_is_told_in_one_sentence():
    wanted = ThreadFilter(whom="name:slate ledger", child="mauve", attempts=True, first="2026-03-01")
    told = filter_in_words(wanted, "Slate Ledger", "M.A.")
    assert told == "with Slate Ledger, about M.A., attempts only, from 1 March 2026"
    assert filter_in_words(ThreadFilter(), "", "") == ""


@given(st.text(max_size=30), st.sampled_from([one.id for one in LOG]))
def test_whatever_is_typed_no_filter_finds_what_is_not_in_the_log(words: str, child: str):
    found = thread(LOG, ThreadFilter(words=words, child=child))
    assert all(one in LOG for one in found)
