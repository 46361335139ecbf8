"""What is true of a mother: who she is, her custody, her needs, her social workers, the Family Court."""

import pytest

from tac_desktop.casework.answers import Declined, NotKnown


def test_known_as_child_counts_not_known_in_the_base_and_blank_or_declined_in_rows_of_their_own(population):
    for answer in ("yes", "no", "no", NotKnown(), Declined(), ""):
        population.woman(known_as_child=answer)
    counted = population.counted()
    rows = {key: row["EP"] for key, row in counted.rows("R1.T1").items()}
    assert rows == {"yes": 1, "not_known": 1, "no": 2, "declined": 1, "not_answered": 1, "total": 6}
    assert [row["key"] for row in counted.table("R1.T1")["rows"]][:3] == ["yes", "not_known", "no"]
    assert counted.percentages("R1.T1", "no") == [33, None, 33]
    assert counted.share("R1.known_child_nk") == (1, 6, 17)
    assert counted.share("R2.known_child_yes") == (1, 6, 17)
    assert counted.not_known("R2.known_child_yes") == 3


def test_further_offences_follow_the_published_ones_and_change_none(population):
    for offence in ("drugs", "arson", NotKnown()):
        population.woman().has("custody", offence_category=offence)
    counted = population.counted()
    assert [row["key"] for row in counted.table("R1.T2")["rows"]][10:] == ["arson", "not_known", "total"]
    assert counted.row("R1.T2", "drugs") == [1]
    assert counted.percentages("R1.T2", "total") == [100]


def test_custody_is_that_of_the_referral(population):
    woman = population.woman().has("custody", legal_status="remand", offence_category="drugs")
    woman.has("custody", from_date="2022-01-01", legal_status="sentenced", sentence_months=60, offence_category="fraud")
    counted = population.counted()
    assert counted.share("R1.remand") == (1, 1, 100)
    assert counted.share("R1.sentenced") == (0, 1, 0)
    assert counted.row("R1.T2", "drugs") == [1]


def test_a_night_in_custody_long_before_the_referral_is_not_her_custody_at_referral(population):
    woman = population.woman().has("custody", from_date="2019-03-01", event="remanded", legal_status="remand")
    woman.has("custody", from_date="2019-03-02", event="bailed")
    woman.has("custody", from_date="2020-06-01", event="sentenced", legal_status="sentenced", offence_category="drugs")
    woman.has("custody", from_date="2020-06-20", event="transferred_in")
    woman.has("custody", from_date="2021-09-02", event="recalled", legal_status="recall", offence_category="fraud")
    woman.has("custody", from_date="2029-01-01", event="recalled", legal_status="recall")
    counted = population.counted()
    assert counted.share("R1.sentenced") == (1, 1, 100)
    assert counted.row("R1.T2", "drugs") == [1]


def test_ages_are_those_of_the_referral_and_unknown_ones_stay_in_the_base(population):
    for born in ("1991-09-02", "1991-09-01", "1986-09-02", "1986-09-01", "1981-09-02", ""):
        population.woman(date_of_birth=born)  # 29, 30, 34, 35, 39 years old, and nobody knows
    counted = population.counted()
    assert counted.share("R1.age_30_34") == (2, 6, 33)
    assert counted.share("R2.age_30_39") == (4, 6, 67)
    assert counted.not_known("R1.age_30_34") == 1


def test_without_a_referral_no_age_and_no_quarter_is_known(population):
    population.woman(referred="", date_of_birth="1991-01-01")
    counted = population.counted()
    assert counted.share("R2.age_30_39") == (0, 1, 0)
    assert counted.columns("R2.T4")[-2:] == ["not_known", "TOTAL"]
    assert counted.row("R2.T4", "EP")[-2:] == [1, 1]


def test_ethnicity_is_a_share_of_those_whose_it_is_known(population):
    for ethnicity in ("white_british", "black", "gypsy_irish_traveller", "asian", NotKnown(), Declined(), ""):
        population.woman(ethnicity=ethnicity)
    counted = population.counted()
    for code in ("white_british", "black", "gypsy_irish_traveller"):
        assert counted.share(f"R2.{code}") == (1, 4, 25)
    assert counted.not_known("R1.white_british") == 3


def test_relationships_are_grouped_and_the_others_stay_in_the_base(population):
    for status in ("single", "separated", "married", "in_relationship", "divorced", "widowed", NotKnown(), ""):
        population.woman(relationship_status=status)
    counted = population.counted()
    assert counted.share("R2.single_separated") == (2, 8, 25)
    assert counted.share("R1.married_relationship") == (2, 8, 25)


@pytest.mark.parametrize(("custody", "place"), [
    ({"legal_status": "remand", "sentence_months": 60}, "remand"),
    ({"legal_status": "recall", "life_or_indeterminate": True}, "recall"),
    ({"legal_status": "sentenced", "sentence_months": 36}, "sentence_3y_plus"),
    ({"legal_status": "sentenced", "sentence_months": 35, "sentence_length": "3_lt5y"}, "shorter"),
    ({"legal_status": "sentenced", "life_or_indeterminate": True}, "sentence_3y_plus"),
    ({"legal_status": "indeterminate"}, "sentence_3y_plus"),
    ({"legal_status": "sentenced", "sentence_length": "10y_plus"}, ""),  # the band never decides
    ({"legal_status": "sentenced", "life_or_indeterminate": False}, ""),
    ({"legal_status": "awaiting_sentence", "sentence_months": 60}, ""),
    ({"legal_status": NotKnown()}, ""),
])  # fmt: skip
def test_each_mother_has_at_most_one_place_in_the_sentence_profile(population, custody, place):
    population.woman().has("custody", **custody)
    counted = population.counted()
    found = {name: counted.share(f"R1.{name}") for name in ("remand", "recall", "sentence_3y_plus")}
    base = 1 if place else 0
    assert {name: n for name, (n, _, _) in found.items()} == {name: int(name == place) for name in found}
    assert {b for _, b, _ in found.values()} == {base}


def test_sentenced_alone_is_a_share_of_all_mothers(population):
    for status in ("sentenced", "indeterminate", "recall", "remand"):
        population.woman(prison="SEND").has("custody", legal_status=status)
    counted = population.counted()
    assert counted.share("R1.sentenced") == (2, 4, 50)
    assert counted.n("R1.remand_outside_ep") == 1


def test_offences_against_children_own_ones_only_in_the_first_report(population):
    for harm in ("own_child", "other_child", "none", NotKnown()):
        population.woman().has("custody", child_related_offence=harm, first_time_in_prison="yes")
    population.woman(prison="SEND").has("custody", child_related_offence="own_child", first_time_in_prison="no")
    counted = population.counted()
    assert counted.share("R1.child_related_own") == (2, 5, 40)
    assert counted.share("R2.child_related.EP") == (2, 4, 50)
    assert counted.share("R2.child_related.SEND") == (1, 1, 100)
    assert counted.share("R1.first_time.EP") == (4, 4, 100)
    assert counted.share("R1.first_time.SEND") == (0, 1, 0)


def test_needs_are_named_once_by_each_mother_in_all_her_triage_forms(population):
    woman = population.woman().has("triage", self_identified_needs=("contact", "mbu_place"))
    woman.has("triage", self_identified_needs=("contact", "family_court"))
    population.woman(prison="SEND").has("triage", self_identified_needs=NotKnown())
    population.woman().has("baseline", worker_needs=("support_release", "mbu_placement"))
    counted = population.counted()
    assert counted.rows("R2.T5") == {
        "contact": {"EP": 1, "SEND": 0, "TOTAL": 1},
        "family_court": {"EP": 1, "SEND": 0, "TOTAL": 1},
        "mbu_place": {"EP": 1, "SEND": 0, "TOTAL": 1},
        "not_known": {"EP": 0, "SEND": 1, "TOTAL": 1},
        "not_answered": {"EP": 1, "SEND": 0, "TOTAL": 1},
    }
    assert counted.bases("R2.T5") == [2, 1, 3]
    assert counted.percentages("R2.T5", "contact") == [None, None, None]
    assert [row["key"] for row in counted.table("R1.L1")["rows"]][7:] == ["mbu_place", "not_known", "not_answered"]
    assert counted.row("R1.L2", "mbu_placement") == [1]
    assert counted.share("R2.need_contact_pct") == (1, 3, 33)
    assert counted.share("R2.need_fc_pct.EP") == (1, 2, 50)
    assert counted.share("R2.need_fc_pct.SEND") == (0, 1, 0)
    assert counted.share("R2.need_comm_pct") == (0, 3, 0)
    assert counted.n("R1.need_adoption") == 0


def test_the_source_is_that_of_the_first_referral_and_wing_staff_stand_for_herself(population):
    population.woman().again("referral", source="wing_staff").has("referral", date="2022-02-01", source="omu_pom")
    population.woman(prison="SEND").again("referral", source="omu_pom")
    population.woman(prison="SEND").again("referral", source="childrens_sw", date="2021-10-01").has(
        "referral", date="2021-09-15", source="self"
    )
    population.woman().again("referral", source="childrens_sw")
    counted = population.counted()
    assert counted.share("R2.self_referral.EP") == (1, 2, 50)
    assert counted.share("R2.self_referral.SEND") == (1, 2, 50)
    assert counted.share("R2.omu.SEND") == (1, 2, 50)
    assert counted.share("R2.omu.EP") == (0, 2, 0)
    assert counted.share("R2.childrens_sw") == (1, 4, 25)


def test_already_known_to_pact_is_no_source(population):
    population.woman(already_known_to_pact=True)
    counted = population.counted()
    assert counted.n("R1.known_to_pact") == 1
    assert counted.share("R2.self_referral.EP") == (1, 1, 100)


def worker(woman, authority, team="looked_after", reference="SW1", **dates):
    """Give her children a social worker."""
    return woman.has(
        "childrens_social_worker", worker_reference=reference, local_authority=authority, team=team, **dates
    )


def test_social_workers_of_the_children_are_counted_and_others_around_them_are_not(population):
    worker(worker(population.woman(), "devon"), "devon", reference="SW2")
    worker(worker(population.woman(), "devon"), "bridgend", "fostering", "SW2")
    worker(population.woman(), "devon", "independent_sw")
    worker(population.woman(), "devon", from_date="2023-06-01")  # after the day
    counted = population.counted()
    assert (counted.n("R1.sw_none"), counted.n("R1.sw_one"), counted.n("R1.sw_two")) == (2, 1, 1)
    assert counted.n("R2.sw_at_least_one") == 2
    assert counted.share("R2.sw_at_least_one_pct") == (2, 4, 50)


def test_authorities_are_those_of_the_social_workers_not_of_the_children(population):
    worker(worker(population.woman().child(local_authority="kent"), "oxfordshire"), "bridgend", reference="SW2")
    worker(population.woman(prison="SEND"), "oxfordshire")
    worker(population.woman(prison="SEND"), "Powys")
    worker(population.woman(), "devon")
    worker(population.woman(), "devon")
    worker(population.woman(), "essex", "fostering")
    counted = population.counted()
    assert counted.n("R2.la_total") == 4
    assert (counted.n("R2.la.EP"), counted.n("R2.la.SEND"), counted.n("R2.la_common")) == (3, 2, 1)
    assert (counted.n("R2.la_devon"), counted.n("R2.la_bridgend"), counted.n("R2.la_oxfordshire_ep")) == (2, 1, 1)
    assert counted.n("R2.la_max_other") == 1
    assert counted.n("R1.la_wales") == 2
    assert counted.value("R1.la_per_prison") == {"EP": 3, "SEND": 2}


def proceedings(woman, status, started_by="local_authority", **dates):
    """Give her proceedings."""
    return woman.has("proceedings", status=status, started_by=started_by, **dates)


def test_the_family_court_in_the_second_report(population):
    proceedings(population.woman(), "ongoing", started="2021-01-01")
    proceedings(population.woman(), "completed", started="2018-01-01", ended="2019-01-01")
    proceedings(population.woman(), "application_sought", "mother")
    proceedings(population.woman(prison="SEND"), "ongoing", "family_member")
    population.woman(prison="SEND").has("baseline", family_court="historical")  # the column never decides
    counted = population.counted()
    assert counted.share("R2.fc_any") == (4, 5, 80)
    assert (counted.n("R2.fc_public"), counted.n("R2.fc_private")) == (2, 1)
    assert counted.share("R2.fc_current_seeking.EP") == (2, 3, 67)
    assert counted.share("R2.fc_current_seeking.SEND") == (1, 2, 50)


def test_of_several_proceedings_the_most_current_counts(population):
    woman = proceedings(population.woman(), "completed", started="2018-01-01", ended="2019-01-01")
    proceedings(woman, "application_sought", "mother")
    counted = population.counted()
    assert (counted.n("R2.fc_public"), counted.n("R2.fc_private")) == (0, 1)
    proceedings(woman, "ongoing", started="2021-01-01")
    counted = population.counted()
    assert (counted.n("R2.fc_public"), counted.n("R2.fc_private")) == (1, 0)


def test_proceedings_that_ended_later_were_still_running_on_the_day(population):
    proceedings(population.woman(), "completed", started="2021-01-01", ended="2022-03-01")
    assert population.counted("2022-02-28").share("R2.fc_current_seeking.EP") == (1, 1, 100)
    later = population.counted("2022-03-01")
    assert later.share("R2.fc_current_seeking.EP") == (0, 1, 0)
    assert later.n("R1.fc_ongoing") == 1  # as they stood at her referral
    assert later.n("R1.fc_historical") == 0


def test_proceedings_that_began_after_the_referral_are_not_of_the_referral(population):
    proceedings(population.woman(prison="SEND"), "ongoing", started="2022-01-01")
    counted = population.counted()
    assert (counted.n("R1.fc_ongoing.SEND"), counted.n("R1.fc_historical.SEND")) == (0, 0)
    assert counted.share("R2.fc_any") == (1, 1, 100)
    assert population.counted("2022-01-01").share("R2.fc_any") == (1, 1, 100)
    assert population.counted("2021-12-31").share("R2.fc_any") == (0, 1, 0)


def test_proceedings_that_began_on_the_day_of_the_referral_are_of_the_referral(population):
    proceedings(population.woman(), "ongoing", started="2021-09-01")
    assert population.counted().n("R1.fc_ongoing") == 1


def test_no_known_order_means_that_none_is_recorded(population):
    population.woman().has("baseline", orders_known=("none_known",))
    population.woman().has("baseline", orders_known=NotKnown())
    population.woman()
    population.woman().has("baseline", orders_known=("care_order", "none_known"))
    population.woman().has("order", order_type="care_order", made_on="2021-01-01")
    assert population.counted().n("R1.no_known_orders") == 3


def test_challenges_are_counted_by_mother(population):
    woman = population.woman().has("challenge", challenge="acct", supported=True, recorded="2022-01-01")
    woman.has("challenge", challenge="acct", supported=True, recorded="2022-02-01")
    population.woman().has("challenge", challenge="acct", supported=False)
    population.woman().has("challenge", challenge="domestic_abuse_ongoing", recorded="2023-06-01")
    population.woman().has("challenge", challenge="domestic_abuse_ongoing")
    counted = population.counted()
    assert counted.n("R2.acct") == 1
    assert counted.share("R2.domestic_abuse") == (1, 4, 25)
    assert population.counted("2021-12-31").n("R2.acct") == 0


def test_court_days_as_mckenzie_friend_are_counted_one_by_one(population):
    woman = population.woman().has("mckenzie_friend", date="2022-01-01").has("mckenzie_friend", date="2022-06-01")
    assert woman.id
    population.woman(prison="SEND").has("mckenzie_friend", date="2022-01-01")
    assert population.counted().n("R1.mckenzie_ep") == 2
    assert population.counted("2022-05-31").n("R1.mckenzie_ep") == 1


def test_starts_stand_in_the_quarter_of_the_meeting_or_of_the_referral(population):
    population.woman(referred="2021-03-31").has("baseline", first_meeting="2021-04-01")
    population.woman(prison="SEND", referred="2022-08-01").has("baseline", first_meeting="2022-11-01")
    population.woman(referred="2023-01-02")
    counted = population.counted()
    assert counted.columns("R1.T3") == [
        "PRE", "Y1Q1", "Y1Q2", "Y1Q3", "Y1Q4", "Y2Q1", "Y2Q3", "not_known", "TOTAL",
    ]  # fmt: skip
    assert counted.row("R1.T3", "EP") == [0, 1, 0, 0, 0, 0, 0, 1, 2]
    assert counted.row("R1.T3", "TOTAL") == [0, 1, 0, 0, 0, 0, 1, 1, 3]
    assert counted.columns("R2.T4") == [
        "PRE", "Y1Q1", "Y1Q2", "Y1Q3", "Y1Q4", "Y2Q1", "Y2Q3", "Y2Q2", "Y2Q4", "Y3Q1", "TOTAL",
    ]  # fmt: skip
    assert counted.row("R2.T4", "EP") == [1, 0, 0, 0, 0, 0, 0, 0, 1, 0, 2]
    assert counted.row("R2.T4", "SEND") == [0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1]
    assert counted.table("R2.T4")["title"] == "Intervention start date for the 3 cases"
    assert counted.value("R2.new_per_quarter") == {"EP": 0, "SEND": 0}


def test_what_the_baseline_says_does_not_wait_for_the_first_meeting(population):
    woman = population.woman(referred="2022-05-01", received="2022-05-20")
    woman.has("baseline", first_meeting="2022-06-10", orders_known=("care_order",), worker_needs=("contact_agreement",))
    counted = population.counted("2022-05-31")
    assert counted.rows("R1.L2") == {"contact_agreement": {"TOTAL": 1}}
    assert counted.n("R1.no_known_orders") == 0
    assert counted.rows("R1.T3")["EP"] == {**dict.fromkeys(counted.columns("R1.T3"), 0), "not_known": 1, "TOTAL": 1}


def test_tracker_forms_are_counted_from_july_2022(population):
    woman = population.woman().has("tracker_return", tracker_form="follow_up", received="2022-07-01")
    woman.has("tracker_return", tracker_form="closure", received="2022-06-30")
    woman.has("tracker_return", tracker_form="closure", received="2023-06-01")
    woman.has("tracker_return", tracker_form="reopening", received="2023-05-31")
    assert population.counted().n("R2.tracker_forms") == 2
