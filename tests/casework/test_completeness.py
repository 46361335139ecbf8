"""Which questions have the most gaps."""

from tac_desktop.casework.completeness import EXPECTED, Recorded, most_gaps_first


def recorded(field: str, prison: str, *, answered: int, not_known: int = 0) -> Recorded:
    return Recorded(prison=prison, form="mother", field=field, records=10, answered=answered, not_known=not_known)


ALL = (
    recorded("name", "EP", answered=10),
    recorded("date_of_birth", "EP", answered=7, not_known=1),
    recorded("ethnicity", "SEN", answered=2),
    recorded("religion", "EP", answered=5, not_known=5),
)


def fields(prison: str, *, only_gaps: bool) -> list[str]:
    return [ALL[place].field for place in most_gaps_first(ALL, prison, only_gaps=only_gaps)]


def test_what_nobody_knows_is_a_gap_as_what_nobody_said_and_the_most_gaps_come_first():
    assert fields("", only_gaps=False) == ["ethnicity", "religion", "date_of_birth", "name"]


def test_one_prison_is_shown_alone():
    assert fields("EP", only_gaps=False) == ["religion", "date_of_birth", "name"]


def test_what_is_answered_everywhere_is_left_out_where_only_gaps_are_wanted():
    assert fields("EP", only_gaps=True) == ["religion", "date_of_birth"]


def test_what_is_asked_only_beside_another_answer_is_not_expected_of_every_record():
    assert "legal_status" in EXPECTED["custody"]
    assert "sentence_months" not in EXPECTED["custody"]


def test_forms_that_are_missing_altogether_come_before_questions_and_whole_ones_where_they_have_no_gaps():
    forms = [Recorded(prison="EP", form=form, field="", records=10, answered=there, not_known=0)
             for form, there in (("triage", 9), ("baseline", 8), ("custody", 10))]  # fmt: skip
    every = (*ALL, *forms)
    shown = [every[place] for place in most_gaps_first(every, "EP", only_gaps=False)]
    assert [one.field or one.form for one in shown] == [
        "baseline", "triage", "religion", "date_of_birth", "name", "custody"
    ]  # fmt: skip
