"""Who is counted on a day, and under which prison."""

import pytest

from tac_desktop.casework.answers import Declined, NotKnown


def test_a_woman_is_counted_from_the_day_her_baseline_tracker_was_received(population):
    population.woman(referred="2021-09-01", received="2021-09-20")
    assert population.counted("2021-09-19").n("R1.cases") == 0
    assert population.counted("2021-09-20").n("R1.cases") == 1


def test_a_woman_whose_baseline_tracker_has_no_date_is_not_counted(population):
    population.woman(received="").has("tracker_return", tracker_form="baseline")
    assert population.counted().n("R1.cases") == 0


def test_no_other_form_stands_for_the_baseline_tracker(population):
    population.woman(received="").has("tracker_return", tracker_form="follow_up", received="2022-01-01")
    assert population.counted().n("R1.cases") == 0


def test_of_two_baseline_trackers_the_earlier_decides(population):
    population.woman(received="2022-07-05").has("tracker_return", tracker_form="baseline", received="2022-06-30")
    counted = population.counted()
    assert counted.row("R2.T2", "TOTAL")[0] == 1
    assert counted.row("R2.T3", "TOTAL")[0] == 0


@pytest.mark.parametrize("consent", [False, NotKnown(), Declined(), ""])
def test_only_a_yes_is_consent(population, consent):
    population.woman(consent=consent).answered("T1", helped=True)
    counted = population.counted()
    assert counted.n("R1.cases") == 0
    assert counted.n("R1.t1_questionnaires") == 0


def test_consent_counts_from_its_date(population):
    population.woman(evaluation_consent_date="2021-10-05")
    assert population.counted("2021-10-04").n("R1.cases") == 0
    assert population.counted("2021-10-05").n("R1.cases") == 1


def test_consent_without_a_date_is_consent(population):
    population.woman()
    assert population.counted().n("R1.cases") == 1


def test_who_withdrew_is_in_no_later_run_whatever_its_day(population):
    woman = population.woman().answered("T1")
    counted = population.counted("2022-05-31", withdrawn=frozenset({woman.id}))
    assert (counted.n("R1.cases"), counted.n("R1.t1_questionnaires")) == (0, 0)


def test_surveys_and_forms_of_a_woman_who_is_not_counted_yet_are_not_counted(population):
    population.woman(received="2022-08-01").answered("T1", date="2022-02-01")
    assert population.counted("2022-07-31").n("R2.t1_questionnaires") == 0
    assert population.counted("2022-08-01").n("R2.t1_questionnaires") == 1


def test_the_two_prisons_have_columns_where_nobody_is_counted(population):
    counted = population.counted()
    assert counted.columns("R1.T1") == ["EP", "SEND", "TOTAL"]
    assert counted.row("R1.T1", "total") == [0, 0, 0]
    assert counted.percentages("R1.T1", "total") == [None, None, None]


def test_a_further_prison_has_a_column_before_the_total_which_counts_it(population):
    population.woman(prison="EP")
    population.woman(prison="HMP Styal")
    counted = population.counted()
    assert counted.columns("R1.T1") == ["EP", "SEND", "HMP Styal", "TOTAL"]
    assert counted.row("R1.T1", "total") == [1, 0, 1, 2]
    assert [c["label"] for c in counted.table("R2.T8")["columns"]] == [
        "HMP Send", "HMP Eastwood Park", "HMP Styal", "Total",
    ]  # fmt: skip
    assert list(counted.rows("R2.T4")) == ["EP", "HMP Styal"]
    assert counted.value("R1.la_per_prison") == {"EP": 0, "SEND": 0, "HMP Styal": 0}


def test_one_prison_alone_has_its_column_and_the_total_and_no_word_of_others(population):
    population.woman(prison="EP")
    population.woman(prison="SEND")
    counted = population.counted(prison="SEND")
    assert counted.columns("R1.T1") == ["SEND", "TOTAL"]
    assert counted.row("R1.T1", "total") == [1, 1]
    ids = {each["id"] for each in counted.report["statements"]}
    assert "R1.cases.SEND" in ids
    assert not {"R1.cases.EP", "R2.la_common", "R1.practitioner_n"} & ids


def test_offences_are_never_counted_for_one_prison_alone(population):
    population.woman()
    assert "R1.T2" not in {table["id"] for table in population.counted(prison="EP").report["tables"]}


def test_what_the_reader_may_not_see_is_left_out_and_not_counted_as_zero(population):
    for form in ("mothers_survey_t2", "staff_survey", "practitioner_survey", "evaluation_activity"):
        del population.records[form]
    population.woman()
    report = population.counted().report
    assert {t["id"] for t in report["tables"]}.isdisjoint({"R2.T1", "R2.T8", "R2.T13", "R2.T14r", "R1.T4a"})
    assert {s["id"] for s in report["statements"]}.isdisjoint({"R1.t2_emotional", "R2.staff_n", "R1.practitioner_n"})
    assert "R1.T1" in {t["id"] for t in report["tables"]}
