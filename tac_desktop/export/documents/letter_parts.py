"""The parts of every letter: whose it is, to whom it goes, how she is reached in prison, and how it ends."""

from collections.abc import Iterator

from tac_desktop.casework.case_view import CaseView, in_words
from tac_desktop.casework.codelists import label
from tac_desktop.casework.custody_history import Whereabouts, whereabouts
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.her_responsibility import HerResponsibility, her_responsibility
from tac_desktop.casework.record import Record
from tac_desktop.export.document import (
    Block,
    Document,
    Heading,
    KeyFacts,
    Numbering,
    Paper,
    Paragraph,
    Section,
)
from tac_desktop.export.documents.issue import Issue, Marking
from tac_desktop.export.documents.words import day


def letter_of(title: str, blocks: list[Block], issue: Issue, *, title_in_file: str = "") -> Document:
    """Return a letter of one paper. Its marking tells that it is about a person, and how it has to be kept."""
    return Document(
        title=title_in_file or title, subject="Letter of a prison-based social worker", author=issue.prepared_by,
        issued_on=issue.issued_on, marking=Marking.OFFICIAL_SENSITIVE.value, numbering=Numbering.PAGES,
        with_index=False, sections=(Section("", title, (Paper(title, tuple(blocks)),)),),
    )  # fmt: skip


def head(view: CaseView, issue: Issue) -> Iterator[Block]:
    """Yield who writes, to whom, on which day, and the salutation."""
    rules = rules_of_prison(view)
    sender = [_prison(view), *((rules.text("address").splitlines()) if rules else ())]
    yield Paragraph("\n".join(line for line in sender if line.strip()), "right")
    to = list(_addressee(view, issue))
    if to:
        yield Paragraph("\n".join(to), "lines")
    yield Paragraph(day(issue.issued_on))
    about = view.find(issue.about)
    name = about.text("name") if about else ""
    yield Paragraph(f"Dear {name}," if name else "Dear colleague,", keep_with_next=True)


def _addressee(view: CaseView, issue: Issue) -> Iterator[str]:
    about = view.find(issue.about)
    if about is None:
        return
    entry = _entry_of(view, about)
    whom = about.text("school") or about.text("asked") or about.text("name")
    by_name = entry.text("name") if about.form == "school_request" and entry is not None else ""
    team = in_words(about, "team") if "team" in ALL[about.form].by_name else ""
    said = ""
    for line in (whom, by_name, team, _agency(entry), _authority(about)):
        if line and line not in said:
            yield line
            said += f"{line}\n"
    yield from _address(view, entry)


def _entry_of(view: CaseView, about: Record) -> Record | None:
    linked = about.text("professional") or about.text("contact_person")
    return about if about.form == "professional" else view.find(linked) if linked else None


def _agency(entry: Record | None) -> str:
    return entry.text("agency_name") if entry else ""


def _authority(about: Record) -> str:
    return label("local_authority", about.text("local_authority")) if about.text("local_authority") else ""


def _address(view: CaseView, entry: Record | None) -> Iterator[str]:
    agency = view.find(entry.text("agency")) if entry and entry.text("agency") else None
    yield from (line for line in (agency.text("address") if agency else "").splitlines() if line.strip())


def how_to_reach(view: CaseView, name: str, *, meeting: bool = True) -> Iterator[Block]:
    """Yield how she is reached: her prison, the named worker, and the prison’s rules where they are written down."""
    rules = rules_of_prison(view)
    yield Heading(f"How to reach {name}", level=2)
    facts = [("Where she is", _prison(view)), ("Prison number", view.mother.text("prison_number"))]
    if rules is not None:
        facts += [("Named worker", rules.text("named_worker")), ("Telephone", rules.text("phone")),
                  ("E-mail", rules.text("email"))]  # fmt: skip
        if meeting:
            facts += [("To visit her", rules.text("booking_visits")),
                      ("By video or telephone", rules.text("booking_link")),
                      ("Times that work", rules.text("times"))]  # fmt: skip
        facts += [("Post", rules.text("post")), ("Calls to her", rules.text("calls"))]
    yield KeyFacts(tuple((what, words) for what, words in facts if words))


def foot(view: CaseView, issue: Issue) -> Iterator[Block]:
    """Yield how a letter ends, and who wrote it."""
    about = view.find(issue.about)
    named = about is not None and about.text("name")
    yield Paragraph("Yours sincerely," if named else "Yours faithfully,", keep_with_next=True)
    yield Paragraph(issue.prepared_by)


def whom(case: CaseView) -> str:
    """Return her name, where she is, and her prison number."""
    number = case.mother.text("prison_number")
    return f"{case.mother.text('name')}, who is at {_prison(case)}" + (f" ({number})" if number else "")


def where_she_is(view: CaseView) -> Whereabouts:
    """Return where she is on the day as of which the case is told."""
    return whereabouts(view.of("custody"), view.known_on, view.mother.text("prison"))


def _prison(view: CaseView) -> str:
    return label("prison", where_she_is(view).prison or view.mother.text("prison"))


def rules_of_prison(view: CaseView) -> Record | None:
    """Return the rules of her prison, None where nobody has written them down."""
    code = where_she_is(view).prison or view.mother.text("prison")
    return next((one for one in view.of("prison_rules") if one.text("prison") == code), None)


def responsibility_of(case: CaseView, child: Record) -> HerResponsibility:
    """Return how parental responsibility for a child stands for her."""
    return her_responsibility(case.records, child, case.known_on)
