"""A label of the service's own is one label, in whatever case it is written."""

from tac_desktop.casework.forms import ALL
from tac_desktop.casework.own_labels import OwnLabels, in_one_spelling
from tac_desktop.casework.record import Record

PRISON = ALL["mother"].by_name["prison"]
AUTHORITY = ALL["childrens_social_worker"].by_name["local_authority"]


def record(form: str, number: str, **answers: str) -> Record:
    return Record(id=number, form=form, version=1, case_file="", stream="", answers=answers)


def test_the_spelling_met_first_stands_for_all():
    labels = OwnLabels()
    assert labels.spelled(PRISON, "HMP Styal") == "HMP Styal"
    assert labels.spelled(PRISON, "hmp styal") == "HMP Styal"
    assert labels.spelled(PRISON, "HMP Styal East") == "HMP Styal East"


def test_each_list_has_labels_of_its_own_and_codes_stay_codes():
    labels = OwnLabels()
    assert labels.spelled(PRISON, "HMP STYAL") == "HMP STYAL"
    assert labels.spelled(AUTHORITY, "hmp styal") == "hmp styal"
    assert labels.spelled(AUTHORITY, "devon") == "devon"
    assert labels.spelled(ALL["mother"].by_name["name"], "hmp styal") == "hmp styal"


def test_spellings_of_two_people_become_one_whatever_the_order_of_the_records():
    mothers = [record("mother", "1", prison="HMP Styal"), record("mother", "2", prison="hmp styal")]
    staff = [record("staff_survey", "3", prison="HMP STYAL")]
    for some in (mothers, mothers[::-1]):
        one = in_one_spelling({"staff_survey": staff, "mother": some})
        assert {r.text("prison") for each in one.values() for r in each} == {"HMP Styal"}
        assert [r.id for r in one["mother"]] == [r.id for r in some]
