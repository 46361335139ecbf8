"""The family on one page: who lives with whom by initials, and nothing of what a reader must not see."""

from dataclasses import replace

from tac_desktop.casework.case_view import CaseView
from tac_desktop.export.document import Cards, Document, KeyFacts
from tac_desktop.export.documents.dossier_family import family_and_court
from tac_desktop.export.documents.family_picture import family_picture
from tac_desktop.export.documents.issue import Issue, Marking
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages
from tests.export.documents.conftest import CHILD, SISTER, record

CARER = "Ruby Harbour, foster carer"


def with_homes(view: CaseView) -> CaseView:
    """The two sisters with one carer, who is named in words alone, since March."""
    homes = tuple(
        record(
            "placement", f"home-{child}", child=child, from_date="2026-03-02", arrangement="foster_care", carer=CARER
        )
        for child in (CHILD, SISTER)
    )
    children = (
        *(one for one in view.of("child") if one.id == CHILD),
        record("child", SISTER, name="Fern Willow", date_of_birth="2024-01-01"),
    )
    return replace(view, records={**view.records, "placement": homes, "child": children})


def titles(document: Document) -> list[str]:
    blocks = document.sections[0].papers[0].blocks
    return [card.title for block in blocks if isinstance(block, Cards) for card in block.cards]


def printed(document: Document) -> str:
    with PdfPages(draw_whole(document).content) as pages:
        assert len(pages) == 1
        return pages.text(0).replace("\xa0", " ").replace("\r\n", " ")


def test_the_children_stand_in_their_homes_by_initials_on_one_page(view: CaseView, issue: Issue):
    words = printed(family_picture(with_homes(view), issue))
    assert "A.W., 5" in words
    assert "Amber" not in words
    assert "Foster care" in words
    assert "Next review" in words
    assert issue.marking.value in words


def test_the_carer_is_not_named_to_another_party_though_it_is_seen_who_lives_together(view: CaseView, issue: Issue):
    document = family_picture(with_homes(view), issue)
    assert titles(document)[1:] == ["Foster care"]
    assert "Harbour" not in printed(document)
    inside = replace(issue, readers=frozenset(), marking=Marking.OFFICIAL_SENSITIVE)
    shown = family_picture(with_homes(view), inside)
    assert titles(shown)[1:] == [f"Foster care: {CARER}"]
    assert "OFFICIAL-SENSITIVE" in printed(shown)


def test_a_carer_who_is_a_person_is_named_by_initials_and_her_number_never(view: CaseView, issue: Issue):
    ruby = record("person", "ruby", name="Ruby Harbour", roles=("foster_carer",), phone="01632 960 114")
    homes = (record("placement", "home", child=CHILD, from_date="2026-03-02", arrangement="foster_care",
                    carers=("ruby",)),)  # fmt: skip
    seen = replace(view, records={**view.records, "placement": homes, "person": (ruby,)})
    inside = replace(issue, readers=frozenset())
    assert "Foster care: R.H., foster carer" in titles(family_picture(seen, inside))
    assert "960" not in printed(family_picture(seen, inside))
    assert "R.H." not in printed(family_picture(seen, issue))


def test_another_day_is_shown_as_it_was_then(view: CaseView, issue: Issue):
    before = family_picture(with_homes(view), replace(issue, on_day="2026-03-01"))
    assert before.title == "The family on 1 March 2026"
    assert titles(before)[1:] == ["Where they live is not recorded"]


def test_the_dossier_tells_the_newest_plan_and_who_has_parental_responsibility_by_what(view: CaseView):
    told = (
        record("plan_status", "cp", child=CHILD, status="cp", from_date="2026-01-10", to_date="2026-03-01"),
        record("plan_status", "lac", child=CHILD, status="lac", from_date="2026-03-02"),
    )
    hers = record("parental_responsibility", "pr", child=CHILD, who="mother", status="shared", source="order")
    seen = replace(view, records={**view.records, "plan_status": told, "parental_responsibility": (hers,)})
    facts = [
        dict(block.rows) for paper in family_and_court(seen) for block in paper.blocks if isinstance(block, KeyFacts)
    ]
    assert facts[0]["Plan or status"] == "Looked after child, since 2 March 2026"
    assert facts[0]["Parental responsibility"] == "the mother, shared with the authority or a carer (court order)"
    before = [
        dict(block.rows) for paper in family_and_court(view) for block in paper.blocks if isinstance(block, KeyFacts)
    ]
    assert before[0]["Plan or status"] == "Looked after child"
