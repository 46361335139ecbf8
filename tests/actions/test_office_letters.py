"""Letters to those outside, drawn from a real vault and read back: they say what their reader needs, and no more."""

from collections.abc import Iterator
from typing import Any

import pytest

from tac_desktop.actions.answers import save_answers
from tac_desktop.actions.documents import DocumentChoices, DrawnDocument, draw_document, issue_document
from tac_desktop.actions.drawings import DocumentKind
from tac_desktop.actions.steps import run_to_end
from tac_desktop.casework import forms
from tac_desktop.errors import LetterNotForHer, UnknownRecord
from tac_desktop.export.pdf.preview import PdfPages
from tests.actions.conftest import NOW, Desk, MakeDesk, made_desks

SECRET = "Quince"
"""A word of everything that stands in no letter."""


@pytest.fixture(scope="module")
def make_desks(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MakeDesk]:
    yield from made_desks(tmp_path_factory.mktemp("desks"))


def put(desk: Desk, form: str, case_file: str = "", **answers: Any) -> str:
    return save_answers(desk.store, desk.person, forms.ALL[form], answers=answers, now=NOW, case_file=case_file)


class Case:
    """A woman with two children, one of them adopted, and what a letter must not tell."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.file = put(desk, "mother", reference="Z-001", name="Puce Anchor", prison="EP", prison_number="Z0231ZZ")
        self.teal, self.mauve = (
            put(desk, "child", self.file, name=name, date_of_birth=born)
            for name, born in (("Teal Anchor", "2018-03-27"), ("Mauve Anchor", "2020-05-01"))
        )
        put(desk, "contact", self.file, at="2026-11-01T10:00", kind="phone", summary=f"{SECRET} said this.")
        put(desk, "parental_responsibility", self.file, child=self.teal, who="mother", status="mother_has_pr",
            source="birth_certificate", source_note=SECRET)  # fmt: skip
        put(desk, "parental_responsibility", self.file, child=self.mauve, who="mother", status="lost_adoption")
        put(desk, "contact_plan", self.file, children=(self.teal,), kind="phone", times=2, per="week",
            since="2026-01-01", agreed_by=SECRET, note=SECRET)  # fmt: skip
        put(desk, "prison_rules", prison="EP", named_worker="Sage Beacon", phone="01234 555666", post="No glitter.",
            booking_visits="Five days before.", address="Fernhill Lane\nQuillhaven")  # fmt: skip
        put(desk, "prison_rules", prison="SEND", named_worker=SECRET, phone=SECRET)
        agency = put(desk, "agency", name="Thimble and Co", prison="EP", address="1 Needle Row\nQuillhaven")
        self.solicitor = put(desk, "professional", name="Indigo Ribbon", prison="EP", role="solicitor", agency=agency,
                             agency_name="Thimble and Co", note=SECRET, safe_contact=SECRET)  # fmt: skip
        self.worker = put(desk, "childrens_social_worker", self.file, name="Sepia Trowel", team="looked_after",
                          children=(self.teal, self.mauve), from_date="2026-11-01", phone=SECRET)  # fmt: skip
        self.copies = put(desk, "information_request", self.file, kind="report", what="Minutes of the review in May",
                          asked="Reviewing team, Quillhaven", children=(self.teal, self.mauve), due="2026-12-01",
                          answer=SECRET)  # fmt: skip
        self.consent = put(desk, "information_request", self.file, kind="consent", what="Flu vaccine",
                           children=(self.teal,))  # fmt: skip
        self.report = put(desk, "school_request", self.file, child=self.teal, what="report", school="Quillhaven School")

    def draw(self, kind: DocumentKind, about: str = "") -> DrawnDocument:
        choices = DocumentChoices(about=about)
        return run_to_end(draw_document(self.desk.store, self.desk.person, self.file, kind, now=NOW, choices=choices))


@pytest.fixture(scope="module")
def case(make_desks: MakeDesk) -> Case:
    return Case(make_desks("manager"))


def words(drawn: DrawnDocument) -> str:
    with PdfPages(drawn.content) as pages:
        text = " ".join(pages.text(page) for page in range(len(pages)))
    return " ".join(text.replace("\xa0", " ").split())


def test_the_first_letter_says_how_she_is_reached_and_nothing_of_why_she_is_there(case: Case):
    drawn = case.draw("letter_professional", case.solicitor)
    told = words(drawn)
    for part in ("Dear Indigo Ribbon", "Thimble and Co", "1 Needle Row", "Puce Anchor", "Z0231ZZ", "HMP Eastwood Park",
                 "Fernhill Lane", "Named worker", "Sage Beacon", "Five days before.", "No glitter.",
                 "OFFICIAL-SENSITIVE", "Yours sincerely"):  # fmt: skip
        assert part in told, part
    for kept in (SECRET, "Teal", "Mauve", "T.A."):
        assert kept not in told
    assert drawn.notes == ()


def test_a_first_letter_that_names_nobody_says_so_to_whoever_sends_it(case: Case):
    drawn = case.draw("letter_professional")
    assert "Dear colleague" in words(drawn)
    assert any("names nobody" in note for note in drawn.notes)


def test_a_new_social_worker_is_told_of_her_children_by_initials_and_not_of_one_who_was_adopted(case: Case):
    drawn = case.draw("letter_social_worker", case.worker)
    told = words(drawn)
    for part in ("Dear Sepia Trowel", "T.A. (born 27 March 2018)", "since 1 November 2026", "OFFICIAL-SENSITIVE",
                 "has parental responsibility for T.A. (born 27 March 2018) (by the birth certificate)",
                 "Phone calls, 2 times each week, with", "Please confirm that you are the social worker"):  # fmt: skip
        assert part in told, part
    for kept in (SECRET, "Teal", "Mauve", "M.A."):
        assert kept not in told
    assert any("adopted" in note for note in drawn.notes)


def test_a_child_of_whom_somebody_else_is_the_social_worker_by_now_is_not_told_to_the_one_before(make_desks: MakeDesk):
    case = Case(make_desks("manager"))
    grey = put(case.desk, "child", case.file, name="Grey Anchor", date_of_birth="2022-02-02")
    both = {"team": "looked_after", "children": (case.teal, grey)}
    first = put(case.desk, "childrens_social_worker", case.file, name="Ochre Thimble", from_date="2026-11-02", **both)
    put(case.desk, "childrens_social_worker", case.file, name="Fern Tassel", from_date="2026-11-09",
        team="looked_after", children=(grey,))  # fmt: skip
    drawn = case.draw("letter_social_worker", first)
    assert "the social worker of T.A. (born 27 March 2018) since 2 November 2026" in words(drawn)
    assert "G.A." not in words(drawn)
    assert any("Somebody else has become the social worker" in note for note in drawn.notes)


def test_nothing_is_said_twice_in_an_address(case: Case):
    entry = put(case.desk, "professional", prison="EP", name="Olive Easel", role="school", agency_name="Ysgol Bryn")
    asked = {"child": case.teal, "what": "report", "school": "Ysgol Bryn, Olive Easel"}
    about = put(case.desk, "school_request", case.file, **asked, contact_person=entry)
    assert words(case.draw("letter_school", about)).count("Ysgol Bryn") == 1


def test_an_authority_is_asked_for_copies_and_told_why_she_may_ask(case: Case):
    drawn = case.draw("letter_copies", case.copies)
    told = words(drawn)
    for part in ("Reviewing team, Quillhaven", "Dear colleague", "Minutes of the review in May", "by 1 December 2026",
                 "Puce Anchor has parental responsibility for T.A. (born 27 March 2018)", "Sage Beacon",
                 "Yours faithfully"):  # fmt: skip
        assert part in told, part
    for kept in (SECRET, "Teal", "M.A."):
        assert kept not in told
    assert any("adopted" in note for note in drawn.notes)
    with pytest.raises(LetterNotForHer, match="it was asked of her"):
        case.draw("letter_copies", case.consent)


def test_where_nobody_wrote_down_what_she_holds_an_authority_is_told_that_she_is_a_parent(case: Case):
    child = put(case.desk, "child", case.file, name="Hazel Anchor", date_of_birth="2024-08-30")
    asked = put(case.desk, "information_request", case.file, kind="report", what="Minutes", children=(child,))
    told = words(case.draw("letter_copies", asked))
    assert "Puce Anchor is a parent of H.A. (born 30 August 2024). Being in prison does not change that." in told
    assert "takes nothing of it away" not in told


def test_a_school_is_told_the_childs_name_what_she_asks_and_why_she_may(case: Case):
    drawn = case.draw("letter_school", case.report)
    told = words(drawn)
    for part in ("Quillhaven School", "Puce Anchor, the mother of Teal Anchor (born 27 March 2018)", "Yours faithfully",
                 "a copy of the school reports about Teal Anchor", "has parental responsibility for Teal Anchor",
                 "section 576 of the Education Act 1996", "Being in prison does not take it away"):  # fmt: skip
        assert part in told, part
    assert SECRET not in told
    assert any("Has she agreed" in note for note in drawn.notes)


def test_no_letter_goes_to_the_school_of_a_child_who_was_adopted(case: Case):
    about = put(case.desk, "school_request", case.file, child=case.mauve, what="report")
    with pytest.raises(LetterNotForHer):
        case.draw("letter_school", about)


def test_what_is_not_recorded_of_her_responsibility_is_asked_and_not_claimed(case: Case):
    other = put(case.desk, "child", case.file, name="Ochre Anchor", date_of_birth="2022-05-01")
    about = put(case.desk, "school_request", case.file, child=other, what="parents_evening", event_on="2026-12-12")
    school = case.draw("letter_school", about)
    assert "is a parent of Ochre Anchor" in words(school)
    assert "has parental responsibility" not in words(school)
    assert "parents’ evening on 12 December 2026" in words(school)
    assert any("not recorded" in note for note in school.notes)
    worker = put(case.desk, "childrens_social_worker", case.file, name="Umber Kettle", children=(other,))
    assert "Please tell us who has parental responsibility" in words(case.draw("letter_social_worker", worker))


def test_an_alert_and_missing_rules_are_put_before_whoever_sends_a_letter(case: Case):
    file = put(case.desk, "mother", reference="Z-002", name="Mauve Saddle", prison="OTHER")
    put(case.desk, "alert", file, kind="do_not_disclose", since="2026-11-01")
    choices = DocumentChoices()
    drawn = run_to_end(
        draw_document(case.desk.store, case.desk.person, file, "letter_professional", now=NOW, choices=choices)
    )
    assert any("Do not disclose" in note for note in drawn.notes)
    assert any("written down the rules" in note for note in drawn.notes)


def test_each_addressee_has_versions_of_its_own(case: Case):
    first = case.draw("letter_social_worker", case.worker)
    issue_document(case.desk.store, case.desk.person, case.file, first, now=NOW)
    assert case.draw("letter_social_worker", case.worker).version == 2
    assert case.draw("letter_professional", case.solicitor).version == 1
    with pytest.raises(UnknownRecord):
        case.draw("letter_social_worker", "01a1fd70-f1c0-7249-b08d-7d1e79156796")
