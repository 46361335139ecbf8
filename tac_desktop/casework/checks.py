"""What must hold between the answers of one form: which day cannot come before which."""

from collections.abc import Iterator
from typing import Final

from tac_desktop.casework.answers import Answers, text_of
from tac_desktop.casework.form import NOTHING, Form

ORDER_OF_DAYS: Final = (
    ("episode", "opened", "closed", "It cannot have been closed before it was opened."),
    ("case_worker", "from_date", "to_date", "Nobody can have stopped before beginning."),
    ("custody", "from_date", "until", "It cannot have ended before it began."),
    ("referral", "received", "decided_on", "It cannot have been decided before it was received."),
    ("referral", "received", "app_answered", "It cannot have been answered before it was received."),
    ("referral", "decided_on", "referrer_told_on", "Nobody can have been told before it was decided."),
    ("goal", "agreed_on", "ended_on", "It cannot have ended before it was agreed."),
    ("proceedings", "started", "ended", "They cannot have ended before they started."),
    ("child", "date_of_birth", "due_date", "A child cannot have been born after its due date of record."),
    ("placement", "from_date", "to_date", "It cannot have ended before it began."),
    ("childrens_social_worker", "from_date", "to_date", "It cannot have ended before it began."),
    ("school_request", "asked_on", "done_on", "It cannot have come before it was asked for."),
    ("professional", "from_date", "to_date", "Nobody can have left before coming."),
    ("inbox_message", "received", "passed_on", "It cannot have been passed on before it came."),
    ("inbox_message", "received", "answered_on", "It cannot have been answered before it came."),
    ("order", "made_on", "ended_on", "It cannot have ended before it was made."),
    ("course", "started", "completed", "It cannot have been completed before it was started."),
    ("contact_permission", "since", "until", "It cannot have ended before it began."),
    ("contact_plan", "since", "until", "It cannot have ended before it began."),
    ("plan_status", "from_date", "to_date", "It cannot have ended before it began."),
    ("parental_responsibility", "since", "until", "It cannot have ended before it began."),
    ("person", "from_date", "to_date", "It cannot have ended before it began."),
    ("family_agreement", "date", "ended_on", "It cannot have ended before it was agreed."),
    ("information_request", "asked_on", "answered_on", "It cannot have been answered before it was asked."),
    ("final_contact", "date", "seen_after_on", "That is a day before the final contact, not after it."),
    ("letterbox_agreement", "agreed_on", "until", "It cannot have ended before it was agreed."),
    ("letterbox_letter", "drafted_on", "sent_on", "It cannot have been sent before it was written."),
    ("letterbox_letter", "sent_on", "received_on", "It cannot have arrived before it was sent."),
    ("letterbox_letter", "received_on", "shown_on", "She cannot have been given it before it came."),
    ("visit_request", "asked_on", "answered_on", "It cannot have been answered before it was asked for."),
    ("adoption", "offered_on", "referred_on", "Support is offered before she is referred to it."),
    ("life_story", "written_on", "passed_on", "It cannot have been passed on before it was written."),
    ("coaching_session", "date", "effect_on", "What follows from it cannot have been seen before it."),
    ("alert", "since", "until", "It cannot have ended before it began."),
    ("access_request", "received", "answered_on", "It cannot have been answered before it was received."),
    ("access_request", "paused_on", "resumed_on", "The clock cannot go on before it was stopped."),
    ("contact", "at", "answered_on", "It cannot have been answered before it was asked."),
    ("mothers_question", "asked_on", "passed_on", "It cannot have been passed on before she asked."),
    ("mothers_question", "asked_on", "answered_on", "It cannot have been answered before she asked."),
    ("mothers_question", "passed_on", "answered_on", "It cannot have been answered before it was passed on."),
    ("mothers_question", "asked_on", "told_on", "She cannot have been told before she asked."),
    ("mothers_question", "answered_on", "told_on", "She cannot have been told the answer before it came."),
    ("promised_update", "agreed_on", "ended_on", "It cannot have ended before it was agreed."),
    ("update_told", "received_on", "told_on", "She cannot have been told before it came."),
    ("explained", "on", "again_on", "It cannot be explained again before it was explained first."),
)
"""Form, the earlier day, the later day, and what is wrong if they stand the other way round.

The child's is a rule of the case tracker (workbook.md): the due date of record is corrected first.
"""

_BLAMED: Final = {"child": "date_of_birth"}
"""Where it is the earlier day that is more likely mistyped."""


def order_problems(form: str, answers: Answers, stands: Answers = NOTHING) -> dict[str, str]:
    """Return a sentence for each field whose day stands before one that it must follow; empty if all is well.

    Partial days ('2019-03') are compared as far as they go.

    Args:
        form: The form's name.
        answers: All its answers.
        stands: Those of the record as it stands: two days that came so from elsewhere, and are left, are not told.
    """
    return {
        _BLAMED.get(form, then): sentence
        for first, then, sentence in _disordered(form, answers)
        if any(answers[name] != stands.get(name) for name in (first, then))
    }


def order_expected(form: Form, answers: Answers) -> dict[str, str]:
    """Return for the fields of `order_problems` what each has to be: 'a day that is not before ‘Opened’'."""
    wanted: dict[str, str] = {}
    for first, then, _ in _disordered(form.name, answers):
        if _BLAMED.get(form.name) == first:
            wanted[first] = f"a day that is not after ‘{_heading(form, then)}’"
        else:
            wanted[then] = f"a day that is not before ‘{_heading(form, first)}’"
    return wanted


def _heading(form: Form, name: str) -> str:
    return form.by_name[name].column or form.by_name[name].label


def _disordered(form: str, answers: Answers) -> Iterator[tuple[str, str, str]]:
    for name, first, then, sentence in ORDER_OF_DAYS:
        early, late = text_of(answers, first), text_of(answers, then)
        shared = min(len(early), len(late))
        if name == form and early[:shared] > late[:shared]:
            yield first, then, sentence
