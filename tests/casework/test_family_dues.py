"""What falls due about the family: reviews of plans and agreements, requests and consents that nobody answered."""

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.chronology import chronology
from tac_desktop.casework.dues import by_form, dues
from tac_desktop.casework.record import Record
from tac_desktop.casework.subject_access import Kept, Mark, items


def record(form: str, record_id: str, **answers: Answer) -> Record:
    return Record(id=record_id, form=form, version=1, case_file="m", stream="m", answers=answers)


MOTHER = record("mother", "m", name="Puce Anchor", prison="EP")
TEAL = record("child", "teal", name="Teal Anchor", date_of_birth="2021-05-04")


def due(*records: Record) -> list[tuple[str, str, str]]:
    wanted = ("child_review", "agreement_review", "information_request")
    return [(one.by, one.task, one.record_id) for one in dues(by_form(records)) if one.task in wanted]


def test_a_request_or_consent_that_nobody_answered_falls_due():
    asked: dict[str, Answer] = {"kind": "consent", "what": "Flu vaccine", "due": "2026-11-20"}
    assert due(record("information_request", "r", **asked)) == [("2026-11-20", "information_request", "r")]
    assert due(record("information_request", "r", **asked, answered_on="2026-11-12")) == []


def test_the_review_of_a_plan_falls_due_until_the_plan_ends_and_that_of_an_agreement_until_it_ends():
    plan: dict[str, Answer] = {"child": "teal", "status": "lac", "next_review": "2026-12-10"}
    assert due(record("plan_status", "p", **plan)) == [("2026-12-10", "child_review", "p")]
    assert due(record("plan_status", "p", **plan, to_date="2026-12-01")) == []
    agreed: dict[str, Answer] = {"kind": "agreement", "review_by": "2026-12-01"}
    assert due(record("family_agreement", "a", **agreed)) == [("2026-12-01", "agreement_review", "a")]
    assert due(record("family_agreement", "a", **agreed, ended_on="2026-11-01")) == []


def test_what_decides_about_a_child_and_what_it_was_told_are_events_and_what_a_family_said_is_none():
    records = (
        MOTHER, TEAL,
        record("plan_status", "p", child="teal", status="cp", from_date="2026-01-10", to_date="2026-05-02"),
        record("parental_responsibility", "r", child="teal", who="father", holds=True, since="2026-02-01"),
        record("parental_responsibility", "s", child="teal", who="mother", status="lost_adoption", since="2026-08"),
        record("told_child", "t", child="teal", date="2026-03-01", knows="prison", what="A secret."),
        record("family_agreement", "a", kind="family_group_conference", date="2026-04-01", agreed="A secret."),
        record("family_agreement", "b", kind="relationship", date="2026-04-02", what_happened="A secret."),
    )  # fmt: skip
    told = [one.what for one in chronology(CaseView(mother=MOTHER, records=by_form(records), known_on="2026-11-21"))]
    assert told[1:] == [
        "T.A.: child protection plan",
        "Parental responsibility for T.A. begins: the father",
        "T.A. is told about the mother. What the child knows: that she is in prison",
        "Family group conference",
        "T.A.: child protection plan ends",
        "The mother’s parental responsibility for T.A. ends with the adoption",
    ]


def test_where_a_relative_lives_waits_for_a_decision_although_no_name_stands_in_it():
    ruby = record("person", "ruby", name="Ruby Harbour", address="12 Mill Lane", phone="01632 960 200")
    kept = [
        Kept(record=MOTHER, question="name", words="Puce Anchor"),
        Kept(record=ruby, question="name", words="Ruby Harbour"),
        Kept(record=ruby, question="address", words="12 Mill Lane"),
        Kept(record=ruby, question="phone", words="01632 960 200"),
    ]  # fmt: skip
    waits = {one.kept.question: one.waits for one in items(kept, MOTHER) if one.kept.record is ruby}
    assert waits == {"name": True, "address": True, "phone": True}
    own = {one.kept.question: Mark.OTHER_PERSON in one.marks for one in items(kept, ruby)}
    assert own == {"name": False, "address": False, "phone": False}
