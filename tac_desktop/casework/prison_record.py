"""The short text that is copied by hand into the prison's own system (NOMIS, DPS): that there was contact, no more."""

from tac_desktop.casework.answers import Answers, chosen, text_of
from tac_desktop.casework.codelists import label
from tac_desktop.casework.typed_dates import moment_in_words


def for_prison_record(answers: Answers) -> str:
    """Return what staff may read of a contact: when, which kind, with whom by profession, and the note for staff.

    What was said and done, names and children are never in it.
    """
    at, kind = text_of(answers, "at"), text_of(answers, "kind")
    with_whom = "; ".join(label("contact_with", code) for code in chosen(answers, "with_whom"))
    what = label("contact_log_type", kind) if kind else "Contact"
    first = ": ".join(part for part in (moment_in_words(at) if at else "", what) if part)
    told = f"{first}, with: {with_whom}." if with_whom else f"{first}."
    note = text_of(answers, "staff_note").strip()
    return f"{told} {note}" if note else told
