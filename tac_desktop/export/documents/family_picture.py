"""The family on one page: each home as a box with the children in it, who decides, and what is not recorded."""

from tac_desktop.casework.case_view import CaseView, child_initials, initials
from tac_desktop.casework.family import Household, Picture, picture
from tac_desktop.casework.family_words import (
    heading_of,
    lines_of,
    mother_in_words,
    title_of,
    together_in_words,
)
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.export.document import (
    Block,
    Card,
    CardPart,
    Cards,
    Document,
    Look,
    Numbering,
    Paper,
    Paragraph,
    Section,
)
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.words import day


def family_picture(view: CaseView, issue: Issue) -> Document:
    """Return the picture of the family on one day; children, carers and relatives by their initials.

    Args:
        view: The case as it is known; what is withheld from a reader is left out here, and so are the carers from a
            paper that another party reads. Who lives with whom is told all the same.
        issue: By whom, for whom; its `on_day` is the day that is shown, '' for that of the view.
    """
    shown = view.shown_to(issue.readers).without(issue.left_out)
    seen = picture(shown.records, issue.on_day or view.known_on, view.records)
    title = f"The family on {day_in_words(seen.day)}"
    return Document(
        title=title,
        subject="Who lives where and with whom",
        author=issue.prepared_by,
        issued_on=issue.issued_on,
        running=view.mother.text("reference"),
        marking=issue.marking.value,
        numbering=Numbering.PAGES,
        look=Look.REPORT,
        with_index=False,
        sections=(Section("", title, (Paper(title, _blocks(seen, issue)),)),),
    )


def _blocks(seen: Picture, issue: Issue) -> tuple[Block, ...]:
    name, where = mother_in_words(seen, _called)
    told = f"Prepared by {issue.prepared_by} on {day(issue.issued_on)}, from what was recorded by then."
    return (
        Paragraph(told, "note"),
        Paragraph(together_in_words(seen, _called)),
        Cards((Card(f"The mother: {name}", (CardPart("", (("", where),)),)),), columns=1),
        *((Cards(tuple(_card(home, seen.day) for home in seen.households)),) if seen.households else ()),
    )


def _card(home: Household, on_day: str) -> Card:
    parts = (
        CardPart(heading_of(one, on_day, _called), tuple((line.label, line.words) for line in lines_of(one, on_day)))
        for one in home.children
    )
    return Card(title_of(home, _called, no_carer=""), tuple(parts))


def _called(record: Record) -> str:
    """Return what somebody is called on paper: the mother by her name, everybody else by initials."""
    match record.form:
        case "mother":
            return record.text("name")
        case "child":
            return child_initials(record)
        case _:
            return initials(record.text("name"))
