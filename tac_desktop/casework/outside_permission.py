"""Contact that is not allowed: what an entry or a plan is asked about, and the list of all there is in a case file."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from tac_desktop.casework.answers import Answers, chosen, text_of
from tac_desktop.casework.codelists import label
from tac_desktop.casework.forms.child_contact import OUTSIDE_REASON
from tac_desktop.casework.permitted_contact import SOURCES, Permission, permission_on
from tac_desktop.casework.record import Record, RecordsByForm
from tac_desktop.casework.typed_dates import day_in_words
from tac_desktop.casework.visits import NOT_HELD
from tac_desktop.casework.wording import child_name


@dataclass(frozen=True)
class Touch:
    """Contact between children and the mother of which a record tells: of which kind, and when (ISO days)."""

    channel: str
    children: tuple[str, ...]
    first: str
    """'' where nobody has said: it counts from today."""
    last: str


def _in_log(answers: Answers, _: RecordsByForm) -> Touch | None:
    if answers.get("happened") is False:
        return None
    day = text_of(answers, "at")[:10]
    return Touch(text_of(answers, "child_contact"), chosen(answers, "children"), day, day)


def _agreed(answers: Answers, _: RecordsByForm) -> Touch:
    last = text_of(answers, "until") or "9999"
    return Touch(text_of(answers, "kind"), chosen(answers, "children"), text_of(answers, "since"), last)


def _visit(answers: Answers, _: RecordsByForm) -> Touch | None:
    if text_of(answers, "state") in NOT_HELD:
        return None
    day = text_of(answers, "for_day")
    return Touch(text_of(answers, "kind"), chosen(answers, "children"), day, day)


def _letter(answers: Answers, records: RecordsByForm) -> Touch | None:
    day = text_of(answers, "sent_on") or text_of(answers, "shown_on")
    agreement = text_of(answers, "agreement")
    of = next((one for one in records.get("letterbox_agreement", ()) if one.id == agreement), None)
    return Touch("letterbox", (of.text("child"),), day, day) if of and day else None


_TOLD: Final[Mapping[str, Callable[[Answers, RecordsByForm], Touch | None]]] = MappingProxyType(
    {"contact": _in_log, "contact_plan": _agreed, "visit_request": _visit, "letterbox_letter": _letter}
)
FORMS: Final = tuple(_TOLD)
"""The forms whose records tell of contact between a child and the mother, that was or is to be."""
NEEDED: Final = frozenset({"contact_permission", "child", "letterbox_agreement"})
"""The forms of which the records are wanted beside one of them."""


def touch_of(form: str, answers: Answers, records: RecordsByForm) -> Touch | None:
    """Return the contact between children and the mother of which a record tells, None where it tells of none.

    Args:
        form: One of FORMS.
        answers: The record's answers.
        records: The others of the case file, at least of the forms in NEEDED.
    """
    found = _TOLD[form](answers, records)
    return found if found and found.channel and found.children else None


@dataclass(frozen=True, order=True)
class Outside:
    """Contact with one child, logged or planned, that was or is not allowed."""

    day: str
    """The ISO date of the contact, or the first on which what is planned is not allowed."""
    form: str
    record_id: str
    child: str
    """The id of the child's record."""
    channel: str
    source: str
    """A code of 'contact_permission_source', '' where nobody knows who decided."""
    reason: str
    """Why nevertheless, in somebody's words; '' where nobody has said, as of what came from elsewhere."""


def forbidden(touch: Touch | None, permissions: Sequence[Record], today: str) -> dict[str, tuple[str, Permission]]:
    """Return for each child with whom contact is not allowed the first day on which it is not, and what holds.

    Args:
        touch: The contact; None for none.
        permissions: The decisions about contact of the case file.
        today: The ISO date from which what has no beginning counts.
    """
    found: dict[str, tuple[str, Permission]] = {}
    if touch is None or not permissions:
        return found
    for child in touch.children:
        for day in _days(touch, permissions, today):
            permission = permission_on(permissions, child, touch.channel, day)
            if permission.forbids:
                found[child] = (day, permission)
                break
    return found


def _days(touch: Touch, permissions: Sequence[Record], today: str) -> list[str]:
    """Return the days on which it has to be asked: what was allowed is forbidden only by a decision that begins."""
    first = touch.first or today
    last = touch.last or first
    begins = {one.text("since") for one in permissions}
    return sorted({first, *(day for day in begins if first < day <= last)})


def outside(records: RecordsByForm, today: str) -> list[Outside]:
    """Return all contact of a case file that was or is not allowed, the newest first: asked at once or not.

    It rests on the records alone, so that what a workbook or a colleague's bundle brought is told as well.

    Args:
        records: At least those of FORMS and NEEDED.
        today: Today's ISO date.
    """
    permissions = records.get("contact_permission", ())
    found = [
        Outside(day, form, record.id, child, touch.channel, permission.source, record.text(OUTSIDE_REASON))
        for form in FORMS
        for record in (records.get(form, ()) if permissions else ())
        if (touch := touch_of(form, record.answers, records))
        for child, (day, permission) in forbidden(touch, permissions, today).items()
    ]
    return sorted(found, reverse=True)


def asked_about(form: str, answers: Answers, records: RecordsByForm, today: str) -> str:
    """Return in words what of a contact is not allowed, with whom and by whose decision; '' where nothing is.

    Args:
        form: One of FORMS.
        answers: Its answers.
        records: The others of the case file, at least of the forms in NEEDED.
        today: Today's ISO date.
    """
    touch = touch_of(form, answers, records)
    found = forbidden(touch, records.get("contact_permission", ()), today)
    if touch is None or not found:
        return ""
    names = names_of(records.get("child", ()))
    return " ".join(_sentence(touch.channel, names.get(child, "this child"), *found[child]) for child in found)


def _sentence(channel: str, child: str, day: str, permission: Permission) -> str:
    what = label("child_contact_type", channel)
    source = label(SOURCES, permission.source) if permission.source else "who decided it is not recorded"
    told = f"{what} with {child} on {day_in_words(day)}: not allowed ({source})."
    return f"{told} {label(SOURCES, permission.against)} allows it." if permission.against else told


def said_about(form: str, answers: Answers, records: RecordsByForm, today: str) -> str:
    """Return what holds for a contact that is allowed, for whoever is about to write it down: conditions, or silence.

    '' where it is simply allowed, or where it is not (see `asked_about`).

    Args:
        form: One of FORMS.
        answers: Its answers.
        records: The others of the case file, at least of the forms in NEEDED.
        today: Today's ISO date.
    """
    touch = touch_of(form, answers, records)
    if touch is None:
        return ""
    permissions, names = records.get("contact_permission", ()), names_of(records.get("child", ()))
    told = list[str]()
    for child in touch.children:
        found = permission_on(permissions, child, touch.channel, touch.first or today)
        if found.standing == "conditional":
            conditions = found.conditions or "the conditions are not recorded"
            told.append(f"{names.get(child, 'this child')}: allowed with conditions. {conditions}")
        elif found.standing == "not_said" and permissions:
            told.append(f"{names.get(child, 'this child')}: nothing is said about this kind of contact.")
    return "\n".join(told)


def names_of(children: Iterable[Record]) -> dict[str, str]:
    """Return what each child is called, by the id of its record."""
    return {child.id: child_name(child) for child in children}
