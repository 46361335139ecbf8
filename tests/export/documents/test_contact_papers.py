"""The correspondence thread and the list of attempts: whole, in order, and without what its reader may not see."""

from dataclasses import replace

import pytest

from tac_desktop.casework.answers import Answer
from tac_desktop.casework.case_view import CaseView
from tac_desktop.casework.contact_thread import ThreadFilter
from tac_desktop.casework.fields import Reader
from tac_desktop.export.documents.contact_papers import attempts, correspondence, left_out
from tac_desktop.export.documents.findings import findings
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.pdf import draw_whole
from tac_desktop.export.pdf.preview import PdfPages
from tests.export.documents.conftest import CHILD, record


def entry(number: int, **answers: Answer):
    told = {"at": f"2026-10-{number:02}T10:15", "kind": "email", "who": "Slate Inkwell", "with_whom": ("childrens_sw",),
            "summary": f"Note {number}.", **answers}  # fmt: skip
    return record("contact", f"e-{number}", **told)


@pytest.fixture
def log(view: CaseView) -> CaseView:
    entries = [
        entry(2, direction="outgoing", waiting_for="The care plan", children=(CHILD,)),
        entry(1, summary="Ŵyn said: “No.”\nThen nothing <b>more</b> & so on."),
        entry(3, reached=False, kind="contact_attempt"),
        entry(4, summary="SECRET OF THE GRANDMOTHER", withheld_from=("mother",)),
        entry(5, summary="SECRET OF THE CHILD", disclosure=("childs_confidence",), may_be_told="He is well."),
        entry(6, summary="SECRET ADVICE", disclosure=("legal_advice",)),
        entry(7, who="Fern Cog", with_whom=("solicitor",), summary="Another thread."),
    ]
    return replace(view, records={**view.records, "contact": entries})


def issue_for(reader: Reader | None, issue: Issue, **wanted: str | bool) -> Issue:
    return replace(issue, readers=frozenset({reader} if reader else ()), thread=ThreadFilter(**wanted))


def printed(document) -> str:
    with PdfPages(draw_whole(document).content) as pages:
        text = " ".join(pages.text(page) for page in range(len(pages)))
    return " ".join(text.replace("\xa0", " ").split())


def test_a_thread_with_one_counterpart_holds_every_word_in_order_and_nobody_else(log, issue):
    text = printed(correspondence(log, issue_for(None, issue, whom="name:slate inkwell")))
    assert (
        text.index("Ŵyn said: “No.” Then nothing <b>more</b> & so on.") < text.index("Note 2.") < text.index("Note 3.")
    )
    assert "Asked for: The care plan" in text
    assert "about A.W." in text
    assert "With Slate Inkwell" in text
    assert "Another thread." not in text
    assert "SECRET OF THE GRANDMOTHER" in text, "for one's own use nothing is left out"


@pytest.mark.parametrize(("reader", "hidden", "shown"), [
    ("mother", {"SECRET OF THE GRANDMOTHER", "SECRET OF THE CHILD"}, {"He is well.", "SECRET ADVICE", "Note 2."}),
    ("court", {"SECRET ADVICE"}, {"SECRET OF THE GRANDMOTHER", "SECRET OF THE CHILD"}),
    ("other_party", {"SECRET ADVICE", "SECRET OF THE CHILD"}, {"SECRET OF THE GRANDMOTHER", "Note 2."}),
    ("staff", {"SECRET", "Note 2.", "No.”", "Slate Inkwell"}, {"2 October 2026"}),
])  # fmt: skip
def test_what_the_chosen_reader_may_not_see_is_on_no_page(log, issue, reader, hidden, shown):
    text = printed(correspondence(log, issue_for(reader, issue)))
    assert {words for words in hidden if words in text} == set()
    assert {words for words in shown if words not in text} == set()


def test_the_preparer_is_told_what_was_left_out_and_the_paper_is_silent(log, issue):
    wanted = issue_for("mother", issue)
    assert left_out(log, wanted) == (
        "1 entry of the log may not be shown to this reader and cannot be in it.",
        "Of 1 entry only what may be told is shown.",
    )
    assert left_out(log, issue_for(None, issue)) == ()
    assert "may not be shown" not in printed(correspondence(log, wanted))


def test_the_list_of_attempts_has_each_with_its_time_and_whom_it_was_to_reach(log, issue):
    text = printed(attempts(log, issue_for("court", issue)))
    assert "3 October 2026, 10:15" in text
    assert "Attempts 1, from 3 October 2026" in text
    assert "Slate Inkwell" in text
    assert "Note 3." not in text, "notes are no part of the list"


def test_a_thread_without_entries_says_so(log, issue):
    assert "No entry of the log is shown." in printed(correspondence(log, issue_for("court", issue, whom="name:x")))
    assert "No attempt is shown." in printed(attempts(log, issue_for("court", issue, whom="role:solicitor")))


def test_no_paper_says_that_it_has_every_entry_where_some_may_not_be_shown(log, issue):
    assert "Which entries All that may be shown" in printed(correspondence(log, issue_for("court", issue)))
    assert "Which entries All Entries 7" in printed(correspondence(log, issue_for(None, issue)))


def test_what_was_chosen_is_told_only_as_far_as_its_reader_may_see_it(log, issue):
    staff = printed(correspondence(log, issue_for("staff", issue, whom="name:slate inkwell", child=CHILD)))
    assert not {words for words in ("Slate", "Inkwell", "A.W.") if words in staff}
    assert "Which entries Some of them" in staff
    mother = printed(correspondence(log, issue_for("mother", issue, words="secret of the child")))
    assert "secret" not in mother.casefold()
    assert "He is well." in mother
    court = printed(correspondence(log, issue_for("court", issue, whom="name:slate inkwell", child=CHILD)))
    assert "With Slate Inkwell, about A.W." in court


def test_a_carer_whose_name_was_typed_into_the_log_is_told_to_the_preparer_and_by_the_log_to_no_other_party(log, issue):
    hers = record("placement", "pl", child=CHILD, arrangement="foster_care", carer="Ruby Harbour, foster carer")
    calls = [
        entry(8, who="Ruby Harbour", with_whom=("foster_carer",), summary="Well."),
        entry(9, who="Mrs Harbour", with_whom=("other",), summary="Well."),
    ]
    case = replace(log, records={**log.records, "placement": [hers], "contact": calls})
    document = correspondence(case, issue)
    assert "Ruby" not in printed(document)
    assert findings(document, case, issue) == (
        "A name that is withheld from a reader stands also in part 1. Read it before it goes out.",
    )


def test_a_name_that_is_withheld_is_not_free_because_somebody_typed_it_elsewhere(log, issue):
    hers = record("placement", "pl", child=CHILD, arrangement="foster_care", carer="Ruby Harbour, foster carer")
    promised = record("promised_update", "up", who="Ruby Harbour")
    said = entry(8, summary="Ruby Harbour rings on Sunday.")
    case = replace(log, records={**log.records, "placement": [hers], "promised_update": [promised], "contact": [said]})
    assert findings(correspondence(case, issue), case, issue)
