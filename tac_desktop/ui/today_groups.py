"""The cards of Today, in words: what is overdue, who waits, what came in, and what was left unfinished."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from tac_desktop.casework import forms
from tac_desktop.casework.codelists import label
from tac_desktop.casework.mailbox import days_waiting
from tac_desktop.casework.meeting import DECISION
from tac_desktop.casework.record import Record
from tac_desktop.casework.wording import one_line
from tac_desktop.ui.awaited_words import AWAITED, whom_words
from tac_desktop.ui.hand_over_words import HANDOVERS, kind_words, state_words, who_words
from tac_desktop.ui.log_women import WHO_WORDS
from tac_desktop.ui.mailbox_list import LATE_DAYS, heading
from tac_desktop.ui.waiting_words import MEETING, reasons_in_words, since_in_words
from tac_desktop.ui.words import counted, due_words, short_day, task_words

if TYPE_CHECKING:
    from tac_desktop.actions.awaited import Awaited
    from tac_desktop.actions.caseload import Draft, Hearing, Today
    from tac_desktop.actions.comments import Comment
    from tac_desktop.actions.handing_over import HandOver
    from tac_desktop.actions.waiting_list import Waiting
    from tac_desktop.casework.caseload import CaseloadRow

MOST_SHOWN = 6
MESSAGES = "messages"
"""What leads to all messages that nobody has answered."""


@dataclass(frozen=True)
class Line:
    """One thing to see to: whose case, what, when, and how urgent (danger, warn, info or '')."""

    case_file: str
    name: str
    what: str
    when: str
    tone: str = ""
    form: str = ""
    """For a draft: the form that was left; for a comment: the form of its record; else ''."""
    record: str = ""
    is_draft: bool = True
    """Whether `record` is that of a draft, not one that is saved."""
    conflict: str = ""
    """For a contradiction: where it is decided, as the page of contradictions takes it."""


@dataclass(frozen=True)
class Group:
    """One card of Today: its heading, its lines, how many there are in all, and what to say where there is none."""

    title: str
    lines: Sequence[Line]
    count: int
    empty: str
    tone: str = "neutral"
    more: str = ""
    """The caseload's filter that shows all of them, '' where there is none."""
    decide: str = ""
    """For contradictions: the words of the button that leads to them."""
    more_words: str = ""
    """The words of the button to `more`, which then stands below any lines; '' for 'Show all', only where there are."""


def groups_of(found: "Today", today: str) -> list[Group]:
    """Return the cards of Today from what the vault holds: those that ask for something new come first."""
    first = [_contradictions(found)] if found.conflicts or found.postponed else []
    return [*first, *_new(found, today), *_always(found, today), *_at_the_end(found, today)]


def _always(found: "Today", today: str) -> list[Group]:
    return [
        Group(_tr("Overdue"), _cases(found.overdue.rows, today), found.overdue.count, _tr("Nothing is overdue."),
              "danger", "overdue"),
        Group(_tr("Hearings in the next 14 days"), [_hearing(hearing, today) for hearing in found.hearings],
              len(found.hearings), _tr("No hearing in the next 14 days."), "info"),
        Group(_tr("Due this week"), _cases(found.this_week.rows, today), found.this_week.count,
              _tr("Nothing else is due in the next seven days."), "warn", "week"),
        Group(_tr("Waiting list"), [_waits(one, today) for one in found.waiting], found.waiting_count,
              _tr("Nobody is waiting."), "info", MEETING, more_words=_tr("Weekly meeting: look at all, and decide")),
    ]  # fmt: skip


def _new(found: "Today", today: str) -> Iterator[Group]:
    """Yield what was said to her, what came in, and what was left unfinished."""
    if found.comments:
        lines = [_comment(comment, name, form) for comment, name, form in found.comments]
        yield Group(_tr("New comments"), lines, len(lines), "", "info")
    if found.messages:
        lines = [_message(one, today) for one in found.messages[:MOST_SHOWN]]
        yield Group(_tr("Messages nobody answered"), lines, len(found.messages), "", "warn", MESSAGES)
    if lines := [_draft(one, name) for one, name in found.drafts if _title(one.form)]:
        yield Group(_tr("Drafts to finish"), lines, len(lines), "", "warn")


def _draft(one: "Draft", name: str) -> Line:
    title = _title(one.form)
    return Line(one.case_file, name or _whose(one), title, short_day(one.at), "", one.form, one.record_id)


def _title(form: str) -> str:
    """Return what is being typed, '' for what comes back by itself where it was begun."""
    if form == DECISION.name:
        return _tr("Decision of the weekly meeting")
    return forms.TYPED[form].title if form in forms.TYPED else ""


def _whose(one: "Draft") -> str:
    """Say of whom a draft is that stands in no case file: a new woman, one who was chosen for a contact, or none."""
    if one.form == "mother":
        return _tr("New referral")
    if one.case_file:
        return _tr("No case")
    if forms.TYPED[one.form].about == "office":
        is_managers = forms.TYPED[one.form].keeping == "restricted"
        return _tr("Surveys, supervision") if is_managers else _tr("Directory and office")
    chosen = str(json.loads(one.json).get(WHO_WORDS, ""))
    return chosen.partition(",")[0] or _tr("Nobody chosen yet")


def _at_the_end(found: "Today", today: str) -> Iterator[Group]:
    if found.handovers:
        lines = [_handover(one, name) for one, name in found.handovers]
        yield Group(_tr("Hand-overs"), lines, len(lines), "", "info", HANDOVERS)
    if found.awaited:
        lines = [_awaited(one, today) for one in found.awaited[:MOST_SHOWN]]
        yield Group(_tr("Waiting for an answer"), lines, len(found.awaited), "", "info", AWAITED)


def _contradictions(found: "Today") -> Group:
    lines = [
        Line(c.case_file, name or _tr("No case"), c.question, forms.ALL[c.form].title, conflict=c.spot)
        for c, name in found.conflicts
    ]
    put_off = counted(found.postponed, _tr("1 more is put off."), _tr("{n} more are put off."))
    decide = _tr("Decide one after the other") if lines else _tr("Look at those that are put off")
    empty = put_off if found.postponed else ""
    return Group(_tr("Answers that contradict each other"), lines, len(lines), empty, "danger", decide=decide)


def summary_of(found: "Today") -> str:
    """Return one sentence about the day: in how many cases something is due; in each there may be more than one."""
    if not found.is_begun:
        return _tr("There is no case file in this vault yet. Begin in the caseload, with a new referral.")
    late = counted(found.overdue.count, _tr("In 1 case something is overdue"), _tr("In {n} cases something is overdue"))
    soon = counted(
        found.this_week.count, _tr("in 1 something else is due this week"),
        _tr("in {n} something else is due this week"),
    )  # fmt: skip
    if not found.this_week.count:
        soon = _tr("nothing else is due this week")
    if not found.overdue.count:
        late = _tr("Nothing is overdue")
    return _tr("{late}, and {soon}.").format(late=late, soon=soon)


def _cases(rows: "Sequence[CaseloadRow]", today: str) -> list[Line]:
    return [_case(row, today) for row in rows]


def _case(row: "CaseloadRow", today: str) -> Line:
    when, tone = due_words(row.next_due, today)
    return Line(row.case_file, row.name or row.reference, task_words(row.next_task), when, tone)


def _waits(one: "Waiting", today: str) -> Line:
    first = one.wait.reasons[0] if one.wait.reasons else None
    told = ". ".join(filter(None, (reasons_in_words(one), since_in_words(one, today))))
    when, tone = due_words(first.day, today) if first else ("", "")
    return Line(one.case_file, one.name or one.reference, told, when, tone or ("info" if first else ""))


def _hearing(hearing: "Hearing", today: str) -> Line:
    record = hearing.record
    parts = (label("hearing_type", record.text("hearing_type")), record.text("court"), hearing.at[11:])
    when, tone = due_words(hearing.at[:10], today)
    return Line(hearing.case_file, hearing.name, ", ".join(part for part in parts if part), when, tone)


def _handover(one: "HandOver", name: str) -> Line:
    words, tone = state_words(one)
    return Line(one.case_file, name, f"{kind_words(one)}. {who_words(one)}", words.partition(":")[0], tone)


def _message(message: Record, today: str) -> Line:
    days = days_waiting(message, today)
    when = counted(days, _tr("since yesterday"), _tr("for {n} days")) if days else _tr("today")
    what = " · ".join(part for part in (message.text("mailbox"), one_line(message.text("message"), 110)) if part)
    return Line(
        "", heading(message), what, when, "danger" if days >= LATE_DAYS else "warn", message.form, message.id,
        is_draft=False,
    )  # fmt: skip


def _awaited(one: "Awaited", today: str) -> Line:
    question = one.question
    asked = f"{one_line(question.contact.text('waiting_for'), 90)} · {whom_words(question)}"
    tone = "danger" if question.next_on <= today else "info"
    when = counted(question.waited(today), _tr("1 day"), _tr("{n} days")) if question.waited(today) else _tr("today")
    return Line(
        one.case_file, one.name or one.reference, asked, when, tone, "contact", question.contact.id, is_draft=False
    )


def _comment(comment: "Comment", name: str, form: str) -> Line:
    title = forms.ALL[form].title if form in forms.ALL else _tr("a record")
    what = _tr("{who} on ‘{title}’: {words}").format(who=comment.name, title=title, words=one_line(comment.text, 110))
    return Line(comment.case_file, name, what, short_day(comment.at), "info", form, comment.record_id, is_draft=False)


def _tr(text: str) -> str:
    return QCoreApplication.translate("TodayScreen", text)
