"""Letters to those outside: how she is reached in prison, to a new social worker, and to a school.

A letter says of her only what its reader needs: her name, where she is, how to reach her. Why she is in prison, her
health and what was said in confidence stand in no letter.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.allocation import FORM as SOCIAL_WORKER
from tac_desktop.casework.allocation import on_day
from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_view import CaseView, child_in_full, in_words
from tac_desktop.casework.days import has_ended
from tac_desktop.casework.family import is_in_force
from tac_desktop.casework.family_words import agreed_in_words
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import child_name, listed
from tac_desktop.errors import LetterNotForHer
from tac_desktop.export.document import Block, Bullets, Document, Heading, Paragraph
from tac_desktop.export.documents.issue import Issue
from tac_desktop.export.documents.letter_parts import (
    foot,
    head,
    how_to_reach,
    letter_of,
    responsibility_of,
    rules_of_prison,
    where_she_is,
    whom,
)
from tac_desktop.export.documents.words import day

_ASKED_OF_SCHOOL: Final[Mapping[str, str]] = MappingProxyType({
    "report": "a copy of the school reports about {child}, and of the letters that go to all parents",
    "parents_evening": "a place in the parents’ evening{when} by telephone or video, or word of what was said there",
    "photos_work": "photographs, drawings or school work of {child} that she may have",
    "newsletter": "the newsletters and letters home that go to all parents",
    "birthday_contact": "your help with a call or a letter at school{when}, if carers and social worker agree",
    "safeguarding": "a talk with your safeguarding lead",
})  # fmt: skip
_READ_FIRST: Final = ("do_not_disclose", "non_molestation", "public_protection")
"""The kinds of alerts that may speak against a letter."""
_SERVICE: Final = "‘Together a Chance’, social workers who work in prison with mothers and their children"


def letter_to_professional(view: CaseView, issue: Issue) -> Document:
    """Return the first letter to somebody who has to reach her: named worker, booking, post and calls (needs C10).

    Args:
        view: The case as it was known on a day, with the prison's rules and the addressee from the directory.
        issue: By whom and which version; its `about` is the id of the addressee's record, '' for nobody by name.
    """
    case = view.shown_to(issue.readers)
    name = case.mother.text("name")
    blocks: list[Block] = [*head(view, issue)]
    blocks.append(Paragraph(
        f"I write about {whom(case)}. I belong to {_SERVICE}. This letter tells you how to find, reach and meet her."
        " It says nothing about why she is in prison."
    ))  # fmt: skip
    blocks += how_to_reach(view, name)
    blocks.append(Heading("What helps", level=2))
    blocks.append(Bullets((
        "Tell us of meetings and hearings as soon as a day is known: a room and a line have to be booked for her.",
        "Send papers early: she reads them with us, and they pass through the prison’s post.",
        "Tell us when you hand over to a colleague, and to whom.",
    )))  # fmt: skip
    return letter_of(f"{name}: how to reach her in prison", [*blocks, *foot(view, issue)], issue)


def letter_to_social_worker(view: CaseView, issue: Issue) -> Document:
    """Return the letter to somebody who has become a child's social worker (needs B12).

    Args:
        view: The case as it was known on a day, with the prison's rules.
        issue: Its `about` is the id of the social worker's record.
    """
    case = view.shown_to(issue.readers)
    name, children = case.mother.text("name"), _hers(case, children_of_worker(case, issue.about))
    worker = view.find(issue.about)
    since = worker.text("from_date") if worker else ""
    named = listed([child_in_full(child) for child in children])
    blocks: list[Block] = [*head(view, issue)]
    blocks.append(Paragraph(
        f"We understand that you are the social worker of {named or 'a child of hers'}"
        + (f" since {day(since)}" if since else "")
        + f". I work with their mother, {whom(case)}, and belong to {_SERVICE}."
    ))  # fmt: skip
    says = [responsibility_of(case, child).in_a_letter(child_in_full(child)) for child in children]
    if any(says):
        blocks.append(Paragraph(" ".join(f"She {words}." for words in says if words)))
    if agreed := list(_agreed(case, children)):
        blocks.append(Heading("Contact that was agreed before you came", level=2))
        blocks.append(Bullets(tuple(agreed)))
        blocks.append(Paragraph("We go on with it until we hear from you that something else is decided."))
    blocks.append(Heading("What we ask of you", level=2))
    blocks.append(Bullets(_asked_of_worker(case, children)))
    return letter_of(
        f"{name} and her children: introduction", [*blocks, *how_to_reach(view, name), *foot(view, issue)], issue
    )


def letter_to_school(view: CaseView, issue: Issue) -> Document:
    """Return the letter to a school on parental responsibility and reports (needs C11).

    Args:
        view: The case as it was known on a day, with the prison's rules.
        issue: Its `about` is the id of the request to the school.

    Raises:
        LetterNotForHer: the child was adopted: nobody writes to the school for her as a parent.
    """
    case = view.shown_to(issue.readers)
    request = view.find(issue.about)
    child = case.find(request.text("child")) if request else None
    if request is None or child is None or responsibility_of(case, child).is_lost:
        raise LetterNotForHer
    name, full = case.mother.text("name"), child_name(child)
    born = f" (born {day(child.text('date_of_birth'))})" if child.text("date_of_birth") else ""
    says = responsibility_of(case, child).in_a_letter(full)
    blocks: list[Block] = [*head(view, issue)]
    blocks.append(Paragraph(f"I write for {name}, the mother of {full}{born}. I belong to {_SERVICE}."))
    blocks.append(Paragraph(f"She asks for {_request_in_words(request, full)}."))
    blocks.append(Heading("Why she may ask", level=2))
    blocks.append(Paragraph(
        (f"{name} {says}. Being in prison does not take it away (Children Act 1989, sections 2 and 3)." if says else
         f"{name} is a parent of {full}. Being in prison does not change that.")
        + " Schools treat everybody alike who is a parent in the sense of section 576 of the Education Act 1996, with"
        " reports and with invitations, unless a court has ordered otherwise."
    ))  # fmt: skip
    blocks.append(Paragraph(
        "If you know of an order that limits what she may be told, please tell me, and do not send anything until we"
        " have spoken. Please do not tell other parents, or children, where she is."
    ))  # fmt: skip
    blocks += how_to_reach(view, name, meeting=request.text("what") in ("parents_evening", "birthday_contact"))
    return letter_of(f"{full}: a request of the mother", [*blocks, *foot(view, issue)], issue, title_in_file="Letter")


def letter_notes(view: CaseView, issue: Issue) -> tuple[str, ...]:
    """Return what the preparer should look at before a letter goes out."""
    told = list[str]()
    for alert in view.of("alert"):
        if alert.text("kind") in _READ_FIRST and not has_ended(alert.text("until"), view.known_on):
            told.append(f"There is an alert: {in_words(alert, 'kind')}. Read it before this letter goes out.")
    if not where_she_is(view).inside:
        told.append("She is recorded as not being in prison now, and the letter says how to reach her there.")
    if rules_of_prison(view) is None:
        told.append("Nobody has written down the rules of this prison yet (Directory, ‘Letters, rules of the prison’), "
                    "so the letter does not say how to book.")  # fmt: skip
    about = view.find(issue.about)
    if about is None:
        told.append("The letter names nobody: write to whom it goes on the envelope.")
    elif about.form == "school_request":
        told += _notes_for_school(view, about)
    elif about.form == "childrens_social_worker":
        told += _notes_for_worker(view, about)
    return tuple(dict.fromkeys(told))


def children_of_worker(view: CaseView, worker: str) -> tuple[Record, ...]:
    """Return the children of whom a record says that somebody is their social worker, unless another one followed."""
    linked = _linked_to(view, worker)
    return tuple(child for child in linked if not _has_another(view, child, worker))


def _linked_to(view: CaseView, worker: str) -> tuple[Record, ...]:
    about = view.find(worker)
    linked = chosen(about.answers, "children") if about else ()
    return tuple(one for one in view.of("child") if one.id in linked or one.text("social_worker") == worker)


def _has_another(view: CaseView, child: Record, worker: str) -> bool:
    """Say whether somebody else has become a child's social worker since, in the place of this one."""
    now, about = on_day(child, view.of(SOCIAL_WORKER), view.known_on), view.find(worker)
    if now.state != "named" or about is None or worker in {one.id for one in (now.record, *now.others) if one}:
        return False
    return now.since > about.text("from_date")


def _notes_for_school(view: CaseView, request: Record) -> Iterator[str]:
    yield "The letter tells the school that she is in prison. Has she agreed to that, and does the school know?"
    child = view.find(request.text("child"))
    if child is None:
        return
    if not responsibility_of(view, child).in_a_letter("x"):
        yield "Whether she has parental responsibility is not recorded, so the letter only says that she is a parent."
    limiting = {"prohibited_steps_order", "specific_issue_order", "child_arrangements_order", "contact_order",
                "non_molestation_restraining", "placement_order"}  # fmt: skip
    for order in view.of("order"):
        about = child.id in chosen(order.answers, "children") and is_in_force(order, view.known_on)
        if about and order.text("order_type") in limiting:
            yield f"{in_words(order, 'order_type')}: read what it says before this letter goes out."


def _notes_for_worker(view: CaseView, worker: Record) -> Iterator[str]:
    if not children_of_worker(view, worker.id):
        yield "No child is linked to this social worker, so the letter names none."
    if any(responsibility_of(view, child).is_lost for child in children_of_worker(view, worker.id)):
        yield "A child who was adopted is left out of the letter."
    if len(children_of_worker(view, worker.id)) < len(_linked_to(view, worker.id)):
        yield "Somebody else has become the social worker of a child since, who is left out of the letter."
    if has_ended(worker.text("to_date"), view.known_on):
        yield "It is recorded that this social worker has left."


def _hers(case: CaseView, children: tuple[Record, ...]) -> list[Record]:
    return [child for child in children if not responsibility_of(case, child).is_lost]


def _agreed(case: CaseView, children: list[Record]) -> Iterator[str]:
    ids = {child.id for child in children}
    for plan in case.of("contact_plan"):
        over = has_ended(plan.text("until"), case.known_on)
        linked = ids & set(chosen(plan.answers, "children"))
        if linked and not over and plan.text("kind") != "none":
            with_whom = listed([child_in_full(child) for child in children if child.id in linked])
            agreed = f", agreed on {day(plan.text('agreed_on'))}" if plan.text("agreed_on") else ""
            yield f"{agreed_in_words(plan)}, with {with_whom}{agreed}"


def _asked_of_worker(case: CaseView, children: list[Record]) -> tuple[str, ...]:
    unknown = any(not responsibility_of(case, child).in_a_letter("x") for child in children)
    asked = [
        "Please confirm that you are the social worker, for which child, in which team, and since when.",
        "Please tell us the day of the next meeting, review or hearing, and invite her: she can take part from prison.",
        "Please send her plans, reports and minutes, and tell her how her children are.",
        "Please tell us before somebody else takes over, and who it will be: she is told by us the same day.",
    ]
    if unknown:
        asked.append("Please tell us who has parental responsibility, and by which document.")
    return tuple(asked)


def _request_in_words(request: Record, child: str) -> str:
    words = _ASKED_OF_SCHOOL.get(request.text("what"), "your help with a matter about {child}")
    when = f" on {day(request.text('event_on'))}" if request.text("event_on") else ""
    return words.format(child=child, when=when)
