"""Whatever stands in a case file, what is reckoned from it is reckoned: no bundle stops it.

What arrives from elsewhere, or was erased in part, lacks answers that a form requires, links to nowhere and knows codes
of no list; only the kind of each answer is sure (storage/form_tables).
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tac_desktop.casework import (
    alerts,
    allocation,
    caseload,
    childs_voice,
    chronology,
    contact_matrix,
    contact_months,
    contact_states,
    contact_thread,
    custody_history,
    delays,
    disclosure,
    family,
    family_words,
    farewell,
    forms,
    her_responsibility,
    her_way,
    letter_check,
    letterbox,
    mailbox,
    outside_permission,
    plan,
    prison_record,
    retention,
    staff_contacts,
    tracker_state,
    visits,
    waiting,
    workload,
)
from tac_desktop.casework.answers import Answer, Declined, NotKnown
from tac_desktop.casework.case_view import CaseView, child_initials
from tac_desktop.casework.checks import order_problems
from tac_desktop.casework.checks_of_case import case_doubts, case_problems, needed
from tac_desktop.casework.codelists import code_list
from tac_desktop.casework.dues import SOURCES, dues, escalation, questions
from tac_desktop.casework.fields import (
    Attachment,
    Choice,
    Choices,
    Day,
    Field,
    Link,
    Links,
    Moment,
    Money,
    Narrative,
    Number,
    ShortText,
    YesNo,
    is_day,
    is_moment,
)
from tac_desktop.casework.record import Record

TODAY = "2026-11-22"
DAYS = ("1900-01-01", "2020-02-29", "2024-02-29", "2025-12-31", "2026-01-01", "2026-11-21", TODAY, "2026-11-23",
        "2027-06-30", "2199-12-31")  # fmt: skip
PARTS = ("1900", "2019", "2019-03", "2024-02", "2026", "2026-11", "2199", "2199-12")
WORDS = ("x", "Puce Anchor", "12 Long Lane, BS1 4ND", "\U0001f600", "Llŷr مرحبا", " ")
NUMBERS = (-5, 0, 1, 17, 10**15)
Records = dict[str, list[Record]]


def an_answer(chance: random.Random, field: Field, ids: dict[str, list[str]]) -> Answer:
    """Return any answer of the kind that a question asks for."""
    if chance.random() < 0.15:
        return chance.choice([NotKnown(), NotKnown("nobody asked"), Declined()])
    match field:
        case ShortText() | Narrative():
            return chance.choice(WORDS)
        case Day():
            return chance.choice(DAYS + PARTS if field.partial else DAYS)
        case Moment():
            return chance.choice(DAYS) + "T23:59"
        case Choice() | Choices():
            codes = [*(code.code for code in code_list(field.codes).codes), "of no list"]
            return (
                chance.choice(codes) if isinstance(field, Choice) else tuple(chance.sample(codes, min(3, len(codes))))
            )
        case Number():
            return chance.choice(NUMBERS)
        case YesNo():
            return chance.random() < 0.5
        case Money():
            return "12.50"
        case Link() | Links():
            known = [*ids.get(field.to, ()), "nowhere"]
            return chance.choice(known) if isinstance(field, Link) else tuple(chance.sample(known, min(2, len(known))))
        case Attachment():
            return "a" * 64


def a_case(seed: int) -> Records:
    """Return a case file with up to three records of every form, each with some of its answers."""
    chance = random.Random(seed)
    of = {name: chance.randint(0, 3) if form.repeated else 1 for name, form in forms.ALL.items()}
    ids = {name: [f"{name}-{at}" if name != "mother" else "case" for at in range(n)] for name, n in of.items()}
    full = chance.choice((0.3, 0.6, 0.95))
    return {
        name: sorted((
            Record(id=one, form=name, version=form.version, case_file="case", stream="case", known_on=TODAY, answers={
                field.name: an_answer(chance, field, ids) for field in form.fields if chance.random() < full
            }) for one in ids[name]
        ), key=lambda one: one.text(form.own_date) if form.own_date else "")
        for name, form in forms.ALL.items()
    }  # fmt: skip


seeds = st.integers(0, 2**32)


@given(seeds)
@settings(max_examples=25)
def test_what_is_due_is_told_once_with_its_day_whatever_the_records_say(seed):
    records = a_case(seed)
    found = dues(records)
    times = Counter((due.task, due.form, due.record_id) for due in found if due.record_id)
    assert all(count == 1 for count in times.values())
    assert all(date.fromisoformat(due.by) for due in found)
    assert all(due.record_id in {one.id for one in records[due.form]} for due in found if due.record_id)
    assert {due.form for due in found} - {""} <= set().union(*(source.forms for source in SOURCES))


@given(seeds)
@settings(max_examples=25)
def test_rules_across_records_answer_and_blame_questions_of_the_form(seed):
    records = a_case(seed)
    for name, several in records.items():
        wanted = needed(name)
        for one in several:
            others = {form: [r for r in group if r.id != one.id] for form, group in records.items() if form in wanted}
            asked = (one.form, one.answers, others, TODAY, one.id)
            blamed = {*case_problems(*asked), *(doubt.field for doubt in case_doubts(*asked))}
            assert blamed | set(order_problems(name, one.answers)) <= set(forms.ALL[name].by_name)


def _per_child(tell: Callable[[Record, Records], Any]) -> Callable[[Records], Any]:
    return lambda records: [tell(child, records) for child in records["child"]]


def _each(form: str, tell: Callable[[Record, Records], Any]) -> Callable[[Records], Any]:
    return lambda records: [tell(one, records) for one in records[form]]


def _family(records: Records) -> None:
    for day in (TODAY, "2024-02-29", *family.change_days(records, TODAY)):
        picture = family.picture(records, day)
        for home in picture.households:
            family_words.title_of(home, child_initials)
            family_words.spoken(home, day, child_initials)
        family_words.mother_in_words(picture, child_initials)


def _allowed(records: Records) -> None:
    found = contact_matrix.matrix(records["child"], records, TODAY)
    for row in (*found.rows(), *found.rows(every_kind=True)):
        assert all(cell.spoken() and cell.told() is not None for cell in row.cells)
    outside_permission.outside(records, TODAY)
    for form in outside_permission.FORMS:
        for one in records[form]:
            outside_permission.asked_about(form, one.answers, records, TODAY)
            outside_permission.said_about(form, one.answers, records, TODAY)


def _letterbox(records: Records) -> None:
    for agreement in records["letterbox_agreement"]:
        course = letterbox.whole_course(records, agreement, TODAY)
        assert letterbox.next_exchange(course) in (None, *course)
        letter_check.found_in("Dear Pip, we live in 12 Long Lane.", records, agreement)


def _questions(records: Records) -> None:
    for asked in escalation.questions(records):
        assert asked.waited(TODAY) >= 0
        assert asked.next_on
    escalation.speeds(escalation.questions(records), TODAY)
    questions.in_order(records["mothers_question"])


READERS = ("mother", "staff", "court", "other_party")
PANES: dict[str, Callable[[Records], Any]] = {
    "alerts": lambda r: alerts.kinds_in_words(alerts.alerts_on(r["alert"], TODAY)),
    "allocation": lambda r: allocation.together(r["child"], r["childrens_social_worker"], TODAY),
    "professionals": lambda r: allocation.professionals_round(r["child"], r["childrens_social_worker"], TODAY),
    "voice": _per_child(childs_voice.voice_of),
    "caseload": lambda r: caseload.caseload_row("case", r),
    "chronology": lambda r: chronology.chronology(CaseView(mother=r["mother"][0], records=r, known_on=TODAY)),
    "disclosed": lambda r: [disclosure.disclosed(r, frozenset({reader})) for reader in READERS],
    "allowed contact": _allowed,
    "months": _per_child(lambda child, r: contact_months.months_of(r, child.id, TODAY)),
    "states": _per_child(lambda child, r: contact_states.missing_points(r, child.id)),
    "thread": lambda r: contact_thread.counterparts(r["contact"]),
    "whereabouts": lambda r: custody_history.whereabouts(r["custody"], TODAY, "EP"),
    "delays": lambda r: delays.delays([("EP", delays.points_of(r, ""))]),
    "family": _family,
    "farewell": farewell.farewells,
    "her responsibility": _per_child(lambda child, r: her_responsibility.her_responsibility(r, child, TODAY)),
    "her way": her_way.her_way,
    "days of work": lambda r: her_way.length_in_words(r["episode"], TODAY),
    "letterbox": _letterbox,
    "mailbox": _each("inbox_message", lambda one, _: mailbox.days_waiting(one, TODAY)),
    "message": _each("inbox_message", lambda one, _: mailbox.as_contact(one, TODAY)),
    "plan": plan.plan_of,
    "prison record": _each("contact", lambda one, _: prison_record.for_prison_record(one.answers)),
    "questions": _questions,
    "retention": lambda r: retention.retention_of(r, "", TODAY),
    "staff contacts": lambda r: staff_contacts.counted(r["staff_contact"], "2024-01-01", TODAY),
    "tracker": lambda r: tracker_state.as_text(tracker_state.changes_between({}, r, lambda _: "")),
    "visits": lambda r: visits.so_far(r["visit_request"]),
    "waiting": lambda r: waiting.wait_of(r, TODAY),
    "workload": lambda r: workload.signs_of(r, TODAY),
}  # fmt: skip


@pytest.mark.parametrize("pane", PANES)
@given(seeds)
@settings(max_examples=5)
def test_what_a_pane_or_list_shows_is_reckoned_of_any_records(pane, seed):
    PANES[pane](a_case(seed))


@pytest.mark.parametrize("day", ["9999-12-31", "2200-01-01", "1899-12-31"])
def test_a_day_from_which_nothing_can_be_reckoned_is_no_day(day):
    assert not is_day(day)
    assert not is_moment(f"{day}T10:00")


@pytest.mark.parametrize("time", ["T24:00", "T09:60", "T9:00", "T٠٩:٠٠", "T09:00:00", "", "T09:00\n"])
def test_a_time_that_no_clock_shows_is_no_moment(time):
    assert not is_moment(TODAY + time)
    assert is_moment(TODAY + "T23:59")
