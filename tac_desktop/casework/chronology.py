"""The chronology of a case: one row for each thing that happened, each from the record that says so.

A succinct summary of the significant dates and events in a child's life (Practice Direction 12A): what was done in
an ordinary contact is not part of it, nor is anything that still lies ahead.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.allocation import is_unknown
from tac_desktop.casework.answers import chosen
from tac_desktop.casework.case_view import CaseView, child_initials, in_words
from tac_desktop.casework.custody_history import event_in_words
from tac_desktop.casework.forms import ALL
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import begun_small

SIGNIFICANT_CONTACTS: Final = frozenset({"meeting", "court", "visit_support"})
"""Kinds of contact that are events in a child's life; the others are counted in the contact summary."""


@dataclass(frozen=True, order=True)
class Event:
    """Something that happened: the day (ISO, may lack day or month), what, and the record that tells it."""

    day: str
    what: str
    form: str
    record_id: str

    @property
    def source(self) -> str:
        """What kind of record tells it."""
        return ALL[self.form].title


def chronology(view: CaseView) -> list[Event]:
    """Return all events up to the day of the view, the earliest first; an event without a date is none."""
    found = {
        Event(day[:10], what, record.form, record.id)
        for form, tell in _TELLERS.items()
        for record in view.of(form)
        for day, what in tell(view, record)
        if day and what
    }
    return sorted(event for event in found if event.day <= view.known_on)


_Told = Iterator[tuple[str, str]]


def _child(_: CaseView, child: Record) -> _Told:
    yield child.text("date_of_birth"), f"{child_initials(child)} is born"


def _custody(_: CaseView, custody: Record) -> _Told:
    months, event = custody.answers.get("sentence_months"), event_in_words(custody.text("event"))
    length = f", {months} months" if isinstance(months, int) else ""
    status = f"Mother in custody: {in_words(custody, 'legal_status') or 'status not known'}"
    prison = in_words(custody, "prison")
    told = f"Mother: {begun_small(event)}" + (f", {prison}" if prison else "") if event else status
    yield custody.text("from_date"), f"{told}{length}"


def _referral(_: CaseView, referral: Record) -> _Told:
    source = in_words(referral, "source")
    yield (
        referral.text("date"),
        "Mother referred to the prison-based social worker" + (f" ({source})" if source else ""),
    )


def _baseline(_: CaseView, baseline: Record) -> _Told:
    yield baseline.text("first_meeting"), "First meeting or professional contact with the prison-based social worker"


def _episode(_: CaseView, episode: Record) -> _Told:
    yield (
        episode.text("closed"),
        f"Work with the mother ends: {in_words(episode, 'closed_because') or 'reason not known'}",
    )


def _placement(view: CaseView, placement: Record) -> _Told:
    where = in_words(placement, "arrangement")
    yield (
        placement.text("from_date"),
        where and f"Change of where {view.children(placement, 'child')} lives: {begun_small(where)}",
    )


def _social_worker(view: CaseView, worker: Record) -> _Told:
    named = ", ".join(part for part in (worker.text("name"), in_words(worker, "local_authority")) if part)
    children = view.children(worker)
    if is_unknown(worker):
        whose = f" of {children}" if children else ""
        yield worker.text("from_date"), f"Nobody can say who the social worker{whose} is"
        return
    yield (
        worker.text("from_date"),
        f"New social worker{f' for {children}' if children else ''}: {named or 'name not known'}",
    )


def _order(view: CaseView, order: Record) -> _Told:
    about = view.children(order)
    what = in_words(order, "order_type") + (f" ({about})" if about else "")
    yield order.text("made_on"), f"{what} made"
    yield order.text("ended_on"), f"{what} ends"


def _plan(view: CaseView, plan: Record) -> _Told:
    about, what = view.children(plan, "child"), in_words(plan, "status")
    yield plan.text("from_date"), what and f"{about}: {begun_small(what)}"
    yield plan.text("to_date"), what and f"{about}: {begun_small(what)} ends"


def _responsibility(view: CaseView, told: Record) -> _Told:
    about, whose = view.children(told, "child"), begun_small(in_words(told, "who"))
    if told.text("status") == "lost_adoption":
        yield told.text("since"), f"The mother’s parental responsibility for {about} ends with the adoption"
    elif told.text("who") != "mother" and told.answers.get("holds") is True:
        yield told.text("since"), f"Parental responsibility for {about} begins: {whose}"
        yield told.text("until"), f"Parental responsibility for {about} ends: {whose}"


def _told_child(view: CaseView, told: Record) -> _Told:
    if told.text("knows") == "nothing":
        return
    knows = in_words(told, "knows")
    yield (
        told.text("date"),
        f"{view.children(told, 'child')} is told about the mother"
        + (f". What the child knows: {begun_small(knows)}" if knows else ""),
    )


def _agreement(view: CaseView, agreement: Record) -> _Told:
    """Tell that there was a conference or an agreement, never what a family said in it."""
    about = view.children(agreement)
    if agreement.text("kind") in ("family_group_conference", "agreement"):
        yield agreement.text("date"), in_words(agreement, "kind") + (f" about {about}" if about else "")


def _contact_decision(view: CaseView, decision: Record) -> _Told:
    if decision.text("status") == "asked":
        return
    source = in_words(decision, "source")
    about = ", ".join(part for part in (in_words(decision, "channels"), view.children(decision)) if part)
    what = f"Decision about contact{f' ({about})' if about else ''}: {begun_small(in_words(decision, 'level'))}"
    yield decision.text("since"), what + (f", by: {begun_small(source)}" if source else "")


def _proceedings(view: CaseView, proceedings: Record) -> _Told:
    by = in_words(proceedings, "started_by")
    about = view.children(proceedings)
    whom = f" about {about}" if about else ""
    yield proceedings.text("started"), f"Proceedings{whom} begin" + (f", started by: {begun_small(by)}" if by else "")
    yield proceedings.text("ended"), f"Proceedings{whom} end"


def _hearing(_: CaseView, hearing: Record) -> _Told:
    kind = in_words(hearing, "hearing_type") or "Hearing"
    part = in_words(hearing, "attendance")
    outcome = hearing.text("outcome")
    told = [f"{kind}." if part or outcome else kind]
    told += [f"The mother’s part: {begun_small(part)}."] if part else []
    yield hearing.text("at"), " ".join([*told, outcome]).strip()


def _course(_: CaseView, course: Record) -> _Told:
    title = course.text("title") or in_words(course, "course")
    provider = f" ({course.text('provider')})" if course.text("provider") else ""
    if course.text("completed"):
        yield course.text("completed"), f"Mother completes “{title}”{provider}"
    else:
        yield course.text("started"), f"Mother begins “{title}”{provider}"


def _evidence(_: CaseView, evidence: Record) -> _Told:
    yield evidence.text("date"), evidence.text("title")


def _assessment(_: CaseView, assessment: Record) -> _Told:
    yield assessment.text("completed"), f"{assessment.text('title') or 'Parenting assessment'} completed"


def _contact(view: CaseView, contact: Record) -> _Told:
    """Tell a significant contact by its kind and who took part, never by its note: notes are not for the court."""
    kind = contact.text("kind")
    if kind not in SIGNIFICANT_CONTACTS or contact.answers.get("reached") is False:
        return
    if kind == "court" and contact.text("at")[:10] in {h.text("at")[:10] for h in view.of("hearing")}:
        return  # the hearing itself is the event
    about, people = view.children(contact), in_words(contact, "with_whom")
    what = in_words(contact, "kind") + (f" about {about}" if about else "")
    yield contact.text("at"), what + (f", with: {people}" if people and chosen(contact.answers, "with_whom") else "")


def _adoption(view: CaseView, stage: Record) -> _Told:
    yield stage.text("date"), f"Adoption of {view.children(stage, 'child')}: {begun_small(in_words(stage, 'stage'))}"


def _final_contact(view: CaseView, contact: Record) -> _Told:
    if contact.answers.get("took_place") is True:
        yield contact.text("date"), f"Final contact of {view.children(contact, 'child')} with the mother"


_TELLERS: Mapping[str, Callable[[CaseView, Record], _Told]] = MappingProxyType(
    {
        "child": _child,
        "custody": _custody,
        "referral": _referral,
        "baseline": _baseline,
        "episode": _episode,
        "placement": _placement,
        "childrens_social_worker": _social_worker,
        "order": _order,
        "plan_status": _plan,
        "parental_responsibility": _responsibility,
        "told_child": _told_child,
        "family_agreement": _agreement,
        "contact_permission": _contact_decision,
        "proceedings": _proceedings,
        "hearing": _hearing,
        "course": _course,
        "evidence": _evidence,
        "assessment": _assessment,
        "contact": _contact,
        "adoption": _adoption,
        "final_contact": _final_contact,
    }
)
TOLD: Final = frozenset(_TELLERS)
"""The forms of which the chronology tells anything."""
