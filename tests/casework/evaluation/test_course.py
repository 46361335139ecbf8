"""Opened, closed, opened again: the tables of progression, and the coded closure reports."""

CLOSED = {"closed": "2022-04-28", "closed_because": "released"}


def back(woman, opened, closed="", because="recall_licence_breach"):
    """Open her case again."""
    return woman.has("episode", opened=opened, opened_because=because, closed=closed)


def test_progression_of_the_first_cohort(population):
    population.woman()
    population.woman().again("episode", **CLOSED)
    back(population.woman().again("episode", **CLOSED), "2022-09-01")
    back(population.woman(prison="SEND").again("episode", **CLOSED), "2022-09-01", "2023-01-10")
    population.woman(received="2022-07-01")  # of the second cohort
    counted = population.counted()
    assert counted.columns("R2.T2") == ["cases", "closed", "rereferrals", "reclosed", "open"]
    assert counted.row("R2.T2", "EP") == [3, 2, 1, 0, 2]
    assert counted.row("R2.T2", "SEND") == [1, 1, 1, 1, 0]
    assert counted.row("R2.T2", "TOTAL") == [4, 3, 2, 1, 2]
    assert counted.percentages("R2.T2", "TOTAL") == [None, 75, None, None, 50]
    assert counted.share("R2.r1_still_open_pct") == (2, 4, 50)


def test_cases_of_the_second_year_are_opened_again_in_its_table_only_after_a_return_to_prison(population):
    closed = {"closed": "2022-10-01"}
    population.woman(received="2022-07-01").again("episode", **closed)
    for because in ("sentenced_after_bail", "recall_licence_breach", "rearrest_after_bail", "new_need"):
        back(population.woman(received="2022-08-01").again("episode", **closed), "2022-11-01", because=because)
    population.woman(received="2022-06-30")
    counted = population.counted()
    columns = ["new", "closed", "reopened", "open_y2", "open_y1", "open_total"]
    assert counted.columns("R2.T3") == columns
    assert counted.row("R2.T3", "EP") == [5, 5, 3, 4, 1, 5]
    assert counted.row("R2.T3", "SEND") == [0] * 6
    assert counted.n("R2.open") == 5


def test_what_closed_or_opened_after_the_day_has_not_happened(population):
    back(population.woman().again("episode", **CLOSED), "2022-09-01", "2023-01-10")
    assert population.counted("2022-04-27").row("R2.T2", "EP") == [1, 0, 0, 0, 1]
    assert population.counted("2022-04-28").row("R2.T2", "EP") == [1, 1, 0, 0, 0]
    assert population.counted("2022-09-01").row("R2.T2", "EP") == [1, 1, 1, 0, 1]
    assert population.counted("2023-01-10").row("R2.T2", "EP") == [1, 1, 1, 1, 0]


def test_a_counted_case_without_an_episode_is_open(population):
    population.woman()
    population.records["episode"].clear()
    assert population.counted().row("R2.T2", "TOTAL") == [1, 0, 0, 0, 1]


def test_returning_mothers_are_a_share_of_eastwood_park_to_one_decimal(population):
    back(population.woman().again("episode", **CLOSED), "2022-09-01")
    for _ in range(7):
        population.woman()
    population.woman(prison="SEND")
    assert population.counted().share("R2.returned") == (1, 8, 12.5)


def test_her_own_re_referrals_are_counted_through_wing_staff_too(population):
    for source, kind in (
        ("self", "re_referral"), ("wing_staff", "re_referral"), ("self", ""), ("omu_pom", "re_referral"),
        ("self", "initial"),
    ):  # fmt: skip
        population.woman().has("referral", date="2022-09-01", source=source, referral_type=kind)
    assert population.counted().n("R2.returned_self_referred") == 3
    assert population.counted("2022-08-31").n("R2.returned_self_referred") == 0


def test_the_caseload_is_told_as_the_fewest_and_most_of_the_quarter(population):
    population.woman(referred="2022-03-01", received="2022-03-15").again("episode", closed="2022-04-28")
    population.woman(referred="2022-04-20", received="2022-05-01")
    population.woman(referred="2022-01-05", received="2022-01-15")
    counted = population.counted("2022-05-31")
    assert (counted.n("R1.caseload_ep_may2022"), counted.value("R1.caseload_ep_may2022")) == (2, "2-3")
    assert population.counted("2022-08-01").value("R1.caseload_ep_may2022") == "2"


def closed_with(woman, analysed, date="2022-04-28", **themes):
    """Close her case, with a report."""
    return woman.again("episode", **CLOSED).has("closure", date=date, report_analysed=analysed, **themes)


def test_themes_come_from_the_coded_reports_of_closed_cases(population):
    closed_with(population.woman(), True, outcomes=("legal_process", "advocacy"), barriers=("short_stay",))
    closed_with(population.woman(prison="SEND"), True, outcomes=("legal_process", "other"))
    closed_with(population.woman(), False, outcomes=("legal_process",))  # not coded
    back(closed_with(population.woman(), True, outcomes=("legal_process",)), "2022-09-01")  # open again
    population.woman().has("closure", date="2022-04-28", report_analysed=True, outcomes=("advocacy",))  # never closed
    counted = population.counted()
    assert counted.n("R2.closed_analysed") == 2
    assert counted.bases("R2.T6") == [1, 1, 2]
    assert counted.table("R2.T6")["title"].startswith("Outcomes of 2 closed cases")
    assert counted.rows("R2.T6") == {
        "legal_process": {"EP": 1, "SEND": 1, "TOTAL": 2},
        "advocacy": {"EP": 1, "SEND": 0, "TOTAL": 1},
        "other": {"EP": 0, "SEND": 1, "TOTAL": 1},
    }
    assert counted.rows("R2.T7") == {"short_stay": {"EP": 1, "SEND": 0, "TOTAL": 1}}


def test_a_case_closed_twice_counts_by_its_last_report_and_each_theme_once(population):
    woman = closed_with(population.woman(), True, outcomes=("advocacy", "legal_process"))
    back(woman, "2022-09-01", "2023-01-10").has("closure", date="2023-01-12", outcomes=("assessments",))
    assert population.counted().n("R2.closed_analysed") == 0  # the second report is not coded
    woman.again("closure", report_analysed=True, outcomes=("advocacy",))
    counted = population.counted()
    assert counted.n("R2.closed_analysed") == 1
    assert counted.row("R2.T6", "advocacy") == [1, 0, 1]
    assert counted.row("R2.T6", "legal_process") == [1, 0, 1]


def test_ever_closed_is_asked_of_the_first_episode_alone(population):
    back(population.woman(), "2022-09-01", "2023-01-10")  # nobody wrote down when the first one closed
    assert population.counted().row("R2.T2", "EP") == [1, 0, 1, 1, 0]


def test_the_second_cohort_ends_with_may_2023_and_later_cases_belong_to_none(population):
    population.woman(received="2023-05-31")
    population.woman(received="2023-06-01")
    counted = population.counted("2023-12-31")
    assert counted.row("R2.T3", "TOTAL") == [1, 0, 0, 1, 0, 1]
    assert (counted.n("R2.cases"), counted.n("R2.open")) == (2, 2)
    assert counted.row("R2.T1", "case_tracker") == [0, 1, 1]
