"""The surveys of mothers, prison staff and practitioners, and the summary of what was collected."""

from tac_desktop.casework.answers import Declined, NotKnown


def test_an_item_has_the_questionnaires_that_answered_it_as_its_base(population):
    for answer in ("strongly_agree", "agree", "not_sure", "disagree", "strongly_disagree", NotKnown(), Declined(), ""):
        population.woman().answered("T1", willing_engage=answer)
    population.woman().answered("T2", willing_engage="agree")
    counted = population.counted()
    for table in ("R1.T4a", "R2.T14a"):
        assert counted.columns(table) == ["T1", "T2"]
        assert counted.bases(table) == [5, 1]
        assert counted.rows(table) == {
            "agree": {"T1": 2, "T2": 1}, "not_sure": {"T1": 1, "T2": 0}, "disagree": {"T1": 2, "T2": 0},
            "total": {"T1": 5, "T2": 1},
        }  # fmt: skip
        assert counted.percentages(table, "agree") == [40, 100]


def test_support_and_frequency_are_grouped_as_printed(population):
    woman = population.woman()
    for support, often in (
        ("extremely", "always"), ("moderately", "often"), ("somewhat", "sometimes"), ("slightly", "rarely"),
        ("not_at_all", "never"),
    ):  # fmt: skip
        woman.answered("T1", support_inside=support, share_views=often)
    counted = population.counted()
    assert [row["T1"] for row in counted.rows("R2.T15a").values()] == [2, 1, 2, 5]
    assert [row["T1"] for row in counted.rows("R2.T16a").values()] == [2, 1, 2, 5]
    assert counted.bases("R2.T15b") == [0, 0]


def test_a_partial_return_counts_by_its_answers_only(population):
    population.woman().answered("T1", survey_return="partial", trust_csc="agree", involved_decisions=7, wai_total=30)
    population.woman().answered("T1", involved_decisions=4)
    population.woman().answered("T1", survey_return="", involved_decisions=4)
    counted = population.counted()
    assert counted.n("R2.t1_questionnaires") == 1
    assert counted.bases("R2.T14b") == [1, 0]
    assert counted.value("R2.mean_involved") == {"T1": 5, "T2": None}
    assert counted.share("R2.wai_t1") == (0, 1, 0)


def test_what_mothers_said_of_the_service_is_a_share_of_the_completed_questionnaires(population):
    population.woman().answered(
        "T2", tac_satisfaction="very_satisfied", tac_practical=True, tac_emotional=True, tac_listened=True,
        tac_confident_plan=False, wai_total=40, sw_relationship=3,
    )  # fmt: skip
    population.woman().answered("T2", tac_satisfaction="satisfied", tac_practical=True, sw_relationship=4)
    population.woman().answered("T2", survey_return="partial", tac_emotional=True)
    counted = population.counted()
    assert counted.share("R2.t2_very_satisfied") == (1, 2, 50)
    assert counted.share("R2.t2_practical") == (2, 2, 100)
    assert counted.share("R2.t2_emotional") == (1, 2, 50)
    assert counted.share("R2.t2_listened") == (1, 2, 50)
    assert counted.share("R2.t2_confident_plan") == (0, 2, 0)
    assert counted.share("R2.wai_t2") == (1, 2, 50)
    assert counted.n("R2.t2_questionnaires") == 2
    assert counted.value("R2.mean_sw_relationship") == {"T1": None, "T2": 4}


def test_completed_questionnaires_are_told_by_year(population):
    woman = population.woman().answered("T1", date="2022-05-31").answered("T1", date="2022-06-01")
    woman.answered("T2", date="2023-05-01").answered("T1", date="").answered("T1", date="2023-06-01")
    woman.answered("T2", survey_return="partial", date="2022-02-01")
    counted = population.counted()
    assert counted.rows("R2.T14r") == {
        "Y1": {"T1": 1, "T2": 0}, "Y2": {"T1": 1, "T2": 1}, "not_known": {"T1": 1, "T2": 0},
        "total": {"T1": 3, "T2": 1},
    }  # fmt: skip


def some_staff(population):
    """Add five valid responses of two prisons and two that do not count."""
    population.staff(
        "SEND", role_level="management", department="leader_manager", contact_frequency="weekly", acct_involvement=True,
        contact_purposes=("advice", "co_worked"), qualification_view="qualified", based_in_prison=True,
        themes=("advocates", "single_contact"),
    )  # fmt: skip
    population.staff("SEND", role_level="frontline", department="omu", contact_frequency="daily",
                     acct_involvement=False, contact_purposes=("advice",), qualification_view="does_not_matter",
                     themes=("advocates",))  # fmt: skip
    population.staff("EP", role_level="frontline", department="resettlement", contact_frequency="weekly",
                     acct_involvement=True, qualification_view="qualified", based_in_prison=True)  # fmt: skip
    population.staff("EP", role_level="frontline", department="children_families", contact_frequency="monthly",
                     acct_involvement=False, qualification_view="qualified")  # fmt: skip
    population.staff("EP", contact_purposes=("sent_referral",))
    population.staff("EP", valid=False, role_level="frontline", contact_frequency="weekly")
    population.staff("EP", received="2023-06-01", role_level="frontline")


def test_staff_tables(population):
    some_staff(population)
    counted = population.counted()
    assert counted.rows("R2.T8") == {
        "management": {"SEND": 1, "EP": 0, "TOTAL": 1}, "frontline": {"SEND": 1, "EP": 2, "TOTAL": 3},
        "not_answered": {"SEND": 0, "EP": 1, "TOTAL": 1}, "total": {"SEND": 2, "EP": 3, "TOTAL": 5},
    }  # fmt: skip
    assert counted.columns("R2.T9") == ["frontline", "management", "not_answered", "TOTAL"]
    assert counted.row("R2.T9", "weekly") == [1, 1, 0, 2]
    assert counted.percentages("R2.T9", "weekly")[-1] == 40
    assert counted.row("R2.T9", "less_than_monthly") == [0, 0, 0, 0]
    assert counted.row("R2.T9", "total") == [3, 1, 1, 5]
    assert [c["label"] for c in counted.table("R2.T10")["columns"]] == [
        "HMP Send (n=2)", "HMP Eastwood Park (n=3)", "Total (n=5)",
    ]  # fmt: skip
    assert counted.row("R2.T10", "advice") == [2, 0, 2]
    assert counted.row("R2.T10", "sent_referral") == [0, 1, 1]
    assert counted.row("R2.T11", "management_SEND") == [1, 0]
    assert counted.row("R2.T11", "frontline_EP") == [1, 1]
    assert counted.row("R2.T11", "total") == [2, 2]
    assert counted.row("R2.T12", "SEND_leader") == [1, 0]
    assert counted.row("R2.T12", "SEND_omu") == [0, 1]
    assert counted.row("R2.T12", "EP_other") == [2, 0]
    assert counted.row("R2.T12", "total") == [3, 1]


def test_staff_statements(population):
    some_staff(population)
    counted = population.counted()
    assert counted.n("R2.staff_n") == 5
    assert counted.share("R2.staff_acct_pct") == (2, 4, 50)
    assert (counted.n("R2.staff_weekly.SEND"), counted.n("R2.staff_weekly.EP")) == (1, 1)
    assert counted.share("R2.staff_qualified.SEND") == (1, 2, 50)
    assert counted.share("R2.staff_qualified.EP") == (2, 2, 100)
    assert counted.n("R2.staff_based_in_prison") == 2
    assert counted.value("R2.staff_themes") == {"advocates": 2, "single_contact": 1}
    assert counted._statement("R2.staff_themes")["base"] == 5


def test_practitioners_are_told_by_the_year_of_receipt_else_by_the_year_they_name(population):
    population.office("practitioner_survey", role="solicitor", received="2022-05-31", year=2, heard_from="colleague",
                      support_mother=True, contact_every_4_6_weeks=True)  # fmt: skip
    population.office("practitioner_survey", role="other", received="2022-06-01", heard_from="other",
                      support_mother=True)  # fmt: skip
    population.office("practitioner_survey", role="solicitor", year=2, support_mother=False)
    population.office("practitioner_survey", role="solicitor", received="2023-06-01")
    counted = population.counted()
    assert counted.rows("R2.T13") == {
        "solicitor": {"Y1": 1, "Y2": 1}, "other": {"Y1": 0, "Y2": 1}, "total": {"Y1": 1, "Y2": 2},
    }  # fmt: skip
    assert counted.n("R1.practitioner_n") == 3
    assert counted.value("R2.practitioner_items")["support_mother"] == 2
    assert counted.value("R1.practitioner_heard") == {"tac_contacted": 0, "colleague": 1, "other": 1}
    assert counted.n("R1.practitioner_4_6_weeks") == 1
    assert population.counted("2022-05-31").n("R1.practitioner_n") == 1


def test_the_summary_counts_cases_by_cohort_surveys_by_year_and_interviews_by_round(population):
    population.woman(received="2022-06-30").answered("T1", date="2022-06-15").answered("T2", date="2023-01-01")
    population.woman(received="2022-07-01").answered("T1", survey_return="partial")
    population.staff("EP")
    population.office("practitioner_survey", received="2022-03-01")
    for prison, day, number in (("EP", "2021-06-14", 1), ("SEND", "2021-06-21", 1), ("EP", "2022-05-16", 2),
                                ("EP", "2022-11-01", 3), ("EP", "2023-06-01", 4)):  # fmt: skip
        population.office("evaluation_activity", activity="interview_tac_sw", date=day, prison=prison, round=number)
    population.office("evaluation_activity", activity="interview_child", date="2022-06-01")
    population.office("evaluation_activity", activity="interview_child")
    counted = population.counted()
    assert counted.columns("R2.T1") == ["Y1", "Y2", "not_known", "TOTAL"]
    assert counted.rows("R2.T1") == {
        "case_tracker": {"Y1": 1, "Y2": 1, "not_known": 0, "TOTAL": 2},
        "survey_mother_t1": {"Y1": 0, "Y2": 1, "not_known": 0, "TOTAL": 1},
        "survey_mother_t2": {"Y1": 0, "Y2": 1, "not_known": 0, "TOTAL": 1},
        "interview_tac_sw": {"Y1": 2, "Y2": 1, "not_known": 0, "TOTAL": 3},
        "survey_practitioner": {"Y1": 1, "Y2": 0, "not_known": 0, "TOTAL": 1},
        "interview_child": {"Y1": 0, "Y2": 1, "not_known": 1, "TOTAL": 2},
        "survey_staff": {"Y1": 0, "Y2": 1, "not_known": 0, "TOTAL": 1},
    }
