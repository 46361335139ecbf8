"""Alerts hang on the woman: which hold on a day, in which words, and when somebody has to look at them again."""

import pytest

from tac_desktop.casework.alerts import alert_in_words, alerts_on, has_ended, kinds_in_words
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.record import Record, case_file_id, derived_id

CASE = case_file_id("EP-001")


def alert(kind: str, **answers: object) -> Record:
    told = {"kind": kind, **answers}
    return Record(id=derived_id(repr(told)), form="alert", version=1, case_file=CASE, stream=CASE, answers=told)


@pytest.mark.parametrize(("day", "holds"), [
    ("2026-02-28", False), ("2026-03-01", True), ("2026-03-09", True), ("2026-03-10", True), ("2026-03-11", False)
])  # fmt: skip
def test_an_alert_holds_from_its_first_to_its_last_day(day: str, holds: bool):
    assert bool(alerts_on([alert("acct", since="2026-03-01", until="2026-03-10")], day)) is holds


def test_an_alert_without_beginning_or_end_always_holds():
    assert alerts_on([alert("mappa")], "1999-01-01")
    assert alerts_on([alert("mappa")], "2099-01-01")


def test_the_gravest_alert_stands_first_and_each_kind_is_named_once():
    several = [alert("language"), alert("health", since="2025-01-01"), alert("acct"), alert("health")]
    found = alerts_on(several, "2026-03-01")
    assert [one.text("kind") for one in found] == ["acct", "health", "health", "language"]
    assert (
        kinds_in_words(found) == "ACCT open (risk of self-harm or suicide); Health; Language: an interpreter is needed"
    )


def test_an_alert_says_what_to_do_with_its_first_line():
    words = alert_in_words(alert("do_not_disclose", since="2026-03-01", what_to_do="\nNever her address.\nNor his."))
    assert words == "Do not disclose: Never her address. (since 1 March 2026)"
    assert alert_in_words(alert("other")) == "Other"


def test_an_alert_is_looked_at_again_until_it_has_ended():
    def due(**answers: object) -> list[tuple[str, str]]:
        return [(one.by, one.task) for one in dues(by_form([alert("acct", **answers)]))]

    assert due(review_by="2026-04-01") == [("2026-04-01", "alert")]
    assert due(review_by="2026-04-01", until="2026-03-20") == []
    assert due() == []


def test_an_alert_has_ended_from_the_day_after_its_last_and_nothing_else_ends_as_one():
    acct = alert("acct", since="2026-03-03", until="2026-03-19")
    assert [has_ended(acct, day) for day in ("2026-03-01", "2026-03-19", "2026-03-20")] == [False, False, True]
    assert not has_ended(alert("acct", since="2026-03-03"), "2027-01-01")
