"""Her way through custody, and her way with the service."""

import pytest

from tac_desktop.casework.checks_of_case import case_doubts, case_problems
from tac_desktop.casework.custody_history import whereabouts
from tac_desktop.casework.dues import by_form
from tac_desktop.casework.her_way import her_way, length_in_words, predicted_in_words
from tac_desktop.casework.record import Record, case_file_id, derived_id

CASE = case_file_id("EP-001")


def a_record(form: str, **answers: object) -> Record:
    """Return a record of the case file with these answers."""
    return Record(
        id=derived_id(form, repr(answers)), form=form, version=1, case_file=CASE, stream=CASE, answers=answers
    )


AT_REFERRAL = a_record("custody", legal_status="remand")
SENTENCED = a_record(
    "custody", event="sentenced", from_date="2025-03-03", prison="EP", expected_release="2025-11-20", sentence_months=18
)
MOVED = a_record("custody", event="transferred_in", from_date="2025-06-01", prison="SEND")
AWAY = a_record("custody", event="rotl", from_date="2025-08-01", until="2025-08-03")
RELEASED = a_record("custody", event="released", from_date="2025-11-20", licence_until="2026-08-20")
RECALLED = a_record("custody", event="recalled", from_date="2026-01-10", prison="EP")
WAY = (RECALLED, AWAY, MOVED, AT_REFERRAL, RELEASED, SENTENCED)


def on(day: str) -> tuple[str, str]:
    """Return the prison on a day, and her status in words."""
    found = whereabouts(WAY, day, "EP")
    return found.prison, found.in_words


def test_where_she_is_follows_from_what_happened_last_and_a_transfer_begins_no_sentence():
    assert on("2025-01-01") == ("EP", "On remand")
    assert on("2025-03-03") == ("EP", "Sentenced, since 3 March 2025")
    assert on("2025-07-01") == ("SEND", "Sentenced, since 3 March 2025")
    assert on("2025-08-02")[1].endswith("since 1 August 2025, until 3 August 2025")
    assert on("2025-08-04") == ("SEND", "Sentenced, since 3 March 2025")
    assert on("2025-12-01") == ("", "Released, since 20 November 2025, on licence until 20 August 2026")
    assert on("2026-02-01") == ("EP", "On recall, since 10 January 2026")


def test_a_recall_takes_the_expected_release_of_the_stay_before_away():
    assert whereabouts(WAY, "2025-07-01").expected_release == "2025-11-20"
    assert whereabouts(WAY, "2026-02-01").expected_release == ""


def test_a_licence_is_told_until_its_last_day_and_that_of_a_day_outside_with_it_alone():
    assert whereabouts([SENTENCED, RELEASED], "2026-08-20").in_words.endswith("on licence until 20 August 2026")
    assert whereabouts([SENTENCED, RELEASED], "2026-08-21").in_words == "Released, since 20 November 2025"
    first = a_record("custody", event="rotl", from_date="2025-08-01", until="2025-08-01", licence_until="2025-09-01")
    again = a_record("custody", event="rotl", from_date="2025-08-15", until="2025-08-15")
    assert "licence until" not in whereabouts([SENTENCED, first, again], "2025-08-15").in_words
    assert "on licence until 1 September" in whereabouts([SENTENCED, first], "2025-08-01").in_words


def test_a_stay_that_ended_without_anything_after_it_says_until_when_she_was_there():
    stay = a_record("custody", event="remanded", from_date="2025-03-01", until="2025-03-20", prison="EP")
    assert whereabouts([stay], "2025-04-01").in_words == "On remand, since 1 March 2025, until 20 March 2025"


def problems(*others: Record, **answers: object) -> list[str]:
    """Return the fields that are refused beside the other records."""
    return [*case_problems("custody", answers, by_form(others), "2026-03-12")]


def test_nobody_is_in_two_prisons_at_once():
    first = a_record("custody", from_date="2025-01-01", until="2025-03-01", prison="EP")
    assert problems(first, from_date="2025-02-01", until="2025-04-01", prison="SEND") == ["from_date"]
    assert problems(first, from_date="2024-12-01", until="2025-02-01", prison="SEND") == ["until"]
    assert not problems(first, from_date="2025-03-01", until="2025-04-01", prison="SEND")
    assert not problems(first, from_date="2025-02-01", until="2025-02-10", prison="EP")


def test_nothing_happens_after_she_died_and_she_does_not_die_before_what_happened():
    died = a_record("custody", event="died", from_date="2025-05-01")
    assert problems(died, event="released", from_date="2025-06-01") == ["from_date"]
    assert not problems(died, event="transferred_in", from_date="2025-04-01")
    assert problems(RELEASED, event="died", from_date="2025-05-01") == ["from_date"]


def test_who_was_removed_may_have_come_back_which_is_asked():
    removed = a_record("custody", event="deported", from_date="2025-05-01")
    assert not problems(removed, event="rearrested", from_date="2025-06-01")
    asked = case_doubts("custody", {"event": "rearrested", "from_date": "2025-06-01"}, by_form([removed]), "2026-03-12")
    assert [doubt.rule for doubt in asked] == ["custody_after_removal"]


def test_a_recall_of_somebody_who_was_not_released_is_asked_about():
    doubt = {"event": "recalled", "from_date": "2026-01-10"}
    asked = [d.rule for d in case_doubts("custody", doubt, by_form([SENTENCED]), "2026-03-12")]
    assert asked == ["recall_without_release"]
    assert not case_doubts("custody", doubt, by_form([SENTENCED, RELEASED]), "2026-03-12")


def test_her_way_tells_referral_custody_and_episodes_as_one_story():
    stages = her_way(by_form([
        *WAY,
        a_record("referral", date="2025-01-05", source="self", pathway="tac", decided_on="2025-01-12", decided_by="Us"),
        a_record("episode", opened="2025-01-12", closed="2025-11-25", closed_because="released"),
        a_record("episode", opened="2026-01-15", opened_because="recall_licence_breach", note="Children moved"),
    ]))  # fmt: skip
    assert [(stage.day, stage.what) for stage in stages] == [
        ("", "At referral: on remand"),
        ("2025-01-05", "Referred"),
        ("2025-01-12", "Decided: TaC Social Worker"),
        ("2025-01-12", "Case opened"),
        ("2025-03-03", "Sentenced"),
        ("2025-06-01", "Transferred in from another prison"),
        ("2025-08-01", "Release on temporary licence"),
        ("2025-11-20", "Released"),
        ("2025-11-25", "Case closed"),
        ("2026-01-10", "Recalled"),
        ("2026-01-15", "Case opened again"),
    ]
    assert stages[-1].details == "Recall due to breach of licence conditions, Children moved"


def test_the_length_of_the_work_stands_beside_what_was_predicted():
    episodes = [
        a_record("episode", opened="2025-01-01", closed="2025-03-02"),
        a_record("episode", opened="2026-03-01"),
    ]
    assert length_in_words(episodes, "2026-03-12") == "71 days in 2 episodes"
    baseline = a_record("baseline", timescale="dated", timescale_date="2025-06-30")
    assert predicted_in_words(baseline) == "Until a stated date (30 June 2025)"
    assert predicted_in_words(None) == ""


@pytest.mark.parametrize("before", ["remanded", "rearrested"])
def test_a_recall_days_after_an_arrest_on_licence_is_asked_about_by_nobody(before: str):
    arrested = a_record("custody", event=before, from_date="2026-01-05")
    assert case_doubts("custody", RECALLED.answers, by_form([arrested]), "2026-02-01") == []
    serving = a_record("custody", event="sentenced", from_date="2026-01-05")
    assert case_doubts("custody", RECALLED.answers, by_form([serving]), "2026-02-01")


def test_what_happens_on_a_day_and_does_not_go_on_is_told_with_on():
    died = a_record("custody", event="died", from_date="2026-03-03")
    assert whereabouts([died], "2026-04-01").in_words == "Died, on 3 March 2026"
    assert whereabouts([RELEASED], "2026-04-01").in_words.startswith("Released, since 20 November 2025")


def test_a_release_is_expected_after_a_stay_began_and_may_come_later_than_expected():
    wanted = {"from_date": "2026-01-10", "expected_release": "2026-01-09"}
    assert list(case_problems("custody", wanted | {"event": "sentenced"}, {}, "2026-02-01")) == ["expected_release"]
    assert list(case_problems("custody", wanted, {}, "2026-02-01")) == ["expected_release"]
    assert case_problems("custody", wanted | {"event": "released"}, {}, "2026-02-01") == {}
    assert case_problems("custody", wanted | {"expected_release": "2026-01-10"}, {}, "2026-02-01") == {}


def test_on_the_last_day_of_a_temporary_release_she_is_away_still_and_on_the_next_she_is_back():
    assert not whereabouts(WAY, "2025-08-03").inside
    assert whereabouts(WAY, "2025-08-04").inside


def test_a_recall_without_a_release_before_it_takes_the_expected_release_away_as_well():
    assert whereabouts((SENTENCED, RECALLED), "2026-02-01").expected_release == ""
    assert whereabouts((SENTENCED, MOVED), "2026-02-01").expected_release == "2025-11-20"


def test_a_new_sentence_begins_anew_where_a_transfer_does_not():
    again = a_record("custody", event="sentenced", from_date="2025-05-01")
    assert whereabouts((SENTENCED, again), "2025-06-01").in_words == "Sentenced, since 1 May 2025"


def test_a_stay_without_an_end_is_over_where_the_next_begins():
    assert case_problems("custody", {"prison": "SEND", "from_date": "2026-01-10", "until": "2026-03-01"},
                         by_form([SENTENCED]), "2026-03-02") == {}  # fmt: skip
