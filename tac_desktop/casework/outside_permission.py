"""Contact that is not allowed: what an entry or a plan is asked about, and the list of all there is in a case file."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tac_desktop.casework.answers import Answers, chosen, text_of
from tac_desktop.casework.codelists import label
from tac_desktop.casework.dues.due import RecordsByForm
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON
from tac_desktop.casework.permitted_contact import SOURCES, Permission, permission_on
from tac_desktop.casework.record import Record
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.wording import child_name


@dataclass(frozen=True, order=True)
class Outside:
    """Contact with one child, logged or planned, that was or is not allowed."""

    day: str
    """The ISO date of the contact, or the first on which the plan is not allowed."""
    form: str
    record_id: str
    child: str
    """The id of the child's record."""
    channel: str
    reason: str
    """Why nevertheless, in somebody's words; '' where nobody has said, as of what came from elsewhere."""


def took_place(contact: Record) -> bool:
    """Say whether an entry of the contact log tells of contact between a child and the mother that happened."""
    return bool(contact.text("child_contact")) and contact.answers.get("happened") is not False


def outside_of(
    form: str, answers: Answers, permissions: Sequence[Record], today: str
) -> dict[str, tuple[str, Permission]]:
    """Return for each child with whom the contact is not allowed the day on which it is not, and what holds.

    Args:
        form: 'contact' or 'contact_plan'.
        answers: Its answers.
        permissions: The decisions about contact of the case file.
        today: The ISO date from which a plan counts that has no beginning.
    """
    channel = text_of(answers, "child_contact" if form == "contact" else "kind")
    if not channel or not permissions or (form == "contact" and answers.get("happened") is False):
        return {}
    found: dict[str, tuple[str, Permission]] = {}
    for child in chosen(answers, "children"):
        for day in _days(form, answers, permissions, today):
            permission = permission_on(permissions, child, channel, day)
            if permission.forbids:
                found[child] = (day, permission)
                break
    return found


def _days(form: str, answers: Answers, permissions: Sequence[Record], today: str) -> list[str]:
    """Return the days on which it has to be asked: between them nothing changes."""
    if form == "contact":
        return [text_of(answers, "at")[:10]]
    first, last = text_of(answers, "since") or today, text_of(answers, "until") or "9999"
    begins = (one.text("since") for one in permissions)
    ends = (_day_after(one.text("until")) for one in permissions if one.text("until"))
    return sorted({first, *(day for day in (*begins, *ends) if first < day <= last)})


def _day_after(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def outside(records: RecordsByForm, today: str) -> list[Outside]:
    """Return all contact of a case file that was or is not allowed, the newest first: asked at once or not.

    It rests on the records alone, so that what a workbook or a colleague's bundle brought is told as well.

    Args:
        records: At least those of the forms contact, contact_plan and contact_permission.
        today: Today's ISO date.
    """
    permissions = records.get("contact_permission", ())
    found = [
        Outside(day, form, record.id, child, record.text("child_contact" if form == "contact" else "kind"),
                record.text(OUTSIDE_REASON))
        for form in ("contact", "contact_plan")
        for record in records.get(form, ())
        for child, (day, _) in outside_of(form, record.answers, permissions, today).items()
    ]  # fmt: skip
    return sorted(found, reverse=True)


def why_asked(found: Mapping[str, tuple[str, Permission]], children: Mapping[str, str], channel: str) -> str:
    """Return in words what is not allowed, with whom and by whose decision, '' where nothing is outside.

    Args:
        found: What `outside_of` gave.
        children: The names of the children by the id of their record.
        channel: A code of 'child_contact_type'.
    """
    told = list[str]()
    for child, (day, permission) in found.items():
        source = label(SOURCES, permission.source) if permission.source else "who decided it is not recorded"
        name = children.get(child) or "this child"
        what = label("child_contact_type", channel)
        told.append(f"{what} with {name} on {day_in_words(day)}: not allowed ({source}).")
        if permission.against:
            told.append(f"{label(SOURCES, permission.against)} allows it.")
    return " ".join(told)


def names_of(children: Iterable[Record]) -> dict[str, str]:
    """Return what each child is called, by the id of its record."""
    return {child.id: child_name(child) for child in children}
